"""Messages are handed over as GOV.UK Notify asks for them, in time or not at all, and nothing of them is written down."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from service.integrations import calls
from service.integrations.carriers import carriage
from service.integrations.messages import CodeMessage, NotSent, Way
from service.settings import Settings, SettingsRefused

SERVICE: Final = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET: Final = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY: Final = f"gingerbread-house-{SERVICE}-{SECRET}"
BY_EMAIL, BY_TEXT = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-000000000000"
NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
MESSAGE: Final = CodeMessage(Way.EMAIL, "rapunzel@example.com", "Gingerbread House Surgery", "048151")
TEXT: Final = CodeMessage(Way.TEXT, "01632 960001", "Gingerbread House Surgery", "048151")
SOON: Final = 30.0  # seconds, far more than a deadline of half a second


@dataclass(slots=True)
class Notify:
    """A stand-in for Notify on this machine, which answers as it is told and remembers what it was sent."""

    address: str = ""
    answers: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    sent: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


@contextmanager
def notify_at_work() -> Iterator[Notify]:
    """The stand-in, at work. It takes whatever it was not told how to answer."""
    one = Notify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            one.sent.append((self.path, dict(self.headers), body))
            (one.answers.pop(0) if one.answers else taken)(self)

        def do_GET(self) -> None:
            one.sent.append((self.path, dict(self.headers), None))
            taken(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()


def answering(status: int, body: bytes = b"{}", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer like this."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


taken: Final = answering(201, b'{"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}')


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends, a byte at a time: each of them comes in time, and all of them never do."""
    handler.send_response(201)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


@pytest.fixture
def notify() -> Iterator[Notify]:
    with notify_at_work() as one:
        yield one


def settings(folder: Path, address: str, **more: Any) -> Settings:
    """An installation that sends by the stand-in."""
    key = folder / "notify.key"
    key.write_text(f"{API_KEY}\n")
    key.chmod(0o600)
    named = {"notify_email_template": BY_EMAIL, "notify_text_template": BY_TEXT, "notify_deadline": 0.5, **more}
    return Settings(data_folder=folder, notify_key_file=key, notify_address=address, **named)


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "WAIT_BEFORE_AGAIN", 0.01)


def send(folder: Path, notify: Notify, message: CodeMessage = MESSAGE, **more: Any) -> None:
    """Send a message, as the installation would."""
    carried = carriage(settings(folder, notify.address, **more), lambda: NOON)
    asyncio.run(carried.carrier.send(message))


def test_a_message_is_handed_over_as_notify_asks_for_it(tmp_path: Path, notify: Notify) -> None:
    send(tmp_path, notify)
    send(tmp_path, notify, TEXT)
    (path, headers, said), (text_path, _, text) = notify.sent
    personal = {"practice": "Gingerbread House Surgery", "code": "048151"}
    assert (path, text_path) == ("/v2/notifications/email", "/v2/notifications/sms")
    assert said == {"email_address": "rapunzel@example.com", "template_id": BY_EMAIL, "personalisation": personal}
    assert text == {"phone_number": "01632 960001", "template_id": BY_TEXT, "personalisation": personal}
    scheme, _, token = headers["Authorization"].partition(" ")
    shown = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"])
    assert scheme == "Bearer"
    assert shown.header == {"alg": "HS256", "typ": "JWT"}
    assert shown.claims == {"iss": SERVICE, "iat": int(NOON.timestamp())}


@pytest.mark.parametrize("passing", [answering(500), answering(503), answering(429), hanging_up])
def test_what_may_pass_by_itself_is_tried_again(
    tmp_path: Path, notify: Notify, passing: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    notify.answers = [passing, passing]
    send(tmp_path, notify)
    assert len(notify.sent) == 3
    notify.answers = [passing] * 3
    with pytest.raises(NotSent):
        send(tmp_path, notify)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 413])
