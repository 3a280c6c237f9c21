"""An issuer of tokens for development: on one machine it stands in for the organisation's own, in production never."""

import json
import os
import tempfile
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from service.key_sources import Clock
from service.signatures import PrivateKey

ALGORITHM: Final = "ES256"
KEY_FILE: Final = "issuer-key.pem"
COORDINATE_BYTES: Final = 32
LONGEST_LIFETIME: Final = timedelta(hours=1)


class IssuerOffInProduction(Exception):
    """The embedded issuer is for development: in production, name the organisation's own issuer of tokens."""


class KeyFileExposed(Exception):
    """The embedded issuer's key can be read by others on this machine: remove the file, and a new one is made."""


class Issuer:
    """Signs tokens with a key of its own, which it makes on first use and keeps in `folder` (a folder of its own).

    `clock` tells the time in UTC. Raises `IssuerOffInProduction`, and `KeyFileExposed`.
    """

    def __init__(self, folder: Path, name: str, audience: str, clock: Clock, *, production: bool) -> None:
        if production:
            raise IssuerOffInProduction(IssuerOffInProduction.__doc__)
        pem = _kept_key(folder)
        self._name = name
        self._audience = audience
        self._clock = clock
        self._key = PrivateKey(pem, ALGORITHM)
        self._public = _public_key(pem)

    def jwks(self) -> dict[str, Any]:
        """The public key, as a JWKS; its name is its thumbprint (RFC 7638)."""
        return {"keys": [dict(self._public)]}

    def issue(self, subject: str, practice: str, lifetime: timedelta = LONGEST_LIFETIME) -> str:
        """A token for a subject at a practice (an ODS code, or `INSTALLATION`).

        Raises `ValueError` for a lifetime that no service would accept: over an hour, or none.
        """
        if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
            raise ValueError("A token lives for an hour at most.")
        issued = int(self._clock().timestamp())
        claims = {
            "iss": self._name,
            "aud": self._audience,
            "sub": subject,
            "practice": practice,
            "iat": issued,
            "nbf": issued,
            "exp": issued + int(lifetime.total_seconds()),
            "jti": str(uuid4()),
        }
        return self._key.sign(claims, {"kid": self._public["kid"], "typ": "at+jwt"})


def _kept_key(folder: Path) -> str:
    for each in (folder.parent, folder):  # made in passing, the data folder would be open to others
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    kept = folder / KEY_FILE
    if not kept.exists():
        _keep_new_key(kept)
    if kept.stat().st_mode & 0o077:
        raise KeyFileExposed(KeyFileExposed.__doc__)
    return kept.read_text()


def _keep_new_key(kept: Path) -> None:
    """Write a key whole, then give it its name: of two processes that start together, the first one's key stays."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
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


def _public_key(pem: str) -> dict[str, str]:
    private = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise ValueError("The embedded issuer's key is not an elliptic-curve key.")
    point = private.public_key().public_numbers()
    members = {"crv": "P-256", "kty": "EC", "x": _coordinate(point.x), "y": _coordinate(point.y)}
    thumbprint = sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest()
    return {**members, "kid": _text(thumbprint), "alg": ALGORITHM, "use": "sig"}


def _coordinate(number: int) -> str:
    return _text(number.to_bytes(COORDINATE_BYTES))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
