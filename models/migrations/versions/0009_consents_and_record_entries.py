"""Entries owed to the clinical record, consents to be recorded, and patients who decline a trainee."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0009"
down_revision = "0008"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_record_entry()
    create_media_consent()
    create_trainee_decline()


def create_record_entry() -> None:
    op.create_table(
        "record_entry",
        *record_columns(),
        sa.Column("case_kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("code_wanted", sa.String(), nullable=False),
        sa.Column("patient_visible", sa.Boolean()),
        sa.Column("visibility_decided_by", sa.String()),
        sa.Column("filed", sa.Text()),
        sa.Column("not_filed_because", sa.Text()),
        sa.Column("put_right_because", sa.Text()),
        sa.Column("replaces", sa.Uuid()),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("escalated_at", MOMENT),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("record_entry", "state", "due_at", "case_id", "event", "person_id")
    op.create_index("one_entry_replaces_another", "record_entry", ["practice", "replaces"], unique=True)
    protect("record_entry")
    allow("record_entry", "SELECT", "INSERT", "UPDATE")


def create_media_consent() -> None:
    op.create_table(
        "media_consent",
        *record_columns(),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("media_consent", "state", "due_at", "purpose", "subject_id")
    protect("media_consent")
    allow("media_consent", "SELECT", "INSERT", "UPDATE")


def create_trainee_decline() -> None:
    op.create_table(
        "trainee_decline",
        *record_columns(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("declines", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("trainee_decline", "state", "due_at", "person_id")
    standing = sa.text("state = 'standing'")
    op.create_index(
        "one_standing_decline_per_person", "trainee_decline", ["practice", "person_id"], unique=True,
        postgresql_where=standing, sqlite_where=standing,
    )  # fmt: skip
    protect("trainee_decline")
    allow("trainee_decline", "SELECT", "INSERT", "UPDATE")


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
