"""What must be so whatever anybody asked for: each rule as a function of the world and of all that ever happened in it.

None of these asks a guard. A rule that speaks of a moment is judged by what was known at that moment. Each module of this
folder is one subject, and is found by itself.
"""

from tests.gathered import modules_of
from tests.invariants.rule import INVARIANTS, Invariant, broken

modules_of(__name__)

__all__ = ["INVARIANTS", "Invariant", "broken"]
