"""Somebody without a sign-in, over a socket: from whatever address they like, with a cookie of their own."""

import http.client
import time
from html import unescape
from typing import Any, Final
from urllib.parse import urlencode

from tests.connection import Answer, Connection
from tests.forms import ANSWERS, CODE, PROOF, REFERENCE

KNOWING_NO_NUMBER: Final = {**ANSWERS, "knows-number": {"knows_number": "unknown"}, "nhs-number": {}}


class Stranger:
    """One browser at a practice. The server believes this machine about the address that it comes from."""

    def __init__(self, connection: Connection, practice: str, address: str) -> None:
        self.connection, self.base, self.address = connection, f"/practices/{practice}/rights", address
        self.cookie = self.proof = ""

    def asks(self, method: str, path: str, **said: str) -> Answer:
        """One request, with how long it took (in seconds) until the answer was whole."""
        headers = {"X-Forwarded-For": self.address, "Cookie": self.cookie, "Accept": "text/html"}
        body = urlencode({"proof": self.proof, **said}) if method == "POST" else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = self.connection.connection
        began = time.perf_counter()
        line.request(method, path, body, headers)
        answer: http.client.HTTPResponse = line.getresponse()
        read = answer.read()
        took = time.perf_counter() - began
        found: dict[str, Any] = {name.lower(): value for name, value in answer.getheaders()}
        self.cookie = str(found.get("set-cookie", self.cookie)).partition(";")[0]
        proof = PROOF.search(read.decode())
        self.proof = proof[1] if proof else self.proof
        return Answer(answer.status, found, read, took)

    def fills_in(self, **instead: dict[str, str]) -> bool:
        """Answer every question; False as soon as somebody says that it is too much."""
        if self.asks("GET", f"{self.base}/ask/right").status != http.client.OK:
            return False
        given = {**KNOWING_NO_NUMBER, **instead}
        said = ((step, each) for step, each in given.items() if each)
        return all(
            self.asks("POST", f"{self.base}/ask/{step}", **each).status == http.client.SEE_OTHER for step, each in said
        )

    def sends(self) -> Answer:
        """Send what was filled in."""
        return self.asks("POST", f"{self.base}/check")

    def told(self) -> tuple[str, str]:
        """The reference and the code that the last page shows."""
        page = unescape(self.asks("GET", f"{self.base}/sent").body.decode())
        reference, code = REFERENCE.search(page), CODE.search(page)
        if reference is None or code is None:
            raise ValueError(page)
        return reference[0], code[1]
