"""The second form: sign-off steps, signed checkpoints of the journal, the trust store."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of proof; nothing that was there changes."""
    script = Path(__file__).with_name("0002_proof.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n")[1:]:
        op.get_bind().exec_driver_sql(statement)
