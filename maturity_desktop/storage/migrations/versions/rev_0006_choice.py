"""The sixth form: answers carry the choice made among a model's own; the trust store takes SM2 roots."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for every answer that was there, and widen what a trust item may be."""
    script = Path(__file__).with_name("0006_choice.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n")[1:]:
        op.get_bind().exec_driver_sql(statement)
