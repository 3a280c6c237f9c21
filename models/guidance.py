"""Guidance for patients: what a policy version says, in plain words, and where each word of it comes from."""

from datetime import date
from uuid import UUID

from pydantic import Field

from models.judgements import LawBeside, Part, Verdict
from models.policies import PolicyState


class Stands(Part):
    """Where a rule stands: in which document, under which heading, and as which clause or setting of the version."""

    document: str
    source: str = Field(description="The place in the document: its section, point or paragraph.")
    section: str | None = Field(description="The title of the version's section, for a clause.")
    number: str | None = Field(description="The number of the clause.")
    clause: str | None = Field(description="The key of the clause.")
    setting: str | None = Field(description="The name of the setting that says so.")
    citation: str | None = Field(description="Where the clause can be read, for whoever has a token.")


class LawSaid(Part):
    """The law beside a rule: in plain words, and as it was told to the practice, with its sources."""

    says: str
    law: LawBeside


class Statement(Part):
    """Something that is said, perhaps with a list below it."""

    key: str
    text: str
    items: list[str] = []
    law: list[LawSaid] = []
    stands: list[Stands] = []


class Passage(Part):
    """Statements under one heading."""

    key: str
    title: str
    statements: list[Statement]


class Answered(Part):
    """A question that patients ask, answered by the conduct check."""

    key: str
    question: str
    verdict: Verdict
    answer: str
    conditions: list[str] = Field(description="What the answer depends on, if it does.")
    consequences: list[str] = Field(description="What the practice will, or may, do.")
    law: list[LawSaid]
    stands: list[Stands]


class Rule(Part):
    """A clause that binds patients, word for word."""

    key: str
    number: str
    text: str
    stands: Stands


class Contact(Part):
    """A way to reach the practice."""

    label: str
    value: str
    href: str | None


class Change(Part):
    """What reads differently since the version before: null before what is new, and after what is gone."""

    about: str
    before: str | None
    after: str | None


class Changes(Part):
    """What is different for patients since the version that was in force before."""

    since: str = Field(description="The number of that version.")
    summary: str
    changes: list[Change]


class GuidanceFrom(Part):
    """The version from which the guidance was made."""

    policy_id: UUID
    number: str
    title: str
    document: str
    state: PolicyState
    in_force_since: date | None = Field(description="A day in London; null before the version was published.")
    review_due: date


class GuidanceFor(Part):
    """The practice whose guidance it is."""

    code: str
    name: str
    contacts: list[Contact]


class Guidance(Part):
    """What a practice asks of its patients and what they can expect, made from one policy version."""

    title: str
    practice: GuidanceFor
    policy: GuidanceFrom
    introduction: list[str]
    asks: Passage
    questions: list[Answered]
    follows: Passage
    reaching: Passage
    complaining: Passage
    rights: Passage
    changes: Changes | None = Field(description="Null for the first version of all.")
    rules: list[Rule]
