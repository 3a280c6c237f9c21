"""Who knocks, from where, and what is left for them: as a request says it, and as an answer does."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from fastapi import Request

from service.budgets import Charge, OpenDoor, Standing
from service.identity import NotRecognised, Principal, Reason

HEADERS: Final[dict[str, Any]] = {
    "Retry-After": {"description": "After how many seconds there is room for more.", "schema": {"type": "integer"}},
    "RateLimit": {
        "description": 'What is left (`r`), and in how many seconds there is more (`t`): `"website";r=0;t=1`.',
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": 'How much may be asked for (`q`) in how many seconds (`w`): `"website";q=600;w=60`.',
        "schema": {"type": "string"},
    },
}
"""What an answer says of a budget (draft-ietf-httpapi-ratelimit-headers-11), as the documentation lists it."""

log = structlog.get_logger("charter.access")


async def signed_in(request: Request) -> Principal:
    """Who asks, by the one token that the request shows. Raises NotRecognised, or TooManyFailures.

    The token is verified first: whoever shares an address with somebody who fails is answered as ever.
    """
    house = request.app.state.house
    try:
        principal: Principal = await house.tokens.recognise(bearer(request))
    except NotRecognised as refusal:
        log.info(
            "not_recognised", request_id=str(request.scope["state"].get("request_id")), reason=refusal.reason.value
        )
        if refusal.reason is not Reason.NO_TOKEN:
            await house.budgets.failed_sign_in(client_address(request))
        raise
    return principal


def bearer(request: Request) -> str:
    """The one token that the request shows (RFC 6750, section 2.1). Raises NotRecognised."""
    shown = request.headers.getlist("authorization")
    scheme, _, token = shown[0].partition(" ") if len(shown) == 1 else ("", "", "")
    if scheme.lower() != "bearer":
        raise NotRecognised
    return token.strip(" ")


def website_charge(request: Request, principal: Principal) -> Charge:
    """What this request costs if it is a practice's website that asks."""
    return _charge(request, lambda: request.app.state.house.budgets.website(principal))


async def pass_through(request: Request, door: OpenDoor, practice: str) -> None:
    """Let somebody in who need not sign in, as far as the door allows. Raises DoorTooBusy."""
    address = client_address(request)
    await _charge(request, lambda: request.app.state.house.budgets.pass_through(door, address, practice)).once()


def _charge(request: Request, spend: Callable[[], Awaitable[Standing]]) -> Charge:
    """What the request costs; the answer says how that left the budget."""
    charge = Charge(spend)
    request.scope["state"]["charge"] = charge
    return charge


def client_address(request: Request) -> str | None:
    """Where the request comes from, as the server settled it; None for a socket that has no address."""
    client = request.scope.get("client")
    return str(client[0]) if client else None


def fields(standing: Standing) -> dict[str, str]:
    """What an answer says of a budget."""
    allowance = standing.allowance
    return {
        "RateLimit-Policy": f'"{allowance.name}";q={allowance.amount};w={int(allowance.per.total_seconds())}',
        "RateLimit": f'"{allowance.name}";r={standing.left};t={standing.more_in}',
    }
