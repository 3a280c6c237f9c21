"""What people say of letters: that they were sent, came back, and are to be written anew."""

from __future__ import annotations

from typing import Any

from models.letters import ContactCheck, Replacement, Return, Sending, SendingWay
from tests.laws import DAY, MOMENTS, NOON, always

SAID: dict[Any, Any] = {
    Sending: always(
        Sending(way=SendingWay.POST, to="1 Gingerbread Lane", checked=ContactCheck.AS_ON_RECORD),
        Sending(way=SendingWay.POST, to="1 Gingerbread Lane", checked=ContactCheck.PUBLIC),
        Sending(way=SendingWay.PUBLISHED, to="Our page", checked=ContactCheck.PUBLIC),
        Sending(way=SendingWay.POST, to="The wood", checked=ContactCheck.GIVEN_IN_PERSON, sent_at=NOON - DAY),
        Sending(way=SendingWay.POST, to="The wood", checked=ContactCheck.GIVEN_IN_PERSON, sent_at=MOMENTS[2] + DAY),
    ),
    Return: always(
        Return(reason="Nobody lives there.", returned_on=NOON.date()),
        Return(reason="Nobody lives there.", returned_on=NOON.date() - DAY),
        Return(reason="Nobody lives there.", returned_on=MOMENTS[2].date() + DAY),
    ),
    Replacement: always(Replacement(reason="The name was wrong.")),
}
