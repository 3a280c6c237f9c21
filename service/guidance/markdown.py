"""Guidance as Markdown (CommonMark). Whatever a person wrote comes out as text."""

import re
from collections.abc import Iterator
from typing import Final

from models.guidance import Guidance
from workflows.differences import escaped
from workflows.guidance.outline import outline
from workflows.outlines import Block, Kind, Pair

BEGINS_A_LIST: Final = re.compile(r"^(\d*)([-.)])")


def markdown(guidance: Guidance) -> bytes:
    """The whole guidance."""
    told = outline(guidance)
    lines = [f"# {plain(told.title)}", "", f"**{plain(told.practice)}**", ""]
    lines += [f"**{plain(told.notice)}**", ""] if told.notice else []
    for each in told.introduction:
        lines += [plain(each), ""]
    for section in told.sections:
        lines += [f"## {plain(section.title)}", ""]
        for block in section.blocks:
            lines += [*written(block), ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


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
