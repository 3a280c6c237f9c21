"""Documents are read strictly, their faults told by line, and what is written reads the same."""

import os
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args
from uuid import UUID

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ErrorType

from models.text import hidden
from service.yaml_documents import (
    DEEPEST_NESTING,
    LARGEST_FILE,
    SENTENCES,
    DocumentRefused,
    Fault,
    read_document,
    write_document,
)

M = TypeVar("M", bound=BaseModel)
CANARY = "Rapunzel"


class Rule(StrEnum):
    """A word from a short list."""

    NEVER = "never"
    BY_AGREEMENT = "by_agreement"


class Warn(BaseModel):
    """One kind of step, with a field that is called as the kind is."""

    kind: Literal["warn"]
    warn: str = ""
    days: int


class Letter(BaseModel):
    """Another kind of step."""

    kind: Literal["letter"]
    on: date


class Reviewed(BaseModel):
    """Has a validator that runs before its fields', as shorthands do."""

    value: date
    firm: bool = False
    lead: int = 0

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, said: Any) -> Any:
        return said if isinstance(said, dict) else {"value": said}


class Section(BaseModel):
    """What a section of a document says."""

    device_rule: Rule = Rule.NEVER
    enabled: bool = False
    days: Annotated[int, Field(ge=1, le=90)] = 7


class Document(BaseModel):
    """A document with a bit of everything."""

    title: str
    settings: Section = Section()
    reviewed: Reviewed | None = None
    on: date | None = None
    reference: UUID | None = None
    price: Decimal | None = None
    rules: frozenset[Rule] = frozenset()
    by_rule: dict[Rule, int] = {}
    steps: list[Annotated[Warn | Letter, Field(discriminator="kind")]] = []
    either: int | list[str] | None = None


class Anything(BaseModel):
    """A document of which nothing is known."""

    data: Any = None


class Desk:
    """Where a document is put down and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "document.yaml"

    def reads(self, content: str | bytes, model: type[M]) -> M:
        self.path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_document(self.path, model)

    def refuses(self, content: str | bytes, model: type[BaseModel] = Document) -> list[str]:
        with pytest.raises(DocumentRefused) as refusal:
            self.reads(content, model)
        assert refusal.value.path == self.path
        return [str(fault) for fault in refusal.value.faults]


@pytest.fixture(scope="module")
def whatever(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whatever") / "whatever.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _refused(path: Path, folder: Path | None = None) -> list[str]:
    with pytest.raises(DocumentRefused) as refusal:
        read_document(path, Document, folder=folder)
    return [str(fault) for fault in refusal.value.faults]


# Reading what is right


def test_a_document_becomes_the_model(desk: Desk) -> None:
    read = desk.reads(
        """\
title: The castle's rules
settings:
  device_rule: by_agreement
  enabled: true
  days: 14
on: 2026-01-02
reference: 0190163d-8694-739b-aea5-966c26f8ad91
price: 1.50
rules: [never]
by_rule: {never: 3}
steps:
  - {kind: warn, days: 28}
  - kind: letter
    on: 2026-03-04
