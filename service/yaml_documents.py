"""Read a YAML file strictly into a model, saying of everything wrong on which line it stands, and write one back.

Of YAML 1.2 only the plain part is read: `true`, `false`, `null`, `~` and whole numbers mean what they say, all else is
text. So `no`, `on`, `1.10`, `2026-01-02` and `01632 960001` stay as they were written.
"""

import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType
from yaml import events

from models.text import hidden

LARGEST_FILE = 256 * 1024
"""In bytes."""
DEEPEST_NESTING = 32
MOST_DIGITS = 18
"""Of a whole number: what 64 bits hold whatever the digits are."""
LINE_WIDTH = 100
"""In characters: where a written document breaks its lines."""

M = TypeVar("M", bound=BaseModel)
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


def read_document(path: Path, model: type[M], *, folder: Path | None = None) -> M:
    """Read one YAML document into a model; unknown names are refused whatever the model's configuration says.

    With a folder, the file must lie in it. Raises DocumentRefused with all faults at once; where the file stops being
    readable as YAML, with those before that point.
    """
    try:
        return _validated(_Document(_text(_content(path, folder))), model)
    except _Unacceptable as refusal:
        raise DocumentRefused(path, refusal.faults) from None
    except RecursionError:
        raise DocumentRefused(path, [_about_the_file(TOO_DEEP)]) from None


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


# What is wrong with a file or its form

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


class _Unacceptable(Exception):
    """Reading can't go on."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


def _about_the_file(message: str) -> Fault:
    return Fault(0, 0, "", message)


def _pointer(trail: Trail) -> str:
    """Show names that are plain words only: anything may have been typed as a name."""
    return "".join(f"/{part}" if re.fullmatch(r"[\w.-]{1,64}", str(part)) else "/?" for part in trail)


# From a path to text

BYTE_ORDER_MARK = "\ufeff"
SEPARATORS = "\u2028\u2029"
"""YAML 1.1 takes them for line breaks and editors do not: as themselves they would put the lines out of step."""


def _content(path: Path, folder: Path | None) -> bytes:
    try:
        _refuse_elsewhere(path, folder)
        content = _ordinary_content(path)
    except FileNotFoundError:
        raise _Unacceptable([_about_the_file(MISSING_FILE)]) from None
    except IsADirectoryError:
        raise _Unacceptable([_about_the_file(NOT_A_FILE)]) from None
    except (OSError, ValueError, RuntimeError):  # a name with NUL is a ValueError, a circle of links a RuntimeError
        raise _Unacceptable([_about_the_file(UNREADABLE)]) from None
    if len(content) > LARGEST_FILE:
        raise _Unacceptable([_about_the_file(TOO_LARGE)])
    return content


def _refuse_elsewhere(path: Path, folder: Path | None) -> None:
    if path.is_symlink():
        raise _Unacceptable([_about_the_file(SYMLINK)])
    if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
        raise _Unacceptable([_about_the_file(ELSEWHERE)])


def _ordinary_content(path: Path) -> bytes:
    with open(path, "rb", opener=_open_without_following) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _Unacceptable([_about_the_file(NOT_A_FILE)])
        return file.read(LARGEST_FILE + 1)


def _open_without_following(path: str, flags: int) -> int:
    """Neither follow a link that has just been put there nor wait for a pipe's writer."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _text(content: bytes) -> str:
    try:
        text = content.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().split("\n")
        raise _Unacceptable([Fault(len(before), len(before[-1]) + 1, "", NOT_UTF_8)]) from None
    if faults := list(_hidden_characters(text)):
        raise _Unacceptable(faults)
    return text


def _hidden_characters(text: str) -> Iterator[Fault]:
    """Find the first on each line."""
    for number, line in enumerate(text.split("\n"), 1):
        for column, character in enumerate(line.removesuffix("\r"), 1):
            if hidden(character) or character in SEPARATORS:
                yield Fault(number, column, "", HIDDEN)
                break


# From text to plain data

NULLS = frozenset({"", "~", "null"})
BOOLEANS = {"true": True, "false": False}
WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")
WITHOUT_LIMIT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|-?Infinity|NaN")
SPOILT = "\0"
"""How the name of a value that is left out begins: no name that is read can."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands, counted from 1."""

    line: int
    column: int

    @classmethod
    def of(cls, mark: Any) -> "_Place":  # the stubs say that a mark may be missing; the parser gives each event one
        return cls(mark.line + 1, mark.column + 1)


