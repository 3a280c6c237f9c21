"""Conduct checks by policies that differ from the five: where a clause and a setting both speak, the setting decides."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from models.clauses import Consequence
from models.conduct import AnyAct
from models.judgements import Judgement, Verdict
from models.policies import PolicyContent
from tests.conduct_story import (
    AUDIO,
    CONSENT,
    CONSULTATION,
    DEFAMATORY,
    ELSEWHERE,
    FEEDBACK,
    MEDICAL,
    OBSCENE,
    ON_FACEBOOK_PAGE,
    OPEN_AND_PRIVATE,
    OWN_POST,
    POST,
    REVIEW,
    SOUND_POST,
    WAITING_FILM,
    WAITING_PHOTO,
)
from tests.stories import settled
from workflows.conduct import VersionInForce, judge
from workflows.law_beside import LAW

TODAY = date(2026, 11, 22)
READ: TypeAdapter[Any] = TypeAdapter(AnyAct)
PERMITTED, PERMITTED_IF, BREACH, NOT_COVERED = Verdict
DEVICE = {"deed": "use_device", **CONSULTATION}
PICTURED = {"deed": "photograph", "venue": "premises", **CONSENT}
FILMED = {"deed": "record", "medium": "video", "venue": "premises", **CONSENT}
COVERT = {**AUDIO, "manner": "covertly"}
COMPLAINT = {"deed": "complain", **ON_FACEBOOK_PAGE}
COMPLAINT_ELSEWHERE = {"deed": "complain", **ELSEWHERE}
SWEARING = {"deed": "abuse", "kind": "verbal_abuse", "venue": "premises"}
WRITTEN_ON_WEBSITE = {**REVIEW, "venue": "own_page", "platform": "website"}
OLD_ACQUAINTANCE = {"deed": "accept_friend_request", "known_only_as_patient": True, "advice_weighed": True}


@dataclass(frozen=True)
class Variation:
    """One of the five documents with something settled otherwise, left unsaid or struck out, and what it then says of an act."""

    document: str
    act: dict[str, Any]
    verdict: Verdict
    settles: dict[str, Any] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()

    @property
    def judged(self) -> Judgement:
        """What it says."""
        content = settled(self.document, **self.settles)
        for name in self.unsaid:
            del content["settings"][name]
        content["clauses"] = [each for each in content["clauses"] if each["key"] not in self.struck]
        version = VersionInForce(UUID(int=1), PolicyContent.model_validate(content))
        return judge(READ.validate_python(self.act), version, TODAY)


NHS_ONLY = {"review_channel": {"kind": "nhs_website", "obligatory": True}}
PAGE_ONLY = {"review_channel": {"kind": "own_page", "obligatory": True}}
WEBSITE_ONLY = {"review_channel": {"kind": "own_website", "obligatory": True}}
BOTH_STAFF_CLAUSES = ("staff_media", "staff_recording")

VARIATIONS = [
    Variation("maryport", DEVICE, BREACH, struck=("device_in_consultation",)),
    Variation("imperial", DEVICE, PERMITTED_IF, struck=("device_in_consultation",)),
    Variation("imperial", DEVICE, PERMITTED_IF, unsaid=("device_rule",)),
    Variation("imperial", DEVICE, NOT_COVERED, unsaid=("device_rule",), struck=("device_in_consultation",)),
    Variation("imperial", DEVICE, BREACH, {"device_rule": "never"}),
    Variation("imperial", {"deed": "use_device", "venue": "premises"}, NOT_COVERED, struck=("device_courtesy",)),
    Variation("imperial", AUDIO, BREACH, {"device_rule": "never"}),
    Variation("imperial", AUDIO, PERMITTED_IF, struck=("record_own_consultation",)),
    Variation("imperial", AUDIO, PERMITTED_IF, unsaid=("recording_rule",)),
    Variation("imperial", {**AUDIO, **OPEN_AND_PRIVATE, "refused": ["clinician"]}, BREACH, unsaid=("recording_rule",)),
    Variation("coleridge", {**AUDIO, "agreed": ["clinician"]}, PERMITTED, {"recording_rule": "by_agreement"},
              struck=("device_in_consultation",), unsaid=("device_rule",)),
    Variation("imperial", COVERT, BREACH, {"covert_trigger": "pattern"}),
    Variation("aspiro", COVERT, BREACH, {"covert_trigger": "each"}),
    Variation("woodbrook", {**AUDIO, **OPEN_AND_PRIVATE, "refused": ["clinician"]}, PERMITTED,
              {"recording_rule": "not_inhibited"}),
    Variation("aspiro", {**AUDIO, **OPEN_AND_PRIVATE}, PERMITTED_IF, {"recording_rule": "by_agreement"}),
    Variation("imperial", WAITING_FILM, BREACH, {"public_area_media": "photographs_and_recordings"}),
    Variation("imperial", WAITING_PHOTO, BREACH, struck=("public_area_media",)),
    Variation("imperial", WAITING_PHOTO, BREACH, unsaid=("public_area_media",)),
    Variation("imperial", WAITING_PHOTO, NOT_COVERED, struck=("public_area_media",), unsaid=("public_area_media",)),
    Variation("woodbrook", WAITING_PHOTO, PERMITTED_IF, struck=("public_area_media",)),
    Variation("woodbrook", WAITING_FILM, BREACH, struck=("public_area_recording", "recording_other_patients")),
    Variation("woodbrook", WAITING_FILM, PERMITTED_IF, {"public_area_media": "photographs"}),
    Variation("woodbrook", PICTURED, BREACH, {"staff_media": "never"}),
    Variation("woodbrook", FILMED, BREACH, {"staff_media": "never"}),
    Variation("woodbrook", FILMED, NOT_COVERED, {"staff_media": "never"}, struck=("staff_recording",)),
    Variation("imperial", PICTURED, PERMITTED, {"staff_media": "with_consent"}),
    Variation("woodbrook", PICTURED, PERMITTED, struck=BOTH_STAFF_CLAUSES),
    Variation("woodbrook", PICTURED, NOT_COVERED, struck=BOTH_STAFF_CLAUSES, unsaid=("staff_media",)),
    Variation("coleridge", COMPLAINT, BREACH, {"page_complaint": "deleted"}),
    Variation("coleridge", COMPLAINT_ELSEWHERE, BREACH, {"page_complaint": "deleted"}),
    Variation("coleridge", COMPLAINT_ELSEWHERE, PERMITTED_IF,
              {"page_complaint": "deleted", "page_complaint_scope": "own_pages"}),
    Variation("coleridge", {"deed": "complain", "venue": "messaging"}, PERMITTED_IF, {"page_complaint": "deleted"}),
    Variation("imperial", COMPLAINT, PERMITTED_IF, {"page_complaint": "at_discretion"}),
    Variation("imperial", COMPLAINT, PERMITTED_IF, struck=("complaint_on_page",)),
    Variation("imperial", COMPLAINT, NOT_COVERED, struck=("complaint_on_page", "complaints_policy", "complaints_answered")),
    Variation("imperial", {"deed": "complain", "venue": "complaints_procedure"}, NOT_COVERED,
              struck=("complaint_on_page", "complaints_policy", "complaints_answered")),
    Variation("imperial", {**MEDICAL, "venue": "email"}, BREACH, {"medical_messages": "deleted_and_redirected"}),
    Variation("coleridge", {**MEDICAL, "venue": "online_services"}, PERMITTED, struck=("online_contact",)),
    Variation("coleridge", {**MEDICAL, "venue": "online_services"}, NOT_COVERED, struck=("online_contact",),
              unsaid=("online_contact",)),
    Variation("coleridge", {**MEDICAL, "venue": "email"}, BREACH, unsaid=("medical_messages",)),
    Variation("coleridge", {**FEEDBACK, "venue": "online_services"}, PERMITTED, struck=("feedback",)),
    Variation("coleridge", {**REVIEW, "venue": "nhs_website"}, PERMITTED, struck=("reviews",)),
    Variation("coleridge", {**REVIEW, "venue": "nhs_website"}, NOT_COVERED, struck=("reviews",), unsaid=("review_channel",)),
    Variation("imperial", {**REVIEW, **ON_FACEBOOK_PAGE}, BREACH, NHS_ONLY),
    Variation("imperial", {**REVIEW, "venue": "nhs_website"}, PERMITTED, NHS_ONLY),
    Variation("imperial", {**REVIEW, **ON_FACEBOOK_PAGE}, PERMITTED, PAGE_ONLY),
    Variation("imperial", WRITTEN_ON_WEBSITE, BREACH, PAGE_ONLY),
    Variation("imperial", {**REVIEW, **ELSEWHERE}, BREACH, PAGE_ONLY),
    Variation("imperial", WRITTEN_ON_WEBSITE, PERMITTED, WEBSITE_ONLY),
    Variation("imperial", {**REVIEW, "venue": "nhs_website"}, BREACH, WEBSITE_ONLY),
    Variation("woodbrook", OLD_ACQUAINTANCE, BREACH, {"friend_requests": "presumption_against"}),
    Variation("aspiro", OLD_ACQUAINTANCE, PERMITTED, {"friend_requests": "caution"}),
    Variation("aspiro", OLD_ACQUAINTANCE, NOT_COVERED, {"friend_requests": "not_addressed"}),
    Variation("imperial", {"deed": "use_information_right", "article": "15"}, PERMITTED, {"rights_listed": ["15"]}),
    Variation("imperial", {"deed": "use_information_right", "article": "16"}, NOT_COVERED, {"rights_listed": ["15"]}),
    Variation("aspiro", {**OWN_POST, **SOUND_POST, "clinical_information": True}, PERMITTED,
              {"clinical_information_in_posts": True}),
    Variation("imperial", {**POST, **ELSEWHERE}, NOT_COVERED,
              struck=("unacceptable_material", "unacceptable_material_on_page")),
    Variation("imperial", {**POST, **ELSEWHERE, "shows": "consultation_recording"}, NOT_COVERED, {"recording_rule": "silent"}),
    Variation("imperial", {**POST, **ELSEWHERE, "shows": "consultation_recording"}, NOT_COVERED,
              struck=("record_own_consultation",)),
    Variation("imperial", SWEARING, BREACH, struck=("immediate_removal",)),
    Variation("imperial", {**POST, **ELSEWHERE, "grounds": ["identifies_staff"]}, NOT_COVERED, struck=("identifying_staff",)),
    Variation("imperial", {**POST, **ELSEWHERE, "grounds": ["identifies_patient"]}, NOT_COVERED,
              struck=("other_patient_information",)),
]  # fmt: skip


@pytest.mark.parametrize("variation", VARIATIONS)
def test_a_policy_that_settles_it_otherwise_judges_it_otherwise(variation: Variation) -> None:
    answer = variation.judged
    assert answer.verdict == variation.verdict, answer.explanation
    assert not {each.key for each in answer.clauses} & set(variation.struck)


FOLLOWING = [
    (Variation("imperial", DEFAMATORY, BREACH, {"legal_advice": "may"}), "legal_advice_possible", "may"),
    (Variation("imperial", DEFAMATORY, BREACH, {"legal_advice": "may"}), "legal_advice_sought", None),
    (Variation("woodbrook", DEFAMATORY, BREACH, {"legal_advice": "will"}), "legal_advice_sought", "will"),
    (Variation("coleridge", COMPLAINT, BREACH, {"page_complaint": "deleted"}), "post_deleted", "will"),
    (Variation("coleridge", COMPLAINT, BREACH, {"page_complaint": "deleted"}), "post_may_be_deleted", None),
    (Variation("imperial", COMPLAINT, BREACH, {"page_complaint": "at_discretion"}), "post_may_be_deleted", "may"),
    (Variation("coleridge", {**OBSCENE, "platform": "x"}, BREACH), "post_deleted", "will"),
    (Variation("coleridge", {**OBSCENE, "platform": "x"}, BREACH, {"deletion_scope": "facebook_page"}), "post_deleted", None),
    (Variation("coleridge", {**OBSCENE, "platform": "x"}, BREACH, {"deletion_scope": "facebook_page"}), "post_reported", "will"),
    (Variation("coleridge", {**OBSCENE, "platform": "instagram"}, BREACH, {"deletion_scope": "facebook_and_instagram_pages"}),
     "post_deleted", "will"),
    (Variation("imperial", SWEARING, BREACH, {"immediate_removal_grounds": ["violence"]}), "immediate_removal", None),
    (Variation("woodbrook", SWEARING, BREACH), "appropriate_action", "will"),
    (Variation("imperial", {**SWEARING, "kind": "violence"}, BREACH, {"immediate_removal_grounds": ["violence"]}),
     "immediate_removal", "may"),
    (Variation("woodbrook", {**AUDIO, **OPEN_AND_PRIVATE, "agreed": ["clinician"]}, PERMITTED), "legal_action_possible", None),
    (Variation("woodbrook", AUDIO, PERMITTED_IF), "legal_action_possible", "may"),
    (Variation("woodbrook", {**AUDIO, "manner": "covertly", "purpose": "own_use"}, BREACH), "legal_action_possible", None),
    (Variation("aspiro", {**AUDIO, "manner": "covertly", "purpose": "own_use"}, PERMITTED_IF), "legal_action_possible", None),
    (Variation("woodbrook", {**AUDIO, "purpose": "to_be_posted"}, BREACH), "legal_action_possible", "may"),
    (Variation("aspiro", {**POST, **ON_FACEBOOK_PAGE, "grounds": ["obscene"]}, BREACH), "author_asked_to_remove", None),
    (Variation("aspiro", {**REVIEW, **ELSEWHERE, "grounds": ["obscene"]}, BREACH), "author_asked_to_remove", "will"),
    (Variation("aspiro", {**POST, **ELSEWHERE, "grounds": ["obscene"]}, BREACH), "relationship_may_break_down", None),
]  # fmt: skip


@pytest.mark.parametrize(("variation", "consequence", "firmness"), FOLLOWING)
def test_what_follows_is_as_firm_as_the_setting_makes_it(
    variation: Variation, consequence: str, firmness: str | None
) -> None:
    found = {each.consequence: each.firmness for each in variation.judged.consequences}
    assert found.get(Consequence(consequence)) == firmness


def test_a_post_left_up_asks_for_no_removal_at_once() -> None:
    left_up = {**POST, **ELSEWHERE, "grounds": ["obscene"], "left_up_after_request": True}
    assert "immediate_removal" not in {each.key for each in Variation("imperial", left_up, BREACH).judged.clauses}


def test_a_clause_on_removal_at_once_is_cited_only_for_what_the_policy_names() -> None:
    narrow = Variation("imperial", SWEARING, BREACH, {"immediate_removal_grounds": ["violence"]})
    assert "immediate_removal" not in {each.key for each in narrow.judged.clauses}


def test_where_only_clauses_speak_of_recording_their_own_conditions_hold() -> None:
    unsettled = Variation(
        "woodbrook", {**AUDIO, **OPEN_AND_PRIVATE}, PERMITTED_IF, {"recording_rule": "silent"}, struck=("record_own_consultation",)
    )  # fmt: skip
    assert unsettled.judged.conditions_unmet == ["permission_sought"]


UNMET = [
    ("imperial", AUDIO, ["clinician_agrees", "own_use_only"]),
    ("coleridge", AUDIO, ["clinician_agrees"]),
    ("woodbrook", {**AUDIO, **OPEN_AND_PRIVATE}, ["clinician_agrees", "permission_sought"]),
    ("woodbrook", {**AUDIO, **OPEN_AND_PRIVATE, "refused": ["clinician"]}, ["clinician_agrees"]),
    ("woodbrook", {**COVERT, "purpose": "own_use", "interferes_with_care": False, "kept_private": True},
     ["clinician_agrees", "permission_sought", "open_and_honest"]),
    ("aspiro", AUDIO, ["open_and_honest", "no_interference", "kept_private_and_safe", "own_use_only"]),
    ("aspiro", {**AUDIO, **OPEN_AND_PRIVATE, "captures": ["other_patient"]}, ["other_patient_consents"]),
    ("aspiro", {**WAITING_FILM, "captures": []}, []),
    ("coleridge", {**PICTURED, "agreed": [], "captures": ["clinician", "staff_member"]}, ["staff_member_consents"]),
    ("coleridge", {**PICTURED, "captures": ["clinician", "staff_member"]}, ["staff_member_consents"]),
    ("coleridge", {"deed": "photograph", "venue": "premises", "captures": ["staff_member"]},
     ["no_other_patient_near", "staff_member_consents"]),
    ("aspiro", {"deed": "accept_friend_request"}, ["not_only_a_patient", "advice_weighed"]),
    ("woodbrook", {"deed": "accept_friend_request"}, ["advice_weighed"]),
    ("woodbrook", OWN_POST, ["about_the_practice", "by_a_named_user", "approved_first", "no_clinical_information"]),
    ("imperial", COMPLAINT_ELSEWHERE, ["through_complaints_procedure"]),
]  # fmt: skip


@pytest.mark.parametrize(("document", "act", "unmet"), UNMET)
def test_conditions_that_are_not_met_are_told_each_once(document: str, act: dict[str, Any], unmet: list[str]) -> None:
    assert Variation(document, act, PERMITTED_IF).judged.conditions_unmet == unmet


SHOWN = [
    ("imperial", AUDIO, ["recording_rule", "recording_stance"]),
    ("aspiro", AUDIO, ["recording_rule", "recording_stance", "record_entry_coded"]),
    ("woodbrook", COVERT, ["recording_rule", "recording_stance", "record_entry_coded", "copy_to_record", "covert_trigger"]),
    ("imperial", {**AUDIO, "captures": ["clinician"]}, ["recording_rule", "recording_stance"]),
    ("coleridge", {**AUDIO, "captures": ["clinician"]}, ["device_rule", "staff_media"]),
    ("imperial", WAITING_FILM, ["public_area_media"]),
    ("imperial", FILMED, ["staff_media"]),
    ("imperial", OBSCENE, ["deletion_scope"]),
    ("imperial", DEFAMATORY, ["legal_advice"]),
    ("imperial", {**POST, **ELSEWHERE, "grounds": ["obscene"]}, []),
    ("imperial", SWEARING, ["immediate_removal_grounds"]),
    ("woodbrook", SWEARING, []),
    ("coleridge", {**FEEDBACK, "venue": "email"}, ["feedback_route"]),
    ("imperial", {**FEEDBACK, "venue": "email"}, []),
    ("woodbrook", {"deed": "use_information_right", "article": "16"}, ["rights_listed"]),
    ("coleridge", {"deed": "use_information_right", "article": "16"}, []),
    ("woodbrook", OWN_POST,
     ["clinical_information_in_posts", "posts_specific_to_practice", "approval_before_posting"]),
    ("imperial", COMPLAINT,
     ["page_complaint", "page_complaint_scope", "generic_reply_to_complaints", "never_removed_for_complaining"]),
    ("imperial", COMPLAINT_ELSEWHERE, ["never_removed_for_complaining"]),
]  # fmt: skip


@pytest.mark.parametrize(("document", "act", "names"), SHOWN)
def test_the_settings_that_decide_are_shown_and_no_others(document: str, act: dict[str, Any], names: list[str]) -> None:
    assert [each.name for each in Variation(document, act, PERMITTED).judged.settings] == names


SENTENCES = [
    ("imperial", DEVICE, "This is allowed here only if the clinician agrees."),
    ("imperial", AUDIO, "This is allowed here only if the clinician agrees and it is for the patient's own use."),
    ("woodbrook", {**AUDIO, "agreed": ["clinician"], "manner": "openly", "kept_private": True},
     "This is allowed here only if it does not get in the way of care and it is for the patient's own use."),
    ("aspiro", {"deed": "accept_friend_request", "advice_weighed": True},
     "This is allowed here only if the two know each other from elsewhere as well."),
    ("coleridge", {"deed": "photograph", "venue": "premises", "captures": ["staff_member"]},
     "This is allowed here only if no other patient is there and the member of staff agrees."),
    ("imperial", COVERT, "This is not allowed here, because the clinician has not agreed."),
    ("aspiro", {**AUDIO, "purpose": "to_be_posted"}, "This is not allowed here, because it is not kept private and safe."),
    ("imperial", {**POST, **ELSEWHERE, "grounds": ["unlawful", "obscene"]}, "A post that is obscene is not allowed."),
    ("imperial", {**POST, **ELSEWHERE, "grounds": ["identifies_staff"], "praise": True},
     "Even thanks must not tell which member of staff is meant, though nothing need follow from them."),
    ("imperial", {**POST, **ELSEWHERE, "grounds": ["identifies_staff"]},
     "A post must not tell which member of staff is meant."),
    ("coleridge", SWEARING, "The practice's policy says nothing about this."),
    ("imperial", WAITING_FILM, "The policy speaks of photographs here, and not of film or sound."),
    ("maryport", {**REVIEW, **ELSEWHERE}, "Reviews belong on the NHS website, and nowhere else."),
    ("coleridge", {**REVIEW, **ELSEWHERE}, "The policy wants reviews on the NHS website, without insisting on it."),
    ("aspiro", {**REVIEW, **ELSEWHERE}, "Patients may review the practice in just this way."),
]  # fmt: skip


@pytest.mark.parametrize(("document", "act", "sentence"), SENTENCES)
def test_each_verdict_is_explained_in_one_plain_sentence(document: str, act: dict[str, Any], sentence: str) -> None:
    assert Variation(document, act, PERMITTED).judged.explanation == sentence


BESIDE = [
    ({**POST, **ELSEWHERE}, {"defamation_defences", "online_offences", "harassment"}, False),
    ({**POST, **ELSEWHERE, "grounds": ["inaccurate"]}, {"defamation_defences"}, True),
    ({**POST, **ELSEWHERE, "grounds": ["harassing"]}, {"online_offences", "harassment"}, True),
    ({**REVIEW, **ELSEWHERE, "grounds": ["obscene"]}, {"online_offences", "harassment"}, False),
    (SWEARING, {"online_offences", "harassment", "immediate_removal_narrow", "warning_first"}, True),
    ({**POST, **ELSEWHERE, "shows": "consultation_recording"}, {"individual_claims"}, False),
    (WAITING_FILM, {"data_protection", "privacy_of_others", "adjustments_first"}, True),
    (WAITING_FILM, {"private_recording_lawful"}, False),
    (COMPLAINT_ELSEWHERE, {"complaint_to_commissioner", "data_complaint_to_regulator"}, True),
    (SWEARING, {"complaint_to_commissioner", "data_complaint_to_regulator"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("act", "keys", "stands"), BESIDE)
def test_law_is_shown_where_it_belongs_and_only_there(act: dict[str, Any], keys: set[str], stands: bool) -> None:
    assert keys <= {each.law.key for each in LAW}
    shown = {each.key for each in Variation("imperial", act, PERMITTED).judged.law} & keys
    assert shown == (keys if stands else set())
