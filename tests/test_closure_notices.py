"""Stories: the practice closes, and everybody learns of it in good time, in every place, and where to go meanwhile (S-07, S-08)."""

import pytest

from tests.house import FACEBOOK, HOME, PRACTICES, House, publish_policy
from tests.stories import adopt, closure_notice, in_time, refused, rewritten, settled, told_of

IMPERIAL = PRACTICES["imperial"]
DOOR, PHONE, WEBSITE = ({"place": each} for each in ("door", "phone_message", "website"))


def test_s_07_a_closure_is_public_only_when_it_stands_in_every_place_that_the_policy_names(house: House) -> None:
    notice = closure_notice(house.clock)
    post = house.approved("hansel", practice=IMPERIAL, **notice)

    for place in (DOOR, PHONE, WEBSITE):
        refusal = house.does("hansel", "publish", post, practice=IMPERIAL, json=FACEBOOK)
        assert refused(refusal) == (422, "companions_arranged")
        assert "publish" not in post.json()["available_transitions"]
        post = house.does("hansel", "arrange_notice", post, practice=IMPERIAL, json=place)
    published = house.does("hansel", "publish", post, practice=IMPERIAL, json=FACEBOOK)

    assert published.json()["state"] == "published"
    assert [each["place"] for each in published.json()["companion_notices"]] == ["door", "phone_message", "website"]


def test_s_07_a_post_that_goes_to_the_website_stands_there_already(house: House) -> None:
    post = house.drafted("hansel", practice=IMPERIAL, platforms=["facebook", "website"], **closure_notice(house.clock))
    for transition, person, sent in (
        ("arrange_notice", "hansel", DOOR), ("submit", "hansel", {}), ("arrange_notice", "hansel", PHONE),
        ("approve", "rapunzel", {}), ("publish", "hansel", FACEBOOK),
    ):  # fmt: skip
        post = house.does(person, transition, post, practice=IMPERIAL, json=sent)
        assert post.status_code == 200, post.text

    assert post.json()["state"] == "published"


def test_s_07_what_is_arranged_leaves_the_approval_as_it_was(house: House) -> None:
    post = house.approved("hansel", practice=IMPERIAL, **closure_notice(house.clock))

    arranged = house.does("hansel", "arrange_notice", post, practice=IMPERIAL, json=DOOR)

    assert (arranged.json()["state"], arranged.json()["approval"]) == ("approved", post.json()["approval"])


def test_s_07_an_unplanned_closure_waits_for_nothing(house: House) -> None:
    notice = closure_notice(house.clock, in_days=0.1, planned=False)

    assert house.published("hansel", practice=IMPERIAL, **notice).json()["state"] == "published"


def test_s_07_each_place_is_recorded_once_and_only_for_a_closure(house: House) -> None:
    notice, news = house.drafted(**closure_notice(house.clock)), house.drafted()

    notice = house.does("goldilocks", "arrange_notice", notice, json=DOOR)

    assert refused(house.does("midas", "arrange_notice", notice, json=DOOR)) == (422, "not_arranged_yet")
    assert refused(house.does("midas", "arrange_notice", news, json=DOOR)) == (422, "announces_a_closure")
    assert "arrange_notice" not in news.json()["available_transitions"]
    assert refused(house.does("hansel", "arrange_notice", notice, json=PHONE)) == (403, "role")


def test_s_07_a_notice_on_the_door_of_another_day_does_not_count(house: House) -> None:
    post = house.drafted(**closure_notice(house.clock, in_days=14))
    post = house.does("goldilocks", "arrange_notice", post, json=DOOR)

    kept = house.does("goldilocks", "edit", post, json=rewritten(**closure_notice(house.clock, in_days=14)))
    moved = house.does("goldilocks", "edit", kept, json=rewritten(**closure_notice(house.clock, in_days=15)))

    assert [each["place"] for each in kept.json()["companion_notices"]] == ["door"]
    assert moved.json()["companion_notices"] == []


