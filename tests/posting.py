"""Letters at a furnished house: each as a case calls for it, with an audit entry and an event, in a change of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.letter_facts import ComplaintRoute
from models.letters import Addressee, LetterDraft
from models.record import uuid7
from service.identity import Principal
from tests.house import HOME, House
from tests.letter_facts import BEFORE
from tests.stories import within
from workflows.letters import issue, letters

GRETEL = Addressee(name="Gretel", address=("1 Gingerbread Lane", "The Wood"))
ROUTE = ComplaintRoute(seen_on=BEFORE, about="The oven was hot.")


def posted(
    house: House, facts: Any = ROUTE, to: Addressee | None = GRETEL, *, practice: str = HOME, case: UUID | None = None
) -> str:
    """Issue a letter, and say its identifier."""
    draft = LetterDraft(
        facts=facts,
        case_kind="incident",
        case_id=case or uuid7(),
        case_version=1,
        issued_by="incident.warn",
        addressee=to,
    )
    assert house.client.portal
    house.client.portal.call(_kept, house, draft, practice)
    return str(draft.letter_id)


async def _kept(house: House, draft: LetterDraft, practice: str) -> None:
    work = within(house).work(Principal("hansel", practice))
    situation = await work._situation(letters)
    assert await work._keep(situation, issue.entailed(situation.act, draft), status=201)
