"""The forms in which guidance is told, and how each is chosen and made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from api.negotiation import HTML, JSON, MARKDOWN, PDF
from api.pages.rendering import rendered
from models.guidance import Guidance
from service.documents.markdown import markdown
from service.documents.pdf import pdf, printable
from workflows.guidance.outline import outline


@dataclass(frozen=True, slots=True)
class Link:
    """Where the same can be had in another form."""

    name: str
    media_type: str
    href: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form: how its address ends, its media type, and what makes it."""

    ending: str
    name: str
    media_type: str
    render: Callable[[Guidance], bytes]

    def named(self, code: str) -> dict[str, str]:
        """The name under which a browser keeps it, where it is a file of its own."""
        if self.media_type not in {PDF, MARKDOWN}:
            return {}
        return {"Content-Disposition": f'inline; filename="guidance-{code}.{self.ending}"'}


def page(guidance: Guidance, forms: tuple[Link, ...] = ()) -> bytes:
    """The guidance as a page; `forms` are those that it offers besides."""
    told = outline(guidance)
    return rendered("guidance.html.jinja", told=told, practice=told.practice, forms=forms)


def public_page(guidance: Guidance) -> bytes:
    """The page at its public address, with the other forms that there are."""
    return page(guidance, tuple(links(guidance.practice.code)))


def links(code: str) -> list[Link]:
    """The other forms of a practice's guidance: no PDF where none is made."""
    offered = [each for each in FORMS if each.media_type != HTML and (each.media_type != PDF or printable())]
    return [Link(each.name, each.media_type, f"/practices/{code}/guidance.{each.ending}") for each in offered]


def printed(guidance: Guidance) -> bytes:
    """The guidance as PDF."""
    return pdf(outline(guidance))


def plain(guidance: Guidance) -> bytes:
    """The guidance as Markdown."""
    return markdown(outline(guidance))


def data(guidance: Guidance) -> bytes:
    """The guidance as JSON."""
    return guidance.model_dump_json().encode()


FORMS: Final = (
    Form("html", "web page", HTML, public_page),
    Form("pdf", "PDF to print", PDF, printed),
    Form("md", "plain text (Markdown)", MARKDOWN, plain),
    Form("json", "data (JSON)", JSON, data),
)
"""What the public can ask for; the first where nothing is asked for."""

PREVIEWS: Final = (Form("html", "web page", HTML, page), *FORMS[1:])
"""What staff can ask for."""

BY_ENDING: Final = {each.ending: each for each in FORMS}
OFFERED: Final = tuple(each.media_type for each in FORMS)

TOLD: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The guidance, in the form that was asked for.",
        "content": {each.media_type: {"schema": {"type": "string"}} for each in FORMS if each.media_type != JSON},
    }
}
"""The forms beside JSON, as the documentation lists them."""
