"""How the tables came to be as they are, step by step. A migration is history: it never imports the models."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD: Final = "0020"
"""The newest step: the one that this release expects a database to be at."""


def upgrade(connection: "Connection") -> None:
    """Take the steps that a database has not taken yet, inside the connection's transaction: none if a later release was there.

    A step only adds. What it adds can be left empty or has a default, so that the release before works on the same tables.
    """
    from alembic import command  # noqa: PLC0415 - a process that serves need not carry what it never uses
    from alembic.migration import MigrationContext  # noqa: PLC0415 - as above

    if (MigrationContext.configure(connection).get_current_revision() or "") > HEAD:
        return
    steps = configuration()
    steps.attributes["connection"] = connection
    command.upgrade(steps, HEAD)


def configuration() -> "Config":
    """Where Alembic finds the steps. A configuration file of its own would say nothing more."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    steps = Config()
    steps.set_main_option("script_location", __path__[0].replace("%", "%%"))
    return steps
