"""Messages are handed over as whoever carries them asks for it, in time or not at all, and nothing of them is written down."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from models.phones import mobile
from service.integrations import calls
from service.integrations.carriers import carriage
from service.integrations.messages import CodeMessage, NotSent, Way
from service.settings import Settings, SettingsRefused
from tests.receivers import (
    SIGN_IN,
    TOKEN,
    Answering,
    Receiver,
    answering,
    dripping,
    hanging_up,
    receiver_at_work,
    silent,
)

SERVICE: Final = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET: Final = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY: Final = f"gingerbread-house-{SERVICE}-{SECRET}"
APPLICATION: Final = "gXm4hJk2PqR7tVw9"
KEY_ID: Final = "gingerbread-1"
BY_EMAIL, BY_TEXT = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-000000000000"
NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
MESSAGE: Final = CodeMessage(Way.EMAIL, "rapunzel@example.com", "Gingerbread House Surgery", "048151")
TEXT: Final = CodeMessage(Way.TEXT, "07700900982", "Gingerbread House Surgery", "048151")
PERSONAL: Final = {"practice": "Gingerbread House Surgery", "code": "048151"}
SOON: Final = 30.0  # seconds, far more than a deadline of half a second
LONG: Final = b"x" * 100_000
CARRIERS: Final = ("govuk_notify", "nhs_notify")


@cache
def signing_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key of the service on the platform."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, sealed: KeySerializationEncryption | None = None) -> bytes:
    """A key as it stands in a file."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealed or NoEncryption())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiver_at_work() as one:
        yield one


@pytest.fixture(params=CARRIERS)
def carrier(request: pytest.FixtureRequest) -> str:
    """Each of those who can carry messages."""
    return str(request.param)


def kept(folder: Path, name: str, secret: bytes) -> Path:
    """A secret in a file of its own."""
    file = folder / name
    file.write_bytes(secret)
    file.chmod(0o600)
    return file


def settings(folder: Path, carrier: str, address: str, **more: Any) -> Settings:
    """An installation that sends by the stand-in."""
    named: dict[str, Any] = {"data_folder": folder, "message_carrier": carrier, "notify_deadline": SOON}
    if carrier == "govuk_notify":
        named |= {
            "notify_key_file": kept(folder, "notify.key", f"{API_KEY}\n".encode()), "notify_address": address,
            "notify_email_template": BY_EMAIL, "notify_text_template": BY_TEXT,
        }  # fmt: skip
    else:
        named |= {
            "nhs_notify_key_file": kept(folder, "nhs.pem", pem(signing_key())), "nhs_notify_key_id": KEY_ID,
            "nhs_notify_api_key_file": kept(folder, "nhs.key", f"{APPLICATION}\n".encode()), "nhs_notify_address": address,
            "nhs_notify_email_plan": BY_EMAIL, "nhs_notify_text_plan": BY_TEXT,
        }  # fmt: skip
    return Settings(**{**named, **more})


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "WAIT_BEFORE_AGAIN", 0.01)


def send(folder: Path, carrier: str, receiver: Receiver, message: CodeMessage = MESSAGE, **more: Any) -> None:
    """Send a message, as the installation would."""
    carried = carriage(settings(folder, carrier, receiver.address, **more), lambda: NOON)
    asyncio.run(carried.carrier.send(message))


def test_a_message_is_handed_over_as_govuk_notify_asks_for_it(tmp_path: Path, receiver: Receiver) -> None:
    send(tmp_path, "govuk_notify", receiver)
    send(tmp_path, "govuk_notify", receiver, TEXT)
    (path, headers, said), (text_path, _, text) = receiver.sent
    assert (path, text_path) == ("/v2/notifications/email", "/v2/notifications/sms")
    assert said == {"email_address": "rapunzel@example.com", "template_id": BY_EMAIL, "personalisation": PERSONAL}
    assert text == {"phone_number": "07700900982", "template_id": BY_TEXT, "personalisation": PERSONAL}
    scheme, _, token = headers["Authorization"].partition(" ")
    shown = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
    assert scheme == "Bearer"
    assert shown.header == {"alg": "HS256", "typ": "JWT"}
    assert shown.claims == {"iss": SERVICE, "iat": int(NOON.timestamp())}


