"""Observations and outcome claims."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.ids import AssessmentId, ClaimId, CriterionId, ObservationId
from maturity_desktop.storage import versioned
from maturity_desktop.storage.tables.findings import observation, observation_criterion, outcome_claim

_CONFLICT = "FND-009"
_PRESENT = observation.c.deleted_at.is_(None)


class Observations:
    """Observations inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, observation_id: ObservationId) -> Observation | None:
        """Return one observation, None when there is no such one or it is deleted."""
        return next(iter(self._load(observation.c.id == observation_id)), None)

    def of_assessment(self, assessment_id: AssessmentId) -> tuple[Observation, ...]:
        """Return the observations of an assessment, gravest first, then in order of entry."""
        found = self._load(observation.c.assessment_id == assessment_id)
        gravity = {grade: place for place, grade in enumerate(Grade)}
        return tuple(sorted(found, key=lambda each: gravity[each.grade]))

    def counts(self, assessment_id: AssessmentId) -> dict[CriterionId, int]:
        """Return criterion → number of observations bound to it; missing means none."""
        bound = observation_criterion.c.criterion_id
        query = (
            select(bound, func.count())
            .join(observation)
            .where(observation.c.assessment_id == assessment_id, _PRESENT)
            .group_by(bound)
        )
        return {CriterionId(criterion): count for criterion, count in self._connection.execute(query)}

    def save(self, value: Observation, *, is_new: bool) -> Observation:
        """Add or change an observation. Raises Conflict FND-009."""
        version = versioned.save(self._connection, observation, _from_domain(value), is_new=is_new, code=_CONFLICT)
        bound = [{"criterion_id": criterion} for criterion in value.criteria]
        versioned.replace_places(self._connection, observation_criterion, ("observation_id", value.id), bound)
        return replace(value, version=version)

    def delete(self, observation_id: ObservationId, at: datetime) -> None:
        """Mark an observation deleted."""
        self._connection.execute(update(observation).where(observation.c.id == observation_id).values(deleted_at=at))

    def _load(self, wanted: Any) -> tuple[Observation, ...]:  # Any: a condition
        rows = self._connection.execute(select(observation).where(wanted, _PRESENT).order_by(observation.c.number))
        bound = select(observation_criterion).join(observation).where(wanted).order_by(observation_criterion.c.place)
        criteria: dict[str, list[CriterionId]] = defaultdict(list)
        for row in self._connection.execute(bound):
            criteria[row.observation_id].append(CriterionId(row.criterion_id))
        return tuple(_to_domain(row, tuple(criteria.get(row.id, ()))) for row in rows)


class Claims:
    """Outcome claims inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, claim_id: ClaimId) -> OutcomeClaim | None:
        """Return one claim, None when there is no such one or it is deleted."""
        return next(iter(self._load(outcome_claim.c.id == claim_id)), None)

    def of_assessment(self, assessment_id: AssessmentId) -> tuple[OutcomeClaim, ...]:
        """Return the claims of an assessment in order of entry."""
        return self._load(outcome_claim.c.assessment_id == assessment_id)

    def save(self, value: OutcomeClaim, *, is_new: bool) -> OutcomeClaim:
        """Add or change a claim. Raises Conflict FND-009."""
        version = versioned.save(self._connection, outcome_claim, _from_claim(value), is_new=is_new, code=_CONFLICT)
        return replace(value, version=version)

    def delete(self, claim_id: ClaimId, at: datetime) -> None:
        """Mark a claim deleted."""
        self._connection.execute(update(outcome_claim).where(outcome_claim.c.id == claim_id).values(deleted_at=at))

    def _load(self, wanted: Any) -> tuple[OutcomeClaim, ...]:  # Any: a condition
        present = outcome_claim.c.deleted_at.is_(None)
        query = select(outcome_claim).where(wanted, present).order_by(outcome_claim.c.number)
        return tuple(map(_claim, self._connection.execute(query)))


def _to_domain(row: Row[Any], criteria: tuple[CriterionId, ...]) -> Observation:  # Any: columns of different types
    return Observation(
        id=ObservationId(row.id),
        assessment_id=AssessmentId(row.assessment_id),
        grade=Grade(row.grade),
        text=row.text,
        impact=row.impact,
        recommendation=row.recommendation,
        responsible=row.responsible,
        due_on=row.due_on,
        rework=ReworkState(row.rework),
        criteria=criteria,
        version=row.version,
    )


def _from_domain(value: Observation) -> dict[str, object]:
    return {
        "id": value.id,
        "assessment_id": value.assessment_id,
        "grade": value.grade.value,
        "text": value.text,
        "impact": value.impact,
        "recommendation": value.recommendation,
        "responsible": value.responsible,
        "due_on": value.due_on,
        "rework": value.rework.value,
        "version": value.version,
    }


def _claim(row: Row[Any]) -> OutcomeClaim:  # Any: columns of different types
    return OutcomeClaim(
        id=ClaimId(row.id),
        assessment_id=AssessmentId(row.assessment_id),
        metric=row.metric,
        after=row.after,
        before=row.before,
        unit=row.unit,
        base=row.base,
        source=row.source,
        version=row.version,
    )


def _from_claim(value: OutcomeClaim) -> dict[str, object]:
    return {
        "id": value.id,
        "assessment_id": value.assessment_id,
        "metric": value.metric,
        "after": value.after,
        "before": value.before,
        "unit": value.unit,
        "base": value.base,
        "source": value.source,
        "version": value.version,
    }
