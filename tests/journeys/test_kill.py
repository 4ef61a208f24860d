"""A program that is killed in the middle leaves everything it acknowledged, and nothing half-done."""

import random
import sys
from pathlib import Path

import pytest

from tests.journeys.kill_series import Found, files_that_tell, judge, kill_once, new_place, series
from tests.journeys.kill_worker import ACTS, MARKER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def assert_nothing_wrong(found: Found, kills: int) -> None:
    assert found.faults == 0, found
    assert found.kills == kills
    assert found.acknowledged > 0


@pytest.mark.timeout(240)
@pytest.mark.parametrize("act", ["answering", "attaching"])
def test_ten_kills_lose_nothing(tmp_path: Path, act: str) -> None:
    assert_nothing_wrong(series(act, tmp_path, 10, random.Random(20261123)), 10)


@pytest.mark.timeout(240)
def test_kills_while_backing_up_leave_whole_backups_only(tmp_path: Path) -> None:
    assert_nothing_wrong(series("backing-up", tmp_path, 4, random.Random(4)), 4)


@pytest.mark.timeout(240)
def test_kills_while_exporting_leave_whole_reports_only(tmp_path: Path) -> None:
    assert_nothing_wrong(series("exporting", tmp_path, 3, random.Random(3)), 3)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("act", sorted(ACTS))
def test_two_hundred_kills_lose_nothing(tmp_path: Path, act: str) -> None:
    assert_nothing_wrong(series(act, tmp_path, 200, random.Random(1)), 200)


def test_the_scan_finds_text_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "open.bin").write_bytes(b"\0" + MARKER.encode("gb18030") + b"\0")
    (tmp_path / "sealed.bin").write_bytes(b"nothing")
    assert files_that_tell(tmp_path, MARKER) == [tmp_path / "open.bin"]


def test_the_judge_sees_what_is_wrong(tmp_path: Path) -> None:
    place = new_place(tmp_path)
    lines = kill_once("attaching", place, 1, 0.0)
    assert lines
    for path in (place.workspace / "blobs").glob("*/*"):
        path.write_bytes(b"damaged")
    (place.temporary / "leak").write_text(MARKER, encoding="utf-8")
    found = Found("attaching")
    judge(found, place, [])
    assert found.damaged_contents > 0
    assert (found.broken_workspaces, found.readable_files) == (1, 1)
    answers = Found("answering")
    judge(answers, place, ["CM-VC-BM-1.1\t1\tnever saved"])
    assert answers.lost == 1
