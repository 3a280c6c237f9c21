"""A rule, as the catalogue of rules keeps it, and the documents that rules come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ASPIRO: Final = "Patient Social Media and Acceptable Use Policy for England, Aspiro Healthcare"
COLERIDGE: Final = "Social Media Policy for Patients, Coleridge Medical Centre"
IMPERIAL: Final = "Patient Social Media Guidance, Imperial Medical Practice"
MARYPORT: Final = "Guidance for patients on social media (no title of its own), Maryport Health Services"
WOODBROOK: Final = "Patient Social Media and Acceptable Use Policy (England), Woodbrook Medical Centre"
OWN: Final = "The service's own."
CONFIDENTIALITY: Final = "The duty of confidentiality: that somebody is a patient is confidential in itself."

APPROVED_FIRST: Final = {ASPIRO: "Section 4.1", WOODBROOK: "Section 2.1"}
"""Where the two policies for staff speak of what the practice posts."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in a sentence. `source` is a document with its section, or says whose rule it is otherwise.

    `beside` names what enforces it where no guard does, or not a guard alone: a transition by its roles or its effect, a
    constraint of a table, a fixed text, a setting.
    """

    sentence: str
    source: str | Mapping[str, str] = OWN
    beside: tuple[str, ...] = ()
