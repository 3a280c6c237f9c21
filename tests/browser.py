"""A real browser for the tests: one that is installed, else one that playwright fetches, else Debian's. None is ever skipped."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

INSTALLED: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
)  # fmt: skip
OF_THE_SYSTEM: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIETLY: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
LONGEST_INSTALLATION: Final = 900  # seconds
WHAT_TO_DO: Final = """
These tests look at the pages in a real browser, and there is none. Do one of these, and run them again:
- install Chromium or Chrome so that one of {names} is found (on Debian and Ubuntu, as root: apt-get install chromium);
- name one: CHARTER_TEST_BROWSER=/path/to/chrome;
- let playwright fetch its own: {python} -m playwright install chromium
What was tried: {tried}
"""
DESKTOP: Final[ViewportSize] = {"width": 1024, "height": 800}
SMALLEST: Final[ViewportSize] = {"width": 320, "height": 640}
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OWN_NOTE: Final = "Failed to load resource: the server responded with a status of 4"
"""What the browser itself notes of every page that says what is wrong with an answer."""


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser at work. Fails, and says what to do, when there is none and none can be had."""
    with sync_playwright() as playwright:
        tried: list[str] = []

        def launched(path: str | None) -> Browser | None:
            try:
                return playwright.chromium.launch(executable_path=path, args=list(QUIETLY), headless=True)
            except Error as refused:
                tried.append(f"{path or 'playwright'}: {refused.message.splitlines()[0]}")
                return None

        found = _one_that_starts(launched, tried)
        if found is None:
            pytest.fail(WHAT_TO_DO.format(names=", ".join(INSTALLED), python=sys.executable, tried="; ".join(tried)))
        try:
            yield found
        finally:
            found.close()


def _one_that_starts(launched: Callable[[str | None], Browser | None], tried: list[str]) -> Browser | None:
    """The first browser that starts: those that are there first, one after the other, then those that can be had."""
    there: list[str | None] = [*installed(), None]
    if found := next((each for each in map(launched, there) if each), None):
        return found
    with one_at_a_time():
        for install in (fetched_by_playwright, installed_by_debian):
            tried.append(install())
            if found := next((each for each in map(launched, [*installed(), None]) if each), None):
                return found
    return None


def installed() -> list[str]:
    """Every browser that is found here, the one that is named before the others."""
    named = os.environ.get("CHARTER_TEST_BROWSER")
    known = [*filter(None, map(shutil.which, INSTALLED)), *(each for each in OF_THE_SYSTEM if Path(each).exists())]
    return [named] if named else known


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several processes test at once: only one of them installs."""
    with Path(tempfile.gettempdir(), f"charter-test-browser-{os.getuid()}").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fetched_by_playwright() -> str:
    """Let playwright fetch its own."""
    return run([sys.executable, "-m", "playwright", "install", "chromium"])


def installed_by_debian() -> str:
    """Let the system install its own, where that is Debian's kind and we may."""
    if os.getuid() or not shutil.which("apt-get"):
        return "apt-get: not for this user, or not on this system"
    updated = run(["apt-get", "update", "--quiet"])
    installed = run(
        ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"]
    )
    return f"{updated}; {installed}"


def run(command: list[str]) -> str:
    """Run a command, and say how it ended."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(  # noqa: S603 - commands of our own, in full
            command, capture_output=True, timeout=LONGEST_INSTALLATION, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as failed:
        return f"{' '.join(command)}: {type(failed).__name__}"
    return f"{' '.join(command)}: ended with {ended.returncode}"


@dataclass(slots=True)
class Visitor:
    """Somebody at a browser, and all that goes wrong behind their back."""

    base: str
    page: Page
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    def goes(self, path: str) -> None:
        """Type an address."""
        self.page.goto(f"{self.base}{path}")

    def presses(self, name: str) -> None:
        """Press a button, and wait for what comes."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name, exact=True).first.click()

    @property
    def path(self) -> str:
        """Where they are."""
        return self.page.url.removeprefix(self.base)

    @property
    def heading(self) -> str:
        """What the page is about."""
        return self.page.locator("h1").inner_text()

    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(wider))

    def faults(self) -> list[str]:
        """What axe finds on the page: the names of the rules, with what breaks them."""
        found: dict[str, Any] = Axe().run(self.page, options={"runOnly": RULES}).response
        return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found["violations"]]


@contextmanager
def visitor(browser: Browser, base: str, *, scripts: bool = True, window: ViewportSize = DESKTOP) -> Iterator[Visitor]:
    """Somebody at a window of this size, who notices errors in the console and requests to anywhere else."""
    context = browser.new_context(java_script_enabled=scripts, viewport=window)
    someone = Visitor(base, context.new_page(), context)

    def noted(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(OWN_NOTE):
            someone.wrong.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((base, "data:")):
            someone.wrong.append(f"asked elsewhere: {request.url}")

    context.on("console", noted)
    context.on("request", asked)
    context.on("weberror", lambda error: someone.wrong.append(f"script: {error.error}"))
    try:
        yield someone
    finally:
        context.close()
