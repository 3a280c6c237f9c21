"""Data protection complaints: taken in by anybody, acknowledged within thirty days, looked into, and answered with reasons.

The law leaves the practice no choice about these: it helps people to complain, says that it has their complaint, makes
enquiries, says how far it is, and says what it found (DPA 2018, section 164A, since 19 June 2026).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from models.data_protection_complaints import (
    OPEN,
    Acknowledged,
    ComplaintAcknowledgement,
    ComplaintChannel,
    ComplaintOutcomeGiven,
    ComplaintWithdrawal,
    DataProtectionComplaint,
    DataProtectionComplaintDraft,
    DataProtectionComplaintState,
    Enquiry,
    EnquiryNote,
    NHSComplaintTag,
    PersonFound,
    ProgressToTell,
    RequestNamed,
    ToldOfProgress,
)
from models.letter_facts.complaints import DataComplaintAcknowledged, DataComplaintOutcome, DataComplaintProgress
from models.letters import Addressee
from models.people import Person, PersonContact, PersonState
from models.record import Record
from models.references import reference
from models.rights_requests import RightsRequest
from models.roles import Role
from workflows.cases import escalating, everyday_work
from workflows.engine import Act, Consequence, Workflow, guard, lookup
from workflows.letters import issue, letter
from workflows.roles import Audience
from workflows.statutory_time import (
    calendar_of,
    complaint_acknowledged_by,
    end_of,
    nhs_complaint_acknowledged_by,
    older_than_five_working_days,
    today,
)

RECEIVED, ACKNOWLEDGED, IN_PROGRESS = OPEN
WORKERS: Final = (Role.INFORMATION_RIGHTS_LEAD, Role.PRACTICE_MANAGER, Role.COMPLAINTS_LEAD)
"""Who works on these complaints."""

HEARERS: Final = (Audience.INFORMATION_RIGHTS, Audience.COMPLAINTS)

SHOWN_TO_WHOEVER_TOOK_IT_IN: Final = frozenset(
    {
        *DataProtectionComplaintDraft.model_fields, *Record.model_fields, "reference", "taken_in_by", "website",
        "acknowledge_by",
    }
)  # fmt: skip
"""What was said when it was taken in, where it stands and by when it is acknowledged: nothing that was found since."""

data_protection_complaints = Workflow(
    "data_protection_complaint", "data_protection_complaints", DataProtectionComplaint,
    starts=DataProtectionComplaintState.RECEIVED, seen_by=(*WORKERS, Role.PARTNER, Role.CLOCK),
    seen_own={Role.PRACTICE_WEBSITE: "website", Role.STAFF: "taken_in_by"}, own_shows=SHOWN_TO_WHOEVER_TOOK_IT_IN,
)  # fmt: skip


@lookup(Person)
def the_person(complaint: DataProtectionComplaint, act: Act, found: PersonFound) -> Mapping[str, Any]:
    """Whoever the complaint is to be matched to."""
    return {"id": found.person_id, "state": PersonState.ON_RECORD}


@lookup(RightsRequest)
def the_request(complaint: DataProtectionComplaint, act: Act, named: RequestNamed) -> Mapping[str, Any]:
    """The rights request that the complaint is about."""
    return {"id": named.request_id}


@guard("A complaint is not received after today.")
def received_by_now(draft: DataProtectionComplaintDraft, act: Act) -> bool:
    """DPC-1: a complaint counts from the day on which it truly arrived, a day in London."""
    return draft.received_on is None or draft.received_on <= today(act)


@guard("It came more than five working days ago: say why it is recorded only now.")
def late_entry_is_explained(draft: DataProtectionComplaintDraft, act: Act) -> bool:
    """DPC-1: a complaint counts from the day on which it truly arrived, a day in London."""
    said = draft.received_on
    late = said is not None and older_than_five_working_days(said, today(act), calendar_of(act))
    return not late or draft.late_entry_reason is not None


@guard("From the website a complaint comes today, with a way to reach whoever complains.")
def website_says_enough(draft: DataProtectionComplaintDraft, act: Act) -> bool:
    """DPC-7: whoever complains on the website can be told that it arrived, and cannot be said to have complained before."""
    if Role.PRACTICE_WEBSITE not in act.actor.roles:
        return True
    here_and_now = draft.channel == ComplaintChannel.WEBSITE and draft.received_on is None
    return here_and_now and reached(draft.complainant.contact)


@guard("Nobody is on record under this identifier. Find or record the person first.", needs=[the_person])
def person_is_on_record(complaint: DataProtectionComplaint, act: Act, found: PersonFound) -> bool:
    """DPC-8: a complaint is matched to somebody by a person who looked, and never by itself."""
    return bool(act.looked_up(the_person))


@guard("No rights request is here under this identifier.", needs=[the_request])
def request_is_here(complaint: DataProtectionComplaint, act: Act, named: RequestNamed) -> bool:
    """DPC-9: the request that a complaint names is one of this practice."""
    return bool(act.looked_up(the_request))


@guard("A complaint is acknowledged after it came, and not on a day to come.")
def acknowledged_by_now(complaint: DataProtectionComplaint, act: Act, done: ComplaintAcknowledgement) -> bool:
    """DPC-2: what is recorded as acknowledged was acknowledged."""
    return done.on is None or complaint.received_on <= done.on <= today(act)


@guard("Thirty days have passed without a word: acknowledge it first.")
def in_time_or_acknowledged(complaint: DataProtectionComplaint, act: Act) -> bool:
    """DPC-3: only an outcome within the thirty days takes the place of an acknowledgement."""
    return complaint.acknowledged is not None or today(act) <= complaint.acknowledge_by.day


@guard("Say a day that is still to come.")
def next_word_lies_ahead(complaint: DataProtectionComplaint, act: Act, told: ProgressToTell) -> bool:
    """DPC-5: nobody is promised a word by a day that is over."""
    return told.next_by > today(act)


@guard("It is known to be an NHS complaint as well.")
def not_tagged_yet(complaint: DataProtectionComplaint, act: Act) -> bool:
    """DPC-6: the clock of the NHS complaints procedure starts once."""
    return not complaint.nhs_complaint


@data_protection_complaints.opens(
    by=[Role.PRACTICE_WEBSITE, Role.STAFF], when=[received_by_now, late_entry_is_explained, website_says_enough], tells=HEARERS
)  # fmt: skip
def receive(draft: DataProtectionComplaintDraft, act: Act) -> DataProtectionComplaint:
    """Take a complaint in: by any way, in any words, from anybody. Nothing is looked up, and no other record is touched."""
    received_on = draft.received_on or today(act)
    said = {**dict(draft), "received_on": received_on}
    by_website = Role.PRACTICE_WEBSITE in act.actor.roles
    complaint = DataProtectionComplaint(
        practice=act.practice.code, created_at=act.at, reference="", taken_in_by=act.actor.id,
        website=act.actor.id if by_website else None,
        acknowledge_by=complaint_acknowledged_by(received_on, calendar_of(act)), **said,
    )  # fmt: skip
    complaint.reference = reference("DP", complaint.id)
    return complaint


@data_protection_complaints.with_each_transition
def leave_the_door(complaint: DataProtectionComplaint, act: Act) -> None:
    """The website sees what it sent until the practice does something with it: from then on the words are the practice's."""
    complaint.website = None


