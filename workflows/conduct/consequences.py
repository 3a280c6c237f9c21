"""What follows, as the document says it: whether it will or may, by whom, and which law narrows it."""

from collections.abc import Iterable
from datetime import date

from models.clauses import Audience, Clause, Consequence, Modality, Topic
from models.conduct import Abuse
from models.judgements import Verdict, WhatFollows
from models.roles import Duty, Role
from models.settings import DeletionScope, Firmness, Origin, PageComplaint, Platform
from workflows.conduct.case import Case
from workflows.conduct.requirements import is_met
from workflows.law_beside import narrowing

POSSIBLE = frozenset(
    {
        Consequence.POST_MAY_BE_DELETED, Consequence.LEGAL_ADVICE_POSSIBLE, Consequence.LEGAL_ACTION_POSSIBLE,
        Consequence.RELATIONSHIP_MAY_BREAK_DOWN,
    }
)  # fmt: skip
"""What is only ever possible."""

IN_ANY_CASE = frozenset({Consequence.RECORDED_IN_RECORD})
"""What follows an act that is let be."""

LEGAL_ADVICE = {Firmness.WILL: Consequence.LEGAL_ADVICE_SOUGHT, Firmness.MAY: Consequence.LEGAL_ADVICE_POSSIBLE}
DELETION = {
    PageComplaint.DELETED: Consequence.POST_DELETED,
    PageComplaint.AT_DISCRETION: Consequence.POST_MAY_BE_DELETED,
}
DELETES_ON = {
    DeletionScope.FACEBOOK_PAGE: {Platform.FACEBOOK},
    DeletionScope.FACEBOOK_AND_INSTAGRAM_PAGES: {Platform.FACEBOOK, Platform.INSTAGRAM},
}
"""Where a practice deletes, if not everywhere."""

DUTIES = {
    Consequence.POST_DELETED: Duty.REMOVE,
    Consequence.POST_MAY_BE_DELETED: Duty.REMOVE,
    Consequence.POST_REPORTED: Duty.REMOVE,
    Consequence.MESSAGE_DELETED: Duty.REMOVE,
    Consequence.AUTHOR_ASKED_TO_REMOVE: Duty.CONTACT_AUTHOR,
    Consequence.COMPLAINT_ROUTE_OFFERED: Duty.HANDLE_COMPLAINTS,
    Consequence.ADVISED: Duty.DECIDE,
    Consequence.LEGAL_ADVICE_SOUGHT: Duty.DECIDE,
    Consequence.LEGAL_ADVICE_POSSIBLE: Duty.DECIDE,
    Consequence.LEGAL_ACTION_POSSIBLE: Duty.DECIDE,
    Consequence.RELATIONSHIP_MAY_BREAK_DOWN: Duty.DECIDE,
}


def what_follows(case: Case, verdict: Verdict, clauses: Iterable[Clause], day: date) -> list[WhatFollows]:
    """Every consequence that the clauses name, once. An act that is let be has only those that follow in any case."""
    named: dict[Consequence, list[Clause]] = {}
    for clause in clauses:
        for each in clause.consequences:
            if (verdict != Verdict.PERMITTED or each in IN_ANY_CASE) and holds(case, clause, each):
                named.setdefault(resolved(case, clause, each), []).append(clause)
    return [told(case, each, named[each], day) for each in named]


def holds(case: Case, clause: Clause, consequence: Consequence) -> bool:
    """Whether this follows here: not from a clause that is kept, and no wider than the settings have it.

    They say where the practice deletes, and for what it asks for removal at once.
    """
    if consequence not in IN_ANY_CASE and kept(case, clause):
        return False
    if consequence == Consequence.IMMEDIATE_REMOVAL and isinstance(case.act, Abuse):
        return case.act.kind in case.settings.immediate_removal_grounds.value
    if clause.topic == Topic.UNACCEPTABLE_MATERIAL and consequence == Consequence.POST_DELETED:
        return getattr(case.act, "platform", None) in DELETES_ON.get(case.settings.deletion_scope.value, set(Platform))
    return True


def kept(case: Case, clause: Clause) -> bool:
    """Whether the act is known to meet everything that a clause makes a condition."""
    return bool(clause.conditions) and all(is_met(each, case.act) for each in clause.conditions)


def resolved(case: Case, clause: Clause, consequence: Consequence) -> Consequence:
    """The consequence as the setting has it, where one decides how firm it is."""
    if consequence in LEGAL_ADVICE.values():
        return LEGAL_ADVICE[case.settings.legal_advice.value]
    if clause.topic == Topic.COMPLAINTS and consequence in DELETION.values():
        return DELETION[case.settings.page_complaint.value]
    return consequence


def told(case: Case, consequence: Consequence, clauses: list[Clause], day: date) -> WhatFollows:
    """The consequence with its firmness, its people and its limits."""
    by, origin = people(case, consequence)
    return WhatFollows(
        consequence=consequence, firmness=firmness(consequence, clauses), clauses=[each.key for each in clauses],
        by=by, by_origin=origin, narrowed_by=list(narrowing(consequence, day)),
    )  # fmt: skip


def firmness(consequence: Consequence, clauses: list[Clause]) -> Firmness:
    """Whether the document binds the practice to it: not if it says may or should of what the practice does."""
    loosely = any(each.audience != Audience.PATIENTS and each.modality != Modality.MUST for each in clauses)
    return Firmness.MAY if consequence in POSSIBLE or loosely else Firmness.WILL


def people(case: Case, consequence: Consequence) -> tuple[list[Role], Origin | None]:
    """Who does it, and whether the document says so. Removal from the list is the partners' to ask for, whoever else decides."""
    if consequence == Consequence.IMMEDIATE_REMOVAL:
        return [Role.PARTNER], Origin.SERVICE_DEFAULT
    if consequence not in DUTIES:
        return [], None
    holders = case.setting(f"duties.{DUTIES[consequence]}")
    if consequence == Consequence.RELATIONSHIP_MAY_BREAK_DOWN and Role.PARTNER not in holders.value:
        return [Role.PARTNER, *holders.value], Origin.SERVICE_DEFAULT
    return list(holders.value), holders.origin
