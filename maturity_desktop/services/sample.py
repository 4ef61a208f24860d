"""The sample assessment: a workspace filled from `resources/sample`, everything in it marked as invented."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from maturity_desktop.domain.answers import AnswerValue, SelfRating
from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.engagement import (
    Assessment,
    Engagement,
    HandlingMark,
    Interview,
    InterviewMethod,
    Person,
    Phase,
    Role,
)
from maturity_desktop.domain.evidence import EvidenceLink, HandlingGrade
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.ids import (
    AssessmentId,
    ClaimId,
    CriterionId,
    EngagementId,
    InstitutionId,
    InterviewId,
    LevelCode,
    NodeCode,
    ObservationId,
    PersonId,
    SystemId,
    new_id,
)
from maturity_desktop.domain.institution import Institution, InstitutionType, System, SystemKind
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, EvidenceKind, HalfStep
from maturity_desktop.domain.text import Text
from maturity_desktop.services import assessments, engagements, evidence, exporting, findings, standards, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.system import paths
from maturity_desktop.system.progress import Progress, silent

Table = Mapping[str, Any]  # Any: values of our own TOML files, converted field by field below

PASSPHRASE = "sample-open-workspace-2021"  # noqa: S105 the sample is no secret; the passphrase is printed with it
WORKSPACE_NAME = "sample.maturity"


def create(machine: Machine, folder: Path, progress: Progress = silent) -> tuple[Path, str]:
    """Make the sample workspace in `folder` and return its path and passphrase; an existing one is left as it is.

    Raises:
        EnvironmentProblem: SYS-0xx, WSP-0xx.
        Cancelled: nothing remains then.
    """
    target = folder / WORKSPACE_NAME
    if target.exists():
        return target, PASSPHRASE
    facts = _read("assessment.toml")
    lead = next(row["name"] for row in facts["person"] if row["role"] == Role.LEAD_ASSESSOR)
    workspace = workspaces.create(machine, target, PASSPHRASE, actor=lead)
    try:
        fill(workspace, facts, progress)
    finally:
        workspaces.close(workspace)
    return target, PASSPHRASE


def fill(workspace: Workspace, facts: Table, progress: Progress = silent) -> AssessmentId:
    """Fill an empty workspace with the sample and return its assessment."""
    wish = facts["assessment"]
    edition = standards.load(workspace.machine, wish["standard"], wish["edition"])
    assessment = _structure(workspace, facts, edition)
    _answers(workspace, assessment.id, _read("answers.toml")["answers"])
    _findings(workspace, assessment, facts)
    _evidence(workspace, assessment.id, edition, facts, progress)
    for row in facts["self_rating"]:
        assessments.save_self_rating(workspace, assessment.id, _self_rating(row, edition))
    for row in facts.get("override", ()):
        rating = parse_rating(row["rating"], edition)
        assessments.override_rating(workspace, assessment.id, NodeCode(row["item"]), rating, row["reason"])
    body = facts["issuing_body"]
    exporting.save_issuing_body(
        workspace,
        IssuingBody(
            name=_text(body["name"]), serial_prefix=body["serial_prefix"], validity_years=body["validity_years"]
        ),
    )
    return assessment.id


def parse_rating(label: str, edition: Edition) -> Rating:
    """Read what people write, such as ``3-``, on the edition's scale.

    Raises:
        ValueError: the level is not on the scale.
    """
    half = {"-": HalfStep.MINUS, "+": HalfStep.PLUS}.get(label[-1], HalfStep.FULL)
    level = edition.level_index(LevelCode(label.rstrip("+-")))
    if level == 0:
        raise ValueError(label)
    return Rating(level, half)


def _read(name: str) -> dict[str, Any]:  # Any: TOML values
    return tomllib.loads((paths.resources() / "sample" / name).read_text(encoding="utf-8"))


def _text(table: Table) -> Text:
    return Text(table["zh"], table["en"])


def _structure(workspace: Workspace, facts: Table, edition: Edition) -> Assessment:
    institution_facts, system_facts, visit, wish = (
        facts[key] for key in ("institution", "system", "engagement", "assessment")
    )
    institution = Institution(
        id=InstitutionId(new_id()),
        name=_text(institution_facts["name"]),
        aliases=tuple(institution_facts["aliases"]),
        type=InstitutionType(institution_facts["type"]),
        credit_code=institution_facts["credit_code"],
    )
    engagements.save_institution(workspace, institution)
    system = System(
        id=SystemId(new_id()),
        institution_id=institution.id,
        name=_text(system_facts["name"]),
        kind=SystemKind(system_facts["kind"]),
        description=system_facts["description"],
    )
    engagements.save_system(workspace, system)
    engagement = Engagement(
        id=EngagementId(new_id()),
        institution_id=institution.id,
        title=visit["title"],
        starts_on=visit["starts_on"],
        ends_on=visit["ends_on"],
        phase=Phase(visit["phase"]),
        handling=HandlingMark(visit["handling"]),
        is_sample=True,
        team=tuple(_person(row) for row in facts["person"]),
    )
    engagements.save_engagement(workspace, engagement)
    assessment = Assessment(
        id=AssessmentId(new_id()),
        engagement_id=engagement.id,
        system_id=system.id,
        edition_digest=standards.pin(workspace, edition).value,
        target_level=LevelCode(wish["target"]),
        profile_id=wish["profile"],
    )
    return engagements.save_assessment(workspace, assessment).value


def _person(row: Table) -> Person:
    return Person(id=PersonId(new_id()), name=row["name"], role=Role(row["role"]), department=row["department"])


def _answers(workspace: Workspace, assessment_id: AssessmentId, answers: Table) -> None:
    requests = tuple(
        assessments.AnswerRequest(
            criterion_id=CriterionId(criterion),
            value=AnswerValue(row["value"]),
            rationale=row.get("rationale", ""),
            flagged=row.get("flagged", False),
        )
        for criterion, row in answers.items()
    )
    assessments.record_answers(workspace, assessment_id, requests)


def _self_rating(row: Table, edition: Edition) -> SelfRating:
    return SelfRating(
        item_code=NodeCode(row["item"]), rating=parse_rating(row["rating"], edition), remark=row.get("remark", "")
    )


def _findings(workspace: Workspace, assessment: Assessment, facts: Table) -> None:
    for row in facts["observation"]:
        findings.save_observation(
            workspace,
            Observation(
                id=ObservationId(new_id()),
                assessment_id=assessment.id,
                grade=Grade(row["grade"]),
                text=row["text"],
                impact=row.get("impact", ""),
                recommendation=row.get("recommendation", ""),
                responsible=row.get("responsible", ""),
                due_on=row.get("due_on"),
                rework=ReworkState(row.get("rework", "none")),
                criteria=tuple(CriterionId(criterion) for criterion in row["criteria"]),
            ),
        )
    for row in facts["claim"]:
        claim = OutcomeClaim(id=ClaimId(new_id()), assessment_id=assessment.id, **row)
        findings.save_claim(workspace, claim)
    for row in facts["interview"]:
        engagements.save_interview(
            workspace,
            Interview(
                id=InterviewId(new_id()),
                engagement_id=assessment.engagement_id,
                held_on=row["held_on"],
                method=InterviewMethod(row["method"]),
                people=tuple(row["people"]),
                criteria=tuple(CriterionId(criterion) for criterion in row["criteria"]),
                notes=row["notes"],
            ),
        )


def _evidence(
    workspace: Workspace, assessment_id: AssessmentId, edition: Edition, facts: Table, progress: Progress
) -> None:
    listed = _read("evidence.toml")["evidence"]
    for done, row in enumerate(listed):
        progress(done, len(listed), row["file"])
        wish = evidence.TakeIn(
            source=paths.resources() / "sample" / "evidence" / row["file"],
            kind=EvidenceKind(row["kind"]),
            title=row["title"],
            grade=HandlingGrade(row["grade"]),
            request_code=row["request_code"],
            received_from=row["received_from"],
            received_at=_noon(row["received_on"]),
            links=_links(assessment_id, row["criteria"]),
        )
        evidence.take_in(workspace, wish)
    for row in facts.get("reference", ()):
        criteria = _criteria_of_request(edition, row["request_code"])
        evidence.refer(
            workspace,
            evidence.Refer(
                file_name=row["file_name"],
                place=row["place"],
                kind=EvidenceKind(row["kind"]),
                title=row["title"],
                sha256=row["sha256"],
                request_code=row["request_code"],
                received_from=row["received_from"],
                links=_links(assessment_id, criteria),
            ),
        )


def _criteria_of_request(edition: Edition, request_code: str) -> list[str]:
    return [
        criterion.id
        for item in edition.items
        for cell in item.cells
        if any(request.code == request_code for request in cell.evidence)
        for criterion in cell.criteria
    ]


def _links(assessment_id: AssessmentId, criteria: list[str]) -> tuple[EvidenceLink, ...]:
    return tuple(
        EvidenceLink(assessment_id=assessment_id, criterion_id=CriterionId(criterion)) for criterion in criteria
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
