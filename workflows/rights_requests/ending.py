"""How a request ends without an answer: taken back, passed on, lapsed after a fair wait, or fallen away with a death."""

from datetime import timedelta
from typing import Final

from models.rights import Regime
from models.rights_requests import AWAITING, RightsRequest, RightsRequestState
from models.rights_steps import ContactMethod, Death, LapseNotice, Transfer, WithdrawalWord
from models.roles import Role
from workflows.engine import Act, Consequence, guard
from workflows.letters import issue
from workflows.letters import withdraw as take_letter_back
from workflows.rights_requests.dates import REASONABLE_WAIT
from workflows.rights_requests.deciding import drafted_letter
from workflows.rights_requests.law import LEAD, UNANSWERED, rights_requests
from workflows.rights_requests.wording import lapsed, reminder, transferred, withdrawn
from workflows.statutory_time import today

AFTER_A_REMINDER: Final = timedelta(days=7)


@guard(
    "The website passes a withdrawal on only from somebody who showed by a code that a contact of the request is theirs."
)
def withdrawn_by_themselves(request: RightsRequest, act: Act, word: WithdrawalWord) -> bool:
    """RIGHT-22: a request is taken back by whoever made it, or on their word."""
    by_code = any(each.method == ContactMethod.ONE_TIME_CODE for each in request.contacts)
    return by_code or Role.PRACTICE_WEBSITE not in act.actor.roles


@guard("Wait four weeks for what was asked, remind the person, and wait another week.")
def waited_and_reminded(request: RightsRequest, act: Act, notice: LapseNotice) -> bool:
    """RIGHT-21: a request lapses after a fair wait and a reminder, by somebody's decision, and never by itself."""
    if request.asked_on is None or request.reminded_on is None:
        return False
    day = today(act)
    return request.asked_on + REASONABLE_WAIT <= day and request.reminded_on + AFTER_A_REMINDER <= day


@guard("This is a request about somebody who has died.")
def was_living(request: RightsRequest, act: Act, death: Death) -> bool:
    """RIGHT-3: the dead have no rights under the UK GDPR; an Act of their own says who may see their health record."""
    return request.regime == Regime.UK_GDPR


@guard("Nobody dies after today.")
def has_died(request: RightsRequest, act: Act, death: Death) -> bool:
    """RIGHT-24: dates rest on what happened, on the day on which it happened."""
    return death.died_on is None or death.died_on <= today(act)


@rights_requests.transition(
    *UNANSWERED, to=RightsRequestState.WITHDRAWN, by=[Role.PRACTICE_WEBSITE, *LEAD], when=[withdrawn_by_themselves],
    needs=[drafted_letter], entails=[issue, take_letter_back],
)  # fmt: skip
def withdraw(request: RightsRequest, act: Act, word: WithdrawalWord) -> list[Consequence]:
    """Take the request back, on the word of whoever made it. They can ask again at any time."""
    request.ending = word.how_they_said_so
    return [*letters_taken_back(act), withdrawn(request, act)]


@rights_requests.transition(
    *UNANSWERED, to=RightsRequestState.TRANSFERRED, by=LEAD, needs=[drafted_letter], entails=[issue, take_letter_back]
)
def transfer(request: RightsRequest, act: Act, what: Transfer) -> list[Consequence]:
    """Pass the request on to whoever really answers for the information, and tell the person who that is."""
    request.ending = what.right_controller
    return [*letters_taken_back(act), transferred(request, what)]


@rights_requests.transition(*AWAITING, to=None, by=LEAD, entails=[issue])
def remind(request: RightsRequest, act: Act) -> list[Consequence]:
    """Remind the person of what was asked, and say when the request would be closed."""
    request.reminded_on = today(act)
    asked_on = request.asked_on or request.reminded_on
    return [reminder(request, max(asked_on + REASONABLE_WAIT, request.reminded_on + AFTER_A_REMINDER))]


@rights_requests.transition(
    *AWAITING, to=RightsRequestState.LAPSED, by=LEAD, when=[waited_and_reminded], entails=[issue]
)
def lapse(request: RightsRequest, act: Act, notice: LapseNotice) -> list[Consequence]:
    """Do nothing more until the person answers, and tell them that they can ask again."""
    request.ending = notice.reason
    return [lapsed(request)]


@rights_requests.transition(
    *UNANSWERED, to=RightsRequestState.LAPSED, by=LEAD, when=[was_living, has_died], needs=[drafted_letter],
    entails=[take_letter_back],
)  # fmt: skip
def fall_away(request: RightsRequest, act: Act, death: Death) -> list[Consequence]:
    """Record that the person has died: the rights of the UK GDPR are those of the living. Nobody is written to."""
    return letters_taken_back(act)


def letters_taken_back(act: Act) -> list[Consequence]:
    """The drafted answer is not to be sent any more."""
    return [take_letter_back.on(each) for each in act.looked_up(drafted_letter)]
