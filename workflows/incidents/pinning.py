"""Which policy version an incident names: the one that was in force when it happened, or none, and why (POL-8)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.incident_words import PinnedBecause
from models.policies import Policy, PolicyKind, PolicyState
from workflows.engine import Act, lookup

ONCE_IN_FORCE = frozenset({PolicyState.ACTIVE, PolicyState.SUPERSEDED, PolicyState.WITHDRAWN})


@lookup(Policy)
def versions_once_in_force(about: Any, act: Act) -> Mapping[str, Any]:
    """Every version of the conduct policy that is, or was, in force."""
    return {"kind": PolicyKind.PATIENT_CONDUCT, "state": ONCE_IN_FORCE}


def pinned(
    versions: Iterable[Policy], happened_at: datetime | None, found_at: datetime
) -> tuple[Policy | None, PinnedBecause]:
    """The version that was in force at that moment (UTC): when it happened or, if nobody knows, when it was found.

    A version that was withdrawn since is pinned by no new incident: then there is no rule to hold anybody to.
    """
    at = happened_at or found_at
    then = next((each for each in versions if was_in_force(each, at)), None)
    if then is None:
        return None, PinnedBecause.NO_POLICY_IN_FORCE
    if then.state == PolicyState.WITHDRAWN:
        return None, PinnedBecause.WITHDRAWN_SINCE
    known = PinnedBecause.IN_FORCE_WHEN_IT_HAPPENED if happened_at else PinnedBecause.IN_FORCE_WHEN_IT_WAS_FOUND
    return then, known


def was_in_force(version: Policy, at: datetime) -> bool:
    """Whether a version ruled at a moment (UTC): from its publication until it ended."""
    if version.published_at is None or at < version.published_at:
        return False
    return version.ended_at is None or at < version.ended_at


def pin(versions: Iterable[Policy], happened_at: datetime | None, found_at: datetime) -> dict[str, Any]:
    """The columns that say so."""
    version, because = pinned(versions, happened_at, found_at)
    return {
        "policy_id": version.id if version else None,
        "policy_number": version.number if version else None,
        "pinned_because": because,
    }
