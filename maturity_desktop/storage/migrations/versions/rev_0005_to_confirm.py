"""The fifth form: answers carried over to a newer edition say that they are to be confirmed."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing that was there is to be confirmed."""
    for table in ("answer", "answer_current"):
        op.get_bind().exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN to_confirm INTEGER DEFAULT '0' NOT NULL")
