"""Every word of the forms stands in a catalogue, each catalogue says the same, and a browser gets the language that it asks for."""

import re
import string
from pathlib import Path
from typing import Final

import pytest
from jinja2 import Environment

from api.pages import words as catalogue
from api.pages.words import ENGLISH, FOLDER, Words, catalogues, words_for
from tests.forms import Stranger
from tests.house import House

ENGLISH_WORDS: Final = catalogues()[ENGLISH]
TEMPLATES: Final = sorted(Path("api/pages/templates/asking").glob("*.jinja"))
TAGS: Final = re.compile(r"<[^>]*>")
BUILT: Final = re.compile(r"^no_|^wrong_|^label_|^missing_|_other$|_hint$|_dead$|_email$|_text$")
"""What is put before or after a name to make that of words."""


def places(said: str) -> set[str]:
    """What has to be put into words."""
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}


@pytest.mark.parametrize("language", sorted(catalogues()))
def test_every_catalogue_says_what_the_english_one_says(language: str) -> None:
    other = catalogues()[language].said
    assert other.keys() == ENGLISH_WORDS.said.keys()
    assert all(places(other[name]) == places(said) for name, said in ENGLISH_WORDS.said.items())
    assert len(other["months"].split()) == 12


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_page_has_words_of_its_own(template: Path) -> None:
    said = "".join(
        text
        for _, kind, text in Environment(autoescape=True).lex(template.read_text(encoding="utf-8"))
        if kind == "data"
    )
    assert not re.search(r"[A-Za-z]{3}", TAGS.sub("", said))


def test_no_word_stands_in_the_catalogue_for_nothing() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *Path("api/pages/asking").glob("*.py")))
    for name in ENGLISH_WORDS.said:
        last = name.rpartition(".")[2]
        assert last in sources or BUILT.sub("", last) in sources or name in {"language", "months", "date"}, name


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"), ("cy", "cy"), ("cy-GB,en;q=0.5", "cy"), ("en-GB,cy;q=0.9", "en"), ("de,cy;q=0.1", "cy"), ("de", "en"),
        ("cy;q=0", "en"), ("cy;q=nonsense", "en"),
    ],
)  # fmt: skip
def test_a_browser_gets_the_language_that_it_asks_for(
    monkeypatch: pytest.MonkeyPatch, accepted: str, language: str
) -> None:
    welsh = Words("cy", {**ENGLISH_WORDS.said, "frame.back": "Yn ol"})
    monkeypatch.setattr(catalogue, "catalogues", lambda: {"en": ENGLISH_WORDS, "cy": welsh})
    assert words_for(accepted).language == language


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_another_language_is_one_more_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    welsh = Words("cy", {**ENGLISH_WORDS.said, "right.title": "Beth hoffech chi i ni ei wneud?"})
    monkeypatch.setattr(catalogue, "catalogues", lambda: {"en": ENGLISH_WORDS, "cy": welsh})
    stranger = Stranger(house)
    page = stranger.asks("GET", f"{stranger.base}/ask/right", language="cy").text
    assert '<html lang="cy">' in page
    assert "Beth hoffech chi i ni ei wneud?" in page
    assert [path.name for path in FOLDER.glob("*.toml")] == ["en.toml"]
