"""The words in which incidents are told: where one stands, of which kind it is, and how it can end."""

from enum import StrEnum
from typing import Final

from models.settings import Platform


class IncidentState(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    NOTIFIED = "notified"
    TRIAGED = "triaged"
    TAKING_DOWN = "taking_down"
    AWAITING_AUTHOR = "awaiting_author"
    REFUSED = "refused"
    COMPLAINT_PATHWAY = "complaint_pathway"
    OPTIONS_REVIEW = "options_review"
    ADVISED = "advised"
    LEGAL_REFERRAL = "legal_referral"
    WARNED = "warned"
    BREAKDOWN_REVIEW = "breakdown_review"
    REMOVAL_REQUESTED = "removal_requested"
    SAFETY = "safety"
    IMMEDIATE_REQUESTED = "immediate_requested"
    CLOSED_NO_ACTION = "closed_no_action"
    CLOSED_RESOLVED = "closed_resolved"
    CLOSED_RETAINED = "closed_retained"
    CLOSED_LIST_REMOVED = "closed_list_removed"
    CLOSED_IMMEDIATE_REMOVED = "closed_immediate_removed"
    CLOSED_MANAGED_OTHERWISE = "closed_managed_otherwise"
    CLOSED_DUPLICATE = "closed_duplicate"


ENDED: Final = frozenset(each for each in IncidentState if each.value.startswith("closed_"))
OPEN: Final = tuple(each for each in IncidentState if each not in ENDED)
INTAKE: Final = (IncidentState.REPORTED, IncidentState.NOTIFIED)
WORKED_ON: Final = tuple(each for each in OPEN if each not in INTAKE)
"""Past intake: there is evidence, and somebody has looked."""
REMOVAL_IN_FLIGHT: Final = (IncidentState.REMOVAL_REQUESTED, IncidentState.IMMEDIATE_REQUESTED)
"""The commissioner has been asked to take somebody off the list: only withdrawing, a rejection or the removal itself ends it."""


class IncidentKind(StrEnum):
    """What happened.

    - `own_page_post`, `third_party_post`: posted on a page that the practice runs, or anywhere else
    - `review`, `recording_online`: a review that breaks the policy; a recording of a consultation that was put online
    - `public_area_recording`: a recording or photograph made where other patients are
    - `medical_message`, `contact_request`: medical information sent over social media, messaging or e-mail; a friend request
    - `verbal_abuse`, `threat`, `violence`: at the practice, on the telephone or in a message
    """

    OWN_PAGE_POST = "own_page_post"
    THIRD_PARTY_POST = "third_party_post"
    REVIEW = "review"
    RECORDING_ONLINE = "recording_online"
    PUBLIC_AREA_RECORDING = "public_area_recording"
    MEDICAL_MESSAGE = "medical_message"
    CONTACT_REQUEST = "contact_request"
    VERBAL_ABUSE = "verbal_abuse"
    THREAT = "threat"
    VIOLENCE = "violence"


POSTED: Final = frozenset(
    {
        IncidentKind.OWN_PAGE_POST,
        IncidentKind.THIRD_PARTY_POST,
        IncidentKind.REVIEW,
        IncidentKind.RECORDING_ONLINE,
        IncidentKind.MEDICAL_MESSAGE,
    }
)
"""Kinds of which something stays up until somebody takes it down."""
NEVER_SANCTIONED: Final = frozenset({IncidentKind.MEDICAL_MESSAGE, IncidentKind.CONTACT_REQUEST})
FACE_TO_FACE: Final = frozenset({IncidentKind.VERBAL_ABUSE, IncidentKind.THREAT, IncidentKind.VIOLENCE})
"""Kinds that are a breach in themselves, whether or not a clause names them."""


def stands_where_it_can(kind: IncidentKind, on_own_page: bool, platform: Platform | None) -> None:
    """Raise ValueError unless what is said of the place goes together."""
    if on_own_page and (platform is None or kind not in POSTED):
        raise ValueError("only what is posted stands on a page of the practice, and on a platform")
    if kind == IncidentKind.OWN_PAGE_POST and not on_own_page:
        raise ValueError("a post on an own page stands there")
    if kind == IncidentKind.THIRD_PARTY_POST and on_own_page:
        raise ValueError("a post elsewhere does not stand on an own page")


class PinnedBecause(StrEnum):
    """By what an incident came to the policy version that it names, or to none."""

    IN_FORCE_WHEN_IT_HAPPENED = "in_force_when_it_happened"
    IN_FORCE_WHEN_IT_WAS_FOUND = "in_force_when_it_was_found"
    NO_POLICY_IN_FORCE = "no_policy_in_force"
    WITHDRAWN_SINCE = "withdrawn_since"


class AuthorStanding(StrEnum):
    """What somebody is to the practice, as far as is known."""

    UNKNOWN = "unknown"
    PATIENT = "patient"
    NOT_A_PATIENT = "not_a_patient"


class Measure(StrEnum):
    """What takes a decision of every role that decides."""

    WARNING = "warning"
    LEGAL_REFERRAL = "legal_referral"
    LIST_REMOVAL = "list_removal"


class Safeguard(StrEnum):
    """What is done before anybody is taken off the list."""

    RESTORE_ATTEMPT = "restore_attempt"
    ALTERNATIVES = "alternatives"
    COLLEAGUE_CONSULTED = "colleague_consulted"


class Outcome(StrEnum):
    """How an incident ended."""

    NO_BREACH = "no_breach"
    NO_FURTHER_ACTION = "no_further_action"
    ADVISED_INFORMALLY = "advised_informally"
    TAKEN_DOWN = "taken_down"
    AUTHOR_REMOVED = "author_removed"
    AUTHOR_UNIDENTIFIED = "author_unidentified"
    COMPLAINT_TAKEN_UP = "complaint_taken_up"
    MESSAGE_REDIRECTED = "message_redirected"
    CONTACT_REQUEST_ANSWERED = "contact_request_answered"
    LEFT_STANDING = "left_standing"
    BEHAVIOUR_STOPPED = "behaviour_stopped"
    PATIENT_KEPT = "patient_kept"
    REMOVED_FROM_LIST = "removed_from_list"
    REMOVED_AT_ONCE = "removed_at_once"
    MANAGED_OTHERWISE = "managed_otherwise"


class ContactRequestAnswer(StrEnum):
    """What somebody did about a patient's friend request."""

    DECLINED = "declined"
    REDIRECTED = "redirected"
    ACCEPTED = "accepted"


class RouteWay(StrEnum):
    """How the way to complain was offered. `generic_reply` is a fixed text in public, for whoever can't be reached."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    GENERIC_REPLY = "generic_reply"


IN_WRITING: Final = frozenset({RouteWay.LETTER, RouteWay.EMAIL})


class NoticeWay(StrEnum):
    """How the commissioner was told of a removal at once."""

    ONLINE_FORM = "online_form"
    PHONE = "phone"
    EMAIL = "email"


class NotInformed(StrEnum):
    """Why somebody was not told that they were removed at once."""

    NOT_PRACTICABLE = "not_practicable"
    HARM_TO_HEALTH = "harm_to_health"
    RISK_TO_SAFETY = "risk_to_safety"
