"""Taking files in: whole or not at all, once, never more than the drive bears."""

import errno
import hashlib
import os
import sys
from pathlib import Path

import pytest

from maturity_desktop.errors import Cancelled, EnvironmentProblem
from maturity_desktop.evidence import intake, vault
from maturity_desktop.evidence.container import Shape
from maturity_desktop.system.machine import free_bytes
from maturity_desktop.system.progress import silent
from tests.unit.evidence.factories import CHUNK, all_files, attach, make_content, make_vault, sealed_files


@pytest.fixture(name="folder")
def make_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    folder.mkdir()
    return folder


@pytest.fixture(name="source")
def make_source(tmp_path: Path) -> Path:
    source = tmp_path / "截图 #1?.bin"
    source.write_bytes(make_content(2 * CHUNK + 77))
    return source


def test_hash_and_size_are_those_of_the_file(folder: Path, source: Path) -> None:
    content = attach(make_vault(folder), folder, source)
    assert content.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert content.size_bytes == source.stat().st_size


def test_names_on_disk_tell_neither_file_name_nor_hash(folder: Path, source: Path) -> None:
    content = attach(make_vault(folder), folder, source)
    (file,) = all_files(folder)
    assert file == folder / "blobs" / content.name[:2] / content.name
    assert content.sha256 not in str(file)
    assert source.read_bytes()[:64] not in file.read_bytes()


def test_the_same_content_twice_takes_space_once(folder: Path, source: Path) -> None:
    keeper = make_vault(folder)
    first = attach(keeper, folder, source)
    before = sealed_files(folder)[0].read_bytes()
    second = attach(keeper, folder, source)
    assert (first.is_known, second.is_known) == (False, True)
    assert [path.read_bytes() for path in all_files(folder)] == [before]


def test_attaching_again_heals_a_damaged_content(folder: Path, source: Path) -> None:
    keeper = make_vault(folder)
    content = attach(keeper, folder, source, part_bytes=CHUNK)
    for path in sealed_files(folder):
        path.write_bytes(b"broken")
    assert not keeper.holds(content.name)
    attach(keeper, folder, source)
    assert keeper.holds(content.name)
    assert len(all_files(folder)) == 1


def test_a_cancelled_intake_leaves_nothing(folder: Path, source: Path) -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done > CHUNK:
            raise Cancelled

    with pytest.raises(Cancelled), intake.received(make_vault(folder), folder, source, stop):
        pytest.fail("the content must not arrive")
    assert all_files(folder) == []


def test_progress_counts_bytes_up_to_the_size(folder: Path, source: Path) -> None:
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int, what: str = "") -> None:
        steps.append((done, total))

    with intake.received(make_vault(folder), folder, source, note):
        pass
    size = source.stat().st_size
    assert steps == [(CHUNK, size), (2 * CHUNK, size), (size, size)]
    assert all_files(folder) == []


@pytest.mark.parametrize("change", ["grow", "shrink", "touch"])
def test_a_source_that_changes_while_read_is_refused(folder: Path, source: Path, change: str) -> None:
    def disturb(done: int, total: int, what: str = "") -> None:
        if done == CHUNK and change == "grow":
            with source.open("ab") as stream:
                stream.write(b"more")
        elif done == CHUNK and change == "shrink":
            os.truncate(source, CHUNK + 5)
        elif done == CHUNK:
            os.utime(source, ns=(1, 1))

    with (
        pytest.raises(EnvironmentProblem, match="EVI-002"),
        intake.received(make_vault(folder), folder, source, disturb),
    ):
        pytest.fail("the content must not arrive")
    assert all_files(folder) == []


def test_too_little_space_is_said_before_reading(folder: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    huge.touch()
    size = free_bytes(folder) + CHUNK
    os.truncate(huge, min(size, 8 * 1024**4))
    keeper = make_vault(folder, reserve_bytes=vault.RESERVE_BYTES)
    with pytest.raises(EnvironmentProblem, match="EVI-001") as caught, intake.received(keeper, folder, huge, silent):
        pytest.fail("the content must not arrive")
    needed, free = caught.value.values["needed"], caught.value.values["free"]
    assert isinstance(needed, int)
    assert isinstance(free, int)
    assert needed > size * 1.05 > free
    assert all_files(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX kinds of file")
@pytest.mark.parametrize("kind", ["folder", "pipe", "missing", "device"])
def test_what_is_no_ordinary_readable_file_is_refused(folder: Path, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "source"
    if kind == "folder":
        source.mkdir()
    elif kind == "pipe":
        os.mkfifo(source)
    elif kind == "device":
        source = Path(os.devnull)
    with (
        pytest.raises(EnvironmentProblem, match="EVI-003"),
        intake.received(make_vault(folder), folder, source, silent),
    ):
        pytest.fail("the content must not arrive")


def test_large_contents_are_cut_into_parts_and_read_as_one(folder: Path, source: Path) -> None:
    keeper = make_vault(folder)
    part = CHUNK // 2 + 11
    content = attach(keeper, folder, source, part_bytes=part)
    files = sealed_files(folder)
    assert len(files) == -(-Shape(size_bytes=content.size_bytes).sealed_bytes // part) > 3
    assert max(path.stat().st_size for path in files) == part
    with keeper.open(content.name, label="x") as stream:
        assert stream.read() == source.read_bytes()
    files[1].unlink()
    assert not keeper.holds(content.name)


def test_a_failed_transaction_leaves_no_parts(folder: Path, source: Path) -> None:
    with (
        pytest.raises(EnvironmentProblem, match="SYS-"),
        intake.received(make_vault(folder), folder, source, silent) as content,
    ):
        assert len(all_files(folder)) == len(content.parts) == 1
        raise OSError(errno.EIO, "drive gone")
    assert all_files(folder) == []


def test_sweeps_take_orphans_and_leftovers_and_nothing_else(folder: Path, source: Path, tmp_path: Path) -> None:
    keeper = make_vault(folder)
    kept = attach(keeper, folder, source, part_bytes=CHUNK)
    (tmp_path / "other").write_bytes(b"other")
    attach(keeper, folder, tmp_path / "other")
    (folder / "tmp" / "x.part").write_bytes(b"half")
    (folder / "blobs" / "zz").mkdir()
    (folder / "blobs" / "zz" / "stray").write_bytes(b"?")
    assert vault.sweep_leftovers(folder) == 1
    assert vault.sweep_orphans(folder, {kept.name}) == 2
    assert keeper.holds(kept.name)
    assert all_files(folder) == sealed_files(folder)
    assert len(all_files(folder)) == 3
