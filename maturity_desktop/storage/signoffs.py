"""Steps of the sign-off, with the approved content kept compressed beside the approval; and what is sealed by one."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, insert, select

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.ids import AssessmentId, Digest, EngagementId, InstitutionId, SignoffId, SystemId
from maturity_desktop.domain.signoff import SignoffAct, SignoffStep
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.storage.tables.assessments import assessment
from maturity_desktop.storage.tables.parties import engagement
from maturity_desktop.storage.tables.proof import signoff_step

_OF_ASSESSMENT = signoff_step.c.assessment_id == bindparam("of_assessment")
_NEWEST = select(signoff_step).where(_OF_ASSESSMENT).order_by(signoff_step.c.number.desc()).limit(1)
_LAST = (
    select(func.max(signoff_step.c.number).label("number")).group_by(signoff_step.c.assessment_id).subquery("last_step")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An approved assessment: by whom and when."""

    assessment_id: AssessmentId
    by: str
    at: datetime


class Signoffs:
    """The review inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, step: SignoffStep, content: bytes | None = None) -> None:
        """Add a step; an approval brings the canonical content it approves."""
        fields = {
            "id": step.id,
            "assessment_id": step.assessment_id,
            "act": step.act.value,
            "by": step.by,
            "role": step.role.value if step.role else None,
            "at": step.at,
            "comment": step.comment,
            "content_digest": step.content_digest,
            "content": None if content is None else zlib.compress(content, 6),
        }
        self._connection.execute(insert(signoff_step).values(**fields))

    def of_assessment(self, assessment_id: AssessmentId) -> tuple[SignoffStep, ...]:
        """Return all steps, oldest first."""
        query = select(signoff_step).where(_OF_ASSESSMENT).order_by(signoff_step.c.number)
        return tuple(map(_to_domain, self._connection.execute(query, {"of_assessment": assessment_id})))

    def newest(self, assessment_id: AssessmentId) -> SignoffStep | None:
        """Return the newest step, None before the first one."""
        row = self._connection.execute(_NEWEST, {"of_assessment": assessment_id}).first()
        return _to_domain(row) if row else None

    def content(self, step_id: SignoffId) -> bytes:
        """Return the canonical content an approval was given for.

        Raises:
            EnvironmentProblem: WSP-020 no such approval; STO-004 the content does not match its digest.
        """
        query = select(signoff_step.c.content, signoff_step.c.content_digest).where(signoff_step.c.id == step_id)
        row = self._connection.execute(query).first()
        if row is None or row.content is None:
            raise EnvironmentProblem("WSP-020", what="approval", id=step_id)
        try:
            content = zlib.decompress(row.content)
        except zlib.error as problem:
            raise EnvironmentProblem("STO-004", path=step_id, detail="approval") from problem
        if hashlib.sha256(content).hexdigest() != row.content_digest:
            raise EnvironmentProblem("STO-004", path=step_id, detail="approval")
        return content

    def sealed_in_engagement(self, engagement_id: EngagementId) -> Sealed | None:
        """Return an approved assessment of an engagement, None when none is approved now."""
        return self._sealed(assessment.c.engagement_id == engagement_id)

    def sealed_of_system(self, system_id: SystemId) -> Sealed | None:
        """Return an approved assessment of a system, None when none is approved now."""
        return self._sealed(assessment.c.system_id == system_id)

    def sealed_of_institution(self, institution_id: InstitutionId) -> Sealed | None:
        """Return an approved assessment of an institution, None when none is approved now."""
        return self._sealed(engagement.c.institution_id == institution_id)

    def _sealed(self, where: ColumnElement[bool]) -> Sealed | None:
        query = (
            select(signoff_step.c.assessment_id, signoff_step.c.by, signoff_step.c.at)
            .join(_LAST, _LAST.c.number == signoff_step.c.number)
            .join(assessment, assessment.c.id == signoff_step.c.assessment_id)
            .join(engagement, engagement.c.id == assessment.c.engagement_id)
            .where(where, signoff_step.c.act == SignoffAct.APPROVE.value)
            .order_by(signoff_step.c.number)
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return Sealed(assessment_id=AssessmentId(row.assessment_id), by=row.by, at=row.at) if row else None


def _to_domain(row: Row[Any]) -> SignoffStep:  # Any: columns of different types
    return SignoffStep(
        id=SignoffId(row.id),
        assessment_id=AssessmentId(row.assessment_id),
        act=SignoffAct(row.act),
        by=row.by,
        role=Role(row.role) if row.role else None,
        at=row.at,
        comment=row.comment,
        content_digest=Digest(row.content_digest),
    )
