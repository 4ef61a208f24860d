"""Shapes: each row spoils the good pack in one place and expects one issue, there."""

from pathlib import Path

import pytest

from maturity_desktop.packs import examine
from tests.unit.packs.packed import codes, spoiled, write_pack

ROWS = [
    pytest.param("standard.yaml", 'part: "9"', 'prat: "9"', "PACK-020", "standard.yaml:6:1", id="unknown key"),
    pytest.param(
        "b.yaml", "            text:", "            txt:", "PACK-020", "b.yaml:10:13", id="unknown key in a criterion"
    ),
    pytest.param("standard.yaml", "id: small\n", "", "PACK-021", "standard.yaml:1:1", id="missing key"),
    pytest.param("a.yaml", "        criteria:", "        note:", "PACK-021", "a.yaml:15:9", id="cell without criteria"),
    pytest.param("standard.yaml", "id: small", "id: {a: b}", "PACK-022", "standard.yaml:2:5", id="table for a text"),
    pytest.param("a.yaml", "kind: document", "kind: paper", "PACK-023", "a.yaml:24:36", id="unknown choice"),
    pytest.param("a.yaml", '"3": same', '"3": ditto', "PACK-023", "a.yaml:26:12", id="unknown cell word"),
    pytest.param("standard.yaml", "[minus]", "[half]", "PACK-023", "standard.yaml:18:14", id="unknown half step"),
    pytest.param("a.yaml", '"<="', '"=<"', "PACK-023", "a.yaml:20:62", id="unknown operator"),
    pytest.param("standard.yaml", "[zh, en]", "[zh, en, de]", "PACK-023", "standard.yaml:9:21", id="unknown language"),
    pytest.param(
        "a.yaml", "keep_for_higher: false", "keep_for_higher: no", "PACK-023", "a.yaml:15:26", id="bad boolean"
    ),
    pytest.param("a.yaml", 'value: "3"', 'value: "three"', "PACK-024", "a.yaml:20:75", id="bad number"),
    pytest.param("a.yaml", "weight: 1.5", "weight: .inf", "PACK-024", "a.yaml:11:13", id="infinite number"),
    pytest.param("standard.yaml", "floor_steps: 1", "floor_steps: 1.5", "PACK-024", "", id="number with decimals"),
    pytest.param("standard.yaml", "2026-01-31", "31.1.2026", "PACK-025", "standard.yaml:4:14", id="bad date"),
    pytest.param("standard.yaml", "2026-01-31", "2026-02-31", "PACK-025", "standard.yaml:4:14", id="impossible date"),
    pytest.param("standard.yaml", '"#8A94A6"', '"grey"', "PACK-026", "standard.yaml:14:50", id="bad colour"),
    pytest.param("b.yaml", "code: B-2", "code: B 2", "PACK-026", "b.yaml:4:11", id="bad code"),
    pytest.param("standard.yaml", "id: small", "id: ../small", "PACK-026", "standard.yaml:2:5", id="bad id"),
    pytest.param(
        "standard.yaml", "tree: [a.yaml, b.yaml]", "tree: []", "PACK-027", "standard.yaml:28:7", id="empty list"
    ),
    pytest.param("standard.yaml", "format: 1", "format: 2", "PACK-029", "standard.yaml:1:9", id="format of the future"),
    pytest.param("standard.yaml", "en: Small standard", 'en: ""', "PACK-030", "standard.yaml:5:21", id="blank text"),
    pytest.param("a.yaml", "weight: 1.5", "weight: [1]", "PACK-031", "a.yaml:11:13", id="list for a number"),
    pytest.param("standard.yaml", "2026-01-31", "[1]", "PACK-032", "standard.yaml:4:14", id="list for a date"),
    pytest.param(
        "b.yaml", "{zh: 乙, en: Beta}", "Beta", "PACK-033", "b.yaml:2:7", id="plain word for a bilingual text"
    ),
    pytest.param("b.yaml", "{zh: 乙, en: Beta}", "{}", "PACK-021", "b.yaml:2:7", id="no language at all"),
    pytest.param("a.yaml", "aliases: [旧甲]", "aliases: 旧甲", "PACK-034", "a.yaml:3:10", id="text for a list"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "place"),
    ROWS,
)
def test_a_wrong_shape_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str, place: str
) -> None:
    found = [(issue.code, issue.place) for issue in spoiled(tmp_path / "small", file, old, new)]
    assert code in [one for one, _ in found]
    assert not place or (code, place) in found


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("both nodes and cells", '      "3": empty', '      "3": empty\n    nodes: []'),
        ("neither", '    cells:\n      "1":', '    cellz:\n      "1":'),
    ],
)
def test_a_node_has_either_nodes_or_cells(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert "PACK-028" in [issue.code for issue in spoiled(tmp_path / name, "b.yaml", old, new)]


def test_a_tree_file_does_not_begin_with_a_rated_item(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "b.yaml").write_text("code: B\nname: {zh: 乙, en: B}\ncells: {}\n", encoding="utf-8")
    assert codes(examine(pack)) == ["PACK-028"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("just words\n", "PACK-035"),
        ("- a\n- list\n", "PACK-035"),
        ("code: B\nname: {zh: 乙, en: B}\nnodes: [word]\n", "PACK-035"),
        ("code: B\nname: {zh: 乙, en: B}\nnodes:\n  - {code: C, name: {zh: 丙, en: C}, cells: [x]}\n", "PACK-035"),
    ],
)
def test_a_table_is_wanted(tmp_path: Path, content: str, code: str) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "b.yaml").write_text(content, encoding="utf-8")
    assert codes(examine(pack)) == [code]


def test_a_broken_standard_file_still_lets_the_tree_files_be_judged(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small", "b.yaml", "code: B-2", "code: ?2")
    (pack / "standard.yaml").write_text("name: x\n", encoding="utf-8")
    found = [(issue.code, issue.place.split(":")[0]) for issue in examine(pack).issues]
    assert ("PACK-033", "standard.yaml") in found
    assert ("PACK-026", "b.yaml") in found


def test_the_nearest_known_key_is_proposed(tmp_path: Path) -> None:
    found = spoiled(tmp_path / "small", "standard.yaml", 'part: "9"', 'prat: "9"')
    assert dict(found[0].values) == {"key": "prat", "known": "part"}


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small", "standard.yaml", "id: small", "id: '?'")
    (pack / "a.yaml").write_text("code: '?'\n", encoding="utf-8")
    (pack / "b.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    assert {"PACK-026", "PACK-028", "PACK-011"} <= set(codes(examine(pack)))
