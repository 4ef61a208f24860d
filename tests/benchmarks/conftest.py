"""A machine and workspaces to measure on: the sample, and one of 35 000 criteria with 600 000 answer revisions."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.ids import AssessmentId, new_id
from maturity_desktop.services import assessments, engagements, sample, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock

ASSESSMENTS = 104
REVISIONS = 17
LARGE_PASSPHRASE = sample.PASSPHRASE


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(clock=SystemClock(), standards=(paths.standards(),), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def sample_place(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.create(machine, tmp_path_factory.mktemp("sample"))[0]


@pytest.fixture
def sample_workspace(machine: Machine, sample_place: Path) -> Iterator[Workspace]:
    workspace = workspaces.open_workspace(machine, sample_place, sample.PASSPHRASE, actor="benchmark")
    yield workspace
    workspaces.close(workspace)


@pytest.fixture(scope="session")
def empty_place(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("empty") / "empty.maturity"
    workspaces.close(workspaces.create(machine, place, sample.PASSPHRASE, actor="benchmark"))
    return place


@pytest.fixture(scope="session")
def large_place(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """104 assessments of 335 criteria, 17 revisions each: 34 840 criteria, 592 280 revisions, most with rationale."""
    place, passphrase = sample.create(machine, tmp_path_factory.mktemp("large"))
    workspace = workspaces.open_workspace(machine, place, passphrase, actor="benchmark")
    try:
        _multiply(workspace)
    finally:
        workspaces.close(workspace)
    return place


def _multiply(workspace: Workspace) -> None:
    first = engagements.list_engagements(workspace)[0].assessments[0].assessment
    answers = assessments.load_sheet(workspace, first.id).answers
    for _ in range(ASSESSMENTS - 1):
        copy = replace(first, id=AssessmentId(new_id()), version=1)
        engagements.save_assessment(workspace, copy)
        with workspace.begin() as work:
            for revision in range(1, REVISIONS):
                work.answers.append(copy.id, [_revised(answer, revision) for answer in answers.values()])
    with workspace.begin() as work:
        for revision in range(2, REVISIONS + 1):
            work.answers.append(first.id, [_revised(answer, revision) for answer in answers.values()])


def _revised(answer: Answer, revision: int) -> Answer:
    value = AnswerValue.PARTIALLY_COMPLIANT if revision % 5 == 0 else AnswerValue.COMPLIANT
    rationale = answer.rationale or f"第 {revision} 次现场核对流水线记录。 / Pipeline records checked on site."
    return replace(answer, revision=revision, value=value, rationale=rationale)
