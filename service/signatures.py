"""Signatures: the only module that knows the token library, and all that is asked of it.

A verifier hands over one key, the one algorithm that this key may verify, and the token. What the library thinks of headers,
claims and keys is never asked, and nothing here decrypts. Whoever wants another library writes `VerifyingKey` over it.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from jose import jwk, jws
from jose.backends.base import Key
from jose.exceptions import JOSEError


class NotSigned(Exception):
    """This key did not sign that."""


class VerifyingKey(Protocol):
    """A public key that is ready to verify with its one algorithm."""

    def signed_by_it(self, token: str) -> bytes:
        """What a token in the compact form of RFC 7515 says, if this key signed it. Raises `NotSigned`."""


MakeReady = Callable[[Mapping[str, str], str], VerifyingKey]
"""A key from the members of a vetted public JWK (RFC 7517), and the algorithm that it verifies with."""


class PublicKey:
    """A public key in the hands of python-jose."""

    def __init__(self, members: Mapping[str, str], algorithm: str) -> None:
        self._algorithm: Final = algorithm
        self._key: Final[Key] = jwk.construct(dict(members), algorithm)

    def signed_by_it(self, token: str) -> bytes:
        """What the token says, if this key signed it. Raises `NotSigned`."""
        try:
            said: bytes = jws.verify(token, self._key, algorithms=[self._algorithm])
        except JOSEError:
            raise NotSigned from None
        return said


class PrivateKey:
    """A private key (PEM), or a secret that is shared, with the algorithm that it signs with."""

    def __init__(self, pem: str, algorithm: str) -> None:
        self._algorithm: Final = algorithm
        self._key: Final[Key] = jwk.construct(pem, algorithm)

    def sign(self, claims: Mapping[str, Any], header: Mapping[str, str]) -> str:
        """A token in the compact form."""
        token: str = jws.sign(dict(claims), self._key, headers=dict(header), algorithm=self._algorithm)
        return token
