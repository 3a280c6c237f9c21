"""What a practice asks of its patients: each rule of its policy in plain words, and nothing that the policy does not say."""

from collections.abc import Callable, Iterator
from typing import Final

from models.clauses import BreachGround, Clause, Condition, Place, Topic
from models.guidance import Passage, Statement
from models.settings import (
    DeviceRule,
    MedicalMessages,
    PublicAreaMedia,
    RecordingRule,
    RecordingStance,
    ReviewChannelKind,
    StaffMedia,
)
from workflows.conduct.pictures import RECORDINGS_OF_STAFF
from workflows.guidance.questions import REVIEWS
from workflows.guidance.sources import Told
from workflows.guidance.wording import AT_FAULT


def asks(told: Told) -> Passage:
    """Everything that is asked, in the order in which a visit goes."""
    statements = [each for rule in RULES for each in rule(told)]
    return Passage(key="asks", title="What we ask of you", statements=statements)


def code(told: Told) -> Iterator[Statement]:
    """The code as a whole."""
    if clauses := told.clauses(Topic.CODE_OF_CONDUCT):
        text = "Please keep to these rules at all times."
        yield Statement(key="code_of_conduct", text=text, stands=told.stands(clauses))


def devices(told: Told) -> Iterator[Statement]:
    """Phones, with courtesy everywhere and by their own rule in an appointment."""
    inside, outside = parted(told.clauses(Topic.DEVICES), Place.CONSULTATION)
    if outside:
        text = "When you use your phone, be polite and think of other patients."
        yield Statement(key="courtesy", text=text, stands=told.stands(outside))
    if inside or told.says("device_rule"):
        text = {
            DeviceRule.NEVER: "Do not use a phone or any other device in your appointment.",
            DeviceRule.BY_AGREEMENT: "Ask your doctor or nurse before you use a phone or any other device in your appointment.",
        }[told.content.settings.device_rule.value]
        stands = told.stands(inside, "device_rule")
        yield Statement(key="device_in_appointment", text=text, law=told.law("adjustments_first"), stands=stands)


def recording(told: Told) -> Iterator[Statement]:
    """A recording of one's own appointment, and how the practice feels about it."""
    clauses, rule = told.clauses(Topic.RECORDING), told.content.settings.recording_rule.value
    if rule == RecordingRule.SILENT:
        return
    text = {
        RecordingRule.BY_AGREEMENT: "Ask first if you want to record your appointment.",
        RecordingRule.NOT_INHIBITED: "You may record your appointment. Please tell us first.",
    }[rule]
    feeling = FEELINGS[told.content.settings.recording_stance.value]
    own_use = any(Condition.OWN_USE_ONLY in each.conditions for each in clauses)
    text = " ".join(filter(None, [text, feeling, "It is for you alone." if own_use else ""]))
    stands = told.stands(clauses, "recording_rule", "recording_stance")
    yield Statement(key="recording", text=text, law=told.law("private_recording_lawful"), stands=stands)


def public_areas(told: Told) -> Iterator[Statement]:
    """Pictures and film where other patients are."""
    clauses = told.clauses(Topic.PUBLIC_AREAS)
    if clauses or told.says("public_area_media"):
        text = {
            PublicAreaMedia.PHOTOGRAPHS: "Do not take photos in the waiting room, or where other patients are.",
            PublicAreaMedia.PHOTOGRAPHS_AND_RECORDINGS: (
                "Do not take photos, film or record sound in the waiting room, or where other patients are."
            ),
        }[told.content.settings.public_area_media.value]
        if any(
            Condition.OTHER_PATIENT_CONSENTS in each.conditions for each in told.content.clauses if about_areas(each)
        ):
            text += " For film and sound, those who can be seen or heard may agree to it."
        stands = told.stands(clauses, "public_area_media")
        yield Statement(key="public_areas", text=text, stands=stands)


def about_areas(clause: Clause) -> bool:
    """Whether a clause, whomever it binds, is on pictures where patients are."""
    return clause.topic == Topic.PUBLIC_AREAS


