"""Stand-ins on this machine for those who carry messages: they answer as they are told, and remember what they were sent."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

Answering = Callable[[BaseHTTPRequestHandler], None]
SIGN_IN: Final = "/oauth2/token"


def answering(status: int, body: bytes = b"{}", **headers: str) -> Answering:
    """An answer like this."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


TOKEN: Final = "a-token-for-one-message"
taken: Final = answering(
    201, b'{"id": "740e5834-3a29-46b4-9a6f-16142fde533a", "data": {"id": "2WL3qFTEFM0qMY8xjRbt1LIKCzM"}}'
)
"""What both say of a message that they have taken."""

signed_in: Final = answering(200, json.dumps({"access_token": TOKEN, "expires_in": "599"}).encode())


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


def silent(_: BaseHTTPRequestHandler) -> None:
    """No answer, for longer than anybody waits."""
    time.sleep(5)


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    """No answer at all."""
    handler.close_connection = True


@dataclass(slots=True)
class Receiver:
    """Whoever carries messages. It takes whatever it was not told how to answer, and lets everybody sign in."""

    address: str = ""
    answers: list[Answering] = field(default_factory=list)
    sign_ins: list[Answering] = field(default_factory=list)
    sent: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    def answer(self, path: str) -> Answering:
        """How this is answered."""
        queue, otherwise = (self.sign_ins, signed_in) if path == SIGN_IN else (self.answers, taken)
        return queue.pop(0) if queue else otherwise

    @property
    def messages(self) -> list[tuple[str, dict[str, str], Any]]:
        """What it was sent besides signing in."""
        return [each for each in self.sent if each[0] != SIGN_IN]


@contextmanager
def receiver_at_work() -> Iterator[Receiver]:
    """One, at work."""
    one = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = dict(parse_qsl(body.decode())) if self.path == SIGN_IN else json.loads(body)
            one.sent.append((self.path, dict(self.headers), said))
            one.answer(self.path)(self)

        def do_GET(self) -> None:
            one.sent.append((self.path, dict(self.headers), None))
            taken(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
