"""A file as it arrives: two parts, one that says in JSON what it is, and the file itself. Nothing of it touches a disk."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from api.requests import LONGEST_BODY

MOST_BESIDE_A_FILE: Final = LONGEST_BODY
"""How many bytes may come with a file: what is said of it, and what holds the two together."""
DETAILS, FILE = "details", "file"
DISPOSITION, TYPE = "content-disposition", "content-type"


class MultipartRequired(Exception):
    """Send the file as multipart/form-data: a part `details` with JSON, and a part `file`."""


class NotMultipart(Exception):
    """The body is not well-formed multipart/form-data with one part `details` and one part `file`."""


class FileTooLarge(Exception):
    """The file is larger than this installation takes."""


class FileTypeDiffers(Exception):
    """The file is not of the type that it was sent as. Send it as what it is, or without a type."""


class FilesBusy(Exception):
    """As many files as can be are being taken in or handed out. Try again in a moment."""


@dataclass(slots=True)
class Part:
    """One part, as it is read."""

    headers: dict[str, str] = field(default_factory=dict)
    content: bytearray = field(default_factory=bytearray)

    @property
    def name(self) -> str:
        """By what it is called."""
        kind, options = parse_options_header(self.headers.get(DISPOSITION))
        return options.get(b"name", b"").decode("utf-8", "replace") if kind == b"form-data" else ""


@dataclass(frozen=True, slots=True)
class FileBody:
    """What came: what was said of the file, the file, and the type that it was sent as; or why that can't be told."""

    details: bytes = b""
    content: bytes = b""
    declared: str = ""
    fault: Exception | None = None

    @property
    def fingerprint(self) -> bytes:
        """What tells this from every other: not the line between the parts, which is another one each time."""
        return b"".join(sha256(each).digest() for each in (self.details, self.content, self.declared.encode()))


class Parts:
    """The parts of a body, as they come in. Reads two of them, and no more."""

    def __init__(self, boundary: bytes) -> None:
        self.found: list[Part] = []
        self.name, self.value, self.whole = b"", b"", False
        callbacks: Any = {
            "on_part_begin": self._begin, "on_header_field": self._in_name, "on_header_value": self._in_value,
            "on_header_end": self._header, "on_part_data": self._in_content, "on_end": self._end,
        }  # fmt: skip
        self.parser = MultipartParser(boundary, callbacks)

    def read(self, chunk: bytes) -> None:
        """Read on. Raises NotMultipart."""
        try:
            self.parser.write(chunk)
        except MultipartParseError:
            raise NotMultipart from None

    def by_name(self) -> dict[str, Part]:
        """Both parts. Raises NotMultipart."""
        named = {each.name: each for each in self.found}
        if not self.whole or len(self.found) != len(named) or named.keys() != {DETAILS, FILE}:
            raise NotMultipart
        return named

    def _begin(self) -> None:
        if len(self.found) == len((DETAILS, FILE)):
            raise NotMultipart
        self.found.append(Part())

    def _in_name(self, data: bytes, start: int, end: int) -> None:
        self.name += data[start:end]

    def _in_value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def _header(self) -> None:
        name = self.name.decode("latin-1").lower()
        if name in self.found[-1].headers:
            raise NotMultipart
        self.found[-1].headers[name] = self.value.decode("latin-1")
        self.name, self.value = b"", b""

    def _in_content(self, data: bytes, start: int, end: int) -> None:
        self.found[-1].content += data[start:end]

    def _end(self) -> None:
        self.whole = True


async def received(request: Request, largest: int) -> FileBody:
    """What came, read to its end unless it can be told sooner that it won't do."""
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        return FileBody(fault=MultipartRequired())
    try:
        parts = Parts(boundary)
        async for chunk in request.stream():
            parts.read(chunk)
        named = parts.by_name()
    except (NotMultipart, ValueError) as fault:
        return FileBody(fault=fault if isinstance(fault, NotMultipart) else NotMultipart())
    details, file = named[DETAILS], named[FILE]
    if len(file.content) > largest:
        return FileBody(fault=FileTooLarge())
    return FileBody(bytes(details.content), bytes(file.content), media_type(file.headers.get(TYPE)))


def media_type(said: str | None) -> str:
    """The type that a part says it has, without what follows."""
    return (said or "").partition(";")[0].strip().lower()
