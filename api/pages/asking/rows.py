"""What somebody answered, as the last page shows it before it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from api.pages.asking.checks import ADDRESS_LINES, BETWEEN_DIGITS
from api.pages.asking.questions import Journey, Question, Said, Shape
from api.pages.words import Words
from models.people import in_capitals

YES_OR_NO: Final = frozenset({"knows_number", "about_request"})


@dataclass(frozen=True, slots=True)
class Row:
    """One answer: what it is, how it reads, and where it is changed. `kept_together` says that no line may break in it."""

    label: str
    lines: tuple[str, ...]
    href: str
    kept_together: bool = False


def rows_of(journey: Journey, said: Said, words: Words, base: str) -> list[tuple[str, list[Row]]]:
    """Every answer under its heading, in the order of the questions."""
    asked = {each.name: each for each in journey.asked(said)}
    return [
        (words(f"check.{heading}"), [row_of(asked[name], said, words, base) for name in names if name in asked])
        for heading, names in journey.sections
    ]


def row_of(question: Question, said: Said, words: Words, base: str) -> Row:
    """One answer."""
    label = words(f"check.label_{question.name}")
    return Row(label, shown(question, said, words), f"{base}/{question.path}", question.name == "nhs_number")


def shown(question: Question, said: Said, words: Words) -> tuple[str, ...]:
    """An answer in words."""
    if question.name in YES_OR_NO:
        return (words("check.yes" if said[question.name] == "known" else "check.no"),)
    return SHOWN[question.shape](question, said, words)


def line(question: Question, said: Said, _: Words) -> tuple[str, ...]:
    """What was written, line by line; an NHS number as it is read aloud."""
    told = said[question.name]
    return (spaced(told),) if question.name == "nhs_number" else tuple(told.split("\n"))


def day(_: Question, said: Said, words: Words) -> tuple[str, ...]:
    """A day in words."""
    return (words.day(date(int(said["year"]), int(said["month"]), int(said["day"]))),)


def lines(_: Question, said: Said, __: Words) -> tuple[str, ...]:
    """An address, as it stands on a letter."""
    return (*(said[each] for each in ADDRESS_LINES if said[each]), in_capitals(said["postcode"]))


def chosen(question: Question, said: Said, words: Words) -> tuple[str, ...]:
    """What was chosen."""
    return (option_words(question, said[question.name], said, words),)


SHOWN: Final[Mapping[Shape, Callable[[Question, Said, Words], tuple[str, ...]]]] = {
    Shape.CHOICE: chosen, Shape.DAY: day, Shape.LINES: lines, Shape.LINE: line, Shape.PARAGRAPH: line,
}  # fmt: skip


def option_words(question: Question, option: str, said: Said, words: Words) -> str:
    """An option in words: in others where somebody else is meant and there are such."""
    other = f"{question.key}.{option}_other"
    return words(other if said.get("whose") == "somebody" and other in words else f"{question.key}.{option}")


def spaced(number: str) -> str:
    """An NHS number as it is read aloud."""
    digits = BETWEEN_DIGITS.sub("", number)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
