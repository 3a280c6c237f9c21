"""The pages in a real browser, at 320 pixels and more: nothing runs over, nothing is asked of others, and axe finds nothing."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from api.letters import page
from tests.browser import DESKTOP, SMALLEST, Visitor, browser, visitor
from tests.databases import fresh_sqlite
from tests.house import HOME, appoint, encryption_keys_in, house_over, open_practice, publish_policy
from tests.letter_facts import EVERY
from tests.served import Served, served
from tests.test_letter_documents import as_written
from workflows.letter_texts.outline import outline

pytestmark = pytest.mark.xdist_group("browser")
"""One process has the browser: starting one takes longer than looking at a page."""


RIGHTS: Final = f"/practices/{HOME}/rights"
ANSWERS: Final[dict[str, Any]] = {
    "right": "access", "whose": "myself", "name": "Rapunzel of the Tower", "born": ("15", "3", "1984"), "knows-number": "known",
    "nhs-number": "999 054 8609", "contact": "by_email", "email": "rapunzel@example.com", "scope": "clinical_record",
    "about": "My test results from May.\nAnd the letters.",
}  # fmt: skip
COMPLAINT: Final = f"/practices/{HOME}/data-protection-complaint"
COMPLAINED: Final[dict[str, Any]] = {
    "about-request": "known", "reference": "RR-7Q4K-2M9D", "complaint": "Nobody answered.", "whose": "somebody",
    "representative": "Mother Gothel", "name": ANSWERS["name"], "contact": "by_email", "email": "gothel@example.com",
}  # fmt: skip
ADDRESS: Final = {"line_1": "1 Tower Road", "line_2": "", "town": "Hedge End", "county": "", "postcode": "zz993vz"}
CHOICES: Final = {"right", "whose", "relation", "knows-number", "contact", "scope", "about-request"}
UNHURRIED: Final = {"quickest_submission": 0, "submissions_per_hour": 1000}
"""A browser fills in a form faster than anybody, and all of these come from one address."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all of them."""
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One house for all of them, in a process of its own."""
    folder = tmp_path_factory.mktemp("pages")
    database = fresh_sqlite(folder)
    with house_over(database, folder / "data") as house:
        open_practice(house, HOME)
        for person in ("gretel", "owl"):
            appoint(house, person, HOME)
        publish_policy(house, "aspiro", HOME)
    with served(
        folder / "served", database, encryption_keys=encryption_keys_in(folder / "data"), **UNHURRIED
    ) as running:
        yield running


@pytest.fixture
def somebody(chromium: Browser, service: Served) -> Iterator[Visitor]:
    """A visitor at the width of a desk, with scripts; nothing may go wrong behind their back."""
    with visitor(chromium, f"http://127.0.0.1:{service.port}") as one:
        yield one
        assert one.wrong == []


def is_in_order(one: Visitor) -> None:
    """Nothing is wrong with the page at either width."""
    assert one.faults() == [], one.path
    for window in (SMALLEST, DESKTOP):
        one.page.set_viewport_size(window)
        assert not one.overflows(), (one.path, window)


def test_the_guidance_is_in_order(somebody: Visitor) -> None:
    somebody.goes(f"/practices/{HOME}/guidance")
    is_in_order(somebody)


def test_every_letter_is_in_order(somebody: Visitor) -> None:
    somebody.goes(f"/practices/{HOME}/guidance")
    for facts in {each.template: each for each in EVERY}.values():
        somebody.page.set_content(page(outline(as_written(facts))).decode())
        is_in_order(somebody)


# Filling in


def choose(one: Visitor, name: str, said: str) -> None:
    one.page.locator(f"input[name={name}][value={said}]").check()


def write(one: Visitor, name: str, said: str) -> None:
    one.page.locator(f"#{name}").fill(said)


def write_day(one: Visitor, _: str, said: tuple[str, str, str]) -> None:
    for name, each in zip(("day", "month", "year"), said, strict=True):
        write(one, name, each)


def write_lines(one: Visitor, _: str, said: dict[str, str]) -> None:
    for name, each in said.items():
        write(one, name, each)


FILLED_IN: Final[dict[str, Callable[[Visitor, str, Any], None]]] = {"born": write_day, "address": write_lines}


def answer(one: Visitor, step: str, said: Any) -> None:
    """Fill in the page of a question, and go on."""
    assert one.path.endswith(f"/{step}"), one.path
    FILLED_IN.get(step, choose if step in CHOICES else write)(one, step.replace("-", "_"), said)
    one.presses("Continue")


def fill_in(one: Visitor, answers: dict[str, Any], begins: str = RIGHTS) -> None:
    """Answer every question, up to the page on which all is checked."""
    one.goes(begins)
    one.presses("Start now")
    for step, said in answers.items():
        answer(one, step, said)
    assert one.path == f"{begins}/check"


def sends(one: Visitor, answers: dict[str, Any]) -> tuple[str, str]:
    """Fill in and send: the reference and the code."""
    fill_in(one, answers)
    one.presses("Confirm and send")
    assert one.path == f"{RIGHTS}/sent"
    return told_on(one)


def told_on(one: Visitor) -> tuple[str, str]:
    """The reference and the code that the page shows."""
    reference = one.page.locator(".nhsuk-panel strong").inner_text()
    return reference, one.page.locator(".charter-code").inner_text().removeprefix("Your code: ")


def received(service: Served, reference: str) -> list[dict[str, Any]]:
    """The requests with this reference, as the information rights lead sees them."""
    token = service.token("owl", HOME)
    listed = service.ask("GET", f"/v1/rights-requests?reference={reference}", token=token).json()["items"]
    return [service.ask("GET", f"/v1/rights-requests/{each['id']}", token=token).json() for each in listed]


def without(answers: dict[str, Any], *steps: str) -> dict[str, Any]:
    """The same answers but these."""
    return {step: said for step, said in answers.items() if step not in steps}


# Whole journeys


def test_every_page_of_a_request_is_in_order(somebody: Visitor, service: Served) -> None:
    """One journey with all that can be wrong: each page, each with what is wrong with an empty answer, and those afterwards."""
    somebody.goes(RIGHTS)
    is_in_order(somebody)
    somebody.presses("Start now")
    says_on_paper(somebody, "What would you like us to do?", "Delete my information", not_that="Back")
    for step, said in ANSWERS.items():
        is_in_order(somebody)
        somebody.presses("Continue")
        says_what_is_wrong(somebody)
        is_in_order(somebody)
        answer(somebody, step, said)
    assert somebody.path == f"{RIGHTS}/check"
    is_in_order(somebody)
    says_on_paper(somebody, "Rapunzel of the Tower", "999 054 8609", not_that="Change")
    somebody.presses("Confirm and send")
    reference, code = told_on(somebody)
    is_in_order(somebody)
    says_on_paper(somebody, reference, code, "01632 960001", not_that="Confirm your email address")
    shows_that_the_address_is_theirs(somebody, service)
    (request,) = received(service, reference)
    assert [each["method"] for each in request["contacts"]] == ["one_time_code"]
    shows_how_far_it_is(somebody, reference, code)
    is_taken_back(somebody, service, is_in_order)
    (request,) = received(service, reference)
    assert request["state"] == "withdrawn"


def says_on_paper(one: Visitor, *said: str, not_that: str) -> None:
    """What is said is printed, and nothing to press or to follow is, nor where a link leads."""
    page = one.page
    page.emulate_media(media="print")
    shown = page.locator("body").inner_text()
    assert all(each in shown for each in said)
    assert not_that not in shown
    assert not any(each.is_visible() for each in page.locator("button, .nhsuk-button, .charter-header a").all())
    after = "[...document.querySelectorAll('a')].map(each => getComputedStyle(each, '::after').content)"
    assert set(page.evaluate(after)) <= {"none", "normal"}
    page.emulate_media(media="screen")


def says_what_is_wrong(one: Visitor) -> None:
    """The summary stands on top and has the focus, leads to each field, and says the same as stands beside it."""
    page = one.page
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    links = page.locator(".nhsuk-error-summary__list a")
    beside = [" ".join(each.split()) for each in page.locator(".nhsuk-error-message").all_inner_texts()]
    assert links.count() >= 1
    assert [f"Error: {each}" for each in links.all_inner_texts()] == beside
    for each in links.all():
        assert page.locator(str(each.get_attribute("href"))).count() == 1


def shows_that_the_address_is_theirs(one: Visitor, service: Served) -> None:
    """A code is sent; a wrong one is told, and the right one is kept."""
    one.presses("Send me a code")
    is_in_order(one)
    write(one, "contact_code", "no")
    one.presses("Continue")
    says_what_is_wrong(one)
    is_in_order(one)
    says_the_code(one, service)
    assert one.path == f"{RIGHTS}/progress"
    assert "You have confirmed your email address." in one.page.content()
    is_in_order(one)


def says_the_code(one: Visitor, service: Served, email: str = ANSWERS["email"]) -> None:
    """The one that was sent last."""
    outbox = sorted((service.output.parent / "data" / "outbox").iterdir())
    message = json.loads(outbox[-1].read_text(encoding="utf-8"))
    assert message["to"] == email
    write(one, "contact_code", message["code"])
    one.presses("Continue")


def is_taken_back(
    one: Visitor, service: Served, looked_at: Callable[[Visitor], None], email: str = ANSWERS["email"]
) -> None:
    """From the page that says how far it is: a question, a code, a last word, and that it is done."""
    one.follows("Take back this request")
    looked_at(one)
    one.presses("Continue")
    says_what_is_wrong(one)
    looked_at(one)
    choose(one, "withdraw", "yes")
    one.presses("Continue")
    says_the_code(one, service, email)
    assert one.path == f"{RIGHTS}/withdraw/confirm"
    looked_at(one)
    one.presses("Take back my request")
    assert one.path == f"{RIGHTS}/withdrawn"
    looked_at(one)


def shows_how_far_it_is(one: Visitor, reference: str, code: str) -> None:
    """Whoever has the reference and the code sees the stage; whoever has another learns nothing."""
    one.follows("Look at another one")
    is_in_order(one)
    write(one, "reference", reference)
    write(one, "status_code", "0000-0000-0000-0000")
    one.presses("Continue")
    assert one.page.title().startswith("Error: ")
    is_in_order(one)
    write(one, "reference", reference.lower().replace("-", " "))
    write(one, "status_code", code.lower())
    one.presses("Continue")
    assert one.path == f"{RIGHTS}/progress"
    assert reference in one.page.content()


@pytest.mark.parametrize("right", ["rectification", "erasure", "restriction", "portability", "objection"])
def test_each_right_is_asked_for_with_scripts_and_without(
    chromium: Browser, service: Served, somebody: Visitor, right: str
) -> None:
    answers = {**ANSWERS, "right": right, "knows-number": "unknown", "email": f"{right}@example.com"}
    with visitor(chromium, somebody.base, scripts=False) as another:
        for one in (somebody, another):
            reference, _ = sends(one, without(answers, "nhs-number"))
            (request,) = received(service, reference)
            assert (request["right"], request["state"], request["asked_by"]) == (right, "received", "themselves")
            assert request["concerned"]["nhs_number"] is None
            if right == "objection":
                one.goes(f"{RIGHTS}/progress")
                is_taken_back(one, service, lambda _: None, answers["email"])
                assert [each["state"] for each in received(service, reference)] == ["withdrawn"]
        assert another.wrong == []


def test_a_representative_asks_with_scripts_and_without(chromium: Browser, service: Served, somebody: Visitor) -> None:
    said = {**ANSWERS, "contact": "by_post"}
    answers = {
        "right": said["right"], "whose": "somebody", "relation": "parent", "representative": "Mother Gothel",
        **{step: said[step] for step in ("name", "born", "knows-number", "nhs-number", "contact")},
        "address": ADDRESS, "scope": said["scope"], "about": said["about"],
    }  # fmt: skip
    with visitor(chromium, somebody.base, scripts=False, window=SMALLEST) as another:
        for one in (somebody, another):
            reference, _ = sends(one, answers)
            (request,) = received(service, reference)
            assert (request["asked_by"], request["representative"]["name"]) == ("parent", "Mother Gothel")
            assert request["representative"]["contact"]["address"] == ["1 Tower Road", "Hedge End"]
            assert request["representative"]["contact"]["postcode"] == "ZZ99 3VZ"
            assert request["concerned"]["contact"] is None
        assert another.wrong == []


def test_pages_that_few_see_are_in_order(somebody: Visitor) -> None:
    fill_in(somebody, ANSWERS)
    for step, said in (("whose", "somebody"), ("relation", "claimant"), ("representative", "Mother Gothel")):
        somebody.goes(f"{RIGHTS}/ask/{step}")
        is_in_order(somebody)
        answer(somebody, step, said)
    ways: tuple[tuple[str, str, Any], ...] = (("by_phone", "phone", "01632 960001"), ("by_post", "address", ADDRESS))
    for contact, step, told in ways:
        somebody.goes(f"{RIGHTS}/ask/contact")
        answer(somebody, "contact", contact)
        is_in_order(somebody)
        somebody.presses("Continue")
        says_what_is_wrong(somebody)
        is_in_order(somebody)
        answer(somebody, step, told)
    is_in_order(somebody)
    assert "What is their date of birth?" in heading_at(somebody, "born")
    somebody.goes(f"{RIGHTS}/ask/nowhere")
    is_in_order(somebody)


def heading_at(one: Visitor, step: str) -> str:
    one.goes(f"{RIGHTS}/ask/{step}")
    return one.heading


def test_every_page_of_a_complaint_is_in_order(somebody: Visitor, service: Served) -> None:
    somebody.goes(COMPLAINT)
    is_in_order(somebody)
    somebody.presses("Start now")
    for step, said in COMPLAINED.items():
        is_in_order(somebody)
        somebody.presses("Continue")
        says_what_is_wrong(somebody)
        answer(somebody, step, said)
    assert somebody.path == f"{COMPLAINT}/check"
    is_in_order(somebody)
    somebody.presses("Confirm and send")
    assert somebody.path == f"{COMPLAINT}/sent"
    is_in_order(somebody)
    reference, _ = told_on(somebody)
    path = f"/v1/data-protection-complaints?reference={reference}"
    assert len(service.ask("GET", path, token=service.token("owl", HOME)).json()["items"]) == 1


# Going back, changing, pressing twice


def test_an_answer_is_changed_and_leads_back_to_the_last_page(somebody: Visitor) -> None:
    fill_in(somebody, ANSWERS)
    somebody.follows("Change Email address")
    assert somebody.page.locator("#email").input_value() == ANSWERS["email"]
    write(somebody, "email", "another@example.com")
    somebody.presses("Continue")
    assert somebody.path == f"{RIGHTS}/check"
    assert "another@example.com" in somebody.page.content()
    somebody.follows("Change How we contact you")
    answer(somebody, "contact", "by_phone")
    answer(somebody, "phone", "(01632) 960001")
    assert somebody.path == f"{RIGHTS}/check"
    assert "another@example.com" not in somebody.page.content()


def test_the_way_back_shows_what_was_answered(somebody: Visitor) -> None:
    somebody.goes(RIGHTS)
    somebody.presses("Start now")
    for step in ("right", "whose", "name"):
        answer(somebody, step, ANSWERS[step])
    somebody.follows("Back")
    assert somebody.page.locator("#name").input_value() == ANSWERS["name"]
    somebody.page.go_back()
    somebody.page.go_back()
    assert somebody.path == f"{RIGHTS}/ask/name"
    somebody.presses("Continue")
    assert somebody.path == f"{RIGHTS}/ask/born"


def test_pressed_twice_it_is_sent_once(chromium: Browser, service: Served, somebody: Visitor) -> None:
    with visitor(chromium, somebody.base, scripts=False) as another:
        for one in (somebody, another):
            before = how_many(service)
            fill_in(one, ANSWERS)
            one.page.get_by_role("button", name="Confirm and send").dblclick()
            one.page.wait_for_url(f"**{RIGHTS}/sent")
            told = told_on(one)
            one.page.go_back()
            one.page.reload()
            assert told_on(one) == told
            assert how_many(service) == before + 1
            one.goes(f"{RIGHTS}/ask/email")
            assert one.path == f"{RIGHTS}/sent"
            one.presses("Make another request")
            assert one.path == f"{RIGHTS}/ask/right"


def how_many(service: Served) -> int:
    """How many requests there are."""
    listed = service.ask("GET", "/v1/rights-requests?limit=100", token=service.token("owl", HOME)).json()["items"]
    return len(listed)


def test_an_answer_that_is_wrong_is_kept_on_the_page(somebody: Visitor) -> None:
    somebody.goes(f"{RIGHTS}/ask/right")
    for step in ("right", "whose", "name"):
        answer(somebody, step, ANSWERS[step])
    write_day(somebody, "born", ("31", "2", "84"))
    somebody.presses("Continue")
    says_what_is_wrong(somebody)
    assert [somebody.page.locator(f"#{each}").input_value() for each in ("day", "month", "year")] == ["31", "2", "84"]
