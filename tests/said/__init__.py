"""A few variants of everything that can be said, of which each law takes some and refuses others.

Each module of this folder says its own in `SAID`, by the payload that says it, or by the name of a law (`post.submit`) where
that law is to hear something else: a function of the world that returns the variants. It is found by itself.
"""

from typing import Any

from tests.gathered import gathered

SAID: dict[Any, Any] = gathered(__name__, "SAID")
