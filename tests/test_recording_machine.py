"""The machine of recordings, explored as it is declared, at each of the five practices: every configuration, and none stuck."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.house import PRACTICES
from tests.recording_machine import ENDED, LEFT_OUT, RULES, S, whole
from workflows.recording_consents import recording_consents

pytestmark = pytest.mark.xdist_group("the whole machine of recordings")
every_practice = pytest.mark.parametrize("document", PRACTICES)
SAID_TO = recording_consents.transitions.keys() - LEFT_OUT.keys()
explored = cache(whole)


def test_every_step_stands_in_the_page_about_recordings() -> None:
    """Those that people take for recordings alone: what is everyday work on every case has a page of its own."""
    page = Path("docs/recordings.md").read_text(encoding="utf-8")
    steps = SAID_TO | {"change_clinician", "mark_duplicate"} | recording_consents.openings.keys() - {"request"}
    assert {each for each in steps if each.replace("_", "-") not in page} == set()
    assert {each.name for each in recording_consents.deadlines} <= set(re.findall(r"`(\w+)`", page))


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert LEFT_OUT.keys() < recording_consents.transitions.keys()


@every_practice
def test_every_configuration_keeps_every_rule_and_the_count_is_told(
    document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """At every step from every configuration.

    REC-1, REC-2, REC-3, REC-4, REC-5, REC-6, REC-7, REC-8, REC-9, REC-10, REC-11, REC-12, REC-14, C-02, R-05, R-14 and R-22.
    """
    found = explored(document)
    states = Counter(str(each) for each in found.states)
    with capsys.disabled():
        print(  # noqa: T201 - the figure of this run
            f"\nrecordings, {document}: {len(found.states)} configurations, {sum(found.fired.values())} steps: {dict(states)}"
        )
    assert {rule: (step.name, step.said) for rule, step in found.harmed.items()} == {}


@every_practice
def test_every_state_is_reached_and_every_transition_fires(document: str) -> None:
    """Where nothing was recorded, another entry can be said to be the same one: the laws of cases show that."""
    found = explored(document)
    assert set(found.states) == set(S) - {S.DUPLICATE}
    assert found.fired.keys() >= SAID_TO


@every_practice
def test_from_every_configuration_an_end_can_be_reached(document: str) -> None:
    assert Counter(explored(document).stuck(ENDED)) == {}


BITES = {
    "agree": {
        "is_consulting": "REC-10", "conditions_are_acknowledged": "REC-1", "everybody_present_is_content": "REC-1",
        "leaves_the_device_rule": "C-02", "nobody_said_no_before": "R-22",
    },
    "decline": {
        "is_consulting": "REC-10", "consultation_goes_on": "REC-5", "adjustment_is_answered": "REC-5",
        "adjustment_is_made": "REC-12",
    },
    "make": {"was_made_by_now": "REC-11", "nobody_said_no_before": "R-22"},
    "find_recorded_anyway": {"no_other_is_known": "REC-14"},
    "discuss_covert": {"was_spoken_of_by_now": "REC-11", "responses_are_considered": "R-14"},
    "discuss_posted": {
        "was_secret_and_not_discussed": "REC-7", "was_spoken_of_by_now": "REC-11", "responses_are_considered": "R-14",
    },
    "patient_gives_copy": {"copy_may_be_suggested": "R-05"},
    "file_copy": {"copy_was_given": "REC-3", "copy_was_scanned": "REC-3"},
    "close": {"entry_is_filed": "REC-2"},
    "found_online": {"was_seen_by_now": "REC-11", "evidence_is_kept": "INC-1"},
    "incident_closed": {"incident_has_ended": "REC-6", "entry_is_filed": "REC-2"},
}  # fmt: skip
"""What stands before each step, and the rule that breaks where it does not."""

SECOND_LINES = {("make", "is_consulting"): "whoever consults has agreed, and nobody else could have"}
"""What stands there although nothing breaks here without it, and why: that the clinician changes is left out."""


def test_every_guard_is_taken_out_in_turn() -> None:
    there = {(name, each.name) for name in SAID_TO for each in recording_consents.transitions[name].guards}
    assert there == {(name, each) for name, guards in BITES.items() for each in guards} | SECOND_LINES.keys()
    assert {rule for guards in BITES.values() for rule in guards.values()} <= RULES.keys()


@pytest.mark.parametrize(("name", "guard"), [(name, each) for name, guards in BITES.items() for each in guards])
def test_each_guard_that_is_taken_out_is_missed(name: str, guard: str) -> None:
    """At one of two practices: one that wants no devices, and one where secret recordings count once there are many."""
    law = recording_consents.transitions[name]
    without = replace(law, guards=tuple(each for each in law.guards if each.name != guard))
    document = "maryport" if guard == "leaves_the_device_rule" else "aspiro"
    assert BITES[name][guard] in whole(document, {**recording_consents.transitions, name: without}).harmed
