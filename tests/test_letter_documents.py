"""Letters as they are read and sent: every form of them, who reads them, and what becomes of what people wrote."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from httpx import Response
from markdown_it import MarkdownIt
from pydantic import ValidationError
from pypdf import PdfReader
from sqlmodel import SQLModel

from api.letters import page
from api.pages.rendering import CONTENT_POLICY
from models.letter_facts import PublicReply, RemovalRequest, RemovalRiskWarning
from models.letter_facts.facts import Conduct, Posted
from models.letters import Addressee, Letter, LetterContent, LetterDraft, LetterState
from models.record import uuid7
from service.documents import markdown, pdf
from tests.databases import as_owner
from tests.house import House
from tests.laws import MANAGER, NOON
from tests.letter_facts import BEFORE, EVERY, HERE, LATER, named
from tests.posting import GRETEL, posted
from tests.stories import time_goes_round
from tests.test_guidance_pages import HOSTILE, accessible, addresses_in, squeezed, text_of
from workflows.engine import Act
from workflows.letter_texts.composing import hash_of
from workflows.letter_texts.outline import outline
from workflows.letters import issue

FORMS = {"html": "text/html", "pdf": "application/pdf", "md": "text/markdown"}
POSTED = {"way": "post", "to": "1 Gingerbread Lane", "checked": "as_on_record"}


def as_written(facts: Any, to: Addressee | None = GRETEL) -> Letter:
    """The letter that these facts make, as it is issued."""
    to = None if isinstance(facts, PublicReply) else to
    draft = LetterDraft(
        facts=facts, case_kind="incident", case_id=uuid7(), case_version=1, issued_by="incident.warn", addressee=to
    )
    (fact,) = issue.entailed(Act(MANAGER, HERE, NOON), draft)
    assert isinstance(fact.record, Letter)
    return fact.record


def document(house: House, letter: str, ending: str = "", person: str = "hansel", **headers: str) -> Response:
    """A letter as somebody reads it."""
    return house.ask(person, "GET", f"/v1/letters/{letter}/document{ending}", headers=headers)


# Every form


@pytest.mark.parametrize("facts", EVERY, ids=named)
def test_every_letter_can_be_read_as_a_page_as_text_and_in_print(facts: Any) -> None:
    told = outline(as_written(facts))
    shown, plain = accessible(page(told).decode()), markdown.markdown(told).decode()
    for section in told.sections:
        for block in section.blocks:
            for each in (block.text, *block.items):
                assert squeezed(each) in squeezed(shown.text)
    assert plain.count("\n# ") + plain.startswith("# ") == 1
    assert told.title in plain


@pytest.mark.parametrize("facts", {each.template: each for each in EVERY}.values(), ids=named)
def test_every_letter_is_printed_with_its_structure(facts: Any) -> None:
    told = outline(as_written(facts))
    printed = pdf.pdf(told)
    root: Any = PdfReader(BytesIO(printed)).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    text = squeezed(text_of(printed))
    for section in told.sections:
        assert squeezed(section.title) in text


def test_a_letter_is_had_in_each_form_and_kept_by_nobody_on_the_way(house: House) -> None:
    letter = posted(house)
    for ending, media_type in FORMS.items():
        by_ending = document(house, letter, f".{ending}", Accept="*/*")
        by_accept = document(house, letter, Accept=media_type)
        for answer in (by_ending, by_accept):
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(media_type)
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["content-security-policy"] == CONTENT_POLICY
            assert answer.headers["x-content-type-options"] == "nosniff"
            shown = "inline" if ending == "html" else "attachment"
            assert answer.headers["content-disposition"].startswith(f'{shown}; filename="letter-L-')
            assert "Gretel" not in answer.headers["content-disposition"]
        assert by_accept.headers["vary"] == "Accept"
    assert document(house, letter, Accept="application/json").headers["content-type"].startswith("text/html")


def test_each_reading_of_a_letter_is_written_down(house: House) -> None:
    """AUDIT-2"""
    letter = posted(house)
    for ending in ("", *(f".{each}" for each in FORMS)):
        assert document(house, letter, ending).status_code == 200
    house.reads("hansel", f"/v1/letters/{letter}")
    entries = house.reads("hansel", "/v1/access-entries?limit=100")["items"]
    assert len([each for each in entries if each["kind"] == "letter" and letter in each["records"]]) == 5


def test_whoever_does_not_work_on_cases_finds_no_letter(house: House) -> None:
    letter = posted(house)
    for ending in ("", ".html", ".pdf", ".md"):
        for person in ("website", "cinderella"):
            assert document(house, letter, ending, person).status_code == 404
        assert document(house, str(uuid7()), ending).status_code == 404
    assert house.client.get(f"/v1/letters/{letter}/document.pdf").status_code == 401


def test_without_the_extra_a_letter_is_a_page_and_no_pdf(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    letter = posted(house)
    refused = document(house, letter, ".pdf")
    assert (refused.status_code, refused.json()["code"]) == (501, "not_printed")
    assert document(house, letter).status_code == 200


# What people write is text


def hostile_letter(said: str) -> Letter:
    """A letter with the same text wherever somebody can write."""
    line = said.replace("\n", " ")
    seen = Posted(site=line, seen_on=BEFORE, what=said)
    facts = RemovalRequest(posts=(seen,), reasons=(said, "And more."), remove_by=LATER)
    return as_written(facts, Addressee(name=line, address=(line, "The Wood")))


@pytest.mark.parametrize("said", HOSTILE)
def test_whatever_somebody_wrote_is_text_in_every_form(said: str) -> None:
    """LET-27: a script tag, a template expression, a command of the typesetter, Markdown."""
    told = outline(hostile_letter(said))
    shown, plain, printed = accessible(page(told).decode()), markdown.markdown(told).decode(), pdf.pdf(told)
    kinds = MarkdownIt("gfm-like", {"linkify": False}).parse(plain)
    tokens = [each for token in kinds for each in (token, *(token.children or []))]

    assert squeezed(shown.text).count(squeezed(said)) == 6, "above and in the greeting, address, site, post and reason"
    assert squeezed(said.replace("\n", " ")) in squeezed(text_of(printed))
    assert not [each for each in addresses_in(printed) if "example.com" in each]
    assert not {each.type for each in tokens} & {
        "html_block",
        "html_inline",
        "image",
        "link_open",
        "fence",
        "code_inline",
    }
    assert squeezed(said) in squeezed(" ".join(each.content for each in tokens if each.type != "inline"))


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u0000", "\u001b[2J", "\u200b", "\ufeff", "\u0085"])
def test_what_nobody_can_see_gets_into_no_letter(hidden: str) -> None:
    """LET-27"""
    with pytest.raises(ValidationError):
        Addressee(name=f"Gretel{hidden}evil")
    with pytest.raises(ValidationError):
        Conduct(on=BEFORE, what=f"You{hidden}ran.")


# What becomes of a letter


def read(house: House, letter: str) -> Response:
    """The letter as a record."""
    return house.ask("hansel", "GET", f"/v1/letters/{letter}")


def test_a_letter_is_sent_comes_back_and_is_sent_again(house: House) -> None:
    letter = posted(house)
    before = read(house, letter).json()
    sent = house.does("hansel", "record_sent", read(house, letter), json=POSTED)
    assert (sent.status_code, sent.json()["state"]) == (200, "sent")
    assert sent.json()["sent"]["way"] == "post"
    assert sent.json()["due_at"] is None
    back = {"reason": "Nobody of that name.", "returned_on": sent.json()["sent"]["at"][:10]}
    returned = house.does("hansel", "record_returned", sent, json=back)
    again = house.does(
        "hansel", "record_sent", returned, json={**POSTED, "to": "The wood", "checked": "given_in_person"}
    )
    assert [each.json()["state"] for each in (returned, again)] == ["returned", "sent"]
    assert {name: again.json()[name] for name in ("content", "content_hash", "facts", "law")} == {
        name: before[name] for name in ("content", "content_hash", "facts", "law")
    }


@pytest.mark.parametrize(
    ("said", "guard"),
    [
        ({**POSTED, "checked": "public"}, "reaches_the_right_person"),
        ({"way": "published", "to": "Our page", "checked": "public"}, "reaches_the_right_person"),
        ({**POSTED, "sent_at": "2020-01-01T00:00:00Z"}, "sent_by_now"),
        ({**POSTED, "sent_at": "2090-01-01T00:00:00Z"}, "sent_by_now"),
    ],
)
def test_a_letter_that_was_not_sent_so_is_not_recorded_as_sent(house: House, said: dict[str, str], guard: str) -> None:
    """LET-22, LET-23"""
    letter = posted(house)
    refused = house.does("hansel", "record_sent", read(house, letter), json=said)
    assert (refused.status_code, refused.json()["guard"]) == (422, guard)


def test_a_public_text_is_published_and_names_nobody(house: House) -> None:
    """LET-10, LET-23, INC-19"""
    letter = posted(house, PublicReply(), None)
    content = read(house, letter).json()["content"]
    assert (content["addressee"], content["greeting"], content["signed"]) == (None, None, [])
    refused = house.does("hansel", "record_sent", read(house, letter), json=POSTED)
    assert refused.json()["guard"] == "reaches_the_right_person"
    how = {"way": "published", "to": "Our page", "checked": "public"}
    assert house.does("hansel", "record_sent", read(house, letter), json=how).status_code == 200


def test_a_letter_is_replaced_by_another_with_the_details_of_now_and_stays_as_it_was(house: House) -> None:
    """LET-1, LET-25"""
    person = house.recorded(name="Gretel", contact={"address": ["The Wood"]}).json()
    warning = RemovalRiskWarning(
        conduct=(Conduct(on=BEFORE, what="You threw a shoe."),),
        reasons=("It hurt.",),
        has_to_change=("Be kind.",),
        answer_by=LATER,
    )
    case = uuid7()
    first = posted(house, warning, Addressee(person_id=person["id"], name="Gretle"), case=case)
    before = read(house, first).json()
    replaced = house.does("hansel", "replace", read(house, first), json={"reason": "Her name is spelt otherwise."})
    assert replaced.json()["state"] == "superseded"
    found = house.reads("hansel", f"/v1/letters?case_id={case}")["items"]
    (anew,) = (read(house, each["id"]).json() for each in found if each["id"] != first)
    assert (anew["supersedes"], anew["state"], anew["facts"]) == (first, "issued", before["facts"])
    assert anew["content"]["addressee"]["name"] == "Gretel"
    assert anew["content"]["addressee"]["address"] == ["The Wood"]
    assert replaced.json()["content"] == before["content"]
    assert "Another letter stands in the place of this one." in document(house, first).text
    assert "Another letter" not in document(house, anew["id"]).text


def test_a_letter_that_nobody_sends_is_told_to_the_management_once(house: House) -> None:
    """LET-24"""
    letter = posted(house)
    house.clock.moment += timedelta(days=2, minutes=-1)
    time_goes_round(house)
    assert read(house, letter).json()["escalated_at"] is None
    house.clock.moment += timedelta(minutes=2)
    for _ in range(2):
        time_goes_round(house)
    kept = read(house, letter).json()
    assert kept["escalated_at"]
    assert (kept["state"], kept["overdue"], kept["due_for"], kept["version"]) == ("issued", True, "sending", 2)


def test_a_letter_that_was_taken_back_says_so() -> None:
    letter = as_written(PublicReply())
    letter.state = LetterState.WITHDRAWN
    assert outline(letter).notice == "This letter was taken back, and never sent."


def test_nothing_of_a_letter_stands_open_in_the_database(house: House) -> None:
    """Nor of where it was sent: in no table, and not in the trail."""
    letter = posted(house, to=Addressee(name="Thumbelina", address=("1 Gingerbread Lane",)))
    assert house.does("hansel", "record_sent", read(house, letter), json=POSTED).status_code == 200
    for table in SQLModel.metadata.tables:
        rows = repr(as_owner(house.database, f"SELECT * FROM {table}"))  # noqa: S608 - a table of ours
        assert not [
            each
            for each in ("Gingerbread Lane", "The oven was hot", "Thumbelina", "How you can complain")
            if each in rows
        ]


def test_the_fingerprint_of_a_letter_is_that_of_what_is_read(house: House) -> None:
    """LET-1"""
    kept = read(house, posted(house)).json()
    content = LetterContent.model_validate(kept["content"])
    assert hash_of(content) == kept["content_hash"]
    assert hash_of(content.model_copy(update={"title": "Something else"})) != kept["content_hash"]
