"""The same signatures in the hands of another library: what the house asks of one, python-jose is not needed for."""

from collections.abc import Mapping

from joserfc import jwk, jws
from joserfc.errors import JoseError

from service.signatures import NotSigned
from service.tokens import LONGEST_TOKEN


class OtherPublicKey:
    """A public key in the hands of joserfc."""

    def __init__(self, members: Mapping[str, str], algorithm: str) -> None:
        self._key = jwk.import_key({**members, "alg": algorithm, "use": "sig"})
        self._registry = jws.JWSRegistry(algorithms=[algorithm])
        self._registry.max_payload_length = LONGEST_TOKEN

    def signed_by_it(self, token: str) -> bytes:
        """What the token says, if this key signed it. Raises `NotSigned`."""
        try:
            return jws.deserialize_compact(token, self._key, registry=self._registry).payload
        except JoseError:
            raise NotSigned from None
