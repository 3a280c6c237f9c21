"""The engine alone, with a toy workflow: a tap that is opened and shut, and the barrel that it empties."""

# ruff: noqa: ARG001 - every guard and effect is handed the record and the act, needed or not

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workflows.engine import Act, Applied, Consequence, Due, Law, Lookup, Opening, Transition, Workflow, guard, lookup
from workflows.refusals import GuardRefusal, Refusal, RoleRefusal, StateRefusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Trade(StrEnum):
    """What somebody is in the cellar."""

    BREWER = "brewer"
    GUEST = "guest"


class Task(StrEnum):
    """What the house hands to a trade."""

    POUR = "pour"


class Flow(StrEnum):
    """Where a tap stands."""

    SHUT = "shut"
    OPEN = "open"
    BROKEN = "broken"


class Content(StrEnum):
    """Where a barrel stands."""

    FULL = "full"
    EMPTY = "empty"


@dataclass
class Tap:
    """A tap."""

    label: str = "stout"
    state: Any = Flow.SHUT
    opened_at: datetime | None = None
    due_at: datetime | None = None
    due_for: str | None = None


@dataclass
class Barrel:
    """A barrel."""

    label: str = "stout"
    state: Any = Content.FULL
    due_at: datetime | None = None
    due_for: str | None = None


@dataclass(frozen=True)
class Drinker:
    """Somebody who asks."""

    id: str
    roles: frozenset[Any]


@dataclass(frozen=True)
class Cellar:
    """A house: who pours here, it says itself."""

    code: str = "CELLAR"
    pourers: frozenset[Any] = frozenset({Trade.BREWER})

    def holders(self, role_or_duty: StrEnum) -> frozenset[Any]:
        """A trade means itself."""
        return self.pourers if role_or_duty is Task.POUR else frozenset({role_or_duty})


@dataclass(frozen=True)
class Glass:
    """What is poured into."""

    pints: int


@dataclass(frozen=True)
class NewTap:
    """A tap to be fitted."""

    label: str


BREWER = Drinker("grimbart", frozenset({Trade.BREWER}))
GUEST = Drinker("reineke", frozenset({Trade.GUEST}))


@dataclass
class Toy:
    """A fresh declaration for every test, so that no test sees another's."""

    taps: Workflow[Tap] = field(
        default_factory=lambda: Workflow("tap", "taps", Tap, starts=Flow.SHUT, seen_by=tuple(Trade))
    )
    barrels: Workflow[Barrel] = field(
        default_factory=lambda: Workflow("barrel", "barrels", Barrel, starts=Content.FULL, seen_by=tuple(Trade))
    )


@pytest.fixture
def toy() -> Toy:
    return Toy()


@lookup(Barrel)
def barrels_behind(about: Any, act: Act) -> Mapping[str, Any]:
    """The barrels behind the tap."""
    return {"label": about.label}


def by(actor: Drinker = BREWER, at: datetime = NOON, **found: Any) -> Act:
    return Act(actor, Cellar(), at, found)


def open_up(tap: Tap, act: Act) -> None:
    """Change nothing but the state."""


def opens(toy: Toy, **declared: Any) -> Transition[Tap]:
    """A transition from shut to open, declared in this way."""
    return toy.taps.transition(Flow.SHUT, to=Flow.OPEN, **{"by": [Trade.BREWER], **declared})(open_up)


