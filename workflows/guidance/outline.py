"""The outline of guidance: what patients read of a policy, section by section."""

from collections.abc import Iterable, Iterator

from models.guidance import Answered, Change, Guidance, LawSaid, Passage, Stands
from models.policies import PolicyState
from workflows.guidance.wording import both
from workflows.outlines import Block, Kind, Outline, Pair, Section, in_words, listed


def outline(guidance: Guidance) -> Outline:
    """The guidance in the order in which it is read."""
    return Outline(
        title=guidance.title, practice=guidance.practice.name, notice=notice(guidance.policy.state),
        introduction=tuple(guidance.introduction), sections=tuple(sections(guidance)),
    )  # fmt: skip


def notice(state: PolicyState) -> str | None:
    """What a reader of a version that isn't in force has to know first."""
    if state == PolicyState.ACTIVE:
        return None
    return f"This is a preview. This version is not in force: it is {state.replace('_', ' ')}."


def sections(guidance: Guidance) -> Iterator[Section]:
    """Every section: first what most people come for."""
    yield passage(guidance.asks)
    questions = tuple(block for each in guidance.questions for block in answered(each))
    yield Section("questions", "Your questions", questions)
    yield passage(guidance.follows)
    reaching = passage(guidance.reaching)
    contacts = tuple(Pair(each.label, each.value, each.href) for each in guidance.practice.contacts)
    yield Section(
        reaching.key, reaching.title, (*((Block(Kind.PAIRS, pairs=contacts),) if contacts else ()), *reaching.blocks)
    )
    yield passage(guidance.complaining)
    yield passage(guidance.rights)
    if guidance.changes is not None:
        yield Section("changes", f"What is new since version {guidance.changes.since}", tuple(changes(guidance)))
    if guidance.rules:
        rules = tuple(Pair(each.number, f"{each.text} ({each.stands.source})") for each in guidance.rules)
        yield Section("rules", "The rules, word for word", (Block(Kind.PAIRS, pairs=rules),))
    yield Section("law", "Where the law says so", (Block(Kind.PAIRS, pairs=tuple(law(guidance))),))
    yield Section("about", "About this page", (Block(Kind.PAIRS, pairs=tuple(facts(guidance))),))


def passage(said: Passage) -> Section:
    """A passage as a section."""
    blocks = tuple(
        block
        for each in said.statements
        for block in (Block(Kind.TEXT, each.text), *listed(each.items), *beside(each.law), *sources(each.stands))
    )
    return Section(said.key, said.title, blocks)


def answered(answer: Answered) -> Iterator[Block]:
    """A question with its answer, and what it rests on."""
    yield Block(Kind.QUESTION, answer.question)
    yield Block(Kind.ANSWER, answer.answer)
    yield from listed(answer.conditions)
    if answer.consequences:
        yield Block(Kind.TEXT, "What we do:")
        yield from listed(answer.consequences)
    yield from beside(answer.law)
    yield from sources(answer.stands)


def beside(law: Iterable[LawSaid]) -> Iterator[Block]:
    """The law beside what was said."""
    if kept := tuple(each.says for each in law):
        yield Block(Kind.LAW, items=kept)


def sources(stands: Iterable[Stands]) -> Iterator[Block]:
    """Where what was said comes from: rules by their numbers, and settings by their places where no rule says it."""
    kept = list(stands)
    numbers = list(dict.fromkeys(each.number for each in kept if each.number))
    places = list(dict.fromkeys(each.source for each in kept))
    if numbers:
        yield Block(Kind.SOURCES, f"From our policy: {'rules' if numbers[1:] else 'rule'} {both(numbers)}.")
    elif places:
        yield Block(Kind.SOURCES, f"From our policy: {'; '.join(places)}.")


def changes(guidance: Guidance) -> Iterator[Block]:
    """What is new, each thing with how it read before."""
    if guidance.changes is None:
        return
    yield Block(Kind.TEXT, guidance.changes.summary)
    yield from listed(change(each) for each in guidance.changes.changes)


def change(each: Change) -> str:
    """One change in words."""
    if each.before is None:
        return f"{each.about} New: {each.after}"
    if each.after is None:
        return f"{each.about} Gone: {each.before}"
    return f"{each.about} Before: {each.before} Now: {each.after}"


def law(guidance: Guidance) -> Iterator[Pair]:
    """Every source of the law that is told, once."""
    passages = (guidance.asks, guidance.follows, guidance.complaining, guidance.rights)
    told = [each for one in passages for statement in one.statements for each in statement.law]
    told += [each for answer in guidance.questions for each in answer.law]
    for source in dict.fromkeys(source for each in told for source in each.law.sources):
        yield Pair("", f"{source.title} ({source.dated})", source.address)


def facts(guidance: Guidance) -> Iterator[Pair]:
    """From which version this was made."""
    policy = guidance.policy
    yield Pair("Practice", f"{guidance.practice.name} ({guidance.practice.code})")
    yield Pair("Made from", policy.title)
    yield Pair("Version", policy.number)
    if policy.in_force_since:
        yield Pair("In force since", in_words(policy.in_force_since))
    yield Pair("We look at it again by", in_words(policy.review_due))
