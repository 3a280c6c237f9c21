"""From a path to text: an ordinary file of bounded size in its own folder, in UTF-8."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from models.text import hidden
from service.yaml_documents.faults import (
    ELSEWHERE,
    HIDDEN,
    LARGEST_FILE,
    MISSING_FILE,
    NOT_A_FILE,
    NOT_UTF_8,
    SYMLINK,
    TOO_LARGE,
    UNREADABLE,
    Fault,
    Unacceptable,
    about_the_file,
)

BYTE_ORDER_MARK = "\ufeff"
SEPARATORS = "\u2028\u2029"
"""YAML 1.1 takes them for line breaks and editors do not: as themselves they would put the lines out of step."""


def content_of(path: Path, folder: Path | None) -> bytes:
    """What stands in a file. Raises Unacceptable."""
    try:
        _refuse_elsewhere(path, folder)
        content = _ordinary_content(path)
    except FileNotFoundError:
        raise Unacceptable([about_the_file(MISSING_FILE)]) from None
    except IsADirectoryError:
        raise Unacceptable([about_the_file(NOT_A_FILE)]) from None
    except (OSError, ValueError, RuntimeError):  # a name with NUL is a ValueError, a circle of links a RuntimeError
        raise Unacceptable([about_the_file(UNREADABLE)]) from None
    if len(content) > LARGEST_FILE:
        raise Unacceptable([about_the_file(TOO_LARGE)])
    return content


def _refuse_elsewhere(path: Path, folder: Path | None) -> None:
    if path.is_symlink():
        raise Unacceptable([about_the_file(SYMLINK)])
    if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
        raise Unacceptable([about_the_file(ELSEWHERE)])


def _ordinary_content(path: Path) -> bytes:
    with open(path, "rb", opener=_open_without_following) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unacceptable([about_the_file(NOT_A_FILE)])
        return file.read(LARGEST_FILE + 1)


def _open_without_following(path: str, flags: int) -> int:
    """Neither follow a link that has just been put there nor wait for a pipe's writer."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def text_of(content: bytes) -> str:
    """The same as text, with nothing hidden in it. Raises Unacceptable."""
    try:
        text = content.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().split("\n")
        raise Unacceptable([Fault(len(before), len(before[-1]) + 1, "", NOT_UTF_8)]) from None
    if faults := list(_hidden_characters(text)):
        raise Unacceptable(faults)
    return text


def _hidden_characters(text: str) -> Iterator[Fault]:
    """Find the first on each line."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.removesuffix("\r"), 1):
            if hidden(character) or character in SEPARATORS:
                yield Fault(number, column, "", HIDDEN)
                break
