"""Tables of editions, assessments, answers, overrides and self-ratings."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.storage.tables.columns import (
    Instant,
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

edition = Table(
    "edition",
    metadata,
    Column("digest", Text, primary_key=True),
    required("standard_id"),
    required("edition_id"),
    text("name_zh"),
    text("name_en"),
    Column("content", LargeBinary, nullable=False),
    CheckConstraint("length(digest) = 64", name="digest"),
)

assessment = Table(
    "assessment",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("engagement_id", Text, ForeignKey("engagement.id"), nullable=False, index=True),
    Column("system_id", Text, ForeignKey("system.id"), nullable=False, index=True),
    Column("edition_digest", Text, ForeignKey("edition.digest"), nullable=False, index=True),
    required("target_level"),
    required("profile_id"),
    Column("modules", JSON, nullable=False),
    Column("nodes", JSON, nullable=False),
    number("result_level"),
    text("result_half", default="full"),
    text("result_label"),
    number("answered"),
    number("total"),
    number("needed_answered"),
    number("needed_total"),
    number("flagged"),
    version(),
    one_of("result_half", HalfStep),
)


def _answer_fields() -> tuple[Column[object], ...]:
    return (
        Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False),
        required("criterion_id"),  # type: ignore[return-value]  # columns of different types in one tuple
        number("revision", None),
        required("value"),
        text("rationale"),
        flag("flagged"),
        required("by"),
        Column("at", Instant, nullable=False),
        number("to_confirm"),  # 0 or 1; a column added later has no constraint of its own
        text("choice"),
    )


answer = Table(
    "answer",
    metadata,
    *_answer_fields(),
    PrimaryKeyConstraint("assessment_id", "criterion_id", "revision"),
    one_of("value", AnswerValue),
    is_true_or_false("flagged"),
    sqlite_with_rowid=False,
)

answer_current = Table(
    "answer_current",
    metadata,
    *_answer_fields(),
    PrimaryKeyConstraint("assessment_id", "criterion_id"),
    one_of("value", AnswerValue),
    is_true_or_false("flagged"),
    sqlite_with_rowid=False,
)

rating_override = Table(
    "rating_override",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False),
    required("item_code"),
    Column("level", Integer),
    Column("half", Text),
    text("reason"),
    required("by"),
    Column("at", Instant, nullable=False),
    one_of("half", HalfStep),
    Index("ix_rating_override_assessment_id_item_code", "assessment_id", "item_code"),
)

self_rating = Table(
    "self_rating",
    metadata,
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False),
    required("item_code"),
    number("level", None),
    required("half"),
    text("remark"),
    text("gap"),
    PrimaryKeyConstraint("assessment_id", "item_code"),
    one_of("half", HalfStep),
)
