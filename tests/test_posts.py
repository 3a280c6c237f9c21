"""Stories: a post on its way to the public, and what is said under it."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from httpx import Response

from models.posts import PostState, ReplyTemplate
from models.roles import MACHINES, Role
from tests.databases import as_owner
from tests.house import FACEBOOK, House
from tests.stories import (
    adopt,
    closure_notice,
    declared,
    holder,
    in_time,
    refused,
    rewritten,
    time_goes_round,
    told_of,
    trail,
)
from workflows.posts import posts

PLATFORM_USERS = frozenset(
    {Role.BUSINESS_MANAGER, Role.HEAD_OF_OPERATIONS, Role.COMMUNICATIONS_MANAGER, Role.RECEPTION_MANAGER}
)
UNSEEN = MACHINES | {Role.OPERATOR}
EVERYBODY_ELSE = [each for each in Role if each not in PLATFORM_USERS | {Role.CLOCK}]
CONTENT = ("kind", "purpose", "text", "platforms", "declaration", "closure")
BOTH = ["facebook", "website"]
WEBSITE = {"platform": "website", "url": "https://example.com/news/1"}
NO_CONSENT = {"staff_id": "00000000-0000-7000-8000-000000000007", "consented": False}
SAID: dict[str, dict[str, Any]] = {
    "edit": rewritten(text="Something else."),
    "edit_after_approval": rewritten(text="Something else."),
    "request_changes": {"comment": "Say which Saturday."},
    "revoke": {"reason": "Second thoughts."},
    "schedule": {"publish_at": "2026-03-09T12:00:00Z"},
    "arrange_notice": {"place": "door"},
    "publish": FACEBOOK,
    "fail": {"platform": "facebook", "reason": "It is down."},
    "take_down": {"reason": "The wrong Saturday.", "emergency": True},
    "reply": {"platform": "facebook", "template": "thanks"},
}
"""What each transition needs to be told, where it needs anything."""


def tried(house: House, person: str, transition: str, post: Response) -> Response:
    """Somebody asks for a transition with all that it needs."""
    return house.does(person, transition, post, json=SAID.get(transition, {}))


def test_a_post_reaches_the_public_after_a_communications_manager_approves(house: House) -> None:
    post = house.submitted("goldilocks")
    post = house.does("rapunzel", "request_changes", post, json={"comment": "Say which Saturday."})
    post = house.does("goldilocks", "submit", post)
    post = house.does("rapunzel", "approve", post)
    post = house.does("goldilocks", "publish", post, json=FACEBOOK)

    assert (post.status_code, post.json()["state"], post.json()["version"]) == (200, "published", 6)
    assert post.json()["available_transitions"] == ["take_down"]


# POST-4: who writes, schedules and publishes


def test_post_4_only_those_who_use_the_platforms_write_schedule_and_publish(house: House) -> None:
    approved, scheduling = house.approved(), {"publish_at": in_time(house.clock, days=1)}

    for role in EVERYBODY_ELSE:
        person, there = holder(role), 404 if role in UNSEEN else 403
        answers = [
            house.drafted(person),
            house.does(person, "schedule", approved, json=scheduling),
            house.does(person, "publish", approved, json=FACEBOOK),
        ]
        assert [each.status_code for each in answers] == [403, there, there], role
    assert house.again("rapunzel", approved).json()["state"] == "approved"


def test_post_4_whoever_uses_the_platforms_writes_and_publishes(house: House) -> None:
    for role in sorted(PLATFORM_USERS):
        assert house.published(holder(role), by="rumpelstiltskin").json()["state"] == "published", role


def waiting_for(house: House, transition: str) -> Response:
    """A post in a state in which this could be asked for."""
    if transition == "return_failed":
        return tried(house, "goldilocks", "fail", house.approved())
    if transition in {"pull_back", "request_changes", "approve"}:
        return house.submitted()
    if transition in {"take_down", "reply"}:
        return house.published()
    return house.drafted() if transition in {"edit", "submit", "discard", "arrange_notice"} else house.approved()


COMMUNICATIONS = {"request_changes", "approve", "revoke", "reply"}
"""What the communications manager alone does; time alone lets an approval lapse; whoever uses the platforms does the rest."""


def test_post_4_every_step_is_taken_by_those_alone_whom_the_rules_name(house: House) -> None:
    for transition in posts.transitions:
        post, users = waiting_for(house, transition), PLATFORM_USERS if transition != "expire" else frozenset()
        those = {Role.COMMUNICATIONS_MANAGER} if transition in COMMUNICATIONS else users
        for role in frozenset(Role) - those - UNSEEN - {Role.CLOCK}:
            assert refused(tried(house, holder(role), transition, post)) == (403, "role"), (transition, role)


# POST-5: what is fit to be published


UNFIT: dict[str, tuple[str, dict[str, Any]]] = {
    "about_the_practice": (
        "The post must concern the practice and be specific to it.",
        {"declaration": declared(related_to_practice=False)},
    ),
    "nothing_clinical": (
        "Information about an individual's health never stands in a post.",
        {"declaration": declared(clinical_information=True)},
    ),
    "no_patient_identified": (
        "A post never identifies a patient.",
        {"declaration": declared(identifies_patient=True)},
    ),
    "staff_agreed": (
        "Everyone on the staff who is named or shown must have agreed to it.",
        {"declaration": declared(staff_named=[NO_CONSENT])},
    ),
    "on_own_platforms": (
        "Every platform must be one that the practice's policy names as its own.",
        {"platforms": ["facebook", "instagram"]},
    ),
    "closure_has_a_date": (
        "A closure notice says when the practice closes.",
        {"kind": "closure_notice", "text": "Closed for training. Call 999 or 111."},
    ),
    "closure_says_where_to_go": (
        "A closure notice tells people to call 999 in an emergency, and 111 for urgent advice.",
        {"kind": "closure_notice", "closure": {"closes_at": "2026-04-02T12:00:00Z"}},
    ),
    "before_the_closure": (
        "The closure has begun.",
        {"kind": "closure_notice", "text": "999, 111", "closure": {"closes_at": "2026-03-02T11:00:00Z"}},
    ),
    "closure_in_good_time": (
        "A planned closure is announced in good time, or the notice says why it was not.",
        {"kind": "closure_notice", "text": "999, 111", "closure": {"closes_at": "2026-03-05T12:00:00Z"}},
    ),
}
"""For each guard of a submission: what it says, and a draft that it turns away."""


@pytest.mark.parametrize("guard", UNFIT)
def test_post_5_what_is_not_fit_stays_on_its_authors_desk(house: House, guard: str) -> None:
    sentence, unfit = UNFIT[guard]
    draft = house.drafted(**unfit)

    answer = house.does("goldilocks", "submit", draft)

    assert refused(answer) == (422, guard)
    assert answer.json()["detail"] == sentence
    assert "submit" not in draft.json()["available_transitions"]
    assert house.again("goldilocks", draft).json()["state"] == "draft"


def test_post_5_every_condition_of_these_rules_is_told_here() -> None:
    guards = posts.transitions["submit"].guards
    rules = {"POST-5", "POST-9", "S-07"}

    assert {each.name for each in guards if rules & set(re.findall(r"[A-Z]+-\d+", each.rule))} == UNFIT.keys()


def test_post_5_a_post_that_is_not_specific_needs_a_policy_that_takes_it(house: House) -> None:
    general = declared(specific_to_practice=False)
    assert refused(house.submitted(declaration=general)) == (422, "about_the_practice")

    adopt(house, posts_specific_to_practice=False)

    assert house.submitted(declaration=general).status_code == 200


def test_post_5_staff_who_agreed_may_be_named(house: House) -> None:
    agreed = {**NO_CONSENT, "staff_id": house.member("puss").json()["id"], "consented": True}

    assert house.submitted(declaration=declared(staff_named=[agreed])).status_code == 200


def test_post_5_what_was_fit_when_it_was_submitted_must_still_be_so(house: House) -> None:
    waiting, approved = house.submitted(), house.approved()
    adopt(house, platform_accounts=[{"platform": "website"}])

    assert refused(house.does("rapunzel", "approve", waiting)) == (422, "on_own_platforms")
    assert refused(house.does("goldilocks", "publish", approved, json=FACEBOOK)) == (422, "on_own_platforms")


def test_post_5_a_policy_that_grew_stricter_holds_for_what_was_approved_before(house: House) -> None:
    adopt(house, posts_specific_to_practice=False)
    general = declared(specific_to_practice=False)
    waiting, approved = house.submitted(declaration=general), house.approved(declaration=general)
    adopt(house, posts_specific_to_practice=True)

    assert refused(house.does("rapunzel", "approve", waiting)) == (422, "about_the_practice")
    assert refused(house.does("goldilocks", "publish", approved, json=FACEBOOK)) == (422, "about_the_practice")


def test_post_5_what_became_unfit_behind_the_house_is_not_approved(house: House) -> None:
    for guard in UNFIT.keys() - {"closure_in_good_time"}:
        post, unfit = house.submitted(), {"kind": "announcement", "closure": None, **rewritten(**UNFIT[guard][1])}
        as_owner(
            house.database,
            "UPDATE post SET kind = ?, text = ?, platforms = ?, declaration = ?, closure = ? WHERE id = ?",
            unfit["kind"], unfit["text"], *(json.dumps(unfit[each]) for each in ("platforms", "declaration")),
            unfit["closure"] and json.dumps(unfit["closure"]), UUID(post.json()["id"]),
        )  # fmt: skip

        assert refused(house.does("rapunzel", "approve", post)) == (422, guard)


# POST-1, POST-7: no way round


def test_post_7_nothing_is_published_from_a_state_that_no_approval_led_to(house: House) -> None:
    drafted, waiting = house.drafted(), house.submitted()
    sent_back = tried(house, "rapunzel", "request_changes", house.submitted())
    given_up = tried(house, "goldilocks", "discard", house.drafted())

    for post in (drafted, waiting, sent_back, given_up):
        assert refused(tried(house, "rapunzel", "publish", post)) == (409, "state")


def test_post_7_nobody_writes_a_post_that_is_approved_already(house: House) -> None:
    post, approval = house.drafted(), house.approved().json()["approval"]

    for smuggled in ({"state": "approved"}, {"approval": approval}, {"publications": [FACEBOOK]}, {"version": 7}):
        assert refused(house.drafted(**smuggled)) == (422, "malformed")
        assert refused(house.does("goldilocks", "edit", post, json=rewritten(**smuggled))) == (422, "malformed")


def test_post_7_a_post_is_changed_by_its_transitions_alone(house: House) -> None:
    path = f"/v1/posts/{house.submitted().json()['id']}"

    for method in ("PUT", "PATCH", "DELETE"):
        assert house.ask("rapunzel", method, path, json={"state": "approved"}).status_code == 405


# POST-9: a schedule reminds, and does nothing else


def test_post_9_a_scheduled_post_falls_due_and_publishes_nothing_by_itself(house: House) -> None:
    post = house.does("goldilocks", "schedule", house.approved(), json={"publish_at": "2026-03-03T08:00:00Z"})
    assert (post.json()["state"], post.json()["due_at"], post.json()["due_for"], post.json()["overdue"]) == (
        "scheduled", "2026-03-03T08:00:00Z", "publication", False,
    )  # fmt: skip

    house.clock.wind(days=400)
    time_goes_round(house)

    due = house.reads("goldilocks", "/v1/posts", params={"due_before": in_time(house.clock)})["items"]
    assert [(each["id"], each["state"], each["overdue"]) for each in due] == [(post.json()["id"], "scheduled", True)]
    assert due[0]["publications"] == []
    assert house.does("midas", "publish", house.again("midas", post), json=FACEBOOK).json()["due_at"] is None


def test_post_9_only_what_is_due_by_then_is_found(house: House) -> None:
    house.does("goldilocks", "schedule", house.approved(), json={"publish_at": "2026-03-03T08:00:00Z"})

    found = house.reads("goldilocks", "/v1/posts", params={"due_before": "2026-03-03T08:00:00Z"})

    assert found["items"] == []


def test_post_9_a_schedule_lies_ahead(house: House) -> None:
    post = house.approved()

    for days in (-1, 0):
        answer = house.does("goldilocks", "schedule", post, json={"publish_at": in_time(house.clock, days=days)})
        assert refused(answer) == (422, "time_lies_ahead")


# POST-2, POST-6: platform by platform, and then for good


def test_post_6_a_post_becomes_public_platform_by_platform_and_on_each_once(house: House) -> None:
    post = house.does("goldilocks", "publish", house.approved(platforms=BOTH), json=FACEBOOK)
    assert [each["platform"] for each in post.json()["publications"]] == ["facebook"]
    assert refused(house.does("midas", "publish", post, json=FACEBOOK)) == (422, "not_there_yet")
    assert refused(house.does("midas", "publish", post, json={"platform": "x"})) == (422, "platform_approved")

    post = house.does("midas", "publish", post, json=WEBSITE)

    assert [(each["platform"], each["url"]) for each in post.json()["publications"]] == [
        ("facebook", "https://example.com/posts/1"), ("website", "https://example.com/news/1"),
    ]  # fmt: skip
    assert refused(house.does("goldilocks", "publish", post, json=WEBSITE)) == (422, "somewhere_left")


def test_a_failed_publication_is_remembered_and_tried_again(house: House) -> None:
    post = house.does("goldilocks", "fail", house.approved(), json={"platform": "facebook", "reason": "It is down."})
    assert (post.json()["state"], post.json()["failure"]["reason"]) == ("failed", "It is down.")

    post = house.does("goldilocks", "publish", post, json=FACEBOOK)

    assert (post.json()["state"], post.json()["failure"]) == ("published", None)


def test_post_2_a_failed_post_that_is_worked_on_needs_another_approval(house: House) -> None:
    post = house.does("goldilocks", "fail", house.approved(), json={"platform": "facebook", "reason": "It is down."})

    post = house.does("goldilocks", "return_failed", post)

    assert (post.json()["state"], post.json()["approval"]) == ("draft", None)


def test_post_2_only_a_platform_of_the_post_can_fail(house: House) -> None:
    answer = house.does("goldilocks", "fail", house.approved(), json={"platform": "website", "reason": "It is down."})

    assert refused(answer) == (422, "platform_of_the_post")


def test_post_6_nothing_that_anybody_asks_for_changes_what_is_public(house: House) -> None:
    for transition in posts.transitions:
        post = house.published()
        for person in ("rapunzel", "goldilocks"):
            tried(house, person, transition, house.again(person, post))

        now = house.again("rapunzel", post).json()
        assert {name: now[name] for name in CONTENT} == {name: post.json()[name] for name in CONTENT}
        assert (now["approval"], now["publications"]) == (post.json()["approval"], post.json()["publications"])
        assert now["state"] == ("withdrawn" if transition == "take_down" else "published")


@pytest.mark.parametrize("ending", ["take_down", "discard"])
def test_nothing_follows_once_a_post_is_withdrawn_or_discarded(house: House, ending: str) -> None:
    post = house.published() if ending == "take_down" else house.drafted()
    ended = tried(house, "rapunzel", ending, post)
    assert ended.json()["state"] in posts.ends == {PostState.WITHDRAWN, PostState.DISCARDED}

    assert ended.json()["available_transitions"] == []
    for transition in posts.transitions.keys() - {"expire", "escalate"}:
        assert refused(tried(house, "rapunzel", transition, ended)) == (409, "state")


# POST-12: down again


def test_post_12_the_communications_manager_takes_a_post_down_and_what_it_said_is_kept(house: House) -> None:
    post = house.published()

    down = house.does("rapunzel", "take_down", post, json={"reason": "The wrong Saturday."})

    assert (down.json()["state"], down.json()["withdrawal"]["reason"]) == ("withdrawn", "The wrong Saturday.")
    assert down.json()["withdrawn_by"] == house.member("rapunzel").json()["id"]
    assert [down.json()[each] for each in ("text", "approval", "publications")] == [
        post.json()[each] for each in ("text", "approval", "publications")
    ]


def test_post_12_others_take_a_post_down_in_an_emergency_only_and_the_communications_manager_is_told(
    house: House,
) -> None:
    post = house.published()

    refusal = house.does("midas", "take_down", post, json={"reason": "I don't like it."})
    down = house.does("midas", "take_down", post, json={"reason": "Somebody is in danger.", "emergency": True})

    assert refused(refusal) == (422, "emergency_or_approver")
    assert down.json()["withdrawal"]["emergency"] is True
    assert "communications" in told_of(house, post)["post.take_down"]


def test_post_6_a_correction_is_a_new_post(house: House) -> None:
    wrong = house.published()
    tried(house, "rapunzel", "take_down", wrong)

    right = house.published(text="Flu clinics start on Sunday at the surgery.")

    assert right.json()["id"] != wrong.json()["id"]
    assert trail(house, right) == ["write", "submit", "approve", "publish"]


# POST-8: what is said in public to somebody who comments


def test_post_8_a_reply_is_one_of_the_fixed_texts(house: House) -> None:
    post = house.published()

    for template in set(ReplyTemplate) - {ReplyTemplate.COMPLAINTS_PROCEDURE}:
        post = house.does("rapunzel", "reply", post, json={"platform": "facebook", "template": template})
        assert post.status_code == 200

    replies = {each["template"]: each["text"] for each in post.json()["replies"]}
    assert replies["thanks"] == "Thank you for taking the time to comment."
    assert "01632 960001" in replies["contact_the_practice"]
    assert "call 999" in replies["medical_question"]
    assert "directly" in replies["feedback_route"]


def test_post_8_nobody_types_a_reply(house: House) -> None:
    post, typed = house.published(), "You are our patient."

    for said in ({"template": "thanks", "text": typed}, {"template": typed}):
        answer = house.does("rapunzel", "reply", post, json={"platform": "facebook", **said})
        assert refused(answer) == (422, "malformed")
        assert typed not in answer.text


def test_post_8_a_reply_says_the_same_whoever_commented(house: House) -> None:
    post = house.published()
    comments = [{"comment_url": f"https://example.com/comments/{each}"} for each in ("1", "2")]

    for comment in comments:
        said = {"platform": "facebook", "template": "medical_question", **comment}
        post = house.does("rapunzel", "reply", post, json=said)

    assert len({each["text"] for each in post.json()["replies"]}) == 1
    assert [each["comment_url"] for each in post.json()["replies"]] == [each["comment_url"] for each in comments]


def test_post_8_a_reply_stands_under_a_post_that_is_public_there(house: House) -> None:
    said = {"platform": "website", "template": "thanks"}
    post = house.does("goldilocks", "publish", house.approved(platforms=BOTH), json=FACEBOOK)

    assert refused(house.does("rapunzel", "reply", house.approved(), json=said)) == (409, "state")
    assert refused(house.does("rapunzel", "reply", post, json=said)) == (422, "replied_where_published")


def test_k_02_complaints_are_answered_in_public_only_where_the_policy_says_so(house: House) -> None:
    pointing = {"platform": "facebook", "template": "complaints_procedure"}
    post = house.published()
    assert refused(house.does("rapunzel", "reply", post, json=pointing)) == (422, "reply_provided_for")

    adopt(house, generic_reply_to_complaints=True)

    assert house.does("rapunzel", "reply", post, json=pointing).status_code == 200


# What a post is, before anybody judges it

SENSELESS: list[tuple[str, dict[str, Any]]] = [
    ("/platforms", {"platforms": []}),
    ("", {"platforms": ["facebook", "facebook"]}),
    ("/platforms/0", {"platforms": ["myspace"]}),
    ("/text", {"text": " "}),
    ("/text", {"text": "x" * 2201}),
    ("/purpose", {"purpose": "two\nlines"}),
    ("/purpose", {"purpose": None}),
    ("/declaration/related_to_practice", {"declaration": {}}),
    ("/declaration/clinical_information", {"declaration": declared(clinical_information="no")}),
    ("", {"closure": {"closes_at": "2026-04-02T12:00:00Z"}}),
    ("", {"author": "rapunzel"}),
]
"""Where the fault stands, and the draft that has it."""


def test_a_post_that_makes_no_sense_is_not_begun(house: House) -> None:
    for where, fault in SENSELESS:
        answer = house.drafted(**fault)
        assert refused(answer) == (422, "malformed"), fault
        assert answer.json()["errors"][0]["pointer"] == where


def test_a_list_of_posts_is_narrowed_by_state_and_kind(house: House) -> None:
    waiting, notice = house.submitted(), house.drafted(**closure_notice(house.clock))

    by_state = house.reads("cinderella", "/v1/posts?state=submitted")["items"]
    by_kind = house.reads("cinderella", "/v1/posts?kind=closure_notice")["items"]

    assert [each["id"] for each in by_state] == [waiting.json()["id"]]
    assert [each["id"] for each in by_kind] == [notice.json()["id"]]


def test_a_text_is_no_longer_than_each_of_its_platforms_takes(house: House) -> None:
    text = "Flu clinics start on Saturday at the surgery. " * 7
    assert house.drafted(text=text).status_code == 201
    refused_text = house.drafted(text=text, platforms=["facebook", "x"])
    assert (refused_text.status_code, refused_text.json()["code"]) == (422, "malformed")
    assert house.drafted(text=text[:280], platforms=["facebook", "x"]).status_code == 201


def test_a_machine_reads_a_post_once_it_is_public_and_none_before(house: House) -> None:
    """The practice website is told of what is published, and can read that."""
    waiting, public = house.submitted(), house.published()
    assert house.again("website", waiting).status_code == 404
    assert house.again("website", public).json()["state"] == "published"
    assert [each["id"] for each in house.reads("website", "/v1/posts")["items"]] == [public.json()["id"]]
    assert house.reads("website", "/v1/posts?state=submitted")["items"] == []


def test_a_failure_is_told_until_the_platform_that_failed_has_the_post(house: House) -> None:
    post = house.approved(platforms=["facebook", "website"])
    failed = house.does("goldilocks", "fail", post, json={"platform": "facebook", "reason": "It is down."})
    elsewhere = house.does("goldilocks", "publish", failed, json={"platform": "website"})
    assert elsewhere.json()["failure"]["platform"] == "facebook"
    assert house.does("goldilocks", "publish", elsewhere, json=FACEBOOK).json()["failure"] is None


def test_one_platform_can_fail_while_the_post_is_public_on_another(house: House) -> None:
    """POST-2, POST-6: each platform is recorded on its own, those that did not take the post too."""
    post = house.does("goldilocks", "publish", house.approved(platforms=["facebook", "website"]), json=FACEBOOK)
    down = {"platform": "website", "reason": "It is down."}
    assert refused(house.does("goldilocks", "fail_elsewhere", post, json={**down, "platform": "facebook"})) == (
        422,
        "not_public_there",
    )
    assert refused(house.does("goldilocks", "fail_elsewhere", post, json={**down, "platform": "x"})) == (
        422,
        "platform_of_the_post",
    )
    post = house.does("goldilocks", "fail_elsewhere", post, json=down)
    assert (post.json()["state"], post.json()["failure"]) == ("published", down)
    post = house.does("goldilocks", "publish", post, json={"platform": "website"})
    assert (post.json()["state"], post.json()["failure"]) == ("published", None)
