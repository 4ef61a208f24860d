"""Backups: whole or not at all, equal after restoring, readable in place, and hostile files refused."""

import json
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.errors import Cancelled, EnvironmentProblem, MaturityError, RuleBroken
from maturity_desktop.services import evidence, journal, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import Refer, TakeIn
from tests.factories.sealed_workspace import PASSPHRASE, link_to, make_workspace, reopen
from tests.unit.evidence.factories import CHUNK, all_files, make_content, sealed_files

Entries = list[tuple[str, bytes]]


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    for number, size in enumerate((0, 10, CHUNK + 3)):
        source = tmp_path / f"CM-VC-BM-L3-1-{number}.pdf"
        source.write_bytes(make_content(size, seed=number))
        evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),)))
    evidence.refer(workspace, Refer(file_name="原件.pdf", place="档案室", kind=EvidenceKind.DOCUMENT))
    yield workspace
    workspaces.close(workspace)


@pytest.fixture(name="backup")
def make_backup(workspace: Workspace, tmp_path: Path) -> Path:
    return workspaces.back_up(workspace, tmp_path / "周五").value


def plain_contents(workspace: Workspace) -> list[bytes]:
    found = []
    for item in evidence.list_evidence(workspace):
        for revision in item.revisions:
            if revision.blob:
                with evidence.open_content(workspace, revision.id) as stream:
                    found.append(stream.read())
    return found


def rewritten(backup: Path, target: Path, change: Callable[[Entries], Entries], *, relist: bool = False) -> Path:
    """Write the entries anew after `change`; with `relist` the list is made to agree with names and sizes."""
    with zipfile.ZipFile(backup) as old:
        entries = change([(info.filename, old.read(info)) for info in old.infolist()])
    if relist:
        known = {line["name"]: line for line in json.loads(dict(entries)["manifest.json"])["entries"]}
        lines = [
            {"name": name, "size_bytes": len(content), "sha256": known.get(name, {}).get("sha256", "0" * 64)}
            for name, content in entries
            if name != "manifest.json"
        ]
        listed = json.dumps({"format": 1, "entries": lines}).encode()
        entries = [(name, listed if name == "manifest.json" else content) for name, content in entries]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name, content in entries:
            new.writestr(zipfile.ZipInfo(name), content)
    return target


def code_of_restoring(workspace: Workspace, backup: Path) -> str:
    """Return the code of the refusal, after making sure that nothing was left."""
    target = backup.parent / "restored"
    before = sorted(backup.parent.iterdir())
    with pytest.raises(MaturityError) as caught:
        workspaces.restore(workspace.machine, backup, target)
    assert sorted(backup.parent.iterdir()) == before
    return caught.value.code


def test_a_restored_workspace_equals_the_one_backed_up(workspace: Workspace, tmp_path: Path) -> None:
    told = journal.entries(workspace, newest_first=False)
    items, plain = evidence.list_evidence(workspace), plain_contents(workspace)
    backup = workspaces.back_up(workspace, tmp_path / "周五").value
    assert backup == tmp_path / "周五.mdbackup"
    restored = workspaces.restore(workspace.machine, backup, tmp_path / "again")
    assert restored == tmp_path / "again.maturity"
    assert [path.relative_to(restored) for path in sealed_files(restored)] == [
        path.relative_to(workspace.path) for path in sealed_files(workspace.path)
    ]
    again = reopen(workspace, path=restored)
    try:
        assert journal.entries(again, newest_first=False)[: len(told)] == told
        assert evidence.list_evidence(again) == items
        assert plain_contents(again) == plain
        assert workspaces.check_integrity(again).is_sound
    finally:
        workspaces.close(again)


def test_backing_up_is_journalled_and_leaves_no_traces(workspace: Workspace, backup: Path) -> None:
    entry = journal.entries(workspace, limit=1)[0]
    assert entry.event == "workspace.backed_up"
    assert json.loads(entry.new)["contents"] == 3
    assert list((workspace.path / "tmp").iterdir()) == []


def test_the_list_of_a_backup_tells_nothing_readable(backup: Path) -> None:
    raw = backup.read_bytes()
    for secret in ("原件", "档案室", "CM-VC-BM", "示范银行", "陈思远", ".pdf"):
        assert secret.encode() not in raw
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert all(info.date_time[0] == 1980 for info in archive.infolist())
    assert manifest.keys() == {"format", "entries"}