class _Document:
    """A document's plain data, where each name and value stands, and what is wrong with its form."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.names: dict[Trail, _Place] = {}
        self.places: dict[Trail, _Place] = {}
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
        raise _Unacceptable(self.faults)

    def _only_document(self) -> object:
        self._next()
        start = self._next()
        if isinstance(start, events.StreamEndEvent) or self._is_empty():
            raise _Unacceptable([_about_the_file(EMPTY)])
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
        place = _Place.of(mark)
        self.faults.append(Fault(place.line, place.column, _pointer(trail), message))

    def _value(self, trail: Trail) -> object:
        event = self._next()
        self._refuse_references(event, trail)
        if isinstance(event, events.CollectionStartEvent):
            self.places[trail] = self.names.get(trail) or _Place.of(event.start_mark)
            return self._collection(event, trail)
        self.places[trail] = _Place.of(event.start_mark)
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
            raise _Unacceptable(self.faults)
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
        self.names[trail] = _Place.of(mark)
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


# From plain data to the model

FAMILIES = {
    "is missing": "missing",
    "is not a known name here": "extra_forbidden unexpected_keyword_argument",
    "must be names with values": "model_type model_attributes_type dataclass_type dict_type mapping_type",
    "must be a list": "list_type tuple_type set_type frozen_set_type deque_type iterable_type",
    "must be text: put it in quotes if it looks like a number, true, false or null": "string_type",
    "must be true or false, without quotes": "bool_type bool_parsing",
    "must be a whole number, without quotes": "int_type int_parsing int_parsing_size int_from_float",
    "must be a whole number (decimals are read as text)": "float_type float_parsing",
    "must be a decimal number": "decimal_type decimal_parsing",
    "must be empty": "none_required",
    "must be one of: {expected}": "literal_error enum",
    "must be one of: {expected_tags}": "union_tag_invalid",
    "does not say of which kind it is": "union_tag_not_found",
    "must be more than {gt}": "greater_than",
    "must be at least {ge}": "greater_than_equal",
    "must be less than {lt}": "less_than",
    "must be at most {le}": "less_than_equal",
    "must be a multiple of {multiple_of}": "multiple_of",
    "must be a finite number": "finite_number",
    "must have at most {max_digits} digits": "decimal_max_digits",
    "must have at most {decimal_places} decimal places": "decimal_max_places",
    "must have at most {whole_digits} digits before the decimal point": "decimal_whole_digits",
    "must have at least {min_length} items": "too_short",
    "must have at most {max_length} items": "too_long",
    "must have at least {min_length} characters": "string_too_short",
    "must have at most {max_length} characters": "string_too_long url_too_long",
    "is not in the form that it must have": "string_pattern_mismatch",
    "must be a date, as 2026-03-31": "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact",
    "must be a date and time, as 2026-03-31T09:30:00Z": "datetime_type datetime_parsing datetime_from_date_parsing",
    "must be a time of day, as 09:30": "time_type time_parsing",
    "must be a length of time, as P28D": "time_delta_type time_delta_parsing",
    "must be in the past": "date_past datetime_past",
    "must be in the future": "date_future datetime_future",
    "must have a time zone": "timezone_aware",
    "must not have a time zone": "timezone_naive",
    "must be a UUID": "uuid_type uuid_parsing uuid_version",
    "must be a web address": "url_type url_parsing url_syntax_violation",
    "must be a web address that begins with: {expected_schemes}": "url_scheme",
}
"""Our sentences for what pydantic finds: its own repeat what was typed, or speak of JSON."""
SENTENCES = {kind: sentence for sentence, kinds in FAMILIES.items() for kind in kinds.split()}
ANY_OTHER = "is not acceptable here"
BY_AUTHORS = {"value_error", "assertion_error"}
LONGEST_SENTENCE = 300

UNKNOWN_NAMES = {"extra_forbidden", "unexpected_keyword_argument"}
MISREAD_FROM_TEXT = {"bool_type", "int_type", "float_type"}
MISREAD_FROM_NUMBERS = {"date_type", "datetime_type", "time_type", "time_delta_type"}


def _validated(document: _Document, model: type[M]) -> M:
    """Validate as JSON, which has dates, enumerations and sets as text and lists, but never `"yes"` for true.

    What a model's own validator touched no longer counts as JSON, and its dates are refused; so the lenient verdict
    stands, together with whatever it would have misread.
    """
    written = json.dumps(document.data)
    accepted, errors = _attempt(model, written, strict=True)
    if accepted is None:
        misread = [error for error in errors if _is_misread(error)]
        accepted, errors = _attempt(model, written, strict=False)
        errors = misread + errors
    faults = document.faults + list(_faults(document, errors))
    if accepted is None or faults:
        raise _Unacceptable(faults)
    return accepted


def _attempt(model: type[M], written: str, *, strict: bool) -> tuple[M | None, list[ErrorDetails]]:
    try:
        return model.model_validate_json(written, strict=strict, extra="forbid"), []
    except ValidationError as refusal:
        return None, refusal.errors(include_url=False)


def _is_misread(error: ErrorDetails) -> bool:
    if error["type"] in MISREAD_FROM_NUMBERS:
        return not isinstance(error["input"], str)
    return error["type"] in MISREAD_FROM_TEXT


def _faults(document: _Document, errors: list[ErrorDetails]) -> Iterator[Fault]:
    for error in errors:
        trail, place = _whereabouts(document, error)
        if trail not in document.illegible:
            yield Fault(place.line, place.column, _pointer(trail), _sentence(error))


def _whereabouts(document: _Document, error: ErrorDetails) -> tuple[Trail, _Place]:
    location = error["loc"]
    if error["type"] == "missing":
        parent = document.nearest(location[:-1], document.mappings)
        return (*parent, location[-1]), document.places[parent]
    trail = document.nearest(location, document.places)
    if error["type"] in UNKNOWN_NAMES or location[-1:] == ("[key]",):
        return trail, document.names.get(trail, document.places[trail])
    if error["type"] == "union_tag_invalid":
        tag = (*trail, error["ctx"]["discriminator"].strip("'"))
        trail = tag if tag in document.places else trail
    return trail, document.places[trail]


def _sentence(error: ErrorDetails) -> str:
    if error["type"] in BY_AUTHORS or error["type"] not in get_args(ErrorType):
        return _authors_sentence(error)
    limits = {name: _listed(limit) for name, limit in error.get("ctx", {}).items()}
    return SENTENCES.get(error["type"], ANY_OTHER).format_map(limits)


def _listed(limit: object) -> str:
    """Write `'never' or 'by_agreement'` as `never, by_agreement`."""
    return str(limit).replace("' or '", "', '").replace("'", "")


def _authors_sentence(error: ErrorDetails) -> str:
    """Pass on what a model's own validator says, unless it repeats something that was typed."""
    sentence = " ".join(str(error.get("ctx", {}).get("error", error["msg"])).split())
    if not sentence or len(sentence) > LONGEST_SENTENCE or _gives_away(sentence, error["input"]):
        return ANY_OTHER
    return sentence


