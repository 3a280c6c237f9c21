"""Recordings of consultations, said a second time."""

from tests.second_law.people import MEET_PEOPLE
from tests.second_law.steps import NOWHERE, Step, states

CONSULTS = states("clinician")
ARRANGE = states("clinician practice_manager")
UNANSWERED = states("requested agreed")
THERE = states("made entered copy_filed covert covert_discussed")
OPEN = UNANSWERED | THERE | states("declined posted")

SAID = {
    "recording_consent": (
        Step("request", NOWHERE, ARRANGE),
        Step("say_who_is_present", UNANSWERED, ARRANGE),
        Step("change_clinician", UNANSWERED, ARRANGE),
        # REC-10: by the one who consults, and by nobody in their place.
        Step("agree", states("requested"), CONSULTS, only_by="consulting_clinician"),
        Step("decline", states("requested"), CONSULTS, only_by="consulting_clinician"),
        Step("make", states("agreed"), CONSULTS, only_by="consulting_clinician"),
        Step("record_not_made", UNANSWERED, ARRANGE),
        Step("close_declined", states("declined"), ARRANGE),
        # Found out, after a no or without a question.
        Step("discover_covert", NOWHERE, MEET_PEOPLE),
        Step("find_recorded_anyway", states("declined"), MEET_PEOPLE),
        Step("discuss_covert", states("covert"), ARRANGE),
        Step("discuss_posted", states("posted"), ARRANGE),
        # With the confirmation that the note stands in the record, and never by itself.
        Step("enter_in_record", states("made covert_discussed"), NOWHERE),
        Step("note_entry", states("entered copy_filed posted"), NOWHERE),
        Step("patient_gives_copy", states("entered"), MEET_PEOPLE),
        Step("file_copy", states("entered"), MEET_PEOPLE),
        Step("found_online", THERE, MEET_PEOPLE),
        Step("incident_closed", states("posted"), states("practice_manager partner")),
        Step("close", states("entered copy_filed"), ARRANGE),
        # Everyday work.
        Step("assign", OPEN, MEET_PEOPLE),
        Step("hand_over", OPEN, MEET_PEOPLE, only_by="assigned_to"),
        Step("note", OPEN, MEET_PEOPLE),
        Step("log_contact", OPEN, MEET_PEOPLE),
        Step("link", OPEN, MEET_PEOPLE),
        Step("mark_duplicate", states("requested agreed declined"), MEET_PEOPLE),
        Step("escalate", UNANSWERED | states("covert"), states("clock")),
    )
}
