"""Answers on the pages that take a request, until they are sent, and submissions that are held."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0015"
down_revision = "0014"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "page_draft",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("practice", "name"),
    )
    op.create_index("page_draft_by_expiry", "page_draft", ["practice", "expires_at"])
    protect("page_draft")
    allow("page_draft", "SELECT", "INSERT", "UPDATE", "DELETE")
    op.create_table(
        "held_submission",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("suspicions", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("correspondence_id", sa.Uuid(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("look_by", sa.Date(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("contact_proved_at", MOMENT),
        sa.Column("set_aside_because", sa.Text()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "reference", "website"):
        op.create_index(f"held_submission_by_{column}", "held_submission", ["practice", column, "id"])
    protect("held_submission")
    allow("held_submission", "SELECT", "INSERT", "UPDATE")
