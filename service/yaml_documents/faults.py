"""What can be wrong with a document, in words that repeat nothing of what stands in it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from models.text import hidden

LARGEST_FILE = 256 * 1024
"""In bytes."""
DEEPEST_NESTING = 32
MOST_DIGITS = 18
"""Of a whole number: what 64 bits hold whatever the digits are."""
LINE_WIDTH = 100
"""In characters: where a written document breaks its lines."""

Trail = tuple[int | str, ...]
"""The names and positions that lead from the top of a document to a value."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a document. Lines and columns count from 1; line 0 is the file as a whole.

    The pointer is a JSON pointer (RFC 6901) in which `?` stands for a name that is not a plain word. The message never
    repeats what stands in the file.
    """

    line: int
    column: int
    pointer: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else ""
        return ": ".join(filter(None, (where, self.pointer, self.message)))


class DocumentRefused(Exception):
    """A document is not acceptable; `faults` says everything that is wrong with it, in line order."""

    def __init__(self, path: Path, faults: Collection[Fault]) -> None:
        super().__init__(path, faults)
        self.path = path
        self.faults = sorted(set(faults))

    def __str__(self) -> str:
        name = "".join("?" if hidden(character) else character for character in self.path.name)
        return "\n".join([f"{name} is refused:", *map(str, self.faults)])


MISSING_FILE = "there is no such file"
NOT_A_FILE = "is not an ordinary file"
SYMLINK = "is a link to another file"
ELSEWHERE = "lies outside the folder that documents are read from"
UNREADABLE = "can't be read"
TOO_LARGE = f"is larger than {LARGEST_FILE // 1024} KB"
EMPTY = "is empty"
NOT_UTF_8 = "is not UTF-8"
HIDDEN = "must not contain control, invisible or direction-changing characters"
TOO_DEEP = f"is nested more than {DEEPEST_NESTING} levels deep"
SECOND_DOCUMENT = "only one document may stand in a file"
DIRECTIVE = "directives are not allowed"
ALIAS = "aliases are not allowed: write the value out"
ANCHOR = "anchors are not allowed"
TAG = "tags are not allowed"
MERGE = "merge keys are not allowed: write the names out"
NAME_NOT_TEXT = "a name must be text: put it in quotes"
TWICE = "is given twice, first on line {line}"
NOT_FINITE = "must be a finite number, or in quotes if it is text"
TOO_MANY_DIGITS = f"must have at most {MOST_DIGITS} digits, or be in quotes if it is text"
NOT_YAML = "is not readable as YAML"
SYNTAX = {
    "mapping values are not allowed": "a colon stands where none can: put text that contains one in quotes",
    "found character '\\t'": "a tab stands where only spaces can",
    "could not find expected ':'": "a name lacks its colon, or an earlier line its quotation mark",
    "found unexpected end of stream": "a quotation mark is not closed",
    "expected <block end>": "the indentation does not fit the lines above",
    "expected the node content": "a value is missing, or a bracket is not closed",
    "expected ','": "a bracket is not closed, or a comma is missing",
    "found unknown escape character": "a backslash in double quotes begins an unknown escape",
    "found undefined tag handle": TAG,
}
"""What PyYAML says, without the characters that it repeats, and what a person can do about it."""


class Unacceptable(Exception):
    """Reading can't go on."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


def about_the_file(message: str) -> Fault:
    """What is wrong with the file as a whole."""
    return Fault(0, 0, "", message)


def pointer_to(trail: Trail) -> str:
    """Show names that are plain words only: anything may have been typed as a name."""
    return "".join(f"/{part}" if re.fullmatch(r"[\w.-]{1,64}", str(part)) else "/?" for part in trail)
