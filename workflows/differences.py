"""What differs between two policies: setting by setting, clause by clause, as data, in words, and as Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain, count
from typing import Any, Final

from models.policies import PolicyContent
from models.record import Payload
from models.settings import Duties, PolicySettings


class Part(StrEnum):
    """What kind of thing differs."""

    DOCUMENT = "document"
    SETTING = "setting"
    SECTION = "section"
    CLAUSE = "clause"
    DEFINITION = "definition"
    LINK = "link"


class Change(StrEnum):
    """How it differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


class FieldDifference(Payload):
    """One field, with its value before and after; null where it has none."""

    field: str
    before: Any
    after: Any


class Difference(Payload):
    """One thing that differs. `key` names it in both policies; `words` say the same as the fields."""

    part: Part
    key: str
    change: Change
    label: str
    fields: list[FieldDifference]
    words: list[str]


Said = Mapping[str, Any]
"""A part of a policy as plain values."""

ALONE: Final = ("title", "purpose", "rationale", "audiences", "applies_to")
SETTINGS_BESIDE: Final = ("equality_considered", "non_contractual", "training_offered", "review_due")
LISTS: Final = {
    Part.SECTION: "sections",
    Part.CLAUSE: "clauses",
    Part.DEFINITION: "definitions",
    Part.LINK: "links",
}
TITLES: Final = {
    Part.DOCUMENT: "Document",
    Part.SETTING: "Settings",
    Part.SECTION: "Sections",
    Part.CLAUSE: "Clauses",
    Part.DEFINITION: "Definitions",
    Part.LINK: "Links",
}
TELLING: Final = {
    Part.DOCUMENT: "value", Part.SETTING: "value", Part.SECTION: "summary", Part.CLAUSE: "text", Part.DEFINITION: "meaning",
    Part.LINK: "target",
}  # fmt: skip
"""Of something that is new or gone, the field that tells most about it."""


def differences(before: PolicyContent, after: PolicyContent) -> list[Difference]:
    """Everything that differs, in the order of a policy's parts: nothing exactly when the contents are equal."""
    one, other = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = [
        *named(Part.DOCUMENT, document(one), document(other)),
        *named(Part.SETTING, settings(one), settings(other)),
    ]
    for part, name in LISTS.items():
        entries, others = keyed(part, one[name]), keyed(part, other[name])
        found += [*named(part, entries, others), *reordered(part, list(entries), list(others))]
    return found


def document(content: Said) -> dict[str, Said]:
    """What is said of the document as a whole, each by its name."""
    said = {name: {"value": content[name]} for name in ALONE}
    return said | {f"document.{name}": {"value": value} for name, value in content["document"].items()}


def settings(content: Said) -> dict[str, Said]:
    """Every setting by its name: value, origin, source and note."""
    said, beside = content["settings"], {name: content[name] for name in SETTINGS_BESIDE if content[name]}
    duties = {f"duties.{name}": said["duties"][name] for name in Duties.model_fields}
    return beside | duties | {name: said[name] for name in PolicySettings.model_fields if name != "duties"}


def keyed(part: Part, entries: Iterable[Said]) -> dict[str, Said]:
    """Entries by what names them; one whose name is taken gets the next number beside it."""
    found: dict[str, Said] = {}
    for entry in entries:
        name = key_of(part, entry)
        numbered = (f"{name} ({times})" for times in count(2))
        found[next(each for each in chain([name], numbered) if each not in found)] = entry
    return found


def key_of(part: Part, entry: Said) -> str:
    """What names an entry from version to version: a section and a clause have a key, others are known by their words."""
    if part == Part.DEFINITION:
        return str(entry["term"])
    if part == Part.LINK:
        return ": ".join(filter(None, (entry["kind"], entry["publisher"], entry["title"])))
    return str(entry["key"])


def named(part: Part, before: Mapping[str, Said], after: Mapping[str, Said]) -> Iterator[Difference]:
    """What was added, removed or changed, in the order in which it now stands; what is gone comes last."""
    for key in [*after, *(key for key in before if key not in after)]:
        fields = changed_fields(before.get(key), after.get(key))
        if fields:
            yield told(part, key, before.get(key), after.get(key), fields)


def changed_fields(before: Said | None, after: Said | None) -> list[FieldDifference]:
    """The fields whose values differ."""
    one, other = before or {}, after or {}
    return [
        FieldDifference(field=name, before=one.get(name), after=other.get(name))
        for name in dict.fromkeys([*other, *one])
        if one.get(name) != other.get(name)
    ]


def told(part: Part, key: str, before: Said | None, after: Said | None, fields: list[FieldDifference]) -> Difference:
    """One difference, with its words."""
    stands = after or before or {}
    change = Change.CHANGED if before and after else Change.ADDED if after else Change.REMOVED
    words = sentences(fields) if change == Change.CHANGED else [said(stands.get(TELLING[part]))]
    return Difference(part=part, key=key, change=change, label=label(part, key, stands), fields=fields, words=words)


def label(part: Part, key: str, stands: Said) -> str:
    """What a reader calls it."""
    if part == Part.DOCUMENT:
        return key.replace(".", " ").replace("_", " ")
    return f"{part} {stands['number']} ({key})" if "number" in stands else f"{part} {key}"


def reordered(part: Part, before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    """Whether what stands in both stands in another order."""
    one = [key for key in before if key in after]
    other = [key for key in after if key in before]
    if one != other:
        field = FieldDifference(field="order", before=one, after=other)
        yield Difference(
            part=part, key="order", change=Change.REORDERED, label=f"order of the {LISTS[part]}", fields=[field],
            words=sentences([field]),
        )  # fmt: skip


def sentences(fields: Iterable[FieldDifference]) -> list[str]:
    """What changed, in words, a sentence for each field."""
    return [f"{each.field.replace('_', ' ')}: {said(each.before)} → {said(each.after)}" for each in fields]


def said(value: Any) -> str:
    """A plain value as people read it."""
    if value is None or value in ([], ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(said, value))
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')} {said(each)}" for name, each in value.items() if each is not None)
    return f"“{one_line(str(value))}”"


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def summary(found: Sequence[Difference]) -> str:
    """How much differs, in a sentence."""
    if not found:
        return "The two say the same."
    counted = Counter(each.part for each in found)
    parts = ", ".join(f"{TITLES[part].lower()} {counted[part]}" for part in Part if counted[part])
    return f"{len(found)} difference{'s' if len(found) > 1 else ''}: {parts}."


# As Markdown

SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@$^=]|:(?=//))")
ADDRESS: Final = re.compile(r"\b(www)\.", re.IGNORECASE)


def markdown(found: Sequence[Difference], before: str, after: str) -> str:
    """The differences as Markdown (CommonMark). Whatever a person wrote comes out as text."""
    lines = [f"# From {escaped(before)} to {escaped(after)}", "", escaped(summary(found))]
    for part in Part:
        among = [each for each in found if each.part == part]
        if among:
            lines += ["", f"## {TITLES[part]}", "", *(line for each in among for line in item(each))]
    return "\n".join(lines) + "\n"


def item(difference: Difference) -> Iterator[str]:
    """One difference as an item of a list, with an item for each sentence below it."""
    yield f"- **{escaped(difference.label)}**, {difference.change}"
    for sentence in difference.words:
        yield f"  - {escaped(sentence)}"


def escaped(text: str) -> str:
    """Text in which nothing is markup: on one line, every special character escaped, no address made a link."""
    return ADDRESS.sub(r"\1\\.", SPECIAL.sub(r"\\\1", one_line(text)))
