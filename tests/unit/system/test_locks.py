"""One holder at a time; the holder is named; a dead one does not block."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.system import locks


def test_a_held_lock_names_its_holder_until_released(tmp_path: Path) -> None:
    lock = locks.take(tmp_path / ".lock")
    assert isinstance(lock, locks.FolderLock)
    second = locks.take(tmp_path / ".lock")
    assert isinstance(second, locks.Holder)
    assert second.pid == os.getpid()
    lock.release()
    lock.release()
    third = locks.take(tmp_path / ".lock")
    assert isinstance(third, locks.FolderLock)
    third.release()
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib; from maturity_desktop.system import locks; "
        "lock = locks.take(pathlib.Path(sys.argv[1])); os._exit(9)"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", program, str(tmp_path / ".lock")], cwd=root, check=False)
    assert (tmp_path / ".lock").exists()
    lock = locks.take(tmp_path / ".lock")
    assert isinstance(lock, locks.FolderLock)
    lock.release()


def test_a_folder_that_is_not_there_is_an_ordinary_problem(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="SYS-002"):
        locks.take(tmp_path / "none" / ".lock")
