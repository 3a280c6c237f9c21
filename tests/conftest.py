"""What tests ask for: a house on each of the two databases. A PostgreSQL that is missing fails them; none is ever skipped."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from api import app
from tests.databases import copy_of, drop, fresh_postgres, fresh_sqlite, pytest_sessionfinish
from tests.house import House, furnish, house_over
from tests.postgres import pytest_configure, pytest_unconfigure, server
from tests.sharing import pytest_collection_modifyitems

__all__ = ["pytest_collection_modifyitems", "pytest_configure", "pytest_sessionfinish", "pytest_unconfigure"]

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is no defect of what it tests


@pytest.fixture(scope="session", autouse=True)
def rounds_wound_by_hand() -> Iterator[None]:
    """In a house of these tests time goes round only where a test says so: a slow minute is no part of any story."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "ticking", lambda *_: nullcontext())
        yield


@pytest.fixture(scope="session")
def postgres() -> str:
    """A server's address, as its superuser."""
    return server()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated, empty database of each kind."""
    made = fresh_sqlite(tmp_path) if request.param == "sqlite" else fresh_postgres(request.getfixturevalue("postgres"))
    yield made
    drop(made)


@pytest.fixture
def empty_house(database: str, tmp_path: Path) -> Iterator[House]:
    """A house in which no practice is open yet."""
    with house_over(database, tmp_path / "data") as house:
        yield house


@pytest.fixture(scope="session")
def show_homes() -> dict[str, str]:
    """Furnished databases to copy, each made on first use."""
    return {}


@pytest.fixture
def furnished(
    database: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, show_homes: dict[str, str]
) -> Iterator[str]:
    """A database of each kind with five practices at work in it."""
    kind = database.partition(":")[0]
    if kind not in show_homes:
        folder = tmp_path_factory.mktemp("show-home")
        show_homes[kind] = copy_of(database, folder)
        with house_over(show_homes[kind], folder / "data") as house:
            furnish(house)
    made = copy_of(show_homes[kind], tmp_path)
    yield made
    drop(made)


@pytest.fixture
def house(furnished: str, tmp_path: Path) -> Iterator[House]:
    """A house with five practices at work in it: Monday 2 March 2026, noon."""
    with house_over(furnished, tmp_path / "data") as house:
        yield house
