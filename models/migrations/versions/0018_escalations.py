"""When the management was told that something was overdue."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    for table in ("policy", "post", "restriction", "held_submission"):
        op.add_column(table, sa.Column("escalated_at", sa.DateTime(timezone=True)))
