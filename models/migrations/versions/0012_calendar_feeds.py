"""Links to calendars of what is due."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_by", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "owner"):
        op.create_index(f"calendar_feed_by_{column}", "calendar_feed", ["practice", column, "id"])
    protect("calendar_feed")
    allow("calendar_feed", "SELECT", "INSERT", "UPDATE")
