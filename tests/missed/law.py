"""How a law is made worse: a guard behind another one, an effect with a change, a consequence left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.laws import LAWS
from workflows.engine import Act, Law, Opening


@dataclass(frozen=True)
class Behind:
    """Why a guard is never the first to say no, and the laws with whose loss it would be."""

    reason: str
    lost: tuple[tuple[str, str], ...] = ()
    opened: tuple[tuple[str, Any], ...] = ()


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
