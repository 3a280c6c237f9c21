"""Nobody but a communications manager at that practice, at that moment, gets a post approved; and an approval binds what it saw."""

import threading
from uuid import uuid4

import pytest
from httpx import Response

from models.roles import INSTALLATION, MACHINES, PEOPLE, Role
from tests.databases import as_owner
from tests.house import FACEBOOK, HOME, OPERATOR, PRACTICES, House, policy, publish_policy
from tests.stories import (
    a_moment_before,
    adopt,
    as_time,
    closure_notice,
    end,
    grant,
    holder,
    in_time,
    refused,
    rewritten,
    time_goes_round,
    trail,
)
from workflows.posts import posts
from workflows.refusals import GuardRefusal, RoleRefusal

APPROVER = Role.COMMUNICATIONS_MANAGER
UNSEEN = MACHINES | {Role.OPERATOR}
"""To these no post is shown at all."""


def nobody_approved(house: House, post: Response) -> bool:
    """Whether a submission still waits, and the audit trail knows of no approval."""
    waiting = house.again("rapunzel", post).json()
    return waiting["state"] == "submitted" and waiting["approval"] is None and "approve" not in trail(house, post)


# POST-3: who


@pytest.mark.parametrize("role", [each for each in Role if each not in {APPROVER, Role.CLOCK}])
def test_post_3_no_other_role_approves_a_post(house: House, role: Role) -> None:
    post = house.submitted()

    answer = house.does(holder(role), "approve", post)

    assert refused(answer) == ((404, "not_found") if role in UNSEEN else (403, "role"))
    assert nobody_approved(house, post)


def test_post_3_time_itself_approves_no_post(house: House) -> None:
    post = house.submitted()

    with pytest.raises(RoleRefusal):
        as_time(house, posts.transitions["approve"], post)

    house.clock.wind(days=400)
    time_goes_round(house)
    assert nobody_approved(house, post)


def test_post_3_nobody_is_offered_an_approval_but_the_communications_manager(house: House) -> None:
    post = house.submitted()

    people = [holder(each) for each in Role if each not in UNSEEN | {Role.CLOCK}]
    offered = {each for each in people if "approve" in house.again(each, post).json()["available_transitions"]}

    assert offered == {"rapunzel"}


def test_post_3_no_policy_hands_approval_to_anybody_else(house: House) -> None:
    adopt(house, use_platforms=sorted(PEOPLE), allow_self_approval=True)
    people = [holder(each) for each in sorted(PEOPLE - {APPROVER})]

    for person in people:
        post = house.submitted(person)
        assert post.status_code == 200
        assert refused(house.does(person, "approve", post)) == (403, "role")


def test_post_3_another_practices_communications_manager_cannot_tell_it_from_nothing(house: House) -> None:
    post, named = house.submitted(), {"X-Request-ID": str(uuid4())}
    headers = {**named, "If-Match": post.headers["ETag"]}
    here, nowhere = f"/v1/posts/{post.json()['id']}", f"/v1/posts/{uuid4()}"

    for practice in set(PRACTICES.values()) - {HOME}:
        for method, step in (("GET", ""), ("POST", "/approve")):
            theirs, nothing = (
                house.ask("rapunzel", method, each + step, practice=practice, headers=headers)
                for each in (here, nowhere)
            )
            assert theirs.status_code == 404
            assert (theirs.content, theirs.headers) == (nothing.content, nothing.headers)
    assert nobody_approved(house, post)


def test_post_3_somebody_without_an_entry_here_sees_nothing(house: House) -> None:
    post = house.submitted()

    for person, practice in (("the-big-bad-wolf", HOME), (OPERATOR, HOME), (OPERATOR, INSTALLATION)):
        assert refused(house.again(person, post, practice=practice)) == (404, "not_found")
        assert refused(house.does(person, "approve", post, practice=practice)) == (404, "not_found")
    assert nobody_approved(house, post)


def test_post_3_a_communications_manager_who_left_sees_nothing(house: House) -> None:
    post = house.submitted()
    house.does("hansel", "leave", house.member("rapunzel"), json={})

    assert refused(house.does("rapunzel", "approve", post)) == (404, "not_found")
    assert house.does("rumpelstiltskin", "approve", post).status_code == 200


# POST-3: at that moment


@pytest.mark.parametrize(("seconds", "status"), [(3599, 200), (3600, 403), (3601, 403)])
def test_post_3_a_role_counts_until_the_moment_at_which_it_ends(house: House, seconds: int, status: int) -> None:
    grant(house, "cinderella", APPROVER, ends=in_time(house.clock, seconds=3600))
    post = house.submitted()

    house.clock.wind(seconds=seconds)

    assert house.does("cinderella", "approve", post).status_code == status


