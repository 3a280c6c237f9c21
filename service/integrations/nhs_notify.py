"""Messages carried by NHS Notify, over its API on the NHS API platform.

The service signs in first: an assertion that is signed with its private key (RS512, RFC 7523) buys a token for a few minutes,
and the token carries one message. The words stand in a routing plan of NHS Notify, which takes `practice` and `code`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from service.integrations.calls import Line, NotAnswered, Told, line, member
from service.integrations.messages import CodeMessage, NotSent, Way
from service.signatures import PrivateKey

ALGORITHM: Final = "RS512"
SIGN_IN: Final = "/oauth2/token"
MESSAGES: Final = "/comms/v1/messages"
JSON_API: Final = "application/vnd.api+json"
ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GOOD_FOR: Final = timedelta(minutes=4)
"""How long an assertion counts: the platform takes none that counts for more than five minutes."""

SIGNED_IN, TAKEN, TAKEN_BEFORE = 200, 201, 422
CONTACTS: Final[Mapping[Way, str]] = {Way.EMAIL: "email", Way.TEXT: "sms"}
"""What NHS Notify calls the contact to which each way leads."""

FEWEST_BITS: Final = 2048

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class NotASigningKey(ValueError):
    """This is no private RSA key of 2048 bits or more, in PEM form and without a password."""


@dataclass(frozen=True, slots=True)
class NHSNotify:
    """The carrier. `plans` names a routing plan for each way; `clock` tells the time in UTC; `deadline` is in seconds.

    It sends to the contact that somebody gave, and asks for nobody's on record: no NHS number goes along.
    """

    address: str
    application: str = field(repr=False)
    key_id: str
    key: PrivateKey = field(repr=False)
    plans: Mapping[Way, str]
    clock: Callable[[], datetime]
    deadline: float

    async def send(self, message: CodeMessage) -> None:
        """Hand the message over. Raises NotSent, and logs why without a word of it."""
        try:
            async with line(self.deadline) as platform:
                told = await self._handed_over(platform, message, await self._signed_in(platform, message.way))
        except NotAnswered:
            log.warning("message_not_sent", way=message.way.value, status=None)
            raise NotSent from None
        if not is_taken(told):
            log.warning("message_not_sent", way=message.way.value, status=told.status)
            raise NotSent

    async def _signed_in(self, platform: Line, way: Way) -> str:
        """A token for one message: few are sent, and none is kept."""
        said = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": self.assertion(),
        }
        told = await platform.post(f"{self.address}{SIGN_IN}", {}, form=said)
        token = member(told.body, "access_token")
        if told.status != SIGNED_IN or not token or not (token.isascii() and token.isprintable()):
            log.warning("message_carrier_refused_sign_in", way=way.value, status=told.status)
            raise NotSent
        return token

    async def _handed_over(self, platform: Line, message: CodeMessage, token: str) -> Told:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON_API, "Accept": JSON_API}
        return await platform.post(f"{self.address}{MESSAGES}", headers, json=self.said(message))

    def assertion(self) -> str:
        """What shows that we are who we say we are, once and for a few minutes."""
        claims = {
            "iss": self.application, "sub": self.application, "aud": f"{self.address}{SIGN_IN}", "jti": str(uuid4()),
            "exp": int((self.clock() + GOOD_FOR).timestamp()),
        }  # fmt: skip
        return self.key.sign(claims, {"typ": "JWT", "kid": self.key_id})

    def said(self, message: CodeMessage) -> dict[str, Any]:
        """The message as NHS Notify takes it; by its reference one that arrives twice is sent once."""
        attributes = {
            "routingPlanId": self.plans[message.way],
            "messageReference": str(uuid4()),
            "recipient": {"contactDetails": {CONTACTS[message.way]: message.to}},
            "personalisation": {"practice": message.practice, "code": message.code},
        }
        return {"data": {"type": "Message", "attributes": attributes}}


def is_taken(told: Told) -> bool:
    """Whether NHS Notify has the message: from this try, or from one before it whose answer was lost."""
    if told.status == TAKEN:
        return member(told.body, "data", "id") is not None
    return told.status == TAKEN_BEFORE and b'"CM_DUPLICATE_REQUEST"' in told.body


def key_in(pem: bytes) -> PrivateKey:
    """The key that signs assertions. Raises NotASigningKey."""
    try:
        found = load_pem_private_key(pem, None)
        said = pem.decode()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NotASigningKey(NotASigningKey.__doc__) from None
    if not isinstance(found, RSAPrivateKey) or found.key_size < FEWEST_BITS:
        raise NotASigningKey(NotASigningKey.__doc__)
    return PrivateKey(said, ALGORITHM)
