"""What is installed holds what is needed: the packages carry their templates, styles, fonts and documents."""

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
CARRIED = ("api/pages/templates", "api/pages/static", "service/documents", "policies")
"""Folders in which other files than modules stand."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr
    return folder


def carried() -> set[str]:
    """Every file of the project that is no module, and that a running service reads."""
    files = (path for folder in CARRIED for path in (ROOT / folder).rglob("*"))
    return {
        path.relative_to(ROOT).as_posix() for path in files if path.is_file() and path.suffix not in {".py", ".pyc"}
    }


def test_the_wheel_carries_templates_styles_fonts_and_policies(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (archive.read(each).decode() for each in names if each.endswith("/METADATA"))
    assert carried() <= names
    assert "Provides-Extra: pdf" in metadata
    assert "# Practice Charter" in metadata


def test_the_source_carries_its_documents(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {each.partition("/")[2] for each in archive.getnames()}
    assert {"README.md", "docs/README.md", "docs/guidance.md", "pyproject.toml"} <= names
    assert carried() <= names
