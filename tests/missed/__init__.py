"""What is taken out of each law, so that its rule is missed: all that the guards alone do not say.

Each module of this folder says it of its kinds, and is found by itself. `SECOND_LINES`: guards that stand behind another one:
taken out alone, they are not missed. `STRICTER`: guards that refuse more than the rule asks for. `NOTHING_WITHOUT`: guards
without which nothing could be made of what was asked for. `ASKED_BY`: laws of which a rule says who may ask. `MUTANTS`:
effects and states as they should not be.
"""

from tests.gathered import gathered, modules_of
from tests.missed.law import Behind, Mutant

SECOND_LINES: dict[tuple[str, str], Behind] = gathered(__name__, "SECOND_LINES")
STRICTER: dict[tuple[str, str], str] = gathered(__name__, "STRICTER")
NOTHING_WITHOUT: dict[tuple[str, str], str] = gathered(__name__, "NOTHING_WITHOUT")
ASKED_BY: dict[str, str] = gathered(__name__, "ASKED_BY")
MUTANTS: list[Mutant] = [each for module in modules_of(__name__) for each in getattr(module, "MUTANTS", [])]
