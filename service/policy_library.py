"""The policies that come with the service, by the title of the published document that each restates."""

from functools import cache
from pathlib import Path
from typing import Final

from models.policies import PolicyContent
from service.policy_files import read_policies

LIBRARY: Final = Path(__file__).parent.parent / "policies"


@cache
def library() -> dict[str, PolicyContent]:
    """Every policy of the library, read once."""
    return {file.content.document.title: file.content for file in read_policies([LIBRARY])}


def published_as(title: str | None) -> PolicyContent | None:
    """The policy that restates the document of this title, if there is one."""
    return library().get(title) if title else None
