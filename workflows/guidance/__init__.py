"""Guidance: a policy version told to patients in plain words, with their own questions answered by the conduct check.

A pure function of the version, the practice's name and contacts, and the day. How it looks is decided elsewhere.
"""

from collections.abc import Collection, Iterable
from datetime import date

from models.clauses import Audience
from models.guidance import Guidance, GuidanceFor, GuidanceFrom, Rule
from models.policies import Policy
from workflows.guidance.asks import asks
from workflows.guidance.changes import changes
from workflows.guidance.expects import complaining, contacts, follows, reaching, rights
from workflows.guidance.questions import answers
from workflows.guidance.sources import Told
from workflows.guidance.wording import INTRODUCTION, TITLE
from workflows.statutory_time import london_day

__all__ = ["Told", "former", "guidance"]


def guidance(told: Told, before: Policy | None = None) -> Guidance:
    """What patients are told by a version, and what is new since the version that was in force before it."""
    made = without_changes(told)
    if before is None:
        return made
    earlier = without_changes(Told(told.code, told.name, told.contacts, before, told.day))
    return made.model_copy(update={"changes": changes(earlier, made, before.content, told.content)})


def without_changes(told: Told) -> Guidance:
    """The same, of one version alone."""
    asked, questions, following, complaints, entitled = (
        asks(told), answers(told), follows(told), complaining(told), rights(told),
    )  # fmt: skip
    statements = [each for passage in (asked, following, complaints, entitled) for each in passage.statements]
    places = [*(each.stands for each in statements), *(each.stands for each in questions)]
    cited = {where.clause for stands in places for where in stands}
    return Guidance(
        title=TITLE, practice=GuidanceFor(code=told.code, name=told.name, contacts=contacts(told)),
        policy=made_from(told.policy), introduction=list(INTRODUCTION), asks=asked, questions=questions, follows=following,
        reaching=reaching(told), complaining=complaints, rights=entitled, changes=None, rules=rules(told, cited),
    )  # fmt: skip


def made_from(policy: Policy) -> GuidanceFrom:
    """The version, as its guidance names it."""
    return GuidanceFrom(
        policy_id=policy.id, number=policy.number, title=policy.title, document=policy.content.document.title,
        state=policy.state, in_force_since=published_on(policy), review_due=policy.review_due,
    )  # fmt: skip


def published_on(policy: Policy) -> date | None:
    """The day in London on which it was published."""
    return london_day(policy.published_at) if policy.published_at else None


def rules(told: Told, cited: Collection[str | None]) -> list[Rule]:
    """Every clause that binds patients, and every other that something rests on, word for word."""
    shown = (each for each in told.content.clauses if each.audience == Audience.PATIENTS or each.key in cited)
    return [Rule(key=each.key, number=each.number, text=each.text, stands=told.clause_stands(each)) for each in shown]


def former(versions: Iterable[Policy], version: Policy) -> Policy | None:
    """The version that was published last before this one, among all of its kind; before a draft, the last one of all."""
    published = [each for each in versions if each.id != version.id and each.published_at is not None]
    earlier = [each for each in published if (each.major, each.minor) < (version.major, version.minor)]
    return max(earlier, key=lambda each: (each.major, each.minor), default=None)
