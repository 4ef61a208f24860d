"""Authors' verbs as services and the command line offer them: export, import, compare, try, check."""

import argparse
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from maturity_desktop.cli import standards as command
from maturity_desktop.domain import canonical
from maturity_desktop.errors import EnvironmentProblem, InputRejected, MaturityError
from maturity_desktop.packs import examine
from maturity_desktop.services import authoring, examples, standards
from maturity_desktop.services.authoring import ImportWishes
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from tests.factories import foreign_models
from tests.factories.sealed_workspace import SteadyClock
from tests.unit.packs.packed import write_pack


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    write_pack(tmp_path / "std" / "small" / "1.0")
    return Machine(clock=SteadyClock(), standards=(tmp_path / "std",), cache=tmp_path / "cache")


def run(machine: Machine, *words: str) -> int:
    top = argparse.ArgumentParser()
    command.register(top.add_subparsers())
    args = top.parse_args(["standards", *words, "--lang", "en"])
    code: int = args.run(args, machine)
    return code


def test_export_import_export_is_identical_to_the_byte(machine: Machine, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    exported = authoring.export_workbook(machine, "small", first)
    plan = authoring.plan_import(machine, first, tmp_path / "pack")
    assert plan.is_possible
    authoring.carry_out(plan, tmp_path / "std" / "copied" / "1.0")
    (tmp_path / "std" / "small" / "1.0" / "standard.yaml").unlink()
    again = authoring.export_workbook(machine, "small", second)
    assert second.read_bytes() == first.read_bytes()
    assert (again.sha256, again.digest) == (exported.sha256, exported.digest)
    assert standards.check(tmp_path / "std" / "copied" / "1.0") == ()


def test_a_dry_run_tells_the_changes_and_writes_nothing(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "a.xlsx"
    pack = tmp_path / "std" / "small" / "1.0"
    authoring.export_workbook(machine, "small", book)
    edit(book, "tree", "Beta two", "Beta, second")
    before = {path.name: path.read_bytes() for path in pack.iterdir()}
    assert run(machine, "import", str(book), "--into", str(pack), "--dry-run", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changes"] == [
        {"kind": "changed", "what": "tree", "id": "B-2", "field": "label::en", "old": "Beta two", "new": "Beta, second"}
    ]
    assert (told["written"], told["replaces"], told["counts"]["rated_items"]) == ([], True, 3)
    assert {path.name: path.read_bytes() for path in pack.iterdir()} == before
    assert run(machine, "import", str(book), "--into", str(pack)) == 0
    edition = examine(pack).edition
    assert edition is not None
    assert edition.items[1].name.en == "Beta, second"


def edit(book: Path, sheet: str, old: str, new: str) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened[sheet]
    assert isinstance(page, Worksheet)
    for row in page.iter_rows():
        for cell in row:
            if cell.value == old:
                page.cell(cell.row, cell.column or 1, new)
    opened.save(book)


def test_faults_forbid_the_import_and_stand_in_the_errors_sheet(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, marked, into = tmp_path / "a.xlsx", tmp_path / "marked.xlsx", tmp_path / "new"
    authoring.export_workbook(machine, "small", book)
    edit(book, "evidence", "document", "photo")
    words = ("import", str(book), "--into", str(into), "--errors", str(marked), "--json")
    assert run(machine, *words) == 1
    (fault,) = (one for one in json.loads(capsys.readouterr().out)["issues"] if one["severity"] == "error")
    assert (fault["sheet"], fault["row"], fault["column"], fault["heading"]) == ("evidence", 2, "D", "kind")
    assert fault["what"] and fault["mend"]
    assert not into.exists()
    listed = openpyxl.load_workbook(marked)["errors"]
    assert isinstance(listed, Worksheet)
    assert [cell.value for cell in listed[2]][:5] == ["evidence", "2", "D", "kind", "PACK-023"]
    with pytest.raises(InputRejected, match="AUT-005"):
        authoring.carry_out(authoring.plan_import(machine, book), into)


def test_a_folder_with_other_things_is_never_replaced(machine: Machine, tmp_path: Path) -> None:
    book = tmp_path / "a.xlsx"
    authoring.export_workbook(machine, "small", book)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.docx").write_bytes(b"x")
    with pytest.raises(EnvironmentProblem, match="AUT-010"):
        authoring.carry_out(authoring.plan_import(machine, book), tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.docx").read_bytes() == b"x"


def test_a_foreign_model_is_imported_walked_and_tried(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = foreign_models.samm_files(tmp_path / "model")
    into = tmp_path / "std" / "samm" / "2"
    assert run(machine, "import", str(model), "--into", str(into), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["source"], told["carried"]["assessed"]) == ({"entries": 9, "assessed": 4}, 4)
    assert {"activity_texts", "group_texts"} <= {left["what"] for left in told["not_carried"]}
    rows = {
        "D-TM-A": ("1", "0.25", "0"),
        "D-TM-B": ("1", "0.5", "0.25"),
        "D-SR-A": ("1", "1", "0.5"),
        "V-ST-A": ("Half",) * 3,
    }
    lines = [f"{item}-{level}.1,{word}" for item, words in rows.items() for level, word in enumerate(words, 1)]
    answers = tmp_path / "answers.csv"
    answers.write_text("code,answer\n" + "\n".join(lines), encoding="utf-8")
    assert run(machine, "try", str(into), "--answers", str(answers), "--json") == 0
    tried = json.loads(capsys.readouterr().out)
    scores = {code: tried["nodes"][code]["score"] for code in ("D-TM", "D-SR", "D", "V")}
    assert scores == {"D-TM": "1.50", "D-SR": "2.50", "D": "2.00", "V": "1.50"}
    assert tried["result"]["score"] == "1.75"


def test_groups_may_be_chosen_as_scopes(machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "l.yaml"
    path.write_text(foreign_models.LIBRARY, encoding="utf-8")
    words = ("import", str(path), "--into", str(tmp_path / "x"), "--dry-run", "--groups", "scopes", "--json")
    assert run(machine, *words) == 0
    assert json.loads(capsys.readouterr().out)["modules"] == ["B", "I", "E"]


def test_diff_compares_installed_editions_and_folders(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write_pack(tmp_path / "other", "a.yaml", "Each commit starts a build.", "Every commit starts a build.")
    assert run(machine, "diff", "small", "small@1.0", "--json") == 0
    assert json.loads(capsys.readouterr().out)["equal"] is True
    assert run(machine, "diff", "small", str(other)) == 1
    assert "A-1-2.2" in capsys.readouterr().out


def test_try_takes_answers_for_nodes_items_and_criteria(machine: Machine, tmp_path: Path) -> None:
    edition = standards.load(machine, "small")
    answers = tmp_path / "a.csv"
    answers.write_text("编号;答案\nwhole;符合\nB-2;n\nB-2-1.1;y\n", encoding="utf-8")
    tried = examples.try_file(edition, answers)
    assert (tried.rating("A-1"), tried.rating("B-2"), tried.rating("whole")) == ("3", "1", "1")


@pytest.mark.parametrize(
    ("text", "profile", "code"),
    [("A-9,y\n", "", "AUT-013"), ("A-1,maybe\n", "", "AUT-013"), ("A-1,y\n", "none", "AUT-015")],
)
def test_answers_that_cannot_be_understood_are_refused(
    machine: Machine, tmp_path: Path, text: str, profile: str, code: str
) -> None:
    answers = tmp_path / "a.csv"
    answers.write_text(text, encoding="utf-8")
    with pytest.raises(MaturityError, match=code):
        examples.try_file(standards.load(machine, "small"), answers, profile)


EXAMPLE = """\
examples:
  - name: {zh: 一例, en: One}
    otherwise: compliant
    answers: {B-2-2.1: not_compliant}
    ratings: {A-1: "3", B-2: "1", whole: "1"}
    scores: {A-1: "3.0"}
tree: [a.yaml, b.yaml]
"""


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        pytest.param("", "", [], id="holds"),
        pytest.param('B-2: "1"', 'B-2: "2"', ["PACK-058"], id="another rating"),
        pytest.param('"3.0"', '"2.5"', ["PACK-058"], id="another score"),
        pytest.param("B-2-2.1: not", "B-2-2.9: not", ["PACK-057", "PACK-058", "PACK-058"], id="unknown criterion"),
        pytest.param('A-1: "3", B', 'A-9: "3", B', ["PACK-057"], id="unknown item"),
        pytest.param("otherwise: compliant", "otherwise: perhaps", ["PACK-057"], id="unknown answer"),
    ],
)
def test_worked_examples_of_a_pack_are_tried_when_it_is_checked(
    tmp_path: Path, old: str, new: str, codes: list[str]
) -> None:
    pack = write_pack(tmp_path / "small", "standard.yaml", "tree: [a.yaml, b.yaml]\n", EXAMPLE.replace(old, new, 1))
    found = [issue.code for issue in standards.check(pack)]
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_check_takes_several_packs_and_tells_what_they_share(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = write_pack(tmp_path / "a")
    second = write_pack(tmp_path / "b", "standard.yaml", "id: small", "id: other")
    assert run(machine, "check", str(first), str(second), "--json") == 1
    codes = {issue["code"] for issue in json.loads(capsys.readouterr().out)["issues"]}
    assert codes == {"PACK-084", "PACK-085"}


def test_a_table_needs_its_column_file(machine: Machine, tmp_path: Path) -> None:
    table, columns = tmp_path / "t.csv", tmp_path / "c.toml"
    table.write_text(foreign_models.TABLE, encoding="utf-8")
    columns.write_text(foreign_models.COLUMNS, encoding="utf-8")
    with pytest.raises(InputRejected, match="AUT-001"):
        authoring.plan_import(machine, table)
    plan = authoring.plan_import(machine, table, wishes=ImportWishes(columns=columns))
    assert plan.content is not None
    assert authoring.counts_of(plan.content.edition).rated_items == 3


def test_a_shipped_standard_takes_its_links_into_the_workbook_and_back(tmp_path: Path) -> None:
    shipped = Machine(clock=SteadyClock(), standards=(paths.standards(),), cache=tmp_path / "cache")
    book = tmp_path / "a.xlsx"
    exported = authoring.export_workbook(shipped, "cn-devops-3", book)
    assert exported.rows["mappings"] > 40
    plan = authoring.plan_import(shipped, book)
    assert plan.content is not None
    assert len(plan.content.links) == exported.rows["mappings"]
    assert canonical.digest(plan.content.edition) == exported.digest
