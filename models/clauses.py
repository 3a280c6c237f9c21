"""Clauses: the numbered rules of a policy version, each of which can be cited. They are frozen with their version (POL-6)."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from models.record import Payload
from models.settings import Platform
from models.text import Line, Paragraph

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
"""A name that stays the same from version to version, and from practice to practice."""


class Audience(StrEnum):
    """Whom a clause or a section binds."""

    PATIENTS = "patients"
    STAFF = "staff"
    PRACTICE = "practice"


class Topic(StrEnum):
    """What a clause is about."""

    CODE_OF_CONDUCT = "code_of_conduct"
    DEVICES = "devices"
    OTHER_PATIENTS = "other_patients"
    RECORDING = "recording"
    COVERT_RECORDING = "covert_recording"
    PUBLIC_AREAS = "public_areas"
    STAFF_MEDIA = "staff_media"
    UNACCEPTABLE_MATERIAL = "unacceptable_material"
    IDENTIFYING_STAFF = "identifying_staff"
    REVIEWS = "reviews"
    FEEDBACK = "feedback"
    DEFAMATION = "defamation"
    MEDICAL_MESSAGES = "medical_messages"
    COMPLAINTS = "complaints"
    PRACTICE_POSTS = "practice_posts"
    CLOSURES = "closures"
    FRIEND_REQUESTS = "friend_requests"
    UNACCEPTABLE_POSTS = "unacceptable_posts"
    ABUSE = "abuse"
    REMOVAL = "removal"
    INFORMATION_RIGHTS = "information_rights"
    TRAINING_PRACTICE = "training_practice"
    STAFF_AWARENESS = "staff_awareness"


class Modality(StrEnum):
    """How strongly a clause binds."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"
    MAY_NOT_ENCOURAGED = "may_not_encouraged"


class Condition(StrEnum):
    """What lifts a prohibition, or binds a permission."""

    CLINICIAN_AGREES = "clinician_agrees"
    OTHER_PATIENT_CONSENTS = "other_patient_consents"
    STAFF_MEMBER_CONSENTS = "staff_member_consents"
    OWN_USE_ONLY = "own_use_only"
    OPEN_AND_HONEST = "open_and_honest"
    NO_INTERFERENCE = "no_interference"
    KEPT_PRIVATE_AND_SAFE = "kept_private_and_safe"
    PERMISSION_SOUGHT = "permission_sought"
    ABSOLUTELY_NECESSARY = "absolutely_necessary"
    APPROVED_FIRST = "approved_first"


class Place(StrEnum):
    """Where a clause reaches."""

    CONSULTATION = "consultation"
    WAITING_ROOM = "waiting_room"
    PREMISES = "premises"
    OWN_PAGES = "own_pages"
    ANY_PLATFORM = "any_platform"
    EMAIL = "email"
    MESSAGING = "messaging"


class BreachGround(StrEnum):
    """What makes a post unacceptable."""

    INACCURATE = "inaccurate"
    FRAUDULENT = "fraudulent"
    HARASSING = "harassing"
    EMBARRASSING = "embarrassing"
    OBSCENE = "obscene"
    DEFAMATORY = "defamatory"
    UNLAWFUL = "unlawful"
    IDENTIFIES_STAFF = "identifies_staff"
    IDENTIFIES_PATIENT = "identifies_patient"


class Consequence(StrEnum):
    """What the document says will, or may, follow."""

    POST_DELETED = "post_deleted"
    POST_MAY_BE_DELETED = "post_may_be_deleted"
    POST_REPORTED = "post_reported"
    MESSAGE_DELETED = "message_deleted"
    REDIRECTED = "redirected"
    GENERIC_REPLY = "generic_reply"
    COMPLAINT_ROUTE_OFFERED = "complaint_route_offered"
    AUTHOR_ASKED_TO_REMOVE = "author_asked_to_remove"
    ADVISED = "advised"
    LEGAL_ADVICE_SOUGHT = "legal_advice_sought"
    LEGAL_ADVICE_POSSIBLE = "legal_advice_possible"
    LEGAL_ACTION_POSSIBLE = "legal_action_possible"
    APPROPRIATE_ACTION = "appropriate_action"
    RELATIONSHIP_MAY_BREAK_DOWN = "relationship_may_break_down"
    IMMEDIATE_REMOVAL = "immediate_removal"
    RECORDED_IN_RECORD = "recorded_in_record"


class Clause(Payload):
    """One rule: whom it binds, how strongly, where it reaches, what lifts it, and what follows a breach.

    `note` is a remark on the document, such as what it leaves open. It is no part of the rule.
    """

    key: Key
    number: Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Z]+(\.[0-9A-Z]+)*$")]
    section: Key
    audience: Audience
    topic: Topic
    modality: Modality
    text: Paragraph
    places: list[Place] = []
    platforms: list[Platform] = []
    grounds: list[BreachGround] = []
    conditions: list[Condition] = []
    consequences: list[Consequence] = []
    source: Line
    note: Paragraph | None = None


class CitedClause(BaseModel):
    """A clause together with the version that it is frozen in."""

    policy_id: UUID
    policy_number: str
    policy_state: str
    clause: Clause
