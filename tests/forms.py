"""Somebody who fills in the forms without a browser: a cookie, what a form says of itself, and one answer after the other."""

import re
from html import unescape
from typing import Any, Final

from httpx import Response

from tests.house import HOME, House

ANSWERS: Final[dict[str, dict[str, str]]] = {
    "right": {"right": "access"},
    "whose": {"whose": "myself"},
    "name": {"name": "Rapunzel of the Tower"},
    "born": {"day": "15", "month": "3", "year": "1984"},
    "knows-number": {"knows_number": "known"},
    "nhs-number": {"nhs_number": "999 054 8609"},
    "contact": {"contact": "by_email"},
    "email": {"email": "rapunzel@example.com"},
    "scope": {"scope": "clinical_record"},
    "about": {"about": "My test results from May."},
}
PROOF: Final = re.compile(r'name="proof" value="(\w+)"')
REFERENCE: Final = re.compile(r"RR-[0-9A-Z]{4}-[0-9A-Z]{4}")
CODE: Final = re.compile(r"Your code: ([0-9A-Z-]+)")


class Stranger:
    """Somebody at a browser of their own, who comes from an address of their own."""

    def __init__(self, house: House, address: str = "testclient", practice: str = HOME) -> None:
        self.house, self.address = house, address
        self.base, self.proof, self.cookie = f"/practices/{practice}/rights", "", ""

    def sees(self, path: str = "") -> Response:
        """A page, wherever it leads."""
        answer = self.asks("GET", f"{self.base}{path}")
        while answer.status_code == 303:
            answer = self.asks("GET", answer.headers["location"])
        found = PROOF.search(answer.text)
        self.proof = found[1] if found else self.proof
        return answer

    def says(self, step: str, **said: str) -> Response:
        """What a form says."""
        return self.asks("POST", f"{self.base}/{step}", data={"proof": self.proof, **said})

    def asks(self, method: str, path: str, *, language: str = "en-GB", **sent: Any) -> Response:
        """What a browser asks: from its own address, with its own cookie."""
        client: Any = self.house.client
        client._transport.client = (self.address, 50_000)
        client.cookies.clear()
        headers = {"Accept-Language": language, **({"Cookie": self.cookie} if self.cookie else {})}
        answer: Response = client.request(
            method, f"https://testserver{path}", headers=headers, follow_redirects=False, **sent
        )
        self.cookie = answer.headers.get("set-cookie", self.cookie).partition(";")[0]
        client.cookies.clear()
        client._transport.client = ("testclient", 50_000)
        return answer

    def answers(self, **instead: dict[str, str]) -> None:
        """Answer every question."""
        self.sees("/ask/right")
        for step, said in {**ANSWERS, **instead}.items():
            if not said:
                continue
            answer = self.says(f"ask/{step}", **said)
            assert answer.status_code == 303, (step, answer.text)

    def sends(self, **instead: dict[str, str]) -> Response:
        """Answer every question and send."""
        self.answers(**instead)
        return self.says("check")

    def told(self) -> tuple[str, str]:
        """The reference and the code that the last page shows."""
        page = unescape(self.sees("/sent").text)
        reference, code = REFERENCE.search(page), CODE.search(page)
        assert reference, page
        assert code, page
        return reference[0], code[1]
