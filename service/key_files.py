"""Secrets in files: when one is refused, and how a new one is made. None is ever shown."""

import hmac
import os
import secrets
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

KEY_LENGTH: Final = 32
"""Bytes of a key that encrypts, and the fewest of a secret that seals the audit trail."""

FEWEST_DIFFERENT_BYTES: Final = 8
KEY_ID_LENGTH: Final = 12
SUFFIX: Final = ".key"
FIRST: Final = "0001.key"

MAY_MEDDLE: Final = 0o037
"""All permissions of others, and those of the file's group but for reading: some platforms hand out keys by group."""

PUBLISHED: Final = frozenset(
    {
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "8000000000000000000000000000000000000000000000000000000000000001",
    }
)
"""Keys that stand as examples in standards of AES, and the digest of nothing, which careless scripts make."""


class KeyFileRefused(Exception):
    """A key is not there, or not safe. Says why, and never what it is."""


def kept_apart(path: Path) -> bytes:
    """What a file says that nobody else on this machine can read. Raises KeyFileRefused."""
    try:
        mode, said = path.stat().st_mode, path.read_bytes()
    except OSError:
        raise KeyFileRefused("the file is not there, or can't be read.") from None
    if mode & MAY_MEDDLE:
        raise KeyFileRefused("others on this machine can read it. Keep it to the service alone.")
    return said


def audit_secret(path: Path) -> bytes:
    """A secret of at least 32 bytes, of any length and form. Raises KeyFileRefused."""
    secret = kept_apart(path).strip()
    if len(secret) < KEY_LENGTH:
        raise KeyFileRefused("a secret has at least 32 random bytes.")
    if len(set(secret)) < FEWEST_DIFFERENT_BYTES or as_bytes(secret).hex() in PUBLISHED:
        raise KeyFileRefused("this is not random.")
    return secret


def encryption_secret(path: Path) -> bytes:
    """A key of 32 random bytes, as they are or in hexadecimal. Raises KeyFileRefused."""
    said = kept_apart(path)
    secret = said if len(said) == KEY_LENGTH else in_hexadecimal(said)
    if len(secret) != KEY_LENGTH:
        raise KeyFileRefused("a key is 32 random bytes, as they are or as 64 hexadecimal digits.")
    if not random(secret):
        raise KeyFileRefused("this is not random.")
    return secret


def in_hexadecimal(said: bytes) -> bytes:
    """The bytes that these digits stand for; none if they are no digits."""
    try:
        return bytes.fromhex(said.strip().decode("ascii"))
    except ValueError:
        return b""


def as_bytes(said: bytes) -> bytes:
    """A secret however it is written, so that one can be told from another."""
    return in_hexadecimal(said) or said.strip()


def random(secret: bytes) -> bool:
    """Whether 32 bytes can have been drawn by chance: text, patterns and published examples were not."""
    steps = {(after - before) % 256 for before, after in pairwise(secret)}
    varied = min(len(set(secret)), len(steps)) >= 2 * FEWEST_DIFFERENT_BYTES
    typed = secret.isascii() and secret.decode("ascii").isprintable()
    return varied and not typed and secret.hex() not in PUBLISHED


def fingerprint(secret: bytes) -> str:
    """The name by which what was made with a secret says which one it was."""
    return hmac.digest(secret, b"key_id", "sha256").hex()[:KEY_ID_LENGTH]


def key_names(folder: Path) -> tuple[str, ...]:
    """The names of the keys in a folder, in order: the last one is in use. None if it is not there, or can't be read."""
    try:
        return tuple(sorted(each for each in os.listdir(folder) if each.endswith(SUFFIX)))  # noqa: PTH208 - asked often: names alone
    except OSError:
        return ()


def key_files(folder: Path) -> list[Path]:
    """The keys in a folder, in the order of their names. Raises KeyFileRefused."""
    if not (names := key_names(folder)):
        raise KeyFileRefused(f"the folder is not there, or there is no key in it: no file whose name ends in {SUFFIX}.")
    return [folder / each for each in names]


def keep_new_secret(path: Path) -> None:
    """Write a secret whole, then give it its name: of two processes that start together, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{secrets.token_hex(KEY_LENGTH)}\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(written)
    except FileExistsError:
        pass
    finally:
        Path(written).unlink()


def next_key_file(folder: Path, names: Sequence[str]) -> Path:
    """What the next key in a folder is called, so that it comes after these. Raises KeyFileRefused."""
    last = max(names).removesuffix(SUFFIX) if names else "0000"
    if not (last.isascii() and last.isdecimal() and set(last) != {"9"}):
        raise KeyFileRefused("the last key has no number for a name: give the next one a name that comes after it.")
    return folder / f"{int(last) + 1:0{len(last)}}{SUFFIX}"
