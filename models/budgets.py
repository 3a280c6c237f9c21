"""Budgets: how much of something may still be asked for, and from when on there is all of it again."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Budget(SQLModel):
    """What is left of an allowance, said by one number: the moment at which nothing of it will be spent any more.

    `full_at` counts microseconds since 1970 (UTC); a budget whose moment has passed is full, and need not be kept. `name` never
    says whose it is in the clear: an address or a subject stands in it as a keyed hash.
    """

    practice: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    full_at: int = Field(sa_type=BigInteger)


class BudgetRow(Budget, table=True):
    """Budgets that are not full. PostgreSQL keeps them without its log of writes: after a crash every one is full."""

    __tablename__ = "budget"
    __table_args__ = (Index("budget_by_age", "practice", "full_at"),)
