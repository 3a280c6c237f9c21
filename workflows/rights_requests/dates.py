"""The dates of a rights request: worked out by law from its facts, kept with their steps, and never changed in silence."""

from datetime import date, timedelta
from typing import Any, Final

from models.reckonings import Pause, Reckoning
from models.rights import Regime
from models.rights_requests import PastReckoning, RightsRequest
from models.rights_steps import ClarificationAbout
from workflows.engine import Act
from workflows.statutory_time import (
    answer_due,
    calendar_of,
    day_before,
    dead_persons_record_due,
    extension_notice_by,
    further_information_asked_by,
    internal_target,
    today,
)

REASONABLE_WAIT: Final = timedelta(days=28)
"""How long a question waits before it is asked again, or the request lapses."""


def reckon(
    request: RightsRequest, act: Act, because: str, reason: str | None = None, *, runs: bool = True
) -> Reckoning:
    """Work the dates out anew, and keep the old ones with what changed them. Where no period runs there are none."""
    if request.due is not None:
        past = PastReckoning(
            until=act.at, because=because, reason=reason, due=request.due, extension_by=request.extension_by
        )
        request.past_reckonings = [*request.past_reckonings, past]
    found = dates(request, act)
    request.due, request.extension_by, request.target_on = found if runs else (None, None, None)
    return found[0]


def dates(request: RightsRequest, act: Act) -> tuple[Reckoning, Reckoning | None, date]:
    """When the answer is due, until when an extension can be told, and at which day the practice aims."""
    clock = request.clock
    if request.regime == Regime.AHRA_1990:
        proofs = [each for each in (clock.identity_received, clock.authority_received) if each]
        due = dead_persons_record_due(clock.received, request.oldest_entry, max(proofs, default=None))
        return due, None, day_before(due)
    calendar, day = calendar_of(act), today(act)
    due = answer_due(clock, calendar, today=day)
    target = day_before(due) if clock.extended or clock.pauses else internal_target(clock).day
    return due, extension_notice_by(clock, calendar, today=day), target


def notice_by(request: RightsRequest, act: Act) -> date | None:
    """The last day for telling of an extension, as it stands today: a pause that is open moves it. None while no month runs."""
    waits_for_proof = request.extension_by is None and request.question is None
    return None if waits_for_proof else extension_notice_by(request.clock, calendar_of(act), today=today(act)).day


def due_on_today(request: RightsRequest, act: Act) -> date:
    """The last day for the answer as it stands today, even while the clock stands still."""
    return answer_due(request.clock, calendar_of(act), today=today(act)).day


def learn(request: RightsRequest, **facts: Any) -> None:
    """Keep a fact on which the dates rest."""
    request.clock = request.clock.model_copy(update=facts)


def asked(request: RightsRequest, act: Act, because: str) -> None:
    """Keep that something was asked without which the month does not run; for the dead, only within fourteen days."""
    request.asked_on, request.reminded_on = today(act), None
    request.chase_on = request.asked_on + REASONABLE_WAIT
    reckon(request, act, because, runs=not restarts(request))


def restarts(request: RightsRequest) -> bool:
    """Whether the answer to what was asked lets the period begin anew: for the dead, if it was asked within fourteen days."""
    if request.regime == Regime.UK_GDPR or request.asked_on is None:
        return True
    return request.asked_on <= further_information_asked_by(request.clock.received).day


def answered(request: RightsRequest, act: Act, because: str, fact: str, day: date) -> None:
    """Keep that it came: if it was asked for, and in time, the period begins on that day."""
    if request.asked_on is None:
        return
    if restarts(request):
        learn(request, **{fact: day})
    request.asked_on = request.reminded_on = request.chase_on = None
    reckon(request, act, because)


def pauses(request: RightsRequest, about: ClarificationAbout, day: date) -> bool:
    """Whether a question stops the clock: of access alone, about which information is meant, and while the period runs."""
    of_access = request.regime == Regime.UK_GDPR and request.clock.article == ACCESS_ARTICLE
    in_time = request.due is not None and day <= request.due.day
    return of_access and about == ClarificationAbout.WHICH_INFORMATION and in_time


ACCESS_ARTICLE: Final = 15


def paused(request: RightsRequest, day: date) -> None:
    """Stop the clock."""
    learn(request, pauses=(*request.clock.pauses, Pause(asked=day)))


def resumed(request: RightsRequest, day: date) -> None:
    """Let the clock go on, if it was stopped."""
    *before, last = request.clock.pauses or (None,)
    if last is not None and last.answered is None:
        learn(request, pauses=(*before, last.model_copy(update={"answered": day})))
