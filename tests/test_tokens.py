"""A token is believed only when everything about it is right, and a refused one learns nothing about why."""

import ast
import asyncio
import gzip
import json
import os
import string
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from models.roles import INSTALLATION
from service import key_sources, tokens
from service.identity import NotRecognised, Principal, Reason
from service.issuer import KEY_FILE, Issuer, IssuerOffInProduction, KeyFileExposed
from service.key_sources import (
    LARGEST_DOCUMENT,
    KeysRefused,
    SigningKeys,
    canonical_bytes,
    keys_at_address,
    keys_in_document,
    keys_in_file,
    vetted,
)
from service.signatures import MakeReady, PublicKey
from service.tokens import Tokens
from tests.hostile_tokens import (
    ABSENT,
    AUDIENCE,
    ELLIPTIC_JWK,
    ELLIPTIC_KEY,
    ES256,
    ES384,
    HONEST,
    HOSTILE,
    ISSUER,
    JWKS,
    NOW,
    RS256,
    RS512,
    RSA_JWK,
    RSA_KEY,
    SECONDS,
    Hostile,
    changed,
    hostile_tokens,
    minted,
    number,
    rsa_members,
    text,
)
from tests.other_signatures import OtherPublicKey

PROJECT = Path(__file__).parents[1]
GOLDILOCKS = Principal("goldilocks", "ZZ0001")
PUBLISHED = json.dumps(JWKS).encode()
UNKNOWN = minted(header={"kid": "nobody"})


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Publisher:
    """Publishes keys, counts how often it is asked and by how many at once, and can break down."""

    document: Mapping[str, Any] = field(default_factory=lambda: JWKS)
    asked: int = 0
    asking: int = 0
    asking_at_once: int = 0
    broken: Exception | None = None

    async def __call__(self) -> bytes:
        self.asked += 1
        self.asking += 1
        self.asking_at_once = max(self.asking, self.asking_at_once)
        for _ in range(5):
            await asyncio.sleep(0)
        self.asking -= 1
        if self.broken:
            raise self.broken
        return json.dumps(self.document).encode()


def verifier(clock: Clock | None = None, make_ready: MakeReady = PublicKey) -> Tokens:
    """A verifier that has the trusted keys at hand."""
    keys = SigningKeys(keys_in_document(JWKS), clock or Clock())
    asyncio.run(keys.load())
    return Tokens(keys, ISSUER, AUDIENCE, clock or Clock(), make_ready)


def refusal(verified: Tokens, token: str) -> NotRecognised:
    """How the token is refused: by this exception, and no other."""
    with pytest.raises(NotRecognised) as caught:
        verified.principal(token)
    return caught.value


LIBRARIES: dict[str, Tokens] = {"python-jose": verifier(), "joserfc": verifier(make_ready=OtherPublicKey)}
STRICT = LIBRARIES["python-jose"]
GOOD = minted()
HONEST_BY = {signer.key_id: minted(signer) for signer in (ES256, ES384, RS256, RS512)}


@pytest.fixture(params=LIBRARIES)
def strict(request: pytest.FixtureRequest) -> Tokens:
    """The verifier over each of two libraries: whatever is believed or refused may not depend on which it is."""
    return LIBRARIES[request.param]


