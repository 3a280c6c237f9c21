"""The guidance at its public address: four forms of the same, what caches may do with it, and what nobody can smuggle into it."""

import asyncio
import re
import threading
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from markdown_it import MarkdownIt
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from api.negotiation import preferred
from api.pages.rendering import CONTENT_POLICY, STATIC
from service.documents import pdf
from service.documents.press import Press, TakesTooLong
from service.store import Unavailable
from tests.guidance_parts import content_of, told_by
from tests.house import HOME, PRACTICES, House, policy, publish_policy
from workflows.guidance import guidance
from workflows.guidance.outline import outline

ADDRESS = f"/practices/{HOME}/guidance"
FORMS = {"html": "text/html", "pdf": "application/pdf", "md": "text/markdown", "json": "application/json"}
TAGS = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "div", "p", "main", "h1", "h2", "h3", "nav", "ol", "li",
    "section", "ul", "dl", "dt", "dd", "span", "strong", "footer",
}  # fmt: skip
"""Every element that a page is made of. None of them runs anything, and none fetches anything but the two style sheets."""

EMPTY = {"meta", "link"}
ATTRIBUTES = {
    "lang", "charset", "name", "content", "rel", "href", "type", "class", "id", "aria-label", "data-module", "aria-hidden", "role",
}  # fmt: skip


class Page(HTMLParser):
    """A page as a browser reads it: its elements, whether they are closed in order, and its text."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text, self.comments = "", ""
        self.feed(said)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        return [attributes for name, attributes in self.elements if name == tag]


def public(house: House, path: str = ADDRESS, method: str = "GET", **headers: str) -> Response:
    """Anybody asks, without a token."""
    answer: Response = house.client.request(
        method, path, headers={name.replace("_", "-"): said for name, said in headers.items()}
    )
    return answer


# Four forms at one address


def test_anybody_reads_it_in_the_form_that_they_accept(house: House) -> None:
    for ending, media_type in FORMS.items():
        accepted, named = public(house, accept=media_type), public(house, f"{ADDRESS}.{ending}", accept="image/png")
        assert (accepted.status_code, named.status_code) == (200, 200)
        assert accepted.headers["content-type"].startswith(media_type)
        assert accepted.content == named.content
        assert accepted.headers["etag"] == named.headers["etag"]
    assert public(house, accept="*/*").headers["content-type"] == "text/html; charset=utf-8"
    assert public(house, accept="image/png").headers["content-type"] == "text/html; charset=utf-8"
    assert public(house, f"{ADDRESS}.exe").status_code == 404


def test_the_code_in_the_address_is_taken_in_either_case(house: House) -> None:
    """People type what they heard: it is the same copy, at the cost of the same budget, with the same name."""
    for ending, code in (("", HOME.lower()), (".md", HOME.lower()), (".pdf", HOME.capitalize())):
        known, typed = public(house, f"{ADDRESS}{ending}"), public(house, f"/practices/{code}/guidance{ending}")
        assert (typed.status_code, typed.content) == (200, known.content)
        for name in ("etag", "content-type", "cache-control", "content-disposition"):
            assert typed.headers.get(name) == known.headers.get(name)
        tag = known.headers["etag"]
        assert public(house, f"/practices/{code}/guidance{ending}", if_none_match=tag).status_code == 304
    for nobody in ("zz000\u0131", "\u017fz0001", "zz", "zz0999"):
        assert public(house, f"/practices/{nobody}/guidance").status_code == 404


def test_each_practice_has_its_own_page_in_four_forms(house: House) -> None:
    for document in PRACTICES:
        has_its_own_page(house, document)


def has_its_own_page(house: House, document: str) -> None:
    """One practice's page, in every form."""
    address = f"/practices/{PRACTICES[document]}/guidance"
    told = public(house, f"{address}.json").json()
    page, plain = public(house, f"{address}.html").text, public(house, f"{address}.md").text
    printed = text_of(public(house, f"{address}.pdf").content)

    assert told["policy"]["document"] == content_of(document).document.title
    assert told["policy"]["in_force_since"] == "2026-03-02"
    for question in told["questions"]:
        assert question["question"] in page
        assert question["question"] in plain
        assert squeezed(question["question"]) in squeezed(printed)
        assert squeezed(question["answer"]) in squeezed(printed)


