"""What the three tables of the findings screen show."""

from dataclasses import dataclass
from datetime import date

from maturity_desktop.domain.engagement import Interview
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.text import Language
from maturity_desktop.wording import say

_WEIGHT = {grade: place for place, grade in enumerate(Grade)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow:
    """One observation."""

    observation: Observation
    grade_words: str
    weight: int
    text: str
    criteria: str
    responsible: str
    due_on: date | None
    rework_words: str
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One outcome claim, as claimed."""

    claim: OutcomeClaim
    metric: str
    before: str
    after: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRow:
    """One interview, review or demonstration."""

    interview: Interview
    held_on: str
    method_words: str
    people: str
    criteria: str
    notes: str


def observation_rows(
    observations: tuple[Observation, ...], today: date, language: Language
) -> tuple[ObservationRow, ...]:
    """Return the register; open rework past its due date is overdue."""
    return tuple(
        ObservationRow(
            observation=one,
            grade_words=say(language, f"findings.grade.{one.grade.value}"),
            weight=_WEIGHT[one.grade],
            text=one.text,
            criteria=", ".join(one.criteria),
            responsible=one.responsible,
            due_on=one.due_on,
            rework_words=say(language, f"findings.rework.{one.rework.value}"),
            is_overdue=one.due_on is not None
            and one.due_on < today
            and one.rework in (ReworkState.OPEN, ReworkState.IN_PROGRESS),
        )
        for one in observations
    )


def claim_rows(claims: tuple[OutcomeClaim, ...]) -> tuple[ClaimRow, ...]:
    """Return the claims with their units."""
    return tuple(
        ClaimRow(
            claim=claim,
            metric=claim.metric,
            before=f"{claim.before} {claim.unit}".strip() if claim.before else "",
            after=f"{claim.after} {claim.unit}".strip(),
            source=claim.source,
        )
        for claim in claims
    )


def interview_rows(interviews: tuple[Interview, ...], language: Language) -> tuple[InterviewRow, ...]:
    """Return the interviews."""
    return tuple(
        InterviewRow(
            interview=one,
            held_on=one.held_on.isoformat() if one.held_on else "",
            method_words=say(language, f"findings.method.{one.method.value}"),
            people="、".join(one.people) if language == "zh" else ", ".join(one.people),
            criteria=", ".join(one.criteria),
            notes=one.notes,
        )
        for one in interviews
    )