either: [a]
""",
        Document,
    )
    assert read == Document(
        title="The castle's rules",
        settings=Section(device_rule=Rule.BY_AGREEMENT, enabled=True, days=14),
        on=date(2026, 1, 2),
        reference=UUID("0190163d-8694-739b-aea5-966c26f8ad91"),
        price=Decimal("1.50"),
        rules=frozenset({Rule.NEVER}),
        by_rule={Rule.NEVER: 3},
        steps=[Warn(kind="warn", days=28), Letter(kind="letter", on=date(2026, 3, 4))],
        either=["a"],
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("999999999999999999", 999999999999999999),
        ("-999999999999999999", -999999999999999999),
        ("'true'", "true"),
        ('"7"', "7"),
        ('""', ""),
    ],
)
def test_what_is_not_text_says_so(desk: Desk, written: str, read: object) -> None:
    data = desk.reads(f"data: {written}", Anything).data
    assert (data, type(data)) == (read, type(read))


TEXT_THAT_LOOKS_LIKE_MORE = """
no on yes off y n No True FALSE Null 1.10 1e3 012 01632960001 +44 0x1F 0o17 0b1 1_000 12:30:45 2026-01-02 = inf nan
2026-01-02T03:04:05Z 12345678901234567890x
"""


@pytest.mark.parametrize("written", TEXT_THAT_LOOKS_LIKE_MORE.split())
def test_all_else_is_text_as_it_was_written(desk: Desk, written: str) -> None:
    assert desk.reads(f"data: {written}", Anything).data == written
    assert desk.reads(f"data: {{{written} : 1}}", Anything).data == {written: 1}


@pytest.mark.parametrize("written", ["yes", "no", "on", "off", "True", '"true"', "1", "0", '"1"', "null"])
def test_a_switch_is_true_or_false_and_nothing_else(desk: Desk, written: str) -> None:
    assert desk.refuses(f"title: a\nsettings:\n  enabled: {written}") == [
        "line 3: /settings/enabled: must be true or false, without quotes"
    ]


@pytest.mark.parametrize("written", ['"7"', "7.0", "true", "07"])
def test_a_number_is_not_guessed_from_text(desk: Desk, written: str) -> None:
    assert desk.refuses(f"title: a\nsettings: {{days: {written}}}") == [
        "line 2: /settings/days: must be a whole number, without quotes"
    ]


def test_text_is_not_guessed_from_numbers(desk: Desk) -> None:
    assert desk.refuses("title: 2026") == [
        "line 1: /title: must be text: put it in quotes if it looks like a number, true, false or null"
    ]


def test_dates_are_read_below_a_validator_that_runs_first_but_nothing_is_guessed(desk: Desk) -> None:
    assert desk.reads("title: a\nreviewed: 2026-01-02", Document).reviewed == Reviewed(value=date(2026, 1, 2))
    assert desk.refuses('title: a\nreviewed:\n  value: 20260102\n  firm: yes\n  lead: "3"\non: 86400') == [
        "line 3: /reviewed/value: must be a date, as 2026-03-31",
        "line 4: /reviewed/firm: must be true or false, without quotes",
        "line 5: /reviewed/lead: must be a whole number, without quotes",
        "line 6: /on: must be a date, as 2026-03-31",
    ]


@pytest.mark.parametrize("content", ["\ufefftitle: a", "title: a\r\non: 2026-01-02\r\n", "---\ntitle: a\n...\n"])
def test_a_byte_order_mark_windows_lines_and_document_marks_do_no_harm(desk: Desk, content: str) -> None:
    assert desk.reads(content, Document).title == "a"


def test_names_may_be_any_text_in_quotes(desk: Desk) -> None:
    assert desk.reads('data: {"1": a, "<<": b, "true": c, "": d}', Anything).data == {
        "1": "a",
        "<<": "b",
        "true": "c",
        "": "d",
    }


# Saying what is wrong, and where


def test_all_faults_are_told_at_once_in_line_order(desk: Desk) -> None:
    assert desk.refuses(
        """\
title: 5
settings:
  device_rule: sometimes
  days: 91
  colour: red
  device_rule: never
on: 2026-13-01
reference: &anchor abc
price: *anchor
rules: [never, often]
by_rule:
  often: 3
steps:
  - kind: warn
    warn: a
  - kind: shout
  - {}
  - kind: letter
    on: soon
    to: me
either: x
<<: {a: b}
7: seven
reviewed: !!python/object/apply:os.system
  value: .inf
