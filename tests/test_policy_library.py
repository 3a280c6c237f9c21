"""The five policy templates say what the published documents say, and nothing that they leave open."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from models.clauses import Clause, Modality, Place
from models.policies import LinkKind, PolicyContent, PolicyLink
from models.settings import Duties, Origin, PolicySettings, Setting
from service.yaml_documents import read_document

LIBRARY = Path(__file__).parent.parent / "policies"
WEB_PAGES = ("imperial", "coleridge", "maryport")
STAFF_POLICIES = ("woodbrook", "aspiro")
PRACTICES = WEB_PAGES + STAFF_POLICIES

every_practice = pytest.mark.parametrize("practice", PRACTICES)
every_staff_policy = pytest.mark.parametrize("practice", STAFF_POLICIES)


@cache
def template(practice: str) -> PolicyContent:
    return read_document(LIBRARY / f"{practice}.yaml", PolicyContent, folder=LIBRARY)


@cache
def clauses(practice: str) -> dict[str, Clause]:
    return {clause.key: clause for clause in template(practice).clauses}


def links(practice: str, kind: LinkKind) -> list[PolicyLink]:
    return [link for link in template(practice).links if link.kind == kind]


def setting(practice: str, name: str) -> Setting[Any]:
    found: Any = template(practice).settings
    for part in name.split("."):
        found = getattr(found, part)
    assert isinstance(found, Setting)
    return found


def test_the_library_holds_these_five_and_no_other() -> None:
    assert {path.stem for path in LIBRARY.glob("*.yaml")} == set(PRACTICES)


# What each document says, setting by setting

Row = dict[str, Any]


def row(default: Any, **said: Any) -> Row:
    """What each practice's document says, and what the service assumes for those that say nothing."""
    return {
        practice: (said[practice], "from_policy") if practice in said else (default, "service_default")
        for practice in PRACTICES
    }


def alike(value: Any, *practices: str) -> dict[str, Any]:
    return dict.fromkeys(practices or PRACTICES, value)


def pages(*platforms: str) -> list[dict[str, Any]]:
    return [{"platform": platform, "url": None, "deletable": True} for platform in platforms]


def reviews_on(kind: str, *, obligatory: bool = False) -> dict[str, Any]:
    return {"kind": kind, "url": None, "obligatory": obligatory}


MANAGER = ["practice_manager"]
COMMUNICATIONS = ["communications_manager"]

