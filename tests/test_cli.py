"""The command line: what each command does, what it says, and with which code it ends."""

import asyncio
import json
import logging
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
import typer
import uvicorn
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from models.migrations import HEAD
from service.checkpoints import Checkpoints
from service.cli import charter, examination, serving
from service.cli.demonstration import LAST_PORT, PORTS_TRIED, AnnouncedServer, open_door
from service.demo_people import GINGERBREAD_HOUSE, PRACTICES
from service.house import open_house
from service.identity import Principal
from service.issuer import KEY_FILE
from service.logs import configure_logs
from service.settings import AUDIT_KEY_FILE, EMBEDDED_DATABASE, ISSUER_FOLDER, Settings
from service.sign_of_life import FRESH_FOR, give_sign
from service.sign_of_life import NAME as SIGN_OF_LIFE
from tests.databases import as_owner, empty_sqlite
from tests.house import HOME

LIBRARY = Path(__file__).parent.parent / "policies"
MARYPORT = str(LIBRARY / "maryport.yaml")
MOST_SECONDS = 30

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """Each command sets the logs up for its process; this process goes on."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet, which every command uses."""
    monkeypatch.setenv("CHARTER_DATA_FOLDER", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration in it, to copy."""
    made = tmp_path_factory.mktemp("demonstration") / "data"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHARTER_DATA_FOLDER", str(made))
        assert run("demo", "--no-serve").exit_code == 0
    return made


@pytest.fixture
def demonstration(folder: Path, demo_folder: Path) -> Path:
    """The demonstration, for one test."""
    shutil.copytree(demo_folder, folder)
    return folder


@pytest.fixture
def at_work(folder: Path, furnished: str, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001 - a folder has to be set
    """Five practices at work, in a database of each kind."""
    monkeypatch.setenv("CHARTER_DATABASE", furnished)
    return furnished


def run(*arguments: str) -> Result:
    """What a command says, and how it ends."""
    return CliRunner().invoke(charter, [str(each) for each in arguments])


def answered(*arguments: str) -> Any:
    """What a command answers a machine."""
    ended = run(*arguments, "--json")
    assert ended.exit_code == 0, ended.stderr
    return json.loads(ended.stdout)


def imported(*arguments: str) -> Result:
    return run("policies", "import", *arguments)


# In general


@pytest.mark.parametrize("command", ["", "serve", "policies import", "practices open", "demo"])
def test_every_command_explains_itself(command: str) -> None:
    ended = run(*command.split(), "--help")
    assert ended.exit_code == 0
    assert "Usage: " in ended.stdout


@pytest.mark.parametrize(
    "wrongly",
    [
        ["no-such-command"],
        ["policies", "import", MARYPORT],
        ["policies", "import", "--practice", HOME, "--as", "hansel"],
        ["token", "--person", "hansel", "--practice", HOME, "--minutes", "61"],
        ["token", "--person", "two words", "--practice", HOME],
        ["token", "--person", "hansel", "--practice", "zz-1"],
        ["practices", "open", "--code", "zz", "--name", "Mill", "--manager", "miller", "--manager-name", "Miller"],
    ],
)
def test_what_is_asked_wrongly_ends_with_2(folder: Path, wrongly: list[str]) -> None:
    assert run(*wrongly).exit_code == 2
    assert not folder.exists()


def test_settings_that_are_not_safe_are_told_in_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_MODE", "production")
    for command in (["practices", "list"], ["migrate"], ["serve"], ["clock", "--once"], ["demo"]):
        ended = run(*command)
        assert ended.exit_code == 1
        assert ended.stderr.startswith("CHARTER_TOKEN_KEYS: ")
        assert "Traceback" not in ended.stderr
    assert not folder.exists()


@pytest.mark.parametrize("command", [["practices", "list"], ["migrate"], ["clock", "--once"], ["serve"]])
@pytest.mark.usefixtures("folder")
def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE", "postgresql://somebody:secret@127.0.0.1:1/charter")
    ended = run(*command)
    assert ended.exit_code == 1
    assert ended.stderr.startswith("The database can't be reached")
    assert "secret" not in ended.stderr


# Policies


@pytest.mark.usefixtures("at_work")
def test_an_import_begins_a_draft_as_the_person_who_is_named() -> None:
    ended = imported(MARYPORT, "--practice", HOME, "--as", "rapunzel")
    assert ended.exit_code == 0, ended.stderr
    assert re.search(r"maryport\.yaml +Social media code of conduct for patients +2\.0 +draft", ended.stdout)
    draft, editor = asyncio.run(version_and_editor("2.0", "rapunzel"))
    assert draft.state == "draft"
    assert draft.edited_by == [editor]
    assert draft.adopted_from == draft.content.document.title
    assert draft.change_comment == f"Adopted from {draft.adopted_from}."


async def version_and_editor(number: str, subject: str) -> tuple[Any, str]:
    from models.policies import Policy  # noqa: PLC0415 - beside the only use
    from models.staff import StaffMember  # noqa: PLC0415 - as above

    async with open_house(Settings()) as house:
        (version,) = await house.store.find(Policy, HOME, {"number": number})
        (member,) = await house.store.find(StaffMember, HOME, {"subject": subject})
        return version.record, str(member.record.id)


def test_an_import_answers_machines(at_work: str) -> None:
    told = answered("policies", "import", MARYPORT, "--practice", HOME, "--as", "hansel")
    (row,) = told["imported"]
    assert (told["dry_run"], row["number"], row["state"], row["file"]) == (False, "2.0", "draft", MARYPORT)
    assert as_owner(at_work, "SELECT content_hash FROM policy WHERE number = '2.0'") == [(row["content_hash"],)]


@pytest.mark.parametrize("dry", [["--dry-run"], []])
def test_what_the_workflow_refuses_an_import_refuses(at_work: str, dry: list[str]) -> None:
    """POL-10, and the roles that edit policies; a dry run says so too."""
    assert imported(MARYPORT, "--practice", HOME, "--as", "hansel").exit_code == 0
    for person, sentence in {
        "hansel": "A version of this policy is being prepared already",
        "gretel": 'The step "create" takes one of: practice_manager, communications_manager.',
        "cinderella": 'The step "create" takes one of',
    }.items():
        ended = imported(MARYPORT, "--practice", HOME, "--as", person, *dry)
        assert (ended.exit_code, ended.stdout) == (1, "")
        assert ended.stderr.startswith(sentence)
    assert imported(MARYPORT, "--practice", HOME, "--as", "nobody", *dry).exit_code == 1
    assert imported(MARYPORT, "--practice", "ZZ0099", "--as", "hansel", *dry).stderr.startswith("No practice is open")
    assert len(as_owner(at_work, "SELECT id FROM policy WHERE practice = ?", HOME)) == 2


def test_a_dry_run_changes_nothing(at_work: str) -> None:
    told = answered("policies", "import", MARYPORT, "--practice", HOME, "--as", "hansel", "--dry-run")
    assert told["dry_run"] is True
    assert told["imported"][0]["state"] == "would be a draft"
    assert len(as_owner(at_work, "SELECT id FROM policy WHERE practice = ?", HOME)) == 1


def test_one_refused_file_and_nothing_is_imported(at_work: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("title: Abracadabra\nspell: Hocus pocus\n", encoding="utf-8")
    ended = imported(MARYPORT, str(tmp_path / "bad.yaml"), "--practice", HOME, "--as", "hansel")
    assert ended.exit_code == 1
    assert "bad.yaml is refused:" in ended.stderr
    assert "line 2: /spell: is not a known name here" in ended.stderr
    assert "pocus" not in ended.stderr
    assert len(as_owner(at_work, "SELECT id FROM policy WHERE practice = ?", HOME)) == 1


@pytest.mark.usefixtures("demonstration")
def test_a_folder_of_several_policies_is_refused_before_anything_happens() -> None:
    ended = imported(str(LIBRARY), "--practice", "ZZ0001", "--as", "cinderella")
    assert ended.exit_code == 1
    assert ended.stderr.startswith("5 files are too many")


def test_what_is_exported_can_be_imported_elsewhere_as_the_same(at_work: str, tmp_path: Path) -> None:
    """The file of the version in force becomes a version with the very same content hash."""
    exported = tmp_path / "exported.yaml"
    ended = run("policies", "export", "--practice", HOME, "--output", str(exported))
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert run("policies", "export", "--practice", HOME, "--version", "1").stdout == exported.read_text()
    assert imported(str(exported), "--practice", "ZZ0002", "--as", "hansel").exit_code == 0
    ((original,),) = as_owner(at_work, "SELECT content_hash FROM policy WHERE practice = ?", HOME)
    copies = as_owner(at_work, "SELECT content_hash FROM policy WHERE practice = 'ZZ0002' AND state = 'draft'")
    assert copies == [(original,)]


@pytest.mark.usefixtures("demonstration")
def test_an_export_that_cannot_be_is_refused(tmp_path: Path) -> None:
    for arguments, sentence in {
        (): "There are 5 practices: say which one",
        ("--practice", "ZZ0099"): "No practice is open under this code.",
        ("--practice", "ZZ0001", "--version", "9"): "There is no such version.",
        ("--practice", "ZZ0001", "--output", str(tmp_path / "nowhere" / "file.yaml")): "The file can't be written.",
    }.items():
        ended = run("policies", "export", *arguments)
        assert (ended.exit_code, ended.stdout) == (1, "")
        assert ended.stderr.startswith(sentence)


# Practices


def opened(code: str) -> Result:
    return run(
        "practices", "open", "--code", code, "--name", "The Mill", "--manager", "miller", "--manager-name",
        "The Miller", "--phone", "01632 960009",
    )  # fmt: skip


def test_a_practice_is_opened_at_the_machine_itself(at_work: str) -> None:
    """PRACTICE-1: once."""
    assert opened("ZZ0009").stdout == "ZZ0009 is open.\n"
    trail = as_owner(at_work, "SELECT kind, transition, actor, roles FROM audit_entry WHERE practice = 'ZZ0009'")
    assert sorted(trail) == [
        ("practice", "open_practice", "installation", '["operator"]'),
        ("staff_member", "appoint", "installation", '["operator"]'),
    ]
    again = opened("ZZ0009")
    assert (again.exit_code, again.stderr) == (1, "A practice with this code is open already.\n")


@pytest.mark.usefixtures("at_work")
def test_practices_are_listed_with_the_policy_in_force() -> None:
    assert opened("ZZ0009").exit_code == 0
    told = answered("practices", "list")["practices"]
    assert [each["code"] for each in told] == ["ZZ0001", "ZZ0002", "ZZ0003", "ZZ0004", "ZZ0005", "ZZ0009"]
    assert told[1] | {"name": ""} == {
        "code": "ZZ0002", "name": "", "policy": "Social media policy for patients", "version": "1.0",
    }  # fmt: skip
    assert (told[-1]["policy"], told[-1]["version"]) == (None, None)
    shown = run("practices", "list").stdout
    assert re.search(r"ZZ0002 .+Social media policy for patients +1\.0", shown)
    assert re.search(r"ZZ0009 +The Mill +- +-", shown)


# Tokens


def recognised(token: str) -> Principal:
    async def recognise() -> Principal:
        async with open_house(Settings()) as house:
            return await house.tokens.recognise(token)

    return asyncio.run(recognise())


@pytest.mark.parametrize("practice", ["ZZ0001", "INSTALLATION"])
@pytest.mark.usefixtures("folder")
def test_a_token_proves_who_somebody_is(practice: str) -> None:
    ended = run("token", "--person", "hansel", "--practice", practice, "--minutes", "5")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", ended.stdout)
    assert recognised(ended.stdout.strip()) == Principal("hansel", practice)


@pytest.mark.parametrize("mode", ["production", "development"])
def test_where_another_issuer_is_named_no_token_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setenv("CHARTER_MODE", mode)
    monkeypatch.setenv("CHARTER_TOKEN_ISSUER", "https://id.example.com")
    monkeypatch.setenv("CHARTER_TOKEN_KEYS", "https://id.example.com/keys")
    ended = run("token", "--person", "hansel", "--practice", HOME)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "CHARTER_TOKEN_KEYS" in ended.stderr
    assert not (folder / ISSUER_FOLDER).exists()


# The database and the clock


@pytest.mark.usefixtures("folder")
def test_a_database_of_ones_own_is_brought_up_to_date_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTER_DATABASE", empty_sqlite(tmp_path))
    before = run("practices", "list")
    assert before.exit_code == 1
    assert "Run `charter migrate`" in before.stderr
    assert run("migrate").stdout == f"The database is at {HEAD}.\n"
    assert run("migrate").exit_code == 0
    assert answered("practices", "list") == {"practices": []}


def test_the_embedded_database_is_made_where_it_belongs(folder: Path) -> None:
    assert run("migrate").exit_code == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / EMBEDDED_DATABASE).exists()


@pytest.mark.usefixtures("at_work")
def test_the_clock_goes_round_once() -> None:
    ended = run("clock", "--once")
    assert ended.exit_code == 0
    assert re.fullmatch(r"Practices: 5\. Records changed: 15\. Checkpoints: \d+\. Failures: 0\.\n", ended.stdout)
    again = run("clock", "--once")
    assert re.fullmatch(r"Practices: 5\. Records changed: 0\. Checkpoints: \d+\. Failures: 0\.\n", again.stdout)


@pytest.mark.usefixtures("demonstration")
def test_a_round_on_which_something_failed_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(*_: Any) -> None:
        raise ValueError("Abracadabra")

    monkeypatch.setattr("service.clock._go_to", failing)
    ended = run("clock", "--once")
    assert (ended.exit_code, ended.stdout) == (1, "Practices: 5. Records changed: 0. Checkpoints: 5. Failures: 5.\n")
    assert "Abracadabra" not in ended.stderr


@pytest.mark.usefixtures("demonstration")
def test_the_clock_goes_round_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds: list[int] = []

    async def go_round_for_ever(house: Any, checkpoints: Checkpoints, came_round: Callable[[], None]) -> None:
        assert len(checkpoints.folders) == 2
        assert run("clock", "--check").exit_code == 1
        came_round()
        rounds.append(len(await house.store.practice_codes()))

    monkeypatch.setattr(serving, "go_round_for_ever", go_round_for_ever)
    assert run("clock").exit_code == 0
    assert rounds == [5]
    assert run("clock", "--check").exit_code == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (timedelta(0), 0), (FRESH_FOR - timedelta(minutes=1), 0), (FRESH_FOR + timedelta(seconds=1), 1),
        (timedelta(hours=-1), 1), (None, 1), ("nonsense", 1), ("2026-11-22T09:30:00", 1),
    ],
    ids=str,
)  # fmt: skip
def test_a_clock_that_did_not_come_round_lately_is_told_from_one_that_goes(
    folder: Path, said: timedelta | str | None, code: int
) -> None:
    folder.mkdir(mode=0o700)
    if isinstance(said, timedelta):
        give_sign(folder, datetime.now(UTC) - said)
        assert [each.name for each in folder.iterdir()] == [SIGN_OF_LIFE]
    elif said:
        (folder / SIGN_OF_LIFE).write_text(said)
    assert run("clock", "--check").exit_code == code
    assert {each.name for each in folder.iterdir()} <= {SIGN_OF_LIFE}


def test_a_clock_that_cannot_say_that_it_goes_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with capture_logs() as logged:
        give_sign(tmp_path / "file", datetime.now(UTC))
    assert [each["event"] for each in logged] == ["no_sign_of_life"]


# The generated documents


def test_documents_are_written_once_and_held_against_what_is_there(folder: Path, tmp_path: Path) -> None:
    where = ("--folder", str(tmp_path / "openapi"), "--inventory", str(tmp_path / "docs" / "routes.tsv"))
    missing = run("openapi", "--check", *where)
    assert (missing.exit_code, list(tmp_path.iterdir())) == (1, [])
    written = run("openapi", *where)
    assert (written.exit_code, written.stdout.count("is written.")) == (0, 3)
    assert (
        run("openapi", "--check", *where).stdout == run("openapi", *where).stdout == "The documents are up to date.\n"
    )
    document = (tmp_path / "openapi" / "openapi.json").read_text()
    parsed = json.loads(document)
    assert document == f"{json.dumps(parsed, indent=2, sort_keys=True, ensure_ascii=False)}\n"
    assert "/v1/posts/{record_id}/approve" in parsed["paths"]
    (tmp_path / "openapi" / "workflows.md").write_text("old")
    stale = run("openapi", "--check", *where)
    assert stale.exit_code == 1
    assert "workflows.md" in stale.stderr
    assert "openapi.json" not in stale.stderr
    assert not folder.exists()


def test_the_description_is_the_same_whatever_the_settings_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ("--folder", str(tmp_path), "--inventory", str(tmp_path / "routes.tsv"))
    assert run("openapi", *where).exit_code == 0
    monkeypatch.setenv("CHARTER_MODE", "production")
    monkeypatch.setenv("CHARTER_DOCUMENTATION_ON", "false")
    assert run("openapi", "--check", *where).exit_code == 0


# The examination


def examined() -> dict[str, tuple[bool, str]]:
    told = json.loads(run("doctor", "--json").stdout)
    return {each["what"]: (each["ok"], each["remark"]) for each in told}


def test_before_anything_is_there_all_is_well_and_looking_makes_nothing(folder: Path) -> None:
    ended = run("doctor")
    assert ended.exit_code == 0
    assert ended.stdout.count("not there yet") == 5
    assert not folder.exists()


def test_an_installation_at_work_is_well(at_work: str) -> None:
    assert run("practices", "list").exit_code == 0
    assert examined()["database"] == (True, f"at {HEAD}")
    assert run("doctor").exit_code == 0
    assert as_owner(at_work, "SELECT count(*) FROM practice") == [(5,)]


@pytest.mark.parametrize(
    ("key", "what"), [(AUDIT_KEY_FILE, "audit key"), (f"{ISSUER_FOLDER}/{KEY_FILE}", "issuer's key")]
)
def test_a_key_that_others_can_read_is_found(demonstration: Path, key: str, what: str) -> None:
    (demonstration / key).chmod(0o644)
    ended = run("doctor")
    assert ended.exit_code == 1
    assert re.search(rf"{what} +WRONG", ended.stdout)


def test_a_folder_that_cannot_be_written_to_is_found(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda path, _: path != demonstration)  # root may write anywhere
    assert examined()["data folder"] == (False, "can't be written to by this account")


def test_a_folder_for_files_is_looked_at(demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "files"
    monkeypatch.setenv("CHARTER_FILE_FOLDER", str(kept))
    assert examined()["file folder"] == (True, "not there yet: it is made on first use")
    kept.mkdir(mode=0o755)
    assert examined()["file folder"][0] is False
    kept.chmod(0o700)
    assert examined()["file folder"] == (True, "can be written to")
    monkeypatch.setattr("os.access", lambda path, _: path != kept)  # root may write anywhere
    assert examined()["file folder"] == (False, "can't be written to by this account")
    assert demonstration.exists()


@pytest.mark.usefixtures("folder")
def test_a_database_behind_this_release_is_found_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = empty_sqlite(tmp_path)
    monkeypatch.setenv("CHARTER_DATABASE", address)
    assert examined()["database"] == (False, "not there: run charter migrate")
    Path(address.removeprefix("sqlite:///")).touch()
    assert "Run `charter migrate`" in examined()["database"][1]
    assert run("doctor").exit_code == 1


def test_looking_at_an_embedded_database_does_not_bring_it_up_to_date(folder: Path) -> None:
    folder.mkdir()
    (folder / EMBEDDED_DATABASE).touch()
    assert "Run `charter migrate`" in examined()["database"][1]
    assert as_owner(f"sqlite:///{folder / EMBEDDED_DATABASE}", "SELECT name FROM sqlite_master") == []


def test_settings_that_are_not_safe_are_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_MODE", "production")
    well, remark = examined()["settings"]
    assert not well
    assert remark.startswith("CHARTER_TOKEN_KEYS")
    assert not folder.exists()


@pytest.mark.parametrize(
    ("moment", "remark"),
    [
        (datetime(2025, 12, 31, tzinfo=UTC), "stands before this release was made"),
        (datetime(2026, 1, 2, tzinfo=UTC), "stands before the time at which a practice was opened here"),
        (datetime.now(UTC) + timedelta(days=1), "differs from that of the disk on which the data folder lies"),
    ],
)
@pytest.mark.usefixtures("demonstration")
def test_a_clock_that_cannot_be_right_is_found(monkeypatch: pytest.MonkeyPatch, moment: datetime, remark: str) -> None:
    monkeypatch.setattr(examination, "now", lambda: moment)
    assert examined()["clock"] == (False, remark)


# The demonstration


def without_tokens(said: str) -> str:
    return re.sub(r"[\w-]+\.[\w-]+\.[\w-]{80,}", "TOKEN", said)


def test_the_screen_says_all_that_it_takes_to_begin(demonstration: Path) -> None:
    ended = run("demo", "--no-serve", "--port", "8765")
    assert (ended.exit_code, ended.stderr) == (0, "")
    said = ended.stdout
    assert said.startswith("Practice Charter. Demo data: ")
    for place in ("docs", "redoc", "practices/ZZ0001/guidance", "readyz"):
        assert f"http://127.0.0.1:8765/{place}\n" in said
    for plan in PRACTICES:
        assert re.search(rf"{plan.code}  {plan.name} +\S+", said)
    assert "token --person jack --practice ZZ0002" in said
    assert len(said.splitlines()) < 40
    assert (demonstration / EMBEDDED_DATABASE).exists()


@pytest.mark.usefixtures("demonstration")
def test_every_token_on_the_screen_stands_whole_on_its_line_and_works() -> None:
    said = run("demo", "--no-serve").stdout
    found = re.findall(r"^  (\S+)  +.+  (\S+\.\S+\.\S+)$", said, re.MULTILINE)
    tokens = [(subject, token) for subject, token in found if len(token) > 200]
    assert len(tokens) == 9
    for subject, token in tokens:
        assert recognised(token) == Principal(subject, GINGERBREAD_HOUSE.code)


@pytest.mark.usefixtures("demonstration")
def test_the_screen_is_the_same_a_second_time_but_for_the_tokens() -> None:
    first, second = (without_tokens(run("demo", "--no-serve").stdout) for _ in range(2))
    assert first == second
    assert first.count("TOKEN") == 10


@pytest.mark.usefixtures("folder")
def test_there_is_no_demonstration_in_a_database_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTER_DATABASE", f"sqlite:///{tmp_path}/records.db")
    ended = run("demo", "--no-serve")
    assert ended.exit_code == 1
    assert ended.stderr.startswith("Demo data go into the embedded database")


def test_a_port_that_is_taken_gives_way_to_the_next_that_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with open_door(port) as door:
            assert port < door.getsockname()[1] < port + PORTS_TRIED


def test_when_every_port_is_taken_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", LAST_PORT)), pytest.raises(typer.Exit):
        open_door(LAST_PORT)
    assert "taken: name another one with --port" in capsys.readouterr().err


def test_the_demonstration_is_served_as_its_screen_says(demonstration: Path) -> None:
    """The request on the screen works, and Ctrl-C ends it without a fuss."""
    command = [sys.executable, "-c", "from service.cli import main; main()", "demo", "--port", "0"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    try:
        said = until_ready(served)
        (request,) = re.findall(r"^curl .+$", said, re.MULTILINE)
        _, _, header, address = shlex.split(request)
        name, _, value = header.partition(": ")
        answer = httpx.get(address, headers={name: value}, timeout=MOST_SECONDS)
        assert (answer.status_code, len(answer.json()["items"])) == (200, 1)
        for place in re.findall(r"  (http://\S+)$", said, re.MULTILINE):
            assert httpx.get(place, timeout=MOST_SECONDS).status_code == 200
    finally:
        served.send_signal(signal.SIGINT)
        rest, errors = served.communicate(timeout=MOST_SECONDS)
    assert (served.returncode, errors) == (0, "")
    assert rest.endswith("Stopped. The data stay where they are.\n")
    assert (demonstration / EMBEDDED_DATABASE).exists()


def until_ready(served: "subprocess.Popen[str]") -> str:
    assert served.stdout
    said = ""
    for line in served.stdout:
        said += line
        if line.startswith("Ready at "):
            return said
    raise AssertionError(f"it ended before it was ready: {said}")


# Serving


@pytest.mark.usefixtures("demonstration")
def test_the_service_is_started_as_the_settings_say_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda application, **how: begun.append({"application": application, **how}))
    monkeypatch.setenv("CHARTER_PORT", "8123")
    assert run("serve").exit_code == 0
    assert run("serve", "--host", "127.0.0.2", "--port", "0", "--reload").exit_code == 0
    assert [(each["host"], each["port"], each["reload"]) for each in begun] == [
        ("127.0.0.1", 8123, False),
        ("127.0.0.2", 0, True),
    ]
    for each in begun:
        assert each["application"] == "api.app:create_app"
        assert (each["factory"], each["http"], each["access_log"]) == (True, "httptools", False)


@pytest.mark.usefixtures("folder")
def test_a_server_that_could_not_start_announces_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    async def no_application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG001 - as a server calls it
        raise ValueError

    server = AnnouncedServer(uvicorn.Config(no_application, lifespan="on", log_config=None), "Ready.")
    with socket.create_server(("127.0.0.1", 0)) as door, pytest.raises(SystemExit):
        server.run([door])
    assert "Ready." not in capsys.readouterr().out


# Logs


@pytest.mark.parametrize("readable", [True, False])
def test_a_fault_is_logged_with_its_kind_and_place_and_without_its_words(
    capsys: pytest.CaptureFixture[str], readable: bool
) -> None:
    configure_logs(readable=readable)
    for log in (structlog.get_logger("house"), logging.getLogger("library")):
        try:
            int("Abracadabra")
        except ValueError:
            log.exception("broken")
    told = capsys.readouterr()
    assert told.out == ""
    assert "Abracadabra" not in told.err
    lines = told.err.splitlines()
    assert len(lines) == 2
    assert all("ValueError" in line and "test_cli.py:" in line for line in lines)
    if not readable:
        assert [json.loads(line)["logger"] for line in lines] == ["house", "library"]
