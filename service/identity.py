"""Who is asking: a person or a machine, acting for one practice. What they may do there is not said here."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a token was refused: for the log alone, the caller always reads the same sentence."""

    NO_TOKEN = "no_token"  # noqa: S105 - a reason, not a secret
    UNREADABLE = "unreadable"
    TOO_LONG = "too_long"
    HEADER = "header"
    ALGORITHM = "algorithm"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    TIMES = "times"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    SUBJECT = "subject"
    TOKEN_ID = "token_id"  # noqa: S105 - a reason, not a secret
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a verified token speaks for: its subject, at the practice with this ODS code (or `INSTALLATION`)."""

    subject: str
    practice: str


class NotRecognised(Exception):
    """Send a bearer token that proves who is asking."""

    def __init__(self, reason: Reason = Reason.NO_TOKEN) -> None:
        super().__init__()
        self.reason = reason

    def __str__(self) -> str:
        return self.__doc__ or ""
