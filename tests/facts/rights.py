"""What matters of a rights request and of a restriction."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any
from uuid import UUID

from models.restrictions import Restriction
from models.rights_requests import RightsRequest


def of_request(request: RightsRequest, names: Mapping[UUID | None, str]) -> Hashable:
    """What was asked and by whom, what is known of them, its dates, and what was decided and done."""
    asked = (
        request.right,
        request.scope,
        request.regime,
        request.asked_by,
        request.contests_opinion,
        request.concerned.date_of_birth,
    )
    opinion = request.opinion and (request.opinion.entry, request.opinion.may_be_done, request.opinion.serious_harm_likely,
                                   request.opinion.expires_on)  # fmt: skip
    child = request.child_assessed and (request.child_assessed.understands, request.child_assessed.in_best_interests)
    contacts = tuple(sorted((each.reply_by, each.is_safe, each.method == "one_time_code") for each in request.contacts))
    known = (
        request.person_id is not None,
        request.identity is not None,
        request.authority is not None,
        child,
        contacts,
    )
    decision = request.decision and (request.decision.outcome, request.decision.result)
    ledger = tuple((each.told_on is not None, each.reply is not None) for each in request.recipients)
    dates = request.clock.model_dump_json(), request.asked_on, request.reminded_on, request.due and request.due.day
    rest = request.hold is not None, request.extended is not None, request.fee is not None, opinion, decision, ledger
    return asked, known, dates, rest, names.get(request.assigned_to), len(request.escalations)


def of_restriction(restriction: Restriction, _: Mapping[UUID | None, str]) -> Hashable:
    """Whether the person was told, and from when it is lifted."""
    notified = restriction.notified and (restriction.notified.lifted_from, restriction.notified.at)
    return restriction.escalated_at is None, notified, restriction.review_on, restriction.rights_request_id is not None


FACTS: dict[type[Any], Any] = {RightsRequest: of_request, Restriction: of_restriction}
