"""The demonstration comes about in the ordinary way, once, and leaves alone what somebody did with it."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from models.incidents import Incident
from models.ledger import AuditEntry
from models.letters import Letter
from models.policies import Policy
from models.posts import Post
from models.practices import Practice
from models.rights_requests import RightsRequest
from models.roles import GRANTED, Role
from models.staff import StaffMember
from service import demo, demo_steps
from service.demo import Adopted, NotForDemonstrations, furnish, one_for_each_role, refuse_unless_embedded
from service.demo import training_afternoon as afternoon
from service.demo_people import GINGERBREAD_HOUSE, PRACTICES, PostPlan
from service.house import House, open_house
from service.identity import Principal
from service.settings import EMBEDDED_DATABASE, Mode, Settings
from service.store import Listing
from service.unit_of_work import Asked
from tests.house import NOON, WoundClock
from workflows.posts import posts
from workflows.statutory_time import LONDON

T = TypeVar("T")
HOME = GINGERBREAD_HOUSE.code
LIBRARY = Path(__file__).parent.parent / "policies"


class Demonstration:
    """A data folder, and a house that is opened over it for each thing that is asked."""

    def __init__(self, folder: Path) -> None:
        self.settings, self.clock = Settings(data_folder=folder), WoundClock()

    def ask(self, question: Callable[[House], Awaitable[T]]) -> T:
        """Open, ask, close."""

        async def asked() -> T:
            async with open_house(self.settings, self.clock) as house:
                return await question(house)

        return asyncio.run(asked())

    def furnished(self) -> list[Adopted]:
        """Put in place what is missing."""
        return self.ask(furnish)

    def records(self, kind: Any, code: str = HOME) -> list[Any]:
        """Every record of a kind at a practice."""
        return [each.record for each in self.ask(lambda house: house.store.find(kind, code, {}))]

    def entries(self, listing: Listing) -> list[AuditEntry]:
        """A page of the audit trail."""
        return self.ask(lambda house: house.store.entries(listing))

    def post(self, plan: PostPlan) -> Post:
        """The post that somebody planned."""
        (found,) = (each for each in self.records(Post) if each.purpose == plan.purpose)
        assert isinstance(found, Post)
        return found

    def rows(self) -> list[str]:
        """Everything in the database."""
        with closing(sqlite3.connect(self.settings.data_folder / EMBEDDED_DATABASE)) as connection:
            return list(connection.iterdump())


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """A demonstration that nobody changes."""
    made = Demonstration(tmp_path_factory.mktemp("shown"))
    made.furnished()
    return made


@pytest.fixture
def own(tmp_path: Path) -> Demonstration:
    """A demonstration of a test's own."""
    return Demonstration(tmp_path)


# What is there


def test_five_practices_each_work_by_another_of_the_published_policies(shown: Demonstration) -> None:
    practices = [practice for plan in PRACTICES for practice in shown.records(Practice, plan.code)]
    assert [each.practice for each in practices] == ["ZZ0001", "ZZ0002", "ZZ0003", "ZZ0004", "ZZ0005"]
    assert {plan.policy for plan in PRACTICES} == {path.stem for path in LIBRARY.glob("*.yaml")}
    assert len({each.in_force.settings.model_dump_json() for each in practices}) == len(PRACTICES)


def test_a_policy_took_the_ordinary_way_from_one_person_to_another(shown: Demonstration) -> None:
    for plan in PRACTICES:
        listing = Listing(plan.code, {"kind": "policy"})
        entries = shown.entries(listing)
        manager, partner = (
            next(str(each.id) for each in shown.records(StaffMember, plan.code) if each.subject == member.subject)
            for member in (plan.manager, plan.partner)
        )
        assert [(each.transition, each.actor) for each in entries] == [
            ("create", manager), ("submit", manager), ("approve", partner), ("publish", partner),
        ]  # fmt: skip


def test_every_role_is_held_at_the_first_practice(shown: Demonstration) -> None:
    staff = shown.records(StaffMember)
    assert set().union(*(each.roles_at(NOON) for each in staff)) == GRANTED | {Role.STAFF}
    chosen = [role for each in one_for_each_role() for role in each.roles or (Role.STAFF,)]
    assert set(chosen) == GRANTED | {Role.STAFF}


def test_a_deputy_stands_in_for_one_of_two_communications_managers_for_a_time(shown: Demonstration) -> None:
    held = {
        member.subject: role
        for member in shown.records(StaffMember)
        for role in member.roles
        if role.role is Role.COMMUNICATIONS_MANAGER
    }
    assert set(held) == {"puss-in-boots", "pied-piper", "rumpelstiltskin"}
    assert [subject for subject, role in held.items() if role.deputy_for] == ["rumpelstiltskin"]
    assert held["rumpelstiltskin"].ends == NOON + timedelta(days=90)


