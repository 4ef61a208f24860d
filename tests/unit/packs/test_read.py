"""The form of pack files: what YAML may bring, what folders and archives may hold."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.packs import examine, gather
from maturity_desktop.packs.read import MAX_DEPTH, read_document
from maturity_desktop.packs.values import Listing, Place, Scalar, Table
from tests.unit.packs.packed import FILES, codes, spoiled, write_pack, zip_pack


def test_scalars_stay_text_and_know_their_place() -> None:
    value, issues = read_document("x.yaml", b"a: no\nb: [1, 2026-01-01]\n")
    assert issues == ()
    assert isinstance(value, Table)
    assert value.entries["a"] == Scalar("no", Place("x.yaml", 1, 4))
    listing = value.entries["b"]
    assert isinstance(listing, Listing)
    assert [item.text for item in listing.items if isinstance(item, Scalar)] == ["1", "2026-01-01"]
    assert str(listing.items[1].place) == "x.yaml:2:8"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_document("x.yaml", b"\xef\xbb\xbfa: 1\n")[1] == ()


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        pytest.param(b"a: &x 1\n", "PACK-008", "x.yaml:1:4", id="anchor"),
        pytest.param(b"a: &x 1\nb: *x\n", "PACK-008", "x.yaml:2:4", id="alias"),
        pytest.param(b"a: &x [*x]\n", "PACK-008", "x.yaml:1:4", id="value inside itself"),
        pytest.param(b"a: !!int 1\n", "PACK-009", "x.yaml:1:4", id="tag"),
        pytest.param(b"a: !!python/object:os.system x\n", "PACK-009", "x.yaml:1:4", id="tag that would run code"),
        pytest.param(b"a: 1\n---\nb: 2\n", "PACK-010", "x.yaml:2:1", id="second document"),
        pytest.param(b"a: 1\na: 2\n", "PACK-011", "x.yaml:2:1", id="key twice"),
        pytest.param(b"a:\n  - 1\n b: 2\n", "PACK-007", "x.yaml:3:2", id="indentation"),
        pytest.param(b"a: 'open\n", "PACK-007", "x.yaml:2:1", id="open quote"),
        pytest.param(b"a: \x01\n", "PACK-007", "x.yaml:1:1", id="control character"),
        pytest.param(b"a: \xff\n", "PACK-006", "x.yaml:1:1", id="not UTF-8"),
        pytest.param(b"", "PACK-016", "x.yaml", id="empty"),
        pytest.param(b"# only a comment\n", "PACK-016", "x.yaml", id="comment only"),
        pytest.param(b"? [a]\n: 1\n", "PACK-019", "x.yaml:1:3", id="key is a list"),
        pytest.param(b"[" * 2 * MAX_DEPTH, "PACK-012", f"x.yaml:1:{MAX_DEPTH + 1}", id="nested too deep"),
    ],
)
def test_what_yaml_may_not_bring(content: bytes, code: str, place: str) -> None:
    _, issues = read_document("x.yaml", content)
    assert (code, place) in [(issue.code, issue.place) for issue in issues]


def test_forty_levels_are_enough_and_fine() -> None:
    assert read_document("x.yaml", b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)[1] == ()


def test_the_good_pack_is_good_as_folder_and_as_file(tmp_path: Path) -> None:
    folder, file = examine(write_pack(tmp_path / "small")), examine(zip_pack(tmp_path / "small.mdpack"))
    assert folder.issues == file.issues == ()
    assert folder.edition == file.edition


@pytest.mark.parametrize("name", ["nothing-here", "folder", "file.mdpack.txt"])
def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.mdpack.txt").write_text("x")
    assert codes(examine(tmp_path / name)) == ["PACK-003"]


def test_an_archive_without_standard_is_no_pack(tmp_path: Path) -> None:
    assert codes(examine(zip_pack(tmp_path / "x.mdpack", {"inner/standard.yaml": "a: 1"}))) == ["PACK-003"]


@pytest.mark.parametrize("name", ["../a.yaml", "/etc/a.yaml", "C:\\a.yaml", "x\\a.yaml"])
def test_a_tree_file_outside_the_pack_is_refused(tmp_path: Path, name: str) -> None:
    found = spoiled(tmp_path, "standard.yaml", "tree: [a.yaml", f"tree: ['{name}'")
    assert ("PACK-013", "standard.yaml:28:8") in [(issue.code, issue.place) for issue in found]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "b.yaml").rename(tmp_path / "b.yaml")
    (pack / "b.yaml").symlink_to("../b.yaml")
    assert codes(examine(pack)) == ["PACK-013"]


def test_archive_entries_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    pack = zip_pack(tmp_path / "x.mdpack", {**FILES, "../evil.yaml": "a: 1"})
    assert "PACK-013" in codes(examine(pack))


def test_other_files_in_an_archive_are_left_alone(tmp_path: Path) -> None:
    assert codes(examine(zip_pack(tmp_path / "x.mdpack", {**FILES, "README.md": "words"}))) == []


def test_an_archive_entry_twice_is_refused(tmp_path: Path) -> None:
    pack = zip_pack(tmp_path / "x.mdpack")
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("a.yaml", "a: 1")
    assert "PACK-017" in codes(examine(pack))


def test_a_zip_bomb_is_refused_without_unpacking(tmp_path: Path) -> None:
    pack = zip_pack(tmp_path / "x.mdpack", {**FILES, "c.yaml": "a" * 3_000_000})
    assert "PACK-005" in codes(examine(pack))


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    pack = zip_pack(tmp_path / "x.mdpack")
    content = bytearray(pack.read_bytes())
    content[60:120] = bytes(60)
    pack.write_bytes(bytes(content))
    assert codes(examine(pack))[0] == "PACK-015"
    pack.write_bytes(b"no zip at all")
    assert codes(examine(pack)) == ["PACK-015"]


def test_an_entry_longer_than_it_says_is_damaged(tmp_path: Path) -> None:
    pack = tmp_path / "x.mdpack"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("standard.yaml", "a: 1\n" * 10)
    content = pack.read_bytes()
    directory = content.rindex(b"PK\x01\x02")
    pack.write_bytes(content[: directory + 24] + (5).to_bytes(4, "little") + content[directory + 28 :])
    assert "PACK-015" in codes(examine(pack))


def test_files_and_packs_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = write_pack(tmp_path / "small")
    monkeypatch.setattr(gather, "MAX_FILE_BYTES", 1000)
    assert "PACK-004" in codes(examine(pack))
    monkeypatch.setattr(gather, "MAX_FILE_BYTES", 5_000_000)
    monkeypatch.setattr(gather, "MAX_PACK_BYTES", 2000)
    assert "PACK-005" in codes(examine(pack))
    monkeypatch.setattr(gather, "MAX_PACK_BYTES", 50_000_000)
    monkeypatch.setattr(gather, "MAX_FILES", 2)
    assert "PACK-005" in codes(examine(pack))


def test_a_missing_and_an_unlisted_file_are_named(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "b.yaml").rename(pack / "c.yaml")
    found = examine(pack)
    assert sorted(codes(found)) == ["PACK-014", "PACK-018"]
    assert found.edition is None


def test_an_unlisted_file_alone_does_not_refuse_the_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "notes.yaml").write_text("a: 1\n")
    found = examine(pack)
    assert (codes(found), found.edition is not None) == (["PACK-018"], True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs file permissions that count")
def test_an_unreadable_file_is_the_machines_problem(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "a.yaml").chmod(0)
    with pytest.raises(EnvironmentProblem, match="SYS-002"):
        examine(pack)
