"""What is asked, of whoever answers: the same requests, and what must be in the answers."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.load import Unexpected, request
from benchmarks.stage import PRACTICES, TEXT, Stage, post_number
from tests.house import DRAFT

DRAFTED = json.dumps({**DRAFT, "text": TEXT}).encode()
PAGE = 50


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask. Where it uses posts up, each request takes a post that nobody has touched."""

    name: str
    status: int
    in_a_round: int
    asks: Callable[[str, int], bytes]
    right: Callable[[Any], bool]
    uses_up: bool = False

    def requests(self, stage: Stage, numbers: Iterator[int], count: int) -> list[bytes]:
        """So many requests, about as many posts, each by the author at its practice."""
        tokens = stage.tokens()
        taken = [next(numbers) for _ in range(count)] if self.uses_up else [spread(each) for each in range(count)]
        return [self.asks(tokens[each % len(PRACTICES)], each % stage.posts) for each in taken]

    def check(self, answers: list[bytes]) -> None:
        """Raise Unexpected unless every one of these is an answer to this."""
        for each in answers:
            if not self.right(json.loads(each)):
                raise Unexpected(f"{self.name}: {each.decode()[:500]}")


def spread(number: int) -> int:
    """Posts far from each other, so that a page of the table that was read a moment ago is of no help."""
    return number * 7919


def got(token: str, number: int) -> bytes:
    """Read one post."""
    return request("GET", f"/v1/posts/{post_number(number)}", token)


def listed(token: str, _number: int) -> bytes:
    """Read a page of posts."""
    return request("GET", f"/v1/posts?limit={PAGE}", token)


def created(token: str, _number: int) -> bytes:
    """Write a post."""
    return request("POST", "/v1/posts", token, DRAFTED)


def applied(transition: str) -> Callable[[str, int], bytes]:
    """Ask for a transition of a draft."""
    return lambda token, number: request("POST", f"/v1/posts/{post_number(number)}/{transition}", token, If_Match='"1"')


def state(expected: str) -> Callable[[Any], bool]:
    """Whether an answer is a post in this state."""
    return lambda answer: bool(answer["state"] == expected and answer["text"].startswith(TEXT))


GET = Operation("get", 200, 3000, got, lambda answer: answer["text"].startswith(TEXT))
LIST = Operation("list 50", 200, 600, listed, lambda answer: len(answer["items"]) == PAGE)
CREATE = Operation("create", 201, 1500, created, state("draft"))
TRANSITION = Operation("transition", 200, 1500, applied("discard"), state("discarded"), uses_up=True)
SUBMIT = Operation("submit", 200, 800, applied("submit"), state("submitted"), uses_up=True)
ALL = (GET, LIST, CREATE, TRANSITION, SUBMIT)
