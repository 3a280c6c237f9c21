"""The `charter` command: serve, migrate, import policies, try things out, and see whether all is well."""

import typer

from service.cli.audit import audit, checkpoint
from service.cli.backup import backup
from service.cli.deadlines import deadlines
from service.cli.demonstration import demo
from service.cli.documents import openapi
from service.cli.examination import doctor
from service.cli.keys import keys
from service.cli.policies import policies
from service.cli.policy_insights import diff, lint
from service.cli.practices import practices
from service.cli.serving import clock, migrate, serve
from service.cli.tokens import token
from service.logs import configure_logs
from service.settings import Settings, SettingsRefused

charter = typer.Typer(
    name="charter",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for command in (serve, migrate, backup, demo, clock, checkpoint, deadlines, doctor, token, openapi):
    charter.command()(command)
policies.command()(lint)
policies.command()(diff)
charter.add_typer(audit, name="audit")
charter.add_typer(policies, name="policies")
charter.add_typer(practices, name="practices")
charter.add_typer(keys, name="keys")


@charter.callback()
def begin() -> None:
    """Run a GP practice's patient social-media and acceptable-use policy."""
    configure_logs(readable=not in_production())


def in_production() -> bool:
    """Whether machines read what is logged. Settings that are not safe are told by the command that needs them."""
    try:
        return Settings().production
    except SettingsRefused:
        return False


def main() -> None:
    """Run the command that was asked for."""
    charter()