def test_the_service_signs_in_as_the_nhs_platform_asks_for_it(tmp_path: Path, receiver: Receiver) -> None:
    send(tmp_path, "nhs_notify", receiver)
    path, headers, said = receiver.sent[0]
    assertion = said.pop("client_assertion")
    assert (path, headers["Content-Type"]) == (SIGN_IN, "application/x-www-form-urlencoded")
    assert said == {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }
    shown = jwt.decode(assertion, RSAKey.import_key(pem(signing_key())), algorithms=["RS512"])
    assert shown.header == {"alg": "RS512", "typ": "JWT", "kid": KEY_ID}
    assert 0 < shown.claims.pop("exp") - NOON.timestamp() <= 300
    assert UUID(shown.claims.pop("jti")).version == 4
    assert shown.claims == {"iss": APPLICATION, "sub": APPLICATION, "aud": f"{receiver.address}{SIGN_IN}"}


def test_a_message_is_handed_over_as_nhs_notify_asks_for_it(tmp_path: Path, receiver: Receiver) -> None:
    """To the contact that was given, by no NHS number: nobody's record says where a code goes."""
    for message, plan, contact in (
        (MESSAGE, BY_EMAIL, {"email": "rapunzel@example.com"}), (TEXT, BY_TEXT, {"sms": "07700900982"}),
    ):  # fmt: skip
        send(tmp_path, "nhs_notify", receiver, message)
        path, headers, said = receiver.messages[-1]
        attributes = said["data"]["attributes"]
        assert (path, headers["Authorization"]) == ("/comms/v1/messages", f"Bearer {TOKEN}")
        assert {headers["Content-Type"], headers["Accept"]} == {"application/vnd.api+json"}
        assert said["data"]["type"] == "Message"
        assert UUID(attributes.pop("messageReference")).version == 4
        assert attributes == {
            "routingPlanId": plan, "recipient": {"contactDetails": contact}, "personalisation": PERSONAL,
        }  # fmt: skip


@pytest.mark.parametrize("passing", [answering(500), answering(503), answering(425), answering(429), hanging_up])
def test_what_may_pass_by_itself_is_tried_again(
    tmp_path: Path, carrier: str, receiver: Receiver, passing: Answering
) -> None:
    receiver.answers = [passing, passing]
    send(tmp_path, carrier, receiver)
    assert len(receiver.messages) == 3
    assert len({json.dumps(said) for _, _, said in receiver.messages}) == 1
    receiver.answers = [passing] * 3
    with pytest.raises(NotSent):
        send(tmp_path, carrier, receiver)


def test_a_message_that_arrived_twice_counts_as_taken(tmp_path: Path, receiver: Receiver) -> None:
    """The first try arrived, and its answer was lost: by its reference NHS Notify knows it again."""
    duplicate = answering(422, b'{"errors": [{"code": "CM_DUPLICATE_REQUEST"}]}')
    receiver.answers = [hanging_up, duplicate]
    send(tmp_path, "nhs_notify", receiver)
    receiver.answers = [answering(422, b'{"errors": [{"code": "CM_INVALID_VALUE"}]}')]
    with pytest.raises(NotSent):
        send(tmp_path, "nhs_notify", receiver)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 413])
def test_what_is_refused_is_not_sent_again(tmp_path: Path, carrier: str, receiver: Receiver, status: int) -> None:
    """A redirect too: whoever answers for a carrier does not choose who is told of people's addresses."""
    receiver.answers = [
        answering(status, b'{"id": "x", "data": {"id": "x"}}', Location=f"{receiver.address}/elsewhere")
    ]
    with pytest.raises(NotSent):
        send(tmp_path, carrier, receiver)
    assert len(receiver.messages) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b'{"id": 1, "data": 1}', b"\xff", LONG], ids=range(6))
def test_an_answer_that_means_nothing_is_no_receipt(
    tmp_path: Path, carrier: str, receiver: Receiver, body: bytes
) -> None:
    receiver.answers = [answering(201, body)]
    with pytest.raises(NotSent):
        send(tmp_path, carrier, receiver)


@pytest.mark.parametrize(
    "refusal",
    [
        answering(401), answering(403), answering(400, b'{"error": "public_key error"}'), answering(200, b"no"),
        answering(200, b'{"access_token": ""}'), answering(200, b'{"access_token": "a\\nb"}'), answering(201),
    ],
)  # fmt: skip
def test_who_may_not_sign_in_hands_nothing_over(tmp_path: Path, receiver: Receiver, refusal: Answering) -> None:
    receiver.sign_ins = [refusal]
    with pytest.raises(NotSent):
        send(tmp_path, "nhs_notify", receiver)
    assert receiver.messages == []


