"""What is done at the machine itself, by whoever runs the installation there: opening practices."""

from dataclasses import replace
from typing import Final

from models.practices import PracticeDraft
from models.roles import INSTALLATION
from service.house import House
from service.identity import Principal
from service.unit_of_work import Answer, Asked
from workflows.practices import open_practice

LOCAL_OPERATOR: Final = "installation"
"""By this name the audit trail knows whoever works at the machine itself, where the database and its keys are."""


async def open_locally(house: House, draft: PracticeDraft) -> Answer:
    """Open a practice with its first practice manager, as the local operator. Raises a refusal, or Overtaken."""
    work = replace(house.work(Principal(LOCAL_OPERATOR, INSTALLATION)), operators=house.operators | {LOCAL_OPERATOR})
    return await work.open(open_practice, Asked(lambda: (draft,)))
