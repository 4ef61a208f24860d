"""Answers, scoring, opening, searching and evidence against the bare library or the physical limit."""

import hashlib
import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.scoring import compute_results, update_results
from maturity_desktop.services import assessments, engagements, evidence, sample, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine, Workspace
from tests.benchmarks.measuring import ratio

pytestmark = pytest.mark.benchmark

_RAW_ANSWER = "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_RAW_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@pytest.fixture
def scratch(machine: Machine, sample_place: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the sample that may be spoilt."""
    place = tmp_path / "scratch.maturity"
    shutil.copytree(sample_place, place)
    workspace = workspaces.open_workspace(machine, place, sample.PASSPHRASE, actor="benchmark")
    yield workspace
    workspaces.close(workspace)


def test_a_durable_answer(scratch: Workspace) -> None:
    card = engagements.list_engagements(scratch)[0].assessments[0]
    criteria = list(assessments.load_sheet(scratch, card.assessment.id).answers)[:50]
    alternating = (AnswerValue.PARTIALLY_COMPLIANT, AnswerValue.NOT_COMPLIANT)
    wishes = itertools.cycle((criterion, value) for value in alternating for criterion in criteria)
    revisions = itertools.count(1000)

    def through_the_service() -> None:
        criterion, value = next(wishes)
        request = AnswerRequest(criterion_id=criterion, value=value)
        assessments.record_answers(scratch, card.assessment.id, (request,))

    with scratch.read() as reading:
        answer = list(reading.connection.exec_driver_sql("SELECT * FROM answer LIMIT 1").one())
        entry = list(reading.connection.exec_driver_sql("SELECT * FROM journal ORDER BY sequence DESC LIMIT 1").one())

    def two_raw_rows() -> None:
        number = next(revisions)
        answer[2], entry[0] = number, number * 1000
        with scratch.begin() as work:
            work.connection.exec_driver_sql(_RAW_ANSWER, tuple(answer))
            work.connection.exec_driver_sql(_RAW_JOURNAL, tuple(entry))

    measured = ratio("durable answer / raw answer row + journal row", through_the_service, two_raw_rows, rounds=101)
    assert measured.value < 20


def test_scoring_again_after_an_answer(sample_workspace: Workspace) -> None:
    card = engagements.list_engagements(sample_workspace)[0].assessments[0]
    sheet = assessments.load_sheet(sample_workspace, card.assessment.id)
    touched = sheet.edition.items[7]
    criterion = touched.criteria[3].id
    answers = {**sheet.answers, criterion: replace(sheet.answers[criterion], value=AnswerValue.NOT_COMPLIANT)}

    def incremental() -> object:
        return update_results(sheet.results, sheet.edition, sheet.assessment, answers, sheet.overrides, [touched.code])

    def full() -> object:
        return compute_results(sheet.edition, sheet.assessment, answers, sheet.overrides)

    assert incremental() == full()
    assert ratio("score again after an answer / score everything", incremental, full, rounds=51).value < 1


def test_opening_a_large_workspace(machine: Machine, large_place: Path, empty_place: Path) -> None:
    def open_large() -> None:
        workspace = workspaces.open_workspace(machine, large_place, sample.PASSPHRASE, actor="benchmark")
        engagements.list_engagements(workspace)
        workspaces.close(workspace)

    def open_empty() -> None:
        workspace = workspaces.open_workspace(machine, empty_place, sample.PASSPHRASE, actor="benchmark")
        engagements.list_engagements(workspace)
        workspaces.close(workspace)

    measured = ratio("open 35 000 criteria, 600 000 revisions / open an empty workspace", open_large, open_empty)
    assert measured.value < 3


@pytest.mark.parametrize("words", ["制品", "deployment pipeline", "没有这个词"])
def test_searching_a_large_workspace(machine: Machine, large_place: Path, words: str) -> None:
    workspace = workspaces.open_workspace(machine, large_place, sample.PASSPHRASE, actor="benchmark")
    try:
        card = engagements.list_engagements(workspace)[0].assessments[0]
        edition = assessments.load_sheet(workspace, card.assessment.id).edition
        texts = [
            f"{one.id} {one.text.zh} {one.text.en} {one.note.zh} {one.note.en}".casefold()
            for one in edition.criterion_by_id.values()
        ]
        like = text("SELECT criterion_id FROM answer_current WHERE assessment_id = :id AND rationale LIKE :word")

        def bare() -> object:
            with workspace.read() as reading:
                rows = reading.connection.execute(like, {"id": card.assessment.id, "word": f"%{words}%"}).all()
            return rows, [one for one in texts if words in one]

        def ours() -> object:
            return assessments.search(workspace, card.assessment.id, words)

        measured = ratio(f"search “{words}” / one LIKE and a plain scan of the texts", ours, bare, rounds=31)
        assert measured.value < 20
    finally:
        workspaces.close(workspace)


@pytest.mark.parametrize("megabytes", [1, 64])
def test_taking_evidence_in(scratch: Workspace, tmp_path: Path, megabytes: int) -> None:
    numbers = itertools.count()

    def fresh_file() -> Path:
        source = tmp_path / f"{next(numbers)}.bin"
        source.write_bytes(os.urandom(megabytes * 1024 * 1024))
        return source

    sources = [fresh_file() for _ in range(16)]
    ours_next, bare_next = iter(sources[:8]), iter(sources[8:])

    def take_in() -> None:
        evidence.take_in(scratch, evidence.TakeIn(source=next(ours_next)))

    def copy_and_hash() -> None:
        source = next(bare_next)
        copy = source.with_suffix(".copy")
        shutil.copyfile(source, copy)
        with copy.open("rb+") as stream:
            hashlib.file_digest(stream, "sha256")
            os.fsync(stream.fileno())

    measured = ratio(f"take in {megabytes} MB of evidence / copy + SHA-256 + fsync", take_in, copy_and_hash)
    assert measured.value < 6
