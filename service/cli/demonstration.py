"""`charter demo`: invented practices to try things out with, the addresses and tokens that it takes, and the service."""

import errno
import logging
import shlex
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
import uvicorn

from models.posts import PostState
from models.roles import Role
from service.cli.documents import APPLICATION
from service.cli.serving import HOW_TO_SERVE
from service.cli.terminal import asked_of_house, refuse, told_plainly
from service.demo import Adopted, furnish, one_for_each_role, refuse_unless_embedded
from service.demo_people import GINGERBREAD_HOUSE, PRACTICES, Member
from service.house import embedded_issuer
from service.issuer import Issuer
from service.logs import configure_logs
from service.settings import Settings

HERE: Final = "127.0.0.1"
PORT: Final = 8000
PORTS_TRIED: Final = 20
LAST_PORT: Final = 65535
BANNER: Final = "Practice Charter. Demo data: every practice, person and post here is invented."


class AnnouncedServer(uvicorn.Server):
    """A server that says where it is once it answers there."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self.announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, and say so."""
        await super().startup(sockets)
        typer.echo(self.announcement)


def demo(
    port: Annotated[
        int, typer.Option(min=0, max=LAST_PORT, help="The port; when it is taken, the next that is free.")
    ] = PORT,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Put the data there, and don't serve.")] = False,
) -> None:
    """Put invented practices into the embedded database, and serve them on this machine alone.

    Started again it finds everything as it was left.
    """
    with told_plainly():
        settings = Settings()
        refuse_unless_embedded(settings)
    configure_logs(readable=True, level=logging.WARNING)
    practices = asked_of_house(furnish)
    issuer = embedded_issuer(settings)
    if no_serve:
        typer.echo(screen(f"http://{HERE}:{port}", practices, issuer))
        return
    door = open_door(port)
    found = door.getsockname()[1]
    if port not in (found, 0):
        typer.echo(f"Port {port} is taken, so this is on port {found}.\n")
    address = f"http://{HERE}:{found}"
    serve_on(door, f"{screen(address, practices, issuer)}\n\nReady at {address}/docs. Ctrl-C stops it.")


def open_door(port: int) -> socket.socket:
    """Listen at the port, or at the next that is free. Refuses when none of them is."""
    tried = range(port, min(port + PORTS_TRIED, LAST_PORT + 1)) if port else [0]
    opened = next(filter(None, map(listening, tried)), None)
    if opened is None:
        refuse(f"Port {port} and those after it are taken: name another one with --port.")
    return opened


def listening(port: int) -> socket.socket | None:
    """A door at this port, unless somebody else has it, or only the system's administrator may have it."""
    try:
        return socket.create_server((HERE, port))
    except OSError as refused:
        if refused.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
        raise


def serve_on(door: socket.socket, announcement: str) -> None:
    """Serve at a door that is open already, until somebody presses Ctrl-C."""
    server = AnnouncedServer(uvicorn.Config(APPLICATION, log_config=None, **HOW_TO_SERVE), announcement)
    try:
        server.run([door])
    except KeyboardInterrupt:
        typer.echo("Stopped. The data stay where they are.")


def screen(address: str, practices: Sequence[Adopted], issuer: Issuer) -> str:
    """All that somebody needs to begin with."""
    parts = [
        BANNER,
        places(address),
        adopted(practices),
        tokens(issuer),
        another_token(),
        first_request(address, issuer),
    ]
    return "\n\n".join(parts)


def places(address: str) -> str:
    """Where to look."""
    return columns(
        [
            ["Try it out", f"{address}/docs"],
            ["Read about it", f"{address}/redoc"],
            ["As a patient", f"{address}/practices/{GINGERBREAD_HOUSE.code}/guidance"],
            ["Is it ready", f"{address}/readyz"],
        ]
    )


def adopted(practices: Sequence[Adopted]) -> str:
    """Which practice works by which document."""
    rows = [[each.code, each.name, each.document] for each in practices]
    return f"Each practice works by a published policy, restated in policies/:\n{columns(rows)}"


def tokens(issuer: Issuer) -> str:
    """A token for every role at the first practice, each whole on its own line: a terminal wraps it, a copy does not."""
    home = GINGERBREAD_HOUSE.code
    rows = [[each.subject, roles_of(each), issuer.issue(each.subject, home)] for each in one_for_each_role()]
    return f"Who is who at {home}, and a token for each, good for an hour:\n{columns(rows)}"


def roles_of(member: Member) -> str:
    """What somebody is, in a few words."""
    deputy = [f"deputy of {member.deputy_for}"] if member.deputy_for else []
    return ", ".join([*(member.roles or (Role.STAFF,)), *deputy])


def another_token() -> str:
    """How to get a token for somebody else."""
    other = PRACTICES[1]
    return (
        f"Another token, for anybody at any of them (the practice manager of {other.code} is {other.manager.subject}):\n"
        f"  {own_name()} token --person {other.manager.subject} --practice {other.code}"
    )


def first_request(address: str, issuer: Issuer) -> str:
    """Something to paste that works."""
    reader = issuer.issue("pied-piper", GINGERBREAD_HOUSE.code)
    return (
        "What waits for the communications manager? Paste this:\n"
        f"curl -H 'Authorization: Bearer {reader}' '{address}/v1/posts?state={PostState.SUBMITTED}'"
    )


def own_name() -> str:
    """The command as it was called."""
    called = Path(sys.argv[0])
    return shlex.quote(str(called)) if called.name == "charter" else "charter"


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows whose cells stand under each other, the last as long as it is."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)][:-1]
    return "\n".join(f"  {'  '.join([*map(str.ljust, row, widths), row[-1]])}" for row in rows)
