"""The machine of incidents, explored as it is declared: every configuration, and none that is stuck."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from models.incident_words import ENDED, IncidentState
from tests.incident_machine import LEFT_OUT, SAID_TO, whole
from tests.whole_machine import Explored
from workflows.incidents import incidents

pytestmark = pytest.mark.xdist_group("the whole machine of incidents")


@cache
def explored() -> Explored:
    """All that can become of an incident."""
    return whole()


def test_nothing_is_left_out_that_is_not_named() -> None:
    assert SAID_TO.keys() | LEFT_OUT.keys() == incidents.transitions.keys()
    assert not SAID_TO.keys() & LEFT_OUT.keys()


def test_every_configuration_keeps_every_rule_and_the_count_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """INC-1 to INC-17 and INC-21, at every step from every configuration."""
    found = explored()
    states = Counter(str(each) for each in found.states)
    with capsys.disabled():
        print(f"\nincidents: {len(found.states)} configurations, {sum(found.fired.values())} steps: {dict(states)}")  # noqa: T201 - the figure of this run
    assert {rule: (step.name, step.said) for rule, step in found.harmed.items()} == {}


def test_every_state_is_reached_and_every_transition_fires() -> None:
    found = explored()
    assert set(found.states) == set(IncidentState)
    assert SAID_TO.keys() <= found.fired.keys()


def test_from_every_configuration_an_end_can_be_reached() -> None:
    assert Counter(explored().stuck(ENDED)) == {}
