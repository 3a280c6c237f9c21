"""The README is true: the day in it goes as it says, and the transition in it is added by the one file that it names."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import fresh_sqlite
from tests.house import HOME, appoint, house_over, open_practice, publish_policy
from workflows import diagrams

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8000"
READY = re.compile(r"Ready at (http://127\.0\.0\.1:\d+)/docs")
STEP = re.compile(
    r"^```sh\n(?P<said>.*?)^```\n(?:```(?:json|text)\n(?P<answered>.*?)^```\n)?", re.DOTALL | re.MULTILINE
)
PIECES = re.compile(r"^```python\n(.*?)^```\n", re.DOTALL | re.MULTILINE)
BETWEEN = "-- next --"


def undisturbed(folder: Path) -> dict[str, str]:
    """The environment of a newcomer, whose data are kept in this folder."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("CHARTER_")}
    return {**ours, "CHARTER_DATA_FOLDER": str(folder)}


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[str]:
    """A demonstration as `make run` serves it, on a free port: its address."""
    command = [str(Path(sys.executable).with_name("charter")), "demo", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=undisturbed(tmp_path), stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own command
        assert server.stdout
        said = ""
        for line in server.stdout:
            said += line
            if ready := READY.search(line):
                yield ready.group(1)
                break
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    assert READY.search(said), said


def test_the_day_in_the_readme_goes_as_it_says(demonstration: str, tmp_path: Path) -> None:
    steps = list(STEP.finditer(README))
    script = f"\necho '{BETWEEN}'\n".join(each["said"] for each in steps).replace(ADDRESS, demonstration)

    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail"],  # noqa: S607 - whichever bash a newcomer has
        input=script, cwd=ROOT, env=undisturbed(tmp_path), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    answered = [each.strip() for each in done.stdout.split(BETWEEN)]
    assert answered == [(each["answered"] or "").strip() for each in steps]


def test_the_day_in_the_readme_has_all_that_a_day_has() -> None:
    answers = "\n".join(each["answered"] or "" for each in STEP.finditer(README))
    assert all(f"\n{status}\n" in f"\n{answers}" for status in (200, 201, 403, 422))
    assert [line.split()[1] for line in answers.splitlines() if re.match(r"\d \w+ to ", line)] == [
        "write", "edit", "submit", "approve", "publish", "publish", "reply",
    ]  # fmt: skip


@pytest.fixture
def copy_with_reminders(tmp_path: Path) -> Path:
    """A copy of the project with the README's transition in the one file that it names, and its story beside."""
    copy = tmp_path / "copy"
    for folder in ("api", "models", "policies", "service", "tests", "workflows"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / file, copy)
    law, story = PIECES.findall(README)
    with (copy / "workflows/posts.py").open("a", encoding="utf-8") as posts:
        posts.write(f"\n\n{law}")
    (copy / "tests/test_reminders.py").write_text(story, encoding="utf-8")
    return copy


def run_in(copy: Path, *arguments: str) -> str:
    """What Python says when it runs this in a copy of the project."""
    environment = undisturbed(copy / "data") | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_transition_in_the_readme_is_added_by_one_file_and_its_story(copy_with_reminders: Path) -> None:
    told = run_in(
        copy_with_reminders, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "sqlite", "tests/test_reminders.py"
    )
    assert "1 passed" in told

    facts = json.loads(run_in(copy_with_reminders, "-m", "tests.test_readme").splitlines()[-1])

    assert facts["law"]["path"] == "/v1/posts/{record_id}/remind"
    assert facts["openapi"]["summary"] == facts["law"]["meaning"]
    assert {"200", "401", "403", "404", "409", "412", "422", "428"} <= facts["openapi"]["responses"].keys()
    assert facts["offered"] == ["pull_back", "remind"]
    assert [(each["source"], each["target"], each["version"]) for each in facts["entries"]] == [
        ("submitted", "submitted", 3)
    ]
    assert [(each["type"], each["audiences"]) for each in facts["events"]] == [("post.remind", ["communications"])]
    assert re.search(r"^    submitted --> submitted: .*\bremind\b", facts["document"], re.MULTILINE)
    assert re.search(r"^\| remind \|.* yes \|", facts["document"], re.MULTILINE)
    assert "### Post: remind" in facts["document"]


def reminded() -> dict[str, Any]:
    """What the house in which this runs shows of a reminder. Only a copy with the README's transition has one."""
    with tempfile.TemporaryDirectory() as named, house_over(fresh_sqlite(Path(named)), Path(named) / "data") as house:
        open_practice(house, HOME)
        for person in ("gretel", "rapunzel", "goldilocks"):
            appoint(house, person, HOME)
        publish_policy(house, "aspiro", HOME)
        post = house.submitted("goldilocks")
        house.does("goldilocks", "remind", post)
        laws = house.reads("hansel", "/v1/workflows/posts")["transitions"]
        described = house.client.get("/openapi.json").json()["paths"]
        return {
            "law": next(each for each in laws if each["name"] == "remind"),
            "openapi": described["/v1/posts/{record_id}/remind"]["post"],
            "offered": post.json()["available_transitions"],
            "entries": house.reads("hansel", "/v1/audit-entries?transition=remind")["items"],
            "events": house.reads("hansel", "/v1/events?type=post.remind")["items"],
            "document": diagrams.document(),
        }


if __name__ == "__main__":
    print(json.dumps(reminded()))  # noqa: T201 - the test that runs this reads it
