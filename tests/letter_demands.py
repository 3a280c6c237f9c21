"""What the law and the policies demand of each letter, said a second time: from the need alone, and never from the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from models.letter_elements import Element as E  # noqa: N817 - a table is read more easily with a short name
from models.letter_facts.facts import LetterTemplate as T

Demands = frozenset[E]
COMPLAINTS: Final = {E.COMPLAIN_TO_US, E.COMPLAIN_TO_REGULATOR, E.COURT}
"""Beside the reasons, the elements of UK GDPR, Article 12(4)."""
LEAFLET: Final = {
    E.WAYS_TO_COMPLAIN, E.TWELVE_MONTHS, E.THREE_WORKING_DAYS, E.COMMISSIONER, E.HELP_TO_COMPLAIN, E.OMBUDSMAN, E.NOT_HELD_AGAINST,
}  # fmt: skip


def always(*elements: E) -> Callable[[Any], Demands]:
    """The same whatever the facts are."""
    return lambda _: frozenset(elements)


def decided(facts: Any, *further: E) -> Demands:
    """An answer: what was done where anything was, and the reasons where anything was not."""
    wanted = {E.WHICH_REQUEST, E.OUTCOME, *COMPLAINTS, *further}
    wanted |= {E.WHAT_WAS_DONE} if facts.outcome != "refused" else set()
    wanted |= {E.REASONS} if facts.outcome != "upheld" else set()
    return frozenset(wanted)


def with_recipients(facts: Any) -> Demands:
    """Article 19: others who had it, where something was done."""
    return decided(facts, *([E.RECIPIENTS] if facts.outcome != "refused" else []))


def rectified(facts: Any) -> Demands:
    """An opinion that stays has the person's word beside it."""
    noted = "note_of_disagreement_added" in facts.results or facts.outcome != "upheld"
    return with_recipients(facts) | ({E.NOTE_OF_DISAGREEMENT} if noted else set())


def about_the_dead(facts: Any) -> Demands:
    """The Act of 1990: a court, and no regulator of what the living have."""
    wanted = {E.WHICH_REQUEST, E.OUTCOME, E.COMPLAINT_ROUTE, E.COURT}
    wanted |= {E.WHAT_WAS_DONE} if facts.outcome != "refused" else set()
    return frozenset(wanted | ({E.REASONS} if facts.outcome != "upheld" else set()))


def acknowledged(facts: Any) -> Demands:
    """One letter for two procedures, where it is about care too."""
    both = {E.WAYS_TO_COMPLAIN, E.THREE_WORKING_DAYS, E.OMBUDSMAN} if facts.nhs_complaint else set()
    return frozenset({E.WHICH_COMPLAINT, E.WHAT_NEXT, E.COMPLAIN_TO_REGULATOR} | both)