@pytest.mark.parametrize("slow", [dripping, silent])
def test_all_of_a_call_has_one_deadline(tmp_path: Path, carrier: str, receiver: Receiver, slow: Answering) -> None:
    receiver.answers = [slow]
    receiver.sign_ins = [slow] if slow is dripping else []
    began = time.monotonic()
    with pytest.raises(NotSent):
        send(tmp_path, carrier, receiver, notify_deadline=0.5)
    assert time.monotonic() - began < SOON


def test_nobody_at_all_answers(tmp_path: Path, carrier: str) -> None:
    with pytest.raises(NotSent):
        send(tmp_path, carrier, Receiver(address="http://127.0.0.1:1"))


@pytest.mark.parametrize("at_the_door", [False, True])
def test_nothing_of_a_message_is_written_down(
    tmp_path: Path, carrier: str, receiver: Receiver, capsys: pytest.CaptureFixture[str], *, at_the_door: bool
) -> None:
    echo = answering(400, b'{"errors": [{"message": "rapunzel@example.com 048151 07700900982"}]}')
    receiver.answers, receiver.sign_ins = [echo, echo], [echo, echo] if at_the_door else []
    told = ""
    for message in (MESSAGE, TEXT):
        with pytest.raises(NotSent) as refused:
            send(tmp_path, carrier, receiver, message)
        told += f"{refused.value!r}{refused.value.__cause__!r}{message!r}"
    written = "".join(capsys.readouterr())
    assert written.count("status=400") + written.count('"status":400') + written.count('"status": 400') == 2
    secrets = ("rapunzel", "048151", "07700900982", SECRET, TOKEN, APPLICATION)
    assert not any(word in f"{written}{told}" for word in secrets)


def test_without_a_key_messages_are_laid_into_a_folder_in_development_alone(tmp_path: Path) -> None:
    carried = carriage(Settings(data_folder=tmp_path), lambda: NOON)
    assert carried.ways == {Way.EMAIL, Way.TEXT}
    for message in (MESSAGE, TEXT):
        asyncio.run(carried.carrier.send(message))
    laid = sorted((tmp_path / "outbox").iterdir())
    said = [json.loads(each.read_text(encoding="utf-8")) for each in laid]
    assert [(each["way"], each["to"]) for each in said] == [("email", MESSAGE.to), ("text", TEXT.to)]
    assert {each["code"] for each in said} == {"048151"}
    assert all(each.stat().st_mode & 0o077 == 0 for each in laid)


@pytest.mark.parametrize("way", Way)
def test_only_what_is_named_is_sent(tmp_path: Path, carrier: str, way: Way) -> None:
    unnamed = {
        "govuk_notify": {Way.EMAIL: "notify_text_template", Way.TEXT: "notify_email_template"},
        "nhs_notify": {Way.EMAIL: "nhs_notify_text_plan", Way.TEXT: "nhs_notify_email_plan"},
    }
    chosen = settings(tmp_path, carrier, "https://example.com", **{unnamed[carrier][way]: ""})
    assert carriage(chosen, lambda: NOON).ways == {way}


@pytest.mark.parametrize(
    ("carrier", "wrong", "variable"),
    [
        ("govuk_notify", {"notify_email_template": "", "notify_text_template": ""}, "CHARTER_NOTIFY_EMAIL_TEMPLATE"),
        ("govuk_notify", {"notify_email_template": "no"}, "CHARTER_NOTIFY_EMAIL_TEMPLATE"),
        ("govuk_notify", {"notify_address": "ftp://example.com"}, "CHARTER_NOTIFY_ADDRESS"),
        ("nhs_notify", {"nhs_notify_email_plan": "", "nhs_notify_text_plan": ""}, "CHARTER_NHS_NOTIFY_EMAIL_PLAN"),
        ("nhs_notify", {"nhs_notify_text_plan": "no"}, "CHARTER_NHS_NOTIFY_TEXT_PLAN"),
        ("nhs_notify", {"nhs_notify_address": "ftp://example.com"}, "CHARTER_NHS_NOTIFY_ADDRESS"),
        ("nhs_notify", {"nhs_notify_key_id": ""}, "CHARTER_NHS_NOTIFY_KEY_ID"),
        ("nhs_notify", {"nhs_notify_key_file": Path()}, "CHARTER_NHS_NOTIFY_KEY_FILE"),
        ("nhs_notify", {"nhs_notify_api_key_file": Path()}, "CHARTER_NHS_NOTIFY_API_KEY_FILE"),
        ("nhs_notify", {"message_carrier": "pigeon"}, "CHARTER_MESSAGE_CARRIER"),
    ],
)
def test_settings_that_send_nothing_are_refused(
    tmp_path: Path, carrier: str, wrong: dict[str, Any], variable: str
) -> None:
    with pytest.raises(SettingsRefused, match=variable):
        carriage(settings(tmp_path, carrier, "https://example.com", **wrong), lambda: NOON)


