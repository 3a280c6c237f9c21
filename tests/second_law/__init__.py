"""The law, said a second time: from what practices need and what was decided (`docs/adr/0008`), and never from `workflows/`.

Whoever changes a declaration changes it here too, by hand, from the same need: two who agree by accident are rare. A kind
that is not said here a second time fails `test_second_law.py` by itself.
"""

from __future__ import annotations

from tests.second_law.acknowledgements import ACKNOWLEDGEMENTS, BRIEFINGS
from tests.second_law.people import PEOPLE
from tests.second_law.policies import POLICIES
from tests.second_law.posts import POSTS
from tests.second_law.practices import PRACTICES
from tests.second_law.staff import STAFF
from tests.second_law.steps import Step
from tests.second_law.watching import MONITORING_CHECKS, REVIEWS

SAID: dict[str, tuple[Step, ...]] = {
    "acknowledgement": ACKNOWLEDGEMENTS,
    "briefing": BRIEFINGS,
    "monitoring_check": MONITORING_CHECKS,
    "review": REVIEWS,
    "person": PEOPLE,
    "policy": POLICIES,
    "post": POSTS,
    "practice": PRACTICES,
    "staff_member": STAFF,
}
"""Every step of every kind, by the kind's name."""

STEPS: dict[str, Step] = {f"{kind}.{each.name}": each for kind, steps in SAID.items() for each in steps}
"""The same, by kind and step."""
