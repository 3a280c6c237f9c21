"""The regulator of data protection, as it is named and reached from a day on."""

from datetime import date
from typing import Annotated

from pydantic import Field

from models.practices import Phone
from models.record import Payload
from models.text import Address, Line


class Regulator(Payload):
    """What it is called in a sentence, since which day (Europe/London), and how it is reached."""

    name: Line
    since: date
    website: Address
    phone: Phone
    address: Annotated[tuple[Line, ...], Field(max_length=8)] = ()
    source: str = ""