---
title: b
"""
    ) == [
        "line 1: /title: must be text: put it in quotes if it looks like a number, true, false or null",
        "line 3: /settings/device_rule: must be one of: never, by_agreement",
        "line 4: /settings/days: must be at most 90",
        "line 5: /settings/colour: is not a known name here",
        "line 6: /settings/device_rule: is given twice, first on line 3",
        "line 7: /on: must be a date, as 2026-03-31",
        "line 8: /reference: anchors are not allowed",
        "line 8: /reference: must be a UUID",
        "line 9: /price: aliases are not allowed: write the value out",
        "line 10: /rules/1: must be one of: never, by_agreement",
        "line 12: /by_rule/often: must be one of: never, by_agreement",
        "line 14: /steps/0/days: is missing",
        "line 16: /steps/1/kind: must be one of: warn, letter",
        "line 17: /steps/2: does not say of which kind it is",
        "line 19: /steps/3/on: must be a date, as 2026-03-31",
        "line 20: /steps/3/to: is not a known name here",
        "line 21: /either: must be a list",
        "line 21: /either: must be a whole number, without quotes",
        "line 22: merge keys are not allowed: write the names out",
        "line 23: a name must be text: put it in quotes",
        "line 24: /reviewed: tags are not allowed",
        "line 25: /reviewed/value: must be a finite number, or in quotes if it is text",
        "line 26: only one document may stand in a file",
    ]


def test_a_fault_knows_its_line_and_column_and_the_refusal_its_file(desk: Desk) -> None:
    desk.path.write_text("title: a\nsettings:\n  enabled: yes\n")
    with pytest.raises(DocumentRefused) as refusal:
        read_document(desk.path, Document)
    assert refusal.value.faults == [Fault(3, 12, "/settings/enabled", "must be true or false, without quotes")]
    assert str(refusal.value) == (
        "document.yaml is refused:\nline 3: /settings/enabled: must be true or false, without quotes"
    )


def test_a_missing_name_is_told_where_its_section_begins(desk: Desk) -> None:
    class Outer(BaseModel):
        section: Letter
        name: str

    assert desk.refuses("# first\nsection:\n  kind: letter\n", Outer) == [
        "line 2: /name: is missing",
        "line 2: /section/on: is missing",
    ]


def test_an_unknown_name_is_told_on_its_own_line_whatever_the_model_allows(desk: Desk) -> None:
    class Lenient(BaseModel):
        model_config = ConfigDict(extra="allow")

    assert desk.refuses("\nmore:\n\n  than: this\n", Lenient) == ["line 2: /more: is not a known name here"]


def test_a_name_is_told_on_its_own_line_when_its_value_is_on_another(desk: Desk) -> None:
    assert desk.refuses("title: a\nmore:\n  than this\nby_rule:\n  often:\n\n    3\n") == [
        "line 2: /more: is not a known name here",
        "line 5: /by_rule/often: must be one of: never, by_agreement",
    ]


def test_a_name_that_stands_further_up_too_does_not_mislead(desk: Desk) -> None:
    unknown = "device_rule: a\nenabled: a\ndays: a\n"
    assert desk.refuses("title: a\nsettings: {device_rule: a, enabled: a, days: a}\n" + unknown) == [
        "line 2: /settings/device_rule: must be one of: never, by_agreement",
        "line 2: /settings/enabled: must be true or false, without quotes",
        "line 2: /settings/days: must be a whole number, without quotes",
        "line 3: /device_rule: is not a known name here",
        "line 4: /enabled: is not a known name here",
        "line 5: /days: is not a known name here",
    ]


def test_a_value_that_could_not_be_read_has_one_fault(desk: Desk) -> None:
    assert desk.refuses("title: *a\nsettings: {days: .nan}") == [
        "line 1: /title: aliases are not allowed: write the value out",
        "line 2: /settings/days: must be a finite number, or in quotes if it is text",
    ]


def test_a_kind_that_a_model_works_out_itself_is_told_at_the_value(desk: Desk) -> None:
    class Steps(BaseModel):
        step: Annotated[
            Annotated[Warn, Tag("warn")] | Annotated[Letter, Tag("letter")], Discriminator(lambda step: step["sort"])
        ]

    assert desk.refuses("\nstep:\n  sort: shout\n", Steps) == ["line 2: /step: must be one of: warn, letter"]


def test_a_field_called_as_its_kind_does_not_mislead(desk: Desk) -> None:
    step = "  - kind: warn\n    warn: a\n    days: soon\n"
    assert desk.refuses("title: a\nsteps:\n" + step * 4) == [
        f"line {line}: /steps/{number}/days: must be a whole number, without quotes"
        for number, line in enumerate((5, 8, 11, 14))
    ]


def test_what_a_model_says_as_a_whole_stands_at_its_section(desk: Desk) -> None:
    class Period(BaseModel):
        first: int
        last: int

        @model_validator(mode="after")
        def _in_order(self) -> "Period":
            if self.first > self.last:
                raise ValueError("the last day\nmust not come before the first")
            return self

    class Outer(BaseModel):
        period: Period

    assert desk.refuses("\nperiod:\n  first: 2\n  last: 1\n", Outer) == [
        "line 2: /period: the last day must not come before the first"
    ]


def test_limits_are_told_without_what_was_typed(desk: Desk) -> None:
    class Limits(BaseModel):
        above: Annotated[int, Field(gt=5)] = 6
        below: Annotated[int, Field(lt=5)] = 4
        even: Annotated[int, Field(multiple_of=2)] = 2
        short: Annotated[str, Field(max_length=2)] = ""
        long: Annotated[str, Field(min_length=2)] = ".."
        few: Annotated[list[int], Field(max_length=1)] = []
        many: Annotated[list[int], Field(min_length=1)] = [1]
        form: Annotated[str, Field(pattern="^[a-c]$")] = "a"
        moment: AwareDatetime | None = None
        number: float = 0
        places: Annotated[Decimal, Field(max_digits=3, decimal_places=1)] = Decimal(0)
        nothing: None = None
        one: Literal[1, 2] = 1

    assert desk.refuses(
        "above: 5\nbelow: 5\neven: 3\nshort: abc\nlong: a\nfew: [1, 2]\nmany: []\nform: d\n"
        "moment: 2026-01-02T03:04:05\nnumber: 1.5\nplaces: 1.25\nnothing: 0\none: 3\n",
        Limits,
    ) == [
        "line 1: /above: must be more than 5",
        "line 2: /below: must be less than 5",
        "line 3: /even: must be a multiple of 2",
        "line 4: /short: must have at most 2 characters",
        "line 5: /long: must have at least 2 characters",
        "line 6: /few: must have at most 1 items",
        "line 7: /many: must have at least 1 items",
        "line 8: /form: is not in the form that it must have",
        "line 9: /moment: must have a time zone",
        "line 10: /number: must be a whole number (decimals are read as text)",
        "line 11: /places: must have at most 1 decimal places",
        "line 12: /nothing: must be empty",
        "line 13: /one: must be one of: 1 or 2",
    ]


def test_sentences_are_for_faults_that_there_are() -> None:
    assert SENTENCES.keys() <= set(get_args(ErrorType))


# Repeating nothing that was typed


def _quotes_it(typed: str) -> str:
    raise ValueError(f"{typed} lives in a tower")


def _quotes_a_part(typed: str) -> str:
    raise ValueError(f"'{typed[:4]}' is no name")


def _asserts(typed: str) -> str:
    raise AssertionError(typed)


def _has_its_own_kind(typed: str) -> str:
    raise PydanticCustomError("tower", "there is a tower for {name}", {"name": typed})


def _says_nothing(_typed: str) -> str:
    raise ValueError


def _says_too_much(_typed: str) -> str:
    raise ValueError("hair " * 100)


@pytest.mark.parametrize(
    "talkative", [_quotes_it, _quotes_a_part, _asserts, _has_its_own_kind, _says_nothing, _says_too_much]
)
def test_a_validator_that_repeats_what_was_typed_is_not_heard(desk: Desk, talkative: Any) -> None:
    class Talkative(BaseModel):
        name: Annotated[str, AfterValidator(talkative)]

    assert desk.refuses(f"name: {CANARY}", Talkative) == ["line 1: /name: is not acceptable here"]


def test_escapes_do_not_hide_that_a_text_is_repeated(desk: Desk) -> None:
    def refuse(typed: str) -> str:
        raise ValueError(f"not {typed!r}")

    class Tower(BaseModel):
        name: Annotated[str, AfterValidator(refuse)]

    assert desk.refuses(f'name: "{CANARY}\\nof the tower"', Tower) == ["line 1: /name: is not acceptable here"]


@pytest.mark.parametrize("person", [f"{{name: {CANARY}}}", f"{{{CANARY}: name}}"])
def test_a_section_that_repeats_a_text_in_it_is_not_heard(desk: Desk, person: str) -> None:
    class Tower(BaseModel):
        people: list[dict[str, str]]

        @model_validator(mode="after")
        def _empty(self) -> "Tower":
            raise ValueError(f"no room for {CANARY}")

    assert desk.refuses(f"people: [{person}]", Tower) == ["line 1: is not acceptable here"]


def test_a_section_may_speak_of_enumerated_words_in_it(desk: Desk) -> None:
    class Tower(BaseModel):
        device_rule: Rule
        days: int

        @model_validator(mode="after")
        def _no(self) -> "Tower":
            raise ValueError("by_agreement needs at least 14 days")

    assert desk.refuses("device_rule: by_agreement\ndays: 14", Tower) == ["line 1: by_agreement needs at least 14 days"]


def test_a_validator_that_repeats_nothing_is_heard(desk: Desk) -> None:
    def refuse(_typed: str) -> str:
        raise PydanticCustomError("tower", "nobody lives in the {place}", {"place": "tower"})

    class Tower(BaseModel):
        name: Annotated[str, AfterValidator(refuse)]

    assert desk.refuses(f"name: {CANARY}", Tower) == ["line 1: /name: nobody lives in the tower"]


@pytest.mark.parametrize(
    "content",
    [
        f"{CANARY}",
        f"title: [{CANARY}]",
        f"title: {{{CANARY} {CANARY}: 1}}",
        f"{CANARY} of the tower: 1",
        f'"{CANARY}\\0": 1',
        f"title: &{CANARY} a",
        f"title: *{CANARY}",
        f"title: !{CANARY} a",
        f"title: !{CANARY}!x a",
        f"%{CANARY}\n---\ntitle: [",
        f"%TAG !{CANARY}! {CANARY}\n---\n",
        f"title: a: {CANARY}",
        f'title: "{CANARY}',
        f'title: "\\{CANARY}"',
        f"title: @{CANARY}",
        f"title: a\n{CANARY} {CANARY}\non: b",
        f"title: a\non: {CANARY}",
        f"title: a\nreference: {CANARY}",
        f"title: a\nprice: {CANARY}",
        f"title: a\nrules: [{CANARY}]",
        f"title: a\nby_rule: {{{CANARY} {CANARY}: 1}}",
        f"title: a\nsteps: [{{kind: {CANARY}}}]",
        f"title: a\neither: {CANARY}",
        f"title: a\nsettings: {CANARY}",
        f"title: {CANARY}\x00",
    ],
)
def test_no_fault_repeats_what_was_typed(desk: Desk, content: str) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        desk.reads(content, Document)
    assert CANARY not in f"{refusal.value} {refusal.value.faults!r}"
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("name", ["two words", "a/b", "x" * 65, "a'b"])
def test_a_name_that_is_no_plain_word_is_not_repeated(desk: Desk, name: str) -> None:
    assert desk.refuses(f'title: a\n"{name}": 1') == ["line 2: /?: is not a known name here"]


# Refusing what could mean more than it shows


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", ["is empty"]),
        ("# nothing\n", ["is empty"]),
        ("---\n", ["is empty"]),
        ("~", ["line 1: must be names with values"]),
        ("''", ["line 1: must be names with values"]),
        ("data: 1\n---\n", ["line 2: only one document may stand in a file"]),
        ("%YAML 1.1\n---\ndata: on", ["line 1: directives are not allowed"]),
        ("%TAG !x! tag:example.com,2026:\n---\ndata: 1", ["line 1: directives are not allowed"]),
        ("data: &a 1", ["line 1: /data: anchors are not allowed"]),
        ("data: &a [1]", ["line 1: /data: anchors are not allowed"]),
        ("&a data: 1", ["line 1: anchors are not allowed"]),
        (
            "data: &a [*a]",
            ["line 1: /data: anchors are not allowed", "line 1: /data/0: aliases are not allowed: write the value out"],
        ),
        (
            "*a : 1",
            [
                "line 1: a name must be text: put it in quotes",
                "line 1: aliases are not allowed: write the value out",
            ],
        ),
        ("data: !!str 1", ["line 1: /data: tags are not allowed"]),
        ("data: ! 1", ["line 1: /data: tags are not allowed"]),
        ("data: !!binary aGk=", ["line 1: /data: tags are not allowed"]),
        ("data: !<tag:example.com,2026:a> 1", ["line 1: /data: tags are not allowed"]),
        ("data: !!python/object/apply:os.system [id]", ["line 1: /data: tags are not allowed"]),
        ("data: !!set {a}", ["line 1: /data: tags are not allowed"]),
        ("!!str data: 1", ["line 1: tags are not allowed"]),
        ("data: !e!x 1", ["line 1: tags are not allowed"]),
        ("data:\n  <<: {a: 1}", ["line 2: /data: merge keys are not allowed: write the names out"]),
        ("data: {a: 1,\n a: 2}", ["line 2: /data/a: is given twice, first on line 1"]),
        ("data: {a: 1, 'a': 2}", ["line 1: /data/a: is given twice, first on line 1"]),
        (
            "data: 1\ndata: 2\ndata: 3",
            ["line 2: /data: is given twice, first on line 1", "line 3: /data: is given twice, first on line 1"],
        ),
        *[
            (f"data: {{{name}: 1}}", ["line 1: /data: a name must be text: put it in quotes"])
            for name in ("1", "true", "null", "~", "[a]", "{a: b}", "? [a, [b]]")
        ],
        *[
            (f"data: {number}", ["line 1: /data: must be a finite number, or in quotes if it is text"])
            for number in (".nan", ".NaN", ".inf", "-.Inf", "+.INF", "NaN", "Infinity", "-Infinity")
        ],
        (
            f"data: {'9' * 19}",
            ["line 1: /data: must have at most 18 digits, or be in quotes if it is text"],
        ),
        (
            f"data: -{'9' * 5000}",
            ["line 1: /data: must have at most 18 digits, or be in quotes if it is text"],
        ),
        *[
            (content, ["line 2: must not contain control, invisible or direction-changing characters"])
            for content in (
                "data:\n \0",
                "data:\n \x1b",
                "#\n# \x7f",
                "#\n# \x85",
                "#\n# \u202e",
                "#\n# \u200b",
                "#\n\ufeff",
                "#\n# \u2028",
                "#\n# \ufffe",
            )
        ],
        ("data: a\rb", ["line 1: must not contain control, invisible or direction-changing characters"]),
        *[
            (
                f'data: "{escape}"',
                ["line 1: /data: must not contain control, invisible or direction-changing characters"],
            )
            for escape in (r"\0", r"\e", r"\r", r"\uD800", r"\u202e", r"\x85")
        ],
        (r'"\0": 1', ["line 1: must not contain control, invisible or direction-changing characters"]),
        (r'data: "\UFFFFFFFF"', ["line 1: is not readable as YAML"]),
        (r'data: "\U00110000"', ["line 1: is not readable as YAML"]),
        (f"%YAML 1.{'9' * 5000}\n---\ndata: 1", ["line 1: is not readable as YAML"]),
        (b"data: 1\nmore: caf\xe9\n", ["line 2: is not UTF-8"]),
        ("data: 1".encode("utf-16"), ["line 1: is not UTF-8"]),
        (
            "data: 1".encode("utf-16-le"),
            ["line 1: must not contain control, invisible or direction-changing characters"],
        ),
        ("data:\n\ta: 1", ["line 2: a tab stands where only spaces can"]),
        ("data: a: b", ["line 1: a colon stands where none can: put text that contains one in quotes"]),
        ("data: [a\n", ["line 2: a bracket is not closed, or a comma is missing"]),
        ("data: [", ["line 1: a value is missing, or a bracket is not closed"]),
        ('data: "a\n', ["line 2: a quotation mark is not closed"]),
        ('data: "\\q"', ["line 1: a backslash in double quotes begins an unknown escape"]),
        ("data:\n  - a\n b: c", ["line 3: the indentation does not fit the lines above"]),
        ("[a]\n'b\n\nc'", ["line 2: is not readable as YAML"]),
        ("data: a\nb\nc: d", ["line 3: a name lacks its colon, or an earlier line its quotation mark"]),
        ("data: @", ["line 1: is not readable as YAML"]),
        ("data: &a 1\nmore: @", ["line 1: /data: anchors are not allowed", "line 2: is not readable as YAML"]),
    ],
)
def test_what_could_mean_more_than_it_shows_is_refused(desk: Desk, content: str | bytes, faults: list[str]) -> None:
    assert [fault for fault in desk.refuses(content, Anything) if "known name" not in fault] == faults


def test_values_without_a_proper_name_do_not_meet(desk: Desk) -> None:
    assert desk.refuses("data:\n  1: {a: b}\n  2: {a: b}\n  c: {a: b}\n  c: {a: b}", Anything) == [
        "line 2: /data: a name must be text: put it in quotes",
        "line 3: /data: a name must be text: put it in quotes",
        "line 5: /data/c: is given twice, first on line 4",
    ]


def test_a_document_that_swells_is_refused_before_it_does(desk: Desk) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert all("allowed" in fault or "known" in fault for fault in desk.refuses(bomb, Anything))


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", "data: ["])
def test_endless_depth_is_refused(desk: Desk, opening: str) -> None:
    assert desk.refuses(opening * 30_000, Anything)


def test_depth_is_counted(desk: Desk) -> None:
    deepest = DEEPEST_NESTING - 1
    assert desk.reads("data: " + "[" * deepest + "]" * deepest, Anything).data
    assert desk.refuses("data: " + "[" * (deepest + 1) + "]" * (deepest + 1), Anything) == [
        f"line 1: /data{'/0' * deepest}: is nested more than 32 levels deep"
    ]


def test_running_out_of_stack_is_a_refusal_too(desk: Desk) -> None:
    def endless(typed: str) -> str:
        return endless(typed)

    class Endless(BaseModel):
        data: Annotated[str, AfterValidator(endless)]

    assert desk.refuses("data: a", Endless) == ["is nested more than 32 levels deep"]


SCRAPS = [
    "a",
    "b: ",
    "data: ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ": ",
    "? ",
    "'",
    '"',
    "\\",
    "&a ",
    "*a",
    "!!str ",
    "---\n",
]
SCRAPS += [
    "...\n",
    "\n",
    "  ",
    "\t",
    "#",
    "~",
    "1",
    "<<: ",
    "|",
    ">-",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "!x!",
    "!%FF ",
    "\\U",
]


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(st.characters(codec="utf-8")).map(str.encode),
        st.lists(st.sampled_from(SCRAPS), max_size=25).map("".join).map(str.encode),
    )
)
def test_whatever_stands_in_a_file_is_read_or_refused(whatever: Path, content: bytes) -> None:
    whatever.write_bytes(content)
    outcome: Any
    try:
        outcome = read_document(whatever, Anything)
    except DocumentRefused as refusal:
        outcome = refusal.faults
    assert outcome


# Refusing files


def test_a_file_may_have_256_kilobytes_and_no_more(desk: Desk) -> None:
    largest = "data: a #".ljust(LARGEST_FILE, "#")
    assert desk.reads(largest, Anything).data == "a"
    assert desk.refuses(largest + "#", Anything) == ["is larger than 256 KB"]


def test_a_file_that_is_not_there_or_none_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    assert _refused(tmp_path / "absent.yaml") == ["there is no such file"]
    assert _refused(tmp_path) == ["is not an ordinary file"]
    assert _refused(tmp_path / "pipe") == ["is not an ordinary file"]
    assert _refused(Path("/dev/zero")) == ["is not an ordinary file"]
    assert _refused(tmp_path / "file" / "below.yaml") == ["can't be read"]
    assert _refused(tmp_path / ("x" * 300)) == ["can't be read"]
    assert _refused(tmp_path / "nul\0.yaml") == ["can't be read"]


def test_a_file_that_may_not_be_read_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_arguments: object) -> int:
        raise PermissionError(CANARY)

    desk.path.touch()
    monkeypatch.setattr(os, "open", forbid)
    assert _refused(desk.path) == ["can't be read"]


def test_a_link_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real.yaml").write_text("title: a")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.yaml")
    (tmp_path / "circle.yaml").symlink_to(tmp_path / "circle.yaml")
    assert _refused(tmp_path / "link.yaml") == ["is a link to another file"]
    assert _refused(tmp_path / "circle.yaml", tmp_path) == ["is a link to another file"]
    monkeypatch.setattr(Path, "is_symlink", lambda _path: False)  # the link is put there after the look
    assert _refused(tmp_path / "link.yaml") == ["can't be read"]


def test_a_file_lies_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("title: a")
    folder = tmp_path / "folder"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "inside.yaml").write_text("title: a")
    (folder / "way_out").symlink_to(tmp_path)
    (tmp_path / "folder_beside").mkdir()
    (tmp_path / "folder_beside" / "near.yaml").write_text("title: a")
    (tmp_path / "other_way_in").symlink_to(folder)

    assert read_document(folder / "deeper" / "inside.yaml", Document, folder=folder).title == "a"
    assert read_document(folder / "deeper" / ".." / "deeper" / "inside.yaml", Document, folder=folder).title == "a"
    assert read_document(folder / "deeper" / "inside.yaml", Document, folder=tmp_path / "other_way_in").title == "a"
    for path in (
        folder / ".." / "outside.yaml",
        folder / "way_out" / "outside.yaml",
        folder / "way_out" / "absent.yaml",
        folder / ".." / "folder_beside" / "near.yaml",
        tmp_path / "outside.yaml",
        Path("/etc/hostname"),
    ):
        assert _refused(path, folder) == ["lies outside the folder that documents are read from"]


def test_a_circle_of_links_on_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert _refused(tmp_path / "circle" / "document.yaml", tmp_path) == ["can't be read"]


def test_a_file_with_a_strange_name_can_be_spoken_of(tmp_path: Path) -> None:
    assert str(DocumentRefused(tmp_path / "a\x1b[2J\u202e.yaml", [])) == "a?[2J?.yaml is refused:"


# Writing


def test_a_document_is_written_for_people() -> None:
    shared = ["never", "no"]
    written = write_document(
        {
            "title": "Der Müller's rules",
            "rules": shared,
            "again": shared,
            "letter": "Dear miller,\n\nthe mill stops.\n",
            "summary": "The mill turns on every day on which the river is neither frozen nor dry, " * 2 + "and rests.",
            "on": "2026-01-02",
            "steps": [{"kind": "warn", "days": 28, "warn": None, "done": False}],
            "empty": [],
        }
    )
    assert (
        written
        == """\
