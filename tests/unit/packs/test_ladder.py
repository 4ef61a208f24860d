"""The ladder of levels and packs beside each other: each rule has a bad pack, and a neighbour it must let pass."""

from pathlib import Path

import pytest

from maturity_desktop.packs import alike, examine
from maturity_desktop.packs.alike import check as check_together
from tests.unit.packs.packed import FILES, codes, spoiled, write_pack

TOP = "text: {zh: 发布由业务人员自助完成。, en: Business people release on their own.}"
LOW = "text: {zh: 测试环境由脚本创建。, en: Test environments are created by a script.}"
THIRD = '"3": empty'


def limit(operator: str, value: int, metric: str = "时长") -> str:
    return (
        f'threshold: {{metric: {{zh: {metric}, en: {metric} time}}, operator: "{operator}", value: "{value}", '
        "unit: {zh: 天, en: days}}"
    )


def two_limits(folder: Path, low: str, high: str) -> list[str]:
    """A pack whose item B-2 has a limit on level 2 and one on level 3."""
    text = FILES["b.yaml"].replace(
        LOW, f"text: {{zh: 脚本 9 天内完成。, en: A script runs in 9 days.}}\n            {low}", 1
    )
    point = f"- id: B-2-3.1\n            text: {{zh: 更好 9 天。, en: Better in 9 days.}}\n            {high}"
    text = text.replace(THIRD, f'"3":\n        criteria:\n          {point}', 1)
    pack = write_pack(folder)
    (pack / "b.yaml").write_text(text, encoding="utf-8")
    return [code for code in codes(examine(pack)) if code in ("PACK-080", "PACK-081")]


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        pytest.param(limit("<=", 3), limit("<=", 5), ["PACK-080"], id="more time allowed above"),
        pytest.param(limit(">=", 80), limit(">=", 60), ["PACK-080"], id="less coverage asked above"),
        pytest.param(limit("<", 3), limit("<=", 4), ["PACK-080"], id="strict below, lax above"),
        pytest.param(limit("<=", 3), limit(">=", 5), ["PACK-081"], id="at most 3 and at least 5"),
        pytest.param(limit("<", 3), limit(">=", 3), ["PACK-081"], id="below 3 and at least 3"),
        pytest.param(limit("=", 3), limit("=", 4), ["PACK-081"], id="two fixed values"),
        pytest.param(limit(">=", 5), limit("=", 4), ["PACK-081"], id="fixed value outside"),
        pytest.param(limit("<=", 5), limit("<=", 3), [], id="stricter above"),
        pytest.param(limit("<=", 3), limit("<=", 3), [], id="the same above"),
        pytest.param(limit("<=", 3), limit(">=", 3), [], id="exactly 3 is possible"),
        pytest.param(limit("<=", 3), limit("<=", 5, "间隔"), [], id="another metric"),
    ],
)
def test_thresholds_climb_with_the_levels(tmp_path: Path, low: str, high: str, found: list[str]) -> None:
    assert two_limits(tmp_path / "small", low, high) == found


def test_a_level_at_which_no_item_asks_anything_is_named(tmp_path: Path) -> None:
    text = FILES["b.yaml"]
    head, _, _ = text.partition("  - code: B-3")
    pack = write_pack(tmp_path / "small")
    (pack / "b.yaml").write_text(head, encoding="utf-8")
    found = [issue for issue in examine(pack).issues if issue.code == "PACK-082"]
    assert [(issue.place, dict(issue.values)["level"]) for issue in found] == [("standard.yaml:16:12", "3")]


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        pytest.param("b.yaml", "en: Beta two", "en: Beta 二", "PACK-071", id="name"),
        pytest.param("standard.yaml", "en: trunk", "en: trunk（主干）", "PACK-071", id="glossary"),
        pytest.param("a.yaml", "en: days", "en: 天", "PACK-071", id="unit"),
        pytest.param("b.yaml", "en: Beta three", "en: 'Beta，three'", "PACK-071", id="Chinese comma"),
        pytest.param(
            "b.yaml",
            "zh: 测试环境由脚本创建。",
            "zh: 脚本 creates all of it now。",
            "PACK-083",
            id="run",
        ),
    ],
)
def test_languages_mixed_up_anywhere_are_found(tmp_path: Path, file: str, old: str, new: str, code: str) -> None:
    assert code in [issue.code for issue in spoiled(tmp_path / "small", file, old, new)]


def test_an_evidence_request_without_kind_is_refused(tmp_path: Path) -> None:
    found = spoiled(tmp_path / "small", "a.yaml", "kind: document, ", "")
    assert [(issue.code, dict(issue.values)["key"]) for issue in found] == [("PACK-021", "kind")]


def other_pack(folder: Path, *, code: str = "OT", text: str = "") -> Path:
    pack = write_pack(folder, "standard.yaml", "id: small", "id: other")
    for name in FILES:
        content = (pack / name).read_text(encoding="utf-8").replace("code: SM", f"code: {code}")
        if text and name == "b.yaml":
            content = content.replace("zh: 发布由业务人员自助完成。", f"zh: {text}")
        (pack / name).write_text(content, encoding="utf-8")
    return pack


def together(*packs: Path) -> list[tuple[str, str]]:
    editions = [edition for pack in packs if (edition := examine(pack).edition) is not None]
    assert len(editions) == len(packs)
    return [(issue.code, dict(issue.values).get("id", "")) for issue in check_together(editions)]


def test_the_same_criterion_in_two_standards_is_reported(tmp_path: Path) -> None:
    found = together(write_pack(tmp_path / "a"), other_pack(tmp_path / "b"))
    assert ("PACK-085", "B-3-3.1") in found


def test_a_nearly_equal_criterion_in_two_standards_is_reported(tmp_path: Path) -> None:
    found = together(write_pack(tmp_path / "a"), other_pack(tmp_path / "b", text="发布由业务人员自助完成了。"))
    assert ("PACK-086", "B-3-3.1") in found


def test_two_editions_of_one_standard_may_say_the_same(tmp_path: Path) -> None:
    newer = write_pack(tmp_path / "b", "standard.yaml", 'edition: "1.0"', 'edition: "2.0"')
    assert together(write_pack(tmp_path / "a"), newer) == []


def test_two_standards_cannot_share_a_domain_code_nor_two_packs_an_edition(tmp_path: Path) -> None:
    first = write_pack(tmp_path / "a")
    assert together(first, other_pack(tmp_path / "b", code="SM"))[0][0] == "PACK-084"
    assert [code for code, _ in together(first, write_pack(tmp_path / "c"))] == ["PACK-084"]
    assert "PACK-084" not in [code for code, _ in together(first, other_pack(tmp_path / "d"))]


def test_nothing_is_alike_alone() -> None:
    assert alike.check([]) == ()
