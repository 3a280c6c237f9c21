"""The SQL of answers that were not sent yet: one statement that keeps them, one that brings them, one that forgets."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import Executable, Table, delete, select

from models.drafts import PageDraft, PageDraftRow
from models.record import remade
from service.store import Expiry
from service.store.budgets import ALWAYS
from service.store.statements import Gate, place, places, table_of, values

DRAFT = table_of(PageDraftRow)


def keeping_draft(insert: Callable[[Table], Any], gate: Gate = ALWAYS) -> Executable:
    """Keep a browser's answers in the place of those that it gave before."""
    given = places(DRAFT)
    written = insert(DRAFT).from_select(list(given), select(*given.values()).where(*gate))
    once_more = written.on_conflict_do_update(
        index_elements=[DRAFT.c.practice, DRAFT.c.name],
        set_={"content": written.excluded.content, "expires_at": written.excluded.expires_at},
    )
    return cast(Executable, once_more)


def kept_draft(draft: PageDraft) -> dict[str, Any]:
    """The values of that."""
    return {**values(DRAFT, draft), "practice": draft.practice}


def drafts(gate: Gate = ()) -> Executable:
    """What brings a browser's answers, unless their hour is over."""
    here = DRAFT.c.practice == place("practice", DRAFT.c.practice)
    this_one = DRAFT.c.name == place("name", DRAFT.c.name)
    return select(*DRAFT.c).where(here, this_one, DRAFT.c.expires_at > place("now", DRAFT.c.expires_at), *gate)


def forgetting_drafts(gate: Gate = ()) -> Executable:
    """What removes a practice's drafts whose hour is over."""
    here = DRAFT.c.practice == place("practice", DRAFT.c.practice)
    return delete(DRAFT).where(here, DRAFT.c.expires_at < place("drafts_before", DRAFT.c.expires_at), *gate)


def forgotten_drafts(expiry: Expiry) -> Mapping[str, Any]:
    """The values of that."""
    return {"practice": expiry.practice, "drafts_before": expiry.drafts_before}


def draft_from(rows: list[list[Any]]) -> PageDraft | None:
    """The one that was found, if one was."""
    return remade(PageDraft, dict(zip(DRAFT.c.keys(), rows[0], strict=True))) if rows else None