@data_protection_complaints.transition(
    RECEIVED, to=ACKNOWLEDGED, by=WORKERS, when=[acknowledged_by_now], entails=[issue], tells=HEARERS
)
def acknowledge(complaint: DataProtectionComplaint, act: Act, done: ComplaintAcknowledgement) -> Iterable[Consequence]:
    """Say that the complaint is here, and keep when and how that was said. The letter is written with it."""
    complaint.acknowledged = Acknowledged(way=done.way, on=done.on or today(act), by=act.actor.id)
    facts = DataComplaintAcknowledged(**which(complaint), nhs_complaint=complaint.nhs_complaint)
    return [letter(facts, complaint, because="data_protection_complaint.acknowledge", to=addressee(complaint))]


@data_protection_complaints.transition(ACKNOWLEDGED, to=IN_PROGRESS, by=WORKERS, tells=HEARERS)
def look_into(complaint: DataProtectionComplaint, act: Act, first: EnquiryNote) -> None:
    """Begin the enquiries, and say what the first step is."""
    keep(complaint, act, first)


@data_protection_complaints.transition(IN_PROGRESS, to=None, by=WORKERS)
def note_enquiry(complaint: DataProtectionComplaint, act: Act, step: EnquiryNote) -> None:
    """Note a step that was taken to find out what happened."""
    keep(complaint, act, step)


@data_protection_complaints.transition(
    ACKNOWLEDGED, IN_PROGRESS, to=None, by=WORKERS, when=[next_word_lies_ahead], entails=[issue]
)  # fmt: skip
def tell_progress(complaint: DataProtectionComplaint, act: Act, told: ProgressToTell) -> Iterable[Consequence]:
    """Tell the person how far the enquiries are, and by when they hear again."""
    complaint.told = [*complaint.told, ToldOfProgress(**dict(told), at=act.at, by=act.actor.id)]
    complaint.next_word_on = told.next_by
    facts = DataComplaintProgress(**which(complaint), **dict(told))
    return [letter(facts, complaint, because="data_protection_complaint.tell_progress", to=addressee(complaint))]


