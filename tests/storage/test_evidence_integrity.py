"""The full check names what is wrong, sweeps what nobody knows, and disturbs no one who works meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.errors import Cancelled, EnvironmentProblem
from maturity_desktop.evidence import intake
from maturity_desktop.evidence.vault import FolderShelf
from maturity_desktop.services import assessments, contents, evidence, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import TakeIn
from maturity_desktop.system.progress import silent
from tests.factories.sealed_workspace import ASSESSMENT, link_to, make_workspace, reopen
from tests.unit.evidence.factories import make_content, sealed_files


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


def attach(workspace: Workspace, folder: Path, number: int, size: int = 50_000) -> Evidence:
    source = folder / f"file-{number}.bin"
    source.write_bytes(make_content(size, seed=number))
    return evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),))).value


def place_without_row(workspace: Workspace, folder: Path) -> None:
    """As a crash between moving a content and committing its row leaves it."""
    source = folder / "orphan.bin"
    source.write_bytes(make_content(1000, seed=99))
    with intake.received(contents.vault_of(workspace), workspace.path, source, silent) as content:
        intake.place(workspace.path, content)


def test_missing_and_damaged_contents_are_named(workspace: Workspace, tmp_path: Path) -> None:
    items = [attach(workspace, tmp_path, number) for number in range(3)]
    shelf = FolderShelf(workspace.path)
    shelf.path(items[0].newest.blob).unlink()
    damaged = shelf.path(items[1].newest.blob)
    raw = bytearray(damaged.read_bytes())
    raw[25_000] ^= 8
    damaged.write_bytes(raw)
    report = workspaces.check_integrity(workspace)
    assert (report.missing, report.damaged) == (("file-0.bin",), ("file-1.bin",))
    assert (report.database_ok, report.journal_intact, report.evidence_checked) == (True, True, 3)
    assert not report.is_sound
    with pytest.raises(EnvironmentProblem, match="EVI-005"):
        evidence.open_content(workspace, items[1].newest.id)


def test_attaching_the_same_file_again_mends_a_damaged_content(workspace: Workspace, tmp_path: Path) -> None:
    attach(workspace, tmp_path, 1)
    sealed_files(workspace.path)[0].write_bytes(b"broken")
    attach(workspace, tmp_path, 1)
    assert workspaces.check_integrity(workspace).is_sound


def test_a_content_without_a_row_is_swept_by_the_check(workspace: Workspace, tmp_path: Path) -> None:
    attach(workspace, tmp_path, 1)
    place_without_row(workspace, tmp_path)
    assert len(sealed_files(workspace.path)) == 2
    assert workspaces.check_integrity(workspace).orphans_removed == 1
    assert len(sealed_files(workspace.path)) == 1
    assert workspaces.check_integrity(workspace).orphans_removed == 0


def test_opening_sweeps_what_a_crash_left(workspace: Workspace, tmp_path: Path) -> None:
    item = attach(workspace, tmp_path, 1)
    place_without_row(workspace, tmp_path)
    workspaces.close(workspace)
    (workspace.path / "tmp" / "half.part").write_bytes(b"half")
    shown = reopen(workspace, read_only=True)
    workspaces.close(shown)
    assert len(sealed_files(workspace.path)) == 2, "a read-only opening writes nothing"
    again = reopen(workspace)
    assert [path.name for path in sealed_files(workspace.path)] == [item.newest.blob]
    assert list((workspace.path / "tmp").iterdir()) == []
    workspaces.close(again)


def test_a_transaction_that_fails_takes_its_content_away_again(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "file.bin"
    source.write_bytes(make_content(1000))
    (workspace.path / "blobs").rename(workspace.path / "elsewhere")
    (workspace.path / "blobs").write_bytes(b"a file where the folder was")
    with pytest.raises(EnvironmentProblem, match="SYS-"):
        evidence.take_in(workspace, TakeIn(source=source))
    assert evidence.list_evidence(workspace) == ()
    assert list((workspace.path / "tmp").iterdir()) == []


def test_the_check_can_be_stopped(workspace: Workspace, tmp_path: Path) -> None:
    attach(workspace, tmp_path, 1)

    def stop(done: int, total: int, what: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        workspaces.check_integrity(workspace, stop)


def test_attaching_answering_backing_up_and_checking_go_on_side_by_side(workspace: Workspace, tmp_path: Path) -> None:
    """A sweep in one thread never takes a content that another one has just put in place."""
    taken: list[Evidence] = []
    problems: list[BaseException] = []
    is_over = threading.Event()

    def attach_many(first: int) -> None:
        folder = tmp_path / str(first)
        folder.mkdir()
        taken.extend(attach(workspace, folder, first + number, 20_000) for number in range(25))

    def answer_many() -> None:
        request = AnswerRequest(criterion_id=CriterionId("CM-VC-BM-1.1"), value=AnswerValue.COMPLIANT)
        while not is_over.wait(0.01):
            assessments.record_answers(workspace, ASSESSMENT, (request,))

    def check_many() -> None:
        while not is_over.is_set():
            contents.sweep(workspace)
            assert workspaces.check_integrity(workspace).missing == ()

    def back_up_many() -> None:
        while not is_over.is_set():
            workspaces.back_up(workspace, tmp_path / "b")

    def guarded(act: object, *arguments: object) -> None:
        assert callable(act)
        try:
            act(*arguments)
        except (AssertionError, EnvironmentProblem, OSError) as problem:
            problems.append(problem)

    writers = [threading.Thread(target=guarded, args=(attach_many, first)) for first in (100, 200)]
    others = [threading.Thread(target=guarded, args=(act,)) for act in (answer_many, check_many, back_up_many)]
    for thread in (*others, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    is_over.set()
    for thread in others:
        thread.join()
    assert problems == []
    assert len(evidence.list_evidence(workspace)) == len(taken) == 50
    report = workspaces.check_integrity(workspace)
    assert (report.is_sound, report.evidence_checked) == (True, 50)
    restored = reopen(
        workspace, path=workspaces.restore(workspace.machine, tmp_path / "b.mdbackup", tmp_path / "again")
    )
    assert workspaces.check_integrity(restored).is_sound
    workspaces.close(restored)
