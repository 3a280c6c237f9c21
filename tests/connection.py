"""A client over a real socket, which tells a lost connection from an answer, and how long each took."""

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any, Final, Self

PATIENCE: Final = 60.0  # seconds


class Lost(OSError):
    """The connection broke before there was an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, and after how many seconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    sent: dict[str, Any] = field(default_factory=dict)

    def json(self) -> Any:
        """The body, as JSON."""
        return json.loads(self.body)


class Connection:
    """One connection that is kept, and made anew once it was lost."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(
        self, method: str, path: str, *, token: str = "", said: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Ask, and wait for the answer. Raises Lost."""
        told = {"Authorization": f"Bearer {token}"} if token else {}
        body = None if said is None else json.dumps(said)
        if body is not None:
            told["Content-Type"] = "application/json"
        began = time.monotonic()
        try:
            self.connection.request(method, path, body, {**told, **(headers or {})})
            answer = self.connection.getresponse()
            read = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.connection.close()
            raise Lost from fault
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, found, read, time.monotonic() - began)