def staff_media(told: Told) -> Iterator[Statement]:
    """Pictures of staff, and film and sound where the rule reaches them: one's own appointment has the law beside it."""
    clauses = told.clauses(Topic.STAFF_MEDIA)
    if clauses or told.says("staff_media"):
        rule = told.content.settings.staff_media.value
        recorded = rule == StaffMedia.WITH_CONSENT or any(each.key == RECORDINGS_OF_STAFF for each in clauses)
        law = told.law("private_recording_lawful") if recorded else []
        yield Statement(
            key="staff_media", text=OF_STAFF[rule, recorded], law=law, stands=told.stands(clauses, "staff_media")
        )


def other_patients(told: Told) -> Iterator[Statement]:
    """What one learns of other patients."""
    if clauses := told.clauses(Topic.OTHER_PATIENTS):
        text = "Keep what you learn of other patients to yourself, unless they agree that you may share it."
        yield Statement(key="other_patients", text=text, stands=told.stands(clauses))


def posts(told: Told) -> Iterator[Statement]:
    """What must not be in a post."""
    if clauses := told.clauses(Topic.UNACCEPTABLE_MATERIAL):
        grounds = [each for each in BreachGround if any(each in clause.grounds for clause in clauses)]
        items = [f"{AT_FAULT[each]}." for each in grounds]
        yield Statement(key="posts", text="Do not post anything that is:", items=items, stands=told.stands(clauses))
    if clauses := told.clauses(Topic.IDENTIFYING_STAFF):
        text = "Do not name our staff online, or say things from which others can tell who is meant."
        yield Statement(key="identifying_staff", text=text, stands=told.stands(clauses))
    if clauses := told.clauses(Topic.DEFAMATION):
        text = "Do not post false claims that hurt the good name of anyone on our team."
        yield Statement(key="defamation", text=text, law=told.law("defamation_defences"), stands=told.stands(clauses))


def reviews(told: Told) -> Iterator[Statement]:
    """Where reviews belong."""
    clauses, channel = told.clauses(Topic.REVIEWS), told.content.settings.review_channel.value
    if not clauses and not told.says("review_channel"):
        return
    place = REVIEWS[channel.kind]
    if channel.obligatory:
        text = f"If you want to review us, do it {place}."
    elif channel.kind == ReviewChannelKind.UNSTATED:
        text = "You may review us."
    else:
        text = f"You may review us {place}."
    yield Statement(key="reviews", text=text, stands=told.stands(clauses, "review_channel"))


def medical_messages(told: Told) -> Iterator[Statement]:
    """Where what concerns one's health is not sent."""
    if told.content.settings.medical_messages.value == MedicalMessages.DELETED_AND_REDIRECTED:
        clauses = [each for each in told.clauses(Topic.MEDICAL_MESSAGES) if each.places]
        places = {place for each in clauses for place in each.places}
        email = " or by email" if Place.EMAIL in places else ""
        text = f"Do not write to us about your health on social media, in a message{email}."
        yield Statement(key="medical_messages", text=text, stands=told.stands(clauses, "medical_messages"))


def abuse(told: Told) -> Iterator[Statement]:
    """How staff are treated."""
    if clauses := told.clauses(Topic.ABUSE):
        text = "Treat our staff with respect. Do not shout at them, threaten them or hurt them."
        yield Statement(key="abuse", text=text, stands=told.stands(clauses))


def parted(clauses: tuple[Clause, ...], place: Place) -> tuple[list[Clause], list[Clause]]:
    """Those that name a place, and the others."""
    return [each for each in clauses if place in each.places], [each for each in clauses if place not in each.places]


OF_STAFF: Final = {
    (StaffMedia.NEVER, False): "Do not take photos of our staff.",
    (StaffMedia.NEVER, True): "Do not take photos of our staff, and do not film or record them.",
    (StaffMedia.WITH_CONSENT, True): "Take a photo of someone on our staff, film or record them only if they agree.",
}
"""By the rule, and whether it reaches film and sound."""
FEELINGS: Final = {
    RecordingStance.DISCOURAGED: "We would rather you did not.",
    RecordingStance.NEUTRAL: "",
    RecordingStance.PROMOTED: "It can help you to recall what was said.",
}
RULES: Final[tuple[Callable[[Told], Iterator[Statement]], ...]] = (
    code, devices, recording, public_areas, staff_media, other_patients, posts, reviews, medical_messages, abuse,
)  # fmt: skip
"""The rules in the order in which they are told."""
