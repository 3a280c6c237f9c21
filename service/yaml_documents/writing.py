"""From plain data to a file that people can read, and that reads back as the same data."""

import re
from collections.abc import Mapping, Sequence

import yaml

from models.text import hidden
from service.yaml_documents.faults import (
    DEEPEST_NESTING,
    HIDDEN,
    LARGEST_FILE,
    LINE_WIDTH,
    MOST_DIGITS,
    NAME_NOT_TEXT,
    TOO_DEEP,
    TOO_LARGE,
    TOO_MANY_DIGITS,
    Trail,
    pointer_to,
)
from service.yaml_documents.files import SEPARATORS


class _Writer(yaml.SafeDumper):
    """Writes so that YAML 1.1 and 1.2 readers, and people, see the same."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        """Write everything out, however often it stands there."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - as above
        """Set lists in from the name that they belong to."""
        super().increase_indent(flow, indentless=False)


def _write_text(writer: _Writer, text: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """Prefer a block for long text (PyYAML takes quotes where one can't hold it), escapes for invisible line breaks."""
    if any(separator in text for separator in SEPARATORS):
        return '"'
    if "\n" in text:
        return "|"
    begins_with_a_space = text[:1].isspace()  # would be read as a line that keeps its breaks
    return ">" if len(text) > LINE_WIDTH and not begins_with_a_space else None


AMBIGUOUS = re.compile(
    r"^([-+]?(\.?inf|\.?nan|infinity)|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?|0o[0-7]+|y|n)$",
    re.IGNORECASE,
)
"""Text that some YAML reader takes for a number or a boolean, beside what PyYAML already puts in quotes."""

_Writer.add_representer(str, _write_text)
_Writer.add_implicit_resolver("tag:yaml.org,2002:float", AMBIGUOUS, None)


def _plain(value: object, trail: Trail) -> object:
    if isinstance(value, Mapping | Sequence) and not isinstance(value, str | bytes | bytearray):
        return _plain_collection(value, trail)
    if isinstance(value, str):
        return _plain_text(value, trail)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _plain_number(value, trail)
    raise ValueError(f"{pointer_to(trail)}: is neither text, whole number, true, false, null, list nor mapping")


def _plain_collection(collection: Mapping[object, object] | Sequence[object], trail: Trail) -> object:
    if len(trail) >= DEEPEST_NESTING:
        raise ValueError(TOO_DEEP)
    if isinstance(collection, Mapping):
        return {_plain_name(name, trail): _plain(value, (*trail, str(name))) for name, value in collection.items()}
    return [_plain(item, (*trail, position)) for position, item in enumerate(collection)]


def _plain_name(name: object, trail: Trail) -> str:
    if not isinstance(name, str):
        raise ValueError(f"{pointer_to(trail)}: {NAME_NOT_TEXT}")
    return _plain_text(name, trail)


def _plain_text(text: str, trail: Trail) -> str:
    if any(hidden(character) for character in text):
        raise ValueError(f"{pointer_to(trail)}: {HIDDEN}")
    return str.__str__(text)


def _plain_number(number: int, trail: Trail) -> int:
    if abs(number) >= 10**MOST_DIGITS:
        raise ValueError(f"{pointer_to(trail)}: {TOO_MANY_DIGITS}")
    return int(number)


def write_document(data: Mapping[str, object]) -> str:
    """Plain data as YAML that people can read and that `read_document` reads as the same data.

    Names keep their order, long text stands in blocks. Plain data is text, whole numbers, booleans, null, and lists and
    mappings of them. Raises ValueError, saying where but not what, for anything that could not be read again.
    """
    written = yaml.dump(
        _plain(data, ()),
        Dumper=_Writer,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=LINE_WIDTH,
    )
    if len(written.encode()) > LARGEST_FILE:
        raise ValueError(TOO_LARGE)
    return written
