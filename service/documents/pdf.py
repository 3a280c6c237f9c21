"""A document as a tagged PDF (PDF/UA-1), where the extra `pdf` is installed: with fonts of its own, and without a network."""

import json
import re
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from workflows.outlines import Outline

TEMPLATE: Final = Path(__file__).with_name("document.typ")
FONTS: Final = Path(__file__).with_name("fonts")
UNPRINTABLE: Final = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u2122]"
)
"""Everything but the letters of Europe and the usual signs: the font has no others for certain."""

STANDS_IN: Final = "?"
SOME_MISSING: Final = (
    "Some signs can't be shown in print, and a question mark stands in their place. The web page has them all."
)


class NotPrinted(Exception):
    """Nothing is printed as PDF here. Ask for it as HTML, Markdown or JSON."""


def printable() -> bool:
    """Whether the typesetter is installed."""
    return find_spec("typst") is not None


def pdf(document: Outline) -> bytes:
    """The whole document. Raises NotPrinted where no typesetter is installed."""
    try:
        import typst  # noqa: PLC0415 - an extra, that need not be there
    except ImportError:
        raise NotPrinted from None
    told = with_known_signs(asdict(document))
    printed: bytes = typst.compile(
        TEMPLATE, format="pdf", sys_inputs={"told": json.dumps(told)}, pdf_standards="ua-1",
        font_paths=[FONTS], ignore_system_fonts=True,
    )  # fmt: skip
    return printed


def with_known_signs(told: dict[str, Any]) -> dict[str, Any]:
    """The same in signs that can be printed, and a word about those that can't. A tagged PDF has no text without a letter."""
    kept: dict[str, Any] = replaced(told)
    if kept != told:
        kept["introduction"] = (*kept["introduction"], SOME_MISSING)
    return kept


def replaced(value: Any) -> Any:
    """Every text in it, with a question mark for each sign that can't be printed."""
    if isinstance(value, str):
        return UNPRINTABLE.sub(STANDS_IN, value)
    if isinstance(value, dict):
        return {name: replaced(each) for name, each in value.items()}
    return type(value)(map(replaced, value)) if isinstance(value, list | tuple) else value
