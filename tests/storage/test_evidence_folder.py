"""The wanted list out, and a returned folder matched with it by file names."""

from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest
from openpyxl import load_workbook

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import evidence_folder, self_assessment, workspaces
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace

WANTED = ["CM-VC-VCS-L1-1", "CM-VC-VCS-L2-1", "CM-VC-VCS-L3-1", "CM-VC-BM-L1-1", "CM-VC-BM-L3-1"]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = make_workspace(tmp_path)
    yield made
    workspaces.close(made)


def hand_in(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def test_the_wanted_list_names_code_kind_title_and_need(workspace: Workspace, tmp_path: Path) -> None:
    written = self_assessment.write_wanted_list(workspace, ASSESSMENT, tmp_path / "w.xlsx", languages=("zh", "en"))
    assert written.value.rows == len(WANTED)
    rows = list(load_workbook(tmp_path / "w.xlsx").worksheets[0].iter_rows(values_only=True))
    listed = [row for row in rows if row[0] in WANTED]
    assert [row[0] for row in listed] == WANTED
    assert listed[0][4:9] == ("1", "CM-VC-VCS-L1-1-", "材料文档\nDocument", "制度\nRules", "必备\nrequired")


def test_a_folder_is_matched_by_name_in_both_printed_spellings(workspace: Workspace, tmp_path: Path) -> None:
    folder = hand_in(
        tmp_path / "returned",
        "CM-VC-VCS-L1-1-制度.docx",
        "sub/CD-CM-VC-VCS-L2-01-rules.pdf",
        "cm-vc-vcs-l3-1-录屏.mp4",
        "CM-VC-BM-L2-1-not wanted.pdf",
        "ＣＭ－VC_BM L3-1 分支.pdf",
        "读我.txt",
        ".DS_Store",
        "~$lock.docx",
        "__MACOSX/CM-VC-BM-L1-1-x.pdf",
    )
    match = evidence_folder.match_folder(workspace, ASSESSMENT, folder)
    assert [(str(file.path), file.request_code) for file in match.matched] == [
        ("CM-VC-VCS-L1-1-制度.docx", "CM-VC-VCS-L1-1"),
        ("cm-vc-vcs-l3-1-录屏.mp4", "CM-VC-VCS-L3-1"),
        (str(PurePath("sub/CD-CM-VC-VCS-L2-01-rules.pdf")), "CM-VC-VCS-L2-1"),
    ]
    assert [item.line.request.code for item in match.missing_required] == ["CM-VC-BM-L1-1", "CM-VC-BM-L3-1"]
    assert [str(file.path) for file in match.extra] == ["CM-VC-BM-L2-1-not wanted.pdf"]
    assert {file.path.name: file.suggestion for file in match.misnamed} == {
        "读我.txt": "",
        "ＣＭ－VC_BM L3-1 分支.pdf": "CM-VC-BM-L3-1-分支.pdf",
    }


def test_a_whole_folder_leaves_nothing_to_say(workspace: Workspace, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "returned", *(f"{code}-x.pdf" for code in WANTED))
    match = evidence_folder.match_folder(workspace, ASSESSMENT, folder)
    assert len(match.matched) == len(WANTED)
    assert (match.missing, match.extra, match.misnamed, match.wrong_kind) == ((), (), (), ())


def test_a_folder_that_is_not_there_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        evidence_folder.match_folder(workspace, ASSESSMENT, tmp_path / "nowhere")
    assert told.value.code == "SYS-004"