@pytest.mark.parametrize("said", ["", "no key", f"name-{SERVICE}", "\xff"])
@pytest.mark.parametrize(
    ("carrier", "name", "variable"),
    [
        ("govuk_notify", "notify.key", "CHARTER_NOTIFY_KEY_FILE"),
        ("nhs_notify", "nhs.pem", "CHARTER_NHS_NOTIFY_KEY_FILE"),
    ],
)
def test_a_key_that_is_none_is_refused_without_a_word_of_it(
    tmp_path: Path, carrier: str, name: str, variable: str, said: str
) -> None:
    chosen = settings(tmp_path, carrier, "https://example.com")
    (tmp_path / name).write_bytes(said.encode("latin-1"))
    with pytest.raises(SettingsRefused) as refused:
        carriage(chosen, lambda: NOON)
    assert variable in str(refused.value)
    assert SERVICE not in str(refused.value)


@pytest.mark.parametrize(
    "weak",
    [
        lambda: pem(ec.generate_private_key(ec.SECP256R1())), lambda: pem(signing_key(1024)),
        lambda: pem(signing_key(), BestAvailableEncryption(b"spindle")),
    ],
)  # fmt: skip
def test_a_key_that_the_platform_would_not_take_is_refused(tmp_path: Path, weak: Any) -> None:
    chosen = settings(tmp_path, "nhs_notify", "https://example.com")
    (tmp_path / "nhs.pem").write_bytes(weak())
    with pytest.raises(SettingsRefused, match="CHARTER_NHS_NOTIFY_KEY_FILE"):
        carriage(chosen, lambda: NOON)


@pytest.mark.parametrize(
    ("carrier", "name", "variable"),
    [
        ("govuk_notify", "notify.key", "CHARTER_NOTIFY_KEY_FILE"),
        ("nhs_notify", "nhs.pem", "CHARTER_NHS_NOTIFY_KEY_FILE"),
        ("nhs_notify", "nhs.key", "CHARTER_NHS_NOTIFY_API_KEY_FILE"),
    ],
)
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, carrier: str, name: str, variable: str) -> None:
    chosen = settings(tmp_path, carrier, "https://example.com")
    (tmp_path / name).chmod(0o644)
    with pytest.raises(SettingsRefused, match=variable):
        carriage(chosen, lambda: NOON)


@pytest.mark.parametrize("application", [b"", b"short", b"has a space in it", "dwärf-dwärf".encode()])
def test_an_api_key_that_is_none_is_refused(tmp_path: Path, application: bytes) -> None:
    chosen = settings(tmp_path, "nhs_notify", "https://example.com")
    (tmp_path / "nhs.key").write_bytes(application)
    with pytest.raises(SettingsRefused, match="CHARTER_NHS_NOTIFY_API_KEY_FILE"):
        carriage(chosen, lambda: NOON)


@pytest.mark.parametrize(
    ("said", "dialled"),
    [
        ("07700 900982", "07700900982"), ("+44 7700 900982", "07700900982"), ("0044 7700 900982", "07700900982"),
        ("+44 0 7700 900982", "07700900982"), ("447700900982", "07700900982"), ("07624 900982", "07624900982"),
        ("01632 960001", None), ("07000 900982", None), ("07600 900982", None), ("+1 202 555 0100", None),
        ("7700 900982", None), ("07700 90098", None), ("07700 9009822", None), ("", None),
    ],
)  # fmt: skip
def test_a_text_message_goes_to_a_mobile_number_of_the_uk(said: str, dialled: str | None) -> None:
    assert mobile(said) == dialled
