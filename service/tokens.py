"""Bearer tokens, verified: the only place where a token is believed.

The library checks the signature and nothing else: its own readings of headers, keys and claims are more trusting than
a service can be. What is checked here follows RFC 8725 (best current practices for tokens) and RFC 9068.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, TypeGuard

from models.roles import INSTALLATION
from service.identity import NotRecognised, Principal, Reason
from service.key_sources import NO_KEYS, Clock, SigningKey, SigningKeys, canonical_bytes, strict_object
from service.signatures import MakeReady, NotSigned, PublicKey, VerifyingKey

SECOND: Final = timedelta(seconds=1)
LONGEST_TOKEN: Final = 4096
LONGEST_TEXT: Final = 255
LONGEST_LIFETIME: Final = timedelta(hours=1) // SECOND
LEEWAY: Final = timedelta(seconds=30) // SECOND
REMEMBERED_FOR: Final = timedelta(seconds=60) // SECOND
REMEMBERED_AT_MOST: Final = 10_000

HEADER_MEMBERS: Final = frozenset({"alg", "typ", "kid"})
# Media types are compared without regard to case (RFC 7515, section 4.1.9); the longer form is as good (RFC 9068, section 4).
TYPES: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})
PRACTICE: Final = re.compile(rf"[A-Z0-9]{{3,10}}|{INSTALLATION}")


class Tokens:
    """Tells whom a token speaks for, and remembers for a moment the tokens that it has verified.

    `issuer` and `audience` are what every token must name; `clock` tells the time in UTC; `make_ready` is the library that
    checks signatures.
    """

    def __init__(
        self, keys: SigningKeys, issuer: str, audience: str, clock: Clock, make_ready: MakeReady = PublicKey
    ) -> None:
        self._keys = keys
        self._make_ready = make_ready
        self._issuer = issuer
        self._audience = audience
        self._clock = clock
        self._published = NO_KEYS
        self._ready: Mapping[str, VerifyingKey] = {}
        self._remembered: OrderedDict[bytes, tuple[float, float, Principal]] = OrderedDict()

    async def recognise(self, token: str) -> Principal:
        """As `principal`, fetching keys first where they are due, or again where the token names an unknown one.

        It waits for nothing unless there is something to fetch. Raises `NotRecognised`.
        """
        if self._keys.due():
            await self._keys.refresh()
        try:
            return self.principal(token)
        except NotRecognised as refusal:
            if refusal.reason is not Reason.UNKNOWN_KEY or not await self._keys.ask_again():
                raise
        return self.principal(token)

    def principal(self, token: str) -> Principal:
        """Whom the token speaks for, by the keys at hand. Raises `NotRecognised`, for every fault alike."""
        now = self._clock().timestamp()
        try:
            fingerprint = sha256(_bounded(token)).digest()
            return self._recalled(fingerprint, now) or self._verified(token, fingerprint, now)
        except NotRecognised as refusal:
            reason = refusal.reason
        except Exception:  # noqa: BLE001 - whatever a hostile token breaks, it is a token that proves nothing
            reason = Reason.UNREADABLE
        # Raised out here, so that no earlier exception, which may quote the token, hangs on to it.
        raise NotRecognised(reason)

    def _recalled(self, fingerprint: bytes, now: float) -> Principal | None:
        since, until, principal = self._remembered.get(fingerprint, (0.0, 0.0, None))
        return principal if since <= now < until else None

    def _verified(self, token: str, fingerprint: bytes, now: float) -> Principal:
        claims = self._signed_claims(token)
        expires = _check_times(claims, now)
        principal = self._principal_of(claims)
        self._remember(fingerprint, (now, min(expires, now + REMEMBERED_FOR), principal))
        return principal

    def _signed_claims(self, token: str) -> Mapping[str, Any]:
        header, _, _ = (canonical_bytes(segment) for segment in token.split("."))
        key = self._key_for(strict_object(header))
        try:
            return strict_object(key.signed_by_it(token))
        except NotSigned:
            raise NotRecognised(Reason.SIGNATURE) from None

    def _key_for(self, header: Mapping[str, Any]) -> VerifyingKey:
        kind, name = header.get("typ"), header.get("kid")
        if not HEADER_MEMBERS.issuperset(header) or not isinstance(kind, str) or kind.lower() not in TYPES:
            raise NotRecognised(Reason.HEADER)
        if not isinstance(name, str):
            raise NotRecognised(Reason.HEADER)
        published = self._current_keys()
        if name not in published:
            raise NotRecognised(Reason.UNKNOWN_KEY)
        if header.get("alg") != published[name].algorithm:
            raise NotRecognised(Reason.ALGORITHM)
        return self._ready[name]

    def _current_keys(self) -> Mapping[str, SigningKey]:
        published = self._keys.current()
        if published is not self._published:
            self._ready = {name: self._make_ready(key.members, key.algorithm) for name, key in published.items()}
            self._published = published
        return published

    def _principal_of(self, claims: Mapping[str, Any]) -> Principal:
        subject, practice = claims.get("sub"), claims.get("practice")
        _require(claims.get("iss") == self._issuer, Reason.ISSUER)
        _require(self._audience in _audiences(claims.get("aud")), Reason.AUDIENCE)
        if not _is_plain_text(subject):
            raise NotRecognised(Reason.SUBJECT)
        _require(_is_plain_text(claims.get("jti")), Reason.TOKEN_ID)
        if not isinstance(practice, str) or not PRACTICE.fullmatch(practice):
            raise NotRecognised(Reason.PRACTICE)
        return Principal(subject, practice)

    def _remember(self, fingerprint: bytes, verified: tuple[float, float, Principal]) -> None:
        while len(self._remembered) >= REMEMBERED_AT_MOST:
            self._remembered.popitem(last=False)
        self._remembered[fingerprint] = verified


def _bounded(token: str) -> bytes:
    _require(len(token) <= LONGEST_TOKEN, Reason.TOO_LONG)
    return token.encode("ascii")


def _check_times(claims: Mapping[str, Any], now: float) -> int:
    expires, issued, not_before = claims.get("exp"), claims.get("iat"), claims.get("nbf")
    if type(expires) is not int or type(issued) is not int or type(not_before) is not int:
        raise NotRecognised(Reason.TIMES)
    _require(0 < expires - issued <= LONGEST_LIFETIME, Reason.TIMES)
    _require(now < expires + LEEWAY, Reason.TIMES)
    _require(max(issued, not_before) <= now + LEEWAY, Reason.TIMES)
    return expires


def _audiences(claimed: object) -> list[str]:
    audiences = [claimed] if isinstance(claimed, str) else claimed
    if not isinstance(audiences, list) or not all(isinstance(audience, str) for audience in audiences):
        raise NotRecognised(Reason.AUDIENCE)
    return audiences


def _is_plain_text(claimed: object) -> TypeGuard[str]:
    """Neither empty, long, padded nor with anything that does not show: such text names nobody, or two alike."""
    if not isinstance(claimed, str) or not 0 < len(claimed) <= LONGEST_TEXT:
        return False
    return claimed.isprintable() and claimed == claimed.strip()


def _require(held: bool, reason: Reason) -> None:
    if not held:
        raise NotRecognised(reason)
