"""Evidence at the limits: full disks, many files, huge files, and the cost of sealing."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.evidence.extents import PART_BYTES
from maturity_desktop.services import assessments, evidence, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import TakeIn
from tests.factories.sealed_workspace import ASSESSMENT, link_to, make_workspace
from tests.unit.evidence.factories import CHUNK, all_files, attach, make_content, make_vault, sealed_files

ROOT = Path(__file__).resolve().parents[2]
DRIVE_BYTES = 232 * CHUNK


@pytest.fixture(name="drive")
def mount_small_drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of 232 MiB in memory; needs the right to mount."""
    folder = tmp_path / "drive"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DRIVE_BYTES}", "tmpfs", str(folder)]
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or subprocess.run(command, check=False).returncode != 0:
        pytest.skip("no right to mount a drive")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


class Filler:
    """Something else that fills the drive when the work has come far enough."""

    def __init__(self, drive: Path, after_bytes: int) -> None:
        self._path, self._after = drive / "filler", after_bytes

    def __call__(self, done: int, total: int, what: str = "") -> None:
        if done >= self._after and not self._path.exists():
            with self._path.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, shutil.disk_usage(self._path.parent).free)


def answer(workspace: Workspace) -> None:
    request = AnswerRequest(criterion_id=CriterionId("CM-VC-BM-1.1"), value=AnswerValue.COMPLIANT)
    assessments.record_answers(workspace, ASSESSMENT, (request,))


def test_a_disk_that_fills_up_stops_the_file_and_not_the_answers(drive: Path, tmp_path: Path) -> None:
    workspace = make_workspace(drive)
    source = tmp_path / "video.mp4"
    source.write_bytes(make_content(12 * CHUNK))
    with pytest.raises(EnvironmentProblem, match="EVI-001") as caught:
        evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),)), Filler(drive, 6 * CHUNK))
    assert caught.value.values.keys() == {"needed", "free", "needed_mb", "free_mb"}
    assert evidence.list_evidence(workspace) == ()
    assert sealed_files(workspace.path) == list((workspace.path / "tmp").iterdir()) == []
    answer(workspace)
    assert len(assessments.load_sheet(workspace, ASSESSMENT).answers) == 1
    (drive / "filler").unlink()
    evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),)))
    assert workspaces.check_integrity(workspace).is_sound
    workspaces.close(workspace)


def test_a_file_that_leaves_no_room_for_answers_is_refused_first(drive: Path, tmp_path: Path) -> None:
    workspace = make_workspace(drive)
    source = tmp_path / "video.mp4"
    source.touch()
    os.truncate(source, 100 * CHUNK)
    with pytest.raises(EnvironmentProblem, match="EVI-001"):
        evidence.take_in(workspace, TakeIn(source=source))
    assert list((workspace.path / "tmp").iterdir()) == []
    workspaces.close(workspace)


def test_a_backup_onto_a_full_drive_leaves_nothing_there(drive: Path, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    source = tmp_path / "video.mp4"
    source.write_bytes(make_content(12 * CHUNK))
    evidence.take_in(workspace, TakeIn(source=source))
    with pytest.raises(EnvironmentProblem, match="SYS-001"):
        workspaces.back_up(workspace, drive / "x", Filler(drive, 6 * CHUNK))
    assert all_files(drive) == [drive / "filler"]
    with pytest.raises(EnvironmentProblem, match="BAK-001"):
        workspaces.back_up(workspace, drive / "x")
    (drive / "filler").unlink()
    backup = workspaces.back_up(workspace, drive / "x").value
    with pytest.raises(EnvironmentProblem, match="SYS-001"):
        workspaces.restore(workspace.machine, backup, drive / "again", Filler(drive, 6 * CHUNK))
    assert all_files(drive) == [drive / "filler", backup]
    workspaces.close(workspace)


_LIMITED = """
import resource, signal, sys
from pathlib import Path
from maturity_desktop.errors import EnvironmentProblem
from tests.unit.evidence.factories import all_files, attach, make_vault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, source = Path(sys.argv[1]), Path(sys.argv[2])
vault = make_vault(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (3 * 1024 * 1024, resource.RLIM_INFINITY))
try:
    attach(vault, folder, source)
except EnvironmentProblem as problem:
    print(problem.code, len(all_files(folder)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
def test_a_file_system_that_holds_no_such_file_is_named_and_kept_clean(tmp_path: Path) -> None:
    source = tmp_path / "big"
    source.write_bytes(make_content(5 * CHUNK))
    (tmp_path / "ws").mkdir()
    command = [sys.executable, "-c", _LIMITED, str(tmp_path / "ws"), str(source)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["SYS-005", "0"]


def test_three_hundred_small_files_arrive_one_by_one(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    digests = {}
    for number in range(300):
        source = tmp_path / f"CM-VC-BM-L3-1-{number}.txt"
        source.write_bytes(make_content(10_000, seed=number))
        digests[source.name] = hashlib.sha256(source.read_bytes()).hexdigest()
        evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),)))
    items = evidence.list_evidence(workspace, ASSESSMENT)
    assert {item.newest.file_name: item.newest.sha256 for item in items} == digests
    assert len(sealed_files(workspace.path)) == 300
    report = workspaces.check_integrity(workspace)
    assert (report.is_sound, report.evidence_checked, report.journal_entries > 300) == (True, 300, True)
    workspaces.close(workspace)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_more_than_two_gigabytes_stream_through_in_parts(tmp_path: Path) -> None:
    import resource  # POSIX; so are sparse files made by truncate

    source, size = tmp_path / "screen-recording.mp4", 2_200_000_000
    source.write_bytes(b"head")
    os.truncate(source, size)
    with source.open("r+b") as stream:
        stream.seek(size - 4)
        stream.write(b"tail")
    workspace = make_workspace(tmp_path)
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    item = evidence.take_in(workspace, TakeIn(source=source)).value
    assert item.newest.size_bytes == size
    assert next(path.stat().st_size for path in sealed_files(workspace.path)) == PART_BYTES
    assert len(sealed_files(workspace.path)) == 2
    with evidence.open_content(workspace, item.newest.id) as stream:
        assert stream.read(4) == b"head"
        stream.seek(-4, os.SEEK_END)
        assert stream.read() == b"tail"
    assert workspaces.check_integrity(workspace).is_sound
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 64 * 1024
    workspaces.close(workspace)


@pytest.mark.benchmark
@pytest.mark.timeout(600)
def test_taking_in_costs_little_more_than_copying_and_hashing(tmp_path: Path) -> None:
    """Best of interleaved runs: absolute times, and the noise of other programs, belong to the machine."""
    source, folder = tmp_path / "source", tmp_path / "ws"
    source.write_bytes(make_content(16 * CHUNK) * 16)
    folder.mkdir()
    vault = make_vault(folder)
    plain, sealed = [], []
    for _ in range(7):
        plain.append(_seconds(lambda: _copy_and_hash(source, tmp_path / "copy")))
        (tmp_path / "copy").unlink()
        sealed.append(_seconds(lambda: attach(vault, folder, source)))
        for path in all_files(folder):
            path.unlink()
    print(f"sealed / (copy + SHA-256) = {min(sealed) / min(plain):.2f}")
    assert min(sealed) < 1.5 * min(plain)


def _seconds(act: object) -> float:
    assert callable(act)
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _copy_and_hash(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    with source.open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
