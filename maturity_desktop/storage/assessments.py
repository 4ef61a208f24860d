"""Assessments, with the result lists show: kept beside them so that a list decodes no edition."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from maturity_desktop.domain.engagement import Assessment, Scope
from maturity_desktop.domain.ids import AssessmentId, Digest, EngagementId, LevelCode, NodeCode, SystemId
from maturity_desktop.domain.results import Progress, Rating
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.storage import versioned
from maturity_desktop.storage.tables.assessments import assessment

_THIS = assessment.c.id == bindparam("of_assessment")
_FIND = select(assessment).where(_THIS)
_HAS = select(assessment.c.number).where(_THIS)
_NOTE_STANDING = update(assessment).where(_THIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an assessment stands, as last computed."""

    result: Rating
    label: str
    progress: Progress


class Assessments:
    """Assessments inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, assessment_id: AssessmentId) -> Assessment | None:
        """Return one assessment, None when there is no such one."""
        row = self._connection.execute(_FIND, {"of_assessment": assessment_id}).first()
        return _to_domain(row) if row else None

    def has(self, assessment_id: AssessmentId) -> bool:
        """Return whether there is such an assessment."""
        return self._connection.execute(_HAS, {"of_assessment": assessment_id}).first() is not None

    def with_standing(
        self, *, engagement_id: EngagementId | None = None, assessment_id: AssessmentId | None = None
    ) -> tuple[tuple[Assessment, Standing], ...]:
        """Return assessments (of one engagement, one alone, or all) and where they stand, in order of entry."""
        query = select(assessment).order_by(assessment.c.number)
        if engagement_id is not None:
            query = query.where(assessment.c.engagement_id == engagement_id)
        if assessment_id is not None:
            query = query.where(assessment.c.id == assessment_id)
        return tuple((_to_domain(row), _standing(row)) for row in self._connection.execute(query))

    def save(self, value: Assessment, *, is_new: bool) -> Assessment:
        """Add or change an assessment. Raises Conflict ENG-009."""
        version = versioned.save(self._connection, assessment, _from_domain(value), is_new=is_new, code="ENG-009")
        return replace(value, version=version)

    def note_standing(self, assessment_id: AssessmentId, *, result: Rating, label: str, progress: Progress) -> None:
        """Keep the newly computed result; it is no edit and does not raise the version."""
        fields = {
            "of_assessment": assessment_id,
            "result_level": result.level,
            "result_half": result.half.value,
            "result_label": label,
            "answered": progress.answered,
            "total": progress.total,
            "needed_answered": progress.needed_answered,
            "needed_total": progress.needed_total,
            "flagged": progress.flagged,
        }
        self._connection.execute(_NOTE_STANDING, fields)


def _to_domain(row: Row[Any]) -> Assessment:  # Any: columns of different types
    return Assessment(
        id=AssessmentId(row.id),
        engagement_id=EngagementId(row.engagement_id),
        system_id=SystemId(row.system_id),
        edition_digest=Digest(row.edition_digest),
        target_level=LevelCode(row.target_level),
        profile_id=row.profile_id,
        scope=Scope(modules=tuple(row.modules), nodes=tuple(NodeCode(code) for code in row.nodes)),
        version=row.version,
    )


def _from_domain(value: Assessment) -> dict[str, object]:
    return {
        "id": value.id,
        "engagement_id": value.engagement_id,
        "system_id": value.system_id,
        "edition_digest": value.edition_digest,
        "target_level": value.target_level,
        "profile_id": value.profile_id,
        "modules": list(value.scope.modules),
        "nodes": list(value.scope.nodes),
        "version": value.version,
    }


def _standing(row: Row[Any]) -> Standing:  # Any: columns of different types
    return Standing(
        result=Rating(row.result_level, HalfStep(row.result_half)),
        label=row.result_label,
        progress=Progress(
            answered=row.answered,
            total=row.total,
            needed_answered=row.needed_answered,
            needed_total=row.needed_total,
            flagged=row.flagged,
        ),
    )
