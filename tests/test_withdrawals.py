"""A request is taken back on the pages by whoever made it, after a code that went to its contact, and by nobody else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from api.pages.asking import codes
from service.own_contacts import confirm
from tests.forms import ANSWERS, Stranger
from tests.house import House, house_over
from tests.stories import REQUEST_FROM_WEBSITE
from tests.test_front_door import BY_TEXT, PATH, looked_up

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
JUNK: Final = {"about": {**ANSWERS["about"], "website": "x"}}
WHOSE: Final = [{}, BY_TEXT, JUNK]


@pytest.fixture
def door(furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house whose door is open."""
    with house_over(furnished, tmp_path / "data", quickest_submission=0) as house:
        yield house


def code_in(folder: Path) -> str:
    """The code in the last message that would have gone out."""
    return str(json.loads(max((folder / "data" / "outbox").iterdir()).read_text(encoding="utf-8"))["code"])


def what_came(house: House) -> list[tuple[str, str]]:
    """Every request, and everything that is held: what it is, and how far it has got."""
    return [
        (kind, each["state"])
        for kind in ("rights-requests", "held-submissions")
        for each in house.reads("owl", f"/v1/{kind}?limit=100")["items"]
    ]


def goes_on(stranger: Stranger, step: str, **said: str) -> str:
    """Where a form leads, below the practice's rights."""
    return str(stranger.says(step, **said).headers.get("location", "")).removeprefix(stranger.base)


@pytest.mark.parametrize("instead", WHOSE, ids=["by e-mail", "by text", "held"])
def test_whoever_made_a_request_takes_it_back(door: House, tmp_path: Path, instead: dict[str, dict[str, str]]) -> None:
    """RIGHT-22, DOOR-6, DOOR-4: and what is held is taken back like anything else."""
    stranger = Stranger(door)
    stranger.sends(**instead)
    assert f"{stranger.base}/withdraw" in stranger.sees("/progress").text
    assert "Do you want to take back your request?" in stranger.sees("/withdraw").text
    assert goes_on(stranger, "withdraw", withdraw="no") == "/progress"
    assert goes_on(stranger, "withdraw", withdraw="yes") == "/code"
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/withdraw/confirm"
    assert {state for _, state in what_came(door)} & {"received", "held"}
    assert "Take back my request" in stranger.sees("/withdraw/confirm").text
    assert [goes_on(stranger, "withdraw/confirm") for _ in range(2)] == ["/withdrawn"] * 2
    assert "Request taken back" in stranger.sees("/withdrawn").text
    assert [state for _, state in what_came(door)] == ["withdrawn"]
    page = stranger.sees("/progress").text
    assert "You have taken it back." in page
    assert not any(each in page for each in ("send-code", "/withdraw", "April"))


def test_one_code_is_enough(door: House, tmp_path: Path) -> None:
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/sent")
    stranger.says("send-code")
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/progress"
    assert goes_on(stranger, "withdraw", withdraw="yes") == "/withdraw/confirm"
    assert goes_on(stranger, "withdraw/confirm") == "/withdrawn"


