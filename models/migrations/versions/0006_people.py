"""People whom cases are about, sealed, and the keys of the records that are."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_record_key()
    create_person()


def create_record_key() -> None:
    op.create_table(
        "record_key",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "record_id"),
    )
    op.create_index("record_key_by_key_id", "record_key", ["practice", "key_id", "record_id"])
    protect("record_key")
    allow("record_key", "SELECT", "INSERT", "UPDATE", "DELETE")


def create_person() -> None:
    op.create_table(
        "person",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("name", sa.Text()),
        sa.Column("date_of_birth", sa.Text()),
        sa.Column("nhs_number", sa.Text()),
        sa.Column("contact", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("merged_into", sa.Uuid()),
        sa.Column("erasure_ground", sa.String()),
        sa.Column("erasure_proposed_by", sa.String()),
        sa.Column("nhs_number_index", sa.String()),
        sa.Column("name_and_birth_index", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "merged_into"):
        op.create_index(f"person_by_{column}", "person", ["practice", column, "id"])
    op.create_index("person_by_name_and_birth", "person", ["practice", "name_and_birth_index", "id"])
    op.create_index("one_person_per_nhs_number", "person", ["practice", "nhs_number_index"], unique=True)
    protect("person")
    allow("person", "SELECT", "INSERT", "UPDATE")
