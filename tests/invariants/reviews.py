"""What must be so of reviews."""

from __future__ import annotations

from models.roles import Duty, Role
from tests.invariants.rule import holds, invariant
from tests.invariants.staff import in_post
from tests.laws import World
from workflows.replies import wording


@invariant("REV-1")
def nobody_stands_in_what_is_kept_of_a_review_and_staff_alone_enter_it(world: World) -> bool:
    return all(
        Role.STAFF in each.actor.roles
        and not any(member.name in (each.record.gist or "") for member in in_post(each.before))
        for each in world.done("review.notice")
    )


@invariant("C-11")
def reviews_are_answered_once_by_whoever_has_that_duty(world: World) -> bool:
    answers = world.done("review.answer")
    return len({each.record.id for each in answers}) == len(answers) and all(
        holds(each, Duty.ANSWER_REVIEWS) for each in answers
    )


@invariant("REV-2")
def an_answer_is_a_fixed_text_that_suits_the_review(world: World) -> bool:
    unsuitable = {
        "praise": COMPLAINT_TEXTS,
        "complaint": {"thanks", "feedback_route", "medical_question"},
        "concern": {"thanks"},
    }
    return all(
        each.record.answered.text == wording(each.payload.template, each.practice)
        and each.record.kind != "abusive"
        and each.payload.template not in unsuitable[each.record.kind]
        for each in world.done("review.answer")
    )


COMPLAINT_TEXTS = {"complaints_procedure", "contact_the_practice", "medical_question"}
DONE_WITH = ("review.answer", "review.leave_unanswered", "review.record_gone")


@invariant("K-02", "K-04")
def a_review_points_to_the_complaints_procedure_only_where_the_policy_says_so(world: World) -> bool:
    return all(
        each.practice.settings.generic_reply_to_complaints.value
        for each in world.done("review.answer")
        if each.payload.template == "complaints_procedure"
    )


@invariant("REV-3")
def a_complaint_takes_its_route_first_and_is_not_talked_away(world: World) -> bool:
    passed_on = world.done("review.pass_complaint_on")
    away = [each for each in world.done("review.classify") if each.was.kind == "complaint" != each.record.kind]
    return (
        all(each.was.complaint_passed_on for each in world.done(*DONE_WITH) if each.was.kind == "complaint")
        and all(holds(each, Duty.HANDLE_COMPLAINTS) for each in away)
        and all(each.was.kind in {"complaint", "concern"} for each in passed_on)
        and len({each.record.id for each in passed_on}) == len(passed_on)
    )


@invariant("REV-4")
def what_concerns_safety_is_passed_on_first_and_once(world: World) -> bool:
    passed_on = world.done("review.pass_safety_concern_on")
    return (
        all(each.was.safety_passed_on for each in world.done(*DONE_WITH) if each.was.concerns_safety)
        and all(each.was.concerns_safety for each in passed_on)
        and len({each.record.id for each in passed_on}) == len(passed_on)
    )


@invariant("REV-5")
def no_complaint_is_reported_to_a_site_and_nothing_twice(world: World) -> bool:
    reported = world.done("review.report_to_site")
    return len({each.record.id for each in reported}) == len(reported) and all(
        each.was.kind != "complaint" and holds(each, Duty.REMOVE) for each in reported
    )


@invariant("REV-6")
def what_sort_of_review_it_is_changes_when_it_is_said_to(world: World) -> bool:
    return all(
        (each.was.kind, each.was.concerns_safety) != (each.record.kind, each.record.concerns_safety)
        for each in world.done("review.classify")
    )
