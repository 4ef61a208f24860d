"""Names that evidence files carry, in both printed spellings."""

import pytest

from maturity_desktop.domain.evidence import parse_file_name


@pytest.mark.parametrize(
    ("name", "request_code", "title"),
    [
        ("CM-VC-BM-L3-1-分支管理规范.pdf", "CM-VC-BM-L3-1", "分支管理规范"),
        ("CD-CM-VC-VCS-L2-02-Version control.PNG", "CM-VC-VCS-L2-2", "Version control"),
        ("cd-cm-vc-bm-l3-1.mp4", "CM-VC-BM-L3-1", ""),
        ("DRM-DRM-DM-L4-3_one click.webm", "DRM-DRM-DM-L4-3", "one click"),
        ("TM-AT-ADES-L2-1 设计.v2.docx", "TM-AT-ADES-L2-1", "设计.v2"),
    ],
)
def test_the_naming_pattern_is_read(name: str, request_code: str, title: str) -> None:
    parsed = parse_file_name(name, "CD")
    assert parsed is not None
    assert parsed.request_code == request_code
    assert parsed.title == title


@pytest.mark.parametrize("name", ["report.pdf", "2021-05-01.png", "CM-VC-BM-3-1.pdf", "", "分支管理.pdf"])
def test_other_names_are_not_guessed_at(name: str) -> None:
    assert parse_file_name(name, "CD") is None
