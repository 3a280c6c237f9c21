"""The declarations as people read them: a diagram, a table of who may do what, and every rule in its own words."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from inspect import getdoc, getmodule
from typing import Any

from models.roles import Duty, Role
from models.settings import DEFAULTS
from workflows.engine import Guard, Law, Opening, Transition, Workflow, words
from workflows.registry import ALL

PREFACE = """\
# Workflows

What may happen to each kind of record, who may do it, and why it is refused. This document is made from the
declarations in `workflows/` by `charter openapi`; nobody edits it.

A role is held by a person, as the practice's staff directory says. A duty is held by the roles that the practice's
policy names. Who may ask is judged first, then the state that the record is in, then the guards in the order in which
they stand here. The first that says no is the answer, and nothing changes."""

DIAGRAM = """\
```mermaid
{}
```"""


def document() -> str:
    """Every workflow in one Markdown document, always in the same order."""
    return "\n\n".join([PREFACE, *duties(), *(part for each in ALL for part in chapter(each))]) + "\n"


def mermaid(workflow: Workflow[Any]) -> str:
    """The states and the arrows between them, as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{words(each)}" as {each}' for each in workflow.states if words(each) != each]
    lines += [f"    [*] --> {state}: {spoken(names)}" for state, names in beginnings(workflow).items()]
    lines += [f"    {source} --> {target}: {spoken(names)}" for (source, target), names in arrows(workflow).items()]
    lines += [f"    {each} --> [*]" for each in workflow.states if each in workflow.ends]
    return "\n".join(lines)


def beginnings(workflow: Workflow[Any]) -> dict[StrEnum, list[str]]:
    """The names of the openings that lead to each state."""
    found: dict[StrEnum, list[str]] = {}
    for each in workflow.openings.values():
        found.setdefault(each.begins, []).append(each.name)
    return found


def arrows(workflow: Workflow[Any]) -> dict[tuple[StrEnum, StrEnum], list[str]]:
    """The names of the transitions that lead from one state to another, state by state."""
    found: dict[tuple[StrEnum, StrEnum], list[str]] = {}
    for source in workflow.states:
        for each in workflow.transitions.values():
            if source in each.sources:
                found.setdefault((source, each.target(source)), []).append(each.name)
    return found


def duties() -> list[str]:
    """Who holds each duty where a practice's policy does not say."""
    rows = [[words(each), listed(holders(each))] for each in Duty]
    return ["## Duties", table(["Duty", "Held by, unless the practice's policy says otherwise"], rows)]


def chapter(workflow: Workflow[Any]) -> list[str]:
    """Everything about one kind of record."""
    return [
        f"## {title(workflow.resource)}",
        about(workflow),
        f"Seen by: {listed(workflow.seen_by)}{seen_once(workflow)}{seen_own(workflow)}. {resting(workflow)}",
        DIAGRAM.format(mermaid(workflow)),
        f"### Who may do what to {words(workflow.resource)}",
        role_matrix(workflow),
        *due(workflow),
        *(part for each in workflow.laws for part in section(each)),
    ]


def about(workflow: Workflow[Any]) -> str:
    """What the workflow's module says of itself."""
    module = getmodule(workflow.laws[0].function)
    return getdoc(module) or ""


def seen_once(workflow: Workflow[Any]) -> str:
    """Who else sees a record, and in which states."""
    by_states: dict[frozenset[StrEnum], list[StrEnum]] = {}
    for role, states in workflow.seen_in.items():
        by_states.setdefault(states, []).append(role)
    return "".join(f"; once it is {listed(sorted(states))}, by {listed(roles)}" for states, roles in by_states.items())


def seen_own(workflow: Workflow[Any]) -> str:
    """Who else sees the records that are their own."""
    if not workflow.seen_own:
        return ""
    part = "" if workflow.own_shows is None else ", as much of it as they said themselves, and its state"
    return f"; their own, by {listed(list(workflow.seen_own))}{part}"


def resting(workflow: Workflow[Any]) -> str:
    """The states in which a record stays for good."""
    ends = [each for each in workflow.states if each in workflow.ends]
    return f"Nothing leaves {listed(ends, 'or')}." if ends else "No state is an end."