def test_a_code_that_is_said_twice_at_once_counts_once(
    door: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A button that is pressed twice without scripts: whichever comes second finds that the first has done it."""
    heard: list[bool] = []

    async def by_a_twin_first(*said: Any) -> bool:
        heard.extend([await confirm(*said), await confirm(*said)])
        return heard[-1]

    monkeypatch.setattr(codes, "confirm", by_a_twin_first)
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/withdraw")
    stranger.says("withdraw", withdraw="yes")
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/withdraw/confirm"
    assert heard == [True, False]


def test_no_answer_is_told_and_a_new_code_leads_on(door: House, tmp_path: Path) -> None:
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/withdraw")
    for said in ({}, {"withdraw": "perhaps"}):
        answer = stranger.says("withdraw", **said)
        assert (answer.status_code, "Select yes if you want" in answer.text) == (422, True)
    stranger.says("withdraw", withdraw="yes")
    assert goes_on(stranger, "send-code", anew="yes") == "/code"
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/withdraw/confirm"


def test_without_a_code_nothing_is_taken_back(door: House, tmp_path: Path) -> None:
    """RIGHT-22, DOOR-6: the reference and its code are not enough, nor is what another browser was sent."""
    stranger, thief = Stranger(door), Stranger(door, "203.0.113.4")
    stranger.sends()
    reference, code = stranger.told()
    stranger.says("send-code")
    assert looked_up(thief, reference, code).endswith("/progress")
    assert goes_on(thief, "withdraw/confirm") == "/withdraw"
    assert goes_on(thief, "withdraw", withdraw="yes") == "/code"
    assert thief.says("code", contact_code="000000").status_code == 422
    assert goes_on(thief, "withdraw/confirm") == "/withdraw"
    stranger.says("send-code")
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/progress"
    assert goes_on(thief, "withdraw/confirm") == "/withdraw"
    assert thief.sees("/withdraw/confirm").url.path.endswith("/withdraw")
    assert thief.sees("/withdrawn").url.path.endswith("/progress")
    assert what_came(door) == [("rights-requests", "received")]


def test_a_code_for_one_request_takes_back_no_other(door: House, tmp_path: Path) -> None:
    """RIGHT-22, DOOR-6"""
    stranger, another = Stranger(door), Stranger(door, "203.0.113.4")
    another.sends()
    reference, code = another.told()
    stranger.sends()
    stranger.sees("/sent")
    stranger.says("send-code")
    stranger.says("code", contact_code=code_in(tmp_path))
    assert looked_up(stranger, reference, code).endswith("/progress")
    assert goes_on(stranger, "withdraw/confirm") == "/withdraw"
    assert {state for _, state in what_came(door)} == {"received"}


def test_no_other_site_and_nobody_without_a_request_takes_one_back(door: House) -> None:
    stranger, nobody = Stranger(door), Stranger(door)
    stranger.sends()
    stranger.proof = "0" * 64
    assert [stranger.says(each).status_code for each in ("withdraw", "withdraw/confirm")] == [403, 403]
    nobody.sees("/status")
    for page in ("/withdraw", "/withdraw/confirm", "/withdrawn"):
        assert nobody.sees(page).url.path.endswith("/status")
    assert goes_on(nobody, "withdraw", withdraw="yes") == "/progress"


def test_where_no_code_can_go_it_is_taken_back_by_word(door: House) -> None:
    by_post = {**REQUEST_FROM_WEBSITE["concerned"], "contact": {"address": ["1 Forest Path"], "postcode": "ZZ99 3VZ"}}
    said = {"request": {**REQUEST_FROM_WEBSITE, "concerned": by_post}, "seconds": 40}
    by_website = door.ask("website", "POST", PATH, json=said).json()
    caller = Stranger(door)
    caller.sends(**{**BY_TEXT, "phone": {"phone": "01632 960001"}})
    visitor = Stranger(door)
    looked_up(visitor, by_website["reference"], by_website["code"])
    for each in (caller, visitor):
        assert "call or write to the practice and say so" in each.sees("/progress").text
        assert each.sees("/withdraw").url.path.endswith("/progress")


@pytest.mark.parametrize("came", ["by the pages", "by the website", "held"])
def test_it_is_taken_back_also_while_somebody_works_on_it(door: House, tmp_path: Path, came: str) -> None:
    """RIGHT-22, RIGHT-23: the pages act on it for whoever made it, and still show nothing of what the practice does."""
    stranger = Stranger(door)
    if came == "by the website":
        told = door.ask("website", "POST", PATH, json={"request": REQUEST_FROM_WEBSITE, "seconds": 40}).json()
        looked_up(stranger, told["reference"], told["code"])
    else:
        stranger.sends(**(JUNK if came == "held" else {}))
    if came == "held":
        (held,) = door.reads("owl", "/v1/held-submissions")["items"]
        kept = door.ask("owl", "GET", f"/v1/held-submissions/{held['id']}")
        assert door.does("owl", "release", kept).status_code == 200
    (request,) = door.reads("owl", "/v1/rights-requests")["items"]
    record = door.ask("owl", "GET", f"/v1/rights-requests/{request['id']}")
    doubt = {"doubt": "Long hair.", "what_would_settle_it": ["A photograph."]}
    assert door.does("owl", "ask_identity", record, json=doubt).json()["website"] is None
    stranger.sees("/withdraw")
    assert goes_on(stranger, "withdraw", withdraw="yes") == "/code"
    assert goes_on(stranger, "code", contact_code=code_in(tmp_path)) == "/withdraw/confirm"
    assert goes_on(stranger, "withdraw/confirm") == "/withdrawn"
    ended = door.reads("owl", f"/v1/rights-requests/{request['id']}")
    assert (ended["state"], [each["by"] for each in ended["contacts"]]) == ("withdrawn", ["public-pages"])
    assert not any(word in stranger.sees("/progress").text for word in ("Long hair", "photograph", "Rapunzel"))


def test_a_request_that_was_answered_meanwhile_is_not_taken_back(door: House, tmp_path: Path) -> None:
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/withdraw")
    stranger.says("withdraw", withdraw="yes")
    stranger.says("code", contact_code=code_in(tmp_path))
    (request,) = door.reads("owl", "/v1/rights-requests")["items"]
    record = door.ask("owl", "GET", f"/v1/rights-requests/{request['id']}")
    gone = {"right_controller": "The hospital", "how_to_reach_them": "By letter.", "reasons": "They have it."}
    assert door.does("owl", "transfer", record, json=gone).status_code == 200
    assert goes_on(stranger, "withdraw/confirm") == "/withdraw"
    assert [state for _, state in what_came(door)] == ["transferred"]
    assert "It is closed." in stranger.sees("/progress").text


def test_a_contact_that_was_changed_meanwhile_is_proved_anew(door: House, tmp_path: Path) -> None:
    """RIGHT-22: what was shown of an address that is theirs no more shows nothing."""
    stranger = Stranger(door)
    stranger.sends()
    stranger.sees("/withdraw")
    stranger.says("withdraw", withdraw="yes")
    stranger.says("code", contact_code=code_in(tmp_path))
    (request,) = door.reads("owl", "/v1/rights-requests")["items"]
    record = door.ask("owl", "GET", f"/v1/rights-requests/{request['id']}")
    new = {"name": "Rapunzel", "contact": {"email": "tower@example.com"}, "reason": "She moved."}
    assert door.does("owl", "correct_details", record, json=new).status_code == 200
    assert goes_on(stranger, "withdraw/confirm") == "/withdraw"
    assert [state for _, state in what_came(door)] == ["received"]
