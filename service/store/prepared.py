"""A statement as a driver wants it, compiled once."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Dialect, Executable, Select


class Prepared:
    """One statement as a driver wants it: text, and values in their places and their types."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        """Compile once."""
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # every executable compiles
        self.sql = str(compiled)
        self._into = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        self._constants = {name: bind.value for name, bind in compiled.binds.items() if bind.value is not None}
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        outof = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._outof = [(place, process) for place, process in enumerate(outof) if process]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values, each in its place, among the constants that the dialect itself put there."""
        values = {**self._constants, **values} if self._constants else values
        return [process(values[name]) if process else values[name] for name, process in self._into]

    def decoded(self, row: Iterable[Any]) -> list[Any]:
        """A row, each value as what it was."""
        decoded = list(row)
        for place, process in self._outof:
            if decoded[place] is not None:
                decoded[place] = process(decoded[place])
        return decoded
