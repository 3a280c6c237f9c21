"""`charter token`: a token to try things out with, where the service believes its own."""

from datetime import timedelta
from typing import Annotated

import typer
from pydantic import BaseModel, Field

from models.roles import INSTALLATION
from models.staff import Subject
from service.cli.terminal import checked_options, refuse, told_plainly
from service.house import embedded_issuer
from service.issuer import LONGEST_LIFETIME
from service.settings import Settings
from service.tokens import PRACTICE

LONGEST = LONGEST_LIFETIME // timedelta(minutes=1)


class _Wanted(BaseModel):
    person: Subject
    practice: Annotated[str, Field(pattern=f"^({PRACTICE.pattern})$")]


def token(
    person: Annotated[str, typer.Option(metavar="SUBJECT", help="Whom the token speaks for.")],
    practice: Annotated[str, typer.Option(help=f"At which practice: its ODS code, or {INSTALLATION} for an operator.")],
    minutes: Annotated[int, typer.Option(min=1, max=LONGEST, help="How long the token is good for.")] = LONGEST,
) -> None:
    """Print a token of the embedded issuer, which is for development alone.

    It proves who somebody is. What they may do, the staff directory says.
    """
    with checked_options():
        wanted = _Wanted(person=person, practice=practice)
    with told_plainly():
        settings = Settings()
        if not settings.embedded_issuer:
            refuse("Tokens come from the issuer that CHARTER_TOKEN_KEYS names: this service does not believe its own.")
        issuer = embedded_issuer(settings)
    typer.echo(issuer.issue(wanted.person, wanted.practice, timedelta(minutes=minutes)))
