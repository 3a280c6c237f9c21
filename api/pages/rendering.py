"""How a page is made: from a template, with everything escaped that somebody wrote, and files that come from this service alone."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ASSETS: Final = "/assets"
STATIC: Final = Path(__file__).with_name("static")
CONTENT_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing runs on a page, nothing is fetched from elsewhere, and no other site shows it as its own."""

FORM_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The same for a page with a form: it is sent to this service alone, and of scripts only ours run, which no page needs."""

KEPT_FOR_AN_HOUR: Final = "public, max-age=3600"


@cache
def environment() -> Environment:
    """The templates: ours, and those of the NHS.UK style."""
    return Environment(
        loader=ChoiceLoader([PackageLoader("api.pages"), PackageLoader("nhsuk_frontend_jinja")]),
        autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def rendered(template: str, **values: Any) -> bytes:
    """A page."""
    return environment().get_template(template).render(assets=ASSETS, **values).encode()


def protected(answer: Response) -> Response:
    """The same, with the promise that nothing in it runs."""
    answer.headers["Content-Security-Policy"] = CONTENT_POLICY
    return answer


class Assets(StaticFiles):
    """The files that pages are made with. Browsers may keep them for an hour."""

    def __init__(self) -> None:
        """Serve the folder beside this file."""
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = KEPT_FOR_AN_HOUR
        return answer