@data_protection_complaints.transition(
    *OPEN, to=DataProtectionComplaintState.OUTCOME_GIVEN, by=WORKERS, when=[in_time_or_acknowledged], entails=[issue],
    tells=HEARERS,
)  # fmt: skip
def give_outcome(complaint: DataProtectionComplaint, act: Act, found: ComplaintOutcomeGiven) -> Iterable[Consequence]:
    """Tell the person what was found, why, and what was done. Within thirty days this is the acknowledgement as well."""
    complaint.outcome, complaint.outcome_given_on, complaint.findings = found.outcome, today(act), found
    facts = DataComplaintOutcome(**which(complaint), **dict(found))
    return [letter(facts, complaint, because="data_protection_complaint.give_outcome", to=addressee(complaint))]


@data_protection_complaints.transition(*OPEN, to=DataProtectionComplaintState.WITHDRAWN, by=WORKERS, tells=HEARERS)
def withdraw(complaint: DataProtectionComplaint, act: Act, said: ComplaintWithdrawal) -> None:
    """End the complaint because the person does not go on with it. Nobody else's word ends it."""
    complaint.ending = said.how_they_said_so


@data_protection_complaints.transition(*OPEN, to=None, by=WORKERS, when=[not_tagged_yet], tells=HEARERS)
def tag_as_nhs_complaint(complaint: DataProtectionComplaint, act: Act, tag: NHSComplaintTag) -> None:
    """Say that it is about care as well: the NHS complaints procedure runs beside, with three working days to acknowledge it."""
    complaint.nhs_complaint, complaint.nhs_complaint_reason = True, tag.reason
    complaint.nhs_acknowledge_by = nhs_complaint_acknowledged_by(complaint.received_on, calendar_of(act))


@data_protection_complaints.transition(*OPEN, to=None, by=WORKERS, when=[person_is_on_record])
def match_person(complaint: DataProtectionComplaint, act: Act, found: PersonFound) -> None:
    """Say whose record the complaint is about, once somebody has looked."""
    complaint.person_id = found.person_id


@data_protection_complaints.transition(*OPEN, to=None, by=WORKERS, when=[request_is_here])
def name_request(complaint: DataProtectionComplaint, act: Act, named: RequestNamed) -> None:
    """Say which rights request the complaint is about: it is shown with that request from now on."""
    complaint.request_id = named.request_id


everyday_work(data_protection_complaints, during=OPEN, by=WORKERS)
escalating(data_protection_complaints, *OPEN)


def steps_to_acknowledgement(complaint: DataProtectionComplaint) -> tuple[str, ...]:
    """How the date was found by which it is acknowledged."""
    return complaint.acknowledge_by.steps


def nhs_steps(complaint: DataProtectionComplaint) -> tuple[str, ...]:
    """How the date of the NHS complaints procedure was found."""
    return complaint.nhs_acknowledge_by.steps if complaint.nhs_acknowledge_by else ()


@data_protection_complaints.deadline(law="DPC-2", steps=steps_to_acknowledgement)
def acknowledgement(complaint: DataProtectionComplaint) -> datetime | None:
    """Thirty days after it came, moved on to a working day, while it is not acknowledged."""
    return complaint.acknowledge_by.at if complaint.state == RECEIVED else None


@data_protection_complaints.deadline(law="CLOCK-8", steps=nhs_steps)
def nhs_acknowledgement(complaint: DataProtectionComplaint) -> datetime | None:
    """Three working days after it came, while an NHS complaint is not acknowledged."""
    by = complaint.nhs_acknowledge_by
    return by.at if by and complaint.state == RECEIVED else None


@data_protection_complaints.deadline(law="DPC-5")
def next_word(complaint: DataProtectionComplaint) -> datetime | None:
    """The end of the day by which the person was promised to hear again."""
    day = complaint.next_word_on
    return end_of(day) if day and complaint.state in OPEN else None


def keep(complaint: DataProtectionComplaint, act: Act, step: EnquiryNote) -> None:
    """Keep a step of the enquiries."""
    complaint.enquiries = [*complaint.enquiries, Enquiry(**dict(step), at=act.at, by=act.actor.id)]


def which(complaint: DataProtectionComplaint) -> dict[str, Any]:
    """Which complaint a letter is about."""
    return {
        "reference": complaint.reference, "received_on": complaint.received_on, "about": complaint.about,
        "request": complaint.about_request,
    }  # fmt: skip


def addressee(complaint: DataProtectionComplaint) -> Addressee:
    """Whoever complained, as they said who they are. Somebody who complains for another is written to in their own name."""
    who = complaint.complainant
    lines = [*who.contact.address, *([who.contact.postcode] if who.contact.postcode else [])] if who.contact else []
    own = None if complaint.for_whom else complaint.person_id
    return Addressee(person_id=own, name=who.name, address=tuple(lines))


def reached(contact: PersonContact | None) -> bool:
    """Whether a contact says any way at all."""
    return contact is not None and bool(contact.address or contact.phone or contact.email)
