"""Creating, opening, refusing, closing; passphrases and recovery slots."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.journal import JournalEntry
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.services import assessments, engagements, journal, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.storage import keyslots
from maturity_desktop.storage.connecting import connect
from maturity_desktop.storage.keys import WorkspaceKeys
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_machine, make_workspace, reopen

ROOT = Path(__file__).resolve().parents[2]
OTHER = "另一个-long-enough-passphrase"


@pytest.fixture(name="closed")
def make_closed(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path)
    workspaces.close(workspace)
    return workspace


def events(workspace: Workspace) -> list[JournalEntry]:
    return list(journal.entries(workspace, newest_first=False))


def raw_key(folder: Path) -> bytes:
    return WorkspaceKeys(master=keyslots.unlock(keyslots.read(folder), PASSPHRASE)[1]).database


def test_the_suffix_is_added_and_nothing_half_made_remains(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, name="示范银行")
    assert workspace.path.name == "示范银行.maturity"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["示范银行.maturity"]
    workspaces.close(workspace)


def test_an_existing_folder_is_not_touched(tmp_path: Path, closed: Workspace) -> None:
    with pytest.raises(EnvironmentProblem, match="WSP-001"):
        make_workspace(tmp_path)


def test_a_weak_passphrase_makes_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="WSP-010"):
        workspaces.create(make_machine(tmp_path), tmp_path / "w", "1234", actor="a")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_parent_folder_is_an_ordinary_problem(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="SYS-004"):
        workspaces.create(make_machine(tmp_path), tmp_path / "no" / "w", PASSPHRASE, actor="a")


def test_answers_are_there_after_closing_and_opening(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    criterion = next(iter(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id))
    wish = AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT, rationale="看过", flagged=True)
    saved = assessments.record_answers(workspace, ASSESSMENT, (wish,)).value.answers[0]
    workspaces.close(workspace)

    opened = reopen(workspace)

    assert assessments.load_sheet(opened, ASSESSMENT).answers == {criterion: saved}
    assert opened.actor == "陈思远"
    workspaces.close(opened)


def test_closing_twice_does_no_harm_and_a_closed_workspace_says_so(closed: Workspace) -> None:
    workspaces.close(closed)
    with pytest.raises(EnvironmentProblem, match="WSP-021"):
        engagements.list_engagements(closed)


def test_a_closed_workspace_is_one_database_file_without_log_and_lock(closed: Workspace) -> None:
    files = sorted(path.name for path in closed.path.iterdir() if path.is_file())
    assert files == ["keyslots.json", "workspace.db"]


def test_a_wrong_passphrase_is_one_sentence_and_is_journalled_at_the_next_good_opening(closed: Workspace) -> None:
    for _ in range(2):
        with pytest.raises(RuleBroken, match="WSP-002"):
            workspaces.open_workspace(closed.machine, closed.path, "falsch")

    opened = reopen(closed)

    failed = next(entry for entry in events(opened) if entry.event == "workspace.opening_failed")
    assert json.loads(failed.new)["count"] == 2
    assert events(opened)[-1].event == "workspace.opened"
    workspaces.close(opened)
    again = reopen(closed)
    assert sum(entry.event == "workspace.opening_failed" for entry in events(again)) == 1
    workspaces.close(again)


def test_the_same_process_cannot_open_it_twice(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with pytest.raises(EnvironmentProblem, match="WSP-003"):
        reopen(workspace)
    workspaces.close(workspace)


_HOLD = """
import sys, os
from pathlib import Path
from maturity_desktop.services import workspaces
from tests.factories.sealed_workspace import PASSPHRASE, make_machine
path = Path(sys.argv[1])
workspace = workspaces.open_workspace(make_machine(path.parent), path, PASSPHRASE)
print(os.getpid(), flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_told_who_holds_it(closed: Workspace) -> None:
    command = [sys.executable, "-c", _HOLD, str(closed.path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        pid = int(holder.stdout.readline())
        with pytest.raises(EnvironmentProblem) as refused:
            reopen(closed)
        holder.kill()
    assert refused.value.code == "WSP-003"
    assert refused.value.values["pid"] == pid
    assert refused.value.values["program"] == closed.machine.program
    assert refused.value.values["computer"]
    workspaces.close(reopen(closed))


def test_a_folder_without_key_slots_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="WSP-004"):
        workspaces.open_workspace(make_machine(tmp_path), tmp_path, PASSPHRASE)


def test_a_workspace_of_a_newer_program_is_refused_unchanged(closed: Workspace) -> None:
    connection = connect(closed.path / "workspace.db", raw_key(closed.path))
    connection.execute("UPDATE alembic_version SET version_num = '0099'")
    connection.close()
    before = (closed.path / "workspace.db").read_bytes()

    for read_only in (False, True):
        with pytest.raises(EnvironmentProblem) as refused:
            reopen(closed, read_only=read_only)
        assert (refused.value.code, refused.value.values["needed"]) == ("WSP-005", 99)
    assert (closed.path / "workspace.db").read_bytes() == before


def test_key_slots_of_a_newer_format_are_refused(closed: Workspace) -> None:
    path = closed.path / keyslots.FILE_NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    with pytest.raises(EnvironmentProblem, match="WSP-005"):
        reopen(closed)


def test_ordinary_sqlite_cannot_read_the_database(closed: Workspace) -> None:
    connection = sqlite3.connect(closed.path / "workspace.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT count(*) FROM sqlite_master")
    connection.close()


def test_both_slots_open_and_each_passphrase_can_be_changed(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    assert not workspaces.has_recovery_slot(workspace)
    workspaces.set_recovery_passphrase(workspace, OTHER)
    assert workspaces.has_recovery_slot(workspace)
    workspaces.change_passphrase(workspace, PASSPHRASE, "ein-ganz-neues-Wort-42")
    assert [entry.event for entry in events(workspace)][-2:] == ["passphrase.added", "passphrase.changed"]
    workspaces.close(workspace)

    for good in ("ein-ganz-neues-Wort-42", OTHER):
        workspaces.close(workspaces.open_workspace(workspace.machine, workspace.path, good))
    with pytest.raises(RuleBroken, match="WSP-002"):
        reopen(workspace)


def test_changing_needs_the_old_passphrase(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    before = (workspace.path / keyslots.FILE_NAME).read_bytes()
    with pytest.raises(RuleBroken, match="WSP-002"):
        workspaces.change_passphrase(workspace, "guessed", OTHER)
    with pytest.raises(RuleBroken, match="WSP-010"):
        workspaces.change_passphrase(workspace, PASSPHRASE, "short")
    assert (workspace.path / keyslots.FILE_NAME).read_bytes() == before
    workspaces.close(workspace)


def test_read_only_looks_and_never_writes(closed: Workspace) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in closed.path.iterdir() if path.is_file()}
    opened = reopen(closed, read_only=True)
    criterion = next(iter(assessments.load_sheet(opened, ASSESSMENT).edition.criterion_by_id))
    with pytest.raises(EnvironmentProblem, match="WSP-022"):
        assessments.record_answers(opened, ASSESSMENT, (AnswerRequest(criterion_id=criterion, flagged=True),))
    workspaces.close(opened)
    after = {path.name: path.stat().st_mtime_ns for path in closed.path.iterdir() if path.name in before}
    assert after == before


def test_the_storage_notice_names_size_and_file_system(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    notice = workspaces.storage_notice(workspace)
    assert notice.database_bytes > 0
    assert not notice.is_near_limit
    workspaces.close(workspace)
