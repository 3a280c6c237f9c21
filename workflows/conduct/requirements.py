"""Requirements: what an act can depend on, whether the act says that it is met, and how that is put in plain words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from models.clauses import Condition
from models.conduct import Act, Capture, Manner, Party, Purpose, Venue
from models.judgements import FurtherCondition, Requirement

Known = bool | None
"""Met, failing, or not said."""


def is_met(requirement: Requirement, act: Act) -> Known:
    """Whether the act says that a requirement is met. What is not said is not known."""
    told = TOLD.get(requirement)
    return told(act) if told else None


def phrase(requirement: Requirement) -> str:
    """The requirement after `only if`."""
    return WORDS[requirement][0]


def failing(requirement: Requirement) -> str:
    """The requirement's failure after `because`."""
    return WORDS[requirement][1]


def together(phrases: Iterable[str]) -> str:
    """Phrases as one part of a sentence."""
    *before, last = phrases
    return f"{', '.join(before)} and {last}" if before else last


def fact(name: str) -> Callable[[Act], Known]:
    """A field of the act that says it."""
    return lambda act: getattr(act, name, None)


def opposite(name: str) -> Callable[[Act], Known]:
    """A field of the act that says the contrary."""
    return lambda act: None if (said := getattr(act, name, None)) is None else not said


def either(name: str, met: Any, failed: Any) -> Callable[[Act], Known]:
    """A field of the act with a word for each."""
    return lambda act: {met: True, failed: False}.get(getattr(act, name, None))


def agreement(act: Act, party: Party) -> Known:
    """Whether a party agreed. Nobody agrees to what is done covertly."""
    if party in getattr(act, "refused", ()) or getattr(act, "manner", None) == Manner.COVERTLY:
        return False
    return True if party in getattr(act, "agreed", ()) else None


def clinician_agrees(act: Act) -> Known:
    """Whether the clinician agreed."""
    return agreement(act, Party.CLINICIAN)


def clinician_was_asked(act: Act) -> Known:
    """Whether the patient asked first: somebody who answered was asked."""
    answered = getattr(act, "agreed", frozenset()) | getattr(act, "refused", frozenset())
    if Party.CLINICIAN in answered:
        return True
    return False if getattr(act, "manner", None) == Manner.COVERTLY else None


def other_patient_consents(act: Act) -> Known:
    """Whether the other patient agreed, if there is one to ask."""
    if isinstance(act, Capture) and act.captures is not None and Party.OTHER_PATIENT not in act.captures:
        return True
    return agreement(act, Party.OTHER_PATIENT)


def staff_consent(act: Act) -> Known:
    """Whether everyone from the staff who is captured agreed."""
    captured = (getattr(act, "captures", None) or frozenset()) & {Party.CLINICIAN, Party.STAFF_MEMBER}
    answers = {agreement(act, each) for each in captured or {Party.STAFF_MEMBER}}
    return False if False in answers else None if None in answers else True


def nobody_else_is_near(act: Act) -> Known:
    """Whether no other patient is there: in a waiting room there always may be."""
    if getattr(act, "venue", None) == Venue.WAITING_ROOM or Party.OTHER_PATIENT in (
        getattr(act, "captures", None) or ()
    ):
        return False
    return opposite("other_patients_near")(act)


def kept_private(act: Act) -> Known:
    """Whether the patient keeps it private: what is to be posted is not."""
    return False if getattr(act, "purpose", None) == Purpose.TO_BE_POSTED else fact("kept_private")(act)


TOLD: Final[Mapping[Requirement, Callable[[Act], Known]]] = {
    Condition.CLINICIAN_AGREES: clinician_agrees,
    Condition.OTHER_PATIENT_CONSENTS: other_patient_consents,
    Condition.STAFF_MEMBER_CONSENTS: staff_consent,
    Condition.OWN_USE_ONLY: either("purpose", Purpose.OWN_USE, Purpose.TO_BE_POSTED),
    Condition.OPEN_AND_HONEST: either("manner", Manner.OPENLY, Manner.COVERTLY),
    Condition.NO_INTERFERENCE: opposite("interferes_with_care"),
    Condition.KEPT_PRIVATE_AND_SAFE: kept_private,
    Condition.PERMISSION_SOUGHT: clinician_was_asked,
    Condition.APPROVED_FIRST: fact("approved"),
    FurtherCondition.COURTEOUSLY: fact("courteous"),
    FurtherCondition.NO_OTHER_PATIENT_NEAR: nobody_else_is_near,
    FurtherCondition.ADVICE_WEIGHED: fact("advice_weighed"),
    FurtherCondition.NOT_ONLY_A_PATIENT: opposite("known_only_as_patient"),
    FurtherCondition.NO_CLINICAL_INFORMATION: opposite("clinical_information"),
    FurtherCondition.ABOUT_THE_PRACTICE: fact("about_the_practice"),
    FurtherCondition.BY_A_NAMED_USER: fact("by_named_user"),
}
"""Where an act says so. No act can say that something is absolutely necessary, or how a complaint will be made."""

WORDS: Final[Mapping[Requirement, tuple[str, str]]] = {
    Condition.CLINICIAN_AGREES: ("the clinician agrees", "the clinician has not agreed"),
    Condition.OTHER_PATIENT_CONSENTS: (
        "any other patient who can be recognised agrees",
        "another patient who can be recognised has not agreed",
    ),
    Condition.STAFF_MEMBER_CONSENTS: (
        "the member of staff agrees",
        "the member of staff has not agreed",
    ),
    Condition.OWN_USE_ONLY: ("it is for the patient's own use", "it is not only for the patient's own use"),
    Condition.OPEN_AND_HONEST: ("it is done openly", "it is done in secret"),
    Condition.NO_INTERFERENCE: ("it does not get in the way of care", "it gets in the way of care"),
    Condition.KEPT_PRIVATE_AND_SAFE: ("it is kept private and safe", "it is not kept private and safe"),
    Condition.PERMISSION_SOUGHT: ("permission is asked first", "nobody was asked first"),
    Condition.ABSOLUTELY_NECESSARY: ("it is strictly necessary", "it is not strictly necessary"),
    Condition.APPROVED_FIRST: ("it is approved first", "it has not been approved"),
    FurtherCondition.COURTEOUSLY: (
        "it is done politely and with thought for other patients",
        "it is done without thought for other patients",
    ),
    FurtherCondition.NO_OTHER_PATIENT_NEAR: ("no other patient is there", "other patients are there, or may be"),
    FurtherCondition.THROUGH_COMPLAINTS_PROCEDURE: (
        "the complaint is made by the practice's complaints procedure",
        "the complaint is not made by the practice's complaints procedure",
    ),
    FurtherCondition.ADVICE_WEIGHED: (
        "the professional bodies' advice is weighed first",
        "the professional bodies' advice was not weighed",
    ),
    FurtherCondition.NOT_ONLY_A_PATIENT: (
        "the two know each other from elsewhere as well",
        "the two know each other only through the practice",
    ),
    FurtherCondition.NO_CLINICAL_INFORMATION: (
        "it says nothing about anybody's health",
        "it says something about somebody's health",
    ),
    FurtherCondition.ABOUT_THE_PRACTICE: ("it is about the practice", "it has nothing to do with the practice"),
    FurtherCondition.BY_A_NAMED_USER: (
        "somebody who was named for it posts it",
        "whoever posts it was not named for it",
    ),
}  # fmt: skip
"""Each requirement as it stands after `only if`, and its failure after `because`."""
