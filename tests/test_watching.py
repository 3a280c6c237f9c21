"""Stories of the practice's pages: looked at as often as the policy says, reviews answered, and what is taken down where."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from models.posts import ReplyTemplate
from models.reviews import ReviewDraft, ReviewKind
from models.roles import Duty, Role
from models.settings import Platform
from models.sites import Site
from tests.house import HOME, PEOPLE, PRACTICES, House, policy
from tests.stories import REVIEW, adopt, holder, in_force, refused, told_of, trail
from tests.stories import time_goes_round as goes_round
from workflows.removal_help import GATHER, GENERAL, Route
from workflows.removal_sites import KNOWN_ON, SITES, Concern
from workflows.reviews import SUITS

DEFAULT = {"monitor": "practice_manager", "answer_reviews": "practice_manager", "remove": "practice_manager"}
"""Who holds a duty where a document names nobody."""
PAGES = {
    "imperial": {"facebook", "website"}, "coleridge": {"facebook", "website"}, "maryport": {"facebook"},
    "woodbrook": {"facebook", "instagram", "website"}, "aspiro": {"facebook", "website"},
}  # fmt: skip
SENT_TO = {
    "imperial": {"facebook", "website"}, "coleridge": {"nhs_website"}, "maryport": {"nhs_website"}, "woodbrook": {"website"},
    "aspiro": set(),
}  # fmt: skip
"""C-10: where each document sends reviews; a page, for one that says no more."""


def held_by(document: str, duty: str) -> str:
    """The role that a document gives a duty to, or the service where it says nothing."""
    duties = policy(document)["settings"].get("duties", {})
    return str(duties[duty]["value"][0]) if duty in duties else DEFAULT[duty]


def look(house: House, person: str, platform: str = "facebook", *, practice: str = HOME, **more: Any) -> Response:
    """Somebody enters a look at a platform, taken now unless it is said otherwise."""
    entry = {"platform": platform, "looked_at": house.clock.moment.isoformat(), **more}
    return house.ask(person, "POST", "/v1/monitoring-checks", practice=practice, json=entry)


def log(house: House, practice: str = HOME, **narrowing: str) -> list[dict[str, Any]]:
    """The monitoring log."""
    query = "&".join(f"{name}={value}" for name, value in narrowing.items())
    items: list[dict[str, Any]] = house.reads("hansel", f"/v1/monitoring-checks?{query}", practice=practice)["items"]
    return items


def review(house: House, person: str = "cinderella", *, practice: str = HOME, **said: Any) -> Response:
    """Somebody records a review."""
    return house.ask(person, "POST", "/v1/reviews", practice=practice, json={**REVIEW, **said})


def answer(house: House, person: str, record: Response, template: str, *, practice: str = HOME) -> Response:
    """Somebody puts a fixed text under it."""
    return house.does(person, "answer", record, practice=practice, json={"template": template})


# The monitoring log


@pytest.mark.parametrize("document", PRACTICES)
def test_each_practice_watches_its_own_pages_by_whoever_its_document_names(house: House, document: str) -> None:
    """S-05: the communications manager at Aspiro; elsewhere nobody is named, and the practice manager stands in."""
    code, settings = PRACTICES[document], policy(document)["settings"]
    waiting = {each["platform"]: each["due_at"] for each in log(house, code, state="current")}
    assert waiting == dict.fromkeys(PAGES[document], "2026-03-09T12:00:00Z")
    assert "monitoring_days" not in settings

    watcher = holder(Role(held_by(document, "monitor")))
    assert look(house, watcher, practice=code).status_code == 201
    for person in {"hansel", "rapunzel", "cinderella", "goldilocks"} - {watcher, "rumpelstiltskin"}:
        allowed = Role(held_by(document, "monitor")) in PEOPLE[person]
        assert (look(house, person, practice=code).status_code == 201) == allowed, person
    named = PAGES[document] | set(settings.get("recognised_platforms", {"value": []})["value"])
    for each in Platform:
        done = look(house, watcher, each.value, practice=code)
        assert (done.status_code == 201) == (each in named), each
        if done.status_code == 201:
            assert (done.json()["due_at"] is not None) == (each in PAGES[document])
        else:
            assert refused(done) == (422, "platform_of_the_policy")


def test_the_next_look_is_due_as_the_policy_says_and_told_when_it_is_late(house: House) -> None:
    """S-05, MON-5."""
    adopt(house, monitoring_days=2)
    assert {each["due_at"] for each in log(house, state="current")} == {"2026-03-04T12:00:00Z"}
    done = look(house, "rapunzel")
    assert (done.json()["due_at"], done.json()["due_for"]) == ("2026-03-04T12:00:00Z", "next_look")
    assert done.json()["policy_id"] == in_force(house)

    house.clock.wind(days=2, seconds=-1)
    goes_round(house)
    assert house.again("hansel", done).json()["state"] == "current"
    house.clock.wind(seconds=2)
    goes_round(house)
    goes_round(house)
    late = house.again("hansel", done)
    assert (late.json()["state"], late.json()["overdue"]) == ("overdue", True)
    assert trail(house, late) == ["look", "escalate"]
    assert told_of(house, late)["monitoring_check.escalate"] == ["management", "monitoring"]

    assert look(house, "rapunzel").status_code == 201
    assert house.again("hansel", late).json()["state"] == "followed"


def test_a_look_is_entered_after_it_was_taken_and_passed_on_where_it_calls_for_somebody(house: House) -> None:
    """MON-2, MON-3."""
    later = (house.clock.moment + timedelta(seconds=1)).isoformat()
    assert refused(look(house, "rapunzel", looked_at=later)) == (422, "looked_already")
    found = {
        "complaint": "complaints_lead_told", "abuse": "management_told", "identifies_somebody": "management_told",
        "safety": "management_told", "medical_information": "seen_by_clinician",
    }  # fmt: skip
    for kind, follow_up in found.items():
        counted: dict[str, Any] = {"found": [{"kind": kind, "count": 2}, {"kind": "praise", "count": 1}]}
        assert refused(look(house, "rapunzel", **counted)) == (422, "followed_up")
        assert refused(look(house, "rapunzel", **counted, follow_up=["answered"])) == (422, "followed_up")
        assert look(house, "rapunzel", **counted, follow_up=["answered", follow_up]).status_code == 201
    assert look(house, "rapunzel", found=[{"kind": "praise", "count": 1}] * 2).status_code == 422
    assert look(house, "rapunzel", found=[{"kind": "praise", "count": 0}]).status_code == 422
    assert look(house, "rapunzel", note="Dr Faust was late.").status_code == 422


def test_an_entry_is_corrected_by_a_further_one_and_never_changed(house: House) -> None:
    """MON-4."""
    wrong = look(house, "rapunzel")
    assert refused(look(house, "rapunzel", corrects="01900000-0000-7000-8000-000000000000")) == (
        422,
        "corrects_an_entry",
    )
    assert refused(look(house, "rapunzel", "website", corrects=wrong.json()["id"])) == (422, "corrects_an_entry")
    (unseen,) = log(house, platform="website")
    assert refused(look(house, "rapunzel", "website", corrects=unseen["id"])) == (422, "corrects_an_entry")

    house.clock.wind(hours=1)
    earlier = (house.clock.moment - timedelta(hours=2)).isoformat()
    right = look(house, "rapunzel", corrects=wrong.json()["id"], looked_at=earlier)
    assert (right.status_code, right.json()["due_at"]) == (201, "2026-03-09T11:00:00Z")
    followed = house.again("rapunzel", wrong).json()
    assert {**followed, "state": "current", "version": 1} | {"due_at": None, "due_for": None} == {
        **wrong.json(), "due_at": None, "due_for": None,
    }  # fmt: skip
    assert followed["available_transitions"] == []

    late = look(house, "rapunzel", looked_at=(house.clock.moment - timedelta(hours=5)).isoformat())
    assert late.json()["due_at"] == right.json()["due_at"]


def test_what_a_version_gives_up_is_watched_no_longer(house: House) -> None:
    """S-05: and a page that it adds is watched from its publication."""
    assert look(house, "rapunzel").status_code == 201
    adopt(house, platform_accounts=[{"platform": "website"}, {"platform": "instagram"}])
    assert {each["platform"] for each in log(house, state="current")} == {"website", "instagram"}
    assert {each["platform"] for each in log(house, state="lapsed")} == {"facebook"}
    version = house.ask("hansel", "GET", f"/v1/policies/{in_force(house)}")
    house.does("hansel", "withdraw", version, json={"reason": "It is being rewritten."})
    assert log(house, state="current") == []
    assert refused(look(house, "hansel")) == (422, "platform_of_the_policy")


def test_a_version_that_asks_for_looks_more_often_moves_those_that_are_waited_for(house: House) -> None:
    """S-05: sooner, counted from the last look that is known, and never later."""
    house.clock.wind(days=1)
    first = look(house, "rapunzel")
    earlier = (house.clock.moment - timedelta(hours=12)).isoformat()
    entered_late = look(house, "rapunzel", looked_at=earlier)
    assert first.json()["due_at"] == entered_late.json()["due_at"] == "2026-03-10T12:00:00Z"

    def due() -> dict[str, str]:
        return {each["platform"]: each["due_at"] for each in log(house) if each["state"] in {"current", "overdue"}}

    adopt(house, monitoring_days=4)
    assert due() == {"facebook": "2026-03-07T12:00:00Z", "website": "2026-03-06T12:00:00Z"}
    moved = house.again("rapunzel", entered_late)
    assert trail(house, moved) == ["look", "bring_forward"]
    assert (moved.json()["state"], moved.json()["looked_at"]) == ("current", entered_late.json()["looked_at"])
    adopt(house, monitoring_days=9)
    assert due() == {"facebook": "2026-03-07T12:00:00Z", "website": "2026-03-06T12:00:00Z"}

    house.clock.wind(days=2)
    adopt(house, monitoring_days=1)
    goes_round(house)
    assert {each["platform"] for each in log(house, state="overdue")} == {"facebook", "website"}


def test_a_page_that_was_only_recognised_is_watched_once_it_is_the_practices_own(house: House) -> None:
    """S-05: like any other that a version adds, whether or not somebody has looked at it before."""
    adopt(house, recognised_platforms=["instagram"])
    assert look(house, "rapunzel", "instagram").json()["due_at"] is None
    house.clock.wind(days=30)
    pages = ("facebook", "instagram", "website")
    adopt(house, platform_accounts=[{"platform": each} for each in pages], monitoring_days=3)
    (waiting,) = log(house, platform="instagram", state="current")
    assert waiting["due_at"] == "2026-04-04T12:00:00Z"


# Reviews


@pytest.mark.parametrize("document", PRACTICES)
def test_reviews_are_answered_by_whoever_each_document_names(house: House, document: str) -> None:
    """C-10, C-11: the practice manager by three documents and by default, and nobody else."""
    code = PRACTICES[document]
    answering = holder(Role(held_by(document, "answer_reviews")))
    for site in Site:
        seen = review(house, practice=code, site=site)
        assert seen.json()["as_the_policy_asks"] == (site in SENT_TO[document]), site
    for person in sorted({"gretel", "rapunzel", "bear", "cinderella"}):
        assert refused(answer(house, person, seen, "thanks", practice=code)) == (403, "role")
    done = answer(house, answering, seen, "thanks", practice=code)
    assert (done.status_code, done.json()["state"]) == (200, "answered")
    assert done.json()["answered"]["text"] == "Thank you for taking the time to comment."
    assert refused(answer(house, answering, done, "thanks", practice=code)) == (409, "state")

    concern = review(house, practice=code, kind="concern")
    told = answer(house, answering, concern, "complaints_procedure", practice=code)
    if document == "coleridge":
        assert "our complaints procedure" in told.json()["answered"]["text"]
    else:
        assert refused(told) == (422, "reply_provided_for")


def test_the_policy_hands_the_answering_to_somebody_else(house: House) -> None:
    """C-11."""
    content = policy("aspiro")
    duties = {
        **content["settings"]["duties"],
        "answer_reviews": {"value": ["reception_manager"], "source": "Section 9"},
    }
    changed = {**content, "settings": {**content["settings"], "duties": duties}}
    seen = review(house)
    draft = house.ask("hansel", "POST", "/v1/policies", json={"content": changed, "change_comment": "Reviews."})
    for person, transition in (("hansel", "submit"), ("gretel", "approve"), ("hansel", "publish")):
        draft = house.does(person, transition, draft)
    assert refused(answer(house, "hansel", seen, "thanks")) == (403, "role")
    assert answer(house, "goldilocks", seen, "thanks").json()["policy_id"] == in_force(house)


@pytest.mark.parametrize("kind", ReviewKind)
def test_an_answer_suits_the_review_and_tells_of_nobody(house: House, kind: ReviewKind) -> None:
    """REV-2: abuse gets none."""
    for template in ReplyTemplate:
        seen = review(house, kind=kind)
        if kind == ReviewKind.COMPLAINT:
            seen = house.does("cinderella", "pass_complaint_on", seen)
        told = answer(house, "hansel", seen, template)
        if template not in SUITS[kind]:
            assert refused(told) == (422, "reply_suits")
        elif template == ReplyTemplate.COMPLAINTS_PROCEDURE:
            assert refused(told) == (422, "reply_provided_for")
        else:
            assert "patient" not in told.json()["answered"]["text"]


def test_a_complaint_takes_its_own_route_first(house: House) -> None:
    """REV-3: at Aspiro the communications manager handles complaints."""
    seen = review(house, kind="complaint")
    for transition, sent in (
        ("answer", {"template": "contact_the_practice"}), ("leave_unanswered", {"reason": "nothing_to_add"}), ("record_gone", None),
    ):  # fmt: skip
        assert refused(house.does("hansel", transition, seen, json=sent)) == (422, "complaint_is_passed_on")
    praised = {"kind": "praise"}
    assert refused(house.does("hansel", "classify", seen, json=praised)) == (422, "complaint_stays_one")
    assert refused(house.does("hansel", "report_to_site", seen, json={"ground": "spam"})) == (422, "not_a_complaint")

    passed_on = house.does("cinderella", "pass_complaint_on", seen)
    assert passed_on.json()["complaint_passed_on"]["by"] == house.member("cinderella").json()["id"]
    assert told_of(house, passed_on)["review.pass_complaint_on"] == ["complaints"]
    assert refused(house.does("bear", "pass_complaint_on", passed_on)) == (422, "complaint_not_passed_on_yet")
    heard = house.reads("rapunzel", "/v1/events?limit=100&type=review.pass_complaint_on")["items"]
    assert [each["record_id"] for each in heard] == [seen.json()["id"]]
    assert answer(house, "hansel", passed_on, "contact_the_practice").json()["state"] == "answered"


def test_a_complaint_in_disguise_is_found_at_any_time(house: House) -> None:
    """REV-3, REV-6."""
    seen = answer(house, "hansel", review(house), "thanks")
    assert refused(house.does("hansel", "classify", seen, json={"kind": "praise"})) == (422, "says_something_new")
    assert refused(house.does("hansel", "pass_complaint_on", seen)) == (422, "calls_for_the_complaints_route")
    found = house.does("hansel", "classify", seen, json={"kind": "complaint"})
    assert found.json()["state"] == "answered"
    assert refused(house.does("hansel", "record_gone", found)) == (422, "complaint_is_passed_on")
    found = house.does("hansel", "pass_complaint_on", found)
    assert house.does("rapunzel", "classify", found, json={"kind": "concern"}).json()["kind"] == "concern"
    assert house.does("hansel", "record_gone", house.again("hansel", found)).json()["state"] == "gone"


def test_what_concerns_safety_is_passed_on_first(house: House) -> None:
    """REV-4."""
    seen = review(house, kind="concern")
    assert refused(house.does("hansel", "pass_safety_concern_on", seen)) == (422, "is_about_safety")
    seen = house.does("hansel", "classify", seen, json={"kind": "concern", "concerns_safety": True})
    seen = house.does("hansel", "classify", seen, json={"kind": "praise"})
    assert seen.json()["concerns_safety"] is True
    assert refused(answer(house, "hansel", seen, "thanks")) == (422, "safety_is_passed_on")
    seen = house.does("puss", "pass_safety_concern_on", seen)
    assert told_of(house, seen)["review.pass_safety_concern_on"] == ["management", "safety"]
    assert refused(house.does("puss", "pass_safety_concern_on", seen)) == (422, "safety_not_passed_on_yet")
    assert answer(house, "hansel", seen, "thanks").status_code == 200


def test_what_breaks_a_sites_rules_is_reported_there_once(house: House) -> None:
    """REV-5: by whoever removes things here."""
    seen = review(house, kind="abusive")
    report = {"ground": "abusive_or_threatening"}
    assert refused(house.does("rapunzel", "report_to_site", seen, json=report)) == (403, "role")
    reported = house.does("hansel", "report_to_site", seen, json=report)
    assert reported.json()["reported"]["ground"] == "abusive_or_threatening"
    assert refused(house.does("hansel", "report_to_site", reported, json=report)) == (422, "not_reported_yet")
    left = house.does("hansel", "leave_unanswered", reported, json={"reason": "abusive"})
    assert (left.json()["state"], left.json()["left_because"]) == ("left", "abusive")


@pytest.mark.parametrize(
    "gist",
    [
        "Goldilocks was rude", "NHS number 999 123 4560", "Mr Smith had to wait", "Her diabetes got worse",
        "Call 07700 900123", "Born 12/03/1964", "rumpel@example.org wrote it",
    ],
)  # fmt: skip
def test_nobody_is_named_in_what_is_kept_of_a_review(house: House, gist: str) -> None:
    """REV-1: and the answer does not repeat it."""
    answered = review(house, gist=gist)
    assert refused(answered) == (422, "tells_of_nobody")
    assert gist not in answered.text


def test_a_review_is_kept_without_its_author(house: House) -> None:
    """REV-1."""
    assert review(house, gist="Long waits on the telephone").status_code == 201
    assert set(ReviewDraft.model_fields) == {"site", "kind", "url", "posted_on", "concerns_safety", "gist"}
    for field in ("author", "reviewer", "patient", "nhs_number"):
        assert review(house, **{field: "Rumpelstiltskin"}).status_code == 422
    assert review(house, "website").status_code == 403


# Removal help


@pytest.mark.parametrize("document", PRACTICES)
def test_removal_help_is_there_for_each_site_that_a_policy_names(house: House, document: str) -> None:
    """I-04: its own pages, those that it recognises, and the NHS website where reviews go there."""
    code, settings = PRACTICES[document], policy(document)["settings"]
    told = house.reads("cinderella", "/v1/removal-help", practice=code)["items"]
    named = PAGES[document] | set(settings.get("recognised_platforms", {"value": []})["value"])
    named |= SENT_TO[document] & {"nhs_website"}
    assert {each["site"] for each in told} == named
    for each in told:
        assert each["own_page"] == (each["site"] in PAGES[document])
        assert ("delete_ourselves" in {route["route"] for route in each["routes"]}) == each["own_page"]
        assert each["gather"][0].startswith("A copy of the material")
        removes, contacts = each["who_asks"]
        assert (removes["duty"], removes["held"]["value"]) == ("remove", [held_by(document, "remove")])
        assert (removes["held"]["origin"] == "from_policy") == (document == "maryport")
        assert (contacts["held"]["origin"] == "from_policy") == (document == "aspiro")


def test_removal_help_can_be_read_for_any_site_and_by_staff_alone(house: House) -> None:
    """I-04."""
    for site in Site:
        told = house.reads("puss", f"/v1/removal-help/{site}")
        assert told["site"] == site
    assert house.reads("puss", "/v1/removal-help/google")["named_in_policy"] is False
    assert house.ask("puss", "GET", "/v1/removal-help/myspace").status_code == 404
    assert refused(house.ask("website", "GET", "/v1/removal-help/google")) == (403, "role")
    assert refused(house.ask("website", "GET", "/v1/removal-help")) == (403, "role")


def test_removal_help_has_a_source_for_every_line_and_no_address_in_its_words() -> None:
    """I-04: addresses of forms go out of date; nothing is made up."""
    assert set(GENERAL) == set(Route)
    said = [each.how for each in GENERAL.values()]
    for each in SITES.values():
        said += [each.about, each.does_not, *each.gather, *(way.how for way in each.routes)]
    assert all(each.source for each in GENERAL.values())
    assert all(each.source for each in SITES.values())
    assert not [each for each in said if "http" in each or "www" in each]
    assert any("before anything is hidden, deleted or reported" in each for each in GATHER)
    assert Duty.REMOVE in set(Duty)


def test_every_platform_has_removal_help_of_its_own() -> None:
    """I-04: a way for each concern, what the site does not do, and where its public help begins."""
    assert {each.value for each in Platform} < {each.value for each in Site}
    assert set(SITES) == set(Site)
    assert len({each.about for each in SITES.values()}) == len({each.does_not for each in SITES.values()}) == len(Site)
    for each in set(Platform) - {Platform.WEBSITE}:
        about = SITES[Site(each)]
        assert [way.concern for way in about.routes] == list(Concern), each
        assert about.gather, each
        assert about.help_address
        assert about.help_address.startswith("https://"), each
        assert about.known_on == KNOWN_ON
    assert SITES[Site.WEBSITE].help_address is None


def test_removal_help_tells_what_a_site_asks_for_besides(house: House) -> None:
    """I-04: for the four of which one document gives the sites' own help, and for every other."""
    for site, door in (
        ("facebook", "https://www.facebook.com/help"), ("instagram", "https://help.instagram.com"),
        ("x", "https://help.x.com"), ("linkedin", "https://www.linkedin.com/help"),
    ):  # fmt: skip
        told = house.reads("cinderella", f"/v1/removal-help/{site}")
        assert (told["about_the_site"]["help_address"], told["about_the_site"]["known_on"]) == (door, "2026-11-22")
        assert told["gather"] == [*GATHER, *told["about_the_site"]["gather"]]
