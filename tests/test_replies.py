"""What is said in public under a post: fixed texts that tell nobody whether anybody is a patient (POST-8, K-02, K-04)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from pydantic import ValidationError

from models.posts import Post, PostState, Publication, ReplyDraft, ReplyTemplate
from models.practices import Contacts, InForce
from models.roles import Role
from models.settings import Platform, PolicySettings
from tests.laws import CODE, somebody
from tests.said.posts import GOOD
from workflows.engine import Act
from workflows.posts import reply
from workflows.replies import EMERGENCY, SENTENCES, wording
from workflows.roles import PracticeInForce

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PHONE, WEBSITE, COMPLAINTS = (
    "01632 960001",
    "https://glass-hill.example.com",
    "https://glass-hill.example.com/complaints",
)
PORTAL, FRONT_DESK = "the online form", "the feedback box at the front desk"

REVEALING = re.compile(
    r"\byou(r|rs|rself)?\s+(appointment|record|registration|prescription|consultation|treatment|test|result|gp|doctor|case"
    r"|visit|care|complaint|condition|symptom|illness|health|experience)"
    r"|\b(our|a|as a|the|my) patients?\b|\bpatients?\b|\bregistered\b|\bregistration\b|\bsorry\b|\bapologi[sz]e"
    r"|\bwe (know|saw|see|treated|remember|looked|checked|have your)\b|\b(last|next) (visit|appointment|time)\b",
    re.IGNORECASE,
)
"""What would tell, or let somebody guess, that the person is known here, or that something happened."""


def practices() -> Iterator[PracticeInForce]:
    """Every mixture of what a practice publishes of itself and what its policy settles, and none at all."""
    for phone, website, complaints in product((None, PHONE), (None, WEBSITE), (None, COMPLAINTS)):
        contacts = Contacts(phone=phone, website=website, complaints=complaints)
        yield PracticeInForce(CODE, contacts)
        for contact, feedback in product((None, PORTAL), (None, FRONT_DESK)):
            yield PracticeInForce(CODE, contacts, in_force(contact, feedback))


def in_force(contact: str | None, feedback: str | None) -> InForce:
    """A policy that names these routes."""
    settings = {"online_contact": {"value": contact}, "feedback_route": {"value": feedback}}
    return InForce(
        policy_id=UUID(int=1), number="1.0", title="Conduct", settings=PolicySettings.model_validate(settings)
    )


every_practice = pytest.mark.parametrize("practice", list(practices()), ids=lambda _: "practice")
every_template = pytest.mark.parametrize("template", ReplyTemplate)


def test_every_template_has_its_words() -> None:
    assert set(SENTENCES) == set(ReplyTemplate)


@every_template
@every_practice
def test_every_template_is_whole_sentences_at_every_practice(
    template: ReplyTemplate, practice: PracticeInForce
) -> None:
    said = wording(template, practice)
    assert re.fullmatch(r"[A-Z].*[.]", said)
    assert not re.search(r"None|\s\s|\{|\}|\.\.|\s[.,]|\bor\s*\.", said)


@every_template
@every_practice
def test_no_reply_tells_that_anybody_is_a_patient(template: ReplyTemplate, practice: PracticeInForce) -> None:
    """POST-8: neither that the person is known here, nor that anything happened to them."""
    assert not REVEALING.search(wording(template, practice))


@pytest.mark.parametrize(
    "telling",
    [
        "We have looked into your appointment.",
        "We are sorry to hear this.",
        "As our patient you can ask for a copy.",
        "You are registered with us.",
        "We remember your last visit.",
    ],
)
def test_the_search_for_telling_words_finds_them(telling: str) -> None:
    assert REVEALING.search(telling)


def test_a_reply_has_no_room_for_words_of_its_own() -> None:
    """POST-8: whoever answers chooses a platform and a template, and says where the comment is."""
    assert set(ReplyDraft.model_fields) == {"platform", "template", "comment_url"}
    with pytest.raises(ValidationError):
        ReplyDraft.model_validate({"platform": "facebook", "template": "thanks", "text": "Hello Hansel."})


@every_template
def test_what_was_typed_never_stands_in_a_reply(template: ReplyTemplate) -> None:
    """POST-8: not even the address of the comment."""
    typed = "https://facebook.example.com/hansel-was-at-the-surgery"
    post = published()
    act = Act(somebody(Role.COMMUNICATIONS_MANAGER), answering(), NOON)
    reply.apply(post, act, ReplyDraft(platform=Platform.FACEBOOK, template=template, comment_url=typed))
    (said,) = post.replies
    assert said.comment_url == typed
    assert said.text == wording(template, answering())
    assert "hansel" not in said.text


def published() -> Post:
    """A post that is public on one platform."""
    where = Publication(platform=Platform.FACEBOOK, url=None, external_id=None, at=NOON, by="rapunzel")
    return Post(
        practice=CODE, created_at=NOON, state=PostState.PUBLISHED, author="rapunzel", last_edited_by="rapunzel",
        publications=[where], **dict(GOOD),
    )  # fmt: skip


def answering() -> PracticeInForce:
    """A practice that answers complaints in public with the general text."""
    settings = PolicySettings.model_validate({"generic_reply_to_complaints": {"value": True}})
    return PracticeInForce(
        CODE, Contacts(), InForce(policy_id=UUID(int=1), number="1.0", title="Conduct", settings=settings)
    )


# Where people are sent


@every_practice
def test_each_route_is_named_where_the_practice_has_one(practice: PracticeInForce) -> None:
    contacts, settings = practice.contacts, practice.settings
    named = {
        ReplyTemplate.COMPLAINTS_PROCEDURE: [contacts.complaints],
        ReplyTemplate.CONTACT_THE_PRACTICE: [contacts.phone, contacts.website],
        ReplyTemplate.MEDICAL_QUESTION: [settings.online_contact.value],
        ReplyTemplate.FEEDBACK_ROUTE: [settings.feedback_route.value],
    }
    for template, routes in named.items():
        assert all(route in wording(template, practice) for route in routes if route)


def test_where_a_practice_has_no_route_there_is_still_one() -> None:
    bare = PracticeInForce(CODE, Contacts())
    assert "Reception can explain it" in wording(ReplyTemplate.COMPLAINTS_PROCEDURE, bare)
    assert "at reception" in wording(ReplyTemplate.CONTACT_THE_PRACTICE, bare)
    assert "contact the practice directly" in wording(ReplyTemplate.MEDICAL_QUESTION, bare)
    assert "to the practice directly" in wording(ReplyTemplate.FEEDBACK_ROUTE, bare)


@every_practice
def test_whoever_asks_about_health_learns_where_to_go_when_it_is_urgent(practice: PracticeInForce) -> None:
    """C-15 to C-17, S-08."""
    said = wording(ReplyTemplate.MEDICAL_QUESTION, practice)
    assert EMERGENCY in said
    assert {"999", "111"} <= set(re.findall(r"\d+", said))
