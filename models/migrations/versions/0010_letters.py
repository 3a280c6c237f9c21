"""Letters."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0010"
down_revision = "0009"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("template_edition", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("case_kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text()),
        sa.Column("returned", sa.Text()),
        sa.Column("supersedes", sa.Uuid()),
        sa.Column("replaced_because", sa.Text()),
        sa.Column("escalated_at", MOMENT),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "template", "case_id", "person_id"):
        op.create_index(f"letter_by_{column}", "letter", ["practice", column, "id"])
    protect("letter")
    allow("letter", "SELECT", "INSERT", "UPDATE")