def test_post_3_a_role_counts_from_the_moment_at_which_it_starts(house: House) -> None:
    grant(house, "cinderella", APPROVER, starts=in_time(house.clock, seconds=1))
    post = house.submitted()

    too_early = house.does("cinderella", "approve", post)
    house.clock.wind(seconds=1)
    in_time_for_it = house.does("cinderella", "approve", post)

    assert (too_early.status_code, in_time_for_it.status_code) == (403, 200)


def test_post_3_a_deputy_approves_while_they_are_one_and_not_after(house: House) -> None:
    colleague = house.member("rapunzel").json()["id"]
    deputy = grant(house, "cinderella", APPROVER, deputy_for=colleague, ends=in_time(house.clock, days=7))

    during = house.approved(by="cinderella")
    house.clock.wind(days=7)
    after = house.approved(by="cinderella")

    assert during.json()["approval"]["by"] == deputy.json()["id"]
    assert refused(after) == (403, "role")


def test_post_3_an_approval_outlasts_the_role_of_the_one_who_gave_it(house: House) -> None:
    post = house.approved()
    end(house, "rapunzel", APPROVER)

    assert house.does("goldilocks", "publish", post, json=FACEBOOK).status_code == 200


def test_post_3_a_role_that_ends_while_the_approval_is_being_written_approves_nothing(house: House) -> None:
    post = house.submitted()

    with a_moment_before(house, "rapunzel", "approve", post) as answers:
        end(house, "rapunzel", APPROVER)

    assert [each.status_code for each in answers] == [403]
    assert nobody_approved(house, post)


# Once


def test_a_replayed_approval_is_answered_alike_and_given_once(house: House) -> None:
    post, key = house.submitted(), {"Idempotency-Key": "straw-into-gold"}

    first, second = (house.does("rapunzel", "approve", post, headers=key) for _ in range(2))

    assert (first.status_code, first.content, first.headers["ETag"]) == (200, second.content, second.headers["ETag"])
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    assert trail(house, post).count("approve") == 1


def test_a_replay_shows_what_may_now_be_seen_by_one_who_has_lost_the_role(house: House) -> None:
    post, key = house.submitted(), {"Idempotency-Key": "straw-into-gold"}
    first = house.does("rapunzel", "approve", post, headers=key)
    end(house, "rapunzel", APPROVER)

    again = house.does("rapunzel", "approve", post, headers=key)

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert "revoke" in first.json()["available_transitions"]
    assert again.json() == first.json() | {"available_transitions": []}


def test_a_replay_shows_nothing_to_one_who_has_left(house: House) -> None:
    post, key = house.submitted(), {"Idempotency-Key": "straw-into-gold"}
    house.does("rapunzel", "approve", post, headers=key)
    house.does("hansel", "leave", house.member("rapunzel"), json={})

    assert refused(house.does("rapunzel", "approve", post, headers=key)) == (404, "not_found")


def test_somebody_elses_key_is_worth_nothing(house: House) -> None:
    post, key = house.submitted(), {"Idempotency-Key": "straw-into-gold"}
    house.does("rapunzel", "approve", post, headers=key)

    assert refused(house.does("cinderella", "approve", post, headers=key)) == (403, "role")


def test_a_refusal_is_not_kept_under_its_key(house: House) -> None:
    post, key = house.submitted(), {"Idempotency-Key": "straw-into-gold"}

    before = house.does("cinderella", "approve", post, headers=key)
    grant(house, "cinderella", APPROVER)
    after = house.does("cinderella", "approve", post, headers=key)

    assert (before.status_code, after.status_code) == (403, 200)


def test_of_two_approvals_at_once_one_is_given_and_the_other_is_told(house: House) -> None:
    post = house.submitted()
    ready, answers = threading.Barrier(2), list[Response]()

    def approve(person: str) -> None:
        ready.wait()
        answers.append(house.does(person, "approve", post))

    both = [threading.Thread(target=approve, args=[each]) for each in ("rapunzel", "rumpelstiltskin")]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(each.status_code for each in answers) in ([200, 409], [200, 412])
    assert trail(house, post) == ["write", "submit", "approve"]


def test_of_two_approvals_that_were_judged_together_one_is_written(house: House) -> None:
    post = house.submitted()

    with a_moment_before(house, "rapunzel", "approve", post) as answers:
        faster = house.does("rumpelstiltskin", "approve", post)

    assert faster.status_code == 200
    assert [refused(each) for each in answers] == [(412, "stale")]
    assert trail(house, post) == ["write", "submit", "approve"]
    assert house.again("rapunzel", post).json()["approval"] == faster.json()["approval"]