def refusal(law: Any, *asked: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        law.apply(*asked)
    return refused.value


# Who, then the state, then the guards


@guard("No glass.")
def never(tap: Any, act: Act) -> bool:
    """TOY-1: whatever anybody asks, no."""
    return False


@guard("Not that either.")
def never_again(tap: Any, act: Act) -> bool:
    """TOY-2: no again."""
    return False


@pytest.mark.parametrize(
    ("actor", "state", "refused_with"),
    [
        (GUEST, Flow.OPEN, RoleRefusal),
        (GUEST, Flow.SHUT, RoleRefusal),
        (BREWER, Flow.OPEN, StateRefusal),
        (BREWER, Flow.SHUT, GuardRefusal),
    ],
)
def test_role_is_judged_before_state_before_guard(
    toy: Toy, actor: Drinker, state: Flow, refused_with: type[Refusal]
) -> None:
    law = opens(toy, when=[never])
    assert type(refusal(law, Tap(state=state), by(actor))) is refused_with


def test_guards_are_judged_in_their_order_and_the_first_one_answers(toy: Toy) -> None:
    refused = refusal(opens(toy, when=[never_again, never]), Tap(), by())
    assert (str(refused), refused.guard) == ("Not that either.", "never_again")


def test_each_refusal_says_a_sentence(toy: Toy) -> None:
    law = opens(toy, when=[never])
    assert str(refusal(law, Tap(), by(GUEST))) == 'The step "open up" takes one of: brewer.'
    assert str(refusal(law, Tap(state=Flow.BROKEN), by())) == 'The step "open up" is not possible while it is broken.'
    assert str(refusal(law, Tap(), by())) == "No glass."


@pytest.mark.parametrize("asked", [(Tap(), by(GUEST)), (Tap(state=Flow.OPEN), by()), (Tap(), by())], ids=repr)
def test_a_refusal_changes_nothing(toy: Toy, asked: tuple[Tap, Act]) -> None:
    def breaks(tap: Tap, act: Act) -> None:
        tap.label = "spilt"

    law = toy.taps.transition(Flow.SHUT, to=Flow.OPEN, by=[Trade.BREWER], when=[never])(breaks)
    tap, act = copy(asked[0]), asked[1]
    refusal(law, tap, act)
    assert tap == asked[0]


def test_judging_changes_nothing_even_where_it_finds_nothing_to_refuse(toy: Toy) -> None:
    tap = Tap()
    assert opens(toy).refusal(tap, by()) is None
    assert tap == Tap()


def test_a_duty_means_whoever_holds_it_here(toy: Toy) -> None:
    law = opens(toy, by=[Task.POUR])
    assert law.refusal(Tap(), by(BREWER)) is None
    assert isinstance(law.refusal(Tap(), by(GUEST)), RoleRefusal)
    self_service = Act(GUEST, Cellar(pourers=frozenset({Trade.GUEST})), NOON)
    assert law.refusal(Tap(), self_service) is None


def test_what_nobody_may_ask_for_is_refused_to_everybody(toy: Toy) -> None:
    refused = refusal(opens(toy, by=[]), Tap(), by(Drinker("both", frozenset(Trade))))
    assert isinstance(refused, RoleRefusal)
    assert str(refused).endswith("nobody.")


# What happens


def test_a_transition_changes_the_state_and_tells_what_happened(toy: Toy) -> None:
    law, tap, act = opens(toy), Tap(), by()
    (fact,) = law.apply(tap, act)
    assert tap.state is Flow.OPEN
    assert fact == Applied(law, Flow.SHUT, tap, act)
    assert fact.target is Flow.OPEN


def test_a_transition_without_a_target_stays_in_each_of_its_states(toy: Toy) -> None:
    law = toy.taps.transition(Flow.SHUT, Flow.OPEN, to=None, by=[Trade.BREWER])(open_up)
    for state in (Flow.SHUT, Flow.OPEN):
        tap = Tap(state=state)
        law.apply(tap, by())
        assert tap.state is state
    assert isinstance(law.refusal(Tap(state=Flow.BROKEN), by()), StateRefusal)


def test_the_payload_is_the_third_parameter_and_reaches_effect_and_fact(toy: Toy) -> None:
    def pour(tap: Tap, act: Act, glass: Glass) -> None:
        tap.label = f"{glass.pints} poured"

    law, tap = toy.taps.transition(Flow.SHUT, to=None, by=[Trade.BREWER])(pour), Tap()
    (fact,) = law.apply(tap, by(), Glass(2))
    assert law.payload is Glass
    assert (tap.label, fact.payload) == ("2 poured", Glass(2))
    assert opens(toy).payload is None


# Guards that ask about what was sent, or about other records


@guard("A glass holds at most two pints.")
def small_enough(tap: Tap, act: Act, glass: Glass) -> bool:
    """TOY-3: nobody drinks from a bucket."""
    return glass.pints <= 2


@guard("The barrel is empty.", needs=[barrels_behind])
def something_left(tap: Any, act: Act) -> bool:
    """TOY-4: nothing comes from nothing."""
    return any(each.state is Content.FULL for each in act.looked_up(barrels_behind))


def pours(toy: Toy) -> Transition[Tap]:
    def pour(tap: Tap, act: Act, glass: Glass) -> None:
        """Pour into a glass."""

    return toy.taps.transition(Flow.SHUT, to=Flow.OPEN, by=[Trade.BREWER], when=[small_enough, something_left])(pour)


def test_a_guard_about_the_payload_waits_for_the_payload(toy: Toy) -> None:
    law, known = pours(toy), by(barrels_behind=[Barrel()])
    assert law.refusal(Tap(), known) is None
    assert law.refusal(Tap(), known, Glass(2)) is None
    assert str(law.refusal(Tap(), known, Glass(3))) == "A glass holds at most two pints."


def test_a_guard_about_other_records_waits_until_they_are_looked_up(toy: Toy) -> None:
    law = pours(toy)
    assert law.refusal(Tap(), by(), Glass(1)) is None
    assert str(law.refusal(Tap(), by(barrels_behind=[]), Glass(1))) == "The barrel is empty."
    assert law.refusal(Tap(), by(barrels_behind=[Barrel()]), Glass(1)) is None


def test_nothing_happens_while_something_was_not_looked_up(toy: Toy) -> None:
    tap = Tap()
    with pytest.raises(LookupError, match=r"tap\.pour was judged without what it needs"):
        pours(toy).apply(tap, by(), Glass(1))
    assert tap == Tap()


def test_available_is_what_could_be_asked_for_as_far_as_can_be_told(toy: Toy) -> None:
    pours(toy)
    opens(toy, when=[never])
    toy.taps.transition(Flow.OPEN, to=Flow.SHUT, by=[Trade.BREWER])(closing)
    assert toy.taps.available(Tap(), by()) == ["pour"]
    assert toy.taps.available(Tap(), by(barrels_behind=[])) == []
    assert toy.taps.available(Tap(), by(GUEST)) == []
    assert toy.taps.available(Tap(state=Flow.OPEN), by()) == ["closing"]


def closing(tap: Tap, act: Act) -> None:
    """Shut the tap."""


def test_a_law_names_all_that_is_looked_up_for_it_and_for_what_it_entails(toy: Toy) -> None:
    @lookup(Tap)
    def other_taps(about: Any, act: Act) -> Mapping[str, Any]:
        """The other taps."""
        return {}

    entailed = toy.barrels.transition(Content.FULL, to=Content.EMPTY, needs=[other_taps])(emptied)
    law = opens(toy, when=[something_left], needs=[other_taps], entails=[entailed])
    assert law.needs == (other_taps, barrels_behind)
    assert isinstance(law.needs[0], Lookup)
    assert law.needs[0].meaning == "The other taps."


# What follows


def emptied(barrel: Barrel, act: Act) -> None:
    """Note that nothing is left."""


def drains(toy: Toy, *, declared: bool = True, when: Any = ()) -> Transition[Tap]:
    """Open a tap, which empties the barrel behind it."""
    empty = toy.barrels.transition(Content.FULL, to=Content.EMPTY, when=when)(emptied)

    def drain(tap: Tap, act: Act) -> list[Consequence]:
        return [empty.on(each) for each in act.looked_up(barrels_behind)]

    entails: list[Law[Any]] = [empty] if declared else []
    return toy.taps.transition(
        Flow.SHUT, to=Flow.OPEN, by=[Trade.GUEST], needs=[barrels_behind], entails=entails
    )(drain)  # fmt: skip


def test_declared_consequences_happen_in_the_same_apply_whatever_the_role(toy: Toy) -> None:
    tap, barrel = Tap(), Barrel()
    own, followed = drains(toy).apply(tap, by(GUEST, barrels_behind=[barrel]))
    assert (tap.state, barrel.state) == (Flow.OPEN, Content.EMPTY)
    assert (own.record, followed.record) == (tap, barrel)
    assert (repr(followed.law), followed.source, followed.act.actor) == ("barrel.emptied", Content.FULL, GUEST)


def test_an_undeclared_consequence_is_an_error_of_the_declaration(toy: Toy) -> None:
    law, barrel = drains(toy, declared=False), Barrel()
    with pytest.raises(ValueError, match=r"tap\.drain does not declare that it entails barrel\.emptied"):
        law.apply(Tap(), by(GUEST, barrels_behind=[barrel]))
    assert barrel == Barrel()


@pytest.mark.parametrize(
    ("state", "when", "refused_with"),
    [(Content.EMPTY, [], StateRefusal), (Content.FULL, [never], GuardRefusal)],
    ids=["by its state", "by its guard"],
)
def test_a_consequence_that_is_refused_refuses_the_whole(
    toy: Toy, state: Content, when: list[Any], refused_with: type[Refusal]
) -> None:
    """Nothing is written then. The first record was already changed in memory, which is why nobody keeps it."""
    law, tap, barrel = drains(toy, when=when), Tap(), Barrel(state=state)
    assert type(refusal(law, tap, by(GUEST, barrels_behind=[barrel]))) is refused_with
    assert barrel == Barrel(state=state)
    assert tap.state is Flow.OPEN


# Beginning


def fits(toy: Toy, **declared: Any) -> Opening[Tap]:
    def fit(draft: NewTap, act: Act) -> Tap:
        """Fit a tap."""
        return Tap(draft.label, state=Flow.BROKEN)

    return toy.taps.opens(**{"by": [Trade.BREWER], **declared})(fit)


def test_an_opening_begins_a_record_in_the_first_state(toy: Toy) -> None:
    law, draft = fits(toy), NewTap("mild")
    (fact,) = law.apply(draft, by())
    assert (fact.record.label, fact.record.state) == ("mild", Flow.SHUT)
    assert (fact.source, fact.target, fact.payload) == (None, Flow.SHUT, draft)
    assert law.payload is NewTap


def test_an_opening_judges_the_role_before_its_guards(toy: Toy) -> None:
    law = fits(toy, when=[never])
    assert isinstance(refusal(law, NewTap("mild"), by(GUEST)), RoleRefusal)
    assert isinstance(refusal(law, NewTap("mild"), by()), GuardRefusal)


def test_an_opening_has_consequences_too(toy: Toy) -> None:
    @toy.barrels.opens()
    def deliver(draft: NewTap, act: Act) -> Barrel:
        """Deliver a barrel."""
        return Barrel(draft.label)

    def fit(draft: NewTap, act: Act) -> tuple[Tap, list[Consequence]]:
        """Fit a tap with its barrel."""
        return Tap(draft.label), [deliver.on(draft)]

    law = toy.taps.opens(by=[Trade.BREWER], entails=[deliver])(fit)
    tap, barrel = law.apply(NewTap("mild"), by())
    assert (tap.record.label, barrel.record.label, barrel.target) == ("mild", "mild", Content.FULL)
    assert isinstance(deliver.refusal(NewTap("mild"), by()), RoleRefusal)


def test_an_entailed_opening_is_judged_by_its_guards(toy: Toy) -> None:
    law = fits(toy, by=[], when=[something_left])

    def mend(barrel: Barrel, act: Act) -> list[Consequence]:
        return [law.on(NewTap(barrel.label))]

    mended = toy.barrels.transition(Content.FULL, to=None, by=[Trade.BREWER], entails=[law])(mend)
    assert str(refusal(mended, Barrel(), by(barrels_behind=[]))) == "The barrel is empty."
    _, begun = mended.apply(Barrel(), by(barrels_behind=[Barrel()]))
    assert begun.record.label == "stout"


# Declaring


@pytest.mark.parametrize(
    "sources_and_target",
    [([Content.FULL], Flow.OPEN), ([Flow.SHUT], Content.EMPTY), ([Flow.SHUT, Content.FULL], None)],
    ids=["source", "target", "one of the sources"],
)
def test_a_state_of_another_workflow_fails_at_declaration(
    toy: Toy, sources_and_target: tuple[list[StrEnum], StrEnum | None]
) -> None:
    sources, target = sources_and_target
    with pytest.raises(ValueError, match="names a state of another workflow"):
        toy.taps.transition(*sources, to=target, by=[Trade.BREWER])(open_up)
    assert not toy.taps.transitions


def test_a_name_that_is_taken_fails_at_declaration(toy: Toy) -> None:
    first = opens(toy)
    with pytest.raises(ValueError, match=r"tap\.open_up is declared twice"):
        opens(toy)
    assert toy.taps.transitions == {"open_up": first}


def test_a_guard_about_what_is_never_sent_fails_at_declaration(toy: Toy) -> None:
    @guard("A glass holds at most two pints.")
    def fits(tap: Any, act: Act, glass: Glass) -> bool:
        """TOY-3: no spilling."""
        return glass.pints <= 2

    with pytest.raises(ValueError, match="asks about what is never sent"):
        opens(toy, when=[fits])


def test_ends_are_the_states_that_nothing_leaves(toy: Toy) -> None:
    opens(toy)
    toy.taps.transition(Flow.OPEN, to=Flow.BROKEN, by=[Trade.BREWER])(closing)
    assert toy.taps.ends == {Flow.BROKEN}
    assert toy.taps.states is Flow


def test_laws_explain_themselves_in_the_words_of_their_docstrings(toy: Toy) -> None:
    fits(toy)
    opens(toy, when=[never])
    assert [repr(each) for each in toy.taps.laws] == ["tap.fit", "tap.open_up"]
    assert toy.taps.transitions["open_up"].meaning == "Change nothing but the state."
    assert toy.taps.transitions["open_up"].guards[0].rule == "TOY-1: whatever anybody asks, no."


# What falls due


def due(hours: int, name: str) -> Callable[[Tap], datetime | None]:
    """So many hours after the tap was opened, while it is open."""

    def falls_due(tap: Tap) -> datetime | None:
        return tap.opened_at + timedelta(hours=hours) if tap.opened_at and tap.state is Flow.OPEN else None

    falls_due.__name__ = name
    return falls_due


def test_placing_a_record_sets_what_falls_due_first_and_clears_what_no_longer_does(toy: Toy) -> None:
    toy.taps.deadline(law="TOY-5")(due(4, "clean"))
    toy.taps.deadline(law="TOY-6")(due(2, "shut"))

    def pull(tap: Tap, act: Act) -> None:
        tap.opened_at = act.at

    opened = toy.taps.transition(Flow.SHUT, to=Flow.OPEN, by=[Trade.BREWER])(pull)
    shut = toy.taps.transition(Flow.OPEN, to=Flow.SHUT, by=[Trade.BREWER])(closing)
    tap = Tap()
    opened.apply(tap, by())
    assert (tap.due_at, tap.due_for) == (NOON + timedelta(hours=2), "shut")
    shut.apply(tap, by())
    assert (tap.due_at, tap.due_for) == (None, None)


def test_deadlines_name_themselves_and_their_law(toy: Toy) -> None:
    declared = toy.taps.deadline(law="TOY-5")(due(4, "clean"))
    assert (declared.name, declared.law, declared.meaning) == ("clean", "TOY-5", "")


def test_a_deadline_explains_its_moment_in_steps_or_in_the_words_of_its_docstring(toy: Toy) -> None:
    @toy.taps.deadline(law="TOY-5", steps=lambda tap: [f"Opened at {tap.opened_at:%H:%M}.", "An hour later."])
    def clean(tap: Tap) -> datetime | None:
        """An hour after it was opened."""
        return tap.opened_at and tap.opened_at + timedelta(hours=1)

    @toy.taps.deadline(law="TOY-6")
    def shut(tap: Tap) -> datetime | None:
        """At noon."""
        return NOON if tap.opened_at else None

    tap = Tap()
    assert toy.taps.dues(tap) == []

    tap.opened_at = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    assert toy.taps.dues(tap) == [
        Due(NOON, "shut", "TOY-6", ("At noon.",)),
        Due(NOON + timedelta(hours=1), "clean", "TOY-5", ("Opened at 21:00.", "An hour later.")),
    ]
    assert clean.due(tap) == toy.taps.dues(tap)[1]
    assert toy.taps.dues(tap)[0].at.tzinfo is UTC
