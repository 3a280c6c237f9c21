"""Conduct: whether an act is allowed at a practice, by the words and the settings of the policy that is in force there.

Judging is a pure function: it keeps nothing, asks nobody, and knows nobody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from models.clauses import Clause
from models.conduct import Act, Deed
from models.judgements import DecidingSetting, Judgement, SpeakingClause, Verdict
from workflows.conduct.case import Case, Finding, VersionInForce, only_if
from workflows.conduct.consequences import what_follows
from workflows.conduct.devices import device, own_consultation
from workflows.conduct.messages import complaint, feedback, medical_message
from workflows.conduct.people import abuse, friend_accepted, friend_request, right_used, trainee_declined
from workflows.conduct.pictures import of_staff, photograph_in_consultation, where_patients_are
from workflows.conduct.posts import post, review
from workflows.conduct.practice_posts import post_for_practice
from workflows.law_beside import law_beside

__all__ = ["VersionInForce", "judge"]

RULES: Final[Mapping[Deed, tuple[Callable[[Case, Any], Iterator[Finding]], ...]]] = {
    Deed.USE_DEVICE: (device,),
    Deed.RECORD: (own_consultation, where_patients_are, of_staff),
    Deed.PHOTOGRAPH: (photograph_in_consultation, where_patients_are, of_staff),
    Deed.POST_ONLINE: (post,),
    Deed.LEAVE_REVIEW: (review,),
    Deed.COMPLAIN: (complaint,),
    Deed.SEND_MEDICAL_MESSAGE: (medical_message,),
    Deed.SEND_FEEDBACK: (feedback,),
    Deed.FRIEND_REQUEST: (friend_request,),
    Deed.ACCEPT_FRIEND_REQUEST: (friend_accepted,),
    Deed.ABUSE: (abuse,),
    Deed.POST_FOR_PRACTICE: (post_for_practice,),
    Deed.DECLINE_TRAINEE: (trainee_declined,),
    Deed.USE_INFORMATION_RIGHT: (right_used,),
}
"""What is held against each deed. Every rule reads the policy, and may find nothing in it."""

SEVERITY: Final = (Verdict.NOT_COVERED, Verdict.PERMITTED, Verdict.PERMITTED_IF, Verdict.BREACH)
"""Where rules differ, the last of these decides."""

NOTHING_SAID: Final = "The practice's policy says nothing about this."
NO_POLICY: Final = "No policy is in force at this practice."


def judge(act: Act, version: VersionInForce | None, day: date) -> Judgement:
    """What the version in force says of an act, and the law beside it on a day in London. Without one, nothing is covered."""
    if version is None:
        return uncovered(act, day)
    case = Case(version.content, act)
    findings = [finding for rule in RULES[act.deed] for finding in rule(case, act)]
    verdict = max((each.verdict for each in findings), key=SEVERITY.index, default=Verdict.NOT_COVERED)
    clauses = in_order(version.content.clauses, (clause for each in findings for clause in each.clauses))
    following = what_follows(case, verdict, clauses, day)
    return Judgement(
        deed=act.deed, verdict=verdict, explanation=explanation(verdict, findings),
        clauses=[speaking(version, each) for each in clauses], settings=deciding(case, findings),
        conditions_unmet=list(dict.fromkeys(unmet for each in findings for unmet in each.unmet)),
        consequences=following, law=law_beside(act, [each.consequence for each in following], day),
    )  # fmt: skip


def uncovered(act: Act, day: date) -> Judgement:
    """What can be said where no policy is in force."""
    return Judgement(
        deed=act.deed, verdict=Verdict.NOT_COVERED, explanation=NO_POLICY, clauses=[], settings=[], conditions_unmet=[],
        consequences=[], law=law_beside(act, [], day),
    )  # fmt: skip


def explanation(verdict: Verdict, findings: list[Finding]) -> str:
    """One sentence: that of the first rule that decides, or what all rules together still ask for."""
    decisive = [each for each in findings if each.verdict == verdict]
    if not decisive:
        return NOTHING_SAID
    if verdict != Verdict.PERMITTED_IF:
        return decisive[0].sentence
    return only_if(unmet for each in decisive for unmet in each.unmet).sentence


def in_order(everything: Iterable[Clause], wanted: Iterable[Clause]) -> list[Clause]:
    """Each clause once, in the order of the document."""
    keys = {each.key for each in wanted}
    return [each for each in everything if each.key in keys]


def speaking(version: VersionInForce, clause: Clause) -> SpeakingClause:
    """A clause as it is answered, with the address at which it can be cited."""
    return SpeakingClause(
        key=clause.key, number=clause.number, text=clause.text, source=clause.source, modality=clause.modality,
        citation=f"/v1/clauses/{version.policy_id}/{clause.key}",
    )  # fmt: skip


def deciding(case: Case, findings: list[Finding]) -> list[DecidingSetting]:
    """The settings that decide, each with its note: where the document says two things, the setting resolves it."""
    names = dict.fromkeys(name for each in findings for name in each.settings)
    return [DecidingSetting(name=name, **case.setting(name).model_dump(mode="json")) for name in names]
