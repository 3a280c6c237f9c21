"""A request's whole history in print: what a regulator asks for stands in it, in order, and what people wrote stays text."""

from io import BytesIO
from typing import Any, Final

import pytest
from httpx import Response
from pypdf import PdfReader

from tests.house import HOME, PRACTICES, House
from tests.stories import REQUEST

HOSTILE: Final = '#import "@preview/x:1.0.0": * #read("/etc/passwd") <script>alert(1)</script> $ x $ end'


def asked(house: House, **said: Any) -> Response:
    """A request that was made at the desk, and whose identity is known."""
    request = house.ask("hansel", "POST", "/v1/rights-requests", json={**REQUEST, **said})
    known = house.does("owl", "satisfy_identity", request, json={"method": "known_in_person"})
    assert known.status_code == 200, known.text
    return known


def printed(house: House, request: Response, person: str = "owl", practice: str = HOME) -> Response:
    """The history as a PDF."""
    return house.ask(person, "GET", f"/v1/rights-requests/{request.json()['id']}/history.pdf", practice=practice)


def text_of(answer: Response) -> str:
    """Everything that is printed, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_the_evidence_file_shows_how_each_date_came_out(house: House) -> None:
    request = asked(house)
    house.clock.wind(days=3)
    longer = {"grounds": ["complexity"], "reasons": ["It is in four archives."]}
    house.does("owl", "extend", request, json=longer)
    answer = printed(house, request)
    said = text_of(answer)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    reference = request.json()["reference"]
    assert reference in answer.headers["content-disposition"]
    assert f"History of rights request {reference}" in said
    for step in request.json()["due"]["steps"]:
        assert " ".join(step.split()) in said
    assert "The answer is due by the end of 2 April 2026." in said
    assert "receive" in said
    assert "satisfy identity" in said
    assert "seal" in said
    for part in ("Letters", "Restrictions", "Complaints", "Who was told (Article 19)"):
        assert part in said


def test_it_is_tagged_so_that_everybody_can_read_it(house: House) -> None:
    read = PdfReader(BytesIO(printed(house, asked(house)).content))
    root: Any = read.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")


def test_what_people_wrote_stays_text(house: House) -> None:
    said = text_of(printed(house, asked(house, about=HOSTILE)))
    assert "".join(HOSTILE.split()) in "".join(said.split())
    assert "root:" not in said


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_only_those_who_may_read_the_trail_print_it(house: House) -> None:
    request = asked(house)
    assert printed(house, request, "puss").status_code == 403
    assert printed(house, request, "cinderella").status_code == 404
    assert printed(house, request, practice=PRACTICES["coleridge"]).status_code == 404
    before = len(house.reads("hansel", "/v1/access-entries?limit=100")["items"])
    assert printed(house, request, "hansel").status_code == 200
    assert len(house.reads("hansel", "/v1/access-entries?limit=100")["items"]) > before
