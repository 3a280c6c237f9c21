"""The columns that every kind of case has, as they were when the first of them came to be."""

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)


def case_columns() -> list[sa.Column[object]]:
    """Those of any record, and those of a case."""
    return [
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("assigned_to", sa.Uuid()),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("contact_log", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("duplicate_of", sa.Uuid()),
        sa.Column("escalations", sa.Text(), nullable=False),
    ]


def index_for_cases(table: str, *columns: str) -> None:
    """One index for each column by which cases are narrowed or found: those of every case, and these."""
    for column in ("state", "due_at", "assigned_to", "person_id", *columns):
        op.create_index(f"{table}_by_{column}", table, ["practice", column, "id"])
