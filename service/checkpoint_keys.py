"""The keys of checkpoints: one signs, and earlier ones still verify. Ed25519, so that whoever verifies needs no secret."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

KEY_ID_LENGTH: Final = 12
BLOCK: Final = re.compile(rb"-----BEGIN (?P<what>[A-Z ]+)-----.*?-----END (?P=what)-----", re.DOTALL)


class NotACheckpointKey(ValueError):
    """The file holds no Ed25519 key in PEM form."""


@dataclass(frozen=True, slots=True)
class CheckpointKeys:
    """What signs checkpoints, if it is at hand, and the public keys that verify them, by name."""

    signing: Ed25519PrivateKey | None
    public: Mapping[str, Ed25519PublicKey]

    @property
    def key_id(self) -> str:
        """The name of the key that signs. Raises NotACheckpointKey where there are public keys alone."""
        return name_of(self._signing.public_key())

    def sign(self, said: str) -> str:
        """A signature in hexadecimal. Raises NotACheckpointKey where there are public keys alone."""
        return self._signing.sign(said.encode()).hex()

    @property
    def _signing(self) -> Ed25519PrivateKey:
        if self.signing is None:
            raise NotACheckpointKey(NotACheckpointKey.__doc__)
        return self.signing

    def signed(self, key_id: str, said: str, signature: str) -> bool:
        """Whether the key of this name signed that. A key that is not known signed nothing."""
        key = self.public.get(key_id)
        try:
            return key is not None and key.verify(bytes.fromhex(signature), said.encode()) is None
        except (InvalidSignature, ValueError):
            return False


def keys_in(pem: bytes) -> CheckpointKeys:
    """The keys of a file: a private one that signs, if any, and public ones that it followed. Raises NotACheckpointKey."""
    blocks = list(BLOCK.finditer(pem))
    private = [_private(each.group()) for each in blocks if each["what"].endswith(b"PRIVATE KEY")]
    public = [_public(each.group()) for each in blocks if each["what"] == b"PUBLIC KEY"]
    if len(private) > 1 or not private + public:
        raise NotACheckpointKey(NotACheckpointKey.__doc__)
    known = [*(each.public_key() for each in private), *public]
    return CheckpointKeys(private[0] if private else None, {name_of(each): each for each in known})


def raw(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def name_of(key: Ed25519PublicKey) -> str:
    """What a key is called: the beginning of its SHA-256."""
    return sha256(raw(key)).hexdigest()[:KEY_ID_LENGTH]


def public_pem(keys: CheckpointKeys) -> Iterator[str]:
    """Each public key, as a file of keys has it."""
    for each in keys.public.values():
        yield each.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def keep_new_key(kept: Path) -> None:
    """Write a new key whole, then give it its name: of two processes that start together, the first one's stays."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(dir=kept.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        kept.hardlink_to(written)
    except FileExistsError:
        pass
    finally:
        Path(written).unlink()


def _private(pem: bytes) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise NotACheckpointKey(NotACheckpointKey.__doc__) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NotACheckpointKey(NotACheckpointKey.__doc__)
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise NotACheckpointKey(NotACheckpointKey.__doc__) from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotACheckpointKey(NotACheckpointKey.__doc__)
    return key
