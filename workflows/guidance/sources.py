"""Where what is told to patients comes from: clauses, settings, and the law."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.clauses import Audience, Clause, Topic
from models.guidance import LawSaid, Stands
from models.judgements import Judgement, LawBeside
from models.policies import Policy, PolicyContent
from models.practices import Contacts
from models.settings import Origin
from workflows.guidance.wording import LAW
from workflows.law_beside import LAW as EVERY_LAW


@dataclass(frozen=True, slots=True)
class Told:
    """What guidance is made from: a version of a practice's policy, and the day in London on which it is told."""

    code: str
    name: str
    contacts: Contacts
    policy: Policy
    day: date

    @property
    def content(self) -> PolicyContent:
        """Everything that the version says."""
        return self.policy.content

    def clauses(self, *topics: Topic) -> tuple[Clause, ...]:
        """The clauses on these topics that bind patients."""
        bind = (each for each in self.content.clauses if each.audience == Audience.PATIENTS)
        return tuple(each for each in bind if each.topic in topics)

    def says(self, setting: str) -> bool:
        """Whether the document itself settles this."""
        return self.stands_for(setting) != []

    def stands(self, clauses: Iterable[Clause], *settings: str) -> list[Stands]:
        """Where these clauses stand, and these settings if the document settles them."""
        return [*map(self.clause_stands, clauses), *(where for each in settings for where in self.stands_for(each))]

    def clause_stands(self, clause: Clause) -> Stands:
        """Where a clause stands."""
        title = next(each.title for each in self.content.sections if each.key == clause.section)
        return Stands(
            document=self.content.document.title, source=clause.source, section=title, number=clause.number,
            clause=clause.key, setting=None, citation=f"/v1/clauses/{self.policy.id}/{clause.key}",
        )  # fmt: skip

    def stands_for(self, name: str) -> list[Stands]:
        """Where a setting stands. One that the service assumed stands nowhere."""
        kept = self.content.settings
        setting = (
            getattr(kept.duties, name.removeprefix("duties.")) if name.startswith("duties.") else getattr(kept, name)
        )
        if setting.origin != Origin.FROM_POLICY:
            return []
        return [
            Stands(
                document=self.content.document.title, source=setting.source, section=None, number=None, clause=None,
                setting=name, citation=None,
            )
        ]  # fmt: skip

    def judged_by(self, judgement: Judgement) -> list[Stands]:
        """Where the clauses and the settings stand by which an act was judged."""
        keys = {each.key for each in judgement.clauses}
        clauses = [each for each in self.content.clauses if each.key in keys]
        return self.stands(clauses, *(each.name for each in judgement.settings))

    def law(self, *keys: str) -> list[LawSaid]:
        """These laws, as far as they are in force on the day."""
        found = (each for key in keys for each in EVERY_LAW if each.law.key == key)
        return [said(each.law) for each in found if each.since <= self.day]


def said(law: LawBeside) -> LawSaid:
    """A law as patients read it."""
    return LawSaid(says=LAW[law.key], law=law)
