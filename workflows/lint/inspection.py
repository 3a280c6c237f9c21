"""What a check is given to look at, and how it is declared."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.clauses import Clause, Topic
from models.policies import Definition, PolicyContent, PolicyLink, Section
from models.roles import Role
from models.settings import Duties, PolicySettings, Setting
from workflows.lint.findings import Finding, Severity, Source, Where

DUTIES = "duties"


@dataclass(frozen=True, slots=True)
class Inspected:
    """A policy under inspection on a day (Europe/London), with the roles held at the practice where they are known."""

    content: PolicyContent
    today: date
    roles_held: frozenset[Role] | None = None

    @property
    def settings(self) -> PolicySettings:
        """What the policy settles."""
        return self.content.settings

    def clauses(self, *topics: Topic) -> list[Clause]:
        """The clauses about these topics, in their order."""
        return [clause for clause in self.content.clauses if clause.topic in topics]

    def clause(self, key: str) -> Clause | None:
        """The clause of this key."""
        return next((clause for clause in self.content.clauses if clause.key == key), None)

    def all_settings(self) -> Iterator[tuple[str, Setting[Any]]]:
        """Every setting by its name; a duty's is `duties.` and the duty."""
        for name in Duties.model_fields:
            yield f"{DUTIES}.{name}", getattr(self.settings.duties, name)
        for name in PolicySettings.model_fields:
            if name != DUTIES:
                yield name, getattr(self.settings, name)

    def at_clauses(self, clauses: Iterable[Clause]) -> list[Where]:
        """Where these clauses stand."""
        return [self._entry("clauses", self.content.clauses, each, f"clause {each.number}") for each in clauses]

    def at_sections(self, sections: Iterable[Section]) -> list[Where]:
        """Where these sections stand."""
        return [self._entry("sections", self.content.sections, each, f"section {each.number}") for each in sections]

    def at_links(self, links: Iterable[PolicyLink]) -> list[Where]:
        """Where these links stand."""
        return [self._entry("links", self.content.links, each, f"link “{each.title}”") for each in links]

    def at_definition(self, definition: Definition) -> Where:
        """Where a definition stands."""
        return self._entry("definitions", self.content.definitions, definition, f"definition of “{definition.term}”")

    def texts(self, *, with_notes: bool = True) -> Iterator[tuple[Where, str]]:
        """Every text that a person wrote, with its place; the notes beside settings only if asked for.

        A clause's note says what its document leaves open there, and is always among them.
        """
        yield from self._texts_of_document()
        yield from self._texts_of_settings(with_notes=with_notes)
        for section in self.content.sections:
            yield self.at_sections([section])[0], f"{section.title}\n{section.summary}"
        for clause in self.content.clauses:
            yield self.at_clauses([clause])[0], "\n".join(filter(None, (clause.text, clause.note)))
        for definition in self.content.definitions:
            yield self.at_definition(definition), f"{definition.term}\n{definition.meaning}"
        for link in self.content.links:
            named = filter(None, (link.title, link.publisher, link.edition, link.superseded_by))
            yield self.at_links([link])[0], ", ".join(named)

    def _texts_of_document(self) -> Iterator[tuple[Where, str]]:
        content, document = self.content, self.content.document
        yield at("title"), content.title
        yield at("purpose"), content.purpose
        yield at("rationale"), content.rationale
        yield at("document", "title of the document"), document.title
        for line, former in enumerate(document.history):
            yield at(f"document/history/{line}", f"version {former.number} in the version table"), former.comment or ""

    def _texts_of_settings(self, *, with_notes: bool) -> Iterator[tuple[Where, str]]:
        for name, setting in self.all_settings():
            said = setting.value if isinstance(setting.value, list) else [setting.value]
            written = [str(each) for each in said if isinstance(each, str)]
            noted = [setting.note] if with_notes and setting.note else []
            yield at_setting(name), "\n".join([*written, *noted])

    def _entry(self, part: str, entries: Sequence[object], entry: object, label: str) -> Where:
        return at(f"{part}/{entries.index(entry)}", label)


def at(path: str, label: str | None = None) -> Where:
    """A place by its path from the top of the content."""
    return Where(pointer=f"/{path}", label=label or path.replace("_", " "))


def at_setting(name: str) -> Where:
    """The place of a setting."""
    return at(f"settings/{name.replace('.', '/')}", f"setting {name}")


def at_settings(names: Iterable[str]) -> list[Where]:
    """The places of settings."""
    return [at_setting(name) for name in names]


@dataclass(frozen=True, slots=True)
class Told:
    """What a check found: a neutral sentence or two, and where."""

    message: str
    where: Sequence[Where]


Look = Callable[[Inspected], Told | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for: its key, how much it matters, and its source."""

    key: str
    severity: Severity
    source: Source
    look: Look

    def findings(self, policy: Inspected) -> Iterator[Finding]:
        """What it finds in a policy, if anything."""
        if told := self.look(policy):
            yield Finding(
                key=self.key, severity=self.severity, message=told.message, where=list(told.where), source=self.source
            )


def check(severity: Severity, source: Source) -> Callable[[Look], Check]:
    """Declare a check: the function's name is its key."""

    def declared(look: Look) -> Check:
        return Check(look.__name__, severity, source, look)

    return declared


def numbered(clauses: Sequence[Clause]) -> str:
    """Clauses as a sentence names them."""
    return f"clause{'s' if len(clauses) > 1 else ''} {listed([each.number for each in clauses])}"


def these(clauses: Sequence[Clause], one_does: str, several_do: str) -> str:
    """The beginning of a sentence about clauses, with the verb that fits."""
    named = numbered(clauses)
    return f"{named[:1].upper()}{named[1:]} {several_do if len(clauses) > 1 else one_does}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def mentions(pattern: str, clauses: Iterable[Clause]) -> bool:
    """Whether the text of one of the clauses holds the pattern, in capitals or not."""
    return any(re.search(pattern, clause.text, re.IGNORECASE) for clause in clauses)
