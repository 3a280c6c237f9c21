"""How much of a request is read at all: of its headers, of its address, and how deep and how wide a body may be."""

import re
from collections.abc import Mapping
from typing import Any

MOST_HEADERS = 100
LONGEST_HEADERS = 32 * 1024
LONGEST_ADDRESS = 8 * 1024
MOST_VALUES = 20_000
DEEPEST = 32
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""A text in JSON, also one that never ends: found in one go, whatever stands in it."""
ALL_BUT_BRACKETS = re.compile(rb"[^\[\]{}]+")
INNERMOST = re.compile(rb"\[\]|\{\}")


class HeadersTooLarge(Exception):
    """A request here has at most 100 headers, and 32 KiB of them."""


class AddressTooLong(Exception):
    """An address here, with what it asks for, is at most 8 KiB."""


def within_limits(scope: Mapping[str, Any]) -> None:
    """Raise HeadersTooLarge or AddressTooLong, before anything else is read."""
    headers = scope["headers"]
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > LONGEST_HEADERS:
        raise HeadersTooLarge
    if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > LONGEST_ADDRESS:
        raise AddressTooLong


def is_reasonable(body: bytes) -> bool:
    """Whether a body holds no more values than anybody means to send, none of them deeper than 32 arrays and objects.

    Its brackets and commas are counted without reading it, so that no parser ever descends into what is too deep.
    """
    if body.count(b"[") + body.count(b"{") <= DEEPEST and body.count(b",") < MOST_VALUES - DEEPEST:
        return True  # as nearly always, whatever of it stands in texts
    bare = STRING.sub(b"", body)
    brackets = ALL_BUT_BRACKETS.sub(b"", bare)
    if bare.count(b",") + brackets.count(b"[") + brackets.count(b"{") > MOST_VALUES:
        return False
    for _ in range(DEEPEST):
        if not brackets:
            return True
        brackets = INNERMOST.sub(b"", brackets)
    return not brackets
