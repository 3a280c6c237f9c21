"""What becomes of data protection complaints: taken in at the desk or on the website, and worked on while time passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.data_protection_complaints import (
    ComplaintAcknowledgement,
    DataProtectionComplaint,
    DataProtectionComplaintState,
)
from models.roles import Role
from models.staff import RoleGrant, StaffDraft, StaffMember
from tests.exploration import Scenario
from tests.laws import CLOCK, DAY, LAWS, MANAGER, NOON, Request, World, always, happen, laws_of, somebody
from tests.said import SAID
from tests.said.data_protection_complaints import acknowledged, complaint
from tests.said.people import IDENTITIES
from tests.said.rights import asking
from tests.said.settings import USUAL
from tests.worlds import opened, working_by
from workflows.engine import Law
from workflows.roles import Person

LONG = (NOON, NOON + 40 * DAY)
"""Long enough for everything to be late."""
ONCE = frozenset({"note", "note_enquiry", "log_contact", "link", "tell_progress"})
LEAD = StaffDraft(subject="briar-rose", name="Briar Rose", roles=[RoleGrant(role=Role.INFORMATION_RIGHTS_LEAD)])
WEBSITE = somebody(Role.PRACTICE_WEBSITE)


def desk() -> World:
    """A practice with its manager, an information rights lead, somebody on record, and somebody's request."""
    world = working_by(opened(), USUAL)
    world = happen(world, Request(MANAGER, LAWS["staff_member.appoint"], LEAD))
    world = happen(world, Request(MANAGER, LAWS["rights_request.receive"], asking()))
    return happen(world, Request(MANAGER, LAWS["person.record"], IDENTITIES[0]))


def lead(world: World) -> Person:
    """The information rights lead, by the identifier that stands in records."""
    (member,) = [each for each in world.of(StaffMember) if each.subject == LEAD.subject]
    return Person(str(member.id), member.roles_at(world.now))


def taken_in(world: World) -> World:
    """The world with a complaint in it."""
    return happen(world, Request(MANAGER, LAWS["data_protection_complaint.receive"], complaint()))


def not_for_ever(world: World) -> bool:
    """Worlds in which what can be repeated is not repeated, and nobody complains twice."""
    names = [each.name.partition(".")[2] for each in world.history]
    return len(world.of(DataProtectionComplaint)) <= 1 and all(names.count(each) <= 1 for each in ONCE)


def beginning() -> Scenario:
    """Everything that anybody can say of a complaint, by whoever can take one in."""
    world = desk()
    return Scenario(
        (world,), (lead(world), WEBSITE, somebody(Role.STAFF)), these("receive", "withdraw"), SAID, moments=LONG[:1],
        within=not_for_ever,
    )  # fmt: skip


def worked_on() -> Scenario:
    """Everything that can become of one, with time for all of it to be late."""
    world = desk()
    laws = tuple(each for each in laws_of("data_protection_complaint") if each.name != "receive")
    return Scenario((taken_in(world),), (lead(world), CLOCK), laws, SAID, moments=LONG, within=not_for_ever)


def two_at_once() -> Scenario:
    """Links, for which it takes another."""
    world = taken_in(taken_in(desk()))
    said = {**SAID, ComplaintAcknowledgement: always(acknowledged())}
    laws = these("link", "acknowledge", "look_into", "withdraw")
    return Scenario((world,), (lead(world),), laws, said, moments=LONG[:1])


def these(*names: str) -> tuple[Law[Any], ...]:
    """Some of the laws of these complaints."""
    return tuple(LAWS[f"data_protection_complaint.{each}"] for each in names)


SCENARIOS: dict[str, Callable[[], tuple[Scenario, ...]]] = {
    "data_protection_complaint": lambda: (beginning(), worked_on(), two_at_once())
}
ENDS: dict[str, set[Any]] = {
    "data_protection_complaint": {DataProtectionComplaintState.OUTCOME_GIVEN, DataProtectionComplaintState.WITHDRAWN}
}
