"""Meaning: each row breaks one rule of the good pack and expects exactly that issue."""

from pathlib import Path

import pytest

from maturity_desktop.packs import examine
from tests.unit.packs.packed import FILES, spoiled, write_pack

SHARE = "share_pct: 80, floor_steps: 1"
ROWS = [
    pytest.param("b.yaml", "code: B\n", "code: A\n", "PACK-040", "b.yaml:1:7", id="node code twice"),
    pytest.param("b.yaml", "B-2-2.1", "B-2-1.1", "PACK-040", "b.yaml:13:17", id="criterion id twice"),
    pytest.param("a.yaml", "A-1-L2-2", "A-1-L2-1", "PACK-040", "a.yaml:25:20", id="evidence code twice"),
    pytest.param("standard.yaml", "id: average", "id: minimum", "PACK-040", "standard.yaml:23:10", id="profile twice"),
    pytest.param("standard.yaml", "code: ops", "code: B-2", "PACK-040", "standard.yaml:25:12", id="module like a node"),
    pytest.param("standard.yaml", "[zh, en]", "[zh, zh, en]", "PACK-040", "standard.yaml:9:17", id="language twice"),
    pytest.param("standard.yaml", "b.yaml]", "b.yaml, b.yaml]", "PACK-040", "standard.yaml:28:24", id="file twice"),
    pytest.param("standard.yaml", 'code: "2"', 'code: "1"', "PACK-040", "standard.yaml:15:12", id="level twice"),
    pytest.param("b.yaml", '      "3": empty\n', "", "PACK-041", "b.yaml:7:7", id="cell missing"),
    pytest.param("b.yaml", '"3": empty', '"3": empty\n      "4": empty', "PACK-042", "b.yaml:17:12", id="extra cell"),
    pytest.param("a.yaml", '"1": empty', '"1": same', "PACK-043", "a.yaml:13:12", id="same at the lowest level"),
    pytest.param("standard.yaml", 'code: "3"', 'code: "4"', "PACK-044", "standard.yaml:16:12", id="gap in the scale"),
    pytest.param("b.yaml", "B-2-2.1", "B-2-3.1", "PACK-045", "b.yaml:13:17", id="id of another level"),
    pytest.param("b.yaml", "B-2-2.1", "B-9-2.1", "PACK-045", "b.yaml:13:17", id="id of another item"),
    pytest.param("b.yaml", "B-2-2.1", "B-2-2.0", "PACK-045", "b.yaml:13:17", id="id number zero"),
    pytest.param("b.yaml", "B-2-2.1", "B-2-2.01", "PACK-045", "b.yaml:13:17", id="id number with a leading zero"),
    pytest.param("b.yaml", "B-2-2.1", "B-2-2.x", "PACK-045", "b.yaml:13:17", id="id without number"),
    pytest.param("a.yaml", "A-1-L2-2", "A-1-L2-3", "PACK-046", "a.yaml:25:20", id="evidence skips a number"),
    pytest.param("a.yaml", "A-1-L2-1", "A-1-L3-1", "PACK-046", "a.yaml:24:20", id="evidence of another level"),
    pytest.param("a.yaml", 'value: "3"', 'value: "-3"', "PACK-047", "a.yaml:20:24", id="negative threshold"),
    pytest.param("standard.yaml", 'base_level: "1"', 'base_level: "0"', "PACK-048", "standard.yaml:17:13", id="base"),
    pytest.param("standard.yaml", 'target: "2"', 'target: "9"', "PACK-048", "standard.yaml:19:17", id="target"),
    pytest.param("standard.yaml", "share_pct: 80", "share_pct: 0", "PACK-049", "standard.yaml:22:57", id="no share"),
    pytest.param("standard.yaml", "share_pct: 80", "share_pct: 101", "PACK-049", "standard.yaml:22:57", id="above"),
    pytest.param("standard.yaml", "floor_steps: 1", "floor_steps: 3", "PACK-049", "standard.yaml:22:74", id="deep"),
    pytest.param("standard.yaml", "floor_steps: 1", "floor_steps: -1", "PACK-049", "standard.yaml:22:74", id="high"),
    pytest.param("a.yaml", "weight: 1.5", "weight: 0", "PACK-049", "a.yaml:11:13", id="weight zero"),
    pytest.param("standard.yaml", "per: sub_domain", SHARE, "PACK-050", "standard.yaml:23:36", id="foreign parameter"),
    pytest.param("standard.yaml", "[A, B-2]", "[A, B-9]", "PACK-051", "standard.yaml:25:60", id="node of a module"),
    pytest.param("b.yaml", "{zh: 乙, en: Beta}", "{zh: 乙}", "PACK-052", "b.yaml:2:7", id="language missing"),
    pytest.param("standard.yaml", "{zh: 主干, en: trunk,", "{zh: 主干,", "PACK-052", "standard.yaml:27:5", id="term"),
    pytest.param("standard.yaml", "  - {zh: 项, en: Item}\n", "", "PACK-054", "a.yaml:5:5", id="depth"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "place"), ROWS)
