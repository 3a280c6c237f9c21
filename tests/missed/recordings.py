"""What is taken out of the law of entries owed to the record, of consents to be recorded, and of wishes to see no trainee."""

from __future__ import annotations

from models.media_consents import MediaConsent, MediaConsentState
from models.record_entries import Filed, RecordEntry
from models.roles import Role
from models.settings import Firmness
from models.trainee_declines import Trainee, TraineeDecline
from tests.missed.law import Mutant, but, consequences, effect
from workflows.clinical_codes import CODES

ASKED_BY = {
    "record_entry.decide_visibility": "ENTRY-2",
    "record_entry.escalate": "ENTRY-4",
}


def in_anothers_name(entry: RecordEntry) -> None:
    assert entry.filed
    entry.filed = Filed(**{**dict(entry.filed), "by": "golden-goose"})


def coded_as_sound(entry: RecordEntry) -> None:
    (entry.code,) = CODES.values()


def left_open(entry: RecordEntry) -> None:
    entry.code_wanted = Firmness.MAY


def taken_as_read(consent: MediaConsent) -> None:
    consent.answers = [each.model_copy(update={"explicit": False}) for each in consent.answers]


def of_everybody(wish: TraineeDecline) -> None:
    wish.declines = list(Trainee)


MUTANTS = [
    Mutant("ENTRY-1", "record_entry.confirm_filed", {"by": (Role.CLOCK,)}),
    Mutant("ENTRY-1", "record_entry.confirm_filed", effect("record_entry.confirm_filed", in_anothers_name)),
    Mutant("ENTRY-3", "record_entry.supersede", consequences("record_entry.supersede", but("owe"))),
    Mutant(
        "ENTRY-3", "record_entry.mark_entered_in_error", consequences("record_entry.mark_entered_in_error", but("owe"))
    ),
    Mutant("R-22", "media_consent.give", effect("media_consent.give", taken_as_read)),
    Mutant("R-23", "media_consent.give", {"sources": frozenset(MediaConsentState)}),
    Mutant("T-01", "trainee_decline.change", effect("trainee_decline.change", of_everybody)),
]
