"""A letter in the order in which it is read, however it is rendered."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from models.letters import Letter, LetterBlock, LetterBlockKind, LetterState, Sender
from workflows.outlines import Block, Kind, Outline, Pair, Section, in_words

KINDS: Final = {LetterBlockKind.TEXT: Kind.TEXT, LetterBlockKind.ITEMS: Kind.ITEMS}
NOTICES: Final = {
    LetterState.SUPERSEDED: "Another letter stands in the place of this one.",
    LetterState.WITHDRAWN: "This letter was taken back, and never sent.",
}


def outline(letter: Letter) -> Outline:
    """The whole letter."""
    content = letter.content
    return Outline(
        title=content.title, practice=content.sender.name or content.sender.code, notice=NOTICES.get(letter.state),
        introduction=(f"{content.greeting},",) if content.greeting else (),
        sections=(*sections(content.blocks), *law(letter)), above=tuple(above(letter)), sign_off=content.signed,
    )  # fmt: skip


def above(letter: Letter) -> Iterator[tuple[str, ...]]:
    """What stands above the title: how to reach the practice, to whom the letter goes, its day and its number."""
    content = letter.content
    if reached := tuple(contacts(content.sender)):
        yield reached
    if content.addressee and (to := (content.addressee.name or "", *content.addressee.address)):
        yield tuple(filter(None, to))
    yield in_words(content.written_on), f"Our reference: {short(letter.id)}"


def contacts(sender: Sender) -> Iterator[str]:
    """How the practice is reached."""
    known = sender.contacts
    yield from (f"{name}: {said}" for name, said in (("Phone", known.phone), ("Email", known.email)) if said)
    if known.website:
        yield known.website


def short(letter_id: UUID) -> str:
    """What somebody quotes who writes back: the end of the letter's identifier, which tells nothing about anybody."""
    return f"L-{letter_id.hex[-10:].upper()}"


def sections(blocks: tuple[LetterBlock, ...]) -> Iterator[Section]:
    """What stands before the first heading, and then what stands under each."""
    title, under = "", list[Block]()
    for number, each in enumerate(blocks):
        if each.kind != LetterBlockKind.HEADING:
            under.append(Block(KINDS[each.kind], each.text, each.items))
            continue
        if under:
            yield Section(f"part-{number}", title, tuple(under))
        title, under = each.text, []
    yield Section("last", title, tuple(under))


def law(letter: Letter) -> Iterator[Section]:
    """The law that it rests on, as it stood on its day."""
    if letter.law:
        named = tuple(Pair("", f"{each.title} ({each.dated})", each.address) for each in letter.law)
        yield Section("law", "The law behind this letter", (Block(Kind.PAIRS, pairs=named),))
