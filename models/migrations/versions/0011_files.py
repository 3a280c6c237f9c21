"""The parts of files, sealed."""

import sqlalchemy as sa
from alembic import op

from models.migrations.tenancy import allow, protect

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "file_part",
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("practice", "record_id", "number"),
    )
    protect("file_part")
    allow("file_part", "SELECT", "INSERT", "DELETE")