def _gives_away(sentence: str, typed: object) -> bool:
    said = sentence.casefold()
    texts = [text.casefold() for text in _texts(typed)]
    quoted = [quotation for _, quotation in re.findall(r"""(['"`])(.+?)\1""", said)]
    return any(_stands_in(said, text) or any(quotation in text for quotation in quoted) for text in texts)


def _stands_in(sentence: str, text: str) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", sentence) for form in {text.strip(), repr(text)[1:-1]} - {""}
    )


def _texts(typed: object) -> list[str]:
    """List what may be private: a single value whatever it is, of a collection all but short and enumerated words."""
    leaves = [str(leaf) for leaf in _leaves(typed)]
    if not isinstance(typed, Mapping | list):
        return leaves
    return [leaf for leaf in leaves if not re.fullmatch(r"[a-z_]*|.{0,3}", leaf)]


def _leaves(typed: object) -> Iterator[object]:
    if isinstance(typed, Mapping):
        yield from typed
        typed = list(typed.values())
    if isinstance(typed, list):
        for item in typed:
            yield from _leaves(item)
    else:
        yield typed


# From plain data to a file


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
    raise ValueError(f"{_pointer(trail)}: is neither text, whole number, true, false, null, list nor mapping")


def _plain_collection(collection: Mapping[object, object] | Sequence[object], trail: Trail) -> object:
    if len(trail) >= DEEPEST_NESTING:
        raise ValueError(TOO_DEEP)
    if isinstance(collection, Mapping):
        return {_plain_name(name, trail): _plain(value, (*trail, str(name))) for name, value in collection.items()}
    return [_plain(item, (*trail, position)) for position, item in enumerate(collection)]


def _plain_name(name: object, trail: Trail) -> str:
    if not isinstance(name, str):
        raise ValueError(f"{_pointer(trail)}: {NAME_NOT_TEXT}")
    return _plain_text(name, trail)


def _plain_text(text: str, trail: Trail) -> str:
    if any(hidden(character) for character in text):
        raise ValueError(f"{_pointer(trail)}: {HIDDEN}")
    return str.__str__(text)


def _plain_number(number: int, trail: Trail) -> int:
    if abs(number) >= 10**MOST_DIGITS:
        raise ValueError(f"{_pointer(trail)}: {TOO_MANY_DIGITS}")
    return int(number)
