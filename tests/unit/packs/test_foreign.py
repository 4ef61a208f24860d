"""Models from elsewhere: counts in are counts out, what is not carried is listed, owners' numbers stay theirs."""

import json
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import CellKind, Edition
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs import PackFiles, examine_files
from maturity_desktop.packs.foreign import plainly
from maturity_desktop.packs.foreign.build import Imported
from maturity_desktop.packs.foreign.recognise import Recognised, Wishes, recognise
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.write import PackContent, pack_files
from tests.factories import foreign_models

TODAY = date(2026, 11, 23)


def imported(path: Path, *, groups: Groups = Groups.AUTO, columns: Path | None = None) -> Imported:
    found = recognise(path, Wishes(today=TODAY, groups=groups, columns=columns)).imported
    assert found is not None
    assert found.found.assessed == found.carried.assessed == len(found.edition.items)
    listed = next((left.count for left in found.left if left.what == "empty_groups"), 0)
    assert found.found.entries == found.carried.entries + listed
    again = examine_files(PackFiles(pack_files(PackContent(edition=found.edition))))
    assert [issue for issue in again.issues if issue.is_error] == []
    assert again.edition == found.edition
    return found


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def left_of(found: Imported) -> dict[str, int]:
    return {left.what: left.count for left in found.left}


def cells(edition: Edition, code: str) -> list[CellKind]:
    return [cell.kind for cell in edition.item_by_code[NodeCode(code)].cells]


def test_groups_that_contain_each_other_become_levels(tmp_path: Path) -> None:
    found = imported(write(tmp_path, "l.yaml", foreign_models.LIBRARY))
    edition = found.edition
    assert [level.code for level in edition.levels] == ["B", "I", "E"]
    assert edition.profiles[0].id == "gate"
    assert (edition.standard_id, edition.edition_id, edition.released_on) == ("house-rules", "3", date(2025, 3, 4))
    assert cells(edition, "ID.1") == [CellKind.CRITERIA, CellKind.SAME, CellKind.SAME]
    assert cells(edition, "ID.2.1") == [CellKind.EMPTY, CellKind.EMPTY, CellKind.CRITERIA]
    assert edition.item_by_code[NodeCode("ID.2")].weight == 2
    assert [node.code for node in edition.path_to(NodeCode("ID.2.1"))] == ["ID", "ID.2-G"]


def test_groups_are_scopes_when_wished(tmp_path: Path) -> None:
    edition = imported(write(tmp_path, "l.yaml", foreign_models.LIBRARY), groups=Groups.SCOPES).edition
    assert len(edition.levels) == 1
    assert {module.code: len(module.nodes) for module in edition.modules} == {"B": 2, "I": 3, "E": 4}


def test_a_score_scale_gives_levels_and_credit_and_groups_become_scopes(tmp_path: Path) -> None:
    edition = imported(write(tmp_path, "l.yaml", foreign_models.with_scores())).edition
    assert [level.name.en for level in edition.levels] == ["some", "most", "all"]
    (scores,) = edition.answer_sets or ()
    assert [choice.credit for choice in scores.choices] == [0, Decimal("0.333333"), Decimal("0.666667"), 1]
    assert len(edition.modules) == 3


def test_questions_with_choices_become_criteria_and_others_are_talked_about(tmp_path: Path) -> None:
    edition = imported(write(tmp_path, "l.yaml", foreign_models.with_questions())).edition
    item = edition.item_by_code[NodeCode("PR.1")]
    assert [criterion.text.en for criterion in item.criteria] == ["Are they locked?"]
    assert [question.en for question in item.questions] == ["Who holds the keys?"]
    assert item.scope.en == "Doors are closed."
    answers = edition.answer_set_of(item.criteria[0])
    assert answers is not None
    assert [choice.credit for choice in answers.choices] == [1, Decimal("0.5"), 0]


def test_what_a_library_holds_beyond_an_edition_is_listed(tmp_path: Path) -> None:
    found = imported(write(tmp_path, "l.yaml", foreign_models.LIBRARY))
    assert left_of(found) == {
        "threats": 1,
        "reference_controls": 1,
        "threats_references": 1,
        "library_texts": 2,
        "other_fields": 2,
        "reference_controls_references": 1,
        "other_languages": 1,
        "group_texts": 1,
        "empty_groups": 1,
    }
    criterion = found.edition.item_by_code[NodeCode("ID.1")].criteria[0]
    assert (criterion.text.zh, criterion.note.en) == ("有一份资产清单。", "• look at three entries")