def test_the_page_leads_to_where_rights_are_asked_for(house: House) -> None:
    page = public(house, ADDRESS, accept="text/html").text
    (led,) = re.findall(r'<a href="([^"#]*rights)">', page)
    assert public(house, f"{ADDRESS.rpartition('/')[0]}/{led}", accept="text/html").status_code == 200


def test_what_is_read_keeps_nothing_and_names_nobody(house: House) -> None:
    said = public(house, f"{ADDRESS}.json").text
    people = {"hansel", "gretel", "rapunzel", "goldilocks", "wolf"}
    assert not people & set(re.findall(r"[a-z]+", said.lower()))
    assert "duties" not in said.replace("duties.", "")
    entries = house.reads("hansel", "/v1/audit-entries?limit=100")["items"]
    public(house)
    assert house.reads("hansel", "/v1/audit-entries?limit=100")["items"] == entries


# Caches


def test_caches_may_keep_it_and_ask_whether_it_is_still_so(house: House) -> None:
    for ending in FORMS:
        may_be_kept(house, ending)


def may_be_kept(house: House, ending: str) -> None:
    """One form, asked for again in every way."""
    answer = public(house, f"{ADDRESS}.{ending}")
    tag = answer.headers["etag"]

    assert tag == f'"{sha256(answer.content).hexdigest()[:32]}"'
    assert answer.headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert answer.headers["vary"] == "Accept"
    for asked in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        again = public(house, f"{ADDRESS}.{ending}", if_none_match=asked)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == answer.headers["cache-control"]
    assert public(house, f"{ADDRESS}.{ending}", if_none_match='"another"').content == answer.content


def test_it_changes_with_the_policy_and_with_the_practice(house: House) -> None:
    first = public(house)
    changed = {**policy("maryport"), "title": "Another policy"}
    publish_policy(house, "maryport", HOME, content=changed)
    second = public(house)
    practice = house.reads("hansel", "/v1/practices")["items"][0]
    record = house.ask("hansel", "GET", f"/v1/practices/{practice['id']}")
    house.does(
        "hansel", "correct_details", record, json={"name": "Beanstalk Lane", "contacts": {"phone": "01632 960002"}}
    )
    third = public(house)
    told = public(house, f"{ADDRESS}.json").json()

    assert len({each.headers["etag"] for each in (first, second, third)}) == 3
    assert "Another policy" in second.text
    assert "Beanstalk Lane" in third.text
    assert told["changes"]["since"] == "1.0"
    assert any(each["about"] == "Can I use my phone in my appointment?" for each in told["changes"]["changes"])
    assert public(house, if_none_match=first.headers["etag"]).status_code == 200


def test_head_tells_what_get_would(house: House) -> None:
    kept = {"etag", "cache-control", "content-type", "content-length", "vary", "content-security-policy"}
    for ending in FORMS:
        asked, told = public(house, f"{ADDRESS}.{ending}", "HEAD"), public(house, f"{ADDRESS}.{ending}")
        assert (asked.status_code, asked.content) == (200, b"")
        assert {name: asked.headers[name] for name in kept} == {name: told.headers[name] for name in kept}


# Not there


NOT_THERE = ["ZZ9999", "zz9999", "INSTALLATION", "ZZ0005%00", "..", "ZZ0005'--", "Z" * 40, "%F0%9F%98%80"]


def test_what_is_not_there_is_said_in_the_form_that_is_wanted(house: House) -> None:
    for code in NOT_THERE:
        is_not_there(house, code)


def is_not_there(house: House, code: str) -> None:
    """A code of no practice."""
    page = public(house, f"/practices/{code}/guidance", accept="text/html,*/*;q=0.8")
    told = public(house, f"/practices/{code}/guidance.json", accept="*/*")

    assert (page.status_code, told.status_code) == (404, 404)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["code"] == "not_found"
    if page.headers["content-type"].startswith("text/html"):
        assert "Page not found" in accessible(page.text).text
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["content-security-policy"] == CONTENT_POLICY
    else:
        assert code == ".."  # the address of another page, that is not there either


