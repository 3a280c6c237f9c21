"""Where a policy says two things: a clause that differs from another, a heading from its section, a scope from a clause."""

import re
from typing import Final

from models.clauses import Audience, Clause, Condition, Consequence, Modality, Place, Topic
from models.policies import AppliesTo, Section
from models.settings import (
    DeviceRule,
    Platform,
    RecordingStance,
)
from workflows.lint.findings import Severity, Where
from workflows.lint.inspection import Check, Inspected, Told, at, at_setting, check, listed, numbered, these
from workflows.lint.readings import permits_recording
from workflows.lint.sources import ONE_VOICE, OWN_PAGES_ONLY

STAFF: Final = frozenset(AppliesTo) - {AppliesTo.REGISTERED_PATIENTS}


@check(Severity.ADVICE, ONE_VOICE)
def complaint_deleted_and_routed(policy: Inspected) -> Told | None:
    """One clause deletes a complaint, another offers its author the route."""
    clauses = policy.clauses(Topic.COMPLAINTS)
    deleting = [each for each in clauses if Consequence.POST_DELETED in each.consequences]
    routing = [each for each in clauses if Consequence.COMPLAINT_ROUTE_OFFERED in each.consequences]
    if not deleting or not routing:
        return None
    return Told(
        f"{these(deleting, 'has', 'have')} a complaint deleted; its author is contacted and shown the route in"
        f" {numbered(routing)}. The service offers the route first.",
        policy.at_clauses([*deleting, *routing]),
    )


@check(Severity.WARNING, ONE_VOICE)
def recording_views_differ(policy: Inspected) -> Told | None:
    """A recording is welcome in one place and unwelcome in another."""
    welcome = [each for each in policy.clauses(Topic.RECORDING) if welcomes_recording(each)]
    unwelcome = [each for each in policy.clauses(Topic.RECORDING) if discourages_recording(each)]
    stance = policy.settings.recording_stance.value
    promoted, discouraged = stance == RecordingStance.PROMOTED, stance == RecordingStance.DISCOURAGED
    if not (welcome or promoted) or not (unwelcome or discouraged):
        return None
    return Told(
        "The policy takes more than one view of a patient's recording: "
        f"{views('welcome', welcome, promoted)}, and {views('not encouraged', unwelcome, discouraged)}.",
        [*policy.at_clauses([*welcome, *unwelcome]), at_setting("recording_stance")],
    )


def welcomes_recording(clause: Clause) -> bool:
    """Whether a clause permits recordings without a word against them."""
    return permits_recording(clause) and not discourages_recording(clause)


def discourages_recording(clause: Clause) -> bool:
    """Whether a clause would rather have no recording."""
    return clause.modality == Modality.MAY_NOT_ENCOURAGED or Condition.ABSOLUTELY_NECESSARY in clause.conditions


def views(view: str, clauses: list[Clause], setting: bool) -> str:
    """One view, and who takes it."""
    takers = [*([numbered(clauses)] if clauses else []), *(["the setting recording_stance"] if setting else [])]
    return f"{view} in {listed(takers)}"


@check(Severity.WARNING, ONE_VOICE)
def device_ban_against_recording(policy: Inspected) -> Told | None:
    """Devices are banned from consultations, and recordings permitted in them."""
    permitting = [each for each in policy.content.clauses if permits_recording(each)]
    if policy.settings.device_rule.value != DeviceRule.NEVER or not permitting:
        return None
    return Told(
        f"The setting device_rule keeps devices out of consultations; recording them is permitted in {numbered(permitting)}.",
        [at_setting("device_rule"), *policy.at_clauses(permitting)],
    )


@check(Severity.ADVICE, ONE_VOICE)
def heading_contradicts_section(policy: Inspected) -> Told | None:
    """A heading names one kind of recording, and the section treats another."""
    sections = [each for each in policy.content.sections if misheaded(each, policy)]
    if not sections:
        return None
    return Told(
        "The heading speaks of one kind of recording, open or secret, and the clauses below it of the other.",
        policy.at_sections(sections),
    )


def misheaded(section: Section, policy: Inspected) -> bool:
    """Whether a section about secret recordings is headed open, or the other way round."""
    topics = {each.topic for each in policy.content.clauses if each.section == section.key}
    about = topics & {Topic.RECORDING, Topic.COVERT_RECORDING}
    wrong = {Topic.COVERT_RECORDING: r"\b(overt|open)\b", Topic.RECORDING: r"\b(covert|secret)\b"}
    return len(about) == 1 and bool(re.search(wrong[about.pop()], section.title, re.IGNORECASE))


@check(Severity.ADVICE, ONE_VOICE)
def applies_to_differs(policy: Inspected) -> Told | None:
    """A clause binds people to whom the policy does not apply."""
    applies = set(policy.content.applies_to)
    bound = {
        "patients": [] if AppliesTo.REGISTERED_PATIENTS in applies else binding(policy, Audience.PATIENTS),
        "staff": [] if STAFF & applies else binding(policy, Audience.STAFF),
    }
    left_out = [who for who, clauses in bound.items() if clauses]
    if not left_out:
        return None
    return Told(
        f"The policy says that it applies to others than {listed(left_out)}, and holds clauses for {listed(left_out)}.",
        [at("applies_to"), *policy.at_clauses(clause for clauses in bound.values() for clause in clauses)],
    )


def binding(policy: Inspected, audience: Audience) -> list[Clause]:
    """The clauses that bind somebody."""
    return [each for each in policy.content.clauses if each.audience == audience]


@check(Severity.INFORMATION, OWN_PAGES_ONLY)
def recognised_platforms_unanswered(policy: Inspected) -> Told | None:
    """Platforms are named on which the practice has no page, and no clause says what follows there."""
    elsewhere = set(policy.settings.recognised_platforms.value) - pages(policy)
    asking = [each for each in policy.content.clauses if Consequence.AUTHOR_ASKED_TO_REMOVE in each.consequences]
    if not elsewhere or asking:
        return None
    return Told(
        f"The policy counts {listed(sorted(elsewhere))} among social media, where the practice has no page of its own."
        " No clause says what it does about a post there.",
        [at_setting("recognised_platforms"), at_setting("platform_accounts")],
    )


@check(Severity.ADVICE, ONE_VOICE)
def clause_on_page_not_run(policy: Inspected) -> Told | None:
    """A clause speaks of the practice's own page on a platform where it has none."""
    clauses = [
        each
        for each in policy.content.clauses
        if Place.OWN_PAGES in each.places and set(each.platforms) - pages(policy)
    ]
    if not clauses:
        return None
    where: list[Where] = [*policy.at_clauses(clauses), at_setting("platform_accounts")]
    return Told(
        f"{these(clauses, 'speaks', 'speak')} of a page of the practice that is not among its own pages.", where
    )


def pages(policy: Inspected) -> set[Platform]:
    """The platforms on which the practice has a page."""
    return {each.platform for each in policy.settings.platform_accounts.value}


CHECKS: Final[tuple[Check, ...]] = (
    complaint_deleted_and_routed,
    recording_views_differ,
    device_ban_against_recording,
    heading_contradicts_section,
    applies_to_differs,
    recognised_platforms_unanswered,
    clause_on_page_not_run,
)
