"""Tokens that prove nothing, each with the reason why, and honest ones beside them.

All are made by hand: no token library has a say in what is hostile. But for its one fault, each is a token that would
be believed, signed with a key that is trusted.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.identity import Reason

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECONDS: Final = int(NOW.timestamp())
ISSUER: Final = "https://issuer.example.com"
AUDIENCE: Final = "practice-charter"
NOWHERE: Final = "http://127.0.0.1:9/keys.json"

Sign = Callable[[bytes], bytes]
Changes = Mapping[str, Any]
ABSENT: Final = object()


class Hostile(NamedTuple):
    """A token to refuse, and why."""

    name: str
    token: str
    reason: Reason


class Signer(NamedTuple):
    """A key's name, its algorithm, and how it signs."""

    key_id: str
    algorithm: str
    sign: Sign


def text(raw: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int, size: int | None = None) -> str:
    """A number as a JWK spells it."""
    return text(value.to_bytes(size or (value.bit_length() + 7) // 8))


def elliptic(key: ec.EllipticCurvePrivateKey, algorithm: HashAlgorithm) -> Sign:
    """ECDSA, as a token spells it: both numbers at full length."""
    size = (key.key_size + 7) // 8

    def sign(message: bytes) -> bytes:
        first, second = decode_dss_signature(key.sign(message, ec.ECDSA(algorithm)))
        return first.to_bytes(size) + second.to_bytes(size)

    return sign


def rivest(key: rsa.RSAPrivateKey, algorithm: HashAlgorithm) -> Sign:
    """RSA with the padding of PKCS #1 version 1.5."""
    return lambda message: key.sign(message, padding.PKCS1v15(), algorithm)


def shared(secret: bytes) -> Sign:
    """HMAC with SHA-256: what anybody can make who holds the secret, or what a verifier takes for one."""
    return lambda message: hmac.digest(secret, message, "sha256")


ELLIPTIC_KEY: Final = ec.generate_private_key(ec.SECP256R1())
LONG_ELLIPTIC_KEY: Final = ec.generate_private_key(ec.SECP384R1())
RSA_KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)
LONG_RSA_KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGERS_KEY: Final = ec.generate_private_key(ec.SECP256R1())
STRANGERS_RSA_KEY: Final = rsa.generate_private_key(public_exponent=65537, key_size=2048)

ES256: Final = Signer("elliptic", "ES256", elliptic(ELLIPTIC_KEY, SHA256()))
ES384: Final = Signer("long-elliptic", "ES384", elliptic(LONG_ELLIPTIC_KEY, SHA384()))
RS256: Final = Signer("rsa", "RS256", rivest(RSA_KEY, SHA256()))
RS512: Final = Signer("long-rsa", "RS512", rivest(LONG_RSA_KEY, SHA512()))


def elliptic_members(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """The public members of an elliptic-curve JWK."""
    point, size = key.public_numbers(), (key.key_size + 7) // 8
    return {"kty": "EC", "crv": f"P-{key.key_size}", "x": number(point.x, size), "y": number(point.y, size)}


def rsa_members(key: rsa.RSAPublicKey) -> dict[str, str]:
    """The public members of an RSA JWK."""
    numbers = key.public_numbers()
    return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}


def published(signer: Signer, members: Mapping[str, str]) -> dict[str, str]:
    """A key as an issuer publishes it."""
    return {**members, "kid": signer.key_id, "alg": signer.algorithm, "use": "sig"}


ELLIPTIC_JWK: Final = published(ES256, elliptic_members(ELLIPTIC_KEY.public_key()))
RSA_JWK: Final = published(RS256, rsa_members(RSA_KEY.public_key()))
JWKS: Final = {
    "keys": [
        ELLIPTIC_JWK,
        published(ES384, elliptic_members(LONG_ELLIPTIC_KEY.public_key())),
        RSA_JWK,
        published(RS512, rsa_members(LONG_RSA_KEY.public_key())),
    ]
}


def changed(members: Changes, changes: Changes) -> dict[str, Any]:
    """The members with the changes made, and without those that are to be absent."""
    return {name: value for name, value in {**members, **changes}.items() if value is not ABSENT}


def header_of(signer: Signer, changes: Changes | None = None) -> bytes:
    """An honest header, but for the changes."""
    honest = {"alg": signer.algorithm, "kid": signer.key_id, "typ": "at+jwt"}
    return json.dumps(changed(honest, changes or {})).encode()


def claims_of(changes: Changes | None = None) -> bytes:
    """Honest claims, but for the changes."""
    honest = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "goldilocks",
        "practice": "ZZ0001",
        "iat": SECONDS - 60,
        "nbf": SECONDS - 60,
        "exp": SECONDS + 600,
        "jti": "three-bears",
    }
    return json.dumps(changed(honest, changes or {})).encode()


