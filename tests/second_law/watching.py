"""The monitoring log and reviews, said a second time."""

from tests.second_law.steps import NOWHERE, Step, states

LAST_WORD = states("current overdue")

MONITORING_CHECKS = (
    # S-05: with the publication of a version that names the page, and with its end.
    Step("watch", NOWHERE, NOWHERE),
    Step("lapse", LAST_WORD, NOWHERE),
    Step("bring_forward", LAST_WORD, NOWHERE),
    Step("look", NOWHERE, states("monitor")),
    Step("follow", LAST_WORD, NOWHERE),
    # MON-5: time alone, once.
    Step("escalate", states("current"), states("clock")),
)

THERE = states("seen answered left")
ANYBODY = states("staff")
"""Everybody stays alert, and whoever sees something says so."""

REVIEWS = (
    Step("notice", NOWHERE, ANYBODY),
    # REV-3: a complaint in disguise may come to light at any time.
    Step("classify", THERE, states("answer_reviews handle_complaints")),
    Step("pass_complaint_on", THERE, ANYBODY),
    Step("pass_safety_concern_on", THERE, ANYBODY),
    Step("report_to_site", THERE, states("remove")),
    # C-11: by whoever the policy names, and once.
    Step("answer", states("seen"), states("answer_reviews")),
    Step("leave_unanswered", states("seen"), states("answer_reviews")),
    Step("record_gone", THERE, states("answer_reviews remove")),
)

SAID = {"monitoring_check": MONITORING_CHECKS, "review": REVIEWS}