MATRIX: dict[str, Row] = {
    "duties.be_told": row(MANAGER, woodbrook=MANAGER, aspiro=COMMUNICATIONS),
    "duties.monitor": row(MANAGER, aspiro=COMMUNICATIONS),
    "duties.remove": row(MANAGER, maryport=MANAGER),
    "duties.contact_author": row(MANAGER, aspiro=COMMUNICATIONS),
    "duties.decide": row(
        ["partner", "practice_manager"], woodbrook=["partner", "practice_manager"], aspiro=COMMUNICATIONS
    ),
    "duties.handle_complaints": row(["complaints_lead"], woodbrook=["complaints_lead"], aspiro=COMMUNICATIONS),
    "duties.answer_reviews": row(MANAGER, **alike(MANAGER, "imperial", "maryport", "woodbrook")),
    "duties.use_platforms": row(
        ["practice_manager", "communications_manager"],
        aspiro=["business_manager", "head_of_operations", "communications_manager", "reception_manager"],
    ),
    "platform_accounts": row(
        [],
        **alike(pages("facebook", "website"), "imperial", "coleridge", "aspiro"),
        maryport=pages("facebook"),
        woodbrook=pages("facebook", "instagram", "website"),
    ),
    "recognised_platforms": row(
        [],
        coleridge=["facebook", "x", "instagram", "google", "youtube", "whatsapp", "linkedin"],
        maryport=["facebook", "x", "instagram", "youtube", "linkedin"],
        woodbrook=["facebook", "linkedin", "x", "instagram"],
        aspiro=["x", "instagram", "facebook", "linkedin"],
    ),
    "clinical_information_in_posts": row(False, **alike(False, *STAFF_POLICIES)),
    "posts_specific_to_practice": row(True, **alike(True, *STAFF_POLICIES)),
    "approval_before_posting": row(True, **alike(True, *STAFF_POLICIES)),
    "allow_self_approval": row(False),
    "closure_lead_days": row(7),
    "closure_companion_notices": row([], imperial=["website", "door", "phone_message"]),
    "monitoring_days": row(7),
    "acknowledgement_days": row(14),
    "device_rule": row("by_agreement", **{**alike("by_agreement"), "maryport": "never"}),
    "recording_rule": row("silent", imperial="by_agreement", woodbrook="by_agreement", aspiro="not_inhibited"),
    "recording_stance": row("neutral", imperial="discouraged", woodbrook="discouraged", aspiro="promoted"),
    "public_area_media": row(
        "photographs",
        **alike("photographs", "imperial", "maryport"),
        **alike("photographs_and_recordings", "coleridge", "woodbrook", "aspiro"),
    ),
    "staff_media": row(
        "with_consent",
        **alike("never", "imperial", "maryport"),
        **alike("with_consent", "coleridge", "woodbrook", "aspiro"),
    ),
    "record_entry_coded": row("may", woodbrook="will", aspiro="may"),
    "copy_to_record": row("silent", woodbrook="may_be_suggested"),
    "covert_trigger": row("each", woodbrook="each", aspiro="pattern"),
    "deletion_scope": row(
        "all_practice_outlets",
        **alike("facebook_page", "imperial", "maryport", "aspiro"),
        coleridge="all_practice_outlets",
        woodbrook="facebook_and_instagram_pages",
    ),
    "page_complaint": row("at_discretion", **{**alike("deleted"), "coleridge": "at_discretion"}),
    "page_complaint_scope": row("own_pages", **{**alike("own_pages"), "coleridge": "any_platform"}),
    "generic_reply_to_complaints": row(False, coleridge=True),
    "social_media_grievance_is_complaint": row(False, **alike(False, *STAFF_POLICIES)),
    "review_channel": row(
        reviews_on("unstated"),
        imperial=reviews_on("own_page"),
        coleridge=reviews_on("nhs_website"),
        maryport=reviews_on("nhs_website", obligatory=True),
        woodbrook=reviews_on("own_website"),
    ),
    "feedback_route": row(
        None,
        coleridge="The administrative query in the online services portal, "
        "and there the choice for help with anything else",
    ),
    "online_contact": row(
        None, coleridge="The online contact service, which opens from the first page of the practice's website"
    ),
    "online_contact_url": row(None),
    "medical_messages": row("not_addressed", coleridge="deleted_and_redirected"),
    "friend_requests": row("not_addressed", woodbrook="caution", aspiro="presumption_against"),
    "legal_advice": row("may", **{**alike("will"), "woodbrook": "may"}),
    "defence_body": row(None, woodbrook="The practice's defence union", aspiro="Medical Defence Union"),
    "legal_bases": row(
        [],
        woodbrook=[
            "Misuse of private information",
            "UK GDPR, Article 5",
            "Protection from Harassment Act 1997",
            "Malicious Communications Act 1988",
            "Communications Act 2003",
        ],
        aspiro=["Misuse of private information", "UK GDPR, Article 5"],
    ),
    "relationship_breakdown_named": row(False, **alike(True, *STAFF_POLICIES)),
    "never_removed_for_complaining": row(True, **alike(True, *STAFF_POLICIES)),
    "immediate_removal_grounds": row(["violence", "threat"], imperial=["verbal_abuse", "threat", "violence"]),
    "rights_listed": row([], imperial=["16", "17", "18", "20", "21"], **alike(["15"], *STAFF_POLICIES)),
}


def test_the_matrix_has_a_row_for_every_setting() -> None:
    duties = {f"duties.{duty}" for duty in Duties.model_fields}
    assert set(MATRIX) == set(PolicySettings.model_fields) - {"duties"} | duties


@pytest.mark.parametrize(("name", "practice"), [*product(MATRIX, PRACTICES)])
def test_a_setting_has_the_documents_value_or_is_marked_as_assumed(name: str, practice: str) -> None:
    found = setting(practice, name).model_dump(mode="json")
    assert (found["value"], found["origin"]) == MATRIX[name][practice]


