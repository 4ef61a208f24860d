"""Tables of observations and outcome claims."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from maturity_desktop.domain.findings import Grade, ReworkState
from maturity_desktop.storage.tables.columns import (
    Day,
    deletion,
    metadata,
    number,
    one_of,
    order_of_entry,
    required,
    text,
    version,
)

observation = Table(
    "observation",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False, index=True),
    required("grade"),
    required("text"),
    text("impact"),
    text("recommendation"),
    text("responsible"),
    Column("due_on", Day),
    required("rework"),
    version(),
    deletion(),
    one_of("grade", Grade),
    one_of("rework", ReworkState),
)

observation_criterion = Table(
    "observation_criterion",
    metadata,
    Column("observation_id", Text, ForeignKey("observation.id"), nullable=False),
    number("place", None),
    required("criterion_id"),
    PrimaryKeyConstraint("observation_id", "place"),
    Index("ix_observation_criterion_criterion_id", "criterion_id"),
)

outcome_claim = Table(
    "outcome_claim",
    metadata,
    order_of_entry(),
    Column("id", Text, nullable=False, unique=True),
    Column("assessment_id", Text, ForeignKey("assessment.id"), nullable=False, index=True),
    required("metric"),
    required("after"),
    text("before"),
    text("unit"),
    text("base"),
    text("source"),
    version(),
    deletion(),
)
