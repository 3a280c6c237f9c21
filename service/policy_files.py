"""Policies as files: a file is read whole or refused, becomes a draft in the ordinary way, and is written back as it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.policies import Policy, PolicyContent, PolicyDraft, PolicyState
from models.settings import DEFAULTS
from service.unit_of_work import Answer, Asked, UnitOfWork
from service.yaml_documents import DocumentRefused, read_document, write_document
from workflows.policies import create, policies

SUFFIX = ".yaml"
ONE_AT_A_TIME = "a practice prepares one version of a policy at a time. Name the one that it adopts."


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file that was accepted, and what it says."""

    path: Path
    content: PolicyContent

    @property
    def draft(self) -> PolicyDraft:
        """The version that it would begin: it names the document that the practice adopts."""
        title = self.content.document.title
        return PolicyDraft(content=self.content, change_comment=f"Adopted from {title}.", adopted_from=title)


class FilesRefused(Exception):
    """At least one file is not acceptable, and none was imported. Says why, never what stands in a file."""

    def __init__(self, reasons: Iterable[str]) -> None:
        super().__init__("\n".join(reasons))


def files_at(path: Path) -> list[Path]:
    """The policy files that a path means: itself, or the `.yaml` files that lie directly in a folder, by name.

    Raises FilesRefused for a folder that is a link or holds no such file.
    """
    if not path.is_dir():
        return [path]
    if path.is_symlink():
        raise FilesRefused(["The folder is a link to another folder."])
    found = sorted(each for each in path.iterdir() if each.suffix == SUFFIX)
    if not found:
        raise FilesRefused([f"The folder holds no {SUFFIX} file."])
    return found


def read_policies(paths: Iterable[Path], progress: Callable[[list[Path]], Iterable[Path]] = iter) -> list[PolicyFile]:
    """Read every file, none of which may be a link or lie elsewhere. Raises FilesRefused, with all faults of all files."""
    accepted, reasons = [], []
    for path in progress([file for each in paths for file in files_at(each)]):
        try:
            accepted.append(PolicyFile(path, read_document(path, PolicyContent, folder=path.parent)))
        except DocumentRefused as refused:
            reasons.append(str(refused))
    if reasons:
        raise FilesRefused(reasons)
    return accepted


async def import_policy(work: UnitOfWork, file: PolicyFile) -> Answer:
    """Begin a draft from the file, as the person whose unit of work this is. Raises a refusal, or Overtaken."""
    return await work.open(create, Asked(lambda: (file.draft,)))


async def judge_import(work: UnitOfWork, file: PolicyFile) -> None:
    """Raise the refusal that importing would meet at this moment, and change nothing."""
    act = await work.permitted(policies, policies.seen_by)
    found = {each.name: await work.those(policies, **each.where(file.draft, act)) for each in create.needs}
    if refused := create.refusal(file.draft, replace(act, found=found)):
        raise refused


def the_one(files: Sequence[PolicyFile]) -> PolicyFile:
    """The only file: all policies are of one kind, and a practice prepares one version of a kind at a time (POL-10).

    Raises FilesRefused.
    """
    if len(files) > 1:
        raise FilesRefused([f"{len(files)} files are too many: {ONE_AT_A_TIME}"])
    return files[0]


def written(content: PolicyContent) -> str:
    """The content as a file that reads as the very same content.

    What the service assumes where a document is silent is left out, as in any policy file. Raises ValueError when the
    content is too large for a file.
    """
    said: dict[str, Any] = without_origins(content.model_dump(mode="json", exclude_defaults=True))
    said["settings"] = beyond(
        said["settings"], without_origins(DEFAULTS.model_dump(mode="json", exclude_defaults=True))
    )
    return write_document({name: said[name] for name in PolicyContent.model_fields if name in said})


def without_origins(value: Any) -> Any:
    """The same without the origin of each setting, which its source tells."""
    if isinstance(value, Mapping):
        return {name: without_origins(each) for name, each in value.items() if name != "origin"}
    return [without_origins(each) for each in value] if isinstance(value, list) else value


def beyond(said: Mapping[str, Any], assumed: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that say more than the service assumes anyway, duty by duty."""
    duties = {name: each for name, each in said["duties"].items() if each != assumed["duties"][name]}
    others = {name: each for name, each in said.items() if name != "duties" and each != assumed[name]}
    return {"duties": duties, **others} if duties else others


def version_named(versions: Iterable[Policy], named: str) -> Policy | None:
    """The version that somebody means: its number, `3` being short for `3.0`, or `active` for the one in force."""
    number = named if "." in named else f"{named}.0"
    return next((each for each in versions if number == each.number or named == PolicyState.ACTIVE == each.state), None)
