"""A request's whole history as a document for the regulator: each date with its steps, each step with who took it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from models.reckonings import Reckoning
from models.rights_history import DatesThen, History, HistoryEntry
from workflows.engine import words
from workflows.outlines import Block, Kind, Outline, Pair, Section, in_words, listed, moment_in_words

LEFT_OUT: Final = frozenset(
    {"id", "practice", "version", "seal", "clock", "due", "extension_by", "past_reckonings", "content_hash"}
)
"""What of a record is told elsewhere in the document, or is a machine's own."""

FOUND: Final = (
    "This document was made from the records and the audit trail of the practice. Each step has the seal of its link."
)


def outline(history: History, practice: str) -> Outline:
    """The document: made anew from what there is, and never kept."""
    missing = (
        [f"Not shown to whoever made this: {', '.join(map(words, history.not_shown))}."] if history.not_shown else []
    )
    return Outline(
        title=f"History of rights request {history.reference}", practice=practice, notice=None,
        introduction=(f"Made on {in_words(history.made_on)}.", FOUND, *missing), sections=tuple(sections(history)),
    )  # fmt: skip


def sections(history: History) -> Iterator[Section]:
    """In the order in which a regulator asks: what was asked, when an answer was due and why, and what was done."""
    yield Section("request", "The request", (pairs(history.request),))
    yield Section(
        "dates", "Dates, and how each came out", tuple(block for each in history.dates for block in of_dates(each))
    )
    yield Section("steps", "What happened", tuple(block for each in history.entries for block in of_entry(each)))
    for key, title, records in (
        ("letters", "Letters", history.letters), ("restrictions", "Restrictions", history.restrictions),
        ("complaints", "Complaints", history.complaints),
        ("recipients", "Who was told (Article 19)", [each.model_dump(mode="json") for each in history.recipients]),
    ):  # fmt: skip
        yield Section(key, title, tuple(each_of(records)))


def each_of(records: Iterable[Mapping[str, Any]]) -> Iterator[Block]:
    """Every record, or that there is none."""
    told = [pairs(each) for each in records]
    yield from told or [Block(Kind.TEXT, "None.")]


def of_dates(dates: DatesThen) -> Iterator[Block]:
    """The dates of one stretch of time, each with its steps."""
    until = (
        f"Until {moment_in_words(dates.until)}, when it changed: {words(dates.because or '')}" if dates.until else "Now"
    )
    yield Block(Kind.QUESTION, until)
    if dates.reason:
        yield Block(Kind.TEXT, dates.reason)
    for name, found in (("The answer is due", dates.due), ("An extension can be told", dates.extension_by)):
        yield from of_reckoning(name, found)


def of_reckoning(name: str, found: Reckoning | None) -> Iterator[Block]:
    """One date, and how it was worked out."""
    if found is None:
        yield Block(Kind.TEXT, f"{name}: no period ran.")
        return
    yield Block(Kind.ANSWER, f"{name} by the end of {in_words(found.day)}.")
    yield from listed(found.steps)
    yield Block(Kind.SOURCES, f"{found.law}, with {found.calendar}.")


def of_entry(entry: HistoryEntry) -> Iterator[Block]:
    """One step: what, when, who, and what they said."""
    yield Block(Kind.QUESTION, f"{moment_in_words(entry.at)}: {words(entry.kind)}, {words(entry.transition)}")
    who = f"{entry.actor} ({', '.join(map(words, entry.roles)) or 'no role'})"
    state = (
        f"from {words(entry.source)} to {words(entry.target)}" if entry.source else f"begins as {words(entry.target)}"
    )
    yield Block(Kind.TEXT, f"By {who}; {state}.")
    if isinstance(entry.said, dict) and any(entry.said.values()):
        yield pairs(entry.said)
    yield Block(Kind.SOURCES, f"Version {entry.version}, seal {entry.seal}.")


def pairs(record: Mapping[str, Any]) -> Block:
    """What a record says, name by name, without what says nothing."""
    told = {name: text(value) for name, value in record.items() if name not in LEFT_OUT}
    return Block(Kind.PAIRS, pairs=tuple(Pair(words(name).capitalize(), said) for name, said in told.items() if said))


def text(value: Any) -> str:
    """A value as it is read; nothing for what says nothing."""
    if isinstance(value, Mapping):
        inner = [(words(str(name)), text(each)) for name, each in value.items()]
        return "; ".join(f"{name}: {said}" for name, said in inner if said)
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(text, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
