"""Tables of the journal with its checkpoints, of exports and certificates, and of settings."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table, Text, UniqueConstraint

from maturity_desktop.storage.tables.columns import Instant, metadata, number, order_of_entry, required, text

journal = Table(
    "journal",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    number("monotonic_ms", None),
    required("actor"),
    required("event"),
    required("subject"),
    text("old"),
    text("new"),
    text("reason"),
    required("previous_hash"),
    required("hash"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("id", Integer, primary_key=True),
    number("sequence", None),
    required("hash"),
    Column("at", Instant, nullable=False),
    required("mac"),
)

export_record = Table(
    "export_record",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False, index=True),
    required("kind"),
    required("file_name"),
    required("sha256"),
    text("content_digest"),
    text("signer"),
    Column("exported_at", Instant, nullable=False),
    required("exported_by"),
    text("program_version"),
    text("serial"),
)

certificate = Table(
    "certificate",
    metadata,
    Column("id", Text, primary_key=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False, index=True),
    required("serial"),
    number("year", None),
    number("number_in_year", None),
    Column("content", JSON, nullable=False),
    UniqueConstraint("serial"),
    UniqueConstraint("year", "number_in_year"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)
