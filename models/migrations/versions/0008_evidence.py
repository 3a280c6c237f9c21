"""Evidence."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("case_kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("captured_by", sa.String(), nullable=False),
        sa.Column("seen_at", MOMENT),
        sa.Column("url", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("witness", sa.Text()),
        sa.Column("file", sa.Text()),
        sa.Column("superseded_by", sa.Uuid()),
        sa.Column("set_aside_because", sa.Text()),
        sa.Column("restricted_for", sa.Uuid()),
        sa.Column("destruction_ground", sa.String()),
        sa.Column("destruction_proposed_by", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "case_id", "kind", "captured_by"):
        op.create_index(f"evidence_by_{column}", "evidence", ["practice", column, "id"])
    protect("evidence")
    allow("evidence", "SELECT", "INSERT", "UPDATE")
