"""What is written about the house is so: links lead somewhere, tables are whole, and the catalogue of rules is fresh."""

import functools
import os
import re
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from api import evidence_files
from models.settings import PolicySettings
from service import (
    about_people,
    audit,
    audit_verification,
    calendar_feeds,
    checkpoints,
    deadlines,
    file_types,
    files,
    showing,
)
from service.settings import PREFIX, Settings
from service.store import agendas, tallies
from service.unit_of_work import UnitOfWork
from workflows import calendars, cases, removal_help, replies, rules, statutory_time, training_notes
from workflows.registry import ALL

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("policies/*.md"), *ROOT.glob("benchmarks/*.md")]
)
DECISIONS = sorted(ROOT.glob("docs/adr/[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Alternatives and their price", "Consequences", "When to look again"]
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LONGEST_DECISION = 75
"""In lines; a table may run on."""
CARRIED = {"__pycache__", "build", "dist", "redoc", "swagger-ui", ".git"}


def texts() -> Iterable[tuple[Path, str]]:
    """Every text of the project that is ours: what others wrote, and we only carry, is theirs."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [each for each in folders if each not in CARRIED and (each == ".ci" or not each.startswith("."))]
        for path in (Path(folder, each) for each in names if each not in CARRIED):
            with suppress(UnicodeDecodeError):
                yield path, path.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """The places in a page that a link can lead to."""
    heads = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        assert not anchor or anchor in anchors(target), f"{link} leads to no heading"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links if not link.startswith("#")]
    assert set(PAGES) <= reached


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_one_page_with_five_headings(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert text.startswith(f"# {decision.stem[:4]}: ")
    assert re.search(
        r"^Status: (accepted(, in part superseded by \d{4})?|superseded by \d{4}), \w+ \d{4}$", text, re.MULTILINE
    )
    assert len([line for line in text.splitlines() if not line.startswith("|")]) <= LONGEST_DECISION


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    listed = (ROOT / "docs/adr/README.md").read_text(encoding="utf-8")
    assert [each.stem[:4] for each in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for each in DECISIONS:
        title = each.read_text(encoding="utf-8").splitlines()[0].partition(": ")[2]
        assert f"[{each.stem[:4]}]({each.name}) | {title} |" in listed


def test_every_dependency_is_explained() -> None:
    """ADR 0003 says of each why it was chosen."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = project["project"]["dependencies"] + groups["test"] + groups["lint"] + groups["deploy"] + groups["tools"]
    explained = (ROOT / "docs/adr/0003-dependencies.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| ([^|]+) \|", explained, re.MULTILINE)
    names = {name.strip() for cell in first_cells for name in cell.split(",")} - {"Package", "---"}
    assert names == {re.split(r"[<>=~]", each)[0] for each in wanted}


def setting_rows() -> list[str]:
    """A line of the table for each setting."""
    return [
        f"| `{PREFIX}{name.upper()}` | {usual(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def usual(default: object) -> str:
    """What holds when a setting is not set."""
    if default is None or default == Path() or default in ("", frozenset(), ()):
        return "-"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_every_setting_is_described() -> None:
    page = (ROOT / "docs/configure.md").read_text(encoding="utf-8")
    assert sorted(line for line in page.splitlines() if line.startswith(f"| `{PREFIX}")) == sorted(setting_rows())


@functools.cache
def catalogue() -> str:
    """The catalogue of rules as it should read."""
    return rules.document(rules.read(ROOT / "tests"))


def test_the_catalogue_of_rules_is_fresh() -> None:
    kept = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert kept == catalogue(), "stale: run python -m workflows.rules > docs/rules.md"


def test_every_rule_that_is_cited_is_in_the_catalogue() -> None:
    for room in ("models", "workflows", "service", "api", "tests"):
        for path in sorted((ROOT / room).rglob("*.py")):
            unknown = rules.cited(path.read_text(encoding="utf-8")) - set(rules.RULES)
            assert not unknown, f"{path.relative_to(ROOT)} cites {unknown}"


@pytest.mark.parametrize("rule", rules.RULES)
def test_every_rule_is_enforced_and_proved(rule: str) -> None:
    entry = re.search(rf"^### {rule}$.*?(?=^##|\Z)", catalogue(), re.DOTALL | re.MULTILINE)
    assert entry
    for fact in ("Source", "Enforced by", "Proved by"):
        assert re.search(rf"^- \*\*{fact}:\*\* \S", entry.group(), re.MULTILINE), f"{fact}: nothing"


def known_to_enforce() -> set[str]:
    """Everything that a rule can name beside guards: transitions, constraints of tables, settings, fixed texts."""
    laws = {repr(law) for workflow in ALL for law in workflow.laws}
    tables = SQLModel.metadata.tables.values()
    indexes = {str(index.name) for table in tables for index in table.indexes if index.unique}
    unique = {str(each.name) for table in tables for each in table.constraints if isinstance(each, UniqueConstraint)}
    settings = {f"settings.{name}" for name in PolicySettings.model_fields}
    working = {f"unit_of_work.{name}" for name in vars(UnitOfWork)}
    modules = (
        agendas,
        calendar_feeds,
        calendars,
        deadlines,
        cases,
        replies,
        training_notes,
        removal_help,
        statutory_time,
        audit,
        audit_verification,
        checkpoints,
        evidence_files,
        file_types,
        files,
        about_people,
        tallies,
        showing,
    )
    return laws | indexes | unique | settings | working | {each for module in modules for each in functions_of(module)}


def functions_of(module: ModuleType) -> set[str]:
    """The functions of a module, after its name."""
    return {f"{module.__name__.rpartition('.')[2]}.{name}" for name in vars(module)}


def test_what_is_said_to_enforce_a_rule_exists() -> None:
    assert {each for rule in rules.RULES.values() for each in rule.beside} <= known_to_enforce()


def sources_in(value: object) -> Iterable[str]:
    """Every source that a policy file names."""
    if isinstance(value, dict):
        yield from ([value["source"]] if isinstance(value.get("source"), str) else [])
        for each in value.values():
            yield from sources_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from sources_in(each)


def test_every_rule_of_a_document_stands_where_the_restated_document_has_it() -> None:
    library = [yaml.safe_load(each.read_text(encoding="utf-8")) for each in ROOT.glob("policies/*.yaml")]
    sources = {each["document"]["title"]: set(sources_in(each)) for each in library}
    for name, rule in rules.RULES.items():
        for title, places in {} if isinstance(rule.source, str) else rule.source.items():
            for place in places.split("; "):
                assert any(place in each for each in sources[title]), f"{name}: {title} has no {place}"


SPEAKS_OF_ITS_MAKING = re.compile(
    r"(?<!user-)\b(?:agents?|prompts?|blueprint|sketch|claude|copilot|llms?)\b|/work\b|/tmp/|/root\b|/home/",
    re.IGNORECASE,
)
REGISTRY = re.compile(r"pypi\.org|pythonhosted|npmjs|docker\.io|ghcr\.io|quay\.io|artifactory|index-url", re.IGNORECASE)
HERE = Path(__file__)


@pytest.mark.parametrize("pattern", [SPEAKS_OF_ITS_MAKING, REGISTRY], ids=["making", "registries"])
def test_the_project_speaks_of_itself_alone(pattern: re.Pattern[str]) -> None:
    """Nothing names the machine that it was written on, or where its packages come from."""
    for path, text in texts():
        found = pattern.search(text)
        assert path == HERE or not found, f"{path.relative_to(ROOT)}: {found}"


def test_no_lock_holds_an_address() -> None:
    locks = sorted(ROOT.glob("*.lock"))
    assert locks
    for each in locks:
        assert "://" not in each.read_text(encoding="utf-8")
        assert each.read_text(encoding="utf-8").count("--hash=sha256:") > 1
