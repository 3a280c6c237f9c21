"""Sealing: a record's values under a key of its own, bound to their place, and that key under one of the ring.

The format is fixed, since it has to be read for as long as it is kept: base64url of a byte that says the version (1), a nonce
of 96 random bits, and what AES-256-GCM made of the value as JSON; a part of a file is the same without base64url. What is sealed
opens only in its place: practice, table, column, record and version are bound to it as associated data, or practice, record and
number to a part, so that moving it anywhere else is found out.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.record import remade
from models.sealing import Ciphertext, RecordKey
from service.key_files import KEY_LENGTH
from service.key_ring import EncryptionKey, KeyRing

VERSION: Final = b"\x01"
NONCE: Final = 12  # bytes
OVERHEAD: Final = len(VERSION) + NONCE + 16
"""By how many bytes what is sealed is longer: the version, the nonce, and the tag by which it is known to be whole."""
KEYS: Final = "record_key"
PARTS: Final = "file_part"


class NotOpened(ValueError):
    """Something that is kept sealed here can't be opened: it is not what was written, or not where it was written."""


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """The key of one record, ready for use, and as it is kept."""

    kept: RecordKey
    cipher: AESGCM = field(repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: nothing that is sealed for one place opens in another."""

    practice: str
    table: str
    record_id: UUID
    version: int

    def column(self, name: str) -> bytes:
        """What is bound to a value in one column."""
        return bound(self.practice, self.table, name, str(self.record_id), self.version)


@dataclass(frozen=True, slots=True)
class Vault:
    """What seals and opens, with the keys of a ring."""

    ring: KeyRing

    def new_key(self, practice: str, kind: str, record_id: UUID) -> OpenedKey:
        """A key for a record that begins."""
        secret = secrets.token_bytes(KEY_LENGTH)
        return OpenedKey(self._wrapped(secret, practice, kind, record_id, self.ring.newest), AESGCM(secret))

    def opened(self, key: RecordKey) -> OpenedKey:
        """A record's key, ready for use. Raises KeyMissing or NotOpened."""
        return OpenedKey(key, AESGCM(self._unwrapped(key)))

    def rewrapped(self, key: RecordKey) -> RecordKey:
        """The same key, wrapped under the newest of the ring. Raises KeyMissing or NotOpened."""
        return self._wrapped(self._unwrapped(key), key.practice, key.kind, key.record_id, self.ring.newest)

    def indexes(self, practice: str, table: str, name: str, said: str) -> tuple[str, ...]:
        """By what a sealed value is found: one for each key of the ring, the newest last."""
        about = bound(practice, table, name, said).decode()
        return tuple(each.index(about) for each in self.ring.keys)

    def _wrapped(self, secret: bytes, practice: str, kind: str, record_id: UUID, by: EncryptionKey) -> RecordKey:
        place = bound(practice, KEYS, kind, str(record_id), by.key_id)
        wrapped = sealed(by.wrapping, secret, place)
        about = {"practice": practice, "record_id": record_id, "kind": kind}
        return remade(RecordKey, {**about, "key_id": by.key_id, "wrapped": wrapped})

    def _unwrapped(self, key: RecordKey) -> bytes:
        place = bound(key.practice, KEYS, key.kind, str(key.record_id), key.key_id)
        return opened(self.ring.key(key.key_id).wrapping, key.wrapped, place)


def sealed(cipher: AESGCM, value: bytes, place: bytes) -> Ciphertext:
    """A value that opens in this place alone."""
    return Ciphertext(urlsafe_b64encode(sealed_bytes(cipher, value, place)).decode())


def opened(cipher: AESGCM, kept: str, place: bytes) -> bytes:
    """The value again. Raises NotOpened."""
    try:
        raw = urlsafe_b64decode(kept)
    except ValueError:
        raise NotOpened from None
    return opened_bytes(cipher, raw, place)


def sealed_bytes(cipher: AESGCM, value: bytes, place: bytes) -> bytes:
    """The same, as bytes: for what is large."""
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + cipher.encrypt(nonce, value, place)


def opened_bytes(cipher: AESGCM, kept: bytes, place: bytes) -> bytes:
    """The value again. Raises NotOpened."""
    if kept[:1] != VERSION:
        raise NotOpened
    try:
        return cipher.decrypt(kept[1 : 1 + NONCE], kept[1 + NONCE :], place)
    except (InvalidTag, ValueError):
        raise NotOpened from None


def part_of_file(practice: str, record_id: UUID, number: int) -> bytes:
    """What is bound to one part of a record's file: no part opens as another, or as another record's."""
    return bound(practice, PARTS, str(record_id), number)


def bound(*place: Any) -> bytes:
    """A place as bytes: no two places are written alike."""
    return json.dumps(place, separators=(",", ":")).encode()