# POST-1, POST-2: what


def test_post_2_an_approval_names_what_it_binds(house: House) -> None:
    post = house.approved(platforms=["website", "facebook"]).json()

    assert post["approval"] == {
        "by": house.member("rapunzel").json()["id"], "at": "2026-03-02T12:00:00Z", "platforms": ["website", "facebook"],
        "content_hash": post["approval"]["content_hash"], "self_approved": False, "policy_id": post["policy_id"],
    }  # fmt: skip


def test_post_2_an_approval_pins_the_policy_in_force_when_it_was_given(house: House) -> None:
    post = house.submitted()
    version = adopt(house)

    approved = house.does("rapunzel", "approve", post).json()

    assert (
        approved["policy_id"] == approved["approval"]["policy_id"] == version.json()["id"] != post.json()["policy_id"]
    )


def test_post_2_an_edit_after_approval_voids_it(house: House) -> None:
    post = house.approved()

    edited = house.does("goldilocks", "edit_after_approval", post, json=rewritten(text="The clinics are on Sunday."))

    assert (edited.json()["state"], edited.json()["approval"]) == ("draft", None)
    assert refused(house.does("goldilocks", "publish", post, json=FACEBOOK)) == (412, "stale")
    assert refused(house.does("goldilocks", "publish", edited, json=FACEBOOK)) == (409, "state")


def test_post_2_an_edit_that_changes_nothing_voids_the_approval_too(house: House) -> None:
    edited = house.does("goldilocks", "edit_after_approval", house.approved(), json=rewritten())

    assert (edited.json()["state"], edited.json()["approval"]) == ("draft", None)


def test_post_2_an_edit_that_overtakes_the_approval_leaves_nothing_approved(house: House) -> None:
    post = house.submitted()

    with a_moment_before(house, "rapunzel", "approve", post) as answers:
        draft = house.does("goldilocks", "pull_back", post)
        house.does("goldilocks", "edit", draft, json=rewritten(text="The clinics are on Sunday."))

    assert [refused(each) for each in answers] == [(412, "stale")]
    assert house.again("rapunzel", post).json()["state"] == "draft"
    assert "approve" not in trail(house, post)


def test_post_2_an_edit_that_overtakes_publishing_leaves_nothing_public(house: House) -> None:
    post = house.approved()

    with a_moment_before(house, "midas", "publish", post, json=FACEBOOK) as answers:
        edited = house.does(
            "goldilocks", "edit_after_approval", post, json=rewritten(text="The clinics are on Sunday.")
        )

    assert [refused(each) for each in answers] == [(412, "stale")]
    assert house.again("midas", edited).json()["publications"] == []


def test_post_2_words_that_changed_behind_the_house_are_not_published(house: House) -> None:
    post = house.approved()
    as_owner(house.database, "UPDATE post SET text = ? WHERE practice = ?", "Magic beans for everybody.", HOME)

    seen = house.again("goldilocks", post)

    assert "publish" not in seen.json()["available_transitions"]
    assert refused(house.does("goldilocks", "publish", seen, json=FACEBOOK)) == (422, "as_approved")
    assert refused(house.does("goldilocks", "schedule", seen, json={"publish_at": in_time(house.clock, days=1)})) == (
        422,
        "as_approved",
    )


def test_post_2_what_was_scheduled_loses_its_approval_by_an_edit(house: House) -> None:
    post = house.does("goldilocks", "schedule", house.approved(), json={"publish_at": in_time(house.clock, days=1)})

    edited = house.does("goldilocks", "edit_after_approval", post, json=rewritten()).json()

    assert (edited["state"], edited["approval"], edited["publish_at"], edited["due_at"]) == ("draft", None, None, None)


def test_post_1_a_communications_manager_takes_an_approval_back(house: House) -> None:
    post = house.approved()

    refusal = house.does("goldilocks", "revoke", post, json={"reason": "Not yet."})
    revoked = house.does("rumpelstiltskin", "revoke", post, json={"reason": "The date is wrong."})

    assert refused(refusal) == (403, "role")
    assert (revoked.json()["state"], revoked.json()["approval"]) == ("submitted", None)
    assert revoked.json()["comment"] == "The date is wrong."
    assert refused(house.does("goldilocks", "publish", revoked, json=FACEBOOK)) == (409, "state")


def test_post_11_only_its_author_takes_a_submission_back(house: House) -> None:
    post = house.submitted("goldilocks")

    assert refused(house.does("midas", "pull_back", post)) == (422, "by_the_author")
    draft = house.does("goldilocks", "pull_back", post)

    assert draft.json()["state"] == "draft"
    assert refused(house.does("rapunzel", "approve", draft)) == (409, "state")


