"""In which form an answer is wanted: what an Accept header says (RFC 9110, 12.5.1)."""

from collections.abc import Sequence
from typing import Final

HTML: Final = "text/html"
JSON: Final = "application/json"
MARKDOWN: Final = "text/markdown"
PDF: Final = "application/pdf"


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type that is wanted most, of those that are offered; the first of them where several are alike.

    None if the header accepts none of them. Without a header everything is accepted.
    """
    ranges = dict(map(media_range, accept.split(","))) if accept.strip() else {"*/*": 1.0}
    wanted = {each: wants(each, ranges) for each in offered}
    best = max(offered, key=lambda each: wanted[each])
    return best if wanted[best] > 0 else None


def wants_markdown(accept: str) -> bool:
    """Whether Markdown is wanted more than JSON."""
    return preferred(accept, (JSON, MARKDOWN)) == MARKDOWN


def wants(media: str, ranges: dict[str, float]) -> float:
    """How much a media type is wanted: what is said of it most exactly."""
    kind = media.partition("/")[0]
    return next((ranges[each] for each in (media, f"{kind}/*", "*/*") if each in ranges), 0.0)


def media_range(said: str) -> tuple[str, float]:
    """One media range of an Accept header, and how much it is wanted."""
    media, _, parameters = said.partition(";")
    return media.strip().lower(), quality(parameters)


def quality(parameters: str) -> float:
    """How much a media range is wanted: 1 unless its `q` says otherwise."""
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0
    return 1
