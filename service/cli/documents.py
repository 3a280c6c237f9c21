"""`charter openapi`: the documents that are made from the declarations, written anew or held against what is there."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from service.cli.terminal import refuse
from service.settings import Mode, Settings
from workflows import diagrams

APPLICATION: Final = "api.app:create_app"
"""By name, because the API is built on the service and not the other way round."""

FOLDER: Final = Path("openapi")
INVENTORY: Final = Path("docs/route-inventory.tsv")


def openapi(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say which documents are out of date.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the documents are kept.")] = FOLDER,
    inventory: Annotated[Path, typer.Option(help="Where every route is listed, for review.")] = INVENTORY,
) -> None:
    """Write the API's description, the workflows' diagrams and the list of all routes, made from the declarations."""
    application = documented()
    documents = {
        folder / "openapi.json": description_of(application),
        folder / "workflows.md": diagrams.document(),
        inventory: application.route_inventory(),
    }
    stale = {path: text for path, text in documents.items() if not _reads(path, text)}
    if check and stale:
        refuse(f"Out of date: {', '.join(map(str, stale))}. Run `charter openapi`, and commit what it writes.")
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        typer.echo(f"{path} is written.")
    if not stale:
        typer.echo("The documents are up to date.")


def documented() -> Any:
    """The application, the same whatever this installation's settings are."""
    return application_factory()(Settings(mode=Mode.DEVELOPMENT, documentation_on=True))


def description_of(application: Any) -> str:
    """What the API says of itself."""
    return f"{json.dumps(application.openapi(), indent=2, sort_keys=True, ensure_ascii=False)}\n"


def application_factory() -> Callable[[Settings], Any]:
    """What makes the application."""
    module, _, name = APPLICATION.partition(":")
    factory: Callable[[Settings], Any] = getattr(import_module(module), name)
    return factory


def _reads(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
