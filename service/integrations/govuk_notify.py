"""Messages carried by GOV.UK Notify, over its REST API (version 2).

Each call shows a token that is signed with the API key's secret (HS256), names the service and says when it was made; it is
good for half a minute. The words stand in a template of the Notify service, which takes `practice` and `code`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from service.integrations.calls import NotAnswered, line, member
from service.integrations.messages import CodeMessage, NotSent, Way
from service.signatures import PrivateKey

UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
API_KEY: Final = re.compile(rf".+-(?P<service>{UUID})-(?P<secret>{UUID})")
"""An API key as Notify hands it out: its name, the service's identifier, and the secret."""

ALGORITHM: Final = "HS256"
TAKEN: Final = 201
PATHS: Final[Mapping[Way, tuple[str, str]]] = {
    Way.EMAIL: ("/v2/notifications/email", "email_address"),
    Way.TEXT: ("/v2/notifications/sms", "phone_number"),
}
"""For each way the address that takes it, and what it calls whom it goes to."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class NotAnAPIKey(ValueError):
    """This is no API key of GOV.UK Notify: a name, the service's identifier and the secret, with hyphens between."""


@dataclass(frozen=True, slots=True)
class GovUkNotify:
    """The carrier. `templates` names one for each way; `clock` tells the time in UTC; `deadline` is in seconds."""

    address: str
    service: str
    key: PrivateKey = field(repr=False)
    templates: Mapping[Way, str]
    clock: Callable[[], datetime]
    deadline: float

    async def send(self, message: CodeMessage) -> None:
        """Hand the message over. Raises NotSent, and logs why without a word of it."""
        path, whom = PATHS[message.way]
        said = {
            whom: message.to,
            "template_id": self.templates[message.way],
            "personalisation": {"practice": message.practice, "code": message.code},
        }
        try:
            async with line(self.deadline) as notify:
                shown = {"Authorization": f"Bearer {self.token()}"}
                told = await notify.post(f"{self.address}{path}", shown, json=said)
        except NotAnswered:
            log.warning("message_not_sent", way=message.way.value, status=None)
            raise NotSent from None
        if told.status != TAKEN or member(told.body, "id") is None:
            log.warning("message_not_sent", way=message.way.value, status=told.status)
            raise NotSent

    def token(self) -> str:
        """What shows that we are who we say we are, for the next half a minute."""
        return self.key.sign({"iss": self.service, "iat": int(self.clock().timestamp())}, {"typ": "JWT"})


def key_in(said: str) -> tuple[str, PrivateKey]:
    """The service and its secret, out of an API key. Raises NotAnAPIKey."""
    parts = API_KEY.fullmatch(said.strip())
    if parts is None:
        raise NotAnAPIKey(NotAnAPIKey.__doc__)
    return parts["service"], PrivateKey(parts["secret"], ALGORITHM)
