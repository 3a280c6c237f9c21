"""Where one of the five documents says what the law or the profession forbids, doing as it says is refused by a named rule.

Each attempt is made through the front door, by those whom the document names, and gets as far as it does but for the one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from httpx import Response

from models.roles import Role
from service.policy_library import library
from tests.house import DRAFT, FACEBOOK, PEOPLE, PRACTICES, House, policy
from tests.laws import LAWS
from tests.stories import refused
from tests.test_recording_consents import AGREED, DAY, DECLINED, requested
from workflows.rule import ASPIRO, COLERIDGE, IMPERIAL, MARYPORT, WOODBROOK
from workflows.rules import RULES

TITLES = {
    "imperial": IMPERIAL, "coleridge": COLERIDGE, "maryport": MARYPORT, "woodbrook": WOODBROOK, "aspiro": ASPIRO,
}  # fmt: skip
MANAGER, PARTNER, CLINICIAN, WRITER = "hansel", "gretel", "puss", "rapunzel"
BY_ROLE = {role: person for person, roles in reversed(PEOPLE.items()) for role in roles}
"""Somebody with each role."""
WHY = {"reason": "It is on social media."}


class Practice:
    """One of the five practices, and what is tried there: each step by somebody to whom its document gives it."""

    def __init__(self, house: House, document: str) -> None:
        self.house, self.code, self.content = house, PRACTICES[document], library()[TITLES[document]]

    def holder(self, duty: str) -> str:
        """Whoever the document names for a duty."""
        return BY_ROLE[getattr(self.content.settings.duties, duty).value[0]]

    def clause(self, ground: str) -> str:
        """A clause that forbids this."""
        return next(each.key for each in self.content.clauses if ground in each.grounds)

    def ask(self, person: str, path: str, said: dict[str, Any]) -> Response:
        """Somebody begins something, and may."""
        answer = self.house.ask(person, "POST", path, practice=self.code, json=said)
        assert answer.status_code in {200, 201}, (path, answer.text)
        return answer

    def tries(self, person: str, transition: str, record: Response, /, **said: Any) -> Response:
        """Somebody asks for a step, whatever comes of it."""
        now = self.house.again(person, record, practice=self.code)
        return self.house.does(person, transition, now, practice=self.code, json=said or None)

    def does(self, person: str, transition: str, record: Response, /, **said: Any) -> Response:
        """Somebody takes a step, and may."""
        answer = self.tries(person, transition, record, **said)
        assert answer.status_code == 200, (transition, answer.text)
        return answer

    def found(self, kind: str, *, reported: dict[str, Any] | None = None, **said: Any) -> Response:
        """Something was reported, evidence of it is kept, and whoever is told has looked at it."""
        incident = self.ask(
            "cinderella", "/v1/incidents", {"kind": kind, "description": "They are all wolves.", **(reported or {})}
        )
        place = {name: each for name, each in (reported or {}).items() if name != "url"}
        incident = self.does("cinderella", "notify", incident)
        self.house.described(practice=self.code, case_id=incident.json()["id"])
        return self.does(self.holder("be_told"), "triage", incident, **{"kind": kind, **place, **said})

    def known(self, incident: Response) -> Response:
        """A patient did it."""
        wolf = self.house.recorded(practice=self.code, name="The Wolf").json()["id"]
        return self.does(
            MANAGER, "identify_author", incident, person=wolf, standing="patient", known_by="His big teeth."
        )

    def shouted(self) -> Response:
        """A patient has shouted at somebody."""
        return self.known(self.found("verbal_abuse"))

    def posted(self, ground: str) -> Response:
        """A patient has posted something elsewhere, was asked to take it down, and refuses."""
        there = {"platform": "facebook", "url": "https://example.com/posts/1"}
        incident = self.known(
            self.found("third_party_post", reported=there, grounds=[ground], clause_key=self.clause(ground))
        )
        writer = self.holder("contact_author")
        asked = {"reasons": ["It is untrue."], "remove_by": "2026-03-16"}
        return self.does(writer, "author_refuses", self.does(writer, "request_removal", incident, **asked))

    def judged(self, incident: Response) -> Response:
        """It was found to be unreasonable."""
        found = {"finding": "unreasonable", "reasons": ["It is meant to hurt."], "rests_on_complaint_alone": False}
        return self.does(PARTNER, "record_finding", incident, **found)

    def agreed(self, incident: Response, measure: str, *others: Role) -> Response:
        """Everybody whom the document names agrees, and these."""
        for role in dict.fromkeys([*self.content.settings.duties.decide.value, *others]):
            said = {"role": role, "measure": measure, "agrees": True, "reason": "It has to stop."}
            incident = self.does(BY_ROLE[role], "decide", incident, **said)
        return incident

    def broken_down(self) -> Response:
        """The author goes on refusing, and all was tried that comes before a removal."""
        incident = self.does(self.holder("decide"), "convene", self.judged(self.posted("obscene")))
        incident = self.does(MANAGER, "breach_continues", incident)
        for safeguard, when in (
            ("restore_attempt", "2026-05-04"), ("alternatives", None), ("colleague_consulted", None),
        ):  # fmt: skip
            incident = self.does(
                MANAGER, "take_safeguard", incident, safeguard=safeguard, what="Tea with the manager.", review_on=when
            )
        return self.does(MANAGER, "check_equality", incident, **FAIR)

    def in_danger(self, *, fear: bool) -> Response:
        """A patient has shouted, and somebody was afraid, or was not."""
        shouted = {"what": "Huffed.", "happened_at": "2026-03-02T11:00:00Z", "violence": False, "fear_for_safety": fear}
        return self.does(
            PARTNER, "check_equality", self.does("cinderella", "threat", self.shouted(), **shouted), **FAIR
        )


FAIR = {
    "protected_characteristics_considered": True, "neurodivergence_considered": True, "adjustments": "None was asked for.",
    "discriminates": False,
}  # fmt: skip
REMOVAL = {"reason_kind": "specific", "reasons": ["It went on."]}


# What somebody does who takes a document at its word


def delete_a_complaint(at: Practice) -> Response:
    """A complaint on the page is deleted, and that is all."""
    page = {"platform": "facebook", "on_own_page": True}
    incident = at.found("own_page_post", reported=page, is_complaint=True)
    return at.tries(at.holder("remove"), "take_down", incident, reason="It is a complaint.")


def leave_a_grievance(at: Practice) -> Response:
    """A grievance on social media is no complaint, and is left at that."""
    incident = at.found("third_party_post", reported={"platform": "facebook"}, is_complaint=True)
    return at.tries(at.holder("be_told"), "no_breach", incident, **WHY)


def remove_without_the_police(at: Practice) -> Response:
    """Whoever threatens is removed at once."""
    return at.tries(PARTNER, "request_immediate_removal", at.in_danger(fear=True), way="phone")


def remove_for_words(at: Practice) -> Response:
    """Whoever abuses staff in words is removed at once."""
    incident = at.does(MANAGER, "tell_police", at.in_danger(fear=False), told_at="2026-03-02T11:30:00Z")
    return at.tries(PARTNER, "request_immediate_removal", incident, way="phone")


def remove_without_a_warning(at: Practice) -> Response:
    """Whoever goes on refusing has ended the relationship, and is removed."""
    incident = at.agreed(at.broken_down(), "list_removal", Role.PARTNER)
    return at.tries(PARTNER, "request_list_removal", incident, **REMOVAL)


def decide_alone(at: Practice) -> Response:
    """Whoever considers what is done considers a removal too, and nobody else does."""
    return at.tries(PARTNER, "request_list_removal", at.agreed(at.broken_down(), "list_removal"), **REMOVAL)


def punish_a_complaint(at: Practice) -> Response:
    """Nothing is said of whoever complains, so it is held against them."""
    alone = {"finding": "unreasonable", "reasons": ["They complain."], "rests_on_complaint_alone": True}
    return at.tries(PARTNER, "record_finding", at.shouted(), **alone)


def punish_what_is_inaccurate(at: Practice) -> Response:
    """What is inaccurate, or embarrassing, is forbidden like all the rest, and held against whoever posts it."""
    grounds = {"grounds": ["inaccurate", "embarrassing"], "clause_key": at.clause("embarrassing")}
    incident = at.known(at.found("third_party_post", reported={"platform": "facebook"}, **grounds))
    found = {"finding": "unreasonable", "reasons": ["It is wrong."], "rests_on_complaint_alone": False}
    return at.tries(PARTNER, "record_finding", incident, **found)


def cite_the_law_as_it_was(at: Practice) -> Response:
    """Lawyers are asked on an Act that the document lists."""
    incident, decider = at.judged(at.posted("defamatory")), at.holder("decide")
    incident = at.does(decider, "convene", incident)
    incident = at.does(decider, "contact_defence_body", incident, adviser="The union", advice="Write to them.")
    incident = at.agreed(incident, "legal_referral")
    cited = {"bases": ["malicious_communication_before_2024"], "asked": "Is there a claim?"}
    return at.tries(decider, "refer_legal", incident, **cited)


def decline_unasked(at: Practice) -> Response:
    """The clinician does not agree to a recording, and that is all."""
    return at.tries(CLINICIAN, "decline", requested(at.house, practice=at.code), **{**DECLINED, "adjustment": None})


def close_without_a_note(at: Practice) -> Response:
    """Nothing is said of the record, so nothing is written there of a recording."""
    recording = at.does(
        CLINICIAN, "agree", requested(at.house, practice=at.code), **AGREED, as_reasonable_adjustment=True
    )
    return at.tries(CLINICIAN, "close", at.does(CLINICIAN, "make", recording, made_on=DAY))


def publish_something_else(at: Practice) -> Response:
    """A post was approved, and another text is published."""
    other = {**DRAFT, "text": "Flu clinics start on Sunday."}
    changed = at.does(WRITER, "edit_after_approval", approved(at), **other)
    return at.tries(WRITER, "publish", changed, **FACEBOOK)


def publish_somewhere_else(at: Practice) -> Response:
    """A post was approved, and is published on another platform."""
    return at.tries(WRITER, "publish", approved(at), platform="website", url="https://example.com/news")


def approved(at: Practice) -> Response:
    """A post that somebody else approved, for Facebook."""
    post = at.does(WRITER, "submit", at.ask(WRITER, "/v1/posts", DRAFT))
    return at.does("rumpelstiltskin", "approve", post)


def approve_ones_own_version(at: Practice) -> Response:
    """Whoever edited a version of the policy approves it."""
    draft = {"content": at.content.model_dump(mode="json"), "change_comment": "Edited and approved."}
    version = at.does(MANAGER, "submit", at.ask(MANAGER, "/v1/policies", draft))
    return at.tries(MANAGER, "approve", version)


# Where it is said, and what refuses it


@dataclass(frozen=True)
class Said:
    """What a document says, and where; or the setting on which it is silent. What refuses it, and by which rule."""

    document: str
    tries: Callable[[Practice], Response]
    guard: str
    rule: str
    where: str | None = None
    silent_on: str | None = None

    def __str__(self) -> str:
        """The document, and what is done."""
        return f"{self.document}: {self.tries.__name__}"


SEVEN_WORDS = {
    "imperial": "Code of conduct, point 4", "coleridge": "Code of conduct, point 5", "maryport": "Code of conduct, point 3",
    "woodbrook": "Annex A, point 4", "aspiro": "Annex A, point 4",
}  # fmt: skip
DELETED = {
    "imperial": "Patient complaints on social media, paragraph 2", "maryport": "Patient complaints on social media",
    "woodbrook": "Annex A, patient complaints on social media, paragraph 2",
    "aspiro": "Annex A, patient complaints on social media, paragraph 2",
}  # fmt: skip
BY_AGREEMENT = {
    "imperial": "Code of conduct, point 3", "woodbrook": "Annex A, point 3", "aspiro": "Annex A, point 3",
}  # fmt: skip
APPROVED = {"woodbrook": "Section 2.1", "aspiro": "Section 4.1"}
ZERO_TOLERANCE = "Zero Tolerance, points 1 to 3"


def literally() -> Iterator[Said]:
    """All of it."""
    for each, where in DELETED.items():
        yield Said(each, delete_a_complaint, "complaint_route_offered", "INC-4", where)
    yield Said("woodbrook", leave_a_grievance, "complaint_route_offered", "INC-4", "Section 1.1")
    yield Said("aspiro", leave_a_grievance, "complaint_route_offered", "INC-4", "Section 2.2")
    yield Said("imperial", remove_without_the_police, "police_were_told", "INC-11", ZERO_TOLERANCE)
    yield Said("imperial", remove_for_words, "violence_or_fear", "INC-11", ZERO_TOLERANCE)
    yield Said("woodbrook", remove_without_a_warning, "warned_or_exempt", "INC-9", "Section 2.4")
    yield Said("aspiro", remove_without_a_warning, "warned_or_exempt", "INC-9", "Section 4.5")
    yield Said("aspiro", decide_alone, "all_agreed_to_remove", "INC-10", "Section 4.4")
    for each in ("imperial", "coleridge", "maryport"):
        yield Said(
            each,
            punish_a_complaint,
            "rests_on_more_than_a_complaint",
            "INC-7",
            silent_on="never_removed_for_complaining",
        )
    for each, where in SEVEN_WORDS.items():
        yield Said(each, punish_what_is_inaccurate, "something_carries_a_sanction", "INC-6", where)
    yield Said("woodbrook", cite_the_law_as_it_was, "bases_are_in_force", "INC-8", "Sections 2.3 and 2.4")
    for each, where in BY_AGREEMENT.items():
        yield Said(each, decline_unasked, "adjustment_is_answered", "REC-5", where)
    for each in ("coleridge", "maryport"):
        yield Said(each, close_without_a_note, "state", "REC-2", silent_on="record_entry_coded")
    for each, where in APPROVED.items():
        yield Said(each, publish_something_else, "state", "POST-2", where)
        yield Said(each, publish_somewhere_else, "platform_approved", "POST-2", where)
    yield Said("woodbrook", approve_ones_own_version, "approver_did_not_edit", "POL-4")


LITERALLY = tuple(literally())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("document", PRACTICES)
def test_what_a_document_says_unlawfully_is_refused_by_a_named_rule(house: House, document: str) -> None:
    """INC-4, INC-6, INC-7, INC-8, INC-9, INC-10, INC-11, REC-2, REC-5, POST-2, POL-4: where it says it, or leaves it out."""
    for each in LITERALLY:
        if each.document == document:
            answer = refused(each.tries(Practice(house, document)))
            assert answer == (409 if each.guard == "state" else 422, each.guard), (str(each), answer)


@pytest.mark.parametrize("said", LITERALLY, ids=str)
def test_the_rule_is_named_by_the_guard_or_by_the_steps_that_lead_elsewhere(said: Said) -> None:
    """A step that the state forbids is forbidden by the steps beside it, of which the rule tells."""
    named = {guard.name: guard.rule for law in LAWS.values() for guard in law.guards}
    if said.guard == "state":
        assert set(RULES[said.rule].beside) & LAWS.keys()
    else:
        assert said.rule in re.findall(r"[A-Z]+-\d+", named[said.guard].partition(":")[0])


@pytest.mark.parametrize("said", LITERALLY, ids=str)
def test_the_document_says_it_there_or_says_nothing_of_it(said: Said) -> None:
    adopted = policy(said.document)
    if said.where:
        assert said.where in set(sources(adopted))
    elif said.silent_on:
        assert said.silent_on not in adopted["settings"]
    else:
        assert all(each["self_approved"] for each in adopted["document"]["history"])


def sources(adopted: Any) -> Iterator[str]:
    """Every place of the document that is given for something."""
    if isinstance(adopted, dict):
        yield from (each for name, each in adopted.items() if name == "source")
        for each in adopted.values():
            yield from sources(each)
    elif isinstance(adopted, list):
        for each in adopted:
            yield from sources(each)
