"""The keys that wrap the keys of records, and that make what is sealed findable: a folder with a file for each.

The newest, by the names of the files, is in use; the others open what was kept under them. The folder is looked at again
whenever its files have changed, so that a key can be added and another one retired while the service serves.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.key_files import (
    FIRST,
    KEY_LENGTH,
    SUFFIX,
    KeyFileRefused,
    encryption_secret,
    fingerprint,
    keep_new_secret,
    key_files,
    key_names,
)

WRAPPING: Final = b"practice-charter wrapping of record keys, 1"
INDEXING: Final = b"practice-charter index of sealed values, 1"

log = structlog.get_logger()


class KeyMissing(Exception):
    """What was asked for is kept under a key that this service doesn't have. Its operator has to put the key file back."""


@dataclass(frozen=True, slots=True)
class EncryptionKey:
    """One key of the ring: the name of its file, its fingerprint, and what is derived from it for each purpose."""

    name: str
    key_id: str
    wrapping: AESGCM = field(repr=False)
    indexing: bytes = field(repr=False)

    @classmethod
    def of(cls, name: str, secret: bytes) -> "EncryptionKey":
        """Derive from a secret a key for each purpose, so that no key ever serves two."""
        return cls(name, fingerprint(secret), AESGCM(derived(secret, WRAPPING)), derived(secret, INDEXING))

    def index(self, said: str) -> str:
        """By what a sealed value is found: the key's fingerprint, and HMAC-SHA-256 in hexadecimal."""
        return f"{self.key_id}.{hmac.digest(self.indexing, said.encode(), 'sha256').hex()}"


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key for one purpose (HKDF-SHA-256)."""
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=purpose).derive(secret)


@dataclass(frozen=True, slots=True)
class Held:
    """The keys as they were when the folder was looked at."""

    files: tuple[str, ...] = ()
    keys: tuple[EncryptionKey, ...] = ()

    def key(self, key_id: str) -> EncryptionKey | None:
        """The key with this fingerprint, if it is there."""
        for each in self.keys:
            if each.key_id == key_id:
                return each
        return None


class KeyRing:
    """Every key of an installation, out of a folder. Raises KeyFileRefused when the folder is not in order."""

    def __init__(self, folder: Path, *, makes_first: bool = False) -> None:
        """Read every key. Where the first one may be made, it is made when it is needed, and an empty folder is in order."""
        self.folder, self.makes_first = folder, makes_first
        self.checked: tuple[str, ...] | None = None
        """The files that were there when it was last seen what is needed of them."""
        self._needed: set[str] = set()
        self._held = Held() if makes_first and not key_names(folder) else held_in(folder)

    @property
    def newest(self) -> EncryptionKey:
        """The key in use."""
        return self.keys[-1]

    @property
    def keys(self) -> tuple[EncryptionKey, ...]:
        """Every key, the newest last."""
        if self.makes_first and not self._held.files and not key_names(self.folder):
            keep_new_secret(self.folder / FIRST)
        return self._current().keys

    def key(self, key_id: str) -> EncryptionKey:
        """The key with this fingerprint. Raises KeyMissing."""
        found = self._held.key(key_id) or self._current().key(key_id)
        if found is None:
            self.needs({key_id})
            raise KeyMissing
        return found

    def needs(self, key_ids: Iterable[str]) -> None:
        """Remember which keys something is kept under, by their fingerprints."""
        self._needed.update(key_ids)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the keys that are in use."""
        return self._current().files

    @property
    def in_order(self) -> bool:
        """Whether every file in the folder can be used, and every key is there of which it is known that it is needed."""
        held = self._current()
        return held.files == key_names(self.folder) and all(map(held.key, self._needed))

    def _current(self) -> Held:
        """The keys as they are now. What can't be used is told in the log, and the keys that were there still serve."""
        if key_names(self.folder) != self._held.files:
            try:
                self._held = held_in(self.folder)
            except KeyFileRefused as refused:
                log.error("encryption_keys_refused", why=str(refused))
        return self._held


def held_in(folder: Path) -> Held:
    """The keys in a folder. Raises KeyFileRefused, naming the file."""
    files = key_files(folder)
    keys: list[EncryptionKey] = []
    for path in files:
        try:
            key = EncryptionKey.of(path.stem, encryption_secret(path))
        except KeyFileRefused as refused:
            raise KeyFileRefused(f"{path.name}: {refused}") from None
        if twin := next((each for each in keys if each.key_id == key.key_id), None):
            raise KeyFileRefused(f"{path.name}: the same key stands in {twin.name}{SUFFIX}.")
        keys.append(key)
    return Held(tuple(each.name for each in files), tuple(keys))
