"""Training notes: what managers need to brief the staff on a policy version, made from the version itself (P-10)."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, Final

from models.clauses import Audience, Modality
from models.policies import PolicyContent
from models.record import Payload
from models.roles import Duty
from models.settings import DeviceRule, Origin, Setting
from workflows.differences import Difference, differences, escaped, said, settings, summary

FIRST_VERSION: Final = "No version was in force before this one: all of it is new."
NO_PROMISE: Final = "The document promises no training of its own. These notes help wherever staff are briefed."

DEVICES: Final = {
    DeviceRule.NEVER: "The policy wants no devices in consultations.",
    DeviceRule.BY_AGREEMENT: "Devices are used in consultations if the clinician agrees.",
}


class DutyToKnow(Payload):
    """Who holds a duty, and where the document says so; without a source the service assumes it."""

    duty: Duty
    held_by: list[str]
    origin: Origin
    source: str | None


class ClauseToKnow(Payload):
    """A clause that staff keep to, or expect patients to keep to."""

    key: str
    number: str
    audience: Audience
    modality: Modality
    text: str


class SettingToKnow(Payload):
    """What the version settles, in words, and where the document says so; without a source the service assumes it."""

    name: str
    words: str
    origin: Origin
    source: str | None
    note: str | None


class TrainingNotes(Payload):
    """Notes for whoever briefs the staff on a version."""

    title: str
    policy_number: str
    document: str
    training: str
    purpose: str
    for_everybody: list[str]
    for_managers: list[str]
    duties: list[DutyToKnow]
    clauses: list[ClauseToKnow]
    settings: list[SettingToKnow]
    not_settled: list[str]
    changed_since: str | None
    changes_in_words: str
    changes: list[Difference]


def training_notes(
    content: PolicyContent, number: str, before: PolicyContent | None = None, number_before: str | None = None
) -> TrainingNotes:
    """The notes on a version; `before` is the version that was in force until then, if there was one."""
    told = list(told_settings(content))
    changes = differences(before, content) if before else []
    return TrainingNotes(
        title=content.title, policy_number=number, document=content.document.title, training=training(content),
        purpose=content.purpose, for_everybody=list(for_everybody(content)), for_managers=list(for_managers(content)),
        duties=list(duties(content)), clauses=clauses(content),
        settings=[each for each in told if each.origin == Origin.FROM_POLICY],
        not_settled=[each.name for each in told if each.origin == Origin.SERVICE_DEFAULT],
        changed_since=number_before, changes_in_words=summary(changes) if before else FIRST_VERSION, changes=changes,
    )  # fmt: skip


def training(content: PolicyContent) -> str:
    """What the document says of training, in a sentence."""
    offered = content.training_offered
    if not offered.value:
        return NO_PROMISE
    return f"The practice helps those whom the policy covers to understand it ({offered.source}). {offered.note or ''}".strip()


def for_everybody(content: PolicyContent) -> Iterator[str]:
    """What is said to everybody in post."""
    settles, held = content.settings, content.settings.duties
    days = settles.acknowledgement_days.value
    yield f"Read this version and acknowledge it for yourself. After {days} days whoever has not is reminded."
    yield f"Whoever sees a post that harms the practice or anybody in it tells the {holding(held.be_told)} at once."
    yield f"Only the {holding(held.use_platforms)} may post for the practice, and nothing that is not approved."
    yield "Nobody writes about anybody's health in public, not even in answer to somebody who has."
    yield f"A complaint is never argued in public. The {holding(held.handle_complaints)} offers the procedure."
    yield f"Reviews are answered by the {holding(held.answer_reviews)} alone, and no reply tells whether anybody is a patient."
    yield f"{DEVICES[settles.device_rule.value]} Ask first whether somebody needs one because of a disability."
    yield "A patient who records their own consultation for themselves does nothing unlawful, and is never sent away for it."
    yield "Concerns about colleagues or unsafe practice take the speak-up route, not this one."


def for_managers(content: PolicyContent) -> Iterator[str]:
    """What managers and supervisors need besides (P-10)."""
    held = content.settings.duties
    yield "Keep evidence before anything is deleted. Only the practice's own pages can be cleared by the practice itself."
    days = content.settings.monitoring_days.value
    yield f"The {holding(held.monitor)} looks at the practice's pages at least every {days} days, and records each look."
    yield f"The {holding(held.contact_author)} contacts an author. If that fails, {deciding(held.decide)}."
    yield "No sanction ever rests on a complaint, and none on disability, illness or any other protected characteristic."
    yield (
        "Short of violence, or of behaviour that makes somebody fear for their safety, nobody is removed from the list without a"
        " warning, with reasons, in the twelve months before; the regulations name few exceptions. A partner takes part."
    )
    yield "Where there was violence or such fear, tell the police first. Then the partners may ask for removal at once."
    yield "Record each training session with those who attended. It takes no acknowledgement's place."


def holding(held: Setting[Any]) -> str:
    """The holders of a duty, in a sentence."""
    return " or ".join(each.replace("_", " ") for each in held.value)


def deciding(held: Setting[Any]) -> str:
    """Who decides: all of them, where the document names several."""
    names = [each.replace("_", " ") for each in held.value]
    return f"the {' and the '.join(names)} decide together" if names[1:] else f"the {names[0]} decides"


def duties(content: PolicyContent) -> Iterator[DutyToKnow]:
    """Who holds each duty."""
    for duty in Duty:
        held = getattr(content.settings.duties, duty)
        yield DutyToKnow(duty=duty, held_by=held.value, origin=held.origin, source=held.source)


def clauses(content: PolicyContent) -> list[ClauseToKnow]:
    """Every clause: what binds staff and practice comes first, then what is expected of patients."""
    order = [Audience.STAFF, Audience.PRACTICE, Audience.PATIENTS]
    return [
        ClauseToKnow(key=each.key, number=each.number, audience=each.audience, modality=each.modality, text=each.text)
        for each in sorted(content.clauses, key=lambda clause: order.index(clause.audience))
    ]


def told_settings(content: PolicyContent) -> Iterator[SettingToKnow]:
    """Every setting but the duties, in words."""
    for name, each in settings(content.model_dump(mode="json")).items():
        if not name.startswith("duties."):
            yield SettingToKnow(
                name=name, words=said(each["value"]), origin=each["origin"], source=each["source"], note=each["note"]
            )


# As Markdown


def markdown(notes: TrainingNotes) -> str:
    """The notes as Markdown (CommonMark). Whatever a person wrote comes out as text."""
    lines = [f"# Training notes: {escaped(notes.title)}, version {escaped(notes.policy_number)}", ""]
    lines += [escaped(notes.purpose), "", escaped(notes.training)]
    lines += titled("For everybody", map(escaped, notes.for_everybody))
    lines += titled("For managers and supervisors", map(escaped, notes.for_managers))
    lines += titled("Who does what", map(duty_line, notes.duties))
    for audience in dict.fromkeys(each.audience for each in notes.clauses):
        among = (each for each in notes.clauses if each.audience == audience)
        lines += titled(
            f"What binds {wording(audience)}", (f"**{each.number}** {escaped(each.text)}" for each in among)
        )
    lines += titled("What this version settles", map(setting_line, notes.settings))
    lines += titled("What the document leaves open, and the service assumes", map(spoken, notes.not_settled))
    lines += ["", "## What changed", "", escaped(notes.changes_in_words)]
    lines += [line for each in notes.changes for line in ("", f"- **{escaped(each.label)}**, {each.change}")][1:]
    return "\n".join(lines) + "\n"


def titled(title: str, items: Iterable[str]) -> list[str]:
    """A heading with its list, if there is anything in it."""
    found = [f"- {each}" for each in items]
    return ["", f"## {title}", "", *found] if found else []


def duty_line(each: DutyToKnow) -> str:
    """A duty as an item of the list."""
    held = (" and " if each.duty == Duty.DECIDE else " or ").join(map(spoken, each.held_by))
    return f"{spoken(each.duty).capitalize()}: {held} ({stands(each.origin, each.source)})"


def setting_line(each: SettingToKnow) -> str:
    """A setting as an item of the list."""
    return f"{spoken(each.name).capitalize()}: {escaped(each.words)} ({stands(each.origin, each.source)})"


def stands(origin: Origin, source: str | None) -> str:
    """Where it is said."""
    return escaped(source or "") if origin == Origin.FROM_POLICY else "assumed by the service"


def wording(audience: StrEnum) -> str:
    """Whom a clause binds, as people say it."""
    return "the practice" if audience == Audience.PRACTICE else spoken(audience)


def spoken(name: str) -> str:
    """A declared name as people say it."""
    return name.replace("_", " ").replace(".", " ")
