"""How much strangers and machines may ask for: failed sign-ins, the practice's website, and whatever needs no sign-in.

Staff who have signed in are on no budget. A budget's name says whose it is by a keyed hash: no address and no subject is kept.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Final

from models.roles import INSTALLATION
from service.audit import AuditKey
from service.identity import Principal
from service.settings import Settings
from service.store import Spending, Store, Unavailable

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
SECOND: Final = 1_000_000
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
SUBSCRIBER: Final = 64
"""How much of an IPv6 address says whose it is: whoever has one has all that begin alike."""

NOBODY_KNOWN: Final = "unknown"
HASH_LENGTH: Final = 32
REMEMBERED_AT_MOST: Final = 10_000
COUNTED_WITHIN: Final = 0.5
"""For how many seconds a failed sign-in waits to be counted: a refusal is owed at once, whatever becomes of the count."""

COUNTED_TOGETHER: Final = 8
"""How many failed sign-ins wait to be counted at once: they take no turn from those who could prove who they are."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many of something may be asked for in a stretch of time. What is not used is not saved up beyond that."""

    name: str
    amount: int
    per: timedelta

    @property
    def step(self) -> int:
        """After how many microseconds there is room for one more."""
        return max(1, self.per // MICROSECOND // self.amount)


CODES_TO_ONE_CONTACT: Final = Allowance("codes", 3, HOUR)
TRIES_OF_A_CODE: Final = Allowance("code-tries", 5, timedelta(minutes=15))
TRIES_OF_A_STATUS: Final = Allowance("status-tries", 20, HOUR)


@dataclass(frozen=True, slots=True)
class Standing:
    """An allowance, what is left of it, and in how many seconds there is more: all of it, or room for one where nothing is left."""

    allowance: Allowance
    left: int
    more_in: int


class OverBudget(Exception):
    """This is more than may be asked for in so short a time. Wait for as many seconds as Retry-After says."""

    def __init__(self, standing: Standing) -> None:
        super().__init__()
        self.standing = standing

    def __str__(self) -> str:
        return " ".join((self.__doc__ or "").split())


class TooManyFailures(OverBudget):
    """Too many tokens from your address could not be verified. Send one that can, or wait as long as Retry-After says."""


class DoorTooBusy(OverBudget):
    """Too many have asked for this just now. Try again later, or telephone or write to the practice: that counts the same."""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """What a route without sign-in allows: from one address, at one practice, and altogether."""

    by_address: Allowance
    by_practice: Allowance
    altogether: Allowance


class Budgets:
    """Spends, and says what is left. `clock` tells the time in UTC."""

    def __init__(self, store: Store, key: AuditKey, clock: Callable[[], datetime], settings: Settings) -> None:
        self._store = store
        self._key = key
        self._clock = clock
        self._failed = Allowance("failed-sign-ins", settings.failed_sign_ins_per_minute, MINUTE)
        self._website = Allowance("website", settings.website_requests_per_minute, MINUTE)
        self.pages = OpenDoor(
            Allowance("pages", settings.public_requests_per_minute, MINUTE),
            Allowance("pages-of-a-practice", settings.public_requests_per_minute_at_practice, MINUTE),
            Allowance("all-pages", settings.public_requests_per_minute_altogether, MINUTE),
        )
        self._submissions = Allowance("submissions", settings.submissions_per_hour, HOUR)
        self._held = Allowance("held-submissions", settings.held_submissions_per_hour, HOUR)
        self._from_website = Allowance("website-submissions", settings.website_submissions_per_hour, HOUR)
        self._nothing_until: OrderedDict[str, int] = OrderedDict()
        self._being_counted = 0

    async def failed_sign_in(self, address: str | None) -> None:
        """Somebody at this address sent a token that could not be verified. Raises TooManyFailures.

        With the database out of reach, or too slow, nobody counts: the token is refused as it is.
        """
        if self._being_counted >= COUNTED_TOGETHER:
            return
        self._being_counted += 1
        try:
            async with asyncio.timeout(COUNTED_WITHIN):
                await self._spend(self._failed, INSTALLATION, network_of(address), TooManyFailures)
        except (TimeoutError, Unavailable):
            return
        finally:
            self._being_counted -= 1

    async def website(self, principal: Principal) -> Standing:
        """A practice's website asks for something. Raises OverBudget, or Unavailable."""
        return await self._spend(self._website, principal.practice, principal.subject, OverBudget)

    async def pass_through(self, door: OpenDoor, address: str | None, practice: str) -> Standing:
        """Somebody who has not signed in asks for something at a practice. Raises DoorTooBusy, or Unavailable.

        What one address asks for beyond its own budget is not taken from the others'. All three are the installation's: nobody
        knows yet whether there is such a practice.
        """
        own = await self._spend(door.by_address, INSTALLATION, network_of(address), DoorTooBusy)
        await self._spend(door.by_practice, INSTALLATION, practice, DoorTooBusy)
        await self._spend(door.altogether, INSTALLATION, INSTALLATION, DoorTooBusy)
        return own

    async def submission(self, address: str | None) -> bool:
        """Somebody sends a request in: whether it is one of few from their address. Raises DoorTooBusy once too many are held.

        More than a few are held rather than refused: whoever shares an address with somebody who misuses it is heard too.
        """
        return await self._ordinary(self._submissions, INSTALLATION, network_of(address))

    async def passed_on(self, principal: Principal) -> bool:
        """The same for what a practice's website passes on, whose address is that of many people."""
        return await self._ordinary(self._from_website, principal.practice, principal.subject)

    async def _ordinary(self, allowance: Allowance, practice: str, whose: str) -> bool:
        try:
            await self._spend(allowance, practice, whose, DoorTooBusy)
        except DoorTooBusy:
            await self._spend(self._held, practice, whose, DoorTooBusy)
            return False
        return True

    async def code_to(self, practice: str, contact: str) -> None:
        """A code goes to a contact, which may be a stranger's. Raises DoorTooBusy."""
        await self._spend(CODES_TO_ONE_CONTACT, practice, contact, DoorTooBusy)

    async def try_of_code(self, practice: str, about: str) -> None:
        """Somebody says what a code was. Raises DoorTooBusy."""
        await self._spend(TRIES_OF_A_CODE, practice, about, DoorTooBusy)

    async def try_of_status(self, address: str | None) -> None:
        """Somebody asks for a request by its reference and its code. Raises DoorTooBusy."""
        await self._spend(TRIES_OF_A_STATUS, INSTALLATION, network_of(address), DoorTooBusy)

    async def _spend(self, allowance: Allowance, practice: str, whose: str, refusal: type[OverBudget]) -> Standing:
        name = f"{allowance.name}:{self._key.mac(f'budget {allowance.name} {whose}')[:HASH_LENGTH]}"
        now = in_microseconds(self._clock())
        until = self._nothing_until.get(f"{practice} {name}", 0)
        if now < until <= now + allowance.step:
            raise refusal(Standing(allowance, 0, in_seconds(until - now)))
        full_at = await self._store.spend(Spending(practice, name, allowance.amount, allowance.step, now))
        if not full_at:
            self._remember(f"{practice} {name}", now + allowance.step)
            raise refusal(Standing(allowance, 0, in_seconds(allowance.step)))
        left = allowance.amount - ceil((full_at - now) / allowance.step)
        return Standing(allowance, max(0, left), in_seconds(full_at - now))

    def _remember(self, name: str, until: int) -> None:
        """Nothing is left: until there may be, nobody need ask the database, which a flood would only keep busy."""
        while len(self._nothing_until) >= REMEMBERED_AT_MOST:
            self._nothing_until.popitem(last=False)
        self._nothing_until[name] = until


class Charge:
    """What one request costs, if it turns out to cost anything: once, however often the request is judged."""

    def __init__(self, spend: Callable[[], Awaitable[Standing]]) -> None:
        self._spend = spend
        self.standing: Standing | None = None

    async def once(self) -> None:
        """It does cost something. Raises OverBudget, or Unavailable."""
        if self.standing is None:
            self.standing = await self._spend()


def network_of(address: str | None) -> str:
    """The part of a client's address that tells one from another. Who comes by no address that is known counts as one."""
    try:
        known = ip_address((address or "").partition("%")[0])
    except ValueError:
        return NOBODY_KNOWN
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    return str(ip_network((known, SUBSCRIBER), strict=False) if isinstance(known, IPv6Address) else known)


def in_microseconds(moment: datetime) -> int:
    """A moment as budgets count it: since 1970, in UTC."""
    return (moment - EPOCH) // MICROSECOND


def in_seconds(microseconds: int) -> int:
    """Whole seconds, never too few, and never none."""
    return max(1, -(-microseconds // SECOND))
