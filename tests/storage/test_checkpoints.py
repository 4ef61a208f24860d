"""Signed checkpoints of the journal at approvals and exports, and notes about a wall clock that was moved."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from maturity_desktop.services import exporting, journal, signoff, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.signing import cms
from tests.factories import signed
from tests.factories.reviewed import IdentityFiles, identity_files, make_answered, make_approved
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_workspace


@pytest.fixture(name="files")
def make_files(tmp_path: Path) -> IdentityFiles:
    return identity_files(tmp_path)


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path, files: IdentityFiles) -> Iterator[Workspace]:
    workspace = make_approved(tmp_path, identity=files.identity)
    yield workspace
    workspaces.close(workspace)


def tamper(workspace: Workspace, *statements: str) -> None:
    with workspace.begin() as work:
        for name in ("journal", "checkpoint_signature"):
            for act in ("update", "delete"):
                work.connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}_no_{act}")
        for statement in statements:
            work.connection.exec_driver_sql(statement)


def test_an_approval_with_an_identity_signs_the_journal(bank: Workspace) -> None:
    assert journal.verify(bank).signed_checkpoints == 1
    with bank.read() as reading:
        signature = reading.journal.signatures()[0]
        checkpoint = next(one for one in reading.journal.checkpoints() if one.id == signature.checkpoint_id)
    assert (signature.purpose, signature.signer) == ("signoff.approved", "王评估")
    assert cms.is_intact(signature.content, checkpoint.statement)
    approved = [one for one in journal.entries(bank) if one.event == "signoff.approved"]
    assert checkpoint.hash == approved[0].hash


def test_an_approval_without_identity_pins_without_signing(tmp_path: Path) -> None:
    workspace = make_approved(tmp_path, name="other")
    report = journal.verify(workspace)
    assert report.is_intact
    assert report.signed_checkpoints == 0
    with workspace.read() as reading:
        assert len(reading.journal.checkpoints()) == 1
    workspaces.close(workspace)


def test_a_signed_export_signs_the_journal_too(bank: Workspace, files: IdentityFiles, tmp_path: Path) -> None:
    wish = exporting.ExportRequest(
        assessment_id=ASSESSMENT, target=tmp_path / "w.xlsx", identity=files.identity, is_final=True
    )
    exporting.export_workbook(bank, wish)
    exporting.export_workbook(bank, replace(wish, target=tmp_path / "draft.xlsx", identity=None))
    assert journal.verify(bank).signed_checkpoints == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM checkpoint_signature",
        "UPDATE checkpoint_signature SET content = x'3000'",
        "UPDATE checkpoint_signature SET sha256 = 'other'",
        "UPDATE checkpoint_signature SET checkpoint_id = (SELECT max(id) FROM checkpoint) WHERE checkpoint_id = 1",
    ],
    ids=["removed", "damaged", "renamed", "moved"],
)
def test_a_signature_that_is_gone_or_does_not_fit_is_found(bank: Workspace, statement: str) -> None:
    with bank.begin() as work:
        assert bank.keys is not None
        work.journal.pin(bank.keys.journal, work.now)
    tamper(bank, statement)
    report = journal.verify(bank)
    assert not report.is_intact
    assert report.problem == "signature"


def test_the_signature_of_somebody_elses_key_over_other_words_does_not_pass(bank: Workspace) -> None:
    forged = cms.sign_detached(b'{"sequence":1}', signed.impostor(), at=signed.NOW)
    assert not cms.is_intact(forged, b'{"sequence":2}')
    assert cms.is_intact(forged, b'{"sequence":1}')
    assert not cms.is_intact(forged + b"\x00", b'{"sequence":1}')
    assert not cms.is_intact(b"", b'{"sequence":1}')


@dataclass(slots=True)
class MovableClock:
    """A clock whose two hands can be moved apart."""

    at: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    count: int = 1_000_000

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def monotonic_ms(self) -> int:
        return self.count

    def pass_by(self, seconds: int, *, wall: int | None = None) -> None:
        self.count += seconds * 1000
        self.at += timedelta(seconds=seconds if wall is None else wall)


def moves(workspace: Workspace) -> list[str]:
    return [one.new for one in journal.entries(workspace) if one.event == "clock.moved"]


@pytest.fixture(name="clock")
def make_clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(name="clocked")
def make_clocked(tmp_path: Path, clock: MovableClock) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path, name="clocked")
    workspaces.close(workspace)
    machine = replace(workspace.machine, clock=clock)
    opened = workspaces.open_workspace(machine, workspace.path, PASSPHRASE)
    yield opened
    workspaces.close(opened)


def test_time_that_passes_is_no_jump(clocked: Workspace, clock: MovableClock) -> None:
    clock.pass_by(36_000)
    with clocked.begin():
        pass
    clock.pass_by(100, wall=130)
    with clocked.begin():
        pass
    assert moves(clocked) == []


@pytest.mark.parametrize(("wall", "moved"), [(86_410, 86_400_000), (-7190, -7_200_000)], ids=["forward", "back"])
def test_a_wall_clock_that_was_moved_is_journalled(
    clocked: Workspace, clock: MovableClock, wall: int, moved: int
) -> None:
    clock.pass_by(10, wall=wall)
    with clocked.begin():
        pass
    with clocked.begin():
        pass
    assert moves(clocked) == [f'{{"moved_by_ms":{moved},"while":"open"}}']
    assert journal.verify(clocked).is_intact


def test_a_clock_set_back_while_closed_is_journalled_at_the_next_opening(
    clocked: Workspace, clock: MovableClock
) -> None:
    workspaces.close(clocked)
    clock.pass_by(0, wall=-86_400)
    again = workspaces.open_workspace(clocked.machine, clocked.path, PASSPHRASE)
    assert len(moves(again)) == 1
    assert '"while":"closed"' in moves(again)[0]
    workspaces.close(again)


def test_reviewing_without_answers_leaves_no_checkpoint(tmp_path: Path) -> None:
    workspace = make_answered(tmp_path, name="third")
    signoff.submit(workspace, ASSESSMENT)
    with workspace.read() as reading:
        assert reading.journal.checkpoints() == ()
    workspaces.close(workspace)
