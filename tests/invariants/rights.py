"""What must be so of rights requests: who may be answered, when, what is decided, and what is done about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from models.letters import Letter
from models.people import Person
from models.restrictions import Restriction
from models.rights_requests import RightsRequest
from models.roles import Role
from models.staff import StaffMember
from tests.invariants.rule import day, invariant
from tests.laws import Happened, World
from workflows.calendars import ENGLAND
from workflows.statutory_time import extension_notice_by

ALTERING = {"erased", "erased_in_part", "corrected", "moved_to_the_right_patient"}
RESTRICTING = {"restricted", "restricted_in_part", "restricted_instead"}
TOLD_TO_OTHERS = ALTERING | RESTRICTING | {"completed", "note_of_disagreement_added"}
OF_RIGHT = {
    "access": {"upheld": {"given", "nothing_held"}, "partly_upheld": {"given_in_part"}, "refused": {"refused"}},
    "erasure": {
        "upheld": {"erased", "moved_to_the_right_patient"},
        "partly_upheld": {"erased_in_part", "restricted_instead", "note_of_disagreement_added"},
        "refused": {"refused", "restriction_offered", "note_offered"},
    },
    "rectification": {
        "upheld": {"corrected", "completed", "moved_to_the_right_patient"},
        "partly_upheld": {"corrected", "completed", "note_of_disagreement_added"},
        "refused": {"refused", "note_offered"},
    },
    "objection": {"upheld": {"stopped"}, "partly_upheld": {"stopped_in_part"}, "refused": {"refused"}},
    "restriction": {"upheld": {"restricted"}, "partly_upheld": {"restricted_in_part"}, "refused": {"refused"}},
    "portability": {
        "upheld": {"sent_in_portable_form"},
        "partly_upheld": {"sent_in_part"},
        "refused": {"refused", "access_offered_instead", "gp2gp_on_moving"},
    },
}


def of(world: World, *names: str) -> list[Happened]:
    """All that happened to rights requests under these names."""
    return world.done(*(f"rights_request.{each}" for each in names))


def found(happened: Happened, kind: type[Any], **columns: Any) -> list[Any]:
    """The records of a kind, as they were before, in which these columns agree."""
    records = (each for each in happened.before if isinstance(each, kind))
    return [each for each in records if all(getattr(each, name) == value for name, value in columns.items())]


def age_under(request: RightsRequest, years: int) -> bool:
    """Whether somebody is not that old on the day of receipt, as far as is known."""
    born, on = request.concerned.date_of_birth, request.received_on
    return born is None or on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < years


@invariant("GDPR-1")
def nothing_is_decided_before_it_is_known_who_asks(world: World) -> bool:
    for_themselves = all(each.record.identity for each in of(world, "decide"))
    restricted = [each for each in world.done("restriction.impose") if each.payload.rights_request_id]
    return (
        for_themselves
        and all(each.record.asked_by == "themselves" or each.record.authority for each in of(world, "decide"))
        and all(restricts_their_own(each) for each in restricted)
    )


def restricts_their_own(imposed: Happened) -> bool:
    """Whether a restriction for a request is of the person whose request it is, who is known."""
    said = imposed.payload
    requests = found(imposed, RightsRequest, id=said.rights_request_id, person_id=said.person_id)
    return any(each.identity for each in requests)


@invariant("GDPR-2")
def a_clinical_entry_is_erased_on_a_clinicians_word(world: World) -> bool:
    return all(
        each.record.opinion and each.record.opinion.may_be_done
        for each in of(world, "decide")
        if each.payload.result in {"erased", "erased_in_part"} and each.record.scope == "clinical_record"
    )


@invariant("GDPR-3")
def a_refusal_tells_its_reasons_and_every_way_on(world: World) -> bool:
    ways = {"complaint_to_the_practice", "complaint_to_the_commission", "judicial_remedy"}
    return all(
        each.payload.reasons_told and set(each.payload.routes_told) == ways
        for each in of(world, "decide")
        if each.payload.outcome != "upheld"
    )


@invariant("GDPR-4")
def an_extension_is_told_within_the_first_month(world: World) -> bool:
    waits = {"awaiting_identity", "awaiting_authority", "awaiting_fee"}
    running = (each for each in of(world, "extend") if each.was.state not in waits)
    return all(day(each) <= extension_notice_by(each.was.clock, ENGLAND, today=day(each)).day for each in running)


@invariant("GDPR-5")
def an_opinion_is_never_changed(world: World) -> bool:
    return all(
        each.payload.result not in ALTERING
        for each in of(world, "decide")
        if each.record.opinion and each.record.opinion.entry == "opinion"
    )


@invariant("GDPR-6")
def evidence_is_never_altered(world: World) -> bool:
    return all(
        each.payload.result not in ALTERING for each in of(world, "decide") if each.record.scope == "conduct_file"
    )


@invariant("G-03")
def the_website_says_who_asks_and_today(world: World) -> bool:
    by_website = [each for each in of(world, "receive") if Role.PRACTICE_WEBSITE in each.actor.roles]
    return all(
        each.payload.channel == "website" and each.payload.received_on is None and each.payload.concerned.date_of_birth
        and (each.payload.representative or each.payload.concerned).contact
        for each in by_website
    )  # fmt: skip


@invariant("RIGHT-1")
def a_request_arrived_by_today_and_late_entries_are_explained(world: World) -> bool:
    arrived = all(each.record.received_on <= day(each) for each in of(world, "receive", "recalculate"))
    return arrived and all(
        each.payload.late_entry_reason
        for each in of(world, "receive")
        if working_days(each.record.received_on, day(each)) > 5
    )


def working_days(earlier: date, later: date) -> int:
    """The working days after one day up to another."""
    days = (earlier + timedelta(days=each) for each in range(1, (later - earlier).days + 1))
    return sum(ENGLAND.is_working_day(each) for each in days)


@invariant("RIGHT-3")
def the_dead_have_an_act_of_their_own(world: World) -> bool:
    living = all(each.record.regime == "uk_gdpr" for each in of(world, "fall_away"))
    return living and all(
        (each.record.regime == "ahra_1990") == (each.record.asked_by in {"personal_representative", "claimant"})
        and (each.record.regime == "uk_gdpr" or (each.record.right, each.record.scope) == ("access", "clinical_record"))
        for each in of(world, "receive")
    )


@invariant("RIGHT-4")
def a_request_is_matched_to_somebody_on_record(world: World) -> bool:
    return all(found(each, Person, id=each.record.person_id, state="on_record") for each in of(world, "match_person"))


@invariant("RIGHT-5")
def identity_is_asked_and_satisfied_once_by_whoever_can(world: World) -> bool:
    return all(each.was.identity is None for each in of(world, "ask_identity", "satisfy_identity")) and all(
        each.payload.method == "known_in_person" or Role.INFORMATION_RIGHTS_LEAD in each.actor.roles
        for each in of(world, "satisfy_identity")
    )


@invariant("RIGHT-6")
def authority_is_for_another_and_reaches(world: World) -> bool:
    asked = of(world, "ask_authority", "satisfy_authority")
    return all(each.record.asked_by != "themselves" for each in asked) and all(
        each.payload.covers_this_request for each in of(world, "satisfy_authority")
    )


@invariant("RIGHT-7")
def a_clinician_says_whether_a_child_understands(world: World) -> bool:
    by_parents = [each for each in of(world, "satisfy_authority") if each.record.asked_by == "parent"]
    by_children = [
        each.record for each in of(world, "decide")
        if each.record.asked_by == "themselves" and each.record.concerned.date_of_birth and age_under(each.record, 16)
    ]  # fmt: skip
    return all(parent_asks_rightly(each) for each in by_parents) and all(
        each.child_assessed and each.child_assessed.understands for each in by_children
    )


def parent_asks_rightly(happened: Happened) -> bool:
    """Whether a parent may ask: a child who understands agrees, and for another it is best."""
    view = happened.record.child_assessed
    responsible = age_under(happened.record, 18) and happened.payload.parental_responsibility_seen
    agreed = view and (happened.payload.child_agrees if view.understands else view.in_best_interests)
    return bool(responsible and agreed)


@invariant("RIGHT-8")
def nothing_that_is_held_is_answered_and_a_clinician_releases_it(world: World) -> bool:
    answered = of(world, "decide", "send_decision", "send_refusal")
    released = of(world, "release_hold")
    return all(each.was.hold is None for each in answered) and all(
        each.was.hold and Role.CLINICIAN in each.actor.roles for each in released
    )


@invariant("RIGHT-9")
def fees_are_the_practice_managers_and_not_for_the_dead(world: World) -> bool:
    return all(
        each.record.regime == "uk_gdpr" and Role.PRACTICE_MANAGER in each.actor.roles
        for each in of(world, "charge_fee")
    )


@invariant("RIGHT-10")
def the_clock_stands_still_for_access_alone(world: World) -> bool:
    return all(
        len(each.record.clock.pauses) == len(each.was.clock.pauses)
        or (
            each.record.right == "access"
            and each.record.regime == "uk_gdpr"
            and each.payload.about == "which_information"
        )
        for each in of(world, "ask_clarification")
    )


@invariant("RIGHT-11")
def time_is_extended_once_and_not_for_the_dead(world: World) -> bool:
    return all(each.was.extended is None and each.record.regime == "uk_gdpr" for each in of(world, "extend"))


@invariant("RIGHT-12")
def a_clinician_was_asked_within_six_months(world: World) -> bool:
    return all(
        each.record.opinion and day(each) <= each.record.opinion.expires_on
        for each in of(world, "decide")
        if asks_a_clinician(each.record)
    )


def asks_a_clinician(request: RightsRequest) -> bool:
    """Whether health data would be shown or erased, or what may be an opinion changed."""
    health = request.scope in {"clinical_record", "complaint_file"}
    changes = request.right == "rectification" and request.contests_opinion is not False
    return health and (changes or request.right in {"access", "erasure", "portability"})


@invariant("RIGHT-13")
def results_and_reasons_are_those_of_the_right(world: World) -> bool:
    return all(
        each.payload.result in OF_RIGHT[each.record.right][each.payload.outcome]
        and (each.payload.outcome == "upheld" or each.payload.reason_codes)
        and all(code.startswith("ahra") == (each.record.regime == "ahra_1990") for code in each.payload.reason_codes)
        and not (each.record.right != "access" and "dpa_sch_3_para_5_serious_harm" in each.payload.reason_codes)
        for each in of(world, "decide")
    )


@invariant("RIGHT-14")
def objections_are_weighed_and_marketing_stops(world: World) -> bool:
    objections = [each for each in of(world, "decide") if each.record.right == "objection"]
    return all(
        each.payload.outcome == "upheld" if each.record.scope == "marketing" else each.payload.balancing_test
        for each in objections
    )


@invariant("RIGHT-15")
def serious_harm_is_a_clinicians_word(world: World) -> bool:
    return all(
        harm_was_found(each) == ("dpa_sch_3_para_5_serious_harm" in each.payload.reason_codes)
        for each in of(world, "decide")
        if "dpa_sch_3_para_5_serious_harm" in each.payload.reason_codes or each.payload.result == "given"
    )


def harm_was_found(happened: Happened) -> bool:
    """Whether a clinician said within six months that it would do serious harm."""
    opinion = happened.record.opinion
    return bool(opinion and opinion.serious_harm_likely and day(happened) <= opinion.expires_on)


@invariant("RIGHT-16")
def the_lead_decides_where_there_is_one(world: World) -> bool:
    lead = Role.INFORMATION_RIGHTS_LEAD
    return all(
        lead in each.actor.roles or not [one for one in found(each, StaffMember) if lead in one.roles_at(each.at)]
        for each in of(world, "decide")
    )


@invariant("RIGHT-17")
def a_refusal_closes_and_what_is_upheld_is_done(world: World) -> bool:
    return all(each.record.decision.outcome == "refused" for each in of(world, "send_refusal")) and all(
        each.record.decision.outcome != "refused" for each in of(world, "send_decision")
    )


@invariant("RIGHT-18")
def answers_go_to_contacts_that_are_theirs(world: World) -> bool:
    sent = of(world, "send_decision", "send_refusal")
    confirmed = of(world, "confirm_contact")
    return all(
        any(one.reply_by == each.payload.reply_by and one.standing != "disputed" for one in each.record.contacts)
        for each in sent
    ) and all(known_contact(each) for each in confirmed)


def known_contact(happened: Happened) -> bool:
    """Whether a contact was given, and the website spoke only of what it can know."""
    said = happened.payload
    contact = (happened.record.representative or happened.record.concerned).contact
    there = {
        "email": contact and contact.email,
        "post": contact and contact.address,
        "phone": contact and contact.phone,
    }
    given = there.get(said.reply_by, True)
    by_code = said.method == "one_time_code" and said.reply_by in {"email", "phone"}
    can_be_known_so = said.method != "one_time_code" or said.reply_by != "post"
    return bool(given) and can_be_known_so and (by_code or Role.PRACTICE_WEBSITE not in happened.actor.roles)


@invariant("RIGHT-19")
def recipients_are_told_or_it_is_said_why_not(world: World) -> bool:
    told = all(
        each.payload.told_on is None or each.payload.told_on <= day(each) for each in of(world, "tell_recipient")
    )
    answered = all(open_line(each) for each in of(world, "recipient_answered"))
    return told and answered and all(
        bool(each.record.recipients) != each.payload.never_disclosed_to_anybody
        for each in of(world, "close")
        if each.record.decision.result in TOLD_TO_OTHERS
    )  # fmt: skip


def open_line(happened: Happened) -> bool:
    """Whether somebody answered who had been told and had not answered."""
    lines, place = happened.was.recipients, happened.payload.place
    return place <= len(lines) and lines[place - 1].told_on is not None and lines[place - 1].reply is None


@invariant("RIGHT-20")
def a_restriction_that_was_decided_stands(world: World) -> bool:
    return all(
        found(each, Restriction, rights_request_id=each.record.id)
        for each in of(world, "close")
        if each.record.decision.result in RESTRICTING
    )


@invariant("RIGHT-21")
def nothing_lapses_before_a_wait_and_a_reminder(world: World) -> bool:
    return all(
        each.was.asked_on and each.was.reminded_on
        and (day(each) - each.was.asked_on).days >= 28 and (day(each) - each.was.reminded_on).days >= 7
        and Role.CLOCK not in each.actor.roles
        for each in of(world, "lapse")
    )  # fmt: skip


@invariant("RIGHT-22")
def the_website_takes_nothing_back_for_strangers(world: World) -> bool:
    by_website = [each for each in of(world, "withdraw") if Role.PRACTICE_WEBSITE in each.actor.roles]
    return all(any(one.method == "one_time_code" for one in each.was.contacts) for each in by_website)


@invariant("RIGHT-24")
def what_arrived_arrived_after_it_was_asked_and_by_today(world: World) -> bool:
    came = [
        *((each, each.payload.received_on) for each in of(world, "satisfy_identity", "satisfy_authority")),
        *((each, each.payload.paid_on) for each in of(world, "fee_paid")),
        *((each, each.payload.answered_on) for each in of(world, "clarified")),
    ]
    in_order = all(on is None or (each.was.asked_on or each.was.received_on) <= on <= day(each) for each, on in came)
    return in_order and all(
        each.payload.died_on is None or each.payload.died_on <= day(each) for each in of(world, "fall_away")
    )


@invariant("RIGHT-24")
def every_change_of_a_date_says_why(world: World) -> bool:
    changed = (
        each for each in world.about(RightsRequest)
        if each.was and each.was.due and each.record.due != each.was.due
    )  # fmt: skip
    return all(len(each.record.past_reckonings) == len(each.was.past_reckonings) + 1 for each in changed)


@invariant("RIGHT-25")
def what_is_restricted_is_somebodys(world: World) -> bool:
    imposed = world.done("restriction.impose")
    return all(found(each, Person, id=each.record.person_id, state="on_record") for each in imposed) and all(
        each.record.lifted_on for each in world.done("restriction.lift")
    )


@invariant("RIGHT-26")
def nobody_learns_of_a_lifting_afterwards(world: World) -> bool:
    notified = all(each.record.notified.lifted_from > day(each) for each in world.done("restriction.notify_lifting"))
    return notified and all(told_before(each) for each in world.done("restriction.lift"))


def told_before(lifted: Happened) -> bool:
    """Whether the notice had been sent, and its day had come."""
    letters = found(lifted, Letter, case_id=lifted.record.id, template="restriction_lifting")
    notified = lifted.record.notified
    return notified.lifted_from <= day(lifted) and any(
        each.sent and notified.at <= each.sent.at <= lifted.at for each in letters
    )
