"""Data protection complaints."""

import sqlalchemy as sa
from alembic import op

from models.migrations.case_columns import case_columns, index_for_cases
from models.migrations.tenancy import allow, protect

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "data_protection_complaint",
        *case_columns(),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("complainant", sa.Text(), nullable=False),
        sa.Column("for_whom", sa.Text()),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("late_entry_reason", sa.Text()),
        sa.Column("about_request", sa.Text()),
        sa.Column("client_reference", sa.String()),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("taken_in_by", sa.String(), nullable=False),
        sa.Column("website", sa.String()),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("acknowledge_by", sa.Text(), nullable=False),
        sa.Column("acknowledged", sa.Text()),
        sa.Column("nhs_complaint", sa.Boolean(), nullable=False),
        sa.Column("nhs_complaint_reason", sa.Text()),
        sa.Column("nhs_acknowledge_by", sa.Text()),
        sa.Column("enquiries", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("next_word_on", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("outcome_given_on", sa.Date()),
        sa.Column("findings", sa.Text()),
        sa.Column("ending", sa.Text()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_cases(
        "data_protection_complaint", "reference", "channel", "outcome", "nhs_complaint", "taken_in_by", "website",
        "request_id",
    )  # fmt: skip
    protect("data_protection_complaint")
    allow("data_protection_complaint", "SELECT", "INSERT", "UPDATE")
