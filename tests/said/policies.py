"""What people say of policies."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from models.policies import Comment, Policy, PolicyContent, PolicyDraft, PolicyEdit, Reason, ReviewOutcome, Step
from service.yaml_documents import read_document
from tests.laws import SOON, always
from tests.said.settings import LENIENT, USUAL


@cache
def contents() -> dict[str, PolicyContent]:
    """Policies: one that is whole, one without a clause, and one whose review falls due soon."""
    library = Path(__file__).parents[2] / "policies"
    whole = read_document(library / "maryport.yaml", PolicyContent, folder=library)
    whole = PolicyContent.model_validate(whole.model_dump() | {"settings": USUAL, "clauses": whole.clauses[:1]})
    soon = {"value": SOON, "origin": "service_default"}
    return {
        "whole": whole,
        "without a clause": PolicyContent.model_validate(whole.model_dump() | {"clauses": []}),
        "due soon": PolicyContent.model_validate(whole.model_dump() | {"review_due": soon, "settings": LENIENT}),
    }


EXPLAINED = "The code of conduct says more."


@cache
def policy_drafts() -> list[PolicyDraft]:
    """Versions to begin."""
    whole, bare, soon = contents().values()
    return [
        PolicyDraft(content=whole, change_comment=EXPLAINED),
        PolicyDraft(content=whole, change_comment=EXPLAINED, effective_from=SOON, step=Step.MINOR),
        PolicyDraft(content=bare, change_comment=EXPLAINED),
        PolicyDraft(content=soon, change_comment=EXPLAINED),
        PolicyDraft(content=whole),
    ]


@cache
def policy_edits() -> list[PolicyEdit]:
    """The same, as edits."""
    return [
        PolicyEdit(content=each.content, change_comment=each.change_comment, effective_from=each.effective_from)
        for each in policy_drafts()
    ]


SAID: dict[Any, Any] = {
    Comment: always(Comment(comment="Shorter, please.")),
    Reason: always(Reason(reason="Second thoughts.")),
    PolicyDraft: lambda world: policy_drafts()[: 2 if world.of(Policy) else None],
    PolicyEdit: lambda _: policy_edits()[:4:3],
    ReviewOutcome: always(
        *(ReviewOutcome(review_due=each, change_comment="Nothing to change.") for each in (SOON, date(2028, 1, 1)))
    ),
}
