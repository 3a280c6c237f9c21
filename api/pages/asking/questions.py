"""What a question on a page is: what it asks for, when it is asked, and what is wrong with an answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Said = Mapping[str, str]
"""Answers, each by the name of its field, as they were typed and tidied."""


class Shape(StrEnum):
    """How a question looks."""

    CHOICE = "choice"
    LINE = "line"
    PARAGRAPH = "paragraph"
    DAY = "day"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: its name, and what helps the browser to help."""

    name: str
    autocomplete: str = ""
    kind: str = "text"
    inputmode: str = ""
    width: int = 0
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: the name of the words that say so."""

    field: str
    words: str


Check = Callable[[Said, "Here"], list[Fault]]


@dataclass(frozen=True, slots=True)
class Here:
    """What checking needs besides: whether NHS numbers of the range for tests are taken, and the day in London."""

    synthetic_nhs_numbers: bool
    today: date


def always(_: Said) -> bool:
    """Asked of everybody."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One page of a form. Its words stand in the catalogue under its name; `of_person` ones have others for somebody else."""

    name: str
    shape: Shape
    fields: tuple[Field, ...]
    check: Check
    options: tuple[str, ...] = ()
    asked: Callable[[Said], bool] = always
    holds: Callable[[Said], bool] = always
    of_person: bool = False
    words: str = ""

    @property
    def path(self) -> str:
        """How its address goes on below that of its form."""
        return f"ask/{self.step}"

    @property
    def step(self) -> str:
        """How its address ends."""
        return self.name.replace("_", "-")

    @property
    def key(self) -> str:
        """Under what its words stand in the catalogue."""
        return self.words or self.name

    def answered(self, said: Said) -> bool:
        """Whether every field of it was seen to, and goes with the other answers. What may be left empty was sent empty."""
        return all(each.name in said for each in self.fields) and self.holds(said)


@dataclass(frozen=True, slots=True)
class Journey:
    """The questions of one form, in order, and how its addresses begin."""

    name: str
    path: str
    questions: tuple[Question, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """What the last page shows under which heading."""
    linked: tuple[str, ...] = ()
    """What a link to the form may say already: nothing personal."""

    def question(self, step: str) -> Question | None:
        """The question whose address ends like this."""
        return next((each for each in self.questions if each.step == step), None)

    def asked(self, said: Said) -> list[Question]:
        """The questions that these answers lead to."""
        return [each for each in self.questions if each.asked(said)]

    def next_open(self, said: Said, after: Question | None = None) -> Question | None:
        """The first question that is not answered, from here on; None once there is none left anywhere."""
        open_ones = [each for each in self.asked(said) if not each.answered(said)]
        if after is None or not open_ones:
            return open_ones[0] if open_ones else None
        place = self.questions.index(after)
        return next((each for each in open_ones if self.questions.index(each) > place), open_ones[0])

    def before(self, said: Said, this: Question) -> Question | None:
        """The question that was asked before this one."""
        asked = self.asked(said)
        place = asked.index(this)
        return asked[place - 1] if place else None

    def relevant(self, said: Said) -> dict[str, str]:
        """The answers to questions that were asked: what somebody answered before they changed their mind is left out."""
        return {field.name: said[field.name] for each in self.asked(said) for field in each.fields}