def role_matrix(workflow: Workflow[Any]) -> str:
    """Who may ask for which transition: a column for each role and duty that may ask for anything."""
    named = {each for law in workflow.laws for each in law.by}
    columns: list[StrEnum] = [each for each in (*Role, *Duty) if each in named]
    rows = [[words(law.name), *("yes" if each in law.by else "-" for each in columns)] for law in workflow.laws]
    return table(["", *map(known_as, columns)], rows)


def due(workflow: Workflow[Any]) -> list[str]:
    """What falls due, if anything does."""
    if not workflow.deadlines:
        return []
    rows = [[words(each.name), each.meaning, each.law] for each in workflow.deadlines]
    return [f"### What falls due for {words(workflow.resource)}", table(["Deadline", "When", "Rule"], rows)]


def section(law: Law[Any]) -> list[str]:
    """One opening or transition: what it does, from where to where, what it asks, and what follows."""
    facts = [f"- **From** {journey(law)}.", f"- **Who:** {who(law)}."]
    if law.payload and law.by:
        facts.append(f"- **In the request:** `{law.payload.__name__}`.")
    if law.needs:
        facts.append(f"- **Also read:** {' '.join(each.meaning for each in law.needs)}")
    if law.entails:
        facts.append(f"- **What follows:** {listed([of(each) for each in law.entails])}.")
    if law.tells:
        facts.append(f"- **Who hears:** {listed(sorted(law.tells))}.")
    return [f"### {title(law.workflow.name)}: {words(law.name)}", law.meaning, "\n".join(facts), *conditions(law)]


def journey(law: Law[Any]) -> str:
    """From which states to which."""
    if isinstance(law, Opening):
        return f"nothing to {words(law.begins)}"
    if not isinstance(law, Transition):
        raise TypeError(law)
    sources = listed([each for each in law.workflow.states if each in law.sources], "or")
    return f"{sources}, and stays there" if law.to is None else f"{sources} to {words(law.to)}"


def who(law: Law[Any]) -> str:
    """Who may ask for it."""
    if law.by:
        return listed([known_as(each) for each in law.by], "or")
    caused = [of(each) for each in causes(law)]
    return f"nobody; it only follows from {listed(caused, 'or') if caused else 'something else'}"


def holders(duty: Duty) -> list[Role]:
    """Who holds a duty where a practice's policy does not say."""
    held: list[Role] = getattr(DEFAULTS.duties, duty).value
    return held


def causes(law: Law[Any]) -> list[Law[Any]]:
    """What this can follow from."""
    return [each for workflow in ALL for each in workflow.laws if law in each.entails]


def conditions(law: Law[Any]) -> list[str]:
    """The guards, in the order in which they are judged."""
    if not law.guards:
        return []
    return [table(["Guard", "Refused with", "Rule"], [guarded(each) for each in law.guards])]


def guarded(guard: Guard[Any]) -> list[str]:
    """A guard as a row: its name, its sentence, and the rule behind it."""
    return [f"`{guard.name}`", guard.otherwise, guard.rule]


def of(law: Law[Any]) -> str:
    """A transition of another kind of record, or of another record."""
    return f"{words(law.name)} ({words(law.workflow.name)})"


def known_as(role_or_duty: StrEnum) -> str:
    """A role by its name, a duty as one, with those who hold it where a practice's policy does not say."""
    if not isinstance(role_or_duty, Duty):
        return words(role_or_duty)
    return f"duty: {words(role_or_duty)} (by default {listed(holders(role_or_duty))})"


def title(name: str) -> str:
    """A name at the head of something."""
    return words(name).capitalize()


def spoken(names: Iterable[str]) -> str:
    """Names beside one arrow."""
    return ", ".join(map(words, names))


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence."""
    *others, final = map(words, names)
    return f"{', '.join(others)} {last} {final}" if others else final


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(map(row, [head, ["---"] * len(head), *rows]))


def row(cells: Iterable[str]) -> str:
    """A line of a Markdown table: no cell breaks the line or the table."""
    return f"| {' | '.join(map(cell, cells))} |"


def cell(text: str) -> str:
    """One cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
