"""Names and statutes in a policy that have gone out of date."""

from typing import Final

from workflows.dated_names import DATED_NAMES, DatedName, Named
from workflows.lint.findings import Severity, Source, SourceKind
from workflows.lint.inspection import Check, Inspected, Told

KINDS: Final = {
    Named.BODY: SourceKind.PUBLICATION,
    Named.PLATFORM: SourceKind.PUBLICATION,
    Named.STATUTE: SourceKind.STATUTE,
    Named.GUIDANCE: SourceKind.GUIDANCE,
}


def looked_for(name: DatedName) -> Check:
    """The check for one former name."""

    def look(policy: Inspected) -> Told | None:
        texts = list(policy.texts())
        if not name.out_of_date_in((text for _, text in texts), policy.today):
            return None
        return Told(f"From {name.from_when}, {name.remark}", [where for where, text in texts if name.stands_in(text)])

    return Check(f"stale_{name.key}", Severity.ADVICE, Source(kind=KINDS[name.kind], citation=name.source), look)


CHECKS: Final[tuple[Check, ...]] = tuple(map(looked_for, DATED_NAMES))
