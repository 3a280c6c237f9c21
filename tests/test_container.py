"""The Dockerfile makes an image that runs as nobody, as one process, with nothing left to build by."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LINTER = Path(sys.executable).with_name("hadolint")


def linted(text: str) -> list[str]:
    """What the linter says of a Dockerfile, by the codes of its rules."""
    said = subprocess.run(  # noqa: S603 - the linter that the environment brings, with arguments of our own
        [LINTER, "--no-color", "--format", "json", "-"], input=text, capture_output=True, text=True, check=False
    )
    return [each["code"] for each in json.loads(said.stdout)]


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction with what it says, lines that go on made one."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            name, _, said = line.strip().partition(" ")
            yield name, said.strip()


def faults(text: str) -> list[str]:
    """What the image would do that it must not."""
    every = list(instructions(text))
    stages = [place for place, (name, _) in enumerate(every) if name == "FROM"]
    last = every[stages[-1] :]
    said = dict(last)
    found = []
    if not re.fullmatch(r"python:3\.\d+(\.\d+)?-slim-\w+", dict(every).get("ARG", "").removeprefix("BASE=")):
        found.append("the base is of no version")
    if len(stages) < 2:
        found.append("what builds stays in the image")
    if "pip uninstall" not in " ".join(what for name, what in last if name == "RUN"):
        found.append("the base's installer stays in the image")
    if any(name == "ADD" for name, _ in every):
        found.append("something is fetched from wherever")
    commands = [each for name, what in every if name == "RUN" for each in what.split("&&")]
    installed = [each for each in commands if "pip install" in each]
    if not all("--require-hashes" in each or "--no-deps" in each for each in installed):
        found.append("something is installed without a hash")
    if not re.fullmatch(r"[1-9]\d{4,}:[1-9]\d{4,}", said.get("USER", "")):
        found.append("runs as root, or under a name that Kubernetes can't check")
    through_a_shell = (name for name in ("ENTRYPOINT", "CMD") if not said.get(name, "").startswith("["))
    found.extend(f"{name} goes through a shell" for name in through_a_shell)
    if "CMD [" not in said.get("HEALTHCHECK", ""):
        found.append("nobody asks whether it lives")
    return found


def test_the_linter_finds_nothing() -> None:
    assert linted(DOCKERFILE) == []


def test_the_image_is_what_it_should_be() -> None:
    assert faults(DOCKERFILE) == []


@pytest.mark.parametrize(
    ("was", "planted", "fault"),
    [
        ("USER 10001:10001", "USER root", "runs as root"),
        ("USER 10001:10001\n", "", "runs as root"),
        ('CMD ["serve"]', "CMD charter serve", "CMD goes through a shell"),
        ('ENTRYPOINT ["charter"]', "ENTRYPOINT charter", "ENTRYPOINT goes through a shell"),
        ("BASE=python:3.11-slim-bookworm", "BASE=python:latest", "of no version"),
        ("HEALTHCHECK", "LABEL", "nobody asks"),
        ("COPY api api", "ADD https://example.com/api api", "from wherever"),
        (
            "--require-hashes --requirement requirements-pdf.lock",
            "--requirement requirements-pdf.lock",
            "without a hash",
        ),
        ("python -m pip uninstall --yes", "python -m pip list", "installer stays"),
    ],
)
def test_a_planted_fault_is_found(was: str, planted: str, fault: str) -> None:
    assert was in DOCKERFILE
    assert fault in " ".join(faults(DOCKERFILE.replace(was, planted)))


def test_the_linter_is_at_work() -> None:
    assert "DL3002" in linted(DOCKERFILE.replace("USER 10001:10001", "USER root"))


def test_the_image_is_of_the_packages_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert re.findall(r'image\.version="(.*?)"', DOCKERFILE) == [version]


def test_only_settings_that_there_are_are_set() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(rf"({PREFIX}\w+)=", DOCKERFILE)) <= known


def test_all_that_the_package_needs_is_copied() -> None:
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"][
        "packages"
    ]
    copied = {what.split()[0] for name, what in instructions(DOCKERFILE) if name == "COPY"}
    allowed = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert set(rooms) <= copied
    assert set(rooms) <= allowed
