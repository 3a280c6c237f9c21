"""What tests of guidance share: guidance from a policy that comes with the service, and everything that is read of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from models.guidance import Guidance
from models.policies import Policy, PolicyContent, PolicyKind, PolicyState
from models.practices import Contacts
from tests.house import policy
from workflows.guidance import Told, guidance
from workflows.guidance.outline import outline
from workflows.outlines import Kind

DAY = date(2026, 11, 22)
REACHED = Contacts(phone="01632 960001", email="surgery@example.com", website="https://example.com")


def version(content: PolicyContent, *, major: int = 1, minor: int = 0) -> Policy:
    """A version in force with this content."""
    return Policy(
        id=UUID(int=major * 100 + minor), practice="ZZ0001", created_at=datetime(2026, 3, 2, tzinfo=UTC),
        kind=PolicyKind.PATIENT_CONDUCT, state=PolicyState.ACTIVE, number=f"{major}.{minor}", major=major, minor=minor,
        title=content.title, content=content, content_hash=content.fingerprint, review_due=date(2027, 3, 2),
        published_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    )  # fmt: skip


def content_of(document: str) -> PolicyContent:
    """A policy that comes with the service."""
    return PolicyContent.model_validate(policy(document))


def told_by(content: PolicyContent, contacts: Contacts = REACHED, name: str = "Gingerbread House Surgery") -> Told:
    """What guidance is made from."""
    return Told("ZZ0001", name, contacts, version(content), DAY)


def guidance_of(document: str) -> Guidance:
    """The guidance of a policy that comes with the service."""
    return guidance(told_by(content_of(document)))


def words_of(guidance: Guidance) -> Iterator[str]:
    """Everything that patients read in our words: not the rules word for word, the names of laws, or where a thing stands."""
    told = outline(guidance)
    yield from (told.title, *told.introduction)
    for section in told.sections:
        yield section.title
        for block in section.blocks:
            if block.kind not in {Kind.SOURCES, Kind.PAIRS}:
                yield from filter(None, (block.text, *block.items))
