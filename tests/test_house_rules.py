"""The house keeps its own rules: what no linter knows, read from the code as it stands."""

import ast
import functools
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from sqlmodel import SQLModel

import service.database  # noqa: F401 - with it every table is known
from models.posts import Post, PostDraft, PostState, ReplyDraft, ReplyTemplate
from models.practices import Contacts, InForce
from models.record import Draft, Payload
from models.roles import Role
from models.settings import DEFAULTS, PolicySettings
from workflows import posts as post_laws
from workflows.engine import Act
from workflows.registry import ALL
from workflows.replies import wording
from workflows.roles import Person, PracticeInForce

ROOT = Path(__file__).parent.parent
ROOMS = ("models", "workflows", "service", "api")
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
EVERYTHING = [*CODE, *sorted((ROOT / "tests").rglob("*.py"))]
LONGEST_FILE = 400
LONGER_WITH_REASON = {
    "workflows/engine.py": "the machine stands on one page",
}
DRIVERS = {"aiosqlite", "asyncpg", "psycopg", "sqlite3"}
WRITES_SQL = {"delete", "insert", "select", "update"}
SQL = re.compile(r"\b(?:SELECT\s|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b|PRAGMA\b)")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
SPEAKS_SQL = ("models/migrations/", "service/store/", "service/database.py")
"""The store, the migrations, and what brings the migrations to a database."""


def name(path: Path) -> str:
    """A file as the project knows it."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def parsed(path: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def assigned(tree: ast.AST) -> Iterator[ast.expr]:
    """Everything that something is assigned to, by a statement or by `setattr` under a name that can be read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (each for target in node.targets for each in getattr(target, "elts", [target]))
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            yield node.target


