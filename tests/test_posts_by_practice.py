"""Five practices, five policies: what each one's document settles is how the service behaves there, and nowhere else."""

from typing import Any

import pytest
from httpx import Response

from models.roles import Duty
from models.settings import NoticePlace, Platform
from tests.house import FACEBOOK, HOME, PRACTICES, House, policy, publish_policy
from tests.stories import adopt, closure_notice, refused, settled

PLATFORMS = {
    "imperial": {"facebook", "website"},
    "coleridge": {"facebook", "website"},
    "maryport": {"facebook"},
    "woodbrook": {"facebook", "instagram", "website"},
    "aspiro": {"facebook", "website"},
}
"""P-17: where each practice has a page of its own."""

WRITERS = {"hansel": "practice manager", "rapunzel": "communications manager"}
WRITERS_AT_ASPIRO = {"goldilocks": "reception", "midas": "business", "wolf": "operations", "rapunzel": "communications"}
COLLEAGUES = ("hansel", "gretel", "rapunzel", "goldilocks", "midas", "wolf", "bear", "owl", "puss", "cinderella")

MATRIX: dict[str, tuple[Any, Any, Any, Any, Any]] = {
    "device_rule": ("by_agreement", "by_agreement", "never", "by_agreement", "by_agreement"),
    "recording_rule": ("by_agreement", "silent", "silent", "by_agreement", "not_inhibited"),
    "recording_stance": ("discouraged", "neutral", "neutral", "discouraged", "promoted"),
    "staff_media": ("never", "with_consent", "never", "with_consent", "with_consent"),
    "legal_advice": ("will", "will", "will", "may", "will"),
    "page_complaint": ("deleted", "at_discretion", "deleted", "deleted", "deleted"),
    "page_complaint_scope": ("own_pages", "any_platform", "own_pages", "own_pages", "own_pages"),
    "generic_reply_to_complaints": (False, True, False, False, False),
    "medical_messages": (
        "not_addressed", "deleted_and_redirected", "not_addressed", "not_addressed", "not_addressed",
    ),
    "deletion_scope": (
        "facebook_page", "all_practice_outlets", "facebook_page", "facebook_and_instagram_pages", "facebook_page",
    ),
    "record_entry_coded": ("may", "may", "may", "will", "may"),
    "covert_trigger": ("each", "each", "each", "each", "pattern"),
    "friend_requests": ("not_addressed", "not_addressed", "not_addressed", "caution", "presumption_against"),
    "rights_listed": (["16", "17", "18", "20", "21"], [], [], ["15"], ["15"]),
    "relationship_breakdown_named": (False, False, False, True, True),
}  # fmt: skip
"""In which settings the five differ, in the order of PRACTICES. `never_removed_for_complaining` holds everywhere."""

DUTIES: dict[str, dict[str, list[str]]] = {
    "imperial": {"answer_reviews": ["practice_manager"]},
    "coleridge": {},
    "maryport": {"remove": ["practice_manager"], "answer_reviews": ["practice_manager"]},
    "woodbrook": {
        "be_told": ["practice_manager"],
        "decide": ["partner", "practice_manager"],
        "handle_complaints": ["complaints_lead"],
        "answer_reviews": ["practice_manager"],
    },
    "aspiro": {
        **{
            each: ["communications_manager"]
            for each in ("be_told", "monitor", "contact_author", "decide", "handle_complaints")
        },
        "use_platforms": ["business_manager", "head_of_operations", "communications_manager", "reception_manager"],
    },
}
"""The duties that each document hands to somebody; the service hands out the rest, and says that it does."""


def in_force(house: House, code: str) -> dict[str, Any]:
    """What a practice shows that is in force there."""
    (shown,) = house.reads("cinderella", "/v1/practices", practice=code)["items"]
    found: dict[str, Any] = shown["in_force"]
    return found


def clauses(house: House, code: str, narrowed: str = "") -> dict[str, dict[str, Any]]:
    """The clauses in force at a practice, by their keys."""
    items = house.reads("cinderella", f"/v1/clauses{narrowed}", practice=code)["items"]
    return {each["clause"]["key"]: each["clause"] for each in items}


def reply(house: House, code: str, post: Response, template: str) -> Response:
    """The communications manager answers a comment."""
    return house.does("rapunzel", "reply", post, practice=code, json={"platform": "facebook", "template": template})


