"""The ways in which a workflow says no. The message says why, in words fit for the person asking.

Refusal
├── RoleRefusal    the actor holds no role that may do this
├── StateRefusal   the record is in the wrong state for this
└── GuardRefusal   something that this depends on is not so
"""


class Refusal(Exception):
    """Nothing was changed."""

    def __init__(self, sentence: str, guard: str | None = None) -> None:
        """Keep the sentence that the refused person reads, and the name of the guard that said no."""
        super().__init__(sentence)
        self.guard = guard


class RoleRefusal(Refusal):
    """The actor holds no role that may do this."""


class StateRefusal(Refusal):
    """The record is in the wrong state for this."""


class GuardRefusal(Refusal):
    """Something that this depends on is not so."""
