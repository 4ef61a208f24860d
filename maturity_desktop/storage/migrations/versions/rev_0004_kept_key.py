"""The fourth form: signing keys kept in the workspace, each under a passphrase of its own."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing that was there changes."""
    script = Path(__file__).with_name("0004_kept_key.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n")[1:]:
        op.get_bind().exec_driver_sql(statement)