@pytest.mark.parametrize("document", PRACTICES)
def test_s_03_the_platforms_are_used_by_those_whom_the_policy_names(house: House, document: str) -> None:
    code = PRACTICES[document]
    drafts = {each: house.drafted(each, practice=code) for each in COLLEAGUES}

    allowed = {each for each, draft in drafts.items() if draft.status_code == 201}

    assert allowed == set(WRITERS_AT_ASPIRO if document == "aspiro" else WRITERS)
    assert {refused(drafts[each]) for each in set(COLLEAGUES) - allowed} == {(403, "role")}


@pytest.mark.parametrize("document", PRACTICES)
def test_p_17_a_practice_posts_on_its_own_pages_only(house: House, document: str) -> None:
    code = PRACTICES[document]
    submissions = {each: house.submitted("rapunzel", practice=code, platforms=[each]) for each in Platform}

    accepted = {each for each, post in submissions.items() if post.status_code == 200}

    assert accepted == PLATFORMS[document]
    assert {refused(submissions[each]) for each in set(Platform) - accepted} == {(422, "on_own_platforms")}


@pytest.mark.parametrize("document", PRACTICES)
def test_s_04_the_communications_manager_alone_approves_everywhere(house: House, document: str) -> None:
    code, author = PRACTICES[document], "midas" if document == "aspiro" else "hansel"
    post = house.submitted(author, practice=code)

    for person in set(COLLEAGUES) - {"rapunzel"}:
        assert refused(house.does(person, "approve", post, practice=code)) == (403, "role")

    assert house.does("rapunzel", "approve", post, practice=code).json()["state"] == "approved"


def test_k_04_only_coleridge_points_to_the_complaints_procedure_in_public(house: House) -> None:
    for document, code in PRACTICES.items():
        answer = reply(
            house, code, house.published("rapunzel", by="rumpelstiltskin", practice=code), "complaints_procedure"
        )
        if document == "coleridge":
            assert "our complaints procedure" in answer.json()["replies"][0]["text"]
        else:
            assert refused(answer) == (422, "reply_provided_for"), document


def test_c_12_and_c_17_coleridge_names_its_routes_for_feedback_and_for_medical_questions(house: House) -> None:
    said = {}
    for document, code in PRACTICES.items():
        post = house.published("rapunzel", by="rumpelstiltskin", practice=code)
        for template in ("feedback_route", "medical_question"):
            post = reply(house, code, post, template)
        said[document] = [each["text"] for each in post.json()["replies"]]

    feedback, medical = said.pop("coleridge")
    assert "administrative query in the online services portal" in feedback
    assert "online contact service" in medical
    for texts in said.values():
        assert texts[0] == "We welcome feedback. You can send it to the practice directly."
        assert "Please contact the practice directly instead." in texts[1]


def test_s_07_only_imperial_announces_closures_in_other_places_too(house: House) -> None:
    for document, code in PRACTICES.items():
        post = house.approved("rapunzel", by="rumpelstiltskin", practice=code, **closure_notice(house.clock))
        answer = house.does("rapunzel", "publish", post, practice=code, json=FACEBOOK)
        if document == "imperial":
            assert refused(answer) == (422, "companions_arranged")
            assert in_force(house, code)["settings"]["closure_companion_notices"]["value"] == list(NoticePlace)
        else:
            assert answer.json()["state"] == "published", document


def test_the_five_differ_in_what_their_documents_settle(house: House) -> None:
    """Read where everybody at the practice reads it."""
    shown = {document: in_force(house, code)["settings"] for document, code in PRACTICES.items()}

    for name, values in MATRIX.items():
        assert tuple(shown[document][name]["value"] for document in PRACTICES) == values, name
    assert all(each["never_removed_for_complaining"]["value"] for each in shown.values())
    assert not any(each["allow_self_approval"]["value"] for each in shown.values())


def test_reviews_go_where_each_document_sends_them(house: House) -> None:
    """C-10: to a page, to the NHS website if you like, there and nowhere else, to the own website; one names no place."""
    channels = {
        document: in_force(house, code)["settings"]["review_channel"]["value"] for document, code in PRACTICES.items()
    }

    assert {document: (each["kind"], each["obligatory"]) for document, each in channels.items()} == {
        "imperial": ("own_page", False), "coleridge": ("nhs_website", False), "maryport": ("nhs_website", True),
        "woodbrook": ("own_website", False), "aspiro": ("unstated", False),
    }  # fmt: skip


def test_duties_are_held_as_each_document_says_and_a_default_says_that_it_is_one(house: House) -> None:
    for document, code in PRACTICES.items():
        shown = in_force(house, code)["settings"]["duties"]
        named = {duty: held["value"] for duty, held in shown.items() if held["origin"] == "from_policy"}
        assert named == DUTIES[document]
        assert all(held["value"] for held in shown.values())
        assert set(shown) == set(Duty)