def test_what_is_refused_is_not_sent_again(tmp_path: Path, notify: Notify, status: int) -> None:
    """A redirect too: whoever answers for Notify does not choose who is told of people's addresses."""
    notify.answers = [answering(status, b'{"id": "x"}', Location=f"{notify.address}/elsewhere")]
    with pytest.raises(NotSent):
        send(tmp_path, notify)
    assert [path for path, _, _ in notify.sent] == ["/v2/notifications/email"]


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b'{"id": 1}', b"\xff", b"x" * 100_000])
def test_an_answer_that_means_nothing_is_no_receipt(tmp_path: Path, notify: Notify, body: bytes) -> None:
    notify.answers = [answering(201, body)]
    with pytest.raises(NotSent):
        send(tmp_path, notify)


@pytest.mark.parametrize("slow", [dripping, lambda _: time.sleep(5)])
def test_all_of_a_call_has_one_deadline(
    tmp_path: Path, notify: Notify, slow: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    notify.answers = [slow]
    began = time.monotonic()
    with pytest.raises(NotSent):
        send(tmp_path, notify)
    assert time.monotonic() - began < SOON


def test_nobody_at_all_answers(tmp_path: Path) -> None:
    with pytest.raises(NotSent):
        send(tmp_path, Notify(address="http://127.0.0.1:1"))


def test_nothing_of_a_message_is_written_down(
    tmp_path: Path, notify: Notify, capsys: pytest.CaptureFixture[str]
) -> None:
    notify.answers = [answering(400, b'{"errors": [{"message": "rapunzel@example.com 048151"}]}')]
    with pytest.raises(NotSent) as refused:
        send(tmp_path, notify)
    written = "".join(capsys.readouterr())
    assert "message_not_sent" in written
    assert not any(word in f"{written}{refused.value!r}{MESSAGE!r}" for word in ("rapunzel", "048151", SECRET))


def test_without_a_key_messages_are_laid_into_a_folder_in_development_alone(tmp_path: Path) -> None:
    carried = carriage(Settings(data_folder=tmp_path), lambda: NOON)
    asyncio.run(carried.carrier.send(MESSAGE))
    (laid,) = (tmp_path / "outbox").iterdir()
    assert json.loads(laid.read_text(encoding="utf-8"))["code"] == "048151"
    assert laid.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"notify_email_template": "", "notify_text_template": ""}, "CHARTER_NOTIFY_EMAIL_TEMPLATE"),
        ({"notify_email_template": "no"}, "CHARTER_NOTIFY_EMAIL_TEMPLATE"),
        ({"notify_address": "ftp://example.com"}, "CHARTER_NOTIFY_ADDRESS"),
    ],
)
def test_settings_that_send_nothing_are_refused(tmp_path: Path, wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsRefused, match=named):
        carriage(settings(tmp_path, **{"address": "https://example.com", **renamed(wrong)}), lambda: NOON)


def renamed(wrong: dict[str, Any]) -> dict[str, Any]:
    return {"address" if name == "notify_address" else name: value for name, value in wrong.items()}


@pytest.mark.parametrize("said", ["", "no key", f"name-{SERVICE}", "\xff"])
def test_a_key_that_is_none_is_refused_without_a_word_of_it(tmp_path: Path, said: str) -> None:
    chosen = settings(tmp_path, "https://example.com")
    (tmp_path / "notify.key").write_bytes(said.encode("latin-1"))
    with pytest.raises(SettingsRefused) as refused:
        carriage(chosen, lambda: NOON)
    assert "CHARTER_NOTIFY_KEY_FILE" in str(refused.value)
    assert SERVICE not in str(refused.value)


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    chosen = settings(tmp_path, "https://example.com")
    (tmp_path / "notify.key").chmod(0o644)
    with pytest.raises(SettingsRefused, match="CHARTER_NOTIFY_KEY_FILE"):
        carriage(chosen, lambda: NOON)