@pytest.fixture
def verifications(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signatures were really verified."""
    seen: list[str] = []
    verify = PublicKey.signed_by_it

    def watched(key: PublicKey, token: str) -> bytes:
        seen.append(token)
        return verify(key, token)

    monkeypatch.setattr(PublicKey, "signed_by_it", watched)
    return seen


# What is believed


@pytest.mark.parametrize("token", HONEST.values(), ids=HONEST)
def test_an_honest_token_says_who_asks(strict: Tokens, token: str) -> None:
    assert strict.principal(token).practice == "ZZ0001"


def test_a_token_names_its_subject_and_practice(strict: Tokens) -> None:
    assert strict.principal(minted()) == GOLDILOCKS


@pytest.mark.parametrize("practice", ["ZZ1", "ZZ00000001", "123456", INSTALLATION])
def test_a_token_acts_for_a_practice_or_for_the_installation(strict: Tokens, practice: str) -> None:
    assert strict.principal(minted(claims={"practice": practice})).practice == practice


# What is refused


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_token_is_refused_for_its_one_fault(strict: Tokens, hostile: Hostile) -> None:
    assert refusal(strict, hostile.token).reason is hostile.reason


def test_the_corpus_is_large_and_holds_no_token_twice() -> None:
    assert (
        len({hostile.name for hostile in HOSTILE}) == len({hostile.token for hostile in HOSTILE}) == len(HOSTILE) > 200
    )


def test_a_caller_cannot_tell_one_refusal_from_another(strict: Tokens) -> None:
    said = {(str(why), why.args) for why in (refusal(strict, hostile.token) for hostile in HOSTILE)}
    assert said == {("Send a bearer token that proves who is asking.", ())}


def test_a_refusal_holds_on_to_no_error_that_quotes_the_token(strict: Tokens) -> None:
    causes = {(why.__cause__, why.__context__) for why in (refusal(strict, hostile.token) for hostile in HOSTILE)}
    assert causes == {(None, None)}


@pytest.mark.parametrize("nothing", [None, b"", 7, ["a"], {}], ids=repr)
def test_what_is_not_even_text_is_refused_alike(strict: Tokens, nothing: Any) -> None:
    assert refusal(strict, nothing).reason is Reason.UNREADABLE


@pytest.mark.parametrize("error", [ValueError, RecursionError, OverflowError, MemoryError, KeyError, RuntimeError])
def test_whatever_breaks_inside_is_a_refusal(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    strict = verifier()

    def broken(*_arguments: object, **_options: object) -> bytes:
        raise error("quotes the token")

    monkeypatch.setattr(PublicKey, "signed_by_it", broken)
    assert refusal(strict, minted()).reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    "times", [{"iat": 0, "exp": True}, {"iat": False, "exp": 60}, {"iat": 0, "exp": 60, "nbf": True}]
)
def test_true_and_false_are_no_times(times: dict[str, Any]) -> None:
    """Seen only in January 1970: on any other day such a token has expired besides."""
    strict = verifier(Clock(datetime.fromtimestamp(0, UTC)))
    assert refusal(strict, minted(claims=times)).reason is Reason.TIMES


@given(place=st.integers(0, len(GOOD) - 1), letter=st.sampled_from(string.printable + "é\0\ud800"))
def test_no_token_with_a_letter_changed_is_believed(place: int, letter: str) -> None:
    altered = GOOD[:place] + letter + GOOD[place + 1 :]
    if altered == GOOD:
        assert STRICT.principal(altered) == GOLDILOCKS
    else:
        refusal(STRICT, altered)


@given(st.text() | st.text(alphabet=string.ascii_letters + "._-="))
def test_no_text_breaks_the_verifier(words: str) -> None:
    refusal(STRICT, words)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.data())
def test_no_token_with_bytes_changed_beneath_its_letters_is_believed(data: st.DataObject) -> None:
    """The letters stay canonical: what is changed is what they stand for, by a bit, a byte, a piece."""
    signer = data.draw(st.sampled_from([ES256, ES384, RS256, RS512]))
    segments = [canonical_bytes(each) for each in HONEST_BY[signer.key_id].split(".")]
    which = data.draw(st.integers(0, 2))
    altered = data.draw(mutations(segments[which]))
    token = ".".join(text(altered if place == which else each) for place, each in enumerate(segments))
    for strict in LIBRARIES.values():
        if altered == segments[which]:
            assert strict.principal(token) == GOLDILOCKS
        else:
            refusal(strict, token)


@st.composite
def mutations(draw: st.DrawFn, whole: bytes) -> bytes:
    """The same bytes, but for one thing done to them."""
    first, second = sorted(draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    piece = draw(
        st.one_of(
            st.binary(max_size=8),
            st.just(whole[first:second] * 2),
            st.just(whole[first:second][::-1]),
            st.sampled_from([b"\0", b" ", b'"', b"}", b"{", b",", b"\\u0000", b"\xff", b'"alg":"none"', b"1e999"]),
            st.integers(0, 7).map(lambda bit: bytes([whole[first % len(whole)] ^ 1 << bit])),
        )
    )
    return whole[:first] + piece + whole[second:]


@given(st.sampled_from(["exp", "iat", "nbf", "iss", "aud", "jti"]), anything)
def test_no_claim_but_its_own_says_who_asks(claim: str, value: object) -> None:
    with suppress(NotRecognised):
        assert STRICT.principal(minted(claims={claim: value})) == GOLDILOCKS


@given(st.sampled_from(["alg", "typ", "kid", "crit", "jwk", ""]), anything)
def test_no_header_says_who_asks(member: str, value: object) -> None:
    with suppress(NotRecognised):
        assert STRICT.principal(minted(header={member: value})) == GOLDILOCKS


# How long a verified token is remembered


def test_a_verified_token_is_remembered_for_a_minute(verifications: list[str]) -> None:
    clock = Clock()
    strict, token = verifier(clock), minted()
    for seconds in (0, 59):
        clock.now = NOW + timedelta(seconds=seconds)
        assert strict.principal(token) == GOLDILOCKS
    assert len(verifications) == 1
    clock.now = NOW + timedelta(seconds=60)
    assert strict.principal(token) == GOLDILOCKS
    assert len(verifications) == 2


def test_a_token_is_not_remembered_beyond_its_expiry(verifications: list[str]) -> None:
    clock = Clock()
    strict, token = verifier(clock), minted(claims={"exp": SECONDS + 10})
    for seconds, verified in ((0, 1), (9, 1), (10, 2), (29, 3)):
        clock.now = NOW + timedelta(seconds=seconds)
        assert strict.principal(token) == GOLDILOCKS
        assert len(verifications) == verified
    clock.now = NOW + timedelta(seconds=40)
    assert refusal(strict, token).reason is Reason.TIMES


def test_a_clock_set_back_makes_no_token_be_remembered_longer() -> None:
    clock = Clock()
    strict, token = verifier(clock), minted()
    strict.principal(token)
    clock.now = NOW - timedelta(minutes=2)
    assert refusal(strict, token).reason is Reason.TIMES


def test_a_refused_token_is_not_remembered(verifications: list[str]) -> None:
    strict, token = verifier(), minted(claims={"jti": ""})
    for _ in range(2):
        refusal(strict, token)
    assert len(verifications) == 2


def test_tokens_are_forgotten_one_by_one(monkeypatch: pytest.MonkeyPatch, verifications: list[str]) -> None:
    monkeypatch.setattr(tokens, "REMEMBERED_AT_MOST", 3)
    strict, several = verifier(), [minted(claims={"jti": f"bear-{bear}"}) for bear in range(4)]
    for token in [*several, *several[1:]]:
        strict.principal(token)
    assert verifications == several
    strict.principal(several[0])
    assert verifications == [*several, several[0]]


def test_no_more_than_ten_thousand_tokens_are_remembered() -> None:
    assert tokens.REMEMBERED_AT_MOST == 10_000


def test_a_key_is_made_ready_once() -> None:
    made: list[str] = []

    def watched(members: Mapping[str, str], algorithm: str) -> PublicKey:
        made.append(algorithm)
        return PublicKey(members, algorithm)

    strict = verifier(make_ready=watched)
    for bear in range(3):
        strict.principal(minted(claims={"jti": f"bear-{bear}"}))
    assert sorted(made) == ["ES256", "ES384", "RS256", "RS512"]


# Which keys are trusted


SHORT_KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - weak, to see it refused
NUMBERS = "its numbers are not a public key"
LEFT_OUT: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
    "no name": (ELLIPTIC_JWK, {"kid": ABSENT}, "no name"),
    "an empty name": (ELLIPTIC_JWK, {"kid": ""}, "no name"),
    "a number for a name": (ELLIPTIC_JWK, {"kid": 7}, "no name"),
    "no algorithm": (ELLIPTIC_JWK, {"alg": ABSENT}, "no algorithm"),
    "a list for an algorithm": (ELLIPTIC_JWK, {"alg": ["ES256"]}, "no algorithm"),
    "an algorithm of another kind": (ELLIPTIC_JWK, {"alg": "RS256"}, "another kind"),
    "a longer curve's algorithm": (ELLIPTIC_JWK, {"alg": "ES512"}, "another kind"),
    "a shared secret's algorithm": (ELLIPTIC_JWK, {"alg": "HS256"}, "another kind"),
    "another RSA algorithm": (RSA_JWK, {"alg": "RS384"}, "another kind"),
    "an RSA padding of chance": (RSA_JWK, {"alg": "PS256"}, "another kind"),
    "an elliptic algorithm for RSA": (RSA_JWK, {"alg": "ES256"}, "another kind"),
    "another kind": (ELLIPTIC_JWK, {"kty": "OKP"}, "another kind"),
    "an Edwards curve": (ELLIPTIC_JWK, {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA"}, "another kind"),
    "a use in encryption": (ELLIPTIC_JWK, {"use": "enc"}, "another use"),
    "no use at all": (ELLIPTIC_JWK, {"use": None}, "another use"),
    "operations without verifying": (ELLIPTIC_JWK, {"key_ops": ["sign"]}, "another use"),
    "operations in one word": (ELLIPTIC_JWK, {"key_ops": "verify"}, "another use"),
    "another curve's algorithm": (ELLIPTIC_JWK, {"alg": "ES384"}, "another curve than its algorithm's"),
    "another curve's name": (ELLIPTIC_JWK, {"crv": "P-384"}, "another curve than its algorithm's"),
    "a point off the curve": (ELLIPTIC_JWK, {"y": ELLIPTIC_JWK["x"]}, NUMBERS),
    "a point that is padded": (ELLIPTIC_JWK, {"x": ELLIPTIC_JWK["x"] + "="}, NUMBERS),
    "a point that is a number": (ELLIPTIC_JWK, {"x": 7}, NUMBERS),
    "half a point": (ELLIPTIC_JWK, {"y": ABSENT}, NUMBERS),
    "no modulus": (RSA_JWK, {"n": ABSENT}, NUMBERS),
    "an exponent of one": (RSA_JWK, {"e": "AQ"}, NUMBERS),
    "an even exponent": (RSA_JWK, {"e": "Ag"}, NUMBERS),
    "a modulus in PEM": (
        RSA_JWK,
        {"n": RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()},
        NUMBERS,
    ),
    "a modulus in base sixteen": (RSA_JWK, {"n": hex(RSA_KEY.public_key().public_numbers().n)}, NUMBERS),
    "1,024 bits of RSA": (RSA_JWK, rsa_members(SHORT_KEY.public_key()), "too short"),
}


@pytest.mark.parametrize(("honest", "changes", "fault"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_key_that_is_not_fit_is_left_out(honest: dict[str, str], changes: dict[str, Any], fault: str) -> None:
    unfit, fit = changed(honest, changes), {**ELLIPTIC_JWK, "kid": "fit"}
    with capture_logs() as logged:
        assert set(vetted(json.dumps({"keys": [unfit, fit]}).encode())) == {"fit"}
    assert logged == [{"event": "signing_keys_left_out", "faults": [fault], "log_level": "info"}]


def test_a_document_with_no_fit_key_is_refused() -> None:
    with pytest.raises(KeysRefused):
        vetted(json.dumps({"keys": [{**ELLIPTIC_JWK, "use": "enc"}]}).encode())


def test_a_key_without_a_stated_use_is_fit() -> None:
    fit = changed(ELLIPTIC_JWK, {"use": ABSENT, "key_ops": ["verify"]})
    assert set(vetted(json.dumps({"keys": [fit]}).encode())) == {"elliptic"}


SECRET = number(ELLIPTIC_KEY.private_numbers().private_value)
REFUSED: dict[str, bytes] = {
    "a shared secret": json.dumps({"keys": [*JWKS["keys"], {"kty": "oct", "k": "c2VjcmV0", "kid": "s"}]}).encode(),
    "a shared secret's kind": json.dumps({"keys": [*JWKS["keys"], {"kty": "oct", "kid": "s"}]}).encode(),
    "a shared secret that hides its kind": json.dumps({"keys": [{**RSA_JWK, "k": "c2VjcmV0"}]}).encode(),
    "a private key": json.dumps({"keys": [{**ELLIPTIC_JWK, "d": SECRET}]}).encode(),
    "part of a private key": json.dumps({"keys": [RSA_JWK, {**ELLIPTIC_JWK, "p": "AQAB"}]}).encode(),
    "two keys of one name": json.dumps({"keys": [ELLIPTIC_JWK, {**RSA_JWK, "kid": "elliptic"}]}).encode(),
    "one key twice": json.dumps({"keys": [ELLIPTIC_JWK, ELLIPTIC_JWK]}).encode(),
    "a member twice": json.dumps({"keys": [RSA_JWK]}).replace('"kid":', '"kid": "elliptic", "kid":').encode(),
    "no keys": b'{"keys": []}',
    "keys that are no list": json.dumps({"keys": ELLIPTIC_JWK}).encode(),
    "keys that are no objects": b'{"keys": ["elliptic"]}',
    "one key alone": json.dumps(ELLIPTIC_JWK).encode(),
    "a list": b"[]",
    "nothing": b"",
    "a key in PEM": RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "a key in DER": RSA_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "a key in DER, of the other kind": ELLIPTIC_KEY.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ),
    "a key in OpenSSH's form": RSA_KEY.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
    "keys in JSON's other letters": PUBLISHED.decode().encode("utf-16"),
    "a page": b"<html>Please log in</html>",
    "letters of no meaning": b"\xff\xfe",
    "what is too deep": b'{"keys": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_a_document_of_keys_that_is_not_safe_is_refused(document: bytes) -> None:
    with pytest.raises(KeysRefused):
        vetted(document)


def test_a_refused_document_leaves_the_keys_that_were_there() -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        assert await strict.recognise(minted()) == GOLDILOCKS
        publisher.document = {"keys": [{**ELLIPTIC_JWK, "d": SECRET}]}
        clock.forward(minutes=11)
        assert await strict.recognise(fresh(clock)) == GOLDILOCKS
        assert publisher.asked == 2

    asyncio.run(story())


# When keys are fetched


def fresh(clock: Clock, **header: object) -> str:
    """An honest token of this moment."""
    seconds = int(clock.now.timestamp())
    return minted(header=header, claims={"iat": seconds, "nbf": seconds, "exp": seconds + 600})


async def refused_at(strict: Tokens, token: str) -> Reason:
    """Why the token is refused, with keys fetched where need be."""
    with pytest.raises(NotRecognised) as caught:
        await strict.recognise(token)
    return caught.value.reason


def test_keys_are_fetched_when_first_needed_and_again_after_ten_minutes() -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        asked = []
        for minutes in (0, 9, 1, 9, 1):
            clock.forward(minutes=minutes)
            await strict.recognise(fresh(clock))
            asked.append(publisher.asked)
        assert asked == [1, 1, 2, 2, 3]

    asyncio.run(story())


def test_with_keys_at_hand_nothing_is_waited_for() -> None:
    strict, token = verifier(), minted()
    waiting = strict.recognise(token)
    with pytest.raises(StopIteration) as answer:
        waiting.send(None)
    assert answer.value.value == GOLDILOCKS


def test_an_unknown_key_is_looked_for_once_in_five_minutes() -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        keys = SigningKeys(publisher, clock)
        strict = Tokens(keys, ISSUER, AUDIENCE, clock)
        await keys.load()
        asked = []
        for seconds in (0, 0, 299, 1, 0):
            clock.forward(seconds=seconds)
            assert await refused_at(strict, UNKNOWN) is Reason.UNKNOWN_KEY
            asked.append(publisher.asked)
        assert asked == [2, 2, 2, 3, 3]

    asyncio.run(story())


def test_how_often_an_unknown_key_is_looked_for_can_be_set() -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        keys = SigningKeys(publisher, clock, ask_again_after=timedelta(seconds=60))
        strict = Tokens(keys, ISSUER, AUDIENCE, clock)
        await keys.load()
        for _ in range(3):
            await refused_at(strict, UNKNOWN)
            clock.forward(seconds=60)
        assert publisher.asked == 4

    asyncio.run(story())


def test_a_new_key_is_found_at_once_and_a_withdrawn_one_is_not_believed_for_more_than_a_minute() -> None:
    clock, publisher = Clock(), Publisher(document={"keys": [ELLIPTIC_JWK]})

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        old, new = minted(ES256), minted(RS256)
        assert await strict.recognise(old) == GOLDILOCKS
        publisher.document = {"keys": [RSA_JWK]}
        assert await strict.recognise(new) == GOLDILOCKS
        assert await strict.recognise(old) == GOLDILOCKS
        clock.forward(seconds=60)
        assert await refused_at(strict, old) is Reason.UNKNOWN_KEY

    asyncio.run(story())


def test_a_name_that_changes_hands_is_verified_with_the_new_key() -> None:
    clock, publisher = Clock(), Publisher(document={"keys": [ELLIPTIC_JWK]})

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        await strict.recognise(fresh(clock))
        publisher.document = {"keys": [{**RSA_JWK, "kid": "elliptic"}]}
        clock.forward(minutes=10)
        assert await refused_at(strict, fresh(clock)) is Reason.ALGORITHM

    asyncio.run(story())


def test_many_who_need_keys_at_once_cause_one_fetch() -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        crowd = [strict.recognise(minted(claims={"jti": f"bear-{bear}"})) for bear in range(20)]
        assert await asyncio.gather(*crowd) == [GOLDILOCKS] * 20
        assert (publisher.asked, publisher.asking_at_once) == (1, 1)
        await asyncio.gather(*(refused_at(strict, UNKNOWN) for _ in range(20)))
        assert (publisher.asked, publisher.asking_at_once) == (2, 1)

    asyncio.run(story())


@pytest.mark.parametrize("error", [OSError("no route"), TimeoutError(), KeysRefused("an answer of 503"), KeyError("?")])
def test_keys_are_kept_for_a_day_while_they_cannot_be_fetched(error: Exception) -> None:
    clock, publisher = Clock(), Publisher()

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        await strict.recognise(minted())
        publisher.broken = error
        clock.forward(hours=23, minutes=59)
        assert await strict.recognise(fresh(clock)) == GOLDILOCKS
        clock.forward(minutes=1)
        assert await refused_at(strict, fresh(clock)) is Reason.UNKNOWN_KEY
        publisher.broken = None
        clock.forward(seconds=30)
        assert await strict.recognise(fresh(clock)) == GOLDILOCKS

    asyncio.run(story())


def test_an_issuer_that_is_down_is_asked_twice_a_minute_at_most() -> None:
    clock, publisher = Clock(), Publisher(broken=OSError("no route"))

    async def story() -> None:
        strict = Tokens(SigningKeys(publisher, clock), ISSUER, AUDIENCE, clock)
        asked = []
        for seconds in (0, 0, 29, 1):
            clock.forward(seconds=seconds)
            assert await refused_at(strict, fresh(clock)) is Reason.UNKNOWN_KEY
            asked.append(publisher.asked)
        assert asked == [1, 1, 1, 2]

    asyncio.run(story())


# Where keys are fetched from


@dataclass
class Website:
    """A server on this machine, and what was asked of it."""

    address: str
    requests: list[bytes] = field(default_factory=list)


Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Website]:
    website = Website("")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            website.requests.append(await reader.readuntil(b"\r\n\r\n"))
            await answer(writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    served: list[asyncio.Task[None]] = []
    server = await asyncio.start_server(
        lambda reader, writer: served.append(asyncio.create_task(serve(reader, writer))), "127.0.0.1", 0
    )
    website.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys.json"
    async with server:
        try:
            yield website
        finally:
            await asyncio.gather(*served)


def saying(body: bytes, status: str = "200 OK", *headers: str) -> Answer:
    """An answer that comes whole."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()

    return answer


async def dripping(writer: asyncio.StreamWriter) -> None:
    """An honest answer that takes far longer than anybody should wait, with never a long silence."""
    writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(PUBLISHED)}\r\n\r\n".encode())
    for letter in PUBLISHED:
        writer.write(bytes([letter]))
        await writer.drain()
        await asyncio.sleep(0.01)


