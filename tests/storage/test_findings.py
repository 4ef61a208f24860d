"""Observations and outcome claims: saved, ordered, counted, deleted by a mark."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim, ReworkState
from maturity_desktop.domain.ids import AssessmentId, ClaimId, CriterionId, ObservationId
from maturity_desktop.errors import Conflict, EnvironmentProblem, RuleBroken
from maturity_desktop.services import assessments, findings, journal, workspaces
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen

CRITERION = CriterionId("CM-VC-VCS-1.1")
OBSERVATION = Observation(
    id=ObservationId("o1"),
    assessment_id=ASSESSMENT,
    grade=Grade.OPPORTUNITY,
    text="分支过多",
    impact="合并慢",
    recommendation="主干开发",
    responsible="张三",
    due_on=date(2026, 12, 1),
    rework=ReworkState.OPEN,
    criteria=(CriterionId("CM-VC-VCS-2.1"), CRITERION),
)
CLAIM = OutcomeClaim(
    id=ClaimId("c1"),
    assessment_id=ASSESSMENT,
    metric="发布频率",
    after="18",
    before="2",
    unit="次/月",
    base="2020-10",
    source="公开报道",
)


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    findings.save_observation(workspace, OBSERVATION)
    findings.save_claim(workspace, CLAIM)
    yield workspace
    workspaces.close(workspace)


def test_everything_saved_comes_back_after_reopening(workspace: Workspace) -> None:
    workspaces.close(workspace)
    opened = reopen(workspace)
    assert findings.list_observations(opened, ASSESSMENT) == (OBSERVATION,)
    assert findings.list_claims(opened, ASSESSMENT) == (CLAIM,)
    workspaces.close(opened)


def test_the_gravest_come_first_then_the_order_of_entry(workspace: Workspace) -> None:
    for name, grade in (("o2", Grade.GOOD_PRACTICE), ("o3", Grade.MAJOR_NONCONFORMITY), ("o4", Grade.OPPORTUNITY)):
        findings.save_observation(workspace, replace(OBSERVATION, id=ObservationId(name), grade=grade))
    assert [each.id for each in findings.list_observations(workspace, ASSESSMENT)] == ["o3", "o1", "o4", "o2"]


def test_the_sheet_counts_observations_per_criterion_without_deleted_ones(workspace: Workspace) -> None:
    findings.save_observation(workspace, replace(OBSERVATION, id=ObservationId("o2"), criteria=(CRITERION,)))
    assert assessments.load_sheet(workspace, ASSESSMENT).observation_counts[CRITERION] == 2
    outcome = findings.delete_observation(workspace, OBSERVATION.id)
    assert outcome.changes.criteria == OBSERVATION.criteria
    assert assessments.load_sheet(workspace, ASSESSMENT).observation_counts == {CRITERION: 1}


def test_a_change_names_the_criteria_of_before_and_after(workspace: Workspace) -> None:
    outcome = findings.save_observation(workspace, replace(OBSERVATION, criteria=(CriterionId("x"),)))
    assert outcome.changes.criteria == (*OBSERVATION.criteria, "x")
    assert outcome.value.version == 2


def test_a_stale_version_is_a_conflict(workspace: Workspace) -> None:
    findings.save_observation(workspace, replace(OBSERVATION, text="一"))
    findings.save_claim(workspace, replace(CLAIM, after="19"))
    with pytest.raises(Conflict, match="FND-009"):
        findings.save_observation(workspace, replace(OBSERVATION, text="二"))
    with pytest.raises(Conflict, match="FND-009"):
        findings.save_claim(workspace, replace(CLAIM, after="20"))


def test_text_metric_and_value_are_needed(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="FND-001"):
        findings.save_observation(workspace, replace(OBSERVATION, text=" "))
    for empty in ({"metric": ""}, {"after": " "}):
        with pytest.raises(RuleBroken, match="FND-002"):
            findings.save_claim(workspace, replace(CLAIM, **empty))  # type: ignore[arg-type]


def test_deleted_entries_are_gone_from_lists_and_kept_in_the_journal(workspace: Workspace) -> None:
    findings.delete_observation(workspace, OBSERVATION.id)
    findings.delete_claim(workspace, CLAIM.id)
    assert findings.list_observations(workspace, ASSESSMENT) == ()
    assert findings.list_claims(workspace, ASSESSMENT) == ()
    claim, observation = journal.entries(workspace, limit=2)
    assert (claim.event, observation.event) == ("claim.deleted", "observation.deleted")
    assert "分支过多" in observation.old
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        findings.delete_claim(workspace, CLAIM.id)


def test_an_unknown_assessment_is_gone(workspace: Workspace) -> None:
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        findings.save_claim(workspace, replace(CLAIM, id=ClaimId("c2"), assessment_id=AssessmentId("none")))
