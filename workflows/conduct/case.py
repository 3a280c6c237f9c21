"""A case: one act held against one version of a policy, and what each rule finds in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.clauses import Audience, BreachGround, Clause, Place, Topic
from models.conduct import Act
from models.judgements import Requirement, Verdict
from models.policies import PolicyContent
from models.settings import Origin, Platform, PolicySettings, Setting
from workflows.conduct.requirements import failing, is_met, phrase, together


@dataclass(frozen=True, slots=True)
class VersionInForce:
    """The version by which acts are judged."""

    policy_id: UUID
    content: PolicyContent


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule makes of an act: the clauses and the settings that speak, and which conditions are not met."""

    verdict: Verdict
    sentence: str
    clauses: tuple[Clause, ...] = ()
    settings: tuple[str, ...] = ()
    unmet: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The act, and the policy's words and settings."""

    content: PolicyContent
    act: Act

    @property
    def settings(self) -> PolicySettings:
        """What the policy settles."""
        return self.content.settings

    def setting(self, name: str) -> Setting[Any]:
        """A setting by its name; `duties.remove` for one of the duties."""
        found: Any = self.settings
        for part in name.split("."):
            found = getattr(found, part)
        kept: Setting[Any] = found
        return kept

    def says(self, name: str) -> bool:
        """Whether the document itself settles this."""
        return self.setting(name).origin == Origin.FROM_POLICY

    def speaks(self, clauses: Sequence[Clause], setting: str) -> bool:
        """Whether the document speaks of it, in a clause or by a setting."""
        return bool(clauses) or self.says(setting)

    def about(self, *topics: Topic, audience: Audience | None = None) -> tuple[Clause, ...]:
        """The clauses on a topic."""
        return tuple(
            each for each in self.content.clauses if each.topic in topics and audience in {None, each.audience}
        )


def reaching(clauses: Iterable[Clause], place: Place, platform: Platform | None = None) -> tuple[Clause, ...]:
    """Those that reach a place: they name none, or this one, and this platform if they name any."""
    return tuple(
        each
        for each in clauses
        if (not each.places or covers(each, place)) and (platform in each.platforms or not each.platforms)
    )


def covers(clause: Clause, place: Place) -> bool:
    """Whether a place lies in those that a clause names: a page of one's own is on a platform as well."""
    return place in clause.places or (place == Place.OWN_PAGES and Place.ANY_PLATFORM in clause.places)


def on_grounds(clauses: Iterable[Clause], grounds: Iterable[BreachGround]) -> tuple[Clause, ...]:
    """Those that name one of these grounds."""
    wanted = set(grounds)
    return tuple(each for each in clauses if wanted & set(each.grounds))


def permitted(sentence: str, clauses: Iterable[Clause] = (), settings: Iterable[str] = ()) -> Finding:
    """The policy lets it be."""
    return Finding(Verdict.PERMITTED, sentence, tuple(clauses), tuple(settings))


def breach(sentence: str, clauses: Iterable[Clause] = (), settings: Iterable[str] = ()) -> Finding:
    """The policy rules it out."""
    return Finding(Verdict.BREACH, sentence, tuple(clauses), tuple(settings))


def silent(sentence: str, settings: Iterable[str] = ()) -> Finding:
    """The policy says nothing of it, though a setting tells where it comes near."""
    return Finding(Verdict.NOT_COVERED, sentence, (), tuple(settings))


def only_if(unmet: Iterable[Requirement], clauses: Iterable[Clause] = (), settings: Iterable[str] = ()) -> Finding:
    """The policy lets it be once something is met."""
    wanted = tuple(unmet)
    sentence = f"This is allowed here only if {together(phrase(each) for each in wanted)}."
    return Finding(Verdict.PERMITTED_IF, sentence, tuple(clauses), tuple(settings), wanted)


def on_conditions(
    case: Case, conditions: Iterable[Requirement], sentence: str, clauses: Iterable[Clause], settings: Iterable[str],
    forgiven: frozenset[Requirement] = frozenset(),
) -> Finding:  # fmt: skip
    """What the conditions make of it: one that fails is a breach unless it is forgiven, one that isn't known is still to be met."""
    wanted = dict.fromkeys(conditions)
    known = {each: is_met(each, case.act) for each in wanted}
    unmet = tuple(each for each in wanted if not known[each])
    failed = [each for each in unmet if known[each] is False and each not in forgiven]
    if failed:
        because = f"This is not allowed here, because {failing(failed[0])}."
        return Finding(Verdict.BREACH, because, tuple(clauses), tuple(settings), unmet)
    return only_if(unmet, clauses, settings) if unmet else permitted(sentence, clauses, settings)
