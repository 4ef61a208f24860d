"""Engagements with their team, and interviews."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from maturity_desktop.domain.engagement import Engagement, HandlingMark, Interview, InterviewMethod, Person, Phase, Role
from maturity_desktop.domain.ids import CriterionId, EngagementId, InstitutionId, InterviewId, PersonId
from maturity_desktop.storage import versioned
from maturity_desktop.storage.tables.parties import engagement, interview, interview_criterion, person

_CONFLICT = "ENG-009"


class Engagements:
    """Engagements and their teams inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, engagement_id: EngagementId) -> Engagement | None:
        """Return one engagement with its team, None when there is no such one."""
        row = self._connection.execute(select(engagement).where(engagement.c.id == engagement_id)).first()
        return _engagement(row, self._teams(engagement_id).get(row.id, ())) if row else None

    def all(self) -> tuple[Engagement, ...]:
        """Return all engagements with their teams, newest first."""
        teams = self._teams()
        rows = self._connection.execute(select(engagement).order_by(engagement.c.number.desc()))
        return tuple(_engagement(row, teams.get(row.id, ())) for row in rows)

    def save(self, value: Engagement, *, is_new: bool) -> Engagement:
        """Add or change an engagement and its team. Raises Conflict ENG-009."""
        version = versioned.save(self._connection, engagement, _from_engagement(value), is_new=is_new, code=_CONFLICT)
        members = [
            {"id": member.id, "name": member.name, "role": member.role.value, "department": member.department}
            for member in value.team
        ]
        versioned.replace_places(self._connection, person, ("engagement_id", value.id), members)
        return replace(value, version=version)

    def _teams(self, engagement_id: EngagementId | None = None) -> dict[str, tuple[Person, ...]]:
        query = select(person).order_by(person.c.engagement_id, person.c.place)
        if engagement_id is not None:
            query = query.where(person.c.engagement_id == engagement_id)
        teams: dict[str, tuple[Person, ...]] = defaultdict(tuple)
        for row in self._connection.execute(query):
            teams[row.engagement_id] += (
                Person(id=PersonId(row.id), name=row.name, role=Role(row.role), department=row.department),
            )
        return teams


class Interviews:
    """Interviews inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, interview_id: InterviewId) -> Interview | None:
        """Return one interview, None when there is no such one or it is deleted."""
        return next(iter(self._load(interview.c.id == interview_id)), None)

    def of_engagement(self, engagement_id: EngagementId) -> tuple[Interview, ...]:
        """Return the interviews of an engagement, oldest first."""
        return self._load(interview.c.engagement_id == engagement_id)

    def save(self, value: Interview, *, is_new: bool) -> Interview:
        """Add or change an interview. Raises Conflict ENG-009."""
        version = versioned.save(self._connection, interview, _from_interview(value), is_new=is_new, code=_CONFLICT)
        touched = [{"criterion_id": criterion} for criterion in value.criteria]
        versioned.replace_places(self._connection, interview_criterion, ("interview_id", value.id), touched)
        return replace(value, version=version)

    def delete(self, interview_id: InterviewId, at: datetime) -> None:
        """Mark an interview deleted."""
        self._connection.execute(update(interview).where(interview.c.id == interview_id).values(deleted_at=at))

    def _load(self, wanted: Any) -> tuple[Interview, ...]:  # Any: a condition
        present = interview.c.deleted_at.is_(None)
        order = (interview.c.held_on.is_(None), interview.c.held_on, interview.c.number)
        rows = self._connection.execute(select(interview).where(wanted, present).order_by(*order)).all()
        touched = select(interview_criterion).join(interview).where(wanted).order_by(interview_criterion.c.place)
        criteria: dict[str, list[CriterionId]] = defaultdict(list)
        for row in self._connection.execute(touched):
            criteria[row.interview_id].append(CriterionId(row.criterion_id))
        return tuple(_interview(row, criteria.get(row.id, ())) for row in rows)


def _engagement(row: Row[Any], team: tuple[Person, ...]) -> Engagement:  # Any: columns of different types
    return Engagement(
        id=EngagementId(row.id),
        institution_id=InstitutionId(row.institution_id),
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        phase=Phase(row.phase),
        handling=HandlingMark(row.handling),
        is_sample=bool(row.is_sample),
        team=team,
        version=row.version,
    )


def _from_engagement(value: Engagement) -> dict[str, object]:
    return {
        "id": value.id,
        "institution_id": value.institution_id,
        "title": value.title,
        "starts_on": value.starts_on,
        "ends_on": value.ends_on,
        "phase": value.phase.value,
        "handling": value.handling.value,
        "is_sample": int(value.is_sample),
        "version": value.version,
    }


def _interview(row: Row[Any], criteria: Iterable[CriterionId]) -> Interview:  # Any: columns of different types
    return Interview(
        id=InterviewId(row.id),
        engagement_id=EngagementId(row.engagement_id),
        held_on=row.held_on,
        method=InterviewMethod(row.method),
        people=tuple(row.people),
        criteria=tuple(criteria),
        notes=row.notes,
        version=row.version,
    )


def _from_interview(value: Interview) -> dict[str, object]:
    return {
        "id": value.id,
        "engagement_id": value.engagement_id,
        "held_on": value.held_on,
        "method": value.method.value,
        "people": list(value.people),
        "notes": value.notes,
        "version": value.version,
    }