async def endless(writer: asyncio.StreamWriter) -> None:
    """An answer that never ends."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1000\r\n" + b" " * 0x1000 + b"\r\n")
        await writer.drain()


def fetched(answer: Answer, **options: Any) -> tuple[bytes, Website]:
    """What is fetched from a server that answers so."""

    async def story() -> tuple[bytes, Website]:
        async with serving(answer) as website:
            return await keys_at_address(website.address, **options)(), website

    return asyncio.run(story())


def test_keys_are_fetched_from_an_address() -> None:
    body, website = fetched(saying(PUBLISHED))
    assert body == PUBLISHED
    assert len(website.requests) == 1
    assert b"accept-encoding: identity\r\n" in website.requests[0].lower()


def test_a_document_of_64_kilobytes_is_read_and_one_byte_more_is_refused() -> None:
    body, _ = fetched(saying(PUBLISHED.ljust(LARGEST_DOCUMENT)))
    assert len(body) == LARGEST_DOCUMENT == 65_536
    with pytest.raises(KeysRefused):
        fetched(saying(PUBLISHED.ljust(LARGEST_DOCUMENT + 1)))


def test_an_endless_document_is_refused() -> None:
    with pytest.raises(KeysRefused):
        fetched(endless)


def test_a_compressed_document_is_not_unpacked() -> None:
    """It was not asked for, and a small one can hold any amount."""
    bomb = gzip.compress(b" " * 10_000_000)
    body, _ = fetched(saying(bomb, "200 OK", "Content-Encoding: gzip"))
    assert body == bomb
    with pytest.raises(KeysRefused):
        key_sources.vetted(body)


def test_a_document_that_drips_is_given_up() -> None:
    with pytest.raises(TimeoutError):
        fetched(dripping, deadline=timedelta(seconds=0.2))


def test_a_document_is_given_up_after_five_seconds() -> None:
    assert timedelta(seconds=5) == key_sources.DEADLINE


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified", "404 Not Found", "500 Broken", "503 Busy"])
def test_no_answer_but_success_brings_keys(status: str) -> None:
    with pytest.raises(KeysRefused):
        fetched(saying(b"" if status[0] in "23" else PUBLISHED, status))


def test_a_redirection_is_not_followed() -> None:
    async def story() -> None:
        async with serving(saying(PUBLISHED)) as elsewhere:
            moved = saying(b"", "302 Found", f"Location: {elsewhere.address}")
            async with serving(moved) as website:
                with pytest.raises(KeysRefused):
                    await keys_at_address(website.address)()
            assert elsewhere.requests == []

    asyncio.run(story())


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with serving(saying(PUBLISHED)) as proxy, serving(saying(PUBLISHED)) as website:
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
                monkeypatch.setenv(name, proxy.address)
            for name in ("NO_PROXY", "no_proxy"):
                monkeypatch.delenv(name, raising=False)
            await keys_at_address(website.address)()
            assert (len(proxy.requests), len(website.requests)) == (0, 1)

    asyncio.run(story())


@pytest.mark.parametrize(
    "address",
    [
        "http://issuer.example.com/keys.json",
        "http://localhost.example.com/keys.json",
        "http://127.0.0.1@issuer.example.com/keys.json",
        "http://127.0.0.2/keys.json",
        "https://someone:secret@issuer.example.com/keys.json",
        "https:///keys.json",
        "ftp://issuer.example.com/keys.json",
        "file:///keys.json",
        "keys.json",
        "",
    ],
)
def test_keys_are_not_fetched_where_others_could_change_them_on_the_way(address: str) -> None:
    with pytest.raises(KeysRefused):
        keys_at_address(address)


@pytest.mark.parametrize("address", ["https://issuer.example.com/keys", "http://localhost:8080/", "http://127.0.0.1/"])
def test_keys_may_be_fetched_safely_or_from_this_machine(address: str) -> None:
    assert callable(keys_at_address(address))


def test_keys_are_read_from_a_file_and_read_again_when_they_are_due(tmp_path: Path) -> None:
    clock, kept = Clock(), tmp_path / "keys.json"

    async def story() -> None:
        strict = Tokens(SigningKeys(keys_in_file(kept), clock), ISSUER, AUDIENCE, clock)
        kept.write_text(json.dumps({"keys": [ELLIPTIC_JWK]}))
        assert await strict.recognise(minted(ES256)) == GOLDILOCKS
        kept.write_text(json.dumps({"keys": [RSA_JWK]}))
        clock.forward(minutes=10)
        assert await refused_at(strict, fresh(clock)) is Reason.UNKNOWN_KEY
        kept.unlink()
        clock.forward(minutes=10)
        assert await strict.recognise(minted(RS256, claims={"iat": SECONDS, "exp": SECONDS + 3600})) == GOLDILOCKS

    asyncio.run(story())


def test_a_file_without_keys_is_reported_when_the_service_starts(tmp_path: Path) -> None:
    for content in (None, b"", PUBLISHED.ljust(LARGEST_DOCUMENT + 1)):
        if content is not None:
            (tmp_path / "keys.json").write_bytes(content)
        with pytest.raises(KeysRefused):
            asyncio.run(SigningKeys(keys_in_file(tmp_path / "keys.json"), Clock()).load())


def test_no_token_makes_the_service_call_out() -> None:
    clock = Clock()

    async def story() -> None:
        async with serving(saying(PUBLISHED)) as trap, serving(saying(PUBLISHED)) as website:
            keys = SigningKeys(keys_at_address(website.address), clock)
            strict = Tokens(keys, ISSUER, AUDIENCE, clock)
            for hostile in hostile_tokens(trap.address):
                await refused_at(strict, hostile.token)
            assert trap.requests == []
            assert len(website.requests) == 2, "once when first needed, once for all the unknown keys together"

    asyncio.run(story())


# What the library may do


def imports_of(module: Path) -> set[str]:
    """The packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_one_module_knows_the_token_library() -> None:
    modules = [
        module for room in ("api", "service", "workflows", "models") for module in (PROJECT / room).rglob("*.py")
    ]
    knowing = {
        module.relative_to(PROJECT).as_posix() for module in modules if imports_of(module) & {"jose", "joserfc", "jwt"}
    }
    assert knowing == {"service/signatures.py"}


