"""Tables of institutions, their systems, engagements, people and interviews."""

from sqlalchemy import JSON, Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from maturity_desktop.domain.engagement import HandlingMark, InterviewMethod, Phase, Role
from maturity_desktop.domain.institution import InstitutionType, SystemKind
from maturity_desktop.storage.tables.columns import (
    Day,
    deletion,
    flag,
    is_true_or_false,
    metadata,
    number,
    one_of,
    order_of_entry,
    required,
    text,
    version,
)

institution = Table(
    "institution",
    metadata,
    Column("id", Text, primary_key=True),
    text("name_zh"),
    text("name_en"),
    Column("aliases", JSON, nullable=False),
    required("type"),
    text("credit_code"),
    one_of("type", InstitutionType),
)

system = Table(
    "system",
    metadata,
    Column("id", Text, primary_key=True),
    Column("institution_id", Text, ForeignKey("institution.id"), nullable=False, index=True),
    text("name_zh"),
    text("name_en"),
    required("kind"),
    text("description"),
    one_of("kind", SystemKind),
)

engagement = Table(
    "engagement",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("institution_id", Text, ForeignKey("institution.id"), nullable=False, index=True),
    required("title"),
    Column("starts_on", Day),
    Column("ends_on", Day),
    required("phase"),
    required("handling"),
    flag("is_sample"),
    version(),
    one_of("phase", Phase),
    one_of("handling", HandlingMark),
    is_true_or_false("is_sample"),
)

person = Table(
    "person",
    metadata,
    Column("engagement_id", Text, ForeignKey("engagement.id"), nullable=False),
    number("place", None),
    required("id"),
    required("name"),
    required("role"),
    text("department"),
    PrimaryKeyConstraint("engagement_id", "place"),
    one_of("role", Role),
)

interview = Table(
    "interview",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("engagement_id", Text, ForeignKey("engagement.id"), nullable=False, index=True),
    Column("held_on", Day),
    required("method"),
    Column("people", JSON, nullable=False),
    text("notes"),
    version(),
    deletion(),
    one_of("method", InterviewMethod),
)

interview_criterion = Table(
    "interview_criterion",
    metadata,
    Column("interview_id", Text, ForeignKey("interview.id"), nullable=False),
    number("place", None),
    required("criterion_id"),
    PrimaryKeyConstraint("interview_id", "place"),
)
