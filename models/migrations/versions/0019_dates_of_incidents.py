"""The dates of an incident, by themselves: to tell what falls due, nothing that is kept sealed is opened."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("incident", sa.Column("dates", sa.Text()))
