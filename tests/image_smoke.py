"""The image itself, started as it will be: as nobody, on a file system that can't be written to, against a PostgreSQL.

Not among the tests that always run: it needs an image and an engine to run it. `make image` builds the one and finds the other.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

from models.roles import INSTALLATION
from service.issuer import Issuer
from tests.databases import empty_postgres
from tests.house import OPERATOR
from tests.postgres import server

IMAGE = os.environ["CHARTER_IMAGE"]
ENGINE = os.environ["CHARTER_IMAGE_ENGINE"]
NOBODY = 10001
STARTS_WITHIN = 60.0  # seconds
ISSUER = "https://login.example.com"
SECRETS, DATA, SCRATCH = "/etc/charter", "/var/lib/charter", "/tmp"  # noqa: S108 - within the container


@dataclass(frozen=True, slots=True)
class Installation:
    """What a container is given: settings, files of secrets, and a folder for its data."""

    secrets: Path
    data: Path
    environment: Mapping[str, str]


class Engine(ABC):
    """What runs an image on a read-only root, as the user that it names, with all rights taken away."""

    @abstractmethod
    def command(self, installation: Installation, *arguments: str) -> list[str]:
        """The command that runs the image in the foreground."""

    @abstractmethod
    def looked_into(self, command: str) -> subprocess.CompletedProcess[str]:
        """What a shell's command says within the image, as its user."""

    def close(self) -> None:  # noqa: B027 - most engines leave nothing behind
        """Let go of what the engine holds."""


