"""Strangers learn nothing from how much work an answer takes: whatever is wrong, the same statements are made."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.forms import Stranger
from tests.house import PERSON, House, house_over
from tests.stories import REQUEST_FROM_WEBSITE
from tests.test_front_door import ELSEWHERE, PATH

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LITERAL: Final = re.compile(r"'(?:[^']|'')*'|x'[0-9a-f]*'|\b\d+\b", re.IGNORECASE)
WRONG: Final = "0000-0000-0000-0000"
SOMEBODY: Final = {"nhs-number": {"nhs_number": "999 000 0123"}, "name": {"name": PERSON["name"]},
                   "born": {"day": "4", "month": "5", "year": "2001"}}  # fmt: skip
NOBODY: Final = {"nhs-number": {"nhs_number": "999 000 0042"}, "name": {"name": "Little Nobody Not There"},
                 "born": {"day": "5", "month": "4", "year": "2000"}}  # fmt: skip


@pytest.fixture
def door(furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house whose door is open, and which knows somebody."""
    with house_over(furnished, tmp_path / "data", quickest_submission=0) as house:
        house.recorded("bear")
        yield house


def statements(house: House, asks: Callable[[], int], status: int) -> Counter[str]:
    """What was asked of the database meanwhile, without the values."""
    said: list[str] = []
    for connection in (house.store.reader, house.store.writer):
        connection.set_trace_callback(lambda sql: said.append(LITERAL.sub("?", sql)))
    assert asks() == status
    for connection in (house.store.reader, house.store.writer):
        connection.set_trace_callback(None)
    return Counter(said)


def test_whatever_is_wrong_with_a_reference_the_same_is_asked_of_the_database(door: House) -> None:
    """DOOR-4: a reference that there is, one that there is not, another practice's, what is held, and what is none at all."""
    here, abroad, held = Stranger(door), Stranger(door, practice=ELSEWHERE), Stranger(door, "203.0.113.5")
    here.sends()
    abroad.sends()
    held.sends(about={"about": "Slippers.", "website": "x"})
    (reference, _), (foreign, code), (waiting, _) = here.told(), abroad.told(), held.told()
    guesser = Stranger(door, "203.0.113.6")
    guesser.sees("/status")

    def tries(reference: str, code: str) -> Callable[[], int]:
        return lambda: guesser.says("status", reference=reference, status_code=code).status_code

    tries("RR-0000-0000", WRONG)()
    wrong = [("RR-0000-0000", WRONG), (reference, WRONG), (waiting, WRONG), (foreign, code), ("no", "no")]
    made = [statements(door, tries(*each), 422) for each in wrong]
    assert made[0].total() >= 4
    assert all(each == made[0] for each in made)


def test_nothing_of_a_record_is_opened_before_its_code_is_right(door: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """DOOR-4: what costs time besides statements is opening what is sealed."""
    stranger = Stranger(door)
    stranger.sends()
    reference, code = stranger.told()
    opened: list[str] = []
    own: Any = door.store.find

    async def noted(kind: type[Any], *said: Any) -> Any:
        opened.append(kind.__name__)
        return await own(kind, *said)

    stranger.sees("/status")
    monkeypatch.setattr(door.store, "find", noted)
    stranger.says("status", reference=reference, status_code=WRONG)
    assert set(opened) == {"Practice"}
    assert stranger.says("status", reference=reference, status_code=code).status_code == 303


@pytest.mark.parametrize("by_website", [True, False], ids=["website", "pages"])
def test_for_somebody_known_the_same_is_asked_of_the_database(door: House, *, by_website: bool) -> None:
    """DOOR-4: no statement more or less, and none that names people."""

    def passes_on(who: dict[str, dict[str, str]]) -> Callable[[], int]:
        born = who["born"]
        concerned = {
            **REQUEST_FROM_WEBSITE["concerned"], "name": who["name"]["name"], "nhs_number": who["nhs-number"]["nhs_number"],
            "date_of_birth": f"{born['year']}-0{born['month']}-0{born['day']}",
        }  # fmt: skip
        said = {"request": {**REQUEST_FROM_WEBSITE, "concerned": concerned}, "seconds": 40}
        return lambda: door.ask("website", "POST", PATH, json=said).status_code

    def sends(who: dict[str, dict[str, str]]) -> Callable[[], int]:
        stranger = Stranger(door, f"203.0.113.{len(who['name']['name'])}")
        stranger.answers(**who)
        return lambda: stranger.says("check").status_code

    asks, status = (passes_on, 201) if by_website else (sends, 303)
    asks(NOBODY)()
    unknown, known = (statements(door, asks(who), status) for who in (NOBODY, SOMEBODY))
    assert unknown == known
    assert unknown.total() >= 5
    assert not any(re.search(r"\b(?:FROM|INTO|UPDATE) person\b", each) for each in unknown)
