"""Between people: friend requests, abuse, who is present, and a patient's rights over their record."""

from collections.abc import Iterator

from models.clauses import BreachGround, Clause, Consequence, Topic
from models.conduct import ONLINE, Abuse, AcceptFriendRequest, DeclineTrainee, FriendRequest, UseInformationRight, Venue
from models.judgements import FurtherCondition, Requirement
from models.settings import FriendRequests, ImmediateRemovalGround
from workflows.conduct.case import Case, Finding, breach, on_conditions, on_grounds, permitted, reaching, silent
from workflows.conduct.messages import PLACES

ABOUT_ONE_KIND = {
    "verbal_abuse": {ImmediateRemovalGround.VERBAL_ABUSE},
    "threats_and_violence": {ImmediateRemovalGround.THREAT, ImmediateRemovalGround.VIOLENCE},
}
"""Clauses that speak of one kind of abuse. The others speak of all."""


def friend_request(case: Case, act: FriendRequest) -> Iterator[Finding]:
    """To ask is free; the rules are for whoever is asked."""
    if case.settings.friend_requests.value != FriendRequests.NOT_ADDRESSED:
        sentence = (
            "A patient may ask, and nothing follows from it, but staff are asked to be careful and may well say no."
        )
        yield permitted(sentence, case.about(Topic.FRIEND_REQUESTS), ["friend_requests"])


def friend_accepted(case: Case, act: AcceptFriendRequest) -> Iterator[Finding]:
    """With care; or as a rule not, where the two know each other only through the practice."""
    stance = case.settings.friend_requests.value
    if stance == FriendRequests.NOT_ADDRESSED:
        return
    conditions: list[Requirement] = [FurtherCondition.ADVICE_WEIGHED]
    if stance == FriendRequests.PRESUMPTION_AGAINST:
        conditions.insert(0, FurtherCondition.NOT_ONLY_A_PATIENT)
    allowed = "It is left to the judgement of whoever is asked, with care."
    yield on_conditions(case, conditions, allowed, case.about(Topic.FRIEND_REQUESTS), ["friend_requests"])


def abuse(case: Case, act: Abuse) -> Iterator[Finding]:
    """Never acceptable where the policy speaks of it; online it is a post that harasses besides."""
    clauses = (*against(case, act), *posted(case, act))
    if not clauses:
        return
    removal: tuple[Clause, ...] = ()
    if act.kind in case.settings.immediate_removal_grounds.value:
        removal = tuple(
            each for each in case.about(Topic.REMOVAL) if Consequence.IMMEDIATE_REMOVAL in each.consequences
        )
    settings = ["immediate_removal_grounds"] if case.says("immediate_removal_grounds") else []
    yield breach("Abuse, threats and violence are not accepted.", (*clauses, *removal), settings)


def against(case: Case, act: Abuse) -> tuple[Clause, ...]:
    """The clauses on abuse of this kind."""
    everything = set(ImmediateRemovalGround)
    return tuple(each for each in case.about(Topic.ABUSE) if act.kind in ABOUT_ONE_KIND.get(each.key, everything))


def posted(case: Case, act: Abuse) -> tuple[Clause, ...]:
    """The clauses on posts that harass, for abuse that is posted."""
    if act.venue not in ONLINE:
        return ()
    harassing = on_grounds(case.about(Topic.UNACCEPTABLE_MATERIAL), [BreachGround.HARASSING])
    return reaching(harassing, PLACES[Venue(act.venue)], act.platform)


def trainee_declined(case: Case, act: DeclineTrainee) -> Iterator[Finding]:
    """Where the practice trains, a patient can say no."""
    if clauses := case.about(Topic.TRAINING_PRACTICE):
        yield permitted("A patient may say no to a doctor in training or a student.", clauses)


def right_used(case: Case, act: UseInformationRight) -> Iterator[Finding]:
    """A right that the policy lists. Those that it leaves out hold as well, by law."""
    clauses = case.about(Topic.INFORMATION_RIGHTS)
    if act.article in case.settings.rights_listed.value:
        yield permitted("The policy names this right of every patient.", clauses, ["rights_listed"])
    elif clauses:
        yield silent("The policy does not name this right, which holds by law.", ["rights_listed"])
