"""A store whose statements forgot to name the practice: what the second wall is there for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BinaryExpression, BindParameter, Column, Dialect, Executable, Table, true
from sqlalchemy.sql import operators, visitors

from service.store.prepared import Prepared


def names_a_practice(clause: Any) -> bool:
    """Whether this is the condition that a row is of the practice that was asked for."""
    return (
        isinstance(clause, BinaryExpression)
        and clause.operator is operators.eq
        and isinstance(clause.left, Column)
        and clause.left.name == "practice"
        and isinstance(clause.right, BindParameter)
    )


def forgetting(statement: Any, forgets: Callable[[Any], bool] = names_a_practice) -> Any:
    """The same statement without these conditions. What row-level security needs to be told is still said."""

    def replaced(element: Any, **_: Any) -> Any:
        return true() if forgets(element) else None

    return visitors.replacement_traverse(statement, {}, replaced)


class Forgetful(Prepared):
    """A prepared statement that forgot the practice."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        """Forget, and then compile."""
        super().__init__(forgetting(statement), dialect)


class ForgetfulOfRecords(Prepared):
    """The same where one record is read by its identifier: the fault that is made most often."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        """Forget, and then compile."""
        super().__init__(forgetting(statement, names_the_practice_of_the_record), dialect)


def names_the_practice_of_the_record(clause: Any) -> bool:
    """Whether this is that condition on the record itself, and not on the person or the receipt beside it."""
    return names_a_practice(clause) and clause.left.table.name == "record"


class ForgetfulOfLists(Prepared):
    """The same where records are looked for, to be listed or to be judged by."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        """Forget, and then compile."""
        super().__init__(forgetting(statement, names_the_practice_of_a_list), dialect)


def names_the_practice_of_a_list(clause: Any) -> bool:
    """Whether this is that condition on a table that is looked through."""
    return names_a_practice(clause) and clause.right.key == "practice" and isinstance(clause.left.table, Table)
