"""The clinical codes that the service knows, where each comes from, and what is not known of it."""

from collections.abc import Mapping
from typing import Final

from models.record_entries import Coding, EntryEvent

SNOMED: Final = "http://snomed.info/sct"

CODES: Final[Mapping[EntryEvent, Coding]] = {
    # Two practices' policies name this code for a recording. Its name and its check digit were looked up, in public listings
    # of the International edition. Not verified in the current UK edition: whether it is active there, and whether a clinical
    # system offers it. Look in the NHS SNOMED CT browser before relying on it.
    EntryEvent.AUDIO_RECORDING: Coding(
        system=SNOMED, code="431315003", display="Audio recording of subject interview", verified=False
    )
}
"""What happened, as a code. Of a video no code is known, nor of a removal: then the text says all of it."""
