"""How incidents go at a desk, at whichever practice: looked at, warned, broken down, and by whom."""

from datetime import date
from typing import Any

import pytest

from models.clauses import BreachGround
from models.incident_facts import (
    DecisionDraft,
    WarningOrder,
)
from models.incident_words import (
    IncidentKind,
    Measure,
    Safeguard,
)
from models.letter_facts.facts import LetterTemplate
from models.letter_facts.incidents import RemovalReasonKind
from models.policies import PolicyContent
from models.removal_facts import (
    EqualityCheckDraft,
    ListRemovalDraft,
    SafeguardDraft,
    ThreatDraft,
)
from models.roles import Role
from models.settings import Origin, Platform, Setting
from service.policy_library import library
from tests.incident_desk import MONDAY, Desk
from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK

OWN_PAGE = {"platform": Platform.FACEBOOK, "on_own_page": True}
MANAGER, PARTNER, CLINICIAN, EDITOR, LEAD = (
    Role.PRACTICE_MANAGER, Role.PARTNER, Role.CLINICIAN, Role.COMMUNICATIONS_MANAGER, Role.COMPLAINTS_LEAD,
)  # fmt: skip
OBSCENE = [BreachGround.OBSCENE]
each_practice = pytest.mark.parametrize("title", [ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK])


def at(title: str, **changes: Any) -> Desk:
    """A desk at a practice that adopted this document."""
    settled = {name: Setting(value=value, origin=Origin.SERVICE_DEFAULT) for name, value in changes.items()}
    return Desk(library()[title], settled)


def clause_of(content: PolicyContent) -> str:
    """A clause on what may not be posted."""
    return next(each.key for each in content.clauses if BreachGround.OBSCENE in each.grounds)


def told(desk: Desk) -> Role:
    """Whoever is told at this practice."""
    return desk.settings.duties.be_told.value[0]


def looked_at(desk: Desk, kind: IncidentKind = IncidentKind.THIRD_PARTY_POST, **found: Any) -> Desk:
    """An obscene post elsewhere, by the wolf, up to triage."""
    said = {"clause_key": clause_of(desk.content), "grounds": OBSCENE, **found}
    desk.triage(kind, by=told(desk), **said)
    desk.identify(by=MANAGER)
    return desk


def agreed(desk: Desk, measure: Measure, *roles: Role) -> Desk:
    """Everybody agrees."""
    for role in roles:
        desk.do(
            "decide",
            DecisionDraft(role=role, measure=measure, agrees=True, reason="It has to stop."),
            by=role,
            who=role,
        )
    return desk


def deciders(desk: Desk, *others: Role) -> set[Role]:
    """Who decides at this practice."""
    return {*desk.settings.duties.decide.value, *others}


ORDER = WarningOrder(reasons=("It is obscene.",), has_to_change=("No more of it.",), answer_by=date(2026, 12, 14))
FAIR = EqualityCheckDraft(
    protected_characteristics_considered=True, neurodivergence_considered=True, adjustments="None was asked for.",
    discriminates=False,
)  # fmt: skip


def warned(desk: Desk) -> Desk:
    """The wolf is warned."""
    desk.find(by=PARTNER)
    agreed(desk, Measure.WARNING, *deciders(desk))
    desk.do("warn", ORDER, by=MANAGER)
    desk.send(LetterTemplate.REMOVAL_RISK_WARNING)
    return desk


def at_breakdown(desk: Desk) -> Desk:
    """All was tried, and everybody agrees."""
    desk.do("breach_continues", by=MANAGER)
    desk.do("check_equality", FAIR, by=PARTNER)
    for each in Safeguard:
        review = date(2026, 12, 20) if each == Safeguard.RESTORE_ATTEMPT else None
        desk.do("take_safeguard", SafeguardDraft(safeguard=each, what="We met.", review_on=review), by=PARTNER)
    return agreed(desk, Measure.LIST_REMOVAL, *deciders(desk, PARTNER))


REMOVAL = ListRemovalDraft(reason_kind=RemovalReasonKind.SPECIFIC, reasons=("He did it again.",))


THREAT = ThreatDraft(what="He said he would eat her.", happened_at=MONDAY, violence=False, fear_for_safety=True)