def test_a_library_in_another_language_is_carried_and_said_so(tmp_path: Path) -> None:
    text = foreign_models.LIBRARY.replace("locale: en", "locale: fr")
    assert left_of(imported(write(tmp_path, "l.yaml", text)))["foreign_locale"] == 1


def test_the_excel_form_gives_the_same_kind_of_edition(tmp_path: Path) -> None:
    found = imported(write(tmp_path, "form.xlsx", foreign_models.ciso_excel()))
    edition = found.edition
    assert [item.code for item in edition.items][:2] == ["A.1", "A.2"]
    assert (found.found.entries, found.found.assessed) == (5, 3)
    assert [criterion.text.en for criterion in edition.item_by_code[NodeCode("A.1")].criteria] == ["Counted?"]
    assert {module.code: len(module.nodes) for module in edition.modules} == {"one": 2, "two": 2}


def test_samm_keeps_its_answers_levels_and_averaging(tmp_path: Path) -> None:
    folder = foreign_models.samm_files(tmp_path / "model")
    with zipfile.ZipFile(tmp_path / "samm.zip", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"core/model/{path.name}")
    edition = imported(folder).edition
    assert imported(tmp_path / "samm.zip").edition == edition
    assert [item.code for item in edition.items] == ["D-TM-A", "D-TM-B", "D-SR-A", "V-ST-A"]
    assert [len(cell.criteria) for cell in edition.items[0].cells] == [1, 1, 1]
    (answers,) = edition.answer_sets or ()
    assert [choice.credit for choice in answers.choices] == [0, Decimal("0.25"), Decimal("0.5"), 1]
    assert "– It is known" in edition.items[0].criteria[0].note.en
    assert edition.profiles[0].over.value == "node"


def test_an_activity_without_a_maturity_level_is_refused(tmp_path: Path) -> None:
    folder = foreign_models.samm_files(tmp_path / "model")
    next(folder.glob("MaturityLevel-m2-*.yml")).unlink()
    with pytest.raises(InputRejected, match="AUT-008"):
        recognise(folder, Wishes(today=TODAY))


def test_controls_of_a_catalog_become_items_with_their_statements(tmp_path: Path) -> None:
    found = imported(write(tmp_path, "c.json", json.dumps(foreign_models.CATALOG)))
    item = found.edition.item_by_code[NodeCode("AC-1")]
    assert [criterion.text.en for criterion in item.criteria] == [
        "a. Write it for [roles]:\n  with scope;",
        "Review it every [30 days].",
    ]
    assert item.criteria[0].note.en == "Keep it short."
    assert left_of(found) == {
        "withdrawn_controls": 1,
        "other_parts": 1,
        "links": 1,
        "back_matter": 1,
        "parameters": 2,
        "empty_groups": 1,
    }
    assert found.edition.released_on == date(2024, 5, 6)


def test_a_plain_table_follows_its_column_file(tmp_path: Path) -> None:
    columns = write(tmp_path, "c.toml", foreign_models.COLUMNS)
    found = imported(write(tmp_path, "t.csv", foreign_models.TABLE.encode("gb18030")), columns=columns)
    edition = found.edition
    assert [item.code for item in edition.items] == ["CM-1", "CM-2", "OP-1"]
    assert cells(edition, "CM-1") == [CellKind.CRITERIA, CellKind.CRITERIA]
    assert cells(edition, "CM-2") == [CellKind.EMPTY, CellKind.CRITERIA]
    assert [node.name.zh for node in edition.path_to(NodeCode("OP-1"))] == ["运维", "监控"]
    assert left_of(found) == {"date_of_import": 1, "columns": 1}


