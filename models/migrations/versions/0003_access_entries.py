"""Who was shown sensitive records is kept in a table of its own, so that reading never waits for writing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.migrations.audit_trail import refuse_rewriting
from models.migrations.tenancy import allow, allow_numbering, on_postgres, protect

revision = "0003"
down_revision = "0002"

TABLE = "access_entry"


def upgrade() -> None:
    sealed: list[sa.Column[Any]] = [
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("records", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
    ]
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    written_in = sa.text("(pg_current_xact_id()::text::bigint)" if on_postgres() else "0")
    op.create_table(
        TABLE,
        *sealed,
        sa.Column("position", position, sa.Identity(), primary_key=True),
        sa.Column("written_in", sa.BigInteger(), nullable=False, server_default=written_in),
        sa.UniqueConstraint("practice", "id", name="one_access_entry_per_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("access_entry_in_order", TABLE, ["practice", "written_in", "position"])
    for column in ("kind", "actor"):
        op.create_index(f"access_entry_by_{column}", TABLE, ["practice", column, "id"])
    refuse_rewriting(TABLE, chained=[each.name for each in sealed], erasable=[])
    protect("access_entry")
    allow(TABLE, "SELECT", "INSERT")
    allow_numbering("access_entry_position_seq")
