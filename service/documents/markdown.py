"""A document as Markdown (CommonMark). Whatever a person wrote comes out as text."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from workflows.differences import escaped
from workflows.outlines import Block, Kind, Outline, Pair, Section

BEGINS_A_LIST: Final = re.compile(r"^(\d*)([-.)])")


def markdown(told: Outline) -> bytes:
    """The whole document."""
    return ("\n".join(lines(told)).rstrip("\n") + "\n").encode()


def lines(told: Outline) -> Iterator[str]:
    """The document, line by line."""
    for group in told.above:
        yield from together(group)
    yield from (f"# {plain(told.title)}", "", f"**{plain(told.practice)}**", "")
    if told.notice:
        yield from (f"**{plain(told.notice)}**", "")
    for each in told.introduction:
        yield from (plain(each), "")
    for section in told.sections:
        yield from section_lines(section)
    yield from together(told.sign_off)


def section_lines(section: Section) -> Iterator[str]:
    """A heading, if it has one, and what stands below it."""
    if section.title:
        yield from (f"## {plain(section.title)}", "")
    for block in section.blocks:
        yield from written(block)
        yield ""


def together(group: Iterable[str]) -> Iterator[str]:
    """Lines that stand one below the other, as in an address."""
    kept = [plain(each) for each in group]
    yield from (f"{each}\\" for each in kept[:-1])
    yield from (*kept[-1:], "")


def written(block: Block) -> Iterator[str]:
    """One block, line by line."""
    match block.kind:
        case Kind.QUESTION:
            yield f"### {plain(block.text)}"
        case Kind.ANSWER:
            yield f"**{plain(block.text)}**"
        case Kind.TEXT:
            yield plain(block.text)
        case Kind.SOURCES:
            yield f"*{plain(block.text)}*"
        case Kind.ITEMS:
            yield from (f"- {plain(each)}" for each in block.items)
        case Kind.LAW:
            yield f"> **The law:** {' '.join(map(plain, block.items))}"
        case Kind.PAIRS:
            yield from map(pair, block.pairs)


def pair(each: Pair) -> str:
    """A name with its value. An address is written out, and is no link: nobody is led anywhere unseen."""
    name = f"**{plain(each.name)}:** " if each.name else ""
    address = f" {plain(each.href)}" if each.href and each.href != each.value and "://" in each.href else ""
    return f"- {name}{plain(each.value)}{address}"


def plain(text: str) -> str:
    """Text in which nothing is markup, wherever on a line it stands."""
    return BEGINS_A_LIST.sub(r"\1\\\2", escaped(text))
