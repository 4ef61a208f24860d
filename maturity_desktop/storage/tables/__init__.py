"""Tables of the database, one module per aggregate. No rules live here; nobody outside `storage` imports them."""

from sqlalchemy import DDL, event

from maturity_desktop.storage.tables import assessments, evidence, findings, parties, proof, records
from maturity_desktop.storage.tables.columns import metadata

APPEND_ONLY = (
    *("answer", "rating_override", "journal", "edition", "evidence_revision"),
    *("signoff_step", "checkpoint_signature"),
)


def append_only_triggers(table: str) -> tuple[str, ...]:
    """Return the DDL of the triggers that refuse changing or removing rows of a table."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for act in ("UPDATE", "DELETE")
    )


for _name in APPEND_ONLY:
    for _statement in append_only_triggers(_name):
        event.listen(metadata.tables[_name], "after_create", DDL(_statement))  # type: ignore[no-untyped-call]

__all__ = [
    "APPEND_ONLY",
    "append_only_triggers",
    "assessments",
    "evidence",
    "findings",
    "metadata",
    "parties",
    "proof",
    "records",
]
