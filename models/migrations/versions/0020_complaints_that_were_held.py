"""What a data protection complaint was sent together with, so that one that was held is found again once it is released."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

TABLE = "data_protection_complaint"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("correspondence_id", sa.Uuid()))
    op.create_index(f"{TABLE}_by_correspondence_id", TABLE, ["practice", "correspondence_id", "id"])
