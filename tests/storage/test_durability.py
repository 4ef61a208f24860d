"""What was acknowledged survives a kill; what could not be saved leaves everything before it."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import assessments, journal, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen
from tests.storage.killing import MARKER, files_that_tell, series

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and resource limits are POSIX")
ROOT = Path(__file__).resolve().parents[2]


def test_acknowledged_answers_survive_a_kill(tmp_path: Path) -> None:
    tally = series(tmp_path, 8, random.Random(20261123))

    assert (tally.kills, tally.lost, tally.broken_journals, tally.readable_files) == (8, 0, 0, 0)
    assert tally.acknowledged > 8


def test_the_scan_for_readable_text_finds_text_that_is_there(tmp_path: Path) -> None:
    told = tmp_path / "plain.txt"
    told.write_text(f"… {MARKER} …", encoding="utf-8")

    assert files_that_tell(tmp_path, MARKER) == [told]


def test_nothing_typed_is_readable_in_the_workspace_or_in_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    workspace = make_workspace(tmp_path)
    criteria = assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id
    requests = tuple(
        AnswerRequest(criterion_id=each, value=AnswerValue.COMPLIANT, rationale=MARKER * 200) for each in criteria
    )

    assessments.record_answers(workspace, ASSESSMENT, requests)
    while_open = files_that_tell(tmp_path, MARKER)
    assert assessments.search(workspace, ASSESSMENT, MARKER)
    workspaces.close(workspace)

    assert while_open == []
    assert files_that_tell(tmp_path, MARKER) == []
    assert (workspace.path / "workspace.db").stat().st_size > len(MARKER.encode()) * 200 * len(criteria)


_FILL = """
import resource, sys
from pathlib import Path
from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import assessments
from maturity_desktop.services.assessments import AnswerRequest
from tests.factories.sealed_workspace import ASSESSMENT, make_machine, PASSPHRASE
from maturity_desktop.services import workspaces
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
workspace = workspaces.open_workspace(make_machine(path.parent), path, PASSPHRASE)
criteria = tuple(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id)
size = workspace.store.size_bytes + 400_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
saved = 0
try:
    for count in range(10_000):
        wish = AnswerRequest(criterion_id=criteria[0], value=AnswerValue.COMPLIANT, rationale=f"{count} " + "x" * 9_000)
        assessments.record_answers(workspace, ASSESSMENT, (wish,))
        saved += 1
except EnvironmentProblem as problem:
    print(saved, problem.code, len(assessments.load_sheet(workspace, ASSESSMENT).answers))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
later = AnswerRequest(criterion_id=criteria[1], value=AnswerValue.COMPLIANT)
assessments.record_answers(workspace, ASSESSMENT, (later,))
print("saved again")
workspaces.close(workspace)
"""


def test_a_write_the_disk_refuses_leaves_earlier_answers_and_later_ones_can_be_saved(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    workspaces.close(workspace)
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(workspace.path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told, again = done.stdout.splitlines()
    saved, code, _ = told.split()
    assert code in {"STO-001", "STO-005"}
    assert again == "saved again"

    opened = reopen(workspace)
    first = next(iter(assessments.load_sheet(opened, ASSESSMENT).edition.criterion_by_id))
    kept = assessments.history(opened, ASSESSMENT, first)
    assert [each.rationale.split()[0] for each in kept] == [str(count) for count in range(int(saved))]
    assert journal.verify(opened).is_intact
    workspaces.close(opened)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_named_and_costs_no_saved_answer(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        workspace = make_workspace(disk)
        criteria = tuple(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id)
        saved = _fill(workspace, criteria[0])
        kept = assessments.history(workspace, ASSESSMENT, criteria[0])
        workspaces.close(workspace)
        opened = reopen(workspace)
        again = assessments.history(opened, ASSESSMENT, criteria[0])
        workspaces.close(opened)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    assert saved > 10
    assert [each.revision for each in kept] == list(range(1, saved + 1))
    assert again == kept


def _fill(workspace: Workspace, criterion: CriterionId) -> int:
    for count in range(10_000):
        rationale = f"{count} {os.urandom(6_000).hex()}"
        wish = AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT, rationale=rationale)
        try:
            assessments.record_answers(workspace, ASSESSMENT, (wish,))
        except EnvironmentProblem as problem:
            if problem.code != "STO-001":
                raise
            return count
    raise AssertionError("the disk never filled up")
