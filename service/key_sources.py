"""The keys that an issuer of tokens publishes: fetched from the one place that the installation names, and vetted.

Nothing in a token ever chooses where keys come from.
"""

import asyncio
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric import ec, rsa

FRESH_FOR: Final = timedelta(minutes=10)
STALE_FOR_AT_MOST: Final = timedelta(hours=24)
ASK_AGAIN_AFTER: Final = timedelta(minutes=5)
RETRY_AFTER: Final = timedelta(seconds=30)
DEADLINE: Final = timedelta(seconds=5)
LARGEST_DOCUMENT: Final = 64 * 1024
SHORTEST_RSA_KEY: Final = 2048

RSA_ALGORITHMS: Final = frozenset({"RS256", "RS512"})
CURVES: Final[Mapping[str, tuple[str, ec.EllipticCurve]]] = MappingProxyType(
    {"ES256": ("P-256", ec.SECP256R1()), "ES384": ("P-384", ec.SECP384R1())}
)
SECRET_MEMBERS: Final = frozenset({"k", "d", "p", "q", "dp", "dq", "qi", "oth"})
THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost"})

Fetch = Callable[[], Awaitable[bytes]]
Clock = Callable[[], datetime]

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class KeysRefused(Exception):
    """The signing keys could not be fetched, or are not safe to use."""


class _Unusable(Exception):
    """One key among several that this service does not verify with."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key that passed vetting, with the one algorithm that it may verify (RFC 7517)."""

    key_id: str
    algorithm: str
    members: Mapping[str, str]


NO_KEYS: Final[Mapping[str, SigningKey]] = MappingProxyType({})


class SigningKeys:
    """An issuer's keys, as last fetched: fresh for ten minutes, and kept for a day while they cannot be fetched again.

    `clock` tells the time in UTC. `ask_again_after` is the least time between two fetches that an unknown key's name
    may cause, so that nobody without a token can make this service call out at will.
    """

    def __init__(self, fetch: Fetch, clock: Clock, *, ask_again_after: timedelta = ASK_AGAIN_AFTER) -> None:
        self._fetch = fetch
        self._clock = clock
        self._ask_again_after = ask_again_after
        self._keys = NO_KEYS
        self._fetched_at = self._due_at = self._may_ask_at = datetime.min.replace(tzinfo=UTC)
        self._fetching = asyncio.Lock()

    def current(self) -> Mapping[str, SigningKey]:
        """The keys by name: the same object until they are fetched again, and empty when there are none to trust."""
        return self._keys if self._clock() < self._fetched_at + STALE_FOR_AT_MOST else NO_KEYS

    def due(self) -> bool:
        """Whether it is time to fetch the keys again, and nobody has begun to."""
        return self._clock() >= self._due_at

    async def load(self) -> None:
        """Fetch the keys now. Raises `KeysRefused`, and then keeps those that were there."""
        started = self._clock()
        self._due_at = started + RETRY_AFTER
        try:
            keys = await self._fetched()
        except KeysRefused:
            self._may_ask_at = max(self._may_ask_at, started + RETRY_AFTER)
            raise
        self._keys, self._fetched_at, self._due_at = keys, started, started + FRESH_FOR

    async def ask_again(self) -> bool:
        """Look for a key that is not among those at hand: true when there was a new fetch to look in."""
        if self._fetching.locked():
            async with self._fetching:
                return True
        if self._clock() < self._may_ask_at:
            return False
        self._may_ask_at = self._clock() + self._ask_again_after
        return await self.refresh()

    async def refresh(self) -> bool:
        """Fetch the keys again, and say whether that succeeded; if not, go on with those at hand."""
        async with self._fetching:
            try:
                await self.load()
            except KeysRefused as refusal:
                log.warning("signing_keys_not_refreshed", reason=str(refusal))
                return False
            return True

    async def _fetched(self) -> Mapping[str, SigningKey]:
        try:
            return vetted(await self._fetch())
        except KeysRefused:
            raise
        except Exception as problem:  # whatever breaks a fetch, the keys at hand must go on serving
            raise KeysRefused(f"The signing keys could not be fetched: {type(problem).__name__}.") from problem


def keys_in_file(path: Path) -> Fetch:
    """Keys from a JWKS file, read again whenever they are due."""

    def read() -> bytes:
        with path.open("rb") as file:
            document = file.read(LARGEST_DOCUMENT + 1)
        _refuse_large(len(document))
        return document

    async def fetch() -> bytes:
        return await asyncio.to_thread(read)

    return fetch


def keys_at_address(address: str, *, deadline: timedelta = DEADLINE) -> Fetch:
    """Keys from a JWKS address: https, or http on this machine. Raises `KeysRefused` for any other address.

    The deadline is for the whole answer: a time limit on each read alone would let an answer drip for ever.
    """
    _refuse_unsafe(address)
    asked = {"Accept": "application/json", "Accept-Encoding": "identity"}

    async def fetch() -> bytes:
        async with (
            asyncio.timeout(deadline.total_seconds()),
            httpx.AsyncClient(trust_env=False, follow_redirects=False, headers=asked) as client,
            client.stream("GET", address) as answer,
        ):
            return await _body(answer)

    return fetch