def imported(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Every module that is imported, and the names that are taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((each.name, set()) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", {each.name for each in node.names}


def sentences(tree: ast.AST) -> Iterator[str]:
    """Every text in the code that is not a docstring."""
    documented = [node for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and ast.get_docstring(node)]
    documents = {id(each.value) for node in documented for each in node.body[:1] if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def payloads() -> set[type[BaseModel]]:
    """Everything that a person can send, to whatever they may ask for."""
    wanted = (law.payload for workflow in ALL for law in workflow.laws if law.by)
    return {each for each in wanted if each and issubclass(each, BaseModel)}


@pytest.mark.parametrize("path", CODE, ids=name)
def test_only_the_engine_sets_a_state(path: Path) -> None:
    if name(path) == "workflows/engine.py":
        return
    tree = parsed(path)
    written = [each for each in assigned(tree) if isinstance(each, ast.Attribute) and each.attr == "state"]
    spelled = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr"
        if isinstance(node.args[1], ast.Constant) and node.args[1].value == "state"
    ]
    assert not written + spelled


def test_the_engine_sets_it_in_one_place() -> None:
    written = [each for each in assigned(parsed(ROOT / "workflows/engine.py")) if isinstance(each, ast.Attribute)]
    assert [each.attr for each in written].count("state") == 1


def test_nothing_that_a_person_sends_says_a_state() -> None:
    """Effects copy what was sent field by field: a payload with a state would set it."""
    sent = payloads()
    assert sent
    assert all(not {"state", "version", "practice", "id"} & each.model_fields.keys() for each in sent)


@pytest.mark.parametrize("path", sorted((ROOT / "workflows").rglob("*.py")), ids=name)
def test_no_law_begins_a_record_in_a_state_of_its_own(path: Path) -> None:
    calls = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    kinds = {workflow.kind.__name__ for workflow in ALL}
    for each in calls:
        if isinstance(each.func, ast.Name) and each.func.id in kinds:
            assert "state" not in {keyword.arg for keyword in each.keywords}


@pytest.mark.parametrize("path", CODE, ids=name)
def test_only_the_store_speaks_sql(path: Path) -> None:
    if name(path).startswith(SPEAKS_SQL):
        return
    tree = parsed(path)
    for module, names in imported(tree):
        assert module.partition(".")[0] not in DRIVERS, f"imports the driver {module}"
        assert module.partition(".")[0] not in {"sqlalchemy", "sqlmodel"} or not names & WRITES_SQL, f"from {module}"
    assert not [each for each in sentences(tree) if SQL.search(each)]


def test_only_the_unit_of_work_writes() -> None:
    """POST-7: nothing else in the house hands a change to the store."""
    changing = [
        name(path)
        for path in CODE
        if not name(path).startswith("service/store/")
        for module, names in imported(parsed(path))
        if module == "service.store" and names & {"Change", "Write"}
    ]
    assert changing == ["service/unit_of_work.py"]


def test_no_way_leads_to_the_public_around_the_approval() -> None:
    """POST-7: one transition leads there, and it asks for the approval; no draft begins beyond it."""
    leads_there = [each for each in post_laws.posts.transitions.values() if each.to == PostState.PUBLISHED]
    assert leads_there == [post_laws.publish]
    assert post_laws.as_approved in post_laws.publish.guards
    assert [each.starts for each in ALL if each is post_laws.posts] == [PostState.DRAFT]
    assert not [law for workflow in ALL for law in workflow.laws if post_laws.publish in law.entails]


def test_no_role_may_do_everything() -> None:
    """POST-7: no administrator either."""
    asked = [law for workflow in ALL for law in workflow.laws if law.by]
    for role in Role:
        assert any(role not in PracticeInForce("ZZ0001", Contacts()).holders(each) for law in asked for each in law.by)
    assert all(Role.OPERATOR not in law.by or law.name == "open_practice" for law in asked)


def test_the_engine_knows_nothing_but_the_standard_library() -> None:
    for module, _ in imported(parsed(ROOT / "workflows/engine.py")):
        assert module == "workflows.refusals" or module.partition(".")[0] in sys.stdlib_module_names
    for module, _ in imported(parsed(ROOT / "workflows/refusals.py")):
        assert module.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(parsed(path))


def test_one_module_knows_the_token_library() -> None:
    using = {name(path) for path in CODE for module, _ in imported(parsed(path)) if module.partition(".")[0] == "jose"}
    assert using == {"service/signatures.py"}


def test_every_table_belongs_to_a_practice_and_is_walled_off() -> None:
    """One row of one practice is never shown to another: no table is without the wall."""
    tables = set(SQLModel.metadata.tables)
    migrations = sorted((ROOT / "models/migrations/versions").glob("[0-9]*.py"))
    walled = {
        node.args[0].value
        for path in migrations
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "protect"
        if isinstance(node.args[0], ast.Constant)
    }
    assert all("practice" in table.c for table in SQLModel.metadata.tables.values())
    assert walled == tables


def test_every_kind_has_a_law_a_table_and_one_file_name() -> None:
    for workflow in ALL:
        kind: type[Any] = workflow.kind
        assert kind.__module__.partition(".")[2] == workflow.resource
        room = ROOT / "workflows" / workflow.resource
        assert room.with_suffix(".py").is_file() or (room / "__init__.py").is_file()
        assert [each for each in kind.__subclasses__() if hasattr(each, "__table__")]


def test_files_stay_small() -> None:
    """Some are longer for a reason; a reason that is not needed any more goes."""
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {path for path, length in lengths.items() if length > LONGEST_FILE} == set(LONGER_WITH_REASON)


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_whoever_silences_a_checker_says_why(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        for silenced in re.findall(r"# (?:noqa|type: ignore)(?=[\[:]).*", line):
            reason = re.sub(r"^# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z, -]+\])", "", silenced)
            assert re.match(r"\s+(?:- |# )\w", reason), f"no reason: {line.strip()}"


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_no_test_is_skipped(path: Path) -> None:
    marks = {"skip", "skipif", "xfail", "importorskip"}
    used = {node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)}
    assert not marks & used


def test_payloads_refuse_what_they_do_not_know() -> None:
    for each in payloads():
        assert each.model_config.get("extra") == "forbid"
        assert issubclass(each, Payload | Draft)


IN_FORCE = InForce(policy_id=UUID(int=1), number="1.0", title="Conduct", settings=DEFAULTS)
LATER = IN_FORCE.model_copy(update={"policy_id": UUID(int=2), "number": "2.0"})


def working_by(in_force: InForce | None, *roles: Role) -> Act:
    """Somebody asks at a practice that works by this version."""
    return Act(Person("hansel", frozenset(roles)), PracticeInForce("ZZ0001", Contacts(), in_force), datetime.now(UTC))


def a_post_under(in_force: InForce | None) -> Post:
    """A post that was written under a version."""
    draft = PostDraft.model_validate(
        {
            "purpose": "News", "text": "Flu clinic on Saturday.", "platforms": ["facebook"],
            "declaration": {
                "related_to_practice": True, "specific_to_practice": True, "clinical_information": False,
                "identifies_patient": False,
            },
        }
    )  # fmt: skip
    (begun,) = post_laws.write.apply(draft, working_by(in_force, Role.PRACTICE_MANAGER))
    post: Post = begun.record
    return post


def test_a_post_names_the_version_under_which_it_was_written() -> None:
    """POL-8: and none where none was in force."""
    assert a_post_under(IN_FORCE).policy_id == IN_FORCE.policy_id
    assert a_post_under(None).policy_id is None


def test_an_approval_names_the_version_under_which_it_was_given() -> None:
    """POL-8: the version in force then, and not the one under which the post was written."""
    post, act = a_post_under(IN_FORCE), working_by(LATER, Role.COMMUNICATIONS_MANAGER)
    settings = PolicySettings.model_validate({"platform_accounts": {"value": [{"platform": "facebook"}]}})
    practice = PracticeInForce("ZZ0001", Contacts(), LATER.model_copy(update={"settings": settings}))
    act = replace(act, practice=practice, found={"everybody_here": []})
    post_laws.submit.apply(post, act)
    post_laws.approve.apply(post, replace(act, actor=Person("gretel", act.actor.roles)))

    assert post.approval
    assert (post.policy_id, post.approval.policy_id) == (LATER.policy_id, LATER.policy_id)


def said(template: ReplyTemplate, contacts: Contacts | None = None) -> str:
    """A fixed text, where the practice can be reached so."""
    return wording(template, PracticeInForce("ZZ0001", contacts or Contacts()))


def test_medical_information_is_turned_away_and_sent_on() -> None:
    """C-15, C-16, C-17: not answered here, nor by e-mail, and whoever is in need reads where to turn."""
    answer = said(ReplyTemplate.MEDICAL_QUESTION, Contacts(email="surgery@example.com"))
    assert "we don't answer it here" in answer
    assert "@" not in answer
    assert "999" in answer
    assert "111" in answer


@pytest.mark.parametrize("template", ReplyTemplate)
def test_no_reply_tells_whether_anybody_is_a_patient(template: ReplyTemplate) -> None:
    """INC-19, POST-8: the same words to everybody, and none of them about the one who asked."""
    answer = said(template, Contacts(phone="01632 960001"))
    assert not re.search(r"\b(?:patients?|registered|you are|you were|your)\b", answer)


def test_a_reply_is_made_of_a_template_and_a_practice_and_nothing_else() -> None:
    """INC-19, POST-8: what somebody wrote, and who they are, can't get into it."""
    assert list(signature(wording).parameters) == ["template", "practice"]
    assert set(ReplyDraft.model_fields) == {"platform", "template", "comment_url"}
