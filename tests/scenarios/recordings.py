"""What becomes of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from models.media_consents import MediaConsent, MediaConsentState
from models.record_entries import EntryEvent, RecordEntry, RecordEntryState
from models.roles import Role
from models.settings import PolicySettings
from models.trainee_declines import TraineeDecline, TraineeDeclineState
from tests.exploration import Scenario
from tests.laws import CLOCK, LAWS, MANAGER, MOMENTS, Request, World, happen, laws_of, somebody
from tests.said import SAID
from tests.said.people import IDENTITIES
from tests.said.record_entries import owed
from tests.said.recordings import STRICT
from tests.said.settings import USUAL
from tests.worlds import opened, working_by

CLINICIAN = somebody(Role.CLINICIAN)


def owing(settings: PolicySettings, *events: EntryEvent) -> World:
    """A practice at which these notes are owed."""
    asked = replace(LAWS["record_entry.owe"], by=(Role.PRACTICE_MANAGER,))
    world = working_by(opened(), settings)
    for each in events:
        world = happen(world, Request(MANAGER, asked, owed(each)))
    return world


def with_people(count: int) -> World:
    """A practice with its manager and so many people on record."""
    world = working_by(opened(), USUAL)
    for each in IDENTITIES[:count]:
        world = happen(world, Request(MANAGER, LAWS["person.record"], each))
    return world


def one_put_right(world: World) -> bool:
    """Worlds in which what can be put right is not put right for ever."""
    return len(world.of(RecordEntry)) <= 2


def at_most(kind: type[Any], most: int) -> Callable[[World], bool]:
    """Worlds with so many records of a kind."""
    return lambda world: len(world.of(kind)) <= most


def owings() -> Iterable[World]:
    """Notes with a code that may, must or can't go with them; two of the same event, and two of different ones."""
    yield owing(USUAL, EntryEvent.AUDIO_RECORDING)
    yield owing(STRICT, EntryEvent.AUDIO_RECORDING)
    yield owing(USUAL, EntryEvent.VIDEO_RECORDING)
    yield owing(USUAL, EntryEvent.LIST_REMOVAL, EntryEvent.LIST_REMOVAL)
    yield owing(USUAL, EntryEvent.LIST_REMOVAL, EntryEvent.IMMEDIATE_REMOVAL)


SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "record_entry": lambda: Scenario(
        tuple(owings()), (CLINICIAN, MANAGER, CLOCK), laws_of("record_entry"), SAID, moments=MOMENTS[::2], within=one_put_right
    ),
    "media_consent": lambda: Scenario(
        (with_people(1),), (MANAGER,), laws_of("media_consent"), SAID, settings=(USUAL, STRICT), moments=MOMENTS[:1],
        within=at_most(MediaConsent, 1),
    ),
    "trainee_decline": lambda: Scenario(
        (with_people(2),), (MANAGER,), laws_of("trainee_decline"), SAID, moments=MOMENTS[:1], within=at_most(TraineeDecline, 2)
    ),
}  # fmt: skip
ENDS: dict[str, set[Any]] = {
    "record_entry": {RecordEntryState.SUPERSEDED, RecordEntryState.ENTERED_IN_ERROR},
    "media_consent": {MediaConsentState.WITHDRAWN},
    "trainee_decline": {TraineeDeclineState.LIFTED},
}
RESTS: dict[str, set[Any]] = {
    # What is filed stays filed, unless it turns out to be wrong.
    "record_entry": {RecordEntryState.FILED},
    # An answer holds until somebody gives another.
    "media_consent": {MediaConsentState.GIVEN, MediaConsentState.DECLINED},
    "trainee_decline": {TraineeDeclineState.STANDING},
}
