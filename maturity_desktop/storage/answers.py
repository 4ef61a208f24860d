"""Answers, overrides and self-ratings: append-only revisions, and the newest of each at hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.storage.tables.assessments import answer, answer_current, rating_override, self_rating

_NEWEST_FIELDS = ("revision", "value", "rationale", "flagged", "by", "at", "to_confirm", "choice")
_ADD_REVISION = insert(answer)
_ADD_CURRENT = upsert(answer_current)
_SET_CURRENT = _ADD_CURRENT.on_conflict_do_update(
    index_elements=["assessment_id", "criterion_id"],
    set_={name: _ADD_CURRENT.excluded[name] for name in _NEWEST_FIELDS},
)
_NEWEST = select(answer_current).where(answer_current.c.assessment_id == bindparam("assessment"))


class Answers:
    """Answers inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, assessment_id: AssessmentId) -> dict[CriterionId, Answer]:
        """Return criterion → newest answer; missing means never answered."""
        rows = self._connection.execute(_NEWEST, {"assessment": assessment_id})
        return {CriterionId(row.criterion_id): _to_domain(row) for row in rows}

    def append(self, assessment_id: AssessmentId, revisions: Sequence[Answer]) -> None:
        """Add revisions and make them the newest."""
        rows = [_from_domain(assessment_id, revision) for revision in revisions]
        if rows:
            self._connection.execute(_ADD_REVISION, rows)
            self._connection.execute(_SET_CURRENT, rows)

    def history(self, assessment_id: AssessmentId, criterion_id: CriterionId) -> tuple[Answer, ...]:
        """Return all revisions of one answer, oldest first."""
        same = (answer.c.assessment_id == assessment_id) & (answer.c.criterion_id == criterion_id)
        rows = self._connection.execute(select(answer).where(same).order_by(answer.c.revision))
        return tuple(map(_to_domain, rows))


class Overrides:
    """Assessors' own ratings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, assessment_id: AssessmentId) -> dict[NodeCode, Override]:
        """Return item → override in force; missing means none was set or it was taken away."""
        last = (
            select(func.max(rating_override.c.id))
            .where(rating_override.c.assessment_id == assessment_id)
            .group_by(rating_override.c.item_code)
        )
        query = select(rating_override).where(rating_override.c.id.in_(last), rating_override.c.level.is_not(None))
        return {NodeCode(row.item_code): _override(row) for row in self._connection.execute(query)}

    def append(self, assessment_id: AssessmentId, override: Override) -> None:
        """Put an override in force."""
        self._connection.execute(
            insert(rating_override).values(
                assessment_id=assessment_id,
                item_code=override.item_code,
                level=override.rating.level,
                half=override.rating.half.value,
                reason=override.reason,
                by=override.by,
                at=override.at,
            )
        )

    def withdraw(self, assessment_id: AssessmentId, item_code: NodeCode, *, reason: str, by: str, at: datetime) -> None:
        """Take the override of an item away; the earlier rows stay."""
        row = {"assessment_id": assessment_id, "item_code": item_code, "reason": reason, "by": by, "at": at}
        self._connection.execute(insert(rating_override).values(**row))


class SelfRatings:
    """The institution's own ratings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self, assessment_id: AssessmentId) -> dict[NodeCode, SelfRating]:
        """Return item → the institution's own rating; missing means none was given."""
        rows = self._connection.execute(select(self_rating).where(self_rating.c.assessment_id == assessment_id))
        return {
            NodeCode(row.item_code): SelfRating(
                item_code=NodeCode(row.item_code),
                rating=Rating(row.level, HalfStep(row.half)),
                remark=row.remark,
                gap=row.gap or ABSENT,
            )
            for row in rows
        }

    def save(self, assessment_id: AssessmentId, value: SelfRating) -> None:
        """Set the institution's own rating of an item."""
        fields = {"level": value.rating.level, "half": value.rating.half.value, "remark": value.remark}
        fields["gap"] = value.gap or ""
        statement = upsert(self_rating).values(assessment_id=assessment_id, item_code=value.item_code, **fields)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["assessment_id", "item_code"], set_=fields)
        )

    def remove(self, assessment_id: AssessmentId, item_code: NodeCode) -> None:
        """Take the institution's own rating of an item away; the journal keeps what it was."""
        is_this = (self_rating.c.assessment_id == assessment_id) & (self_rating.c.item_code == item_code)
        self._connection.execute(delete(self_rating).where(is_this))


def _to_domain(row: Row[Any]) -> Answer:  # Any: columns of different types
    return Answer(
        criterion_id=CriterionId(row.criterion_id),
        value=AnswerValue(row.value),
        by=row.by,
        at=row.at,
        rationale=row.rationale,
        flagged=bool(row.flagged),
        revision=row.revision,
        to_confirm=bool(row.to_confirm) or ABSENT,
        choice=row.choice or ABSENT,
    )


def _from_domain(assessment_id: AssessmentId, value: Answer) -> dict[str, object]:
    return {
        "assessment_id": assessment_id,
        "criterion_id": value.criterion_id,
        "revision": value.revision,
        "value": value.value.value,
        "rationale": value.rationale,
        "flagged": int(value.flagged),
        "by": value.by,
        "at": value.at,
        "to_confirm": int(bool(value.to_confirm)),
        "choice": value.choice or "",
    }


def _override(row: Row[Any]) -> Override:  # Any: columns of different types
    return Override(
        item_code=NodeCode(row.item_code),
        rating=Rating(row.level, HalfStep(row.half)),
        reason=row.reason,
        by=row.by,
        at=row.at,
    )
