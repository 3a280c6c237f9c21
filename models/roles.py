"""Who is who at a practice. A role is held by a person; a duty is held by the roles that the practice's policy names."""

from enum import StrEnum


class Role(StrEnum):
    """What a person, or a machine, may be at a practice."""

    STAFF = "staff"
    CLINICIAN = "clinician"
    PARTNER = "partner"
    PRACTICE_MANAGER = "practice_manager"
    COMMUNICATIONS_MANAGER = "communications_manager"
    COMPLAINTS_LEAD = "complaints_lead"
    INFORMATION_RIGHTS_LEAD = "information_rights_lead"
    BUSINESS_MANAGER = "business_manager"
    HEAD_OF_OPERATIONS = "head_of_operations"
    RECEPTION_MANAGER = "reception_manager"
    PRACTICE_WEBSITE = "practice_website"
    CLINICAL_SYSTEM = "clinical_system"
    CLOCK = "clock"
    OPERATOR = "operator"


class Duty(StrEnum):
    """What a practice's policy hands to roles of its choice."""

    BE_TOLD = "be_told"
    MONITOR = "monitor"
    REMOVE = "remove"
    CONTACT_AUTHOR = "contact_author"
    DECIDE = "decide"
    HANDLE_COMPLAINTS = "handle_complaints"
    ANSWER_REVIEWS = "answer_reviews"
    USE_PLATFORMS = "use_platforms"


MACHINES = frozenset({Role.PRACTICE_WEBSITE, Role.CLINICAL_SYSTEM})
"""Roles of credentials that no person holds."""

GRANTED = frozenset(Role) - {Role.STAFF, Role.CLOCK, Role.OPERATOR}
"""Roles that a practice manager can grant: everyone in post is staff, nobody is the clock, an operator serves the installation."""

PEOPLE = GRANTED - MACHINES
"""Roles that a policy may give a duty to."""

INSTALLATION = "INSTALLATION"
"""The code that stands for the installation itself, where its operators are on the staff."""