@pytest.mark.parametrize(
    ("practice", "equality_considered", "non_contractual", "training_offered"),
    [
        *((practice, False, False, False) for practice in WEB_PAGES),
        ("woodbrook", True, True, False),
        ("aspiro", True, True, True),
    ],
)
def test_the_status_of_a_document_is_said_only_where_it_says_so(
    practice: str, equality_considered: bool, non_contractual: bool, training_offered: bool
) -> None:
    content = template(practice)
    said = (content.equality_considered, content.non_contractual, content.training_offered)
    assert tuple(status.value for status in said) == (equality_considered, non_contractual, training_offered)
    assert all((status.origin == Origin.FROM_POLICY) == status.value for status in said)


@pytest.mark.parametrize(
    ("practice", "bound"),
    [
        *((practice, ["registered_patients"]) for practice in (*WEB_PAGES, "aspiro")),
        ("woodbrook", ["employees", "agency_workers", "locums", "contractors"]),
    ],
)
def test_a_document_applies_to_those_whom_it_names(practice: str, bound: list[str]) -> None:
    assert template(practice).applies_to == bound


# Where it says so


def values_within(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
        value = list(dict(value).values())
    if isinstance(value, list):
        for item in value:
            yield from values_within(item)


def sources(practice: str) -> list[str]:
    named = (getattr(value, "source", None) for value in values_within(template(practice)))
    return [source for source in named if source is not None]


@every_practice
def test_everything_from_the_policy_has_a_source(practice: str) -> None:
    settings = [value for value in values_within(template(practice)) if isinstance(value, Setting)]
    assert len(settings) == len(MATRIX) + 3
    assert all(bool(found.source) == (found.origin == Origin.FROM_POLICY) for found in settings)


@every_staff_policy
def test_a_source_in_a_staff_policy_leads_to_one_of_its_sections(practice: str) -> None:
    numbers = {section.number for section in template(practice).sections}
    for source in sources(practice):
        cited = re.findall(r"\d+(?:\.\d+)+", source)
        assert cited or source.startswith("Annex A"), source
        assert all({number, number.split(".")[0]} & numbers for number in cited), source


@pytest.mark.parametrize("practice", WEB_PAGES)
def test_a_source_on_a_web_page_begins_with_one_of_its_headings(practice: str) -> None:
    headings = {section.source.split(",")[0] for section in template(practice).sections}
    assert {part.split(",")[0] for source in sources(practice) for part in source.split("; ")} <= headings


@pytest.mark.parametrize(
    ("practice", "name", "said"),
    [
        ("imperial", "closure_companion_notices", "no number of days"),
        ("imperial", "review_channel", "without saying which"),
        ("imperial", "immediate_removal_grounds", "regulations are narrower"),
        ("imperial", "rights_listed", "Article 15"),
        ("coleridge", "platform_accounts", "Twitter"),
        ("coleridge", "review_channel", "NHS Choices"),
        ("maryport", "review_channel", "NHS Choices"),
        ("maryport", "device_rule", "reasonable adjustments"),
        ("woodbrook", "duties.be_told", "management team"),
        ("woodbrook", "recording_stance", "Section 3.1"),
        ("woodbrook", "covert_trigger", "heading"),
        ("woodbrook", "staff_media", "Annex A, point 5"),
        ("woodbrook", "public_area_media", "Annex A, point 5"),
        ("woodbrook", "page_complaint", "section 2.4"),
        ("woodbrook", "legal_bases", "the individual"),
        ("aspiro", "recording_rule", "Annex A, point 3"),
        ("aspiro", "recording_stance", "Section 5.1"),
        ("aspiro", "recording_stance", "Annex A, point 3"),
        ("aspiro", "staff_media", "Annex A, point 5"),
        ("aspiro", "public_area_media", "Annex A, point 5"),
        ("aspiro", "page_complaint", "section 4.5"),
        ("aspiro", "posts_specific_to_practice", "should"),
        ("aspiro", "legal_bases", "list is empty"),
        ("aspiro", "legal_bases", "the individual"),
    ],
)
def test_what_else_a_document_says_stands_in_the_note(practice: str, name: str, said: str) -> None:
    assert said in (setting(practice, name).note or "")


# The rules themselves

IN_EVERY_DOCUMENT = {
    "code_of_conduct": "must",
    "device_courtesy": "must",
    "device_in_consultation": "must_not",
    "other_patient_information": "must_not",
    "unacceptable_material": "must_not",
    "unacceptable_material_on_page": "must_not",
    "public_area_media": "must_not",
    "staff_media": "must_not",
    "identifying_staff": "must_not",
    "defamation": "must_not",
    "complaints_policy": "must",
    "complaints_answered": "must",
    "complaint_on_page": "should_not",
}
IN_EVERY_STAFF_POLICY = {
    "speak_up",
    "loyalty_when_posting",
    "staff_awareness",
    "staff_vigilance",
    "complaints_only_by_procedure",
    "grievance_on_social_media",
    "related_posts_only",
    "named_users_only",
    "posts_approved_first",
    "comments_monitored",
    "posts_about_practice",
    "no_clinical_information",
    "friend_requests_advice",
    "friend_requests",
    "report_posts",
    "ask_author_to_remove",
    "other_statutes",
    "options_on_refusal",
    "defence_body_asked",
    "possible_claim",
    "advise_author",
    "relationship_breakdown",
    "not_removed_for_complaining",
    "complaint_in_post",
    "removal_agreed",
    "unacceptable_behaviour",
    "overt_recording",
    "recording_open_and_honest",
    "recording_no_interference",
    "record_entry",
    "recording_kept_safe",
    "recording_own_use",
    "covert_recording",
    "covert_open_recording",
    "covert_concerns_followed_up",
    "covert_written_summary",
    "subject_access",
    "covert_complaint_route",
    "recording_posted_online",
    "public_area_recording",
    "recording_other_patients",
    "staff_recording",
}
IN_ONE_DOCUMENT: dict[str, set[str]] = {
    "imperial": {
        "trainee_present",
        "closure_notices",
        "closure_phone_message",
        "closure_emergencies",
        "closure_calls",
        "closure_cover",
        "information_rights",
        "rights_request_content",
        "rights_request_handling",
        "safe_workplace",
        "verbal_abuse",
        "threats_and_violence",
        "immediate_removal",
    },
    "coleridge": {
        "medical_messages",
        "medical_messages_by_email",
        "online_contact",
        "feedback",
        "complaint_reply",
    },
    "woodbrook": {
        "removal_resources",
        "permission_not_sought",
        "copy_to_record",
    },
    "aspiro": {
        "training_and_support",
        "friend_requests_distance",
        "violent_or_abusive",
        "usual_complaints_process",
        "not_to_be_abused",
        "recording_discussion",
        "recording_offered",
        "recording_permission_courtesy",
        "recording_only_when_necessary",
    },
    "maryport": set(),
}
WITHOUT_A_RULE_ON_RECORDING = ("coleridge", "maryport")


@every_practice
def test_a_document_has_its_rules_and_no_others(practice: str) -> None:
    expected = {*IN_EVERY_DOCUMENT, "reviews"} | IN_ONE_DOCUMENT[practice]
    if practice in STAFF_POLICIES:
        expected |= IN_EVERY_STAFF_POLICY
    if practice not in WITHOUT_A_RULE_ON_RECORDING:
        expected |= {"record_own_consultation"}
    assert set(clauses(practice)) == expected


@pytest.mark.parametrize(("practice", "key"), [*product(PRACTICES, IN_EVERY_DOCUMENT)])
def test_a_rule_that_all_share_binds_everywhere_alike(practice: str, key: str) -> None:
    assert clauses(practice)[key].modality == IN_EVERY_DOCUMENT[key]


def test_one_key_is_about_one_topic() -> None:
    topics = defaultdict(set)
    for practice in PRACTICES:
        for key, clause in clauses(practice).items():
            topics[key].add(clause.topic)
    assert {key: found for key, found in topics.items() if len(found) > 1} == {}


@every_practice
def test_whoever_a_clause_binds_is_among_the_audiences(practice: str) -> None:
    assert {clause.audience for clause in clauses(practice).values()} == set(template(practice).audiences)


@every_practice
def test_a_setting_that_has_a_clause_of_its_own_agrees_with_it(practice: str) -> None:
    found, settings = clauses(practice), template(practice).settings
    never = settings.device_rule.value == "never"
    assert found["device_in_consultation"].conditions == ([] if never else ["clinician_agrees"])
    assert found["other_patient_information"].conditions == ["other_patient_consents"]
    must_review_there = settings.review_channel.value.obligatory
    assert found["reviews"].modality == (Modality.MUST if must_review_there else Modality.MAY)
    advice = "legal_advice_sought" if settings.legal_advice.value == "will" else "legal_advice_possible"
    assert found["defamation"].consequences == [advice, "appropriate_action"]
    deleted = "post_deleted" if settings.page_complaint.value == "deleted" else "post_may_be_deleted"
    assert found["complaint_on_page"].consequences == [deleted]
    assert found["complaint_on_page"].places == [Place(settings.page_complaint_scope.value)]


@pytest.mark.parametrize(
    ("practice", "platforms"),
    [
        *((practice, ["facebook"]) for practice in ("imperial", "maryport", "aspiro")),
        ("coleridge", []),
        ("woodbrook", ["facebook", "instagram"]),
    ],
)
def test_unacceptable_material_is_deleted_on_own_pages_and_forbidden_everywhere(
    practice: str, platforms: list[str]
) -> None:
    everywhere, own = (clauses(practice)[key] for key in ("unacceptable_material", "unacceptable_material_on_page"))
    seven = ["inaccurate", "fraudulent", "harassing", "embarrassing", "obscene", "defamatory", "unlawful"]
    assert everywhere.grounds == own.grounds == seven
    assert (everywhere.places, everywhere.consequences) == (["any_platform"], [])
    assert (own.places, own.consequences) == (["own_pages"], ["post_deleted", "post_reported"])
    assert own.platforms == platforms


@pytest.mark.parametrize("practice", ["imperial", "woodbrook", "aspiro"])
def test_a_patients_recording_is_possible_without_being_encouraged(practice: str) -> None:
    clause = clauses(practice)["record_own_consultation"]
    assert clause.modality == "may_not_encouraged"
    assert clause.conditions == ["clinician_agrees", "own_use_only"]


def test_medical_messages_are_deleted_and_the_sender_shown_the_way() -> None:
    messages, emails = (clauses("coleridge")[key] for key in ("medical_messages", "medical_messages_by_email"))
    assert (messages.modality, messages.consequences) == ("should_not", ["message_deleted", "redirected"])
    assert (emails.modality, emails.places) == ("must_not", ["email"])


def test_permission_is_a_condition_of_recording_only_where_the_body_makes_it_one() -> None:
    terms = ["open_and_honest", "no_interference", "kept_private_and_safe", "own_use_only"]
    assert clauses("woodbrook")["overt_recording"].conditions == ["permission_sought", *terms]
    assert clauses("aspiro")["overt_recording"].conditions == terms


@every_practice
def test_every_document_names_its_complaints_policy(practice: str) -> None:
    assert len(links(practice, LinkKind.COMPLAINTS)) == 1


# What is left as it stands


def test_a_history_in_which_one_person_edited_and_approved_says_so() -> None:
    history = template("woodbrook").document.history
    assert [(version.number, version.changed_on, version.self_approved) for version in history] == [
        ("1", "November 2024", True),
        ("1.1", "March 2025", True),
    ]
    assert template("woodbrook").document.template_version == "1.4"


@every_practice
def test_no_document_says_when_it_is_looked_at_again(practice: str) -> None:
    assert template(practice).review_due is None


def test_only_one_document_has_a_history() -> None:
    assert [practice for practice in PRACTICES if template(practice).document.history] == ["woodbrook"]


def test_a_section_with_the_wrong_heading_keeps_it_and_is_known_by_its_key() -> None:
    section = next(section for section in template("woodbrook").sections if section.key == "covert_recordings")
    assert (section.number, section.title) == ("3.2", "Overt patient recordings")
    assert {clause.topic for clause in clauses("woodbrook").values() if clause.section == section.key} == {
        "covert_recording",
        "information_rights",
    }


@every_practice
def test_a_link_that_the_document_does_not_open_has_no_target(practice: str) -> None:
    assert [link.title for link in template(practice).links if link.target] == []


def test_lists_that_were_left_empty_are_said_to_be_empty() -> None:
    empty = {
        (link.kind, link.source) for link in template("aspiro").links if link.title.endswith("(the list is empty)")
    }
    assert empty == {
        ("policy", "Section 1.1"),
        ("removal_help", "Section 4.3"),
        ("legislation", "Section 4.4"),
        ("guidance", "Section 4.5"),
    }


def test_help_with_deleting_posts_is_named_for_four_platforms() -> None:
    assert [link.publisher for link in links("woodbrook", LinkKind.REMOVAL_HELP)] == [
        "Facebook",
        "LinkedIn",
        "X",
        "Instagram",
    ]


def test_references_that_age_say_their_edition_or_what_comes_after() -> None:
    by_title = {link.title: link for link in template("aspiro").links}
    handbook = by_title["Caldicott and Confidentiality Policy"].superseded_by
    assert handbook == "Confidentiality and Data Protection Handbook"
    assert (by_title["Good Medical Practice"].edition or "").startswith("2013")
    assert by_title["NHS Constitution for England"].edition == "2015"


@every_staff_policy
def test_annex_and_body_keep_their_own_rule_on_staff(practice: str) -> None:
    annex, body = (clauses(practice)[key] for key in ("staff_media", "staff_recording"))
    assert (annex.source, annex.conditions) == ("Annex A, point 5", [])
    assert body.conditions == ["staff_member_consents"]


@every_staff_policy
def test_annex_and_body_keep_their_own_rule_on_complaints(practice: str) -> None:
    annex, body = (clauses(practice)[key] for key in ("complaint_on_page", "complaint_in_post"))
    assert annex.consequences == ["post_deleted"]
    assert body.consequences == ["complaint_route_offered"]


def test_a_document_of_many_minds_on_recording_keeps_them_all() -> None:
    said = {
        key: clauses("aspiro")[key].modality
        for key in (
            "record_own_consultation",
            "recording_only_when_necessary",
            "overt_recording",
            "recording_offered",
            "recording_permission_courtesy",
        )
    }
    assert list(said.values()) == ["may_not_encouraged", "should_not", "may", "must", "should"]


def test_terms_are_defined_where_the_document_defines_them() -> None:
    terms = ["Internet", "Social media", "NHS Constitution for England", "Fiduciary duty"]
    assert [definition.term for definition in template("aspiro").definitions] == terms
    assert [practice for practice in PRACTICES if template(practice).definitions] == ["aspiro"]


# Who and what is never named

OFFICES_AND_WORKS = {
    "Data Protection Act",
    "European Convention",
    "Health Education England",
    "Human Rights",
    "Medical Defence Union",
}
PUBLISHED_NAMES = {"title", "publisher", "superseded_by", "source", "term", "value"}
"""Fields that hold names of documents, laws and bodies rather than sentences."""


def sentences(practice: str) -> Iterator[str]:
    for value in values_within(template(practice)):
        for name, said in dict(value).items():
            if isinstance(said, str) and name not in PUBLISHED_NAMES:
                yield said


@every_practice
def test_no_file_names_a_person(practice: str) -> None:
    names = re.compile(r"\b(?:The )?([A-Z][a-z]+(?: [A-Z][a-z]+)+)\b")
    assert {name for said in sentences(practice) for name in names.findall(said)} <= OFFICES_AND_WORKS
    assert not re.search(r"\b(Dr|Mrs?|Ms|Miss|Prof|Professor)\b|@", (LIBRARY / f"{practice}.yaml").read_text())


@pytest.mark.parametrize("name", [*(f"{practice}.yaml" for practice in PRACTICES), "README.md"])
def test_no_file_holds_an_address(name: str) -> None:
    assert not re.search(r"://|www\.|\.(uk|com|org|net|nhs)\b", (LIBRARY / name).read_text())
