"""Tables of proof: steps of the sign-off, signatures over journal checkpoints, the trust store, kept keys."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.signoff import SignoffAct
from maturity_desktop.domain.trust import TrustKind, TrustRole
from maturity_desktop.storage.tables.columns import Instant, metadata, one_of, order_of_entry, required, text

signoff_step = Table(
    "signoff_step",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False, index=True),
    required("act"),
    required("by"),
    Column("role", Text),
    Column("at", Instant, nullable=False),
    text("comment"),
    text("content_digest"),
    Column("content", LargeBinary),
    one_of("act", SignoffAct),
    one_of("role", Role),
)

checkpoint_signature = Table(
    "checkpoint_signature",
    metadata,
    Column("checkpoint_id", Integer, ForeignKey("checkpoint.id"), primary_key=True),
    required("purpose"),
    required("signer"),
    required("sha256"),
    Column("content", LargeBinary, nullable=False),
)

trust_item = Table(
    "trust_item",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    required("kind"),
    Column("role", Text),
    required("fingerprint"),
    text("subject"),
    text("issuer"),
    Column("valid_from", Instant),
    Column("valid_until", Instant),
    Column("content", LargeBinary, nullable=False),
    text("file_name"),
    Column("added_at", Instant, nullable=False),
    required("added_by"),
    Column("removed_at", Instant),
    one_of("kind", TrustKind),
    one_of("role", TrustRole),
)

kept_key = Table(
    "kept_key",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, unique=True),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("certificates", LargeBinary, nullable=False),
    Column("locked", LargeBinary, nullable=False),
    Column("kept_at", Instant, nullable=False),
    required("kept_by"),
)