def test_a_practice_without_a_policy_in_force_has_no_guidance(house: House) -> None:
    assert public(house).status_code == 200
    active = house.reads("hansel", "/v1/policies?state=active")["items"][0]
    record = house.ask("hansel", "GET", f"/v1/policies/{active['id']}")
    house.does("hansel", "withdraw", record, json={"reason": "It is out of date."})

    assert [public(house, f"{ADDRESS}.{ending}").status_code for ending in FORMS] == [404, 404, 404, 404]


def test_a_version_that_is_being_prepared_is_not_public(house: House) -> None:
    draft = {"content": {**policy("maryport"), "title": "Not yet"}, "change_comment": "Being written."}
    begun = house.ask("hansel", "POST", "/v1/policies", json=draft)
    assert begun.status_code == 201
    assert "Not yet" not in public(house).text


def test_a_database_out_of_reach_is_told_as_a_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def out_of_reach(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(house.store, "find", out_of_reach)
    page, told = public(house, accept="text/html"), public(house, accept="application/json")
    assert (page.status_code, told.status_code, told.json()["code"]) == (503, 503, "unavailable")
    assert page.headers["retry-after"] == "5"
    assert "Sorry, there is a problem" in accessible(page.text).text


def test_without_the_extra_no_pdf_is_promised_or_made(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    monkeypatch.setattr("api.pages.forms.printable", lambda: False)
    told, page = (
        public(house, f"{ADDRESS}.pdf", accept="application/pdf"),
        public(house, f"{ADDRESS}.pdf", accept="text/html"),
    )

    assert (told.status_code, told.json()["code"]) == (501, "not_printed")
    assert told.json()["detail"] == "Nothing is printed as PDF here. Ask for it as HTML, Markdown or JSON."
    assert page.status_code == 501
    assert "You can read the web page" in page.text
    assert "guidance.pdf" not in public(house).text


# Staff


def test_staff_read_the_guidance_of_any_version(house: House) -> None:
    draft = {"content": {**policy("maryport"), "title": "Not yet"}, "change_comment": "Being written."}
    begun = house.ask("hansel", "POST", "/v1/policies", json=draft).json()
    address = f"/v1/policies/{begun['id']}/guidance"
    told = house.reads("goldilocks", address)
    page = house.ask("goldilocks", "GET", address, headers={"Accept": "text/html"})
    printed = house.ask("goldilocks", "GET", address, headers={"Accept": "application/pdf"})
    plain = house.ask("goldilocks", "GET", address, headers={"Accept": "text/markdown"})

    assert (told["policy"]["state"], told["policy"]["in_force_since"], told["changes"]["since"]) == (
        "draft",
        None,
        "1.0",
    )
    assert page.status_code == 200
    assert "This is a preview. This version is not in force: it is draft." in accessible(page.text).text
    assert page.headers["cache-control"] == "no-store"
    assert "/practices/" not in page.text
    assert printed.content.startswith(b"%PDF")
    assert plain.text.startswith("# Phones")
    assert house.ask("website", "GET", address).status_code == 404
    assert house.ask("hansel", "GET", address, practice="ZZ0001").status_code == 404
    assert house.client.get(address).status_code == 401


# Whatever somebody writes comes out as text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></head><iframe src=//example.com>",
    "{{ 7 * 7 }}{% raw %}",
    "![seen](https://example.com/seen.png)",
    "[press](javascript:alert(1))",
    "https://example.com/lured www.example.com <https://example.com/lured>",
    "```\n# not a heading\n```",
    "- no list",
    "1. no list",
    "&lt;b&gt; &#60;b&#62;",
    '#import "@preview/x:1.0.0": * #read("/etc/passwd") #link("https://example.com/lured")[x]',
    "$ x $ @reference <label> \\ \\u{41} // no comment /* none */ _a_ *b* = c ~ ---",
    '", "sections": [], "x": "',
)
"""What would be markup in one of the forms."""


def hostile(number: int, *, line: bool) -> str:
    """One of them, marked so that it can be found again."""
    said = HOSTILE[number]
    return f"{said.replace(chr(10), ' ') if line else said} end{number}"


def poisoned() -> dict[str, Any]:
    """A policy with something hostile wherever somebody can write."""
    content = policy("coleridge")
    clauses = [
        {**each, "text": hostile(n % len(HOSTILE), line=False), "source": hostile((n + 1) % len(HOSTILE), line=True)}
        for n, each in enumerate(content["clauses"])
    ]
    assert len(clauses) >= len(HOSTILE)
    settings = {
        **content["settings"],
        "online_contact": {"value": hostile(0, line=True), "source": hostile(1, line=True)},
        "feedback_route": {"value": hostile(12, line=True), "source": hostile(5, line=True)},
        "online_contact_url": {"value": 'https://example.com/"><script>alert(1)</script>[x](y)', "source": "x"},
    }
    return {**content, "title": hostile(0, line=True), "clauses": clauses, "settings": settings}


@pytest.fixture
def poisoned_house(house: House) -> House:
    """A practice whose name, contacts and policy hold something hostile."""
    publish_policy(house, "coleridge", HOME, content=poisoned())
    practice = house.reads("hansel", "/v1/practices")["items"][0]
    record = house.ask("hansel", "GET", f"/v1/practices/{practice['id']}")
    contacts = {
        "phone": "01632 960001", "email": '"><script>x</script>@example.com', "website": 'https://example.com/"onclick="x"<b>',
        "complaints": "https://example.com/[a](b)`#{}*_$",
    }  # fmt: skip
    corrected = house.does(
        "hansel", "correct_details", record, json={"name": hostile(3, line=True), "contacts": contacts}
    )
    assert corrected.status_code == 200, corrected.text
    return house


def test_whatever_somebody_wrote_comes_out_as_text(poisoned_house: House) -> None:
    nothing_hostile_is_an_element_or_an_attribute_of_the_page(poisoned_house)
    nothing_hostile_is_markup_in_the_markdown(poisoned_house)
    nothing_hostile_is_a_command_of_the_pdf(poisoned_house)
    nothing_hostile_breaks_the_json(poisoned_house)


def nothing_hostile_is_an_element_or_an_attribute_of_the_page(poisoned_house: House) -> None:
    """HTML: only our own elements and attributes, and every hostile text in the page's text."""
    page = accessible(public(poisoned_house, f"{ADDRESS}.html").text)

    for number, said in enumerate(HOSTILE):
        assert squeezed(f"{said} end{number}") in squeezed(page.text)
    assert not page.comments
    assert {str(each["href"]).partition(":")[0] for each in page.all("a") if ":" in str(each["href"])} == {
        "https", "tel", "mailto",
    }  # fmt: skip


def nothing_hostile_is_markup_in_the_markdown(poisoned_house: House) -> None:
    """CommonMark, with what GitHub adds: no link, picture, code or raw HTML."""
    plain = public(poisoned_house, f"{ADDRESS}.md").text
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(plain)
    kinds = {each.type for token in parsed for each in (token, *(token.children or []))}
    texts = " ".join(each.content for token in parsed for each in (token.children or []))

    assert kinds <= {
        "heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close", "bullet_list_open",
        "bullet_list_close", "list_item_open", "list_item_close", "blockquote_open", "blockquote_close", "text",
        "text_special", "strong_open", "strong_close", "em_open", "em_close", "softbreak",
    }  # fmt: skip
    assert {each.level for each in parsed if each.type == "bullet_list_open"} == {0}
    for number, said in enumerate(HOSTILE):
        assert squeezed(f"{said} end{number}") in squeezed(texts)
    assert not re.search(r"(?<!\\):\/\/|\bwww\.", plain)


def nothing_hostile_is_a_command_of_the_pdf(poisoned_house: House) -> None:
    """Typst: nothing was imported, read or linked to."""
    printed = public(poisoned_house, f"{ADDRESS}.pdf").content
    text = squeezed(text_of(printed))

    for number, said in enumerate(HOSTILE):
        assert squeezed(f"{said} end{number}") in text
    assert not [each for each in addresses_in(printed) if "lured" in each]
    assert "root:" not in text


def nothing_hostile_breaks_the_json(poisoned_house: House) -> None:
    """JSON: the same text again."""
    told = public(poisoned_house, f"{ADDRESS}.json").json()
    assert told["practice"]["name"] == hostile(3, line=True)
    assert told["rules"][0]["text"] == hostile(0, line=False)
    assert len(told["questions"]) >= 12


@pytest.mark.parametrize(
    "said", ["😀 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "汉字 仮名", "العربية", "עברית", "ŵ ŷ Ŵ Ŷ â ô", "a\u200db", "e\u0301\u0323\u20dd", "\U00010330"]
)
def test_every_script_can_be_printed_or_stands_as_a_question_mark(said: str) -> None:
    content = content_of("maryport")
    clauses = [content.clauses[0].model_copy(update={"text": said}), *content.clauses[1:]]
    told = guidance(told_by(content.model_copy(update={"clauses": clauses}), name=said))
    printed = text_of(pdf.pdf(outline(told)))
    shown = pdf.UNPRINTABLE.sub(pdf.STANDS_IN, said)
    assert squeezed(shown) in squeezed(printed)
    assert (squeezed(pdf.SOME_MISSING) in squeezed(printed)) == (shown != said)


def test_all_signs_that_are_printed_are_in_the_fonts() -> None:
    """PDF/UA allows no sign without a letter: the typesetter would refuse."""
    known = "".join(each for each in map(chr, range(0x20, 0x2200)) if not pdf.UNPRINTABLE.match(each))
    told = guidance(told_by(content_of("maryport"), name=f"{known} end"))
    assert pdf.pdf(outline(told)).startswith(b"%PDF")


# Everybody can read it


def test_every_page_is_accessible(house: House) -> None:
    for code in PRACTICES.values():
        page = accessible(public(house, f"/practices/{code}/guidance").text)
        places = {f"#{each['id']}" for _, each in page.elements if each.get("id")}
        inner = {each["href"] for each in page.all("a") if (each["href"] or "").startswith("#")}
        assert inner <= places
        assert len(page.all("nav")) == 1


def accessible(said: str) -> Page:
    """A page that holds what every page must: its language, a title, one main part, headings in order, and nothing that runs."""
    page = Page(said)
    headings = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h\d", tag)]
    identifiers = [each["id"] for _, each in page.elements if each.get("id")]

    assert said.startswith("<!doctype html>")
    assert not page.open
    assert {tag for tag, _ in page.elements} <= TAGS
    assert {name for _, each in page.elements for name in each} <= ATTRIBUTES
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("title")) == len(page.all("main")) == len(page.all("h1")) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert len(identifiers) == len(set(identifiers))
    assert page.all("a")[0]["href"] == "#maincontent"
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    assert all((each["href"] or "").startswith(("/assets/", "/practices/")) for each in page.all("link"))
    return page


def test_a_page_runs_nothing_and_is_shown_nowhere_else(house: House) -> None:
    for ending in FORMS:
        answer = public(house, f"{ADDRESS}.{ending}")
        assert answer.headers["content-security-policy"] == CONTENT_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY
    assert "script-src" not in CONTENT_POLICY
    assert "unsafe" not in CONTENT_POLICY


def test_everything_that_a_page_needs_comes_from_here(house: House) -> None:
    page = Page(public(house).text)
    for each in page.all("link"):
        if (each["href"] or "").startswith("/assets/"):
            answer = public(house, each["href"] or "")
            assert answer.status_code == 200
            assert answer.headers["cache-control"] == "public, max-age=3600"
    assert public(house, "/assets/../rendering.py").status_code == 404
    assert public(house, "/assets/nothing.css").status_code == 404


@pytest.mark.parametrize("style", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_no_style_fetches_anything_from_elsewhere(style: Path) -> None:
    said = style.read_text(encoding="utf-8")
    assert not re.search(r"https?:|url\(\s*['\"]?//|@import|@font-face", said)
    for picture in re.findall(r"url\(([^)]+)\)", said):
        assert picture.startswith("data:") or (style.parent / picture).is_file(), picture


def test_the_style_is_the_one_whose_hash_is_told() -> None:
    (style,) = (STATIC / "nhsuk").glob("*.css")
    assert sha256(style.read_bytes()).hexdigest() in (STATIC / "README.md").read_text(encoding="utf-8")


# PDF/UA


@pytest.mark.parametrize("document", PRACTICES)
def test_the_pdf_is_tagged_and_says_that_it_is(document: str) -> None:
    told = guidance(told_by(content_of(document)))
    reader = PdfReader(BytesIO(pdf.pdf(outline(told))))
    root: Any = reader.root_object

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - the file's own kind of truth
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - as above
    assert reader.metadata
    assert reader.metadata.title == f"{told.title}, {told.practice.name}"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    pages: list[Any] = list(reader.pages)
    for page in pages:
        assert page["/Tabs"] == "/S"
        fonts = page["/Resources"]["/Font"]
        assert all("/ToUnicode" in font.get_object() for font in fonts.values())
        assert all("/Contents" in each.get_object() for each in page.get("/Annots", []))

    tags = list(structure(root["/StructTreeRoot"]))
    headings = [int(tag[1:]) for tag in tags if re.fullmatch(r"H\d", tag)]
    sections = outline(told).sections
    assert headings.count(1) == 1
    assert headings.count(2) == len(sections)
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert {"Document", "P", "L", "LI", "LBody", "Link"} <= set(tags)


def structure(element: Any) -> Iterator[str]:
    """The tag of every element of a PDF's structure, in the order in which it is read."""
    element = element.get_object()
    if isinstance(element, DictionaryObject) and "/S" in element:
        yield str(element["/S"]).removeprefix("/")
    children = element.get("/K", []) if isinstance(element, DictionaryObject) else []
    for child in children if isinstance(children, list) else [children]:
        if isinstance(child.get_object(), DictionaryObject):
            yield from structure(child)


def text_of(printed: bytes) -> str:
    """The text of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)


def addresses_in(printed: bytes) -> list[str]:
    """Every address that a PDF links to."""
    annotations = [each.get_object() for page in PdfReader(BytesIO(printed)).pages for each in page.get("/Annots", [])]
    return [str(each["/A"]["/URI"]) for each in annotations if "/URI" in each.get("/A", {})]


def squeezed(text: str) -> str:
    """Text without its spaces and line breaks, which a page sets as it pleases."""
    return re.sub(r"\s+|\d+\s*/\s*\d+(?=$)", "", text)


@pytest.mark.parametrize("document", PRACTICES)
def test_the_same_guidance_is_the_same_file(document: str) -> None:
    """Else its tag would differ from one process to the next."""
    told = guidance(told_by(content_of(document)))
    assert pdf.pdf(outline(told)) == pdf.pdf(outline(told))


# The press


async def nothing() -> None:
    """Nothing has to be loaded."""


def test_the_press_makes_each_thing_once_however_many_ask() -> None:
    made: list[str] = []

    def make(_: None) -> bytes:
        made.append("x")
        return b"body"

    async def ask() -> list[bytes]:
        press = Press()
        copies = await asyncio.gather(*(press.copy("key", nothing, make) for _ in range(5)))
        return [each.body for each in copies]

    assert asyncio.run(ask()) == [b"body"] * 5
    assert made == ["x"]


def test_the_press_keeps_what_was_asked_for_last_and_forgets_failures() -> None:
    def fail(_: None) -> bytes:
        raise ValueError("once")

    async def ask() -> tuple[list[object], bytes]:
        press = Press(kept=2)
        for key in "abca":
            await press.copy(key, nothing, lambda _: b"x")
        with pytest.raises(ValueError, match="once"):
            await press.copy("d", nothing, fail)
        again = await press.copy("d", nothing, lambda _: b"y")
        return list(press.copies), again.body

    kept, again = asyncio.run(ask())
    assert kept == ["a", "d"]
    assert again == b"y"


def test_who_waits_too_long_is_told_and_finds_it_later() -> None:
    held = threading.Event()

    def slowly(_: None) -> bytes:
        held.wait(30)
        return b"at last"

    async def ask() -> bytes:
        press = Press(longest=0.01)
        with pytest.raises(TakesTooLong):
            await press.copy("key", nothing, slowly)
        held.set()
        await press.copies["key"]
        return (await press.copy("key", nothing, slowly)).body

    assert asyncio.run(ask()) == b"at last"


# What is accepted


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"), ("*/*", "text/html"), ("application/json", "application/json"), ("image/png", None),
        ("text/*", "text/html"), ("application/*;q=0.5, text/markdown;q=0.4", "application/json"),
        ("text/html;q=0, */*", "application/json"), ("TEXT/Markdown; charset=utf-8", "text/markdown"),
        ("text/html;q=x, application/json;q=0.1", "application/json"), ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)  # fmt: skip
def test_the_form_is_the_one_that_is_wanted_most(accept: str, chosen: str | None) -> None:
    assert preferred(accept, ("text/html", "application/json", "text/markdown")) == chosen
