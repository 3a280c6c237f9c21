"""What each subject of the proofs says for itself, put together: whoever adds a kind adds files, and changes none."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules_of(package: str) -> list[ModuleType]:
    """Every module of a package."""
    found = import_module(package)
    return [import_module(f"{package}.{each.name}") for each in iter_modules(found.__path__)]


def gathered(package: str, name: str) -> dict[Any, Any]:
    """The dictionaries of this name in all modules of a package, as one. Raises ValueError if two say the same thing."""
    found: dict[Any, Any] = {}
    for module in modules_of(package):
        said = getattr(module, name, {})
        if twice := found.keys() & said.keys():
            raise ValueError(f"{module.__name__}.{name} says again what another module says: {twice}")
        found |= said
    return found
