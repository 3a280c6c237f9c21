"""Rights requests, and restrictions."""

import sqlalchemy as sa
from alembic import op

from models.migrations.case_columns import case_columns, index_for_cases
from models.migrations.tenancy import allow, protect

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)
SEALED = (
    "representative", "late_entry_reason", "authority", "child_assessed", "hold", "fee", "question", "extended", "opinion",
    "decision", "ending",
)  # fmt: skip
SEALED_LISTS = ("past_reckonings", "recipients", "done")


def upgrade() -> None:
    create_rights_request()
    create_restriction()


def create_rights_request() -> None:
    op.create_table(
        "rights_request",
        *case_columns(),
        sa.Column("right", sa.String(), nullable=False),
        sa.Column("regime", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("concerned", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reply_by", sa.String()),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("correspondence_id", sa.Uuid()),
        sa.Column("client_reference", sa.String(100)),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("taken_in_by", sa.String(), nullable=False),
        sa.Column("website", sa.String()),
        sa.Column("lawful_basis", sa.String(), nullable=False),
        sa.Column("contests_opinion", sa.Boolean()),
        sa.Column("oldest_entry", sa.Date()),
        sa.Column("suggested_restriction", sa.String()),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("due", sa.Text()),
        sa.Column("extension_by", sa.Text()),
        sa.Column("target_on", sa.Date()),
        sa.Column("chase_on", sa.Date()),
        sa.Column("asked_on", sa.Date()),
        sa.Column("reminded_on", sa.Date()),
        sa.Column("opinion_expires_on", sa.Date()),
        sa.Column("identity", sa.Text()),
        sa.Column("contacts", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text()),
        *(sa.Column(name, sa.Text()) for name in SEALED),
        *(sa.Column(name, sa.Text(), nullable=False) for name in SEALED_LISTS),
        sa.Column("nhs_number_index", sa.String()),
        sa.Column("name_and_birth_index", sa.String()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    index_for_cases(
        "rights_request", "right", "scope", "regime", "reference", "correspondence_id", "taken_in_by", "website",
    )  # fmt: skip
    for found_by in ("nhs_number", "name_and_birth"):
        op.create_index(f"rights_request_by_{found_by}", "rights_request", ["practice", f"{found_by}_index", "id"])
    protect("rights_request")
    allow("rights_request", "SELECT", "INSERT", "UPDATE")


def create_restriction() -> None:
    op.create_table(
        "restriction",
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("due_for", sa.String()),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("rights_request_id", sa.Uuid()),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("systems", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date()),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("notified", sa.Text()),
        sa.Column("lifted_on", sa.Date()),
        sa.PrimaryKeyConstraint("practice", "id"),
    )
    for column in ("state", "due_at", "scope", "ground", "rights_request_id", "person_id"):
        op.create_index(f"restriction_by_{column}", "restriction", ["practice", column, "id"])
    protect("restriction")
    allow("restriction", "SELECT", "INSERT", "UPDATE")
