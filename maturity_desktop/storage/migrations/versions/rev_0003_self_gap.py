"""The third form: the institution's own words on the gap to the target level."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty for every rating that was there."""
    op.get_bind().exec_driver_sql("ALTER TABLE self_rating ADD COLUMN gap TEXT DEFAULT '' NOT NULL")
