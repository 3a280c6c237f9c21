"""Verifying the audit trail of a practice: the chains, the records, the showings, and the checkpoints outside the database.

Pages are read one after the other; of the whole trail it remembers only what checkpoints list.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final
from uuid import UUID

from service.audit_findings import Finding, Ring, Verdict, faults_of, faults_of_access, unread
from service.audit_reading import FAULTS, Unreadable, accesses_after
from service.audit_walk import lives
from service.checkpoint_files import Line, file_of, follows, line_in, texts_in
from service.checkpoint_keys import CheckpointKeys
from service.checkpoints import Checkpoints
from service.house import House
from service.key_ring import KeyMissing
from service.store import Store
from service.store.trail import Trail

WITNESSED_WITHIN: Final = timedelta(days=1)
"""Checkpoints are made every few minutes: what none lists after a day, none ever will."""

MOST_FINDINGS: Final = 1000


@dataclass(slots=True)
class Report:
    """What came of it. `erased` is lawful: what was sent is gone with its salt. `unwitnessed` is too new for a checkpoint."""

    practice: str
    records: int = 0
    entries: int = 0
    accesses: int = 0
    checkpoints: int = 0
    erased: int = 0
    unwitnessed: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def find(self, findings: Iterable[Finding]) -> None:
        """Keep what is wrong, and of too much of it the number."""
        for each in findings:
            if len(self.findings) < MOST_FINDINGS:
                self.findings.append(each)
            else:
                self.more += 1


@dataclass(slots=True)
class Witness:
    """All that checkpoints list, each once however often it stands there; and how much that is there none of them lists.

    What happened `before` is old enough that one must.
    """

    before: datetime
    listed: set[str] = field(default_factory=set)
    unlisted: int = 0
    passed_over: int = 0

    def see(self, at: datetime, *what: UUID | int) -> None:
        """Something is there, since that moment."""
        if _called(*what) not in self.listed:
            self.unlisted += 1
            self.passed_over += at < self.before


def _called(*what: UUID | int) -> str:
    return "/".join(map(str, what))


async def verify(house: House, checkpoints: Checkpoints, practice: str) -> Report:
    """Everything that can be said of a practice's trail. What can't be read is a finding, and not a failure."""
    report, witness = Report(practice), Witness(house.clock() - WITNESSED_WITHIN)
    ring = {key.key_id: key for key in house.audit_key.ring}
    # Checkpoints first: what they list is there already, and so comes after them.
    for line in _verified_lines(report, checkpoints, practice):
        with _told_if_unreadable(report, f"what checkpoint {line.number} lists"):
            await _verify_listed(house.store.trail, report, line, witness)
    with _told_if_unreadable(report, "the records and their entries"):
        await _verify_chains(house, report, ring, witness)
    with _told_if_unreadable(report, "the showings"):
        await _verify_accesses(house.store, report, ring, witness)
    _compare(report, witness)
    return report


@contextmanager
def _told_if_unreadable(report: Report, what: str) -> Iterator[None]:
    """Something that holds what can't be is a finding, and no reason to look at nothing else."""
    try:
        yield
    except FAULTS as fault:
        report.find([unread(what, key_missing=isinstance(fault, KeyMissing))])


async def _verify_chains(house: House, report: Report, ring: Ring, witness: Witness) -> None:
    async for life in lives(house.store, report.practice):
        report.records += life.kept is not None
        report.entries += len(life.links)
        report.erased += sum(each.salt is None and each.said is None for each in life.entries)
        with _told_if_unreadable(report, f"{life.kind} {life.record_id}"):
            report.find(faults_of(life, ring))
        for each in life.entries:
            witness.see(each.at, each.record_id, each.version)


async def _verify_accesses(store: Store, report: Report, ring: Ring, witness: Witness) -> None:
    after: UUID | None = None
    while page := await accesses_after(store, report.practice, after):
        report.accesses += len(page)
        for each in page:
            if isinstance(each, Unreadable):
                report.find([unread(f"access {each.id}", key_missing=each.key_missing)])
                continue
            with _told_if_unreadable(report, f"access {each.id}"):
                report.find(faults_of_access(each, ring))
            witness.see(each.at, each.id)
        after = page[-1].id


def _compare(report: Report, witness: Witness) -> None:
    """What is there and was never listed: too new, or passed over."""
    report.unwitnessed = witness.unlisted
    if witness.passed_over:
        remark = f"{witness.passed_over} entries and showings are older than a day, and no checkpoint lists them"
        report.find([Finding(Verdict.NEVER_WITNESSED, "the trail", remark)])


# The files of checkpoints


