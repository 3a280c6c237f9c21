"""Data protection complaints, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

OPEN = states("received acknowledged in_progress")
WORKERS = states("information_rights_lead practice_manager complaints_lead")

SAID = {
    "data_protection_complaint": (
        # DPC-1: by anybody who works here, and by the practice's website.
        Step("receive", NOWHERE, states("staff practice_website")),
        Step("acknowledge", states("received"), WORKERS),
        Step("look_into", states("acknowledged"), WORKERS),
        Step("note_enquiry", states("in_progress"), WORKERS),
        Step("tell_progress", states("acknowledged in_progress"), WORKERS),
        # DPC-3: an outcome needs no acknowledgement, as long as there is time for one.
        Step("give_outcome", OPEN, WORKERS),
        Step("withdraw", OPEN, WORKERS),
        Step("tag_as_nhs_complaint", OPEN, WORKERS),
        Step("match_person", OPEN, WORKERS),
        Step("name_request", OPEN, WORKERS),
        # Everyday work.
        Step("assign", OPEN, WORKERS),
        Step("hand_over", OPEN, WORKERS, only_by="assigned_to"),
        Step("note", OPEN, WORKERS),
        Step("log_contact", OPEN, WORKERS),
        Step("link", OPEN, WORKERS),
        Step("escalate", OPEN, states("clock")),
    )
}