def in_another_process(program: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words


def test_the_library_brings_no_decryption_and_no_slower_signatures() -> None:
    program = "import sys, api.app, service.cli; api.app.create_app(); print(*sorted(sys.modules))"
    loaded, _ = in_another_process(program).communicate()
    assert {"jose.jws", "jose.jwk", "cryptography"} <= set(loaded.split())
    assert {"jose.jwe", "jose.jwt", "ecdsa", "rsa", "pyasn1", "joserfc"}.isdisjoint(loaded.split())


# The issuer for development


def test_the_issuers_tokens_are_believed(tmp_path: Path) -> None:
    clock = Clock()

    async def story() -> None:
        issuer = Issuer(tmp_path, ISSUER, AUDIENCE, clock, production=False)
        strict = Tokens(SigningKeys(keys_in_document(issuer.jwks()), clock), ISSUER, AUDIENCE, clock)
        assert await strict.recognise(issuer.issue("goldilocks", "ZZ0001")) == GOLDILOCKS
        operator = issuer.issue("wolf", INSTALLATION, timedelta(minutes=1))
        assert await strict.recognise(operator) == Principal("wolf", INSTALLATION)
        clock.forward(seconds=90)
        assert await refused_at(strict, operator) is Reason.TIMES

    asyncio.run(story())


def test_no_two_tokens_have_one_id(tmp_path: Path) -> None:
    issuer = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    claims = [canonical_bytes(issuer.issue("goldilocks", "ZZ0001").split(".")[1]) for _ in range(2)]
    assert len({json.loads(claim)["jti"] for claim in claims}) == 2


@pytest.mark.parametrize("lifetime", [timedelta(hours=1, seconds=1), timedelta(0), timedelta(seconds=-1)])
def test_the_issuer_makes_no_token_that_nobody_would_believe(tmp_path: Path, lifetime: timedelta) -> None:
    issuer = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    with pytest.raises(ValueError, match="an hour at most"):
        issuer.issue("goldilocks", "ZZ0001", lifetime)


def test_there_is_no_issuer_in_production(tmp_path: Path) -> None:
    with pytest.raises(IssuerOffInProduction, match="for development"):
        Issuer(tmp_path / "issuer", ISSUER, AUDIENCE, Clock(), production=True)
    assert list(tmp_path.iterdir()) == []


def test_the_issuers_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Issuer(tmp_path / "new" / "issuer", ISSUER, AUDIENCE, Clock(), production=False)
    finally:
        os.umask(before)
    folder = tmp_path / "new" / "issuer"
    assert [file.name for file in folder.iterdir()] == [KEY_FILE]
    assert (folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    (tmp_path / KEY_FILE).chmod(0o640)
    with pytest.raises(KeyFileExposed):
        Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)


def test_the_issuer_keeps_its_key(tmp_path: Path) -> None:
    first = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    again = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    assert first.jwks() == again.jwks()


def test_the_issuers_key_is_named_by_its_thumbprint_and_shows_no_secret(tmp_path: Path) -> None:
    """RFC 7638: the required members alone, in order, without white space."""
    (member,) = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False).jwks()["keys"]
    kept = load_pem_private_key((tmp_path / KEY_FILE).read_bytes(), password=None)
    assert isinstance(kept, ec.EllipticCurvePrivateKey)
    point = kept.public_key().public_numbers()
    x, y = number(point.x, 32), number(point.y, 32)
    required = f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'
    name = text(sha256(required.encode()).digest())
    assert member == {"crv": "P-256", "kty": "EC", "x": x, "y": y, "kid": name, "alg": "ES256", "use": "sig"}


def test_of_two_issuers_that_start_together_the_first_ones_key_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate = ec.generate_private_key
    first: list[Issuer] = []

    def overtaken(curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
        monkeypatch.setattr(ec, "generate_private_key", generate)
        first.append(Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False))
        return generate(curve)

    monkeypatch.setattr(ec, "generate_private_key", overtaken)
    second = Issuer(tmp_path, ISSUER, AUDIENCE, Clock(), production=False)
    assert second.jwks() == first[0].jwks()
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_issuers_in_several_processes_share_one_key(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path; from service.issuer import Issuer;"
        "print(Issuer(Path(sys.argv[1]), 'i', 'a', lambda: datetime.now(UTC), production=False).jwks())"
    )
    processes = [in_another_process(program, str(tmp_path)) for _ in range(4)]
    published_by_each = {process.communicate()[0] for process in processes}
    assert len(published_by_each) == 1
    assert "kid" in published_by_each.pop()
