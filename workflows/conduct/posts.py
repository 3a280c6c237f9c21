"""What is posted online, reviews among it: what makes a post unacceptable, and what follows where it stands."""

from collections.abc import Iterator

from models.clauses import BreachGround, Clause, Condition, Consequence, Place, Topic
from models.conduct import LeaveReview, Party, PostOnline, Publication, Shown, Subject, Venue
from models.settings import Platform, RecordingRule, ReviewChannelKind
from workflows.conduct.case import Case, Finding, breach, on_conditions, on_grounds, permitted, reaching
from workflows.conduct.devices import posted_recordings

THE_TEAM = frozenset({Subject.PRACTICE, Subject.STAFF_MEMBER})
CHANNELS = {
    ReviewChannelKind.NHS_WEBSITE: "on the NHS website",
    ReviewChannelKind.OWN_WEBSITE: "on the practice's website",
    ReviewChannelKind.OWN_PAGE: "on the practice's page",
}
IDENTIFYING = frozenset({BreachGround.IDENTIFIES_STAFF, BreachGround.IDENTIFIES_PATIENT})
"""Grounds that have rules of their own, apart from the seven that the documents list together."""


def post(case: Case, act: PostOnline) -> Iterator[Finding]:
    """A post on any of the grounds is a breach; one on none of them is let be."""
    found = [*consultation_posted(case, act), *material(case, act)]
    clauses = case.about(Topic.UNACCEPTABLE_MATERIAL)
    if not found and clauses and not grounds_of(act) and act.shows != Shown.CONSULTATION_RECORDING:
        found = [permitted("The policy rules out nothing that is in this post.", reached(clauses, act))]
    yield from found


def review(case: Case, act: LeaveReview) -> Iterator[Finding]:
    """A review belongs where the policy says, if it insists; what it says is held to the rules for every post."""
    clauses = case.about(Topic.REVIEWS)
    if case.speaks(clauses, "review_channel"):
        yield reviewed(case, act, clauses)
    yield from material(case, act)


def reviewed(case: Case, act: LeaveReview, clauses: tuple[Clause, ...]) -> Finding:
    """Where the review is left, held against where the policy wants it."""
    channel, settings = case.settings.review_channel.value, ["review_channel", "duties.answer_reviews"]
    if channel.kind in {ReviewChannelKind.UNSTATED, channel_of(act)}:
        return permitted("Patients may review the practice in just this way.", clauses, settings)
    place = CHANNELS[channel.kind]
    if channel.obligatory:
        return breach(f"Reviews belong {place}, and nowhere else.", clauses, settings)
    return permitted(f"The policy wants reviews {place}, without insisting on it.", clauses, settings)


def channel_of(act: LeaveReview) -> ReviewChannelKind:
    """Where the review is left, as a policy names it."""
    if act.venue == Venue.NHS_WEBSITE:
        return ReviewChannelKind.NHS_WEBSITE
    if act.venue == Venue.OWN_PAGE:
        return ReviewChannelKind.OWN_WEBSITE if act.platform == Platform.WEBSITE else ReviewChannelKind.OWN_PAGE
    return ReviewChannelKind.UNSTATED


def material(case: Case, act: Publication) -> Iterator[Finding]:
    """What a post or a review says and shows, held against the grounds."""
    yield from unacceptable(case, act)
    yield from identifying_staff(case, act)
    yield from identifying_patients(case, act)


def unacceptable(case: Case, act: Publication) -> Iterator[Finding]:
    """The seven grounds that the documents share; a defamatory post about the team has a rule of its own."""
    topics = [Topic.UNACCEPTABLE_MATERIAL]
    if not act.about or act.about & THE_TEAM:
        topics.append(Topic.DEFAMATION)
    grounds = grounds_of(act) - IDENTIFYING
    clauses = reached(on_grounds(case.about(*topics), grounds), act)
    if not clauses:
        return
    named = next(each for each in BreachGround if each in grounds and on_grounds(clauses, [each]))
    settings = ["deletion_scope"] if act.venue == Venue.OWN_PAGE else []
    if BreachGround.DEFAMATORY in grounds:
        settings.append("legal_advice")
    yield breach(f"A post that is {named} is not allowed.", (*clauses, *aftermath(case, act)), settings)


def identifying_staff(case: Case, act: Publication) -> Iterator[Finding]:
    """Nobody who works there is to be recognised, which catches thanks as well."""
    clauses = reached(on_grounds(case.about(Topic.IDENTIFYING_STAFF), act.grounds), act)
    if clauses:
        kindly = "Even thanks must not tell which member of staff is meant, though nothing need follow from them."
        sentence = kindly if act.praise else "A post must not tell which member of staff is meant."
        yield breach(sentence, (*clauses, *(() if act.praise else aftermath(case, act))))


def identifying_patients(case: Case, act: Publication) -> Iterator[Finding]:
    """Another patient is told of only if they agree."""
    if BreachGround.IDENTIFIES_PATIENT not in grounds_of(act):
        return
    clauses = reached(on_grounds(case.about(Topic.OTHER_PATIENTS), [BreachGround.IDENTIFIES_PATIENT]), act)
    if clauses:
        agreed = "The other patient agreed to it, so it is allowed."
        yield on_conditions(case, [Condition.OTHER_PATIENT_CONSENTS], agreed, clauses, [])


def consultation_posted(case: Case, act: PostOnline) -> Iterator[Finding]:
    """A recording that is for oneself alone is not posted."""
    if act.shows != Shown.CONSULTATION_RECORDING:
        return
    for_oneself = [each for each in case.about(Topic.RECORDING) if Condition.OWN_USE_ONLY in each.conditions]
    clauses = (*for_oneself, *posted_recordings(case))
    if clauses and case.settings.recording_rule.value != RecordingRule.SILENT:
        yield breach("A recording of a consultation is for the patient alone, and is not posted.", clauses)


def aftermath(case: Case, act: Publication) -> tuple[Clause, ...]:
    """What the practice does about a post: asks for what it can't delete to be taken down, and weighs more if it stays up."""
    clauses = case.about(Topic.UNACCEPTABLE_POSTS, Topic.REMOVAL)
    if isinstance(act, PostOnline) and act.left_up_after_request:
        return tuple(
            each for each in clauses if each.consequences and Consequence.IMMEDIATE_REMOVAL not in each.consequences
        )
    if act.venue == Venue.OWN_PAGE:
        return ()
    return tuple(each for each in clauses if Consequence.AUTHOR_ASKED_TO_REMOVE in each.consequences)


def reached(clauses: tuple[Clause, ...], act: Publication) -> tuple[Clause, ...]:
    """Those that reach where it is posted."""
    place = Place.OWN_PAGES if act.venue == Venue.OWN_PAGE else Place.ANY_PLATFORM
    return reaching(clauses, place, act.platform)


def grounds_of(act: Publication) -> frozenset[BreachGround]:
    """The grounds that are named, and the one that is seen: another patient who can be recognised in it."""
    seen = isinstance(act, PostOnline) and Party.OTHER_PATIENT in act.captures
    return act.grounds | ({BreachGround.IDENTIFIES_PATIENT} if seen else frozenset())
