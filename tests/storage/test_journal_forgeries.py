"""A journal hashed anew by somebody who knows how fits itself, but no longer its checkpoints and their signatures."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.domain.journal import GENESIS, JournalEntry, check_chain, recompute
from maturity_desktop.services import journal, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.storage.journal import Checkpoint, _mac
from tests.factories.reviewed import identity_files, make_approved
from tests.factories.sealed_workspace import make_workspace, reopen

Rows = list[JournalEntry]
COLUMNS = ("sequence", "monotonic_ms", "actor", "event", "subject", "old", "new", "reason", "previous_hash", "hash")


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path) -> Iterator[Workspace]:
    """An approval signed the journal in it."""
    workspace = make_approved(tmp_path, identity=identity_files(tmp_path).identity)
    yield workspace
    workspaces.close(workspace)


def hashed_anew(rows: Rows) -> Rows:
    chain: Rows = []
    for number, row in enumerate(rows, start=1):
        linked = replace(row, sequence=number, previous_hash=chain[-1].hash if chain else GENESIS)
        chain.append(replace(linked, hash=recompute(linked)))
    assert check_chain(chain).is_intact
    return chain


def write(workspace: Workspace, rows: Rows, checkpoints: list[Checkpoint]) -> None:
    """Put other rows in the place of the journal, as somebody with the passphrase and a database tool could."""
    with workspace.begin() as work:
        sql = work.connection.exec_driver_sql
        for act in ("update", "delete"):
            sql(f"DROP TRIGGER journal_no_{act}")
        genuine = {row.sequence: row.at for row in work.journal.walk()}
        moments = {genuine[number]: moment for number, moment in sql("SELECT sequence, at FROM journal")}
        sql("DELETE FROM journal")
        names, marks = ", ".join(f'"{one}"' for one in COLUMNS), ", ".join("?" * len(COLUMNS))
        for row in rows:
            values = tuple(getattr(row, name) for name in COLUMNS)
            sql(f'INSERT INTO journal ("at", {names}) VALUES (?, {marks})', (moments[row.at], *values))  # noqa: S608
        for one in checkpoints:
            sql("UPDATE checkpoint SET hash = ?, mac = ? WHERE id = ?", (one.hash, one.mac, one.id))


def whole(workspace: Workspace) -> tuple[Rows, list[Checkpoint]]:
    with workspace.read() as reading:
        return list(reading.journal.walk()), list(reading.journal.checkpoints())


def _altered(rows: Rows) -> Rows:
    return [replace(row, actor="somebody else") if row.sequence == 4 else row for row in rows]


def _removed(rows: Rows) -> Rows:
    return [row for row in rows if row.event != "signoff.submitted"]


def _inserted(rows: Rows) -> Rows:
    return [*rows[:4], replace(rows[3], reason="level 5"), *rows[4:]]


def _reordered(rows: Rows) -> Rows:
    return [*rows[:3], replace(rows[4], at=rows[3].at), replace(rows[3], at=rows[4].at), *rows[5:]]


CHANGES: dict[str, Callable[[Rows], Rows]] = {
    "altered": _altered,
    "removed": _removed,
    "inserted": _inserted,
    "reordered": _reordered,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_chain_hashed_anew_does_not_fit_its_checkpoints(bank: Workspace, change: str) -> None:
    assert journal.verify(bank).is_intact
    rows, _ = whole(bank)
    changed = CHANGES[change](rows)
    assert changed != rows
    write(bank, hashed_anew(changed), [])
    report = journal.verify(bank)
    assert not report.is_intact
    assert report.problem == "checkpoint"


def test_checkpoints_made_anew_with_the_workspaces_key_do_not_fit_the_signature(bank: Workspace) -> None:
    assert bank.keys is not None
    rows, checkpoints = whole(bank)
    forged = hashed_anew(_altered(rows))
    fitting = []
    for one in checkpoints:
        own = forged[one.sequence - 1].hash
        fitting.append(replace(one, hash=own, mac=_mac(bank.keys.journal, one.sequence, own, one.at)))
    write(bank, forged, fitting)
    report = journal.verify(bank)
    assert (report.is_intact, report.problem) == (False, "signature")


def test_another_workspaces_key_makes_no_checkpoint(tmp_path: Path, bank: Workspace) -> None:
    other = make_workspace(tmp_path, name="other")
    assert other.keys is not None
    rows, checkpoints = whole(bank)
    forged = hashed_anew(_altered(rows))
    fitting = []
    for one in checkpoints:
        own = forged[one.sequence - 1].hash
        fitting.append(replace(one, hash=own, mac=_mac(other.keys.journal, one.sequence, own, one.at)))
    write(bank, forged, fitting)
    workspaces.close(other)
    assert journal.verify(bank).problem == "checkpoint"


def test_what_was_found_once_is_found_after_closing_and_opening(bank: Workspace) -> None:
    rows, _ = whole(bank)
    write(bank, hashed_anew(_altered(rows)), [])
    workspaces.close(bank)
    opened = reopen(bank)
    assert not journal.verify(opened).is_intact
    workspaces.close(opened)
