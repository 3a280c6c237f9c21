"""Each rule is missed as soon as what keeps it is gone: a guard, a role, a state, or an effect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from inspect import getmodule
from typing import Any

import pytest

from models.acknowledgements import Acknowledgement
from models.briefings import Briefing
from models.monitoring_checks import MonitoringCheck
from models.people import Person
from models.policies import Policy, PolicyDraft, PolicyEdit, PolicyState
from models.posts import Post, PostState
from models.reviews import Review, ReviewState
from models.roles import Duty, Role
from models.screening import AnswerToFinding, FindingAnswer
from models.settings import PolicySettings
from tests.exploration import Explored, Scenario, Tried, explore
from tests.invariants import INVARIANTS, broken
from tests.laws import (
    LAWS,
    LINK,
    NOON,
    Request,
    World,
    abouts,
    always,
    happen,
    judged,
    policy_drafts,
    policy_edits,
    somebody,
    working_by,
)
from tests.scenarios import SCENARIOS, explored
from workflows.engine import Act, Guard, Law, Opening, Transition
from workflows.refusals import Refusal, RoleRefusal
from workflows.screening.answers import answered

# Each guard is missed


@dataclass(frozen=True)
class Behind:
    """Why a guard is never the first to say no, and the laws with whose loss it would be."""

    reason: str
    lost: tuple[tuple[str, str], ...] = ()
    opened: tuple[tuple[str, Any], ...] = ()


def frozen_since_submission(guard: str, *names: str) -> dict[tuple[str, str], Behind]:
    """What `submit` has judged, of content that can't change afterwards."""
    before: dict[str, tuple[str, ...]] = {
        "post.approve": ("post.submit",),
        "post.publish": ("post.submit", "post.approve"),
    }
    reason = "submit refuses it, and what is submitted changes only by going back to a draft"
    return {(name, guard): Behind(reason, tuple((each, guard) for each in before[name])) for name in names}


NEVER_EDITED = "nothing that is approved can be edited and stay approved"
SECOND_LINES: dict[tuple[str, str], Behind] = {
    **frozen_since_submission("nothing_clinical", "post.approve", "post.publish"),
    **frozen_since_submission("no_patient_identified", "post.approve", "post.publish"),
    **frozen_since_submission("staff_agreed", "post.approve", "post.publish"),
    **frozen_since_submission("closure_has_a_date", "post.approve", "post.publish"),
    **frozen_since_submission("closure_says_where_to_go", "post.approve", "post.publish"),
    **frozen_since_submission("nothing_certain_found", "post.approve", "post.publish"),
    **frozen_since_submission("doubts_answered", "post.approve", "post.publish"),
    **frozen_since_submission("everybody_named_agreed", "post.approve", "post.publish"),
    ("post.answer_findings", "something_to_answer"): Behind(
        "no answer suits what is not asked; this one only says so beforehand", (("post.answer_findings", "answers_suit"),)
    ),
    ("post.schedule", "as_approved"): Behind(NEVER_EDITED, opened=(("post.edit", PostState.APPROVED),)),
    ("post.publish", "as_approved"): Behind(NEVER_EDITED, opened=(("post.edit", PostState.APPROVED),)),
    ("post.publish", "somewhere_left"): Behind(
        "each platform is refused on its own; this one only says so beforehand", (("post.publish", "not_there_yet"),)
    ),
    ("post.fail_elsewhere", "somewhere_left"): Behind(
        "each platform is refused on its own; this one only says so beforehand",
        (("post.fail_elsewhere", "not_public_there"),),
    ),
    ("policy.approve", "has_a_clause"): Behind(
        "submit refuses it, and a submitted version is not edited", (("policy.submit", "has_a_clause"),)
    ),
    ("policy.publish", "as_approved"): Behind(NEVER_EDITED, opened=(("policy.edit", PolicyState.APPROVED),)),
    ("policy.review_unchanged", "none_being_prepared"): Behind(
        "the version that begins in the same change is refused; this one says so first",
        (("policy.create", "none_being_prepared"),),
    ),
}  # fmt: skip
"""Guards that stand behind another one: taken out alone, they are not missed."""

STRICTER = {
    # An end before the role began is refused as well, though it would rewrite nothing.
    ("staff_member.end_role", "ends_now_or_later"),
}
"""Guards that refuse more than the rule asks for."""

GUARDED = [(law, guard) for law in LAWS.values() for guard in law.guards]
every_guard = pytest.mark.parametrize(("law", "guard"), GUARDED, ids=lambda each: getattr(each, "name", repr(each)))


