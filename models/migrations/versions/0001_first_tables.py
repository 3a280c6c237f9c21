"""The first tables: practices, their staff, policies and posts, and what stands beside every record."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from models.migrations.audit_trail import refuse_rewriting
from models.migrations.tenancy import (
    allow,
    allow_numbering,
    let_installation_see,
    make_application_role,
    on_postgres,
    protect,
)

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
WRITING_TRANSACTION = "(pg_current_xact_id()::text::bigint)"


def upgrade() -> None:
    make_application_role()
    allow("alembic_version", "SELECT")
    create_practice()
    create_staff_member()
    create_policy()
    create_post()
    create_audit_entry()
    create_event()
    create_receipt()


def create_practice() -> None:
    op.create_table(
        "practice",
        *record_columns(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("in_force", sa.Text()),
        sa.PrimaryKeyConstraint("practice", "id"),
        sa.UniqueConstraint("practice", name="one_practice_per_code"),
    )
    index_for_lists("practice", "state", "due_at")
    protect("practice")
    let_installation_see("practice")
    allow("practice", "SELECT", "INSERT", "UPDATE")


def create_staff_member() -> None:
    op.create_table(
        "staff_member",
        *record_columns(),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("left_at", MOMENT),
        sa.Column("hands_over_to", sa.Uuid()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("staff_member", "state", "due_at")
    op.create_index("one_entry_per_subject", "staff_member", ["practice", "subject"], unique=True)
    protect("staff_member")
    allow("staff_member", "SELECT", "INSERT", "UPDATE")


def create_policy() -> None:
    op.create_table(
        "policy",
        *record_columns(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("adopted_from", sa.String()),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("change_comment", sa.String()),
        sa.Column("effective_from", sa.Date()),
        sa.Column("review_due", sa.Date(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("review_comment", sa.String()),
        sa.Column("approved_by", sa.String()),
        sa.Column("approved_at", MOMENT),
        sa.Column("approved_hash", sa.String()),
        sa.Column("published_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.Column("end_reason", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("policy", "state", "due_at", "kind", "number")
    being_prepared = "state IN ('draft', 'in_review', 'changes_requested', 'approved')"
    unique_where("one_active_policy", "policy", ["practice", "kind"], "state IN ('active')")
    unique_where("one_policy_being_prepared", "policy", ["practice", "kind"], being_prepared)
    op.create_index("one_policy_per_number", "policy", ["practice", "kind", "major", "minor"], unique=True)
    protect("policy")
    allow("policy", "SELECT", "INSERT", "UPDATE")


def create_post() -> None:
    op.create_table(
        "post",
        *record_columns(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("text", sa.String(2200), nullable=False),
        sa.Column("platforms", sa.Text(), nullable=False),
        sa.Column("declaration", sa.Text(), nullable=False),
        sa.Column("closure", sa.Text()),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("last_edited_by", sa.String(), nullable=False),
        sa.Column("comment", sa.String()),
        sa.Column("approval", sa.Text()),
        sa.Column("publish_at", MOMENT),
        sa.Column("companion_notices", sa.Text(), nullable=False),
        sa.Column("publications", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("replies", sa.Text(), nullable=False),
        sa.Column("withdrawal", sa.Text()),
        sa.Column("withdrawn_by", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_lists("post", "state", "due_at", "kind", "author")
    protect("post")
    allow("post", "SELECT", "INSERT", "UPDATE")


def create_audit_entry() -> None:
    chained: list[sa.Column[Any]] = [
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("transition", sa.String(), nullable=False),
        sa.Column("source", sa.String()),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("said_commitment", sa.String()),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
    ]
    erasable: list[sa.Column[Any]] = [sa.Column("salt", sa.String()), sa.Column("said", sa.String())]
    op.create_table(
        "audit_entry",
        *chained,
        *erasable,
        sa.PrimaryKeyConstraint("practice", "id"),
        sa.UniqueConstraint("practice", "record_id", "version", name="one_entry_per_version"),
    )
    index_for_lists("audit_entry", "kind", "record_id", "actor", "transition")
    refuse_rewriting("audit_entry", chained=[each.name for each in chained], erasable=[each.name for each in erasable])
    protect("audit_entry")
    allow("audit_entry", "SELECT", "INSERT")


def create_event() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "event",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("audiences", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("position", position, sa.Identity(), primary_key=True),
        sa.Column("written_in", sa.BigInteger(), nullable=False, server_default=sa.text(writing_transaction())),
        sa.UniqueConstraint("practice", "id", name="one_event_per_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("event_in_order", "event", ["practice", "written_in", "position"])
    protect("event")
    allow("event", "SELECT", "INSERT", "DELETE")
    allow_numbering("event_position_seq")


def create_receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("practice", "subject", "key"),
    )
    op.create_index("receipt_by_age", "receipt", ["at"])
    protect("receipt")
    allow("receipt", "SELECT", "INSERT", "DELETE")


def record_columns() -> list[sa.Column[Any]]:
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


def unique_where(name: str, table: str, columns: list[str], condition: str) -> None:
    among = sa.text(condition)
    op.create_index(name, table, columns, unique=True, postgresql_where=among, sqlite_where=among)


def writing_transaction() -> str:
    """Which transaction wrote an event. SQLite has one writer, so there its place alone says the order."""
    return WRITING_TRANSACTION if on_postgres() else "0"
