"""Incidents, and the warning ledger."""

import sqlalchemy as sa
from alembic import op

from models.migrations.case_columns import case_columns, index_for_cases
from models.migrations.tenancy import allow, protect

revision = "0014"
down_revision = "0013"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_incident()
    create_warning()


def create_incident() -> None:
    op.create_table(
        "incident",
        *case_columns(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("platform", sa.String()),
        sa.Column("on_own_page", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("happened_at", MOMENT),
        sa.Column("reported_by", sa.String(), nullable=False),
        sa.Column("told", sa.Text()),
        sa.Column("tell_by", MOMENT, nullable=False),
        sa.Column("recording_id", sa.Uuid()),
        sa.Column("policy_id", sa.Uuid()),
        sa.Column("policy_number", sa.String()),
        sa.Column("pinned_because", sa.String(), nullable=False),
        sa.Column("clause_key", sa.String()),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("is_complaint", sa.Boolean(), nullable=False),
        sa.Column("safeguarding", sa.Boolean(), nullable=False),
        sa.Column("identifies_staff", sa.Boolean(), nullable=False),
        sa.Column("other_patient_data", sa.Boolean(), nullable=False),
        sa.Column("unlawful_to_copy", sa.Boolean(), nullable=False),
        sa.Column("staff_involved", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("identified", sa.Text()),
        sa.Column("further_authors", sa.Text(), nullable=False),
        sa.Column("still_live", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Text()),
        sa.Column("taken_down", sa.Text()),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("platform_report", sa.Text()),
        sa.Column("website_notice", sa.Text()),
        sa.Column("message_seen", sa.Text()),
        sa.Column("contact_answer", sa.String()),
        sa.Column("author_asked", sa.Text()),
        sa.Column("complaint_found", sa.Text()),
        sa.Column("route_offered", sa.Text()),
        sa.Column("general_reply", sa.Text()),
        sa.Column("complaint_acknowledged", sa.Text()),
        sa.Column("complaint_reference", sa.Text()),
        sa.Column("finding", sa.Text()),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("defence_body_advice", sa.Text()),
        sa.Column("legal_advice", sa.Text()),
        sa.Column("legal_advice_by", MOMENT),
        sa.Column("legal_referral", sa.Text()),
        sa.Column("safeguards", sa.Text(), nullable=False),
        sa.Column("equality_check", sa.Text()),
        sa.Column("list_removal", sa.Text()),
        sa.Column("pcse_acknowledged", sa.Text()),
        sa.Column("threat", sa.Text()),
        sa.Column("police_told", sa.Text()),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("safeguarding_asked", sa.Text()),
        sa.Column("plan", sa.Text()),
        sa.Column("delegated", sa.Text()),
        sa.Column("immediate_removal", sa.Text()),
        sa.Column("patient_informed", sa.Text()),
        sa.Column("confirmed_in_writing", sa.Text()),
        sa.Column("ending", sa.Text()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_cases("incident", "kind", "recording_id")
    protect("incident")
    allow("incident", "SELECT", "INSERT", "UPDATE")


def create_warning() -> None:
    op.create_table(
        "warning",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("about", sa.Uuid()),
        sa.Column("ground", sa.String()),
        sa.Column("rectification_noted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "incident_id", "entry", "person_id", "about"):
        op.create_index(f"warning_by_{column}", "warning", ["practice", column, "id"])
    protect("warning")
    allow("warning", "SELECT", "INSERT")
