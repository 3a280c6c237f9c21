"""The monitoring log, and reviews of the practice."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_monitoring_check()
    create_review()


def create_monitoring_check() -> None:
    op.create_table(
        "monitoring_check",
        *record_columns(),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("looked_at", MOMENT),
        sa.Column("looked_by", sa.String()),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid()),
        sa.Column("next_look_at", MOMENT),
        sa.Column("escalated_at", MOMENT),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("monitoring_check", "state", "due_at", "platform")
    waiting = sa.text("state IN ('current', 'overdue')")
    op.create_index(
        "one_last_look_per_platform", "monitoring_check", ["practice", "platform"], unique=True,
        postgresql_where=waiting, sqlite_where=waiting,
    )  # fmt: skip
    protect("monitoring_check")
    allow("monitoring_check", "SELECT", "INSERT", "UPDATE")


def create_review() -> None:
    op.create_table(
        "review",
        *record_columns(),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(500)),
        sa.Column("posted_on", sa.Date()),
        sa.Column("concerns_safety", sa.Boolean(), nullable=False),
        sa.Column("gist", sa.String(200)),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("as_the_policy_asks", sa.Boolean(), nullable=False),
        sa.Column("seen_by", sa.String(), nullable=False),
        sa.Column("complaint_passed_on", sa.Text()),
        sa.Column("safety_passed_on", sa.Text()),
        sa.Column("reported", sa.Text()),
        sa.Column("answered", sa.Text()),
        sa.Column("left_because", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("review", "state", "due_at", "site", "kind")
    protect("review")
    allow("review", "SELECT", "INSERT", "UPDATE")


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
