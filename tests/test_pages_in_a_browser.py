"""The pages in a real browser, at 320 pixels and more: nothing runs over, nothing is asked of others, and axe finds nothing."""

from collections.abc import Iterator

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
        appoint(house, "gretel", HOME)
        publish_policy(house, "aspiro", HOME)
    with served(folder / "served", database, encryption_keys=encryption_keys_in(folder / "data")) as running:
        yield running


@pytest.fixture
def somebody(chromium: Browser, service: Served) -> Iterator[Visitor]:
    """A visitor at the width of a desk, with scripts; nothing may go wrong behind their back."""
    with visitor(chromium, f"http://127.0.0.1:{service.port}") as one:
        yield one
        assert one.wrong == []


def is_in_order(one: Visitor) -> None:
    """Nothing is wrong with the page at either width."""
    assert one.faults() == []
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
