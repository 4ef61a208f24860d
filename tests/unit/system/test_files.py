"""A file is the old one or the new one, whatever happens in between."""

import os
import sys
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.system.files import as_problem, read, replacing, write_atomically


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "报告.pdf", b"new")
    assert (tmp_path / "报告.pdf").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["报告.pdf"]


def test_a_failure_leaves_the_old_file_and_no_remains(tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), replacing(target) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.pdf"]


def test_a_missing_folder_is_said_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        write_atomically(tmp_path / "gone" / "report.pdf", b"x")
    assert refused.value.code == "SYS-004"
    assert "gone" in str(refused.value.values["path"])


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(EnvironmentProblem) as refused:
        write_atomically(tmp_path / "report.pdf", b"x")
    assert refused.value.code == "SYS-007"


@pytest.mark.skipif(sys.platform != "linux", reason="the full device is Linux's own")
def test_a_full_disk_has_its_own_sentence() -> None:
    stream = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115
    with stream, pytest.raises(OSError, match="space") as full:
        stream.write(b"x")
    assert as_problem(full.value, Path("x")).code == "SYS-001"


def test_a_file_is_read_whole_or_up_to_a_limit_and_a_lacking_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"content")
    assert (read(path), read(path, 3)) == (b"content", b"con")
    with pytest.raises(EnvironmentProblem, match="SYS-004"):
        read(tmp_path / "gone")
