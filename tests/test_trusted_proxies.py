"""Whom a running server believes about where a request comes from: the proxies that it was told of, and nobody else."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.test_real_server import STARTS_WITHIN, wait_until_it_answers

A, B, PROXY = "203.0.113.7", "203.0.113.8", "198.51.100.1"


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """The address of a server, as `charter serve` starts it, at which one failed sign-in a minute is answered 401."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "PYTHONUNBUFFERED": "1", "CHARTER_DATA_FOLDER": str(folder / "data"), "CHARTER_PORT": str(port),
        "CHARTER_FAILED_SIGN_INS_PER_MINUTE": "1", "FORWARDED_ALLOW_IPS": "*", **settings,
    }  # fmt: skip
    command = [str(Path(sys.executable).with_name("charter")), "serve"]
    output = folder / "output"
    with output.open("wb") as written:
        process = subprocess.Popen(command, env=environment, stdout=written, stderr=subprocess.STDOUT)  # noqa: S603 - our own command
        try:
            wait_until_it_answers(process, port, output)
            yield f"http://127.0.0.1:{port}/v1/posts"
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)
    said = output.read_text(encoding="utf-8")
    assert "answered" in said
    assert not [each for each in (A, B, PROXY) if each in said]


def tried(address: str, *forwarded_for: str) -> int:
    """How a token that proves nothing is answered, with these headers about where it comes from."""
    shown = [("Authorization", "Bearer nothing"), *(("X-Forwarded-For", each) for each in forwarded_for)]
    return httpx.get(address, headers=shown, trust_env=False).status_code


def test_nobody_is_believed_unless_the_server_was_told_to(tmp_path: Path) -> None:
    """Not even the machine itself, and whatever the environment says to the server's library."""
    with served(tmp_path) as address:
        assert [tried(address, each) for each in (A, B, f"{A}, {B}", "")] == [401, 429, 429, 429]
        assert tried(address) == 429


def test_a_proxy_is_believed_about_the_last_hop_that_is_no_proxy(tmp_path: Path) -> None:
    with served(tmp_path, CHARTER_TRUSTED_PROXIES="127.0.0.1, 198.51.100.0/31") as address:
        assert [tried(address, A), tried(address, A), tried(address, B)] == [401, 429, 401]
        assert tried(address, f"192.0.2.1, {A}") == 429, "what a client says of itself stands before what the proxy saw"
        assert tried(address, "192.0.2.2", A) == 429, "in several headers as well"
        assert tried(address, f"192.0.2.3, {A}, {PROXY}") == 429, "a proxy before a proxy"
        assert [tried(address, f"{A}, 192.0.2.4"), tried(address, "192.0.2.4")] == [401, 429]
        assert [tried(address, "nonsense"), tried(address, "other nonsense")] == [401, 429], "no address: all as one"
        assert [tried(address), tried(address)] == [401, 429], "the proxy itself"