def test_a_broken_rule_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str, place: str
) -> None:
    found = [(issue.code, issue.place) for issue in spoiled(tmp_path / "small", file, old, new) if issue.is_error]
    assert (code, place) in found


@pytest.mark.parametrize(
    ("operator", "value", "unit", "is_fault"),
    [
        ("<=", "3", "days", False),
        ("<=", "0", "days", False),
        ("<", "0", "days", True),
        (">=", "0", "days", True),
        (">", "0", "days", False),
        ("=", "0", "days", False),
        (">=", "100", "%", False),
        (">", "100", "%", True),
        ("<=", "100", "%", True),
        (">=", "101", "%", True),
        (">=", "99.5", "%", False),
    ],
)
def test_thresholds_can_be_met_and_missed(tmp_path: Path, operator: str, value: str, unit: str, is_fault: bool) -> None:
    new = f'operator: "{operator}", value: "{value}", unit: {{zh: "{unit}", en: "{unit}"}}'
    found = spoiled(tmp_path / "small", "a.yaml", 'operator: "<=", value: "3", unit: {zh: 天, en: days}', new)
    assert ("PACK-047" in [issue.code for issue in found]) is is_fault


@pytest.mark.parametrize("steps", [0, 2])
def test_a_floor_may_lie_anywhere_on_the_scale(tmp_path: Path, steps: int) -> None:
    assert spoiled(tmp_path / "small", "standard.yaml", "floor_steps: 1", f"floor_steps: {steps}") == ()


def test_a_threshold_needs_no_unit(tmp_path: Path) -> None:
    assert spoiled(tmp_path / "small", "a.yaml", ", unit: {zh: 天, en: days}", "") == ()


def test_the_first_place_is_told_beside_a_repeated_name(tmp_path: Path) -> None:
    found = spoiled(tmp_path / "small", "b.yaml", "code: B\n", "code: A\n")
    assert dict(found[0].values) == {"name": "A", "other": "a.yaml:1:7"}


def test_levels_may_be_words(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    for name in FILES:
        text = (pack / name).read_text(encoding="utf-8")
        for number, word in (("1", "low"), ("2", "mid"), ("3", "top")):
            for old, new in ((f'"{number}"', word), (f"-{number}.", f"-{word}."), (f"-L{number}-", f"-L{word}-")):
                text = text.replace(old, new)
        text = text.replace("value: top", "value: 3")
        (pack / name).write_text(text, encoding="utf-8")
    assert examine(pack).issues == ()


@pytest.mark.parametrize(("cells", "code"), [(("empty",) * 3, "PACK-055"), (("empty", "empty", "same"), "PACK-043")])
def test_an_item_that_asks_nothing_is_refused(tmp_path: Path, cells: tuple[str, ...], code: str) -> None:
    pack = write_pack(tmp_path / "small")
    head, _, _ = FILES["b.yaml"].partition("    cells:")
    words = ", ".join(f'"{level}": {word}' for level, word in enumerate(cells, 1))
    (pack / "b.yaml").write_text(f"{head}    cells: {{{words}}}\n", encoding="utf-8")
    assert code in [issue.code for issue in examine(pack).issues]


def test_same_above_a_cell_with_criteria_is_fine(tmp_path: Path) -> None:
    assert spoiled(tmp_path / "small", "b.yaml", '"3": empty', '"3": same') == ()


def test_modules_are_not_judged_while_a_tree_file_is_broken(tmp_path: Path) -> None:
    found = [issue.code for issue in spoiled(tmp_path / "small", "b.yaml", "code: B-2", "code: '?'")]
    assert found == ["PACK-026"]


def test_a_text_in_an_undeclared_language_is_kept_with_a_warning(tmp_path: Path) -> None:
    found = spoiled(tmp_path / "small", "standard.yaml", "[zh, en]", "[zh]")
    assert {issue.code for issue in found} == {"PACK-053"}
    assert not any(issue.is_error for issue in found)
