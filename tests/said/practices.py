"""What people say of practices."""

from __future__ import annotations

from typing import Any

from models.practices import Contacts, FirstManager, PracticeDetails, PracticeDraft
from tests.laws import CODE, always


def practice_drafts() -> list[PracticeDraft]:
    """Practices to open: this one, another from within this one, and this one once more for somebody else."""
    opened = ((CODE, "Snow White"), ("ZZ0002", "Snow White"), (CODE, "Rose Red"))
    return [
        PracticeDraft(
            code=code, name="The Glass Hill Surgery", manager=FirstManager(subject=name.lower().replace(" ", "-"), name=name)
        )
        for code, name in opened
    ]  # fmt: skip


SAID: dict[Any, Any] = {
    PracticeDraft: always(*practice_drafts()),
    PracticeDetails: always(PracticeDetails(name="The Glass Hill Practice", contacts=Contacts(phone="01632 960001"))),
}