DEMANDED: Final[Mapping[T, Callable[[Any], Demands]]] = {
    T.REMOVAL_REQUEST: always(E.WHICH_POST, E.WHY, E.BY_WHEN, E.WHAT_NEXT, E.COMPLAINT_ROUTE),
    T.RECORDING_ONLINE: always(
        E.WHICH_POST, E.OWN_USE, E.OTHERS_PRIVACY, E.WHY, E.BY_WHEN, E.WHAT_NEXT, E.COMPLAINT_ROUTE
    ),
    T.ADVICE: always(
        E.WHICH_POST, E.REASONS, E.FEEDBACK_WELCOME, E.NOT_CONSTRUCTIVE, E.NHS_CONSTITUTION, E.WHAT_NEXT, E.COMPLAINT_ROUTE
    ),
    T.REMOVAL_RISK_WARNING: always(
        E.RISK_OF_REMOVAL, E.REASONS, E.CONDUCT_WITH_DATES, E.WHAT_HAS_TO_CHANGE, E.HOW_TO_ANSWER, E.COMPLAINT_ROUTE
    ),
    T.WARNING_REVIEWED: always(E.WARNING_STANDS_OR_GONE, E.REASONS, E.COMPLAINT_ROUTE),
    T.REMOVAL_REASONS: always(
        E.REASONS_OR_BREAKDOWN, E.WARNING_OR_EXEMPTION, E.EFFECTIVE_DAY, E.REGISTER_ELSEWHERE, E.COMPLAINT_ROUTE, E.OMBUDSMAN
    ),
    T.IMMEDIATE_REMOVAL: always(
        E.EFFECTIVE_MOMENT, E.CONDUCT_WITH_DATES, E.POLICE_TOLD, E.SPECIAL_ALLOCATION, E.APPEAL, E.WRITTEN_CONFIRMATION,
        E.COMPLAINT_ROUTE, E.OMBUDSMAN,
    ),
    T.COMPLAINT_ROUTE: always(*LEAFLET),
    T.PUBLIC_REPLY: always(E.PUBLIC_TEXT),
    T.REQUEST_ACKNOWLEDGED: always(
        E.WHICH_REQUEST, E.WHAT_WAS_ASKED, E.DUE_DAY, E.COMPLAIN_TO_US, E.COMPLAIN_TO_REGULATOR
    ),
    T.IDENTITY_ASKED: always(E.WHICH_REQUEST, E.DOUBT, E.WHAT_WOULD_SETTLE_IT, E.EFFECT_ON_TIME, E.COMPLAIN_TO_US),
    T.AUTHORITY_ASKED: always(E.WHICH_REQUEST, E.WHAT_WOULD_SETTLE_IT, E.EFFECT_ON_TIME, E.COMPLAIN_TO_US),
    T.FEE_ASKED: always(E.WHICH_REQUEST, E.REASONS, E.FEE_AND_BASIS, E.EFFECT_ON_TIME, *COMPLAINTS),
    T.CLARIFICATION_ASKED: always(E.WHICH_REQUEST, E.QUESTIONS, E.EFFECT_ON_TIME, E.COMPLAIN_TO_US),
    T.TIME_EXTENDED: always(E.WHICH_REQUEST, E.REASONS, E.DUE_DAY, *COMPLAINTS),
    T.ACCESS_DECISION: lambda facts: decided(facts, *([E.FURTHER_INFORMATION] if facts.outcome != "refused" else [])),
    T.RECTIFICATION_DECISION: rectified,
    T.ERASURE_DECISION: with_recipients,
    T.RESTRICTION_DECISION: with_recipients,
    T.PORTABILITY_DECISION: lambda facts: decided(facts, *([E.ALTERNATIVE] if facts.outcome != "upheld" else [])),
    T.OBJECTION_DECISION: lambda facts: decided(facts, *([E.MARKETING_STOPS] if facts.direct_marketing else [])),
    T.RESTRICTION_IN_FORCE: always(
        E.WHICH_REQUEST, E.WHAT_IS_RESTRICTED, E.REASONS, E.WHAT_RESTRICTION_MEANS, E.TOLD_BEFORE_LIFTING, E.COMPLAIN_TO_US
    ),
    T.RESTRICTION_LIFTING: always(
        E.WHICH_REQUEST, E.WHAT_IS_RESTRICTED, E.REASONS, E.TOLD_BEFORE_LIFTING, E.COMPLAIN_TO_US, E.COMPLAIN_TO_REGULATOR
    ),
    T.REQUEST_WITHDRAWN: always(E.WHICH_REQUEST, E.OUTCOME, E.ASK_AGAIN),
    T.REQUEST_TRANSFERRED: always(E.WHICH_REQUEST, E.NEW_HOLDER, E.REASONS, *COMPLAINTS),
    T.LAPSE_REMINDER: always(E.WHICH_REQUEST, E.WHAT_WE_WAIT_FOR, E.CLOSES_ON, E.ASK_AGAIN),
    T.REQUEST_LAPSED: always(E.WHICH_REQUEST, E.WHAT_WE_WAIT_FOR, E.OUTCOME, E.ASK_AGAIN, *COMPLAINTS),
    T.DECEASED_REQUEST_ACKNOWLEDGED: lambda facts: frozenset(
        {E.WHICH_REQUEST, E.DUE_DAY, E.COMPLAINT_ROUTE} | ({E.WHAT_WOULD_SETTLE_IT} if facts.would_settle else set())
    ),
    T.DECEASED_DECISION: about_the_dead,
    T.DATA_COMPLAINT_ACKNOWLEDGED: acknowledged,
    T.DATA_COMPLAINT_PROGRESS: always(E.WHICH_COMPLAINT, E.WHAT_WAS_DONE, E.WHAT_NEXT, E.COMPLAIN_TO_REGULATOR),
    T.DATA_COMPLAINT_OUTCOME: lambda facts: frozenset(
        {E.WHICH_COMPLAINT, E.OUTCOME, E.REASONS, E.COMPLAIN_TO_REGULATOR, E.COURT}
        | ({E.WHAT_WAS_DONE} if facts.done else set())
    ),
}  # fmt: skip

TEXTS: Final[Mapping[E, str]] = {
    E.WHICH_POST: r"a town forum.*They mix up the jars",
    E.BY_WHEN: r"7 December 2026",
    E.RISK_OF_REMOVAL: r"(?i)warning.*off our list",
    E.CONDUCT_WITH_DATES: r"2 November 2026: You threw a shoe",
    E.HOW_TO_ANSWER: r"your side.*7 December 2026",
    E.NHS_CONSTITUTION: r"NHS Constitution.*respect",
    E.FEEDBACK_WELCOME: r"what you think",
    E.WARNING_OR_EXEMPTION: r"We warned you on 2 November 2026|We did not warn you first\. .+ You have moved",
    E.EFFECTIVE_DAY: r"7 December 2026",
    E.EFFECTIVE_MOMENT: r"22 November 2026 at 23:30",
    E.POLICE_TOLD: r"told the police on 2 November 2026",
    E.SPECIAL_ALLOCATION: r"Special Allocation Scheme",
    E.APPEAL: r"not the same in each part of the country",
    E.COMPLAINT_ROUTE: r"complain to us.*01632 960001.*https://example\.com/complaints",
    E.THREE_WORKING_DAYS: r"3 working days",
    E.OMBUDSMAN: r"Parliamentary and Health Service Ombudsman",
    E.COMPLAIN_TO_REGULATOR: r"the Information Commission \(ICO\)",
    E.COMPLAIN_TO_US: r"complain to us.*30 days",
    E.COURT: r"court",
    E.DUE_DAY: r"7 December 2026",
    E.FEE_AND_BASIS: r"£7\.50\n.*Ink and thread",
    E.NOTE_OF_DISAGREEMENT: r"note beside it",
    E.TOLD_BEFORE_LIFTING: r"before this ends|know it first",
    E.WHICH_REQUEST: r"2 November 2026.*R-7",
    E.WHICH_COMPLAINT: r"2 November 2026.*R-7",
}
"""What some of them have to say, wherever they stand."""