@pytest.mark.parametrize("lead", [7, 21])
def test_s_07_a_planned_closure_is_announced_as_many_days_ahead_as_the_practice_has_settled(
    house: House, lead: int
) -> None:
    if lead != 7:
        adopt(house, closure_lead_days=lead)

    just_in_time = house.submitted(**closure_notice(house.clock, in_days=lead))
    a_second_late = house.submitted(**closure_notice(house.clock, in_days=lead - 1 / 86400))

    assert just_in_time.status_code == 200
    assert refused(a_second_late) == (422, "closure_in_good_time")


def test_s_07_a_late_notice_says_why_and_an_unplanned_one_need_not(house: House) -> None:
    explained = closure_notice(house.clock, in_days=2, short_notice_reason="The trainer fell ill.")
    unplanned = closure_notice(house.clock, in_days=2, planned=False)

    assert house.submitted(**explained).status_code == 200
    assert house.submitted(**unplanned).status_code == 200


def test_s_07_a_schedule_keeps_the_lead_time_and_ends_before_the_closure(house: House) -> None:
    planned = house.approved(**closure_notice(house.clock, in_days=14))
    unplanned = house.approved(**closure_notice(house.clock, in_days=14, planned=False))
    too_late = {"publish_at": in_time(house.clock, days=7, seconds=1)}
    just_right = {"publish_at": in_time(house.clock, days=7)}
    after = {"publish_at": in_time(house.clock, days=14)}

    assert refused(house.does("goldilocks", "schedule", planned, json=too_late)) == (422, "scheduled_in_good_time")
    assert house.does("goldilocks", "schedule", planned, json=just_right).json()["state"] == "scheduled"
    assert refused(house.does("goldilocks", "schedule", unplanned, json=after)) == (422, "time_lies_ahead")
    assert house.does("goldilocks", "schedule", unplanned, json=too_late).json()["state"] == "scheduled"


def test_s_07_of_publication_and_closure_what_comes_first_is_due(house: House) -> None:
    post = house.approved(**closure_notice(house.clock, in_days=14))
    assert post.json()["due_for"] == "expiry"

    post = house.does("goldilocks", "schedule", post, json={"publish_at": in_time(house.clock, days=1)})

    assert (post.json()["due_for"], post.json()["due_at"]) == ("publication", "2026-03-03T12:00:00Z")


HELPFUL = (
    "We are closed. In an emergency call 999, for urgent advice 111.",
    "Closed. NHS 111 helps; 999 in an emergency.",
    "111/999",
)
HELPLESS = (
    "We are closed.",
    "We are closed. In an emergency call 999.",
    "We are closed. For urgent advice call 111.",
    "We are closed. Call 01632 999111.",
    "We are closed. Call 9990 or 1110.",
    "We are closed from 1999 until 2111.",
)


def test_s_08_a_closure_notice_says_where_to_go_in_an_emergency_and_for_urgent_advice(house: House) -> None:
    for text in HELPFUL:
        assert house.submitted(**closure_notice(house.clock) | {"text": text}).status_code == 200, text
    for text in HELPLESS:
        answer = house.submitted(**closure_notice(house.clock) | {"text": text})
        assert refused(answer) == (422, "closure_says_where_to_go"), text


def test_s_07_the_website_is_told_when_a_closure_is_public(house: House) -> None:
    post = house.published(**closure_notice(house.clock))

    assert "practice_website" in told_of(house, post)["post.publish"]


def test_a_practice_opens_again_after_it_closes(house: House) -> None:
    notice = closure_notice(house.clock, in_days=14, reopens_at=in_time(house.clock, days=13))

    assert refused(house.drafted(**notice)) == (422, "malformed")


def test_s_07_a_practice_that_names_other_places_later_needs_them_from_then_on(house: House) -> None:
    post = house.approved(**closure_notice(house.clock))
    publish_policy(house, "aspiro", HOME, content=settled("aspiro", closure_companion_notices=["door"]))

    assert refused(house.does("goldilocks", "publish", post, json=FACEBOOK)) == (422, "companions_arranged")
    post = house.does("goldilocks", "arrange_notice", post, json=DOOR)

    assert house.does("goldilocks", "publish", post, json=FACEBOOK).json()["state"] == "published"