def without(law: Law[Any], *names: str) -> Law[Any]:
    """The same law without these guards."""
    return replace(law, guards=tuple(each for each in law.guards if each.name not in names))


def let_through(found: Explored, law: Law[Any], changed: Law[Any], guard: str) -> list[Tried]:
    """What this guard refused, and the changed law does not."""
    tried = [(world, replace(request, law=changed)) for world, request in found.refused[repr(law), guard]]
    return [each for each in tried if judged(*each) is None and not follows_refused(*each)]


def spread(cases: list[Tried], most: int = 200) -> list[Tried]:
    """Some of many cases, from all over."""
    return cases[:: len(cases) // most + 1]


def follows_refused(world: World, request: Request) -> bool:
    """Whether it is refused after all, because what it entails is."""
    if not request.law.entails:
        return False
    try:
        happen(world, request)
    except Refusal:
        return True
    return False


@every_guard
def test_each_guard_is_missed_or_stands_behind_another(law: Law[Any], guard: Guard[Any]) -> None:
    """Every time that a guard says no, letting it through would break a rule that the guard names."""
    missed = let_through(explored(law.workflow.name), law, without(law, guard.name), guard.name)
    if (repr(law), guard.name) in SECOND_LINES:
        assert not missed
    else:
        harmed = [bool(broken(happen(*each)) & set(rules_of(guard))) for each in spread(missed)]
        assert any(harmed)
        assert all(harmed) or (repr(law), guard.name) in STRICTER


def rules_of(guard: Guard[Any]) -> list[str]:
    """The rules that a guard names."""
    return re.findall(r"[A-Z]+-\d+", guard.rule.partition(":")[0])


@pytest.mark.parametrize("named", SECOND_LINES, ids=".".join)
def test_a_guard_that_stands_behind_another_is_missed_when_that_one_is_gone(
    named: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, guard = named
    changed = {each: LAWS[each] for each in LAWS}
    for other, lost in SECOND_LINES[named].lost:
        changed[other] = without(changed[other], lost)
    for other, state in SECOND_LINES[named].opened:
        changed[other] = also_from(changed[other], state)
    declare(changed, monkeypatch)
    found = explore(without_time(changed, LAWS[name].workflow.name))
    assert let_through(found, changed[name], without(changed[name], guard), guard)


def also_from(law: Law[Any], *states: Any) -> Law[Any]:
    """The same transition, from more states."""
    assert isinstance(law, Transition)
    return replace(law, sources=law.sources | set(states))


def declare(changed: dict[str, Law[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the changed laws in the place of the declared ones, in what others entail as well."""
    for name, law in LAWS.items():
        changed[name] = replace(changed[name], entails=tuple(changed[repr(each)] for each in law.entails))
        monkeypatch.setattr(getmodule(law.function), law.name, changed[name])


def without_time(changed: dict[str, Law[Any]], name: str) -> Scenario:
    """A small exploration of the changed laws, by two people, in which time stands still and policies don't change."""
    scenario = SCENARIOS[name]()
    drafts, edits = policy_drafts(), policy_edits()
    said = {**scenario.said, PolicyDraft: always(drafts[0], drafts[2]), PolicyEdit: always(edits[3])}
    laws = tuple(changed[repr(each)] for each in scenario.laws)
    return replace(scenario, laws=laws, people=scenario.people[:2], settings=(), moments=(NOON,), said=said)


# Each role is missed

ASKED_BY = {
    "post.approve": "POST-3",
    "post.schedule": "POST-4",
    "post.publish": "POST-4",
    "post.reply": "POST-8",
    "post.expire": "POST-9",
    "post.take_down": "POST-12",
    "policy.approve": "POL-4",
    "policy.publish": "POL-1",
    "staff_member.appoint": "STAFF-7",
    "staff_member.grant_role": "STAFF-7",
    "staff_member.end_role": "STAFF-7",
    "staff_member.leave": "STAFF-7",
    "practice.open_practice": "PRACTICE-1",
    "acknowledgement.acknowledge": "ACK-1",
    "monitoring_check.look": "S-05",
    "monitoring_check.escalate": "MON-5",
    "review.notice": "REV-1",
    "review.answer": "C-11",
    "review.report_to_site": "REV-5",
    "briefing.remind": "ACK-5",
    "briefing.resume": "ACK-5",
    "person.erase": "PERSON-6",
}
"""Laws of which a rule says who may ask."""


def strangers() -> list[tuple[str, Any]]:
    """Each of these laws with each role and duty that has no part in it."""
    return [(name, each) for name in ASKED_BY for each in (*Role, *Duty) if is_stranger(LAWS[name], each)]


def is_stranger(law: Law[Any], each: Role | Duty) -> bool:
    """Whether this role or duty gives no right to ask. A duty is held by staff, and where no practice is yet, by nobody."""
    if isinstance(each, Duty):
        return not {each, Role.STAFF} & set(law.by) and law.workflow.name != "practice"
    return law.not_for(Act(somebody(each), World().practice, NOON)) is not None


@pytest.mark.parametrize(("name", "other"), strangers())
def test_a_rule_is_broken_when_somebody_else_may_ask(name: str, other: Role | Duty) -> None:
    law, asker = LAWS[name], somebody(other if isinstance(other, Role) else Role.RECEPTION_MANAGER)
    granted = explored(law.workflow.name).allowed[name]
    tried = ((handing(world, other), replace(each, person=asker)) for world, each in granted)
    world, request = next(each for each in tried if any_guard_aside(*each))
    assert isinstance(judged(world, request), RoleRefusal)
    assert ASKED_BY[name] in broken(happen(world, replace(request, law=replace(law, by=(other,)))))


def handing(world: World, other: Role | Duty) -> World:
    """The same world; where a duty is concerned, a policy hands it to the reception manager."""
    if isinstance(other, Role) or not world.records:
        return world
    held = {"duties": {other: {"value": [Role.RECEPTION_MANAGER]}}}
    return working_by(world, PolicySettings.model_validate(world.practice.settings.model_dump() | held))


def any_guard_aside(world: World, request: Request) -> bool:
    """Whether nothing but their role speaks against it."""
    changed = replace(request.law, by=tuple(request.person.roles))
    return judged(world, replace(request, law=changed)) is None


# Each effect and each state is missed


@dataclass(frozen=True)
class Mutant:
    """A law as it should not be, and the rule that it breaks."""

    rule: str
    name: str
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def law(self) -> Law[Any]:
        """The law as it should not be."""
        return replace(LAWS[self.name], **self.changed)


def effect(name: str, change: Callable[[Any], None]) -> dict[str, Any]:
    """The effect of a law, with a change to the record after it."""

    def changed(about: Any, act: Act, *payload: Any) -> Any:
        done = LAWS[name].function(about, act, *payload)
        begun = done[0] if isinstance(done, tuple) else done
        change(begun if isinstance(LAWS[name], Opening) else about)
        return done

    return under_its_name(name, changed)


def consequences(name: str, kept: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    """The effect of a law, with only some of its consequences."""
    return under_its_name(name, lambda *asked: kept(LAWS[name].function(*asked)))


def consequences_of_opening(name: str, kept: Callable[[list[Any]], list[Any]]) -> dict[str, Any]:
    """The beginning of a record, with only some of its consequences."""

    def changed(*asked: Any) -> Any:
        record, done = LAWS[name].function(*asked)
        return record, kept(done)

    return under_its_name(name, changed)


def but(name: str) -> Callable[[list[Any]], list[Any]]:
    """All consequences but those of one law."""
    return lambda done: [each for each in done if each.law.name != name]


def under_its_name(name: str, function: Any) -> dict[str, Any]:
    """Another function for a law, known by the same name."""
    function.__name__ = LAWS[name].name
    return {"function": function}


def rewritten(check: MonitoringCheck) -> None:
    check.looked_at = NOON - timedelta(days=1)


def without_end(check: MonitoringCheck) -> None:
    check.next_look_at = None


def put_in_own_words(review: Review) -> None:
    assert review.answered
    review.answered = review.answered.model_copy(update={"text": "You were late for your appointment."})


def put_in_the_mouth(given: Acknowledgement) -> None:
    given.acknowledged_by = "somebody-else"


def uncounted(briefing: Briefing) -> None:
    briefing.reminders = [each.model_copy(update={"outstanding": 0}) for each in briefing.reminders]


def renumbered(policy: Policy) -> None:
    policy.number, policy.major, policy.minor = "1.0", 1, 0


def reworded(policy: Policy) -> None:
    policy.content = policy.content.model_copy(update={"title": "Something else"})


def improvised(post: Post) -> None:
    post.replies = [post.replies[-1].model_copy(update={"text": "Your appointment is at noon."})]


def misattributed(post: Post) -> None:
    assert post.approval
    post.approval = post.approval.model_copy(update={"by": "nobody"})


def remembered(person: Person) -> None:
    person.note = "Carried a basket."


FROZEN = frozenset(PolicyState) - {PolicyState.DRAFT, PolicyState.CHANGES_REQUESTED, PolicyState.IN_REVIEW}


def still_answered(post: Post) -> None:
    """An answer stays, whatever the text has become."""
    post.finding_answers = [answered(OUTLIVED, at=NOON, by=post.author)]


OUTLIVED = AnswerToFinding(finding=LINK, answer=FindingAnswer.PUBLIC_INFORMATION)
MUTANTS = [
    Mutant("POL-1", "policy.publish", {"sources": frozenset({PolicyState.IN_REVIEW}), "guards": ()}),
    Mutant("POL-2", "policy.publish", effect("policy.publish", reworded)),
    Mutant("POL-3", "policy.publish", consequences("policy.publish", but("supersede"))),
    Mutant("POL-3", "policy.publish", consequences("policy.publish", but("adopt"))),
    Mutant("POL-3", "policy.withdraw", consequences("policy.withdraw", but("abandon"))),
    Mutant("ACK-1", "acknowledgement.acknowledge", effect("acknowledgement.acknowledge", put_in_the_mouth)),
    Mutant("ACK-4", "policy.publish", consequences("policy.publish", but("brief"))),
    Mutant("ACK-4", "policy.publish", consequences("policy.publish", but("close"))),
    Mutant("ACK-4", "policy.withdraw", consequences("policy.withdraw", but("close"))),
    Mutant("MON-4", "monitoring_check.look", consequences_of_opening("monitoring_check.look", but("follow"))),
    Mutant("MON-4", "monitoring_check.escalate", effect("monitoring_check.escalate", rewritten)),
    Mutant("S-05", "monitoring_check.look", effect("monitoring_check.look", without_end)),
    Mutant("S-05", "policy.publish", consequences("policy.publish", but("watch"))),
    Mutant("S-05", "policy.publish", consequences("policy.publish", but("bring_forward"))),
    Mutant("S-05", "policy.withdraw", consequences("policy.withdraw", but("lapse"))),
    Mutant("C-11", "review.answer", {"sources": frozenset({ReviewState.ANSWERED})}),
    Mutant("REV-2", "review.answer", effect("review.answer", put_in_own_words)),
    Mutant("ACK-5", "briefing.remind", effect("briefing.remind", uncounted)),
    *(Mutant("POL-6", "policy.edit", {"sources": frozenset({state})}) for state in sorted(FROZEN)),
    Mutant("POL-7", "policy.create", effect("policy.create", renumbered)),
    Mutant("POL-9", "policy.review_unchanged", effect("policy.review_unchanged", reworded)),
    Mutant("POST-1", "post.publish", {"sources": frozenset({PostState.DRAFT}), "guards": ()}),
    Mutant("POST-1", "post.schedule", {"sources": frozenset({PostState.SUBMITTED}), "guards": ()}),
    *(
        Mutant("POST-6", "post.edit", {"sources": frozenset({state})})
        for state in (PostState.PUBLISHED, PostState.WITHDRAWN)
    ),
    Mutant("POST-8", "post.reply", effect("post.reply", improvised)),
    Mutant("POST-15", "post.edit", effect("post.edit", still_answered)),
    Mutant("PERSON-8", "person.erase", effect("person.erase", remembered)),
    Mutant("POST-10", "post.approve", effect("post.approve", misattributed)),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: f"{each.rule}-{each.name}")
def test_a_rule_is_broken_when_an_effect_or_a_state_is_wrong(mutant: Mutant) -> None:
    law = mutant.law
    scenario = SCENARIOS[law.workflow.name]()
    assert any(
        mutant.rule in broken(happen(world, request))
        for world in explored(law.workflow.name).situations.values()
        for request in asked_in(world, law, scenario)
        if judged(world, request) is None
    )


def asked_in(world: World, law: Law[Any], scenario: Scenario) -> Iterable[Request]:
    """Everything that the people of a scenario could ask for by this law."""
    return (Request(person, law, *each) for each in abouts(world, law, scenario.said) for person in scenario.people)


def test_every_rule_is_missed_somewhere() -> None:
    """No invariant stands here that nothing could break."""
    by_guards = {
        rule for law, guard in GUARDED if (repr(law), guard.name) not in SECOND_LINES for rule in rules_of(guard)
    }
    missed_somewhere = by_guards | set(ASKED_BY.values()) | {each.rule for each in MUTANTS}
    assert {rule for each in INVARIANTS for rule in each.rules} <= missed_somewhere


def test_every_rule_that_a_guard_names_has_an_invariant() -> None:
    named = {rule for _, guard in GUARDED for rule in rules_of(guard)}
    assert named <= {rule for each in INVARIANTS for rule in each.rules}
