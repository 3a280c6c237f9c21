"""What the author of a post says to doubtful findings in its text stands in the post."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("post", sa.Column("finding_answers", sa.Text(), nullable=False, server_default="[]"))
