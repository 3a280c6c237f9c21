"""A policy in which the lint finds nothing, for practices and tests to begin from: it leaves nothing out and says one thing."""

import copy
from typing import Any, Final

from models.policies import PolicyContent

HOLDERS: Final = {
    "be_told": ["communications_manager"],
    "monitor": ["communications_manager"],
    "remove": ["communications_manager"],
    "contact_author": ["practice_manager"],
    "decide": ["partner", "practice_manager"],
    "handle_complaints": ["complaints_lead"],
    "answer_reviews": ["practice_manager"],
    "use_platforms": ["communications_manager", "reception_manager"],
}
VALUES: Final[dict[str, Any]] = {
    "platform_accounts": [
        {"platform": "facebook", "url": "https://example.com/facebook"},
        {"platform": "website", "url": "https://example.com"},
    ],
    "recognised_platforms": ["facebook", "instagram", "x"],
    "clinical_information_in_posts": False,
    "posts_specific_to_practice": True,
    "approval_before_posting": True,
    "allow_self_approval": False,
    "closure_lead_days": 14,
    "closure_companion_notices": ["website", "door"],
    "monitoring_days": 1,
    "acknowledgement_days": 14,
    "device_rule": "by_agreement",
    "recording_rule": "not_inhibited",
    "recording_stance": "neutral",
    "public_area_media": "photographs_and_recordings",
    "staff_media": "with_consent",
    "record_entry_coded": "may",
    "copy_to_record": "may_be_suggested",
    "covert_trigger": "each",
    "deletion_scope": "facebook_page",
    "page_complaint": "at_discretion",
    "page_complaint_scope": "own_pages",
    "generic_reply_to_complaints": True,
    "social_media_grievance_is_complaint": True,
    "review_channel": {"kind": "nhs_website", "url": "https://example.com/reviews", "obligatory": False},
    "feedback_route": "The feedback form on the website",
    "online_contact": "The contact form on the website",
    "online_contact_url": "https://example.com/contact",
    "medical_messages": "deleted_and_redirected",
    "friend_requests": "caution",
    "legal_advice": "may",
    "defence_body": "Grimm Defence Society",
    "legal_bases": ["Misuse of private information", "Online Safety Act 2023, sections 179 and 181"],
    "relationship_breakdown_named": True,
    "never_removed_for_complaining": True,
    "immediate_removal_grounds": ["violence", "threat"],
    "rights_listed": ["15", "16", "17", "18", "20", "21"],
}


def clause(key: str, topic: str, modality: str, text: str, audience: str = "patients", **more: Any) -> dict[str, Any]:
    """A clause of the code, which is numbered where it is put in."""
    return {
        "key": key,
        "section": "code",
        "audience": audience,
        "topic": topic,
        "modality": modality,
        "text": text,
        **more,
    }