def test_a_backup_opens_read_only_and_shows_everything(workspace: Workspace, backup: Path) -> None:
    items, plain = evidence.list_evidence(workspace), plain_contents(workspace)
    before, folders = backup.read_bytes(), set(Path(tempfile.gettempdir()).glob("maturity-*"))
    shown = reopen(workspace, path=backup)
    assert shown.is_read_only
    assert evidence.list_evidence(shown) == items
    assert plain_contents(shown) == plain
    assert not workspaces.has_recovery_slot(shown)
    report = workspaces.check_integrity(shown)
    assert (report.is_sound, report.evidence_checked) == (True, 3)
    with pytest.raises(EnvironmentProblem, match="WSP-022"):
        evidence.link(shown, items[0].id, ())
    assert shown.unpacked is not None
    assert {path.name for path in all_files(shown.unpacked)} == {"keyslots.json", "workspace.db"}
    workspaces.close(shown)
    assert set(Path(tempfile.gettempdir()).glob("maturity-*")) <= folders
    assert backup.read_bytes() == before


def test_a_wrong_passphrase_opens_no_backup_and_leaves_no_folder(workspace: Workspace, backup: Path) -> None:
    folders = set(Path(tempfile.gettempdir()).glob("maturity-*"))
    with pytest.raises(RuleBroken, match="WSP-002"):
        workspaces.open_workspace(workspace.machine, backup, PASSPHRASE + "x")
    assert set(Path(tempfile.gettempdir()).glob("maturity-*")) <= folders


def test_a_cancelled_backup_leaves_the_older_one(workspace: Workspace, backup: Path) -> None:
    before, names = backup.read_bytes(), sorted(path.name for path in backup.parent.iterdir())

    def stop(done: int, total: int, what: str = "") -> None:
        if done > total // 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspaces.back_up(workspace, backup, stop)
    assert backup.read_bytes() == before
    assert sorted(path.name for path in backup.parent.iterdir()) == names
    assert list((workspace.path / "tmp").iterdir()) == []


def test_a_cancelled_restore_leaves_nothing(workspace: Workspace, backup: Path) -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        raise Cancelled

    before = sorted(backup.parent.iterdir())
    with pytest.raises(Cancelled):
        workspaces.restore(workspace.machine, backup, backup.parent / "again", stop)
    assert sorted(backup.parent.iterdir()) == before


