"""The first form: institutions, engagements, assessments, answers, evidence, findings, journal."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables of an empty database."""
    script = Path(__file__).with_name("0001_first.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n")[1:]:
        op.get_bind().exec_driver_sql(statement)