def test_posts_stand_where_they_were_meant_to(shown: Demonstration) -> None:
    states = {plan.purpose: shown.post(plan).state for plan in GINGERBREAD_HOUSE.posts}
    assert states == {plan.purpose: plan.reaches for plan in GINGERBREAD_HOUSE.posts}
    assert sorted(states.values()) == ["approved", "approved", "draft", "published", "submitted"]
    (published,) = (each for each in shown.records(Post) if each.state == "published")
    assert (published.platforms_published, published.platforms) == ({"facebook"}, ["facebook", "website"])


def test_cases_stand_where_they_were_meant_to(shown: Demonstration) -> None:
    (incident,) = shown.records(Incident)
    (request,) = shown.records(RightsRequest)
    assert (incident.state, incident.policy_number, incident.clause_key) == (
        "awaiting_author",
        "1.0",
        "identifying_staff",
    )
    assert (request.state, request.due.day) == ("in_review", date(2026, 4, 2))
    assert sorted(each.template for each in shown.records(Letter)) == ["removal_request", "request_acknowledged"]


def test_every_way_to_reach_a_practice_is_one_that_nobody_has(shown: Demonstration) -> None:
    for plan in PRACTICES:
        (practice,) = shown.records(Practice, plan.code)
        contacts = practice.contacts
        assert re.fullmatch(r"01632 960\d{3}", contacts.phone)
        assert re.fullmatch(r"surgery@[a-z-]+\.example\.(com|org)", contacts.email)
        assert re.fullmatch(r"https://[a-z-]+\.example\.(com|org)", contacts.website)


@pytest.mark.parametrize("day", range(1, 9))
def test_the_closure_lies_four_weeks_ahead_on_a_wednesday_afternoon(day: int) -> None:
    now = datetime(2026, 3, day, 23, 30, tzinfo=UTC)
    closure = afternoon(now)
    assert closure.reopens_at is not None
    assert timedelta(days=27) < closure.closes_at - now < timedelta(days=35)
    closes, reopens = (each.astimezone(LONDON) for each in (closure.closes_at, closure.reopens_at))
    assert f"{closes:%A %H:%M}-{reopens:%H:%M}" == "Wednesday 13:00-17:00"


def test_the_notice_says_the_day_of_the_closure(shown: Demonstration) -> None:
    (notice,) = (each for each in shown.records(Post) if each.closure)
    assert "closed on Wednesday 1 April from 1pm" in notice.text
    assert notice.closure.closes_at == datetime(2026, 4, 1, 12, tzinfo=UTC)


# Once more


def test_a_second_time_changes_nothing_and_says_the_same(own: Demonstration) -> None:
    said, rows = own.furnished(), own.rows()
    own.clock.wind(days=40)
    assert own.furnished() == said
    assert own.rows() == rows


def interrupted_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the demonstration be interrupted at this reading of a record, of which there are a few at each practice."""
    original = demo_steps.again
    left = [step]

    async def interrupted(*given: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return await original(*given)

    monkeypatch.setattr(demo_steps, "again", interrupted)


@pytest.mark.parametrize("step", [0, 1, 2, 3, 5])
def test_what_was_interrupted_is_finished(own: Demonstration, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with monkeypatch.context() as interrupting:
        interrupted_at(step, interrupting)
        with pytest.raises(KeyboardInterrupt):
            own.furnished()
    own.furnished()
    assert [own.post(plan).state for plan in GINGERBREAD_HOUSE.posts] == [
        plan.reaches for plan in GINGERBREAD_HOUSE.posts
    ]
    assert all(each.state == "active" for plan in PRACTICES for each in own.records(Policy, plan.code))


def test_what_somebody_did_meanwhile_is_left_as_it_is(own: Demonstration) -> None:
    own.furnished()
    (plan,) = (each for each in GINGERBREAD_HOUSE.posts if each.reaches == "submitted")
    post = own.post(plan)
    taken_back = Asked(version=lambda: post.version)

    async def take_back(house: House) -> None:
        work = house.work(Principal(plan.author, HOME))
        await work.apply(posts.transitions["pull_back"], post.id, taken_back)

    own.ask(take_back)
    rows = own.rows()
    own.furnished()
    assert own.rows() == rows
    assert own.post(plan).state == "draft"


# Where it may be


def settings_that_are_not_for_it(folder: Path) -> Iterator[Settings]:
    embedded = Settings(data_folder=folder)
    yield embedded.model_copy(update={"mode": Mode.PRODUCTION})
    yield embedded.model_copy(update={"database": f"sqlite:///{folder}/records.db"})
    yield embedded.model_copy(update={"token_keys": "https://id.example.com/keys"})


def test_demo_data_never_stand_beside_real_data(tmp_path: Path) -> None:
    for settings in settings_that_are_not_for_it(tmp_path):
        with pytest.raises(NotForDemonstrations, match="in development"):
            refuse_unless_embedded(settings)
    refuse_unless_embedded(Settings(data_folder=tmp_path))


def test_a_practice_without_a_policy_in_force_says_so(own: Demonstration) -> None:
    plan = replace(PRACTICES[1], code="ZZ0009")

    async def only_opened(house: House) -> Adopted:
        await demo.open_and_staff(house, plan)
        return await demo.adopted(house, plan)

    assert own.ask(only_opened).document == "no policy in force"
