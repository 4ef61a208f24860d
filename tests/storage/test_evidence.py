"""Evidence verbs against a real encrypted workspace."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.domain.evidence import Custody, Evidence, HandlingGrade
from maturity_desktop.domain.ids import AssessmentId, CriterionId, EvidenceId, RevisionId
from maturity_desktop.domain.journal import check_chain
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.errors import Cancelled, Conflict, EnvironmentProblem, RuleBroken
from maturity_desktop.services import evidence, journal, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import Refer, TakeIn
from maturity_desktop.services.outcomes import Area
from tests.factories.sealed_workspace import ASSESSMENT, link_to, make_workspace, reopen
from tests.unit.evidence.factories import CHUNK, all_files, make_content, sealed_files

MARKER = "绝密标记-7f3a9".encode()


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


@pytest.fixture(name="source")
def make_source(tmp_path: Path) -> Path:
    source = tmp_path / "CD-CM-VC-BM-L3-01-分支策略.png"
    source.write_bytes(MARKER * 60_000)
    return source


def events(workspace: Workspace) -> list[str]:
    return [entry.event for entry in journal.entries(workspace, newest_first=False)]


def taken(workspace: Workspace, source: Path) -> Evidence:
    return evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),))).value


def test_a_file_taken_in_reads_back_and_says_what_it_is(workspace: Workspace, source: Path) -> None:
    outcome = evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),), received_from="王雅琴"))
    item = outcome.value
    assert item.title == "分支策略"
    assert item.kind is EvidenceKind.SCREENSHOT
    assert item.request_code == "CM-VC-BM-L3-1"
    assert item.newest.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert item.newest.file_name == source.name
    assert item.newest.added_by == "陈思远"
    assert evidence.list_evidence(workspace) == (item,)
    assert outcome.changes.areas == {Area.EVIDENCE}
    assert outcome.changes.assessment_id == ASSESSMENT
    assert outcome.changes.criteria == ("CM-VC-BM-3.1",)
    with evidence.open_content(workspace, item.newest.id) as stream:
        assert stream.read() == source.read_bytes()


def test_the_journal_row_is_written_with_the_evidence(workspace: Workspace, source: Path) -> None:
    item = taken(workspace, source)
    entry = journal.entries(workspace, limit=1)[0]
    assert (entry.event, entry.subject) == ("evidence.taken_in", item.id)
    assert json.loads(entry.new)["revisions"][0]["sha256"] == item.newest.sha256
    assert check_chain(journal.entries(workspace, newest_first=False, limit=10_000)).is_intact


def test_nothing_readable_lies_in_the_workspace(workspace: Workspace, source: Path) -> None:
    taken(workspace, source)
    workspaces.close(workspace)
    for path in all_files(workspace.path):
        content = path.read_bytes()
        assert MARKER not in content
        assert "分支策略".encode() not in content
        assert "分支策略" not in path.name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PNG", EvidenceKind.SCREENSHOT),
        ("演示.mp4", EvidenceKind.VIDEO),
        ("制度.docx", EvidenceKind.DOCUMENT),
        ("no-extension", EvidenceKind.DOCUMENT),
    ],
)
def test_the_extension_tells_the_kind(workspace: Workspace, tmp_path: Path, name: str, kind: EvidenceKind) -> None:
    (tmp_path / name).write_bytes(b"x")
    item = evidence.take_in(workspace, TakeIn(source=tmp_path / name)).value
    assert item.kind is kind
    assert item.title == Path(name).stem


def test_names_no_text_can_hold_are_kept_as_far_as_possible(workspace: Workspace, tmp_path: Path) -> None:
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/report-\xff.pdf"))
    source.write_bytes(b"x")
    assert taken(workspace, source).newest.file_name == "report-?.pdf"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (link_to("CM-NO-SUCH-1.1"), "EVI-012"),
        (link_to(assessment_id=AssessmentId("gone")), "WSP-020"),
    ],
)
def test_links_lead_somewhere_or_nothing_is_taken_in(
    workspace: Workspace, source: Path, link: object, code: str
) -> None:
    before = events(workspace)
    with pytest.raises((RuleBroken, EnvironmentProblem), match=code):
        evidence.take_in(workspace, TakeIn(source=source, links=(link,)))  # type: ignore[arg-type]
    assert events(workspace) == before
    assert sealed_files(workspace.path) == []


def test_a_cancelled_intake_leaves_neither_row_nor_content(workspace: Workspace, source: Path) -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        evidence.take_in(workspace, TakeIn(source=source), stop)
    assert evidence.list_evidence(workspace) == ()
    assert sealed_files(workspace.path) == []
    assert list((workspace.path / "tmp").iterdir()) == []


def test_the_same_content_twice_is_two_items_and_one_file(workspace: Workspace, source: Path) -> None:
    first, second = taken(workspace, source), taken(workspace, source)
    assert first.id != second.id
    assert first.newest.blob == second.newest.blob
    assert len(sealed_files(workspace.path)) == 1


def test_a_newer_file_is_a_new_revision_and_the_old_one_stays(workspace: Workspace, source: Path) -> None:
    item, old = taken(workspace, source), source.read_bytes()
    source.write_bytes(b"new")
    revised = evidence.add_revision(workspace, item.id, source).value
    assert [revision.number for revision in revised.revisions] == [1, 2]
    assert revised.links == item.links
    contents = []
    for revision in revised.revisions:
        with evidence.open_content(workspace, revision.id) as stream:
            contents.append(stream.read())
    assert contents == [old, b"new"]
    assert events(workspace)[-1] == "evidence.revised"


def test_evidence_by_reference_has_no_content_until_a_file_comes(workspace: Workspace, source: Path) -> None:
    wish = Refer(
        file_name="CM-VC-BM-L3-1.pdf",
        place="档案室 3 柜",
        kind=EvidenceKind.DOCUMENT,
        sha256="AB" * 32,
        links=(link_to(),),
    )
    item = evidence.refer(workspace, wish).value
    assert (item.custody, item.newest.sha256) == (Custody.BY_REFERENCE, "ab" * 32)
    assert item.request_code == "CM-VC-BM-L3-1"
    with pytest.raises(EnvironmentProblem, match="EVI-006"):
        evidence.open_content(workspace, item.newest.id)
    revised = evidence.add_revision(workspace, item.id, source).value
    assert revised.custody is Custody.COPIED
    with evidence.open_content(workspace, revised.newest.id) as stream:
        assert stream.read(len(MARKER)) == MARKER


@pytest.mark.parametrize(
    ("change", "code"),
    [({"file_name": "  "}, "EVI-010"), ({"place": ""}, "EVI-010"), ({"sha256": "12ab"}, "EVI-011")],
)
def test_references_say_what_and_where(workspace: Workspace, change: dict[str, str], code: str) -> None:
    wish = replace(Refer(file_name="a.pdf", place="柜", kind=EvidenceKind.DOCUMENT), **change)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match=code):
        evidence.refer(workspace, wish)
    assert evidence.list_evidence(workspace) == ()


def test_describing_changes_words_only_and_notices_a_rival(workspace: Workspace, source: Path) -> None:
    item = taken(workspace, source)
    changed = replace(item, title="新名称", grade=HandlingGrade.RESTRICTED, links=(), revisions=())
    after = evidence.describe(workspace, changed).value
    assert (after.title, after.grade) == ("新名称", HandlingGrade.RESTRICTED)
    assert (after.links, after.revisions) == (item.links, item.revisions)
    entry = journal.entries(workspace, limit=1)[0]
    assert (json.loads(entry.old)["title"], json.loads(entry.new)["title"]) == ("分支策略", "新名称")
    with pytest.raises(Conflict, match="EVI-019"):
        evidence.describe(workspace, changed)
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        evidence.describe(workspace, replace(item, id=EvidenceId("gone")))


def test_links_come_and_go_and_are_journalled_once(workspace: Workspace, source: Path) -> None:
    item, other = taken(workspace, source), link_to("CM-VC-VCS-1.1")
    linked = evidence.link(workspace, item.id, (other, other, link_to())).value
    assert set(linked.links) == {link_to(), other}
    again = evidence.link(workspace, item.id, (other,))
    assert again.changes.criteria == ()
    assert evidence.list_evidence(workspace, ASSESSMENT, CriterionId("CM-VC-VCS-1.1")) == (linked,)
    bare = evidence.unlink(workspace, item.id, linked.links).value
    assert bare.links == ()
    assert evidence.list_evidence(workspace, ASSESSMENT) == ()
    assert evidence.list_evidence(workspace) == (bare,)
    assert events(workspace)[-2:] == ["evidence.linked", "evidence.unlinked"]
    with pytest.raises(RuleBroken, match="EVI-012"):
        evidence.link(workspace, item.id, (link_to("nowhere"),))


def test_a_copy_is_journalled_before_it_leaves(workspace: Workspace, source: Path, tmp_path: Path) -> None:
    item, target = taken(workspace, source), tmp_path / "out" / "copy.png"
    target.parent.mkdir()
    seen: list[str] = []

    def watch(done: int, total: int, what: str = "") -> None:
        seen.append(journal.entries(workspace, limit=1)[0].event)

    assert evidence.save_copy(workspace, item.newest.id, target, watch).value == target
    assert target.read_bytes() == source.read_bytes()
    assert set(seen) == {"evidence.copy_out_begun"}
    assert json.loads(journal.entries(workspace, limit=1)[0].new)["target"] == "copy.png"


def test_a_copy_of_damaged_content_is_not_written(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(make_content(3 * CHUNK))
    item = taken(workspace, source)
    sealed = sealed_files(workspace.path)[0]
    raw = bytearray(sealed.read_bytes())
    raw[CHUNK + 500] ^= 1
    sealed.write_bytes(raw)
    target = tmp_path / "copy.bin"
    target.write_bytes(b"old")
    with pytest.raises(EnvironmentProblem, match="EVI-005"):
        evidence.save_copy(workspace, item.newest.id, target)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.bin"]
    assert events(workspace)[-1] == "evidence.copy_out_failed"


def test_no_plain_copy_goes_into_the_workspace_itself(workspace: Workspace, source: Path) -> None:
    item = taken(workspace, source)
    with pytest.raises(RuleBroken, match="EVI-013"):
        evidence.save_copy(workspace, item.newest.id, workspace.path / "blobs" / "copy.png")


def test_the_wanted_list_follows_target_and_the_rule_for_lower_levels(workspace: Workspace, source: Path) -> None:
    item = taken(workspace, source)
    lines = {line.request.code: line.handed_in for line in evidence.wanted_list(workspace, ASSESSMENT)}
    assert lines == {
        "CM-VC-VCS-L1-1": (),
        "CM-VC-VCS-L2-1": (),
        "CM-VC-VCS-L3-1": (),
        "CM-VC-BM-L1-1": (),
        "CM-VC-BM-L3-1": (item.id,),
    }
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        evidence.wanted_list(workspace, AssessmentId("gone"))


def test_missing_and_unknown_contents_are_told_apart(workspace: Workspace, source: Path) -> None:
    item = taken(workspace, source)
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        evidence.open_content(workspace, RevisionId("gone"))
    sealed_files(workspace.path)[0].unlink()
    with pytest.raises(EnvironmentProblem, match="EVI-004"):
        evidence.open_content(workspace, item.newest.id)


def test_a_read_only_workspace_shows_but_takes_nothing(workspace: Workspace, source: Path, tmp_path: Path) -> None:
    item = taken(workspace, source)
    workspaces.close(workspace)
    shown = reopen(workspace, read_only=True)
    with evidence.open_content(shown, item.newest.id) as stream:
        assert stream.read() == source.read_bytes()
    with pytest.raises(EnvironmentProblem, match="WSP-022"):
        evidence.take_in(shown, TakeIn(source=source))
    evidence.save_copy(shown, item.newest.id, tmp_path / "copy")
    workspaces.close(shown)
    with pytest.raises(EnvironmentProblem, match="WSP-021"):
        evidence.open_content(shown, item.newest.id)
