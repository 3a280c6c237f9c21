"""Who has acknowledged a policy version, how the staff were briefed on it, and when somebody came back to the staff."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("staff_member", sa.Column("rejoined_at", MOMENT))
    create_acknowledgement()
    create_briefing()


def create_acknowledgement() -> None:
    op.create_table(
        "acknowledgement",
        *record_columns(),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("policy_number", sa.String(), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("acknowledgement", "state", "due_at", "policy_id", "acknowledged_by")
    once = ["practice", "policy_id", "acknowledged_by"]
    op.create_index("one_acknowledgement_per_person", "acknowledgement", once, unique=True)
    protect("acknowledgement")
    allow("acknowledgement", "SELECT", "INSERT")


def create_briefing() -> None:
    op.create_table(
        "briefing",
        *record_columns(),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("policy_number", sa.String(), nullable=False),
        sa.Column("look_again_at", MOMENT, nullable=False),
        sa.Column("reminders", sa.Text(), nullable=False),
        sa.Column("sessions", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("briefing", "state", "due_at", "policy_id")
    op.create_index("one_briefing_per_version", "briefing", ["practice", "policy_id"], unique=True)
    protect("briefing")
    allow("briefing", "SELECT", "INSERT", "UPDATE")


def record_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
    ]


def index_for_lists(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"{table}_by_{column}", table, ["practice", column, "id"])
