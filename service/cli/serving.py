"""`charter serve`, `charter clock` and `charter migrate`: what keeps an installation running."""

from functools import partial
from typing import Annotated, Any, Final

import typer
import uvicorn

from models.migrations import HEAD
from service.checkpoints import Checkpoints, Listed, checkpoint_everywhere, checkpoints_of
from service.cli.documents import APPLICATION
from service.cli.terminal import asked_of_house, refuse, told_plainly
from service.clock import Round, go_round, go_round_for_ever
from service.database import migrate as migrate_database
from service.house import House, now
from service.settings import Settings
from service.sign_of_life import give_sign, gives_signs

HOW_TO_SERVE: Final[dict[str, Any]] = {
    "factory": True,
    "http": "httptools",
    "access_log": False,
    "server_header": False,
}
"""The service logs requests itself, without addresses."""


def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on, instead of CHARTER_HOST.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="The port, instead of CHARTER_PORT.")] = None,
    reload: Annotated[bool, typer.Option("--reload", help="Begin anew whenever the code changes.")] = False,
) -> None:
    """Serve the API."""
    with told_plainly():
        settings = Settings()
    if reload and settings.production:
        refuse("--reload is for development: in production the code that was started is the code that serves.")
    asked_of_house(_can_be_opened)
    uvicorn.run(
        APPLICATION,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
        reload=reload,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=[str(each) for each in settings.trusted_proxies],
        log_config=uvicorn.config.LOGGING_CONFIG if reload else None,
        **HOW_TO_SERVE,
    )


def clock(
    once: Annotated[bool, typer.Option("--once", help="Go round the practices once, and end.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only tell whether the clock with this data folder came round lately.")
    ] = False,
) -> None:
    """Let time ask for what falls to it, such as letting an approval lapse: once a minute, at every practice.

    Every few minutes it makes checkpoints of the audit trail. In development, and with SQLite, the service does this itself.
    """
    with told_plainly():
        settings = Settings()
        if check:
            _tell_whether_it_goes(settings)
            return
        checkpoints = checkpoints_of(settings)
    if not once:
        came_round = partial(_came_round, settings)
        asked_of_house(lambda house: go_round_for_ever(house, checkpoints, came_round))
        return
    done, listed = asked_of_house(lambda house: _one_round(house, checkpoints))
    typer.echo(
        f"Practices: {done.practices}. Records changed: {done.changed}. Checkpoints: {listed.lines}. "
        f"Failures: {done.failed + listed.failed}."
    )
    if done.failed or listed.failed:
        refuse("Some failed: the log says which.")


def migrate() -> None:
    """Bring the database up to date, as a role that may change its tables."""
    with told_plainly():
        settings = Settings()
        if settings.embedded_database:
            settings.make_data_folder()
        migrate_database(settings)
    typer.echo(f"The database is at {HEAD}.")


def _tell_whether_it_goes(settings: Settings) -> None:
    if not gives_signs(settings.data_folder, now()):
        refuse("The clock did not come round lately.")
    typer.echo("The clock goes round.")


def _came_round(settings: Settings) -> None:
    give_sign(settings.data_folder, now())


async def _one_round(house: House, checkpoints: Checkpoints) -> tuple[Round, Listed]:
    return await go_round(house), await checkpoint_everywhere(house, checkpoints)


async def _can_be_opened(house: House) -> bool:
    """Whether the house stands: what is wrong with it is told before the server begins, in a sentence."""
    return bool(await house.store.revision())
