"""Read a YAML file strictly into a model, saying of everything wrong on which line it stands, and write one back.

Of YAML 1.2 only the plain part is read: `true`, `false`, `null`, `~` and whole numbers mean what they say, all else is
text. So `no`, `on`, `1.10`, `2026-01-02` and `01632 960001` stay as they were written.
"""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from service.yaml_documents.faults import (
    DEEPEST_NESTING,
    LARGEST_FILE,
    TOO_DEEP,
    DocumentRefused,
    Fault,
    Unacceptable,
    about_the_file,
)
from service.yaml_documents.files import content_of, text_of
from service.yaml_documents.parsing import Document
from service.yaml_documents.validating import SENTENCES, validated
from service.yaml_documents.writing import write_document

__all__ = [
    "DEEPEST_NESTING",
    "LARGEST_FILE",
    "SENTENCES",
    "DocumentRefused",
    "Fault",
    "read_document",
    "write_document",
]


M = TypeVar("M", bound=BaseModel)


def read_document(path: Path, model: type[M], *, folder: Path | None = None) -> M:
    """Read one YAML document into a model; unknown names are refused whatever the model's configuration says.

    With a folder, the file must lie in it. Raises DocumentRefused with all faults at once; where the file stops being
    readable as YAML, with those before that point.
    """
    try:
        return validated(Document(text_of(content_of(path, folder))), model)
    except Unacceptable as refusal:
        raise DocumentRefused(path, refusal.faults) from None
    except RecursionError:
        raise DocumentRefused(path, [about_the_file(TOO_DEEP)]) from None
