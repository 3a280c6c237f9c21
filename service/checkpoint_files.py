"""Where checkpoints are kept: a file for each practice in each of several folders, to which lines are only ever added.

A line is written only while every folder can be reached, to one after the other: so the files are alike, or one is the beginning
of the other. The format is fixed: verifiers outside this program depend on it. A line is canonical JSON (see `service.audit`);
its signature is Ed25519 over the canonical JSON of all its other fields; `previous` is SHA-256 of the whole line before it.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import structlog

from service.audit import canonical
from service.checkpoint_keys import CheckpointKeys

FORMAT: Final = "practice-charter checkpoint 1"
PRACTICE: Final = re.compile(r"[A-Z0-9]{1,20}")
LAST_LINES: Final = 64 * 1024  # bytes that are read at a time, from the end, to find the last line
TO_BE_SURE_OF_ONE_LINE: Final = 2  # ends of lines
CAUGHT_UP_TOGETHER: Final = 100  # lines
NEWLINE: Final = b"\n"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class CheckpointsFailed(Exception):
    """A folder of checkpoints can't be written to, or they don't agree with each other. `charter audit verify` says how."""


@dataclass(frozen=True, slots=True)
class Line:
    """One checkpoint as it stands in a file."""

    text: str
    said: dict[str, Any]

    @property
    def number(self) -> int:
        """Its place: the first is 1."""
        return int(self.said["number"])

    @property
    def digest(self) -> str:
        """What the next one calls it."""
        return sha256(self.text.encode()).hexdigest()

    def signed(self, keys: CheckpointKeys) -> bool:
        """Whether it was signed as it stands, by a key that we know."""
        said = {name: value for name, value in self.said.items() if name != "signature"}
        return keys.signed(self.said["key_id"], canonical(said), self.said["signature"])


def signed_line(keys: CheckpointKeys, said: dict[str, Any]) -> Line:
    """A checkpoint that says this."""
    whole = {**said, "key_id": keys.key_id}
    whole["signature"] = keys.sign(canonical(whole))
    return Line(canonical(whole), whole)


def line_in(text: str) -> Line | None:
    """The checkpoint that a line of a file holds, if it has the shape of one."""
    with suppress(ValueError, RecursionError):
        said = json.loads(text)
        if isinstance(said, dict) and said.keys() == SHAPE.keys() and said["format"] == FORMAT:
            return Line(text, said) if all(isinstance(said[name], kind) for name, kind in SHAPE.items()) else None
    return None


SHAPE: Final[dict[str, Any]] = {
    "format": str, "practice": str, "number": int, "previous": str | None, "at": str, "changes": list, "accesses": list,
    "totals": dict, "cursor": dict, "key_id": str, "signature": str,
}  # fmt: skip
"""What stands in a line."""


def file_of(folder: Path, practice: str) -> Path:
    """Where a folder keeps a practice's checkpoints. Raises CheckpointsFailed for what is no code of a practice."""
    if not PRACTICE.fullmatch(practice):
        raise CheckpointsFailed
    return folder / f"{practice}.jsonl"


def practices_in(folders: Sequence[Path]) -> set[str]:
    """Every practice of which a folder keeps checkpoints, whether the database still knows of it or not."""
    return {path.stem for each in folders for path in each.glob("*.jsonl") if PRACTICE.fullmatch(path.stem)}


