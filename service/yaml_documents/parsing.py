"""From text to plain data: the plain part of YAML, with the place of every name and value."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import events

from models.text import hidden
from service.yaml_documents.faults import (
    ALIAS,
    ANCHOR,
    DEEPEST_NESTING,
    DIRECTIVE,
    EMPTY,
    HIDDEN,
    MERGE,
    MOST_DIGITS,
    NAME_NOT_TEXT,
    NOT_FINITE,
    NOT_YAML,
    SECOND_DOCUMENT,
    SYNTAX,
    TAG,
    TOO_DEEP,
    TOO_MANY_DIGITS,
    TWICE,
    Fault,
    Trail,
    Unacceptable,
    about_the_file,
    pointer_to,
)

NULLS = frozenset({"", "~", "null"})
BOOLEANS = {"true": True, "false": False}
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
WITHOUT_LIMIT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|-?Infinity|NaN")
SPOILT = "\0"
"""How the name of a value that is left out begins: no name that is read can."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, counted from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: Any) -> "Place":  # the stubs say that a mark may be missing; the parser gives each event one
        """The place of a mark, which counts from 0."""
        return cls(mark.line + 1, mark.column + 1)


class Document:
    """A document's plain data, where each name and value stands, and what is wrong with its form."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.names: dict[Trail, Place] = {}
        self.places: dict[Trail, Place] = {}
        self.mappings: set[Trail] = set()
        self.illegible: set[Trail] = set()
        self._loader = yaml.SafeLoader(text)
        self.data = self._read()

    def _read(self) -> object:
        try:
            return self._only_document()
        except yaml.MarkedYAMLError as error:
            self._refuse(error.problem_mark or self._loader.get_mark(), (), _syntax(error.problem or ""))
        except (yaml.YAMLError, ValueError, OverflowError):  # the last two: an escape beyond Unicode's last character
            self._refuse(self._loader.get_mark(), (), NOT_YAML)
        raise Unacceptable(self.faults)

    def _only_document(self) -> object:
        self._next()
        start = self._next()
        if isinstance(start, events.StreamEndEvent) or self._is_empty():
            raise Unacceptable([about_the_file(EMPTY)])
        if start.version or start.tags:
            self._refuse(start.start_mark, (), DIRECTIVE)
        data = self._value(())
        self._next()
        if not isinstance(end := self._next(), events.StreamEndEvent):
            self._refuse(end.start_mark, (), SECOND_DOCUMENT)
        return data

    def _next(self) -> Any:
        return self._loader.get_event()  # type: ignore[no-untyped-call]  # the stubs leave it open

    def _is_empty(self) -> bool:
        first = self._loader.peek_event()  # type: ignore[no-untyped-call]  # as above
        return isinstance(first, events.ScalarEvent) and not first.value and not first.style

    def _refuse(self, mark: Any, trail: Trail, message: str) -> None:
        place = Place.of(mark)
        self.faults.append(Fault(place.line, place.column, pointer_to(trail), message))

    def _value(self, trail: Trail) -> object:
        event = self._next()
        self._refuse_references(event, trail)
        if isinstance(event, events.CollectionStartEvent):
            self.places[trail] = self.names.get(trail) or Place.of(event.start_mark)
            return self._collection(event, trail)
        self.places[trail] = Place.of(event.start_mark)
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, trail)
        self.illegible.add(trail)
        return None

    def _refuse_references(self, event: events.NodeEvent, trail: Trail) -> None:
        if isinstance(event, events.AliasEvent):
            self._refuse(event.start_mark, trail, ALIAS)
        elif event.anchor is not None:
            self._refuse(event.start_mark, trail, ANCHOR)
        if getattr(event, "tag", None) is not None:
            self._refuse(event.start_mark, trail, TAG)

    def _scalar(self, event: events.ScalarEvent, trail: Trail) -> object:
        value, objection = _meaning(event)
        if objection:
            self.illegible.add(trail)
            self._refuse(event.start_mark, trail, objection)
        return value

    def _collection(self, event: events.CollectionStartEvent, trail: Trail) -> object:
        if len(trail) >= DEEPEST_NESTING:
            self._refuse(event.start_mark, trail, TOO_DEEP)
            raise Unacceptable(self.faults)
        if isinstance(event, events.SequenceStartEvent):
            return self._items(trail)
        self.mappings.add(trail)
        return self._members(trail)

    def _items(self, trail: Trail) -> list[object]:
        items: list[object] = []
        while not self._ended():
            items.append(self._value((*trail, len(items))))
        return items

    def _members(self, trail: Trail) -> dict[str, object]:
        members: dict[str, object] = {}
        while not self._ended():
            name = self._name(trail)
            members[name] = self._value((*trail, name))
        return {name: value for name, value in members.items() if not name.startswith(SPOILT)}

    def _ended(self) -> bool:
        ended: bool = self._loader.check_event(events.CollectionEndEvent)
        if ended:
            self._next()
        return ended

    def _name(self, trail: Trail) -> str:
        event = self._next()
        self._refuse_references(event, trail)
        name, objection = _meaning(event)
        if isinstance(event, events.ScalarEvent) and isinstance(name, str):
            return self._name_given_once((*trail, name), event.start_mark)
        self._refuse(event.start_mark, trail, objection or NAME_NOT_TEXT)
        self._pass_over(event)
        return _spoilt(event.start_mark)

    def _pass_over(self, event: events.Event) -> None:
        """Leave out a collection that stands for a name, however deep it goes."""
        depth = int(isinstance(event, events.CollectionStartEvent))
        while depth:
            event = self._next()
            depth += isinstance(event, events.CollectionStartEvent) - isinstance(event, events.CollectionEndEvent)

    def _name_given_once(self, trail: Trail, mark: Any) -> str:
        if first := self.names.get(trail):
            self._refuse(mark, trail, TWICE.format(line=first.line))
            return _spoilt(mark)
        self.names[trail] = Place.of(mark)
        return str(trail[-1])

    def nearest(self, location: Trail, among: Collection[Trail]) -> Trail:
        """Follow a pydantic location as far as it leads, passing over what the document lacks: labels of unions."""
        reached: dict[Trail, int] = {(): 0}
        for position, part in enumerate(location, 1):
            reached |= {(*trail, part): position for trail in reached if (*trail, part) in self.places}
        return max(reached.keys() & among, key=lambda trail: (reached[trail], len(trail)), default=())


def _spoilt(mark: Any) -> str:
    return f"{SPOILT}{mark.line}:{mark.column}"


def _syntax(problem: str) -> str:
    return next((said for start, said in SYNTAX.items() if problem.startswith(start)), NOT_YAML)


def _meaning(event: events.Event) -> tuple[object, str | None]:
    """Tell what a scalar says, or why it says nothing."""
    if not isinstance(event, events.ScalarEvent):
        return None, None
    if any(hidden(character) for character in event.value):
        return None, HIDDEN
    return (event.value, None) if event.style else _plain_meaning(event.value)


def _plain_meaning(written: str) -> tuple[object, str | None]:
    if written in NULLS:
        return None, None
    if written in BOOLEANS:
        return BOOLEANS[written], None
    if WHOLE_NUMBER.fullmatch(written):
        return (None, TOO_MANY_DIGITS) if len(written.lstrip("-")) > MOST_DIGITS else (int(written), None)
    if written == "<<":
        return None, MERGE
    return (None, NOT_FINITE) if WITHOUT_LIMIT.fullmatch(written) else (written, None)