def _verified_lines(report: Report, checkpoints: Checkpoints, practice: str) -> Iterator[Line]:
    """The lines that can be relied on, in order; what is wrong with the others is found on the way."""
    before: Line | None = None
    for lines in _aligned(report, [file_of(each, practice) for each in checkpoints.folders]):
        number = next(each.number for each in lines if each)
        report.checkpoints += 1
        if len({each.digest for each in lines if each}) > 1:
            remark = "the folders keep different lines of this number"
            report.find([Finding(Verdict.CHECKPOINT_MISMATCH, f"checkpoint {number}", remark)])
        report.find(_left_out(number, lines))
        line = _relied_on(report, lines, practice, checkpoints.keys)
        if line:
            report.find(_out_of_place(before, line))
            before = line
            yield line


def _aligned(report: Report, paths: Sequence[Path]) -> Iterator[list[Line | None]]:
    """The lines of several files, side by side by their numbers: none where a file lacks it."""
    files = [_lines_in(report, n, path) for n, path in enumerate(paths, start=1)]
    heads = [next(each, None) for each in files]
    while numbers := [each.number for each in heads if each]:
        first = min(numbers)
        side_by_side = [each if each and each.number == first else None for each in heads]
        yield side_by_side
        heads = [next(files[n], None) if each else heads[n] for n, each in enumerate(side_by_side)]


def _lines_in(report: Report, folder: int, path: Path) -> Iterator[Line]:
    place = count(1)
    try:
        for text in texts_in(path):
            at, line = next(place), line_in(text)
            if line is None:
                remark = f"line {at} in folder {folder} is no checkpoint"
                report.find([Finding(Verdict.CHECKPOINT_MISMATCH, f"checkpoint {at}", remark)])
            else:
                yield line
    except OSError:
        report.find([Finding(Verdict.CHECKPOINT_MISMATCH, f"folder {folder}", "its checkpoints can't be read")])


def _left_out(number: int, lines: Sequence[Line | None]) -> Iterator[Finding]:
    for folder, line in enumerate(lines, start=1):
        if line is None:
            yield Finding(Verdict.CHECKPOINT_MISMATCH, f"checkpoint {number}", f"it is not in folder {folder}")


def _relied_on(report: Report, lines: Sequence[Line | None], practice: str, keys: CheckpointKeys) -> Line | None:
    """The first of these lines that is signed, and the practice's own."""
    good = []
    for folder, line in enumerate(lines, start=1):
        if line is None:
            continue
        if line.said["key_id"] not in keys.public:
            remark = f"in folder {folder} it is signed with a key that we don't have"
            report.find([Finding(Verdict.KEY_UNKNOWN, f"checkpoint {line.number}", remark)])
        elif line.signed(keys) and line.said["practice"] == practice:
            good.append(line)
        else:
            remark = f"in folder {folder} it does not say what was signed"
            report.find([Finding(Verdict.CHECKPOINT_MISMATCH, f"checkpoint {line.number}", remark)])
    return good[0] if good else None


def _out_of_place(before: Line | None, line: Line) -> Iterator[Finding]:
    if not follows(before, line):
        remark = (
            f"it does not follow checkpoint {before.number}" if before else "it is not the first, and none is before it"
        )
        yield Finding(Verdict.CHECKPOINT_MISMATCH, f"checkpoint {line.number}", remark)


# What they list


async def _verify_listed(trail: Trail, report: Report, line: Line, witness: Witness) -> None:
    """Whether all that a line lists is in the database, with the seal that it had then."""
    changes = [((UUID(record), int(version)), seal) for record, version, seal in line.said["changes"]]
    accesses = [(UUID(each), seal) for each, seal in line.said["accesses"]]
    witness.listed |= {_called(*place) for place, _ in changes} | {_called(each) for each, _ in accesses}
    seals = await trail.seals_at(report.practice, [place for place, _ in changes])
    for (record, version), seal in changes:
        report.find(_unlike(f"record {record} version {version}", seal, seals.get((record, version)), line))
    shown = await trail.access_seals(report.practice, [each for each, _ in accesses])
    for each, seal in accesses:
        report.find(_unlike(f"access {each}", seal, shown.get(each), line))


def _unlike(what: str, seal: str | None, found: str | None, line: Line) -> Iterator[Finding]:
    if found is None or seal is None:
        remark = f"checkpoint {line.number} lists it, and its entry is not there"
        yield Finding(Verdict.REMOVED, what, remark)
    elif found != seal:
        remark = f"checkpoint {line.number} lists it with another seal: it was rewritten since"
        yield Finding(Verdict.CHECKPOINT_MISMATCH, what, remark)