def texts_in(path: Path) -> Iterator[str]:
    """The lines of a file, one at a time: none where there is no file, and never one that was not finished."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        for each in file:
            if each.endswith(NEWLINE):
                yield each.removesuffix(NEWLINE).decode(errors="replace")


@dataclass(slots=True)
class Sink:
    """A practice's file in one folder, held by us alone."""

    path: Path
    descriptor: int
    last: Line | None = None

    def add(self, lines: Sequence[Line]) -> None:
        """Add lines, whole and on disk, or none of them. Raises OSError."""
        if not lines:
            return
        before = os.fstat(self.descriptor).st_size
        try:
            written = b"".join(each.text.encode() + NEWLINE for each in lines)
            while written:
                written = written[os.write(self.descriptor, written) :]
            os.fsync(self.descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self.descriptor, before)
            raise
        self.last = lines[-1]

    def find_last(self) -> None:
        """Look for the last line; what was not finished after it, by a process that died, goes. Raises CheckpointsFailed."""
        size = begin = os.fstat(self.descriptor).st_size
        tail = b""
        while begin > 0 and tail.count(NEWLINE) < TO_BE_SURE_OF_ONE_LINE:
            begin = max(0, begin - LAST_LINES)
            tail = os.pread(self.descriptor, size - begin, begin)
        whole = tail[: tail.rfind(NEWLINE) + 1]
        if begin + len(whole) < size:
            os.ftruncate(self.descriptor, begin + len(whole))
        text = whole.removesuffix(NEWLINE).rpartition(NEWLINE)[2]
        self.last = line_in(text.decode(errors="replace"))
        if text and self.last is None:
            raise CheckpointsFailed


@contextmanager
def held(folders: Sequence[Path], practice: str) -> Iterator[list[Sink]]:
    """The practice's files in all folders, held by nobody else.

    None if somebody holds one of them already: they see to it. Raises CheckpointsFailed when any folder can't be reached:
    what were numbered without it could be numbered once more without another, and the two would never agree again.
    """
    sinks: list[Sink] = []
    try:
        for folder in folders:
            with _told(folder, practice):
                sinks.append(_opened(file_of(folder, practice)))
        if not all(_locked(each) for each in sinks):
            yield []
            return
        for each in sinks:
            each.find_last()
        yield list(sinks)
    finally:
        for each in sinks:
            os.close(each.descriptor)


def _opened(path: Path) -> Sink:
    new = not path.exists()
    sink = Sink(path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
    if new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return sink


def _locked(sink: Sink) -> bool:
    try:
        fcntl.flock(sink.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _told(folder: Path, practice: str) -> Iterator[None]:
    """Say which folder is out of reach. Raises CheckpointsFailed."""
    try:
        yield
    except OSError as fault:
        log.error("checkpoint_folder_failed", practice=practice, folder=folder.name, fault=type(fault).__name__)
        raise CheckpointsFailed from fault


def add_everywhere(sinks: Sequence[Sink], lines: Sequence[Line]) -> None:
    """Add lines to one file after the other. Raises CheckpointsFailed: then those before it are ahead, and the rest catch up."""
    for each in sinks:
        with _told(each.path.parent, each.path.stem):
            each.add(lines)


def reconcile(sinks: Sequence[Sink], keys: CheckpointKeys) -> Line | None:
    """Give every file what the longest has, and tell the last line of all.

    Raises CheckpointsFailed when one can't take it, and when they don't agree, or hold what was not signed: then nothing is
    added that would hide it.
    """
    longest = max(sinks, key=lambda each: each.last.number if each.last else 0)
    if longest.last and not longest.last.signed(keys):
        raise CheckpointsFailed
    for each in sinks:
        with _told(each.path.parent, each.path.stem):
            _catch_up(each, longest, keys)
    return longest.last


def _catch_up(short: Sink, longest: Sink, keys: CheckpointKeys) -> None:
    lines: list[Line] = []
    for each in _missing(short.last, longest, keys):
        lines.append(each)
        if len(lines) == CAUGHT_UP_TOGETHER:
            short.add(lines)
            lines = []
    short.add(lines)


def _missing(last: Line | None, longest: Sink, keys: CheckpointKeys) -> Iterator[Line]:
    """The lines that follow this one, each checked. Raises CheckpointsFailed."""
    if last == longest.last:
        return
    before, begun = last, last is None
    for each in map(line_in, texts_in(longest.path)):
        if each is None:
            raise CheckpointsFailed
        if begun:
            if not follows(before, each) or not each.signed(keys):
                raise CheckpointsFailed
            before = each
            yield each
        else:
            begun = each == last
    if not begun:
        raise CheckpointsFailed


def follows(before: Line | None, line: Line) -> bool:
    """Whether a line is the next after another, or the first of all."""
    number, digest = (before.number, before.digest) if before else (0, None)
    return (line.number, line.said["previous"]) == (number + 1, digest)
