"""A finding: what a stretch of a post's text looks like, how sure that is, and what can be said to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.screening import Certainty, FindingAnswer, FindingKind


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What stands in a text from `start` up to `end`, in code points. It never holds the words themselves."""

    start: int
    end: int
    kind: FindingKind
    severity: Certainty

    @property
    def key(self) -> str:
        """Its name, as long as the text stays as it is."""
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def is_certain(self) -> bool:
        """Whether it refuses the post."""
        return self.severity == Certainty.CERTAIN

    @property
    def sentence(self) -> str:
        """What its author reads about it."""
        return CERTAIN[self.kind] if self.is_certain else DOUBTFUL[self.kind]

    @property
    def possible_answers(self) -> tuple[FindingAnswer, ...]:
        """What can be said to it."""
        return () if self.is_certain else ANSWERS[self.kind]

    def overlaps(self, other: "Finding") -> bool:
        """Whether they share a code point."""
        return self.start < other.end and other.start < self.end


CERTAIN = {
    FindingKind.NHS_NUMBER: "This is an NHS number. It never stands in a post.",
    FindingKind.DATE_OF_BIRTH: "This is somebody's date of birth. It never stands in a post.",
    FindingKind.PHONE: "This is a mobile number that is not the practice's own. Take it out.",
    FindingKind.EMAIL: "This is somebody's own e-mail address. Take it out.",
    FindingKind.POSTCODE: "This says where somebody lives. Take it out.",
    FindingKind.HEALTH: "This tells of one person's health. It never stands in a post.",
    FindingKind.STAFF_NAMED: "This names a colleague. Declare that they agreed to it, or take the name out.",
    FindingKind.PERSON_NAMED: "This names somebody. Take the name out.",
    FindingKind.LINK: "This leads away from the practice. Take it out.",
}
DOUBTFUL = {
    FindingKind.NHS_NUMBER: "This might be an NHS number.",
    FindingKind.DATE_OF_BIRTH: "This might be somebody's date of birth.",
    FindingKind.PHONE: "This is a telephone number that is not the practice's own: whose is it?",
    FindingKind.EMAIL: "This is an e-mail address that is not the practice's own: whose is it?",
    FindingKind.POSTCODE: "This is a postcode: is it a place that the public may know of?",
    FindingKind.HEALTH: "This might tell of one person's health.",
    FindingKind.STAFF_NAMED: "This might name a colleague. If it does, declare that they agreed to it.",
    FindingKind.PERSON_NAMED: "This might name somebody: did they agree to it?",
    FindingKind.LINK: "This leads to somebody else's page: is it one that the practice may recommend?",
}
ANSWERS = {
    FindingKind.NHS_NUMBER: (FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE),
    FindingKind.DATE_OF_BIRTH: (
        FindingAnswer.NOT_AN_INDIVIDUAL, FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE,
    ),
    FindingKind.PHONE: (
        FindingAnswer.PUBLIC_INFORMATION, FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE,
    ),
    FindingKind.EMAIL: (
        FindingAnswer.PUBLIC_INFORMATION, FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE,
    ),
    FindingKind.POSTCODE: (
        FindingAnswer.PUBLIC_INFORMATION, FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE,
    ),
    FindingKind.HEALTH: (FindingAnswer.NOT_AN_INDIVIDUAL, FindingAnswer.FICTITIOUS_EXAMPLE),
    FindingKind.STAFF_NAMED: (FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE, FindingAnswer.FICTITIOUS_EXAMPLE),
    FindingKind.PERSON_NAMED: (
        FindingAnswer.HAS_CONSENT, FindingAnswer.PUBLIC_INFORMATION, FindingAnswer.NOT_AN_INDIVIDUAL,
        FindingAnswer.FICTITIOUS_EXAMPLE,
    ),
    FindingKind.LINK: (FindingAnswer.PUBLIC_INFORMATION, FindingAnswer.NOT_WHAT_IT_LOOKS_LIKE),
}  # fmt: skip
"""What can be said to a doubtful finding of each kind. Nobody's consent makes their health a matter for a post (C-18)."""


def without_overlaps(found: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings that share a code point, the surest; of equally sure ones, the one that was found first."""
    kept: list[Finding] = []
    for each in sorted(found, key=lambda finding: not finding.is_certain):
        if not any(each.overlaps(other) for other in kept):
            kept.append(each)
            yield each