class Daemon(Engine):
    """Docker or Podman."""

    LEAST = ("--rm", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--network=host")

    def command(self, installation: Installation, *arguments: str) -> list[str]:
        """Run, with the secrets and the data mounted."""
        environment = [f"--env={name}={value}" for name, value in installation.environment.items()]
        mounts = [f"--volume={installation.secrets}:{SECRETS}:ro", f"--volume={installation.data}:{DATA}"]
        return [ENGINE, "run", *self.LEAST, f"--tmpfs={SCRATCH}", *environment, *mounts, IMAGE, *arguments]

    def looked_into(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a shell instead."""
        return told([ENGINE, "run", *self.LEAST, "--entrypoint=sh", IMAGE, "-c", command])


class Chroot(Engine):
    """Buildah's mounted image, made read-only and entered as the user that it names: for machines without a daemon."""

    def __init__(self) -> None:
        """Mount the image, and read how it wants to be run."""
        self.container = told([ENGINE, "from", "--pull-never", IMAGE]).stdout.strip()
        self.root = Path(told([ENGINE, "mount", self.container]).stdout.strip())
        self.config = json.loads(told([ENGINE, "inspect", "--type=image", IMAGE]).stdout)["OCIv1"]["config"]

    def command(self, installation: Installation, *arguments: str) -> list[str]:
        """Mount in a name space of its own, so that nothing of it is left when the command ends."""
        mounts = f"""
            mount --bind {self.root} {self.root} && cd {self.root}
            mkdir -p .{SECRETS} && mount --bind {installation.secrets} .{SECRETS}
            mount --bind {installation.data} .{DATA}
            mount -t tmpfs -o mode=1777 scratch .{SCRATCH} && mount -t proc proc ./proc
            mount --bind /dev ./dev
            mount -o remount,ro,bind {self.root} && mount -o remount,ro,bind .{SECRETS}
        """
        wanted = [*self.config["Entrypoint"], *(arguments or self.config["Cmd"])]
        return self._entered(mounts, installation.environment, wanted)

    def looked_into(self, command: str) -> subprocess.CompletedProcess[str]:
        """The same with a shell, and without anything mounted."""
        mounts = f"mount --bind {self.root} {self.root} && cd {self.root} && mount -o remount,ro,bind {self.root}"
        return told(self._entered(mounts, {}, ["sh", "-c", command]))

    def close(self) -> None:
        """Forget the container."""
        told([ENGINE, "rm", self.container])

    def _entered(self, mounts: str, environment: Mapping[str, str], wanted: list[str]) -> list[str]:
        user, _, group = self.config["User"].partition(":")
        told_of = [*self.config["Env"], *(f"{name}={value}" for name, value in environment.items())]
        nobody = [
            "setpriv",
            f"--reuid={user}",
            f"--regid={group}",
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set=-all",
        ]
        # The chroot is root's to enter; what runs in it is not root any more.
        inside = ["env", "-i", *told_of, *nobody, "--", *wanted]
        return ["unshare", "--mount", "sh", "-e", "-c", f'{mounts}\nexec chroot . "$@"', "sh", *inside]


def told(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """The engine that `make image` found."""
    found = Chroot() if Path(ENGINE).name == "buildah" else Daemon()
    yield found
    found.close()


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """An empty database, as its owner, at an address of this machine: the tests' server listens on a socket alone."""
    address = make_url(empty_postgres(server()))
    listens_at = Path(str(address.query["host"])) / f".s.PGSQL.{address.query['port']}"
    with forwarded(listens_at) as port:
        yield f"postgresql://{address.username}@127.0.0.1:{port}/{address.database}"


@contextmanager
def forwarded(path: Path) -> Iterator[int]:
    """A port that leads to a socket, for as long as somebody holds on to it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=lead, args=(listening, path), daemon=True).start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)


def lead(listening: socket.socket, path: Path) -> None:
    """Take each connection to the socket."""
    while True:
        try:
            here, _ = listening.accept()
        except OSError:
            return  # it is shut
        there = socket.socket(socket.AF_UNIX)
        there.connect(str(path))
        for one, other in ((here, there), (there, here)):
            threading.Thread(target=pass_on, args=(one, other), daemon=True).start()


def pass_on(one: socket.socket, other: socket.socket) -> None:
    """Say to the other whatever one says, until either has gone."""
    with suppress(OSError), one:
        while said := one.recv(65536):
            other.sendall(said)
        other.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """Whoever issues the organisation's tokens."""
    folder = tmp_path_factory.mktemp("login") / "issuer"
    return Issuer(folder, ISSUER, "practice-charter", lambda: datetime.now(UTC), production=False)


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, database: str, issuer: Issuer) -> Installation:
    """All that production asks for, the secrets as files that the group alone reads."""
    folder = tmp_path_factory.mktemp("installation")
    folder.chmod(0o711)
    secrets, data = folder / "secrets", folder / "data"
    for each in (secrets, data):
        each.mkdir(mode=0o750)
        os.chown(each, NOBODY, NOBODY)
    data.chmod(0o700)
    for name, said in kept(database, issuer).items():
        (secrets / name).parent.mkdir(mode=0o755, exist_ok=True)
        (secrets / name).write_text(said)
        (secrets / name).chmod(0o440)
        os.chown(secrets / name, 0, NOBODY)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "CHARTER_PORT": str(port), "CHARTER_HOST": "127.0.0.1", "CHARTER_OPERATORS": OPERATOR,
        "CHARTER_DATABASE_FILE": f"{SECRETS}/database", "CHARTER_AUDIT_KEY_FILE": f"{SECRETS}/audit.key",
        "CHARTER_TOKEN_ISSUER": ISSUER, "CHARTER_TOKEN_KEYS": f"{SECRETS}/keys.json",
        "CHARTER_ENCRYPTION_KEYS": f"{SECRETS}/encryption",
    }  # fmt: skip
    return Installation(secrets, data, environment)


def kept(database: str, issuer: Issuer) -> dict[str, str]:
    """The files of secrets: the service's own login, and its owner's for the migration."""
    login = make_url(database).set(username="charter_smoke").render_as_string(hide_password=False)
    return {
        "audit.key": os.urandom(32).hex(),
        "encryption/0001.key": os.urandom(32).hex(),
        "database": login,
        "owner": database,
        "keys.json": json.dumps(issuer.jwks()),
    }


@contextmanager
def running(engine: Engine, installation: Installation) -> Iterator[str]:
    """The service, as the image starts it by itself; afterwards it is asked to end, and does."""
    port = installation.environment["CHARTER_PORT"]
    process = subprocess.Popen(engine.command(installation))  # noqa: S603 - our own command
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        assert process.wait(STARTS_WITHIN) in {0, -15, 143}


def wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    """Ask until it can work."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail("it never became ready")


def test_nothing_is_left_to_build_by(engine: Engine) -> None:
    found = engine.looked_into("python -m pip --version || command -v uv gcc make hatchling || echo nothing")
    assert found.stdout.strip() == "nothing"


def test_it_is_nobody_and_can_write_to_nothing(engine: Engine) -> None:
    said = engine.looked_into("id -u; touch /opt/charter/planted /planted /etc/planted 2>/dev/null || echo refused")
    assert said.stdout.split() == [str(NOBODY), "refused"]


def test_it_migrates_serves_and_answers(
    engine: Engine, installation: Installation, database: str, issuer: Issuer
) -> None:
    as_owner = {**installation.environment, "CHARTER_DATABASE_FILE": f"{SECRETS}/owner"}
    told(engine.command(Installation(installation.secrets, installation.data, as_owner), "migrate"))
    psql(database, "CREATE ROLE charter_smoke LOGIN IN ROLE charter_app")

    with running(engine, installation) as address:
        operator = {"Authorization": f"Bearer {issuer.issue(OPERATOR, INSTALLATION)}"}
        draft = {"code": "ZZ0009", "name": "Gingerbread House", "manager": {"subject": "hansel", "name": "Hansel"}}
        opened = httpx.post(f"{address}/v1/practices", json=draft, headers=operator, trust_env=False)
        assert opened.status_code == 201, opened.text
        manager = {"Authorization": f"Bearer {issuer.issue('hansel', 'ZZ0009')}"}
        listed: Any = httpx.get(f"{address}/v1/staff", headers=manager, trust_env=False).json()
        assert [each["subject"] for each in listed["items"]] == ["hansel"]
        assert httpx.get(f"{address}/livez", trust_env=False).status_code == 200

    psql(database, "DROP OWNED BY charter_smoke; DROP ROLE charter_smoke")


def psql(address: str, sql: str) -> None:
    """Tell the database something, as its owner."""
    import psycopg  # noqa: PLC0415 - only here

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.encode())


def test_the_engine_is_there() -> None:
    assert shutil.which(ENGINE)
