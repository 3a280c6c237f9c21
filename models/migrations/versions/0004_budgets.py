"""Budgets for what strangers and machines may ask for. PostgreSQL does not log them: a crash makes every one full."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, on_postgres, protect

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "name"),
        prefixes=["UNLOGGED"] if on_postgres() else [],
    )
    op.create_index("budget_by_age", "budget", ["practice", "full_at"])
    protect("budget")
    allow("budget", "SELECT", "INSERT", "UPDATE", "DELETE")
