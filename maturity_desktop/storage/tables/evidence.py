"""Tables of evidence items, their revisions and their links to criteria; the bytes lie outside the database."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from maturity_desktop.domain.evidence import Custody, HandlingGrade
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.storage.tables.columns import (
    Instant,
    deletion,
    metadata,
    number,
    one_of,
    order_of_entry,
    required,
    text,
    version,
)

evidence = Table(
    "evidence",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    text("title"),
    required("kind"),
    required("grade"),
    required("custody"),
    text("request_code"),
    text("received_from"),
    Column("received_at", Instant),
    version(),
    deletion(),
    one_of("kind", EvidenceKind),
    one_of("grade", HandlingGrade),
    one_of("custody", Custody),
)

evidence_revision = Table(
    "evidence_revision",
    metadata,
    Column("id", Text, primary_key=True),
    Column("evidence_id", Text, ForeignKey("evidence.id"), nullable=False),
    number("number", None),
    required("file_name"),
    number("size_bytes", None),
    Column("sha256", Text, nullable=False, index=True),
    required("added_by"),
    Column("added_at", Instant, nullable=False),
    Column("blob", Text, nullable=False, index=True),
    text("place"),
    UniqueConstraint("evidence_id", "number"),
)

evidence_link = Table(
    "evidence_link",
    metadata,
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False),
    required("criterion_id"),
    Column("evidence_id", Text, ForeignKey("evidence.id"), nullable=False, index=True),
    PrimaryKeyConstraint("assessment_id", "criterion_id", "evidence_id"),
    sqlite_with_rowid=False,
)
