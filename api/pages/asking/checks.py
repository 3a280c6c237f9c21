"""What is wrong with an answer, said by the name of the words that tell it: never by what was typed."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from nhs_number.constants import REGION_ENGLAND, REGION_SYNTHETIC
from nhs_number.validate import is_valid
from pydantic import TypeAdapter, ValidationError

from api.pages.asking.questions import Check, Fault, Here, Said
from models.people import in_capitals
from models.practices import Email
from models.text import tidy

LONGEST_LINE: Final = 200
LONGEST_PARAGRAPH: Final = 4000
LONGEST_EMAIL: Final = 254
LONGEST_PHONE: Final = 30
DIGITS_OF_A_PHONE: Final = range(7, 16)
DIGITS_OF_AN_NHS_NUMBER: Final = 10
DIGITS_OF_A_YEAR: Final = 4
EARLIEST_YEAR: Final = 1900
BETWEEN_DIGITS: Final = re.compile(r"[ .()/-]")
EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)
ADDRESS_LINES: Final = ("line_1", "line_2", "town", "county")
OBLIGATORY_LINES: Final = ("line_1", "town")


def seen(said: str) -> bool:
    """Whether a text is in order: nothing in it that can't be seen."""
    try:
        tidy(said)
    except ValueError:
        return False
    return True


def one_of(name: str, options: tuple[str, ...]) -> Check:
    """One option was chosen."""

    def check(said: Said, _: Here) -> list[Fault]:
        return [] if said[name] in options else [Fault(name, f"{name}.missing")]

    return check


def text(name: str, longest: int, words: str = "") -> Check:
    """Something was written, and not too much."""
    key = words or name

    def check(said: Said, _: Here) -> list[Fault]:
        told = said[name]
        if not told:
            return [Fault(name, f"{key}.missing")]
        if len(told) > longest:
            return [Fault(name, f"{key}.long")]
        return [] if seen(told) and (longest > LONGEST_LINE or "\n" not in told) else [Fault(name, f"{key}.wrong")]

    return check


def email(said: Said, _: Here) -> list[Fault]:
    """An address as e-mail is sent to."""
    told = said["email"]
    if not told:
        return [Fault("email", "email.missing")]
    if len(told) > LONGEST_EMAIL:
        return [Fault("email", "email.long")]
    try:
        EMAIL.validate_python(told)
    except ValidationError:
        return [Fault("email", "email.wrong")]
    return [] if seen(told) and told.isprintable() else [Fault("email", "email.wrong")]


def phone(said: Said, _: Here) -> list[Fault]:
    """A number in any form that people write one in."""
    told = said["phone"]
    if not told:
        return [Fault("phone", "phone.missing")]
    if len(told) > LONGEST_PHONE:
        return [Fault("phone", "phone.long")]
    digits = BETWEEN_DIGITS.sub("", told.removeprefix("+"))
    right = digits.isascii() and digits.isdigit() and len(digits) in DIGITS_OF_A_PHONE
    return [] if right else [Fault("phone", "phone.wrong")]


def nhs_number(said: Said, here: Here) -> list[Fault]:
    """Ten digits, however they are spaced, of which the last one checks the others."""
    digits = BETWEEN_DIGITS.sub("", said["nhs_number"])
    if not digits:
        return [Fault("nhs_number", "nhs_number.missing")]
    if not (digits.isascii() and digits.isdigit()):
        return [Fault("nhs_number", "nhs_number.letters")]
    if len(digits) != DIGITS_OF_AN_NHS_NUMBER:
        return [Fault("nhs_number", f"nhs_number.{'short' if len(digits) < DIGITS_OF_AN_NHS_NUMBER else 'long'}")]
    regions = [REGION_ENGLAND, *[REGION_SYNTHETIC] * here.synthetic_nhs_numbers]
    return [] if any(is_valid(digits, each) for each in regions) else [Fault("nhs_number", "nhs_number.wrong")]


def born(said: Said, here: Here) -> list[Fault]:
    """A real day in the past. The fault is told at the first part that is wrong."""
    parts = {name: said[name] for name in ("day", "month", "year")}
    empty = [name for name, each in parts.items() if not each]
    if len(empty) == len(parts):
        return [Fault("day", "born.missing")]
    if empty:
        return [Fault(empty[0], f"born.no_{empty[0]}")]
    if not all(each.isascii() and each.isdigit() for each in parts.values()):
        wrong = next(name for name, each in parts.items() if not (each.isascii() and each.isdigit()))
        return [Fault(wrong, "born.wrong")]
    if len(parts["year"]) != DIGITS_OF_A_YEAR:
        return [Fault("year", "born.short_year")]
    return real_day(int(parts["day"]), int(parts["month"]), int(parts["year"]), here)


def real_day(day: int, month: int, year: int, here: Here) -> list[Fault]:
    """Whether there was such a day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return [Fault("day" if 1 <= month <= 12 else "month", "born.wrong")]  # noqa: PLR2004 - the months of a year
    if year < EARLIEST_YEAR:
        return [Fault("year", "born.wrong")]
    return [Fault("year", "born.future")] if found > here.today else []


def address(said: Said, _: Here) -> list[Fault]:
    """Where a letter arrives: the lines that there must be, and a postcode."""
    faults = [Fault(each, f"address.no_{each}") for each in OBLIGATORY_LINES if not said[each]]
    faults += [Fault(each, "address.long") for each in ADDRESS_LINES if len(said[each]) > LONGEST_LINE]
    faults += [Fault(each, "address.wrong") for each in ADDRESS_LINES if not seen(said[each]) or "\n" in said[each]]
    return [*faults, *postcode(said["postcode"])]


def postcode(said: str) -> list[Fault]:
    """A postcode in any spelling."""
    if not said:
        return [Fault("postcode", "address.no_postcode")]
    try:
        in_capitals(said)
    except ValueError:
        return [Fault("postcode", "address.wrong_postcode")]
    return []


def matching(name: str, pattern: Callable[[str], object]) -> Check:
    """Something in one form, such as a reference."""

    def check(said: Said, _: Here) -> list[Fault]:
        if not said[name]:
            return [Fault(name, f"{name}.missing")]
        return [] if pattern(said[name]) else [Fault(name, f"{name}.wrong")]

    return check
