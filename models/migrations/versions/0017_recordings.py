"""Recordings of consultations."""

import sqlalchemy as sa
from alembic import op

from models.migrations.case_columns import MOMENT, case_columns, index_for_cases
from models.migrations.tenancy import allow, protect

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "recording_consent",
        *case_columns(),
        sa.Column("consulting_clinician", sa.Uuid(), nullable=False),
        sa.Column("consultation_on", sa.Date(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("initiated_by", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("agreement", sa.Text()),
        sa.Column("refusal", sa.Text()),
        sa.Column("made_on", sa.Date()),
        sa.Column("not_made_because", sa.String()),
        sa.Column("covert", sa.Text()),
        sa.Column("covert_month", sa.String()),
        sa.Column("how_found", sa.Text()),
        sa.Column("discussion", sa.Text()),
        sa.Column("noted_entry", sa.Uuid()),
        sa.Column("copy_given", sa.String()),
        sa.Column("copy_filed", sa.Text()),
        sa.Column("posted_at", MOMENT),
        sa.Column("incident_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_cases("recording_consent", "modality", "covert_month")
    protect("recording_consent")
    allow("recording_consent", "SELECT", "INSERT", "UPDATE")