def test_level_columns_hold_one_criterion_per_line(tmp_path: Path) -> None:
    table = '项,1级,2级,3级\n甲,无,"1. 有脚本。\n2. 有人看。",同上\n乙,有文档。,有模板。,有度量。\n'
    columns = 'id = "t"\nname = "表"\nitem = "项"\n[level_columns]\n1 = "1级"\n2 = "2级"\n3 = "3级"\n'
    found = imported(write(tmp_path, "t.csv", table), columns=write(tmp_path, "c.toml", columns))
    first, second = found.edition.items
    assert [cell.kind for cell in first.cells] == [CellKind.EMPTY, CellKind.CRITERIA, CellKind.SAME]
    assert [criterion.text.zh for criterion in first.criteria] == ["有脚本。", "有人看。"]
    assert len(second.criteria) == 3


@pytest.mark.parametrize("spoil", [lambda text: text.replace('"要求"', '"无此列"'), lambda text: text + 'x = "y"\n'])
def test_a_column_that_is_not_there_is_named(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    columns = write(tmp_path, "c.toml", spoil(foreign_models.COLUMNS))
    with pytest.raises(InputRejected, match="AUT-014"):
        recognise(write(tmp_path, "t.csv", foreign_models.TABLE), Wishes(today=TODAY, columns=columns))


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.yaml", BOMB, "AUT-007", id="repeated beyond reason"),
        pytest.param("a.yaml", "x: !!python/object/apply:os.system [ls]", "AUT-007", id="tag"),
        pytest.param("a.yaml", "a: &a [*a]", "AUT-007", id="value inside itself"),
        pytest.param("a.yaml", "[" * 5_000, "AUT-0(07|19)", id="deep yaml"),
        pytest.param("a.yaml", "a: [b", "AUT-019", id="broken yaml"),
        pytest.param("a.yaml", b"\xff\xfe\x00", "AUT-003", id="no utf-8"),
        pytest.param("a.yaml", "a: 1\n---\nb: 2\n", "AUT-003", id="two documents"),
        pytest.param("a.yaml", "a: 1\n", "AUT-001", id="another yaml"),
        pytest.param("a.json", "[" * 200_000, "AUT-0(07|19)", id="deep json"),
        pytest.param("a.json", "{", "AUT-019", id="broken json"),
        pytest.param("a.json", '{"catalog": {"groups": []}}', "AUT-006", id="nothing to assess"),
        pytest.param("a.zip", b"PK", "AUT-003", id="no archive"),
        pytest.param("a.doc", b"", "AUT-001", id="unknown kind"),
        pytest.param("a.csv", "a,b\n", "AUT-001", id="table without column file"),
    ],
)
def test_hostile_and_unknown_files_are_refused(tmp_path: Path, name: str, content: str | bytes, code: str) -> None:
    with pytest.raises(InputRejected, match=code):
        recognise(write(tmp_path, name, content), Wishes(today=TODAY))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.yml", b"0" * 20_000_000)
    with pytest.raises(InputRejected, match="AUT-004"):
        recognise(tmp_path / "a.zip", Wishes(today=TODAY))


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with path.open("wb") as stream:
        stream.truncate(plainly.MAX_BYTES + 1)
    with pytest.raises(InputRejected, match="AUT-002"):
        recognise(path, Wishes(today=TODAY))


def test_codes_are_unique_and_stay_when_labels_change(tmp_path: Path) -> None:
    text = foreign_models.LIBRARY.replace("ref_id: PR.1", "ref_id: id.1")
    first = imported(write(tmp_path, "a.yaml", text)).edition
    second = imported(write(tmp_path, "b.yaml", text.replace("name: Doors", "name: Gates"))).edition
    codes = [item.code for item in first.items]
    assert len({code.lower() for code in codes}) == len(codes)
    assert codes == [item.code for item in second.items]


def test_five_thousand_requirements_come_in_within_seconds(tmp_path: Path) -> None:
    path = write(tmp_path, "big.yaml", foreign_models.big_library(5_000))
    assert path.stat().st_size > 3_000_000
    began = time.process_time()
    found: Recognised = recognise(path, Wishes(today=TODAY))
    taken = time.process_time() - began
    assert found.imported is not None
    assert found.imported.carried.assessed == 5_000
    began = time.process_time()
    yaml.safe_load(path.read_text(encoding="utf-8"))
    assert taken < 4 * (time.process_time() - began), "importing costs more than a few bare readings"