def test_clauses_differ_as_the_documents_do(house: House) -> None:
    found = {document: clauses(house, code) for document, code in PRACTICES.items()}

    def having(key: str) -> set[str]:
        return {document for document, each in found.items() if key in each}

    assert {document for document in found if not found[document]["device_in_consultation"]["conditions"]} == {
        "maryport"
    }
    assert having("record_own_consultation") == {"imperial", "woodbrook", "aspiro"}
    assert {each: found[each]["reviews"]["modality"] for each in found} == dict.fromkeys(PRACTICES, "may") | {
        "maryport": "must"
    }
    assert having("feedback") == having("medical_messages") == having("complaint_reply") == {"coleridge"}
    assert having("closure_notices") == having("immediate_removal") == {"imperial"}
    assert having("posts_approved_first") == having("not_removed_for_complaining") == {"woodbrook", "aspiro"}
    assert having("copy_to_record") == {"woodbrook"}
    assert [each for each in found if "staff_member_consents" in found[each]["staff_media"]["conditions"]] == [
        "coleridge"
    ]
    assert [each for each in found if "legal_advice_possible" in found[each]["defamation"]["consequences"]] == [
        "woodbrook"
    ]
    assert [each for each in found if "post_may_be_deleted" in found[each]["complaint_on_page"]["consequences"]] == [
        "coleridge"
    ]


def test_clauses_are_found_by_topic_at_the_practice_that_asks(house: House) -> None:
    closures = {document: clauses(house, code, "?topic=closures") for document, code in PRACTICES.items()}

    assert [document for document, each in closures.items() if each] == ["imperial"]


# A practice changes its mind


def test_a_new_version_rules_from_the_moment_it_is_published(house: House) -> None:
    code = PRACTICES["coleridge"]
    post = house.published("rapunzel", by="rumpelstiltskin", practice=code)
    before = reply(house, code, post, "complaints_procedure")
    assert before.status_code == 200

    content = settled("coleridge", generic_reply_to_complaints=False)
    draft = {"content": content, "change_comment": "We answer complaints in private."}
    version = house.ask("hansel", "POST", "/v1/policies", practice=code, json=draft)
    for person, transition in (("hansel", "submit"), ("gretel", "approve")):
        version = house.does(person, transition, version, practice=code)
        post = reply(house, code, house.again("rapunzel", post, practice=code), "complaints_procedure")
        assert post.status_code == 200
    house.does("hansel", "publish", version, practice=code)
    after = reply(house, code, post, "complaints_procedure")

    assert refused(after) == (422, "reply_provided_for")
    assert in_force(house, code)["policy_id"] == version.json()["id"]
    assert len(house.again("rapunzel", post, practice=code).json()["replies"]) == 3


def test_who_uses_the_platforms_changes_with_the_policy(house: House) -> None:
    post = house.approved("goldilocks")
    adopt(house, use_platforms=["clinician"])

    assert refused(house.drafted("goldilocks")) == (403, "role")
    assert refused(house.does("goldilocks", "publish", post, json=FACEBOOK)) == (403, "role")
    assert house.does("puss", "publish", post, json=FACEBOOK).json()["state"] == "published"


def test_what_one_practice_publishes_changes_nothing_at_another(house: House) -> None:
    publish_policy(house, "woodbrook", HOME)

    assert house.submitted("hansel", platforms=["instagram"]).status_code == 200
    for document in ("imperial", "coleridge", "maryport"):
        answer = house.submitted("hansel", practice=PRACTICES[document], platforms=["instagram"])
        assert refused(answer) == (422, "on_own_platforms")


def test_without_a_policy_the_services_own_defaults_hold(house: House) -> None:
    waiting = house.submitted("goldilocks")
    active = house.reads("hansel", "/v1/policies?state=active")["items"][0]["id"]
    version = house.ask("hansel", "GET", f"/v1/policies/{active}")
    house.does("hansel", "withdraw", version, json={"reason": "It is being rewritten."})

    (here,) = house.reads("cinderella", "/v1/practices")["items"]
    assert here["in_force"] is None
    assert clauses(house, HOME) == {}
    assert refused(house.drafted("goldilocks")) == (403, "role")
    assert house.drafted("hansel").json()["policy_id"] is None
    assert refused(house.submitted("hansel")) == (422, "on_own_platforms")
    assert refused(house.does("rapunzel", "approve", waiting)) == (422, "on_own_platforms")

    publish_policy(house, "aspiro", HOME, content=policy("aspiro"))
    assert house.does("rapunzel", "approve", waiting).json()["state"] == "approved"