def keys_in_document(document: Mapping[str, Any]) -> Fetch:
    """Keys from a JWKS that is at hand, such as the embedded issuer's."""

    async def fetch() -> bytes:
        return json.dumps(document).encode()

    return fetch


def vetted(document: bytes) -> Mapping[str, SigningKey]:
    """The keys of a JWKS that may verify tokens, by name (RFC 7517).

    A key for another use, of another kind, too weak, or without a name and an algorithm is left out. Raises
    `KeysRefused` for a document that shows a secret, names two keys alike, or leaves nothing to verify with.
    """
    published = _published(document)
    _refuse_secrets(published)
    _refuse_twins(published)
    usable, faults = {}, []
    for member in published:
        try:
            key = _signing_key(member)
        except _Unusable as fault:
            faults.append(str(fault))
        else:
            usable[key.key_id] = key
    if faults:
        log.info("signing_keys_left_out", faults=faults)
    if not usable:
        raise KeysRefused("None of the published keys can verify a token.")
    return MappingProxyType(usable)


def strict_object(text: bytes) -> dict[str, Any]:
    """A JSON object in UTF-8, in which nothing is said twice. Raises `ValueError`, or `RecursionError` when deep."""
    found = json.loads(text.decode("utf-8"), object_pairs_hook=_nothing_twice, parse_constant=_refuse_constant)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def canonical_bytes(text: str) -> bytes:
    """The bytes behind base64url without padding (RFC 7515, section 2). Raises `ValueError` for any other spelling."""
    decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if urlsafe_b64encode(decoded).rstrip(b"=").decode() != text:
        raise ValueError("not canonical base64url")
    return decoded


def _nothing_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse_constant(_word: str) -> None:
    raise ValueError("not a JSON number")


def _published(document: bytes) -> list[dict[str, Any]]:
    try:
        keys = strict_object(document).get("keys")
    except (ValueError, RecursionError):
        raise KeysRefused("The signing keys are not a JSON object.") from None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise KeysRefused("The signing keys are not a list of keys.")
    return keys


def _refuse_secrets(published: list[dict[str, Any]]) -> None:
    for member in published:
        if member.get("kty") == "oct" or not SECRET_MEMBERS.isdisjoint(member):
            raise KeysRefused("The published keys hold a secret: the issuer must replace that key.")


def _refuse_twins(published: list[dict[str, Any]]) -> None:
    names = [name for member in published if isinstance(name := member.get("kid"), str)]
    if len(set(names)) != len(names):
        raise KeysRefused("Two of the published keys have the same name.")


def _signing_key(member: Mapping[str, Any]) -> SigningKey:
    name, algorithm, operations = member.get("kid"), member.get("alg"), member.get("key_ops", ["verify"])
    if not isinstance(name, str) or not name:
        raise _Unusable("no name")
    if not isinstance(algorithm, str):
        raise _Unusable("no algorithm")
    if member.get("use", "sig") != "sig" or not isinstance(operations, list) or "verify" not in operations:
        raise _Unusable("another use")
    try:
        return SigningKey(name, algorithm, _public_members(member, algorithm))
    except (KeyError, TypeError, ValueError):
        raise _Unusable("its numbers are not a public key") from None


def _public_members(member: Mapping[str, Any], algorithm: str) -> Mapping[str, str]:
    kind = member.get("kty")
    if kind == "RSA" and algorithm in RSA_ALGORITHMS:
        return _rsa_members(member)
    if kind == "EC" and algorithm in CURVES:
        return _elliptic_members(member, algorithm)
    raise _Unusable("another kind")


def _rsa_members(member: Mapping[str, Any]) -> Mapping[str, str]:
    modulus, exponent = _number(member["n"]), _number(member["e"])
    if modulus.bit_length() < SHORTEST_RSA_KEY:
        raise _Unusable("too short")
    rsa.RSAPublicNumbers(exponent, modulus).public_key()
    return {"kty": "RSA", "n": member["n"], "e": member["e"]}


def _elliptic_members(member: Mapping[str, Any], algorithm: str) -> Mapping[str, str]:
    name, curve = CURVES[algorithm]
    if member["crv"] != name:
        raise _Unusable("another curve than its algorithm's")
    ec.EllipticCurvePublicNumbers(_number(member["x"]), _number(member["y"]), curve).public_key()
    return {"kty": "EC", "crv": name, "x": member["x"], "y": member["y"]}


def _number(text: str) -> int:
    return int.from_bytes(canonical_bytes(text))


def _refuse_unsafe(address: str) -> None:
    parts = urlsplit(address)
    private = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if not private or not parts.hostname or "@" in parts.netloc:
        raise KeysRefused("Signing keys are fetched by https, or by http from this machine.")


async def _body(answer: httpx.Response) -> bytes:
    if answer.status_code != httpx.codes.OK:
        raise KeysRefused(f"The signing keys were asked for, and the answer was {answer.status_code}.")
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        _refuse_large(len(body))
    return bytes(body)


def _refuse_large(size: int) -> None:
    if size > LARGEST_DOCUMENT:
        raise KeysRefused("The document of signing keys is larger than 64 KB.")
