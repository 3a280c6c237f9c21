"""Incidents, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

OPEN = states(
    "reported notified triaged taking_down awaiting_author refused complaint_pathway options_review advised legal_referral "
    "warned breakdown_review removal_requested safety immediate_requested"
)
INTAKE = states("reported notified")
WORKED_ON = OPEN - INTAKE
IN_FLIGHT = states("removal_requested immediate_requested")
"""The commissioner has been asked: nothing but a partner's word, a rejection or the removal itself ends it."""
ABOUT_A_POST = WORKED_ON - IN_FLIGHT - states("safety")

ANYBODY = states("staff")
"""I-01: everybody stays alert, and whoever sees or suffers something says so."""
MANAGERS = states("practice_manager partner")
WORKERS = MANAGERS | states("complaints_lead be_told remove contact_author decide handle_complaints")
"""Whoever manages the practice, and whoever its policy gives a part in incidents."""
TOLD, REMOVERS, WRITERS = states("be_told"), states("remove"), states("contact_author")
DECIDERS = states("decide")
POLICE = ANYBODY
HANDLERS = states("handle_complaints complaints_lead")
"""K-07: whoever the policy names, and whoever leads on complaints anyway."""

INTO_IT = (
    Step("report", NOWHERE, ANYBODY),
    # REC-6: with the recording that was found online, and never by itself.
    Step("report_recording_online", NOWHERE, NOWHERE),
    Step("notify", states("reported"), ANYBODY),
    Step("triage", states("notified"), TOLD),
    Step("reclassify", WORKED_ON - IN_FLIGHT, TOLD),
    Step("identify_author", INTAKE | states("triaged taking_down safety"), WORKERS),
    # What was done about the wrong one begins anew; a removal is taken back first.
    Step("correct_author", ABOUT_A_POST - states("triaged taking_down"), WORKERS),
    Step("add_author", OPEN, WORKERS),
    Step("no_breach", states("triaged"), TOLD),
    Step("take_no_further_action", states("triaged complaint_pathway"), TOLD),
    Step("advise_informally", states("triaged"), TOLD),
)
ON_OUR_PAGE = (
    # Whoever runs the page can hide what does harm by the minute.
    Step("hide_in_emergency", OPEN, REMOVERS | states("use_platforms")),
    Step("take_down", states("triaged"), REMOVERS),
    Step("report_to_platform", WORKED_ON, REMOVERS),
    Step("close_taken_down", states("taking_down"), REMOVERS),
    Step("repeat_after_takedown", states("taking_down"), TOLD | REMOVERS),
)
ELSEWHERE = (
    Step("request_removal", states("triaged"), WRITERS),
    # Wherever a post is all that it is about.
    Step("author_removes", ABOUT_A_POST, WRITERS),
    Step("record_post_gone", IN_FLIGHT | states("safety"), WRITERS | REMOVERS),
    # They say so, or time is over.
    Step("author_refuses", states("awaiting_author"), WRITERS | states("clock")),
    Step("close_unidentified", states("triaged"), TOLD),
    Step("send_website_notice", states("triaged"), WRITERS | states("decide")),
)
COMPLAINTS = (
    # It can come to light at any time.
    Step("find_complaint", OPEN, TOLD | HANDLERS),
    Step("offer_complaint_route", OPEN, HANDLERS),
    Step("route_complaint", states("triaged awaiting_author refused"), HANDLERS),
    Step("reply_in_general", OPEN, HANDLERS | REMOVERS),
    Step("acknowledge_complaint", OPEN, HANDLERS),
    Step("complaint_taken_up", states("complaint_pathway"), HANDLERS),
    Step("still_refuses", states("complaint_pathway"), HANDLERS),
)
KINDLY = (
    # A clinician, or the duty team, reads it before it is gone.
    Step("read_message", INTAKE | states("triaged taking_down"), states("clinician")),
    Step("redirect_message", INTAKE | states("triaged"), TOLD | REMOVERS | states("clinician")),
    # S-10: whoever was asked says what they did.
    Step("answer_contact_request", INTAKE | states("triaged"), ANYBODY),
)
UNWILLING = (
    Step("record_finding", WORKED_ON, DECIDERS | states("partner")),
    # I-06, and a partner, without whom nobody is ever removed; each for a role of their own.
    Step("decide", WORKED_ON, DECIDERS | states("partner"), in_role="role", says={"measure": "list_removal"}),
    Step("convene", states("refused"), DECIDERS),
    # With nothing more than advice, too.
    Step("leave_standing", states("refused options_review advised"), DECIDERS),
    Step("contact_defence_body", states("options_review advised"), DECIDERS),
    Step("advise_patient", states("options_review"), DECIDERS),
    Step("refer_legal", states("options_review advised"), DECIDERS),
    Step("legal_done", states("legal_referral"), DECIDERS),
    Step("take_legal_advice", WORKED_ON, DECIDERS),
)
WARNINGS = (
    Step("warn", states("triaged advised legal_referral taking_down breakdown_review"), MANAGERS),
    Step("behaviour_stops", states("warned"), states("practice_manager")),
    Step("breach_continues", states("warned options_review"), MANAGERS),
    # INC-7, INC-20: where there is no warning any more, nobody stays warned.
    Step("begin_anew", states("warned"), WORKERS),
)
THINKING = DECIDERS | MANAGERS | states("clinician")
"""Who tries to mend it, and asks what speaks for the patient: whoever decides, and whoever treats them."""
REMOVAL = (
    Step("take_safeguard", WORKED_ON, THINKING),
    Step("check_equality", WORKED_ON, THINKING),
    # The contractor asks for it, whatever the policy says of who decides.
    Step("request_list_removal", states("breakdown_review"), states("partner")),
    Step("keep_patient", states("breakdown_review"), DECIDERS),
    Step("postpone_removal", states("removal_requested"), MANAGERS),
    Step("record_pcse_acknowledgement", IN_FLIGHT, MANAGERS),
    Step("eighth_day", states("removal_requested"), states("practice_manager")),
    # The contractor asked, and takes it back.
    Step("withdraw_removal", states("removal_requested"), states("partner")),
    Step("removal_rejected", states("removal_requested"), MANAGERS),
)
STAND_INS = states("practice_manager clinician")
DANGER = (
    Step("threat", OPEN - states("safety immediate_requested"), ANYBODY),
    Step("offer_support", OPEN, WORKERS),
    Step("ask_about_safeguarding", OPEN, WORKERS | states("clinician")),
    Step("tell_police", states("safety"), POLICE),
    Step("not_a_threat", states("safety"), MANAGERS),
    Step("removal_goes_on", states("safety"), MANAGERS),
    # Illness is met with a plan, which a clinician stands for and the practice manager carries out.
    Step("agree_plan", states("safety"), states("clinician")),
    Step("manage_otherwise", states("safety"), states("practice_manager")),
    Step("delegate_immediate_request", states("safety"), states("partner")),
    # A partner, or whom a partner named for it beforehand.
    Step(
        "request_immediate_removal", states("safety"), states("partner practice_manager clinician"), stand_ins=STAND_INS
    ),
    Step("inform_patient", states("immediate_requested"), MANAGERS | states("clinician")),
    Step("confirm_in_writing", states("immediate_requested"), states("practice_manager")),
    Step("withdraw_immediate_removal", states("immediate_requested"), states("partner")),
    Step("immediate_removal_rejected", states("immediate_requested"), MANAGERS),
)
EVERY_DAY = (
    *(Step(name, OPEN, WORKERS) for name in ("assign", "note", "log_contact", "link")),
    # CASE-2: whoever has it hands it over.
    Step("hand_over", OPEN, WORKERS, only_by="assigned_to"),
    # Nothing that has come further is folded away.
    Step("mark_duplicate", states("reported notified triaged"), WORKERS),
    # CASE-6: time alone.
    Step("escalate", OPEN, states("clock")),
)
SAID = {
    "incident": (
        *INTO_IT, *ON_OUR_PAGE, *ELSEWHERE, *COMPLAINTS, *KINDLY, *UNWILLING, *WARNINGS, *REMOVAL, *DANGER, *EVERY_DAY,
    ),
    "warning": (
        # INC-20: with an incident's warning, and never by itself.
        Step("give", NOWHERE, NOWHERE),
        Step("reconsider", NOWHERE, MANAGERS),
    ),
}  # fmt: skip