def test_progress_of_a_backup_ends_at_its_total(workspace: Workspace, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def note(done: int, total: int, what: str = "") -> None:
        steps.append((done, total))

    workspaces.back_up(workspace, tmp_path / "x", note)
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_restoring_never_writes_over_anything(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="BAK-005"):
        workspaces.restore(workspace.machine, backup, workspace.path)
    (tmp_path / "empty.maturity").mkdir()
    with pytest.raises(EnvironmentProblem, match="BAK-005"):
        workspaces.restore(workspace.machine, backup, tmp_path / "empty")


def test_a_backup_does_not_go_into_the_workspace(workspace: Workspace) -> None:
    with pytest.raises(RuleBroken, match="BAK-006"):
        workspaces.back_up(workspace, workspace.path / "x")


def test_evidence_that_is_missing_does_not_prevent_a_backup(workspace: Workspace, tmp_path: Path) -> None:
    sealed_files(workspace.path)[0].unlink()
    backup = workspaces.back_up(workspace, tmp_path / "x").value
    assert json.loads(journal.entries(workspace, limit=1)[0].new)["missing"] == 1
    restored = workspaces.restore(workspace.machine, backup, tmp_path / "again")
    again = reopen(workspace, path=restored)
    report = workspaces.check_integrity(again)
    workspaces.close(again)
    assert len(report.missing) == 1


def flip(place: float) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        raw[int(place * (len(raw) - 1))] ^= 4
        path.write_bytes(raw)

    return act


@pytest.mark.parametrize("place", [0.0, 0.1, 0.35, 0.5, 0.75, 0.9, 0.995])
def test_a_flipped_bit_is_noticed(workspace: Workspace, backup: Path, place: float) -> None:
    flip(place)(backup)
    assert code_of_restoring(workspace, backup) in {"BAK-002", "BAK-003", "BAK-004"}


def test_no_flipped_bit_ever_restores_something_else(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    """Some bits of a zip mean nothing (dates, attributes): then what is restored is what was backed up."""
    with zipfile.ZipFile(backup) as archive:
        good = {info.filename: archive.read(info) for info in archive.infolist() if info.filename != "manifest.json"}
    raw, chance = bytearray(backup.read_bytes()), random.Random(5)
    for number in range(40):
        damaged, target = bytearray(raw), tmp_path / f"again-{number}"
        damaged[chance.randrange(len(raw) - 900, len(raw))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"damaged-{number}.mdbackup"
        path.write_bytes(damaged)
        try:
            restored = workspaces.restore(workspace.machine, path, target)
        except MaturityError:
            continue
        assert {str(f.relative_to(restored)): f.read_bytes() for f in all_files(restored)} == good


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.9999])
def test_a_cut_off_backup_is_refused(workspace: Workspace, backup: Path, share: float) -> None:
    os.truncate(backup, int(backup.stat().st_size * share))
    assert code_of_restoring(workspace, backup) in {"BAK-002", "BAK-003"}


@pytest.mark.parametrize(
    ("change", "relist"),
    [
        pytest.param(lambda entries: [*entries, ("../escaped", b"x")], True, id="path up"),
        pytest.param(lambda entries: [*entries, ("/var/escaped", b"x")], True, id="absolute path"),
        pytest.param(lambda entries: [*entries, ("blobs/../../escaped", b"x")], True, id="path through blobs"),
        pytest.param(lambda entries: [*entries, ("blobs\\escaped", b"x")], True, id="backslash"),
        pytest.param(lambda entries: [*entries, ("C:escaped", b"x")], True, id="drive"),
        pytest.param(lambda entries: [*entries, ("tmp/x.part", b"x")], True, id="other folder"),
        pytest.param(lambda entries: [*entries, (f"blobs/ab/{'ab' * 32}", b"x")], False, id="not listed"),
        pytest.param(lambda entries: [e for e in entries if not e[0].startswith("blobs")], False, id="contents gone"),
        pytest.param(lambda entries: [e for e in entries if e[0] != "keyslots.json"], True, id="no key slots"),
        pytest.param(lambda entries: [e for e in entries if e[0] != "workspace.db"], True, id="no database"),
        pytest.param(lambda entries: [e for e in entries if e[0] != "manifest.json"], False, id="no list"),
        pytest.param(lambda entries: [(n, c[:-1] if n == "workspace.db" else c) for n, c in entries], True, id="cut"),
        pytest.param(
            lambda entries: [(n, c[::-1] if n == "workspace.db" else c) for n, c in entries], False, id="swap"
        ),
        pytest.param(
            lambda entries: [(n, b"[]" if n == "manifest.json" else c) for n, c in entries], False, id="array"
        ),
        pytest.param(
            lambda entries: [(n, b"[" * 100_000 if n == "manifest.json" else c) for n, c in entries], False, id="deep"
        ),
        pytest.param(
            lambda entries: [(n, b'{"format":1,"entries":[1]}' if n == "manifest.json" else c) for n, c in entries],
            False,
            id="lines of another shape",
        ),
    ],
)
def test_a_backup_that_lies_is_refused(
    workspace: Workspace, backup: Path, change: Callable[[Entries], Entries], relist: bool
) -> None:
    backup = rewritten(backup, backup.with_name("hostile.mdbackup"), change, relist=relist)
    assert code_of_restoring(workspace, backup) in {"BAK-002", "BAK-003"}
    assert not list(backup.parent.rglob("escaped"))


def test_an_unchanged_rewriting_is_accepted(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    """The refusals above are not caused by the rewriting itself."""
    copy = rewritten(backup, tmp_path / "copy.mdbackup", lambda entries: entries, relist=True)
    assert workspaces.restore(workspace.machine, copy, tmp_path / "again").is_dir()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_entries_are_refused(workspace: Workspace, backup: Path) -> None:
    twice = rewritten(backup, backup.with_name("twice.mdbackup"), lambda entries: [*entries, entries[0]])
    assert code_of_restoring(workspace, twice) == "BAK-003"


def test_compressed_entries_are_refused_before_unpacking(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.mdbackup"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("workspace.db", bytes(50 * CHUNK))
    assert code_of_restoring(workspace, bomb) == "BAK-003"


def test_a_backup_of_a_newer_version_says_so(workspace: Workspace, backup: Path) -> None:
    newer = rewritten(
        backup,
        backup.with_name("newer.mdbackup"),
        lambda entries: [(n, b'{"format":2}' if n == "manifest.json" else c) for n, c in entries],
    )
    assert code_of_restoring(workspace, newer) == "BAK-004"


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100])
def test_other_files_are_no_backups(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.mdbackup").write_bytes(content)
    assert code_of_restoring(workspace, tmp_path / "x.mdbackup") == "BAK-002"


def test_a_backup_file_that_is_gone_is_named(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="SYS-004"):
        workspaces.restore(workspace.machine, tmp_path / "gone.mdbackup", tmp_path / "again")


def test_a_verified_backup_judges_content_when_it_is_read(workspace: Workspace, backup: Path) -> None:
    """Opening reads only the list, key slots and database; a damaged content shows when it is opened."""
    shutil.copy(backup, backup.with_name("copy.mdbackup"))
    raw = bytearray(backup.with_name("copy.mdbackup").read_bytes())
    sealed = sealed_files(workspace.path)[1].read_bytes()
    raw[bytes(raw).index(sealed) + len(sealed) // 2] ^= 1
    backup.with_name("copy.mdbackup").write_bytes(raw)
    shown = reopen(workspace, path=backup.with_name("copy.mdbackup"))
    try:
        with pytest.raises(EnvironmentProblem, match="EVI-005"):
            plain_contents(shown)
        assert len(workspaces.check_integrity(shown).damaged) == 1
    finally:
        workspaces.close(shown)