title: Der Müller's rules
rules:
  - never
  - 'no'
again:
  - never
  - 'no'
letter: |
  Dear miller,

  the mill stops.
summary: >-
  The mill turns on every day on which the river is neither frozen nor dry, The mill turns on every day
  on which the river is neither frozen nor dry, and rests.
'on': '2026-01-02'
steps:
  - kind: warn
    days: 28
    warn: null
    done: false
empty: []
"""
    )


READ_OTHERWISE_BY_SOME = """
no No NO yes on off y n Y N true True false null Null ~ 1 -1 +1 012 0o17 0x1F 0b1 1_000 1.5 1. .5 1e3 -1E+3 2026-01-02
2026-01-02T03:04:05Z 12:30:45 .inf -.INF .nan NaN Infinity -Infinity inf nan << = - ? : # @ ` % & * !
"""
AMBIGUOUS = [
    *READ_OTHERWISE_BY_SOME.split(),
    *[
        "",
        " ",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "'",
        '"',
        "\\",
        "\n",
        "\na",
        "a\n",
        "a\n\n",
        " a\nb",
        "a\n b",
        "a \nb",
    ],
    *[
        "\t",
        "\ta\nb",
        "a\tb",
        "---",
        "...",
        "--- a\nb",
        "\u2028",
        "\xa0",
        "é",
        "👩\u200d⚕️",
        "| a",
        "> a",
        "{a",
        "[a",
    ],
    *["word " * 40, "word  " * 40, " word" * 40, "  word" * 40, "w" * 300, "a\n " + "word " * 40 + "b"],
]


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_text_stays_text_here_and_for_other_readers(desk: Desk, text: str) -> None:
    data = {"data": {"value": text, text: ["a", text, [text]]}}
    assert desk.reads(write_document(data), Anything).model_dump() == data
    assert yaml.safe_load(write_document(data)) == data


@pytest.mark.parametrize("text", ["y", "N", "1e3", "0o17", "NaN", "+Infinity", "1.", "-.5E-3"])
def test_text_that_another_reader_takes_for_something_else_is_in_quotes(text: str) -> None:
    assert write_document({"data": text}) == f"data: '{text}'\n"


def _is_seen(text: str) -> bool:
    return all(not hidden(character) for character in text)


TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8")).filter(_is_seen),
    st.text(" \n\t'\":#-|>ab\\", max_size=30),
    st.lists(
        st.sampled_from(["word", "a stretch of several words", " ", "  ", "\n", "#", ": ", "- "]), max_size=60
    ).map("".join),
    st.sampled_from(AMBIGUOUS),
)
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(1 - 10**18, 10**18 - 1), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.fixed_dictionaries({"data": PLAIN}))
def test_what_is_written_reads_the_same(whatever: Path, data: dict[str, Any]) -> None:
    whatever.write_text(write_document(data), newline="")
    assert _exactly(read_document(whatever, Anything).model_dump()) == _exactly(data)


def _exactly(data: Any) -> str:
    """Tell `True` from `1`, and one order of names from another."""
    return repr(data)


def test_enumerated_words_and_numbers_are_written_as_what_they_are() -> None:
    assert write_document({"rule": Rule.NEVER, "sections": (Old.NO, Level.LOW)}) == (
        "rule: never\nsections:\n  - 'no'\n  - 1\n"
    )


class Level(IntEnum):
    """A number with a name."""

    LOW = 1


class Old(str, Enum):  # noqa: UP042 - the form before StrEnum, whose str() is not its value
    """A word in the old form."""

    NO = "no"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"a": {"b": 1.5}}, "/a/b: is neither text, whole number, true, false, null, list nor mapping"),
        ({"a": [date(2026, 1, 2)]}, "/a/0: is neither text, whole number, true, false, null, list nor mapping"),
        ({"a": b"a"}, "/a: is neither text, whole number, true, false, null, list nor mapping"),
        ({"a": {"b"}}, "/a: is neither text, whole number, true, false, null, list nor mapping"),
        ({"a": {1: "b"}}, "/a: a name must be text: put it in quotes"),
        ({"a": "\0"}, "/a: must not contain control, invisible or direction-changing characters"),
        ({"a": {"\ud800": "b"}}, "/a: must not contain control, invisible or direction-changing characters"),
        ({"a": 10**18}, "/a: must have at most 18 digits, or be in quotes if it is text"),
        ({"a": -(10**18)}, "/a: must have at most 18 digits, or be in quotes if it is text"),
        ({"a": "b" * LARGEST_FILE}, "is larger than 256 KB"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(data: Mapping[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        write_document(data)


def test_a_circle_is_not_written() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="is nested more than 32 levels deep"):
        write_document({"data": circle})


def test_the_deepest_document_is_written_and_read(desk: Desk) -> None:
    deepest: object = "a"
    for _ in range(DEEPEST_NESTING - 1):
        deepest = [deepest]
    assert desk.reads(write_document({"data": deepest}), Anything).data == deepest
    with pytest.raises(ValueError, match="is nested more than 32 levels deep"):
        write_document({"data": [deepest]})