CLAUSES: Final = [
    clause(
        "device_in_consultation", "devices", "must_not", "Devices stay unused in a consultation unless the clinician agrees.",
        places=["consultation"], conditions=["clinician_agrees"],
    ),
    clause(
        "overt_recording", "recording", "may", "Patients may record their own consultation for themselves.",
        places=["consultation"], conditions=["open_and_honest", "own_use_only"],
    ),
    clause(
        "record_entry", "recording", "must", "The record says that the patient made a recording.", "practice",
        places=["consultation"], consequences=["recorded_in_record"],
    ),
    clause(
        "public_area_media", "public_areas", "must_not", "No photographs, film or sound where other patients are.",
        places=["waiting_room"], grounds=["identifies_patient"],
    ),
    clause(
        "staff_media", "staff_media", "must_not", "Staff are photographed only if they agree.",
        conditions=["staff_member_consents"],
    ),
    clause(
        "unacceptable_material_on_page", "unacceptable_material", "must_not", "Harassing posts on the page are deleted.",
        places=["own_pages"], platforms=["facebook"], grounds=["harassing", "unlawful"],
        consequences=["post_deleted", "post_reported"],
    ),
    clause(
        "identifying_staff", "identifying_staff", "should_not", "Posts name staff only if they agree.",
        grounds=["identifies_staff"], conditions=["staff_member_consents"],
    ),
    clause("reviews", "reviews", "may", "Reviews can be left on the NHS website."),
    clause(
        "medical_messages", "medical_messages", "should_not", "A medical message is deleted after a clinician has seen it.",
        places=["messaging"], consequences=["message_deleted", "redirected"],
    ),
    clause(
        "friend_requests", "friend_requests", "should", "Staff think twice about a patient's friend request.", "staff"
    ),
    clause(
        "ask_author_to_remove", "unacceptable_posts", "must", "An author elsewhere is asked to take the post down.", "practice",
        consequences=["author_asked_to_remove"],
    ),
    clause("defence_body_asked", "unacceptable_posts", "may", "The defence body may be asked for advice.", "practice"),
    clause(
        "possible_claim", "unacceptable_posts", "may",
        "An individual whose private information was misused might bring a claim.", "practice",
        consequences=["legal_action_possible"],
    ),
    clause(
        "defamation", "defamation", "must_not", "Nothing defamatory is posted. Legal advice may be taken.",
        grounds=["defamatory"], consequences=["legal_advice_possible"],
    ),
    clause(
        "relationship_breakdown", "removal", "may", "After a warning with reasons, the relationship may end.", "practice",
        consequences=["relationship_may_break_down"],
    ),
    clause("not_removed_for_complaining", "removal", "must_not", "Nobody is removed for a complaint.", "practice"),
    clause(
        "complaint_on_page", "complaints", "should_not", "A complaint on the page may be deleted once it is answered.",
        places=["own_pages"], consequences=["post_may_be_deleted"],
    ),
    clause(
        "complaint_reply", "complaints", "must", "A general reply shows the route.", "practice", consequences=["generic_reply"]
    ),
    clause(
        "complaint_in_post", "complaints", "must", "The author is contacted and offered the route.", "practice",
        consequences=["complaint_route_offered"],
    ),
    clause(
        "information_rights", "information_rights", "may", "Patients may use their rights, each within its limits in law."
    ),
]  # fmt: skip
LINKS: Final = [
    {"title": "Complaints procedure", "kind": "complaints", "target": "https://example.com/complaints"},
    {"title": "UK GDPR", "kind": "legislation", "target": "https://example.com/uk-gdpr"},
]


def clean_policy() -> dict[str, Any]:
    """A fresh copy of it, as a policy file would hold it."""
    return copy.deepcopy(
        {
            "title": "Code of conduct of the Gingerbread House",
            "document": {"title": "Code of conduct, Gingerbread House Surgery", "form": "web_page"},
            "audiences": ["patients", "staff", "practice"],
            "applies_to": ["registered_patients", "employees"],
            "purpose": "To say how we treat each other online.",
            "rationale": "What we know of patients is confidential.",
            "equality_considered": stated(True),
            "non_contractual": stated(True),
            "training_offered": stated(True),
            "review_due": stated("2027-06-01"),
            "settings": {
                "duties": {name: stated(holders) for name, holders in HOLDERS.items()},
                **{name: stated(value) for name, value in VALUES.items()},
            },
            "sections": [
                {
                    "key": "code", "number": "A", "title": "Code of conduct", "audience": "patients",
                    "summary": "What is asked of patients.", "source": "Section A",
                }
            ],
            "clauses": [
                {"number": str(place), "source": f"Point {place}", **each} for place, each in enumerate(CLAUSES, 1)
            ],
            "definitions": [{"term": "Post", "meaning": "Anything put online.", "source": "Section A"}],
            "links": [{"source": "Section A", **each} for each in LINKS],
        }
    )  # fmt: skip


def stated(value: Any) -> dict[str, Any]:
    """A value that the document states."""
    return {"value": value, "source": "Section A"}


def content(policy: dict[str, Any] | None = None) -> PolicyContent:
    """The content that such a file holds; the clean one unless another is given."""
    return PolicyContent.model_validate(policy or clean_policy())
