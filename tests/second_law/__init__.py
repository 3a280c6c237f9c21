"""The law, said a second time: from what practices need and what was decided (`docs/adr/0008`), and never from `workflows/`.

Whoever changes a declaration changes it here too, by hand, from the same need: two who agree by accident are rare. A kind
that is not said here a second time fails `test_second_law.py` by itself.
"""

from __future__ import annotations

from tests.gathered import gathered
from tests.second_law.steps import Step

SAID: dict[str, tuple[Step, ...]] = gathered(__name__, "SAID")
"""Every step of every kind, by the kind's name: each module of this folder says its own, and is found by itself."""

STEPS: dict[str, Step] = {f"{kind}.{each.name}": each for kind, steps in SAID.items() for each in steps}
"""The same, by kind and step."""
