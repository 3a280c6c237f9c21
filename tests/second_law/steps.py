"""How a step is said: where it starts, whom it falls to, and who may never or alone take it."""

from __future__ import annotations

from dataclasses import dataclass, field

NOWHERE: frozenset[str] = frozenset()
"""Where a record begins."""


@dataclass(frozen=True)
class Step:
    """One thing that may be asked for: in which states, by which roles or duties, and what it is between people.

    `only_by` and `never_by` name the field of the record in which the person stands or must not stand; a setting of the
    practice's policy named in `unless` lifts `never_by`. A role in `else_says` may ask only if it says this, while those in
    `by` need not. `in_role` names the field in which everybody says which role of theirs they speak for, and `says` what else
    they say. Whoever has no role but `stand_ins` may ask only if the record names them. Nobody in `by` means that it only ever
    follows from something else.
    """

    name: str
    states: frozenset[str]
    by: frozenset[str]
    only_by: str | None = None
    never_by: str | None = None
    unless: str | None = None
    else_says: dict[str, tuple[str, object]] = field(default_factory=dict)
    in_role: str | None = None
    says: dict[str, object] = field(default_factory=dict)
    stand_ins: frozenset[str] = NOWHERE


def states(named: str) -> frozenset[str]:
    """States, or roles, from a line of them."""
    return frozenset(named.split())
