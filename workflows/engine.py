"""A state machine that can explain itself. Standard library only.

A workflow module reads like a router module: `Workflow` is the router, `@posts.transition(...)` the route. The decorated
function's docstring is its documentation, its body its effect, its third parameter what it needs in the request. Everything
else is data: the API, the documents and the tests are made from it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from inspect import getdoc, signature
from typing import Any, Concatenate, Generic, Protocol, TypeVar, get_type_hints

from workflows.refusals import GuardRefusal, Refusal, RoleRefusal, StateRefusal


class Actor(Protocol):
    """Anyone, or anything, that asks for a transition."""

    @property
    def id(self) -> str:
        """Who, as the audit trail names them."""
        ...

    @property
    def roles(self) -> frozenset[Any]:
        """What they are, at this practice and at this moment."""
        ...


class Practice(Protocol):
    """Where it happens: a practice's settings say which roles hold which duty."""

    @property
    def code(self) -> str:
        """The practice's ODS code."""
        ...

    def holders(self, role_or_duty: StrEnum) -> frozenset[Any]:
        """The roles that a role (itself) or a duty (as the policy says) means here."""
        ...


class Stateful(Protocol):
    """A record with a place in its workflow."""

    state: Any
    due_at: datetime | None
    due_for: str | None


R = TypeVar("R", bound=Stateful)
A = TypeVar("A")
Condition = Callable[Concatenate[A, "Act", ...], bool]
Effect = Callable[Concatenate[R, "Act", ...], "Iterable[Consequence] | None"]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Other records of the same practice that judging needs, by the columns in which they must agree.

    Where a column may have one of several values, they stand in a frozenset: an empty one finds nothing. A verdict that rests
    on a `binding` one is kept only if the records are still as they were when it is written.
    """

    name: str
    kind: type
    function: Callable[..., Mapping[str, Any]]
    binding: bool
    payload: type | None = None

    def where(self, about: Any, act: Act, *payload: Any) -> Mapping[str, Any]:
        """Which columns must have which values, as the record has it, and what was sent if it asks for that.

        It may ask the act for what was looked up before.
        """
        return self.function(about, act, *payload[: self.payload is not None])

    @property
    def meaning(self) -> str:
        """Which records these are."""
        return getdoc(self.function) or ""


def lookup(kind: type, *, binding: bool = True) -> Callable[[Callable[..., Mapping[str, Any]]], Lookup]:
    """Declare what else judging reads. The decorated function says which columns must have which values."""
    return lambda function: Lookup(function.__name__, kind, function, binding, payload_of(function))


@dataclass(frozen=True, slots=True)
class Act:
    """One actor asking at one practice, at one moment (UTC), with what was looked up for them."""

    actor: Actor
    practice: Practice
    at: datetime
    found: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def permitted(self, by: Iterable[StrEnum]) -> bool:
        """Whether the actor holds one of these roles, or a role that has one of these duties."""
        return any(not self.practice.holders(each).isdisjoint(self.actor.roles) for each in by)

    def roles_for(self, by: Iterable[StrEnum]) -> str:
        """These roles, and those that have these duties here, in words that somebody at this practice knows."""
        return ", ".join(dict.fromkeys(role for each in by for role in sorted(self.practice.holders(each))))

    def looked_up(self, what: Lookup) -> Sequence[Any]:
        """The records that this lookup found."""
        return self.found[what.name]

    def knows(self, needs: Iterable[Lookup]) -> bool:
        """Whether all of this was looked up."""
        return all(each.name in self.found for each in needs)


@dataclass(frozen=True, slots=True)
class Guard(Generic[A]):
    """A condition, and the sentence that the refused person reads."""

    name: str
    holds: Condition[A]
    otherwise: str
    payload: type | None
    needs: tuple[Lookup, ...]

    @property
    def rule(self) -> str:
        """The names of the rules that it enforces, and why."""
        return getdoc(self.holds) or ""


def guard(otherwise: str, *, needs: Iterable[Lookup] = ()) -> Callable[[Condition[A]], Guard[A]]:
    """Turn a predicate into a guard that can explain itself."""
    return lambda holds: Guard(holds.__name__, holds, otherwise, payload_of(holds), tuple(needs))


def payload_of(function: Callable[..., Any]) -> type | None:
    """What a function of (record, act, payload) needs in the request: the annotation says."""
    names = list(signature(function).parameters)[2:]
    return get_type_hints(function)[names[0]] if names else None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a transition brings about in the same change: another record's transition, or a record that begins."""

    law: Law[Any]
    about: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """The fact that something happened to a record: all that the audit trail and the outbox need to know."""

    law: Law[Any]
    source: StrEnum | None
    record: Any
    act: Act
    payload: Any = None

    @property
    def target(self) -> StrEnum:
        """The state that the record is in now."""
        state: StrEnum = self.record.state
        return state


