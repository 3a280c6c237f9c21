"""What is said in public under a post: fixed texts alone, and none that tells whether anybody is a patient (POST-8, INC-19)."""

from models.posts import ReplyTemplate
from workflows.roles import PracticeInForce

EMERGENCY = "In an emergency call 999. For urgent advice at any hour go to 111.nhs.uk or call 111."


def wording(template: ReplyTemplate, practice: PracticeInForce) -> str:
    """The text of a template, with the practice's own public contacts."""
    return " ".join(filter(None, SENTENCES[template](practice)))


def provided_for(template: ReplyTemplate, practice: PracticeInForce) -> bool:
    """Whether the practice's policy provides for a text: the one that points to the complaints procedure it may not (K-04)."""
    return template != ReplyTemplate.COMPLAINTS_PROCEDURE or practice.settings.generic_reply_to_complaints.value


def thanks(practice: PracticeInForce) -> list[str]:
    """Acknowledge a comment."""
    return ["Thank you for taking the time to comment."]


def complaints_procedure(practice: PracticeInForce) -> list[str]:
    """Point to the complaints procedure, so that the practice can look into it (K-04)."""
    address = practice.contacts.complaints
    where = f"It is explained at {address}." if address else "Reception can explain it to anyone who asks."
    return ["We can't discuss concerns here.", "Anyone who is unhappy can use our complaints procedure.", where]


def contact_the_practice(practice: PracticeInForce) -> list[str]:
    """Say how anybody reaches the practice."""
    contacts = practice.contacts
    ways = [
        f"by phone on {contacts.phone}" if contacts.phone else "",
        f"at {contacts.website}" if contacts.website else "",
    ]
    return [
        "We can't answer individual questions here.",
        f"Please contact us {' or '.join(filter(None, ways)) or 'at reception'}.",
    ]


def medical_question(practice: PracticeInForce) -> list[str]:
    """Turn away what concerns health, and say what to do when it is urgent (C-15 to C-17)."""
    route = practice.settings.online_contact.value
    instead = f"Please use {route} instead." if route else "Please contact the practice directly instead."
    return ["Social media is not a safe place for medical information, so we don't answer it here.", instead, EMERGENCY]


def feedback_route(practice: PracticeInForce) -> list[str]:
    """Say where feedback goes (C-12); a practice that names no route is reached directly."""
    route = practice.settings.feedback_route.value
    return [
        "We welcome feedback.",
        f"You can send it through {route}." if route else "You can send it to the practice directly.",
    ]


SENTENCES = {
    ReplyTemplate.THANKS: thanks,
    ReplyTemplate.COMPLAINTS_PROCEDURE: complaints_procedure,
    ReplyTemplate.CONTACT_THE_PRACTICE: contact_the_practice,
    ReplyTemplate.MEDICAL_QUESTION: medical_question,
    ReplyTemplate.FEEDBACK_ROUTE: feedback_route,
}