def test_post_1_every_way_round_leads_past_the_communications_manager_again(house: House) -> None:
    """Revoked, voided, failed or lapsed: a post is public only after another approval."""
    voided = house.does("goldilocks", "edit_after_approval", house.approved(), json=rewritten())
    post = house.does("goldilocks", "submit", voided)
    assert refused(house.does("goldilocks", "publish", post, json=FACEBOOK)) == (409, "state")
    post = house.does("rapunzel", "approve", post)
    post = house.does("goldilocks", "fail", post, json={"platform": "facebook", "reason": "It is down."})
    post = house.does("goldilocks", "return_failed", post)
    assert refused(house.does("goldilocks", "publish", post, json=FACEBOOK)) == (409, "state")
    post = house.does("goldilocks", "submit", post)
    post = house.does("rapunzel", "approve", post)

    assert house.does("goldilocks", "publish", post, json=FACEBOOK).json()["state"] == "published"
    assert trail(house, post).count("approve") == 3


# POST-9: for how long


def test_post_9_an_approval_lapses_when_its_closure_begins_and_not_before(house: House) -> None:
    post = house.approved(**closure_notice(house.clock, in_days=14))
    assert (post.json()["due_at"], post.json()["due_for"]) == ("2026-03-16T12:00:00Z", "expiry")

    house.clock.wind(days=14, seconds=-1)
    with pytest.raises(GuardRefusal) as early:
        as_time(house, posts.transitions["expire"], post)
    house.clock.wind(seconds=1)
    as_time(house, posts.transitions["expire"], post)

    lapsed = house.again("rapunzel", post).json()
    assert early.value.guard == "closure_has_begun"
    assert (lapsed["state"], lapsed["approval"], lapsed["due_at"]) == ("draft", None, None)


def test_post_9_time_goes_round_and_finds_what_has_lapsed(house: House) -> None:
    post, other = house.approved(**closure_notice(house.clock, in_days=14)), house.approved()
    house.clock.wind(days=14, seconds=1)

    time_goes_round(house)

    assert [house.again("rapunzel", each).json()["state"] for each in (post, other)] == ["draft", "approved"]
    assert trail(house, post) == ["write", "submit", "approve", "expire"]


def test_post_9_nobody_but_time_lets_an_approval_lapse(house: House) -> None:
    post = house.approved(**closure_notice(house.clock, in_days=14))
    house.clock.wind(days=15)

    for role in frozenset(Role) - {Role.CLOCK}:
        assert house.does(holder(role), "expire", post).status_code == (404 if role in UNSEEN else 403), role


def test_post_9_nothing_is_approved_or_published_once_its_closure_has_begun(house: House) -> None:
    notice = closure_notice(house.clock, in_days=14)
    waiting, approved = house.submitted(**notice), house.approved(**notice)
    house.clock.wind(days=14)

    assert refused(house.does("rapunzel", "approve", waiting)) == (422, "before_the_closure")
    assert refused(house.does("goldilocks", "publish", approved, json=FACEBOOK)) == (422, "before_the_closure")


# POST-10: two people


def test_post_10_the_last_editor_does_not_approve(house: House) -> None:
    post = house.submitted("rapunzel")

    refusal = house.does("rapunzel", "approve", post)
    approved = house.does("rumpelstiltskin", "approve", post)

    assert refused(refusal) == (422, "another_person")
    assert approved.json()["approval"]["self_approved"] is False


def test_post_10_a_communications_manager_who_corrects_a_word_has_edited(house: House) -> None:
    post = house.does("rapunzel", "request_changes", house.submitted(), json={"comment": "One word is wrong."})
    post = house.does("rapunzel", "edit", post, json=rewritten(text="Flu clinics start on Sunday."))
    post = house.does("goldilocks", "submit", post)

    assert refused(house.does("rapunzel", "approve", post)) == (422, "another_person")
    assert house.does("rumpelstiltskin", "approve", post).status_code == 200


def test_post_10_a_practice_may_allow_self_approval_and_it_shows(house: House) -> None:
    adopt(house, allow_self_approval=True)

    post = house.approved("rapunzel", by="rapunzel")

    assert post.json()["approval"]["self_approved"] is True
    assert house.again("cinderella", post).json()["approval"]["self_approved"] is True


def test_post_10_self_approval_ends_with_the_policy_that_allowed_it(house: House) -> None:
    adopt(house, allow_self_approval=True)
    post = house.submitted("rapunzel")
    publish_policy(house, "aspiro", HOME, content=policy("aspiro"))

    assert refused(house.does("rapunzel", "approve", post)) == (422, "another_person")