@dataclass(frozen=True, kw_only=True, repr=False)
class Law(ABC, Generic[R]):
    """What transitions and openings have in common: who may ask, what must be so, who hears of it."""

    workflow: Workflow[R]
    function: Callable[..., Any]
    by: tuple[StrEnum, ...]
    guards: tuple[Guard[Any], ...]
    tells: frozenset[StrEnum]
    payload: type | None
    own_needs: tuple[Lookup, ...]
    entails: tuple[Law[Any], ...]

    def __repr__(self) -> str:
        """Its name, as hypothesis and pytest print it."""
        return f"{self.workflow.name}.{self.name}"

    @property
    def name(self) -> str:
        """The declared function's name."""
        return self.function.__name__

    @property
    def meaning(self) -> str:
        """What it does, in the words of its docstring."""
        return getdoc(self.function) or ""

    @property
    def needs(self) -> tuple[Lookup, ...]:
        """Everything that is looked up before it is judged, for its consequences too."""
        guarded = (need for each in self.guards for need in each.needs)
        entailed = (need for each in self.entails for need in each.needs)
        return tuple(dict.fromkeys([*self.own_needs, *guarded, *entailed]))

    def not_for(self, act: Act) -> Refusal | None:
        """Why this actor may not ask at all. Judged first, so that a stranger learns nothing."""
        if act.permitted(self.by):
            return None
        return RoleRefusal(f'The step "{words(self.name)}" takes one of: {act.roles_for(self.by) or "nobody"}.')

    def unmet(self, about: Any, act: Act, *payload: Any) -> Guard[Any] | None:
        """Which guard says no; those that ask about what was not sent or not looked up are left for later."""
        for each in self.guards:
            if (each.payload and not payload) or not act.knows(each.needs):
                continue
            if not each.holds(about, act, *payload[: each.payload is not None]):
                return each
        return None

    def not_so(self, about: Any, act: Act, *payload: Any) -> Refusal | None:
        """What the guard says that says no."""
        unmet = self.unmet(about, act, *payload)
        return None if unmet is None else GuardRefusal(unmet.otherwise, unmet.name)

    def complete(self, act: Act) -> None:
        """Nothing happens on half of what there is to know: raise LookupError unless all of it was looked up."""
        if not act.knows(self.needs):
            raise LookupError(f"{self!r} was judged without what it needs")

    def on(self, *about: Any) -> Consequence:
        """This, as a consequence of something else."""
        return Consequence(self, about)

    @abstractmethod
    def entailed(self, act: Act, *about: Any) -> list[Applied]:
        """Happen as a consequence. State and guards hold as ever; roles don't, since nobody asks for it."""

    def follow(self, act: Act, consequences: Iterable[Consequence]) -> list[Applied]:
        """Let the declared consequences happen."""
        followed: list[Applied] = []
        for each in consequences:
            if each.law not in self.entails:
                raise ValueError(f"{self!r} does not declare that it entails {each.law!r}")
            followed += each.law.entailed(act, *each.about)
        return followed


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Transition(Law[R]):
    """One arrow of the diagram. `to` is None where the record stays in the state it was in."""

    sources: frozenset[StrEnum]
    to: StrEnum | None

    def target(self, source: StrEnum) -> StrEnum:
        """The state that follows this one."""
        return source if self.to is None else self.to

    def not_now(self, record: R) -> Refusal | None:
        """Why not in this state."""
        if record.state in self.sources:
            return None
        return StateRefusal(f'The step "{words(self.name)}" is not possible while it is {words(record.state)}.')

    def refusal(self, record: R, act: Act, *payload: Any) -> Refusal | None:
        """Why not, or None, as far as can be told. Judging changes nothing."""
        return self.not_for(act) or self.not_now(record) or self.not_so(record, act, *payload)

    def is_available(self, record: R, act: Act) -> bool:
        """Whether there would be no refusal, as far as can be told: state first, which costs least to ask."""
        return record.state in self.sources and act.permitted(self.by) and self.unmet(record, act) is None

    def apply(self, record: R, act: Act, *payload: Any) -> list[Applied]:
        """Change the record and all that follows, or raise the refusal. The first fact is the record's own."""
        if refused := self.refusal(record, act, *payload):
            raise refused
        return self._happen(record, act, *payload)

    def entailed(self, act: Act, *about: Any) -> list[Applied]:
        """Happen to another record, in the same change."""
        record, *payload = about
        if refused := self.not_now(record) or self.not_so(record, act, *payload):
            raise refused
        return self._happen(record, act, *payload)

    def _happen(self, record: R, act: Act, *payload: Any) -> list[Applied]:
        self.complete(act)
        source = record.state
        consequences = self.function(record, act, *payload) or ()
        for effect in self.workflow.each_time:
            effect(record, act)
        self.workflow.place(record, self.target(source))
        return [Applied(self, source, record, act, *payload), *self.follow(act, consequences)]


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Opening(Law[R]):
    """The transition from nowhere: who may begin a record, from what, and where: in the state `to`, or where its kind starts."""

    payload: type
    to: StrEnum | None = None

    @property
    def begins(self) -> StrEnum:
        """The state in which a record is that began so."""
        return self.workflow.starts if self.to is None else self.to

    def refusal(self, draft: Any, act: Act) -> Refusal | None:
        """Why not, or None."""
        return self.not_for(act) or self.not_so(draft, act)

    def apply(self, draft: Any, act: Act) -> list[Applied]:
        """Begin a record and all that follows, or raise the refusal."""
        if refused := self.refusal(draft, act):
            raise refused
        return self._happen(draft, act)

    def entailed(self, act: Act, *about: Any) -> list[Applied]:
        """Begin a record because of another, in the same change."""
        (draft,) = about
        if refused := self.not_so(draft, act):
            raise refused
        return self._happen(draft, act)

    def _happen(self, draft: Any, act: Act) -> list[Applied]:
        self.complete(act)
        begun = self.function(draft, act)
        record, consequences = begun if isinstance(begun, tuple) else (begun, ())
        self.workflow.place(record, self.begins)
        return [Applied(self, None, record, act, draft), *self.follow(act, consequences)]


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due for a record: when (UTC), what, by which rule, and step by step how the moment was found."""

    at: datetime
    name: str
    law: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline(Generic[R]):
    """When something falls due for a record, and by what rule; `explains` tells how, where the record remembers."""

    computes: Callable[[R], datetime | None]
    law: str
    explains: Callable[[R], Iterable[str]] | None = None

    @property
    def name(self) -> str:
        """What falls due."""
        return self.computes.__name__

    @property
    def meaning(self) -> str:
        """How the moment is found."""
        return getdoc(self.computes) or ""

    def due(self, record: R) -> Due | None:
        """What falls due for this record by it, if anything does."""
        moment = self.computes(record)
        return None if moment is None else Due(moment.astimezone(UTC), self.name, self.law, self._steps(record))

    def _steps(self, record: R) -> tuple[str, ...]:
        return tuple(self.explains(record)) if self.explains else (self.meaning,)


@dataclass(slots=True, eq=False)
class Workflow(Generic[R]):
    """The complete law of one kind of record. `resource` is its name in the plural.

    Whoever is in `seen_by` sees every record of the practice; a role in `seen_in` sees those that are in these states; a
    role in `seen_own` sees those in which the column of this name names them, and of those what `own_shows` names, or all.
    """

    name: str
    resource: str
    kind: type[R]
    starts: StrEnum
    seen_by: tuple[StrEnum, ...]
    seen_in: Mapping[StrEnum, frozenset[StrEnum]] = field(default_factory=dict)
    seen_own: Mapping[StrEnum, str] = field(default_factory=dict)
    own_shows: frozenset[str] | None = None
    transitions: dict[str, Transition[R]] = field(default_factory=dict)
    openings: dict[str, Opening[R]] = field(default_factory=dict)
    deadlines: list[Deadline[R]] = field(default_factory=list)
    each_time: list[Callable[[R, Act], None]] = field(default_factory=list)

    @property
    def states(self) -> type[StrEnum]:
        """Every state that a record can be in."""
        return type(self.starts)

    @property
    def ends(self) -> frozenset[StrEnum]:
        """The states that nothing leaves."""
        return frozenset(self.states) - {source for each in self.transitions.values() for source in each.sources}

    def visible(self, act: Act) -> frozenset[StrEnum]:
        """The states in which this actor may see a record."""
        if act.permitted(self.seen_by):
            return frozenset(self.states)
        return frozenset(state for role, states in self.seen_in.items() if act.permitted([role]) for state in states)

    def own(self, act: Act) -> str | None:
        """The column that tells this actor's own records, where they see those and no others."""
        if self.visible(act):
            return None
        return next((column for role, column in self.seen_own.items() if act.permitted([role])), None)

    def kept_from(self, act: Act, names: Iterable[str]) -> frozenset[str]:
        """Which of these fields this actor is not shown, of the records that they see."""
        told = None if self.own(act) is None else self.own_shows
        return frozenset() if told is None else frozenset(names) - told

    def sees(self, record: R, act: Act) -> bool:
        """Whether this actor may see this record."""
        own = self.own(act)
        return record.state in self.visible(act) or (own is not None and getattr(record, own) == act.actor.id)

    @property
    def laws(self) -> list[Law[R]]:
        """Every opening and every transition."""
        return [*self.openings.values(), *self.transitions.values()]

    def opens(
        self, *, by: Iterable[StrEnum] = (), when: Iterable[Guard[Any]] = (), tells: Iterable[StrEnum] = (),
        needs: Iterable[Lookup] = (), entails: Iterable[Law[Any]] = (), to: StrEnum | None = None,
    ) -> Callable[[Callable[[Any, Act], Any]], Opening[R]]:  # fmt: skip
        """Declare how a record begins. The decorated function makes it from what was sent.

        By nobody, it only ever follows from something else. Where it leads elsewhere than most begin, `to` says so.
        """

        def declare(begin: Callable[[Any, Act], Any]) -> Opening[R]:
            made = Opening(
                workflow=self, function=begin, by=tuple(by), guards=tuple(when), tells=frozenset(tells),
                payload=next(iter(get_type_hints(begin).values())), own_needs=tuple(needs), entails=tuple(entails), to=to,
            )  # fmt: skip
            if made.name in self.openings or made.begins not in set(self.states):
                raise ValueError(f"{made!r} is declared twice, or names a state of another workflow")
            self.openings[made.name] = made
            return made

        return declare

    def transition(
        self, *sources: StrEnum, to: StrEnum | None, by: Iterable[StrEnum] = (), when: Iterable[Guard[Any]] = (),
        tells: Iterable[StrEnum] = (), needs: Iterable[Lookup] = (), entails: Iterable[Law[Any]] = (),
    ) -> Callable[[Effect[R]], Transition[R]]:  # fmt: skip
        """Declare a transition. The decorated function is its effect, and returns what it entails.

        By nobody, it only ever follows from something else.
        """

        def declare(effect: Effect[R]) -> Transition[R]:
            made = Transition(
                workflow=self, function=effect, by=tuple(by), guards=tuple(when), tells=frozenset(tells),
                payload=payload_of(effect), own_needs=tuple(needs), entails=tuple(entails), sources=frozenset(sources), to=to,
            )  # fmt: skip
            named = made.sources if to is None else made.sources | {to}
            if made.name in self.transitions or not named <= set(self.states):
                raise ValueError(f"{made!r} is declared twice, or names a state of another workflow")
            asking = [each.payload for each in made.guards] + [each.payload for each in made.needs]
            if not set(asking) <= {None, made.payload}:
                raise ValueError(f"{made!r} has a guard that asks about what is never sent")
            self.transitions[made.name] = made
            return made

        return declare

    def with_each_transition(self, effect: Callable[[R, Act], None]) -> Callable[[R, Act], None]:
        """Declare what every transition does to the record besides, whichever it is."""
        self.each_time.append(effect)
        return effect

    def deadline(
        self, law: str, *, steps: Callable[[R], Iterable[str]] | None = None
    ) -> Callable[[Callable[[R], datetime | None]], Deadline[R]]:
        """Declare when something falls due: a function of the record alone, so that it is tested without waiting.

        `steps` tells how this record's moment was found; the decorated function's docstring does where it is left out.
        """

        def declare(computes: Callable[[R], datetime | None]) -> Deadline[R]:
            made = Deadline(computes, law, steps)
            self.deadlines.append(made)
            return made

        return declare

    def place(self, record: R, state: StrEnum) -> None:
        """Put the record in a state, and find what falls due first there (UTC). Nothing else in the house sets a state."""
        record.state = state
        first = next(iter(self.dues(record)), None)
        record.due_at, record.due_for = (first.at, first.name) if first else (None, None)

    def dues(self, record: R) -> list[Due]:
        """Everything that falls due for a record in the state it is in, soonest first."""
        found = (each.due(record) for each in self.deadlines)
        return sorted((each for each in found if each), key=lambda each: (each.at, each.name))

    def available(self, record: R, act: Act) -> list[str]:
        """The transitions that this actor could ask for right now."""
        return [name for name, each in self.transitions.items() if each.is_available(record, act)]


def words(name: str) -> str:
    """A declared name as a person would say it."""
    return name.replace("_", " ")