def signed(header: bytes, claims: bytes, sign: Sign = ES256.sign) -> str:
    """A token of these very bytes."""
    message = f"{text(header)}.{text(claims)}"
    return f"{message}.{text(sign(message.encode()))}"


def minted(signer: Signer = ES256, *, header: Changes | None = None, claims: Changes | None = None) -> str:
    """An honest token, but for the changes."""
    return signed(header_of(signer, header), claims_of(claims), signer.sign)


def literally(members: bytes, member: str, literal: str) -> bytes:
    """The JSON, with a member whose value is spelt just so."""
    return members[:-1] + f', "{member}": {literal}}}'.encode()


def of_length(length: int) -> str:
    """An honest token of just this many characters."""
    for kind in ("JWT", "at+jwt"):
        for filler in range(length // 2, length):
            header, claims = {"typ": kind}, {"filler": "x" * filler}
            if len(signed(header_of(ES256, header), claims_of(claims), lambda _: bytes(64))) == length:
                return minted(header=header, claims=claims)
    raise ValueError("no token has this length")


def honest_tokens() -> dict[str, str]:
    """Tokens that must be believed, so that refusing everything passes no test."""
    return {
        "elliptic": minted(ES256),
        "long elliptic": minted(ES384),
        "rsa": minted(RS256),
        "rsa with a longer digest": minted(RS512),
        "several audiences": minted(claims={"aud": ["another-service", AUDIENCE]}),
        "of type JWT": minted(header={"typ": "JWT"}),
        "of type jwt in small letters": minted(header={"typ": "jwt"}),
        "of type AT+JWT in capital letters": minted(header={"typ": "AT+JWT"}),
        "of type application/at+jwt": minted(header={"typ": "application/at+jwt"}),
        "valid from now": minted(claims={"nbf": SECONDS}),
        "valid from a moment ahead, by a clock that is fast": minted(claims={"nbf": SECONDS + 30}),
        "issued a moment ahead, by a clock that is fast": minted(claims={"iat": SECONDS + 30}),
        "expired a moment ago, by a clock that is slow": minted(claims={"exp": SECONDS - 29}),
        "for a whole hour": minted(claims={"iat": SECONDS, "exp": SECONDS + 3600}),
        "of the greatest length": of_length(4096),
        "with claims that say more": minted(claims={"scope": "openid", "score": 0.5, "nested": {"sub": "other"}}),
        "with the longest subject": minted(claims={"sub": "g" * 255}),
        "with a subject that is not English": minted(claims={"sub": "schneewittchen-ä-ж-雪"}),
    }


ORDER: Final = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
"""Of the group of points on P-256: a number that is nought to the arithmetic, and not to a comparison."""

HEADERS: Final[Mapping[str, Changes]] = {
    "critical extension": {"crit": ["exp"], "exp": SECONDS + 600},
    "critical extension unknown": {"crit": ["https://example.com/must"]},
    "critical extensions none": {"crit": []},
    "payload not encoded": {"b64": False, "crit": ["b64"]},
    "payload not encoded, not critical": {"b64": False},
    "certificate chain": {"x5c": ["MIIB"]},
    "certificate digest": {"x5t": "abc"},
    "certificate longer digest": {"x5t#S256": "abc"},
    "compressed": {"zip": "DEF"},
    "content type": {"cty": "JWT"},
    "encryption": {"enc": "A256GCM"},
    "ephemeral key": {"epk": {"kty": "EC"}},
    "unknown member": {"practice": "ZZ0001"},
    "member in capitals": {"KID": "elliptic"},
    "empty member": {"": ""},
    "no type": {"typ": ABSENT},
    "type of an identity token": {"typ": "ID"},
    "type of a logout token": {"typ": "logout+jwt"},
    "type of a security event": {"typ": "secevent+jwt"},
    "type of a proof of possession": {"typ": "dpop+jwt"},
    "type of any signed text": {"typ": "JOSE"},
    "type null": {"typ": None},
    "type of plain text": {"typ": "text/at+jwt"},
    "type with a parameter": {"typ": "at+jwt; charset=utf-8"},
    "type of its scheme": {"typ": "Bearer"},
    "type a number": {"typ": 1},
    "type true": {"typ": True},
    "type in wide letters": {"typ": "\uff21T+JWT"},
    "type that folds to another": {"typ": "at+jw\u0167"},
    "type in a list": {"typ": ["JWT"]},
    "type empty": {"typ": ""},
    "type with a space": {"typ": "JWT "},
    "no key name": {"kid": ABSENT},
    "key name null": {"kid": None},
    "key name a number": {"kid": 0},
    "key name a list": {"kid": ["elliptic"]},
    "key name an object": {"kid": {"elliptic": 1}},
}

UNKNOWN_KEYS: Final[Mapping[str, str]] = {
    "empty": "",
    "a path": "../../../../dev/null",
    "a database query": "elliptic' OR '1'='1",
    "a command": "| cat /etc/passwd",
    "an address": NOWHERE,
    "capitals": "ELLIPTIC",
    "padded": " elliptic",
    "ended early": "elliptic\0",
    "an attribute": "__class__",
    "nobody's": "nobody",
    "a template": "${jndi:ldap://127.0.0.1:9/a}",
    "a wildcard": "*",
    "its thumbprint": "urn:ietf:params:oauth:jwk-thumbprint:sha-256:elliptic",
    "too long to be one": "e" * 2000,
    "beyond every alphabet": "\U0010ffff",
    "half a character": "\ud800",
}

ALGORITHMS: Final[Mapping[str, object]] = {
    "none": "none",
    "None": "None",
    "NONE": "NONE",
    "nOnE": "nOnE",
    "none with a space": "none ",
    "absent": ABSENT,
    "null": None,
    "empty": "",
    "a list": ["ES256"],
    "an object": {"ES256": 1},
    "a number": 256,
    "true": True,
    "small letters": "es256",
    "beginning of a name": "ES",
    "HS256": "HS256",
    "HS384": "HS384",
    "HS512": "HS512",
    "ES384": "ES384",
    "ES512": "ES512",
    "RS256": "RS256",
    "PS256": "PS256",
    "EdDSA": "EdDSA",
    "ES256K": "ES256K",
    "Ed25519": "Ed25519",
    "RSA1_5": "RSA1_5",
    "of digital signatures": "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
    "with a space": "ES256 ",
    "ended early": "ES256\0",
    "several in one text": "ES256,none",
    "in wide letters": "\uff25\uff33256",
    "dir": "dir",
    "A256GCM": "A256GCM",
}

CLAIMS: Final[Mapping[str, tuple[Changes, Reason]]] = {
    "expiry absent": ({"exp": ABSENT}, Reason.TIMES),
    "expiry null": ({"exp": None}, Reason.TIMES),
    "expiry in words": ({"exp": str(SECONDS + 600)}, Reason.TIMES),
    "expiry a fraction": ({"exp": SECONDS + 600.5}, Reason.TIMES),
    "expiry true": ({"exp": True, "iat": 0}, Reason.TIMES),
    "expiry a list": ({"exp": [SECONDS + 600]}, Reason.TIMES),
    "expiry an object": ({"exp": {}}, Reason.TIMES),
    "expiry at the end of 32 bits": ({"exp": 2**31}, Reason.TIMES),
    "expiry at the end of 64 bits": ({"exp": 2**63}, Reason.TIMES),
    "expiry beyond any float": ({"exp": 10**400, "iat": 10**400 - 60}, Reason.TIMES),
    "expiry negative": ({"exp": -1}, Reason.TIMES),
    "expired": ({"exp": SECONDS - 30}, Reason.TIMES),
    "expired yesterday": ({"exp": SECONDS - 86_400, "iat": SECONDS - 86_460}, Reason.TIMES),
    "lives over an hour": ({"iat": SECONDS, "exp": SECONDS + 3601}, Reason.TIMES),
    "lives for years": ({"exp": SECONDS + 10**9}, Reason.TIMES),
    "expires before it is issued": ({"iat": SECONDS + 10, "exp": SECONDS + 9}, Reason.TIMES),
    "expires as it is issued": ({"iat": SECONDS, "exp": SECONDS}, Reason.TIMES),
    "issue absent": ({"iat": ABSENT}, Reason.TIMES),
    "issue null": ({"iat": None}, Reason.TIMES),
    "issue in words": ({"iat": str(SECONDS)}, Reason.TIMES),
    "issue a fraction": ({"iat": SECONDS - 0.5}, Reason.TIMES),
    "issue false": ({"iat": False, "exp": 3600}, Reason.TIMES),
    "issued in the future": ({"iat": SECONDS + 31}, Reason.TIMES),
    "start absent": ({"nbf": ABSENT}, Reason.TIMES),
    "start a fraction": ({"nbf": SECONDS - 0.5}, Reason.TIMES),
    "start beyond any float": ({"nbf": 10**400}, Reason.TIMES),
    "start in milliseconds": ({"nbf": SECONDS * 1000}, Reason.TIMES),
    "times in milliseconds": ({"iat": SECONDS * 1000, "exp": SECONDS * 1000 + 600}, Reason.TIMES),
    "times before the epoch": ({"iat": -600, "exp": -1, "nbf": -600}, Reason.TIMES),
    "start null": ({"nbf": None}, Reason.TIMES),
    "start in words": ({"nbf": "0"}, Reason.TIMES),
    "start true": ({"nbf": True}, Reason.TIMES),
    "start in the future": ({"nbf": SECONDS + 31}, Reason.TIMES),
    "issuer absent": ({"iss": ABSENT}, Reason.ISSUER),
    "issuer null": ({"iss": None}, Reason.ISSUER),
    "issuer another": ({"iss": "https://other.example.com"}, Reason.ISSUER),
    "issuer with a slash": ({"iss": ISSUER + "/"}, Reason.ISSUER),
    "issuer without encryption": ({"iss": ISSUER.replace("https", "http")}, Reason.ISSUER),
    "issuer in capitals": ({"iss": ISSUER.upper()}, Reason.ISSUER),
    "issuer in a list": ({"iss": [ISSUER]}, Reason.ISSUER),
    "audience absent": ({"aud": ABSENT}, Reason.AUDIENCE),
    "audience null": ({"aud": None}, Reason.AUDIENCE),
    "audience another": ({"aud": "another-service"}, Reason.AUDIENCE),
    "audience empty": ({"aud": ""}, Reason.AUDIENCE),
    "audience in capitals": ({"aud": AUDIENCE.upper()}, Reason.AUDIENCE),
    "audience longer": ({"aud": AUDIENCE + "-test"}, Reason.AUDIENCE),
    "audience shorter": ({"aud": AUDIENCE[:-1]}, Reason.AUDIENCE),
    "audiences in one text": ({"aud": f"other {AUDIENCE}"}, Reason.AUDIENCE),
    "audiences none": ({"aud": []}, Reason.AUDIENCE),
    "audiences all others": ({"aud": ["one", "two"]}, Reason.AUDIENCE),
    "audiences not all text": ({"aud": [AUDIENCE, 1]}, Reason.AUDIENCE),
    "audiences within audiences": ({"aud": [[AUDIENCE]]}, Reason.AUDIENCE),
    "audiences an object": ({"aud": {AUDIENCE: True}}, Reason.AUDIENCE),
    "audience true": ({"aud": True}, Reason.AUDIENCE),
    "subject absent": ({"sub": ABSENT}, Reason.SUBJECT),
    "subject null": ({"sub": None}, Reason.SUBJECT),
    "subject empty": ({"sub": ""}, Reason.SUBJECT),
    "subject blank": ({"sub": "   "}, Reason.SUBJECT),
    "subject padded": ({"sub": " goldilocks"}, Reason.SUBJECT),
    "subject too long": ({"sub": "g" * 256}, Reason.SUBJECT),
    "subject a number": ({"sub": 7}, Reason.SUBJECT),
    "subject true": ({"sub": True}, Reason.SUBJECT),
    "subject a list": ({"sub": ["goldilocks"]}, Reason.SUBJECT),
    "subject an object": ({"sub": {"id": "goldilocks"}}, Reason.SUBJECT),
    "subject on two lines": ({"sub": "goldilocks\nadmin"}, Reason.SUBJECT),
    "subject ended early": ({"sub": "goldilocks\0"}, Reason.SUBJECT),
    "subject with an escape": ({"sub": "goldi\x1b[2Jlocks"}, Reason.SUBJECT),
    "subject written backwards": ({"sub": "goldi\u202elocks"}, Reason.SUBJECT),
    "subject with what does not show": ({"sub": "goldi\u200blocks"}, Reason.SUBJECT),
    "subject half a character": ({"sub": "goldi\ud800locks"}, Reason.SUBJECT),
    "token id absent": ({"jti": ABSENT}, Reason.TOKEN_ID),
    "token id null": ({"jti": None}, Reason.TOKEN_ID),
    "token id empty": ({"jti": ""}, Reason.TOKEN_ID),
    "token id a number": ({"jti": 1}, Reason.TOKEN_ID),
    "token id too long": ({"jti": "x" * 256}, Reason.TOKEN_ID),
    "token id on two lines": ({"jti": "three\nbears"}, Reason.TOKEN_ID),
    "practice absent": ({"practice": ABSENT}, Reason.PRACTICE),
    "practice null": ({"practice": None}, Reason.PRACTICE),
    "practice empty": ({"practice": ""}, Reason.PRACTICE),
    "practice in small letters": ({"practice": "zz0001"}, Reason.PRACTICE),
    "practice too short": ({"practice": "ZZ"}, Reason.PRACTICE),
    "practice too long": ({"practice": "ZZ000000001"}, Reason.PRACTICE),
    "practice with a new line": ({"practice": "ZZ0001\n"}, Reason.PRACTICE),
    "practice with a space": ({"practice": "ZZ0001 "}, Reason.PRACTICE),
    "practice any": ({"practice": "*"}, Reason.PRACTICE),
    "practices two": ({"practice": ["ZZ0001", "ZZ0002"]}, Reason.PRACTICE),
    "practice a number": ({"practice": 12345}, Reason.PRACTICE),
    "practice in other digits": ({"practice": "ZZ\u0660\u0660\u0660\u0661"}, Reason.PRACTICE),
    "practice in wide letters": ({"practice": "\uff3a\uff3a0001"}, Reason.PRACTICE),
    "installation in small letters": ({"practice": "installation"}, Reason.PRACTICE),
    "installations": ({"practice": "INSTALLATIONS"}, Reason.PRACTICE),
    "installation twice": ({"practice": "INSTALLATIONINSTALLATION"}, Reason.PRACTICE),
}

LITERAL_CLAIMS: Final[Mapping[str, tuple[str, str]]] = {
    "practice twice": ("practice", '"ZZ0002"'),
    "practice twice alike": ("practice", '"ZZ0001"'),
    "subject twice": ("sub", '"big-bad-wolf"'),
    "subject twice, once in escapes": ("\\u0073ub", '"big-bad-wolf"'),
    "expiry twice": ("exp", str(SECONDS + 700)),
    "twice within": ("nested", '{"a": 1, "a": 2}'),
    "infinity": ("score", "Infinity"),
    "infinity below": ("score", "-Infinity"),
    "not a number": ("score", "NaN"),
    "a number in base sixteen": ("score", "0x10"),
    "a number that begins with nought": ("score", "01"),
    "text in single quotes": ("score", "'a'"),
    "a bare word": ("score", "yes"),
    "nothing": ("score", ""),
    "a comment": ("score", "1 /* one */"),
    "a raw new line in text": ("score", '"a\nb"'),
}


LITERAL_TIMES: Final[Mapping[str, str]] = {
    "beyond all bounds": "1e999",
    "with an exponent": f"{SECONDS + 600}e0",
    "with a point": f"{SECONDS + 600}.0",
    "a negative nought": "-0",
    "of a thousand digits": "9" * 1000,
}


def hostile_tokens(address: str = NOWHERE) -> tuple[Hostile, ...]:
    """The whole corpus; `address` is where tokens that name an address would like the service to call."""
    return (
        *_hostile_headers(address),
        *_hostile_algorithms(),
        *_confused_keys(),
        *_hostile_signatures(),
        *_hostile_claims(),
        *_hostile_json(),
        *_hostile_spellings(),
        *_hostile_shapes(),
    )


def _hostile_headers(address: str) -> Iterator[Hostile]:
    for name, changes in HEADERS.items():
        yield Hostile(f"header: {name}", minted(header=changes), Reason.HEADER)
    for name, key_id in UNKNOWN_KEYS.items():
        yield Hostile(f"key name: {name}", minted(header={"kid": key_id}), Reason.UNKNOWN_KEY)
    for member in ("jku", "x5u", "iss", "kid_url"):
        yield Hostile(f"header: {member}", minted(header={member: address}), Reason.HEADER)
    stranger = elliptic(STRANGERS_KEY, SHA256())
    theirs = elliptic_members(STRANGERS_KEY.public_key())
    yield Hostile(
        "header: brings its key", signed(header_of(ES256, {"jwk": theirs}), claims_of(), stranger), Reason.HEADER
    )
    elsewhere = {"jku": address, "kid": "stranger"}
    yield Hostile("header: keys elsewhere", signed(header_of(ES256, elsewhere), claims_of(), stranger), Reason.HEADER)


def _hostile_algorithms() -> Iterator[Hostile]:
    for name, algorithm in ALGORITHMS.items():
        header = header_of(ES256, {"alg": algorithm})
        yield Hostile(f"algorithm: {name}", signed(header, claims_of()), Reason.ALGORITHM)
    unsigned = signed(header_of(ES256, {"alg": "none"}), claims_of(), lambda _: b"")
    yield Hostile("algorithm: none and no signature", unsigned, Reason.ALGORITHM)
    others = {"RS512": rivest(RSA_KEY, SHA512()), "RS384": rivest(RSA_KEY, SHA384())}
    for algorithm, sign in others.items():
        header = header_of(RS256, {"alg": algorithm})
        yield Hostile(f"algorithm: {algorithm} by an RS256 key", signed(header, claims_of(), sign), Reason.ALGORITHM)


def _confused_keys() -> Iterator[Hostile]:
    """A public key, which anybody has, taken for a shared secret."""
    for signer, key in ((ES256, ELLIPTIC_KEY.public_key()), (RS256, RSA_KEY.public_key())):
        for name, secret in _spellings(key).items():
            for algorithm, reason in (("HS256", Reason.ALGORITHM), (signer.algorithm, Reason.SIGNATURE)):
                token = signed(header_of(signer, {"alg": algorithm}), claims_of(), shared(secret))
                yield Hostile(f"{signer.key_id} key as a secret: {name}, called {algorithm}", token, reason)
    for name, secret in {"empty": b"", "a word": b"secret", "its name": b"elliptic"}.items():
        token = signed(header_of(ES256, {"alg": "HS256"}), claims_of(), shared(secret))
        yield Hostile(f"shared secret: {name}", token, Reason.ALGORITHM)


def _spellings(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> dict[str, bytes]:
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    members = elliptic_members(key) if isinstance(key, ec.EllipticCurvePublicKey) else rsa_members(key)
    return {
        "PEM": pem,
        "PEM without its end of line": pem.strip(),
        "PEM without its armour": b"".join(pem.splitlines()[1:-1]),
        "PEM in small letters": pem.lower(),
        "DER": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        "OpenSSH": key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        "JWK": json.dumps(members).encode(),
        "JWK in its shortest form": json.dumps(members, sort_keys=True, separators=(",", ":")).encode(),
        "its first number": members["x" if "x" in members else "n"].encode(),
        "its first number in base sixteen": _first_number(key).hex().encode(),
        "its first number in bytes": _first_number(key),
        "DER in base sixteen": key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo).hex().encode(),
        "PEM with the other ends of lines": pem.replace(b"\n", b"\r\n"),
        **_older_spellings(key),
    }


def _first_number(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bytes:
    number_ = key.public_numbers().x if isinstance(key, ec.EllipticCurvePublicKey) else key.public_numbers().n
    return number_.to_bytes((number_.bit_length() + 7) // 8)


def _older_spellings(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> dict[str, bytes]:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return {"point": key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)}
    return {
        "PKCS #1": key.public_bytes(Encoding.PEM, PublicFormat.PKCS1),
        "PKCS #1 in DER": key.public_bytes(Encoding.DER, PublicFormat.PKCS1),
    }


def _hostile_signatures() -> Iterator[Hostile]:
    stranger, other_rsa = elliptic(STRANGERS_KEY, SHA256()), rivest(STRANGERS_RSA_KEY, SHA256())
    fakes: dict[str, tuple[Signer, Sign]] = {
        "a stranger's": (ES256, stranger),
        "a stranger's RSA": (RS256, other_rsa),
        "another trusted key's": (ES256, ES384.sign),
        "a trusted key's of another kind": (ES256, RS256.sign),
        "of nothing but noughts": (ES256, lambda _: bytes(64)),
        "of nothing but noughts, RSA": (RS256, lambda _: bytes(256)),
        "a nought and a one": (ES256, lambda _: bytes(63) + b"\1"),
        "of another message": (ES256, lambda message: ES256.sign(message + b".")),
        "with a longer digest": (ES256, elliptic(ELLIPTIC_KEY, SHA512())),
        "with an RSA padding of chance": (RS256, _with_salt),
        "a nought beside an honest number": (ES256, lambda message: bytes(32) + ES256.sign(message)[32:]),
        "an honest number beside a nought": (ES256, lambda message: ES256.sign(message)[:32] + bytes(32)),
        "with its numbers changed over": (ES256, lambda message: ES256.sign(message)[32:] + ES256.sign(message)[:32]),
        "of the group's order": (ES256, lambda _: bytes.fromhex(ORDER) * 2),
        "of the group's order beside a one": (ES256, lambda _: bytes.fromhex(ORDER) + bytes(31) + b"\1"),
        "with noughts before each number": (ES256, _padded),
        "of nothing but ones": (ES256, lambda _: b"\xff" * 64),
        "of nothing but ones, RSA": (RS256, lambda _: b"\xff" * 256),
        "with a nought before it, RSA": (RS256, lambda message: b"\0" + RS256.sign(message)),
        "the message as it is, RSA": (RS256, lambda message: message[:256].ljust(256, b"\0")),
        "in the other encoding": (ES256, lambda message: ELLIPTIC_KEY.sign(message, ec.ECDSA(SHA256()))),
        "cut short": (ES256, lambda message: ES256.sign(message)[:-1]),
        "with one byte more": (ES256, lambda message: ES256.sign(message) + b"\0"),
        "one byte": (ES256, lambda _: b"\0"),
        "a digest": (ES256, lambda message: sha256(message).digest()),
    }
    for name, (signer, sign) in fakes.items():
        yield Hostile(f"signature: {name}", signed(header_of(signer), claims_of(), sign), Reason.SIGNATURE)
    honest, other = minted().split("."), minted(claims={"sub": "big-bad-wolf"}).split(".")
    yield Hostile("signature: of other claims", ".".join([*other[:2], honest[2]]), Reason.SIGNATURE)


def _padded(message: bytes) -> bytes:
    signature = ES256.sign(message)
    return b"\0" + signature[:32] + b"\0" + signature[32:]


def _with_salt(message: bytes) -> bytes:
    return RSA_KEY.sign(message, padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH), SHA256())


def _hostile_claims() -> Iterator[Hostile]:
    for name, (changes, reason) in CLAIMS.items():
        yield Hostile(f"claims: {name}", minted(claims=changes), reason)


def _hostile_json() -> Iterator[Hostile]:
    header, claims = header_of(ES256), claims_of()
    for name, (member, literal) in LITERAL_CLAIMS.items():
        token = signed(header, literally(claims, member, literal))
        yield Hostile(f"json: {name}", token, Reason.UNREADABLE)
    for name, literal in LITERAL_TIMES.items():
        token = signed(header, literally(claims_of({"exp": ABSENT}), "exp", literal))
        yield Hostile(f"json: expiry {name}", token, Reason.TIMES)
    for name, literal in {"algorithm": '"ES256"', "key name": '"elliptic"'}.items():
        member = {"algorithm": "alg", "key name": "kid"}[name]
        yield Hostile(
            f"json: header's {name} twice", signed(literally(header, member, literal), claims), Reason.UNREADABLE
        )
    for name, odd in _odd_documents().items():
        yield Hostile(f"json: header {name}", signed(odd(header), claims), Reason.UNREADABLE)
        yield Hostile(f"json: claims {name}", signed(header, odd(claims)), Reason.UNREADABLE)


def _odd_documents() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "a list": lambda document: b"[" + document + b"]",
        "text": lambda document: json.dumps(document.decode()).encode(),
        "a number": lambda _: b"1",
        "null": lambda _: b"null",
        "cut short": lambda document: document[:-1],
        "with more after it": lambda document: document + b"{}",
        "with a mark before it": lambda document: b"\xef\xbb\xbf" + document,
        "in two bytes a letter": lambda document: document.decode().encode("utf-16"),
        "not in any letters": lambda document: document[:-1] + b', "x": "\xff"}',
        "in overlong letters": lambda document: document[:-1] + b', "x": "\xc0\xaf"}',
        "ended early": lambda document: document + b"\0",
        "too deep": lambda _: b"[" * 1200 + b"]" * 1200,
    }


def _hostile_spellings() -> Iterator[Hostile]:
    """The same bytes spelt otherwise: each would be the same token under another name."""
    token = minted(claims={"filler": "???>>>~~~"})
    header, claims, signature = token.split(".")
    otherwise = claims.replace("-", "+").replace("_", "/")
    if otherwise == claims:
        raise ValueError("these claims are spelt alike in both alphabets")
    odd = {
        "padding": f"{header}.{claims}.{signature}==",
        "padding of the header": f"{header}=.{claims}.{signature}",
        "bits to spare": f"{header}.{claims}.{signature[:-1]}{_next_letter(signature[-1])}",
        "other alphabet": _signed_spelling(header, otherwise),
        "a space before": f" {token}",
        "a space after": f"{token} ",
        "a new line after": f"{token}\n",
        "a new line within": f"{header}.{claims[:10]}\n{claims[10:]}.{signature}",
        "a tab within": f"{header}.{claims}.{signature[:10]}\t{signature[10:]}",
        "nothing seen after": f"{token}\0",
        "a letter that is dropped": f"{header}.{claims}.{signature}!",
        "quotes": f'"{token}"',
        "its scheme": f"Bearer {token}",
        "in percent": token.replace(".", "%2E"),
        "a wide stop": token.replace(".", "\uff0e", 1),
        "an accent": f"{header}é.{claims}.{signature}",
        "half a character": f"{header}\ud800.{claims}.{signature}",
    }
    for name, spelling in odd.items():
        yield Hostile(f"spelling: {name}", spelling, Reason.UNREADABLE)


def _signed_spelling(header: str, claims: str) -> str:
    message = f"{header}.{claims}"
    return f"{message}.{text(ES256.sign(message.encode()))}"


def _next_letter(letter: str) -> str:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return alphabet[alphabet.index(letter) + 1]


def _hostile_shapes() -> Iterator[Hostile]:
    header, claims, signature = minted().split(".")
    odd = {
        "nothing": "",
        "a stop": ".",
        "two stops": "..",
        "one segment": header,
        "two segments": f"{header}.{claims}",
        "no header": f".{claims}.{signature}",
        "four segments": f"{header}.{claims}.{signature}.{signature}",
        "an encrypted token": f"{header}.{claims}.{signature}.{claims}.{signature}",
        "a token in JSON": json.dumps({"protected": header, "payload": claims, "signature": signature}),
        "words": "open sesame",
        "letters of no meaning": "a.b.c",
    }
    for name, token in odd.items():
        yield Hostile(f"shape: {name}", token, Reason.UNREADABLE)
    yield Hostile("shape: no claims", f"{header}..{signature}", Reason.SIGNATURE)
    yield Hostile("shape: no signature", f"{header}.{claims}.", Reason.SIGNATURE)
    yield Hostile("shape: one letter too long", of_length(4097), Reason.TOO_LONG)
    yield Hostile("shape: eight million letters", "a" * 8_000_000, Reason.TOO_LONG)
    yield Hostile("shape: a million stops", "." * 1_000_000, Reason.TOO_LONG)


HONEST: Final = honest_tokens()
HOSTILE: Final = hostile_tokens()
