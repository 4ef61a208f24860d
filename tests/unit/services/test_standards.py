"""The library of standards as services and the command line show it."""

import json
from pathlib import Path

import pytest

from maturity_desktop.cli.main import main
from maturity_desktop.domain import canonical
from maturity_desktop.errors import EnvironmentProblem, InputRejected
from maturity_desktop.packs.issues import Fault
from maturity_desktop.services import standards, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import area, say_issue
from tests.factories.sealed_workspace import SteadyClock, make_workspace
from tests.unit.packs.packed import FILES, spoiled, write_pack, zip_pack


def machine_with(tmp_path: Path, *roots: str) -> Machine:
    return Machine(clock=SteadyClock(), standards=tuple(tmp_path / root for root in roots), cache=tmp_path / "cache")


def test_the_library_finds_folders_and_files_and_leaves_out_broken_ones(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0")
    write_pack(tmp_path / "std" / "broken" / "1", "b.yaml", "code: B-2", "code: '?'")
    zipped = {**FILES, "standard.yaml": FILES["standard.yaml"].replace("id: small", "id: other").replace('"9"', '"2"')}
    zip_pack(tmp_path / "std" / "other.mdpack", zipped)
    cards = standards.library(machine_with(tmp_path, "std", "nowhere"))
    assert [(card.standard_id, card.part, card.rated_items, card.criteria) for card in cards] == [
        ("other", "2", 3, 5),
        ("small", "9", 3, 5),
    ]
    assert cards[1].place == tmp_path / "std" / "small" / "1.0"


def test_the_first_folder_wins_when_an_edition_is_there_twice(tmp_path: Path) -> None:
    write_pack(tmp_path / "a" / "small" / "1.0")
    write_pack(tmp_path / "b" / "small" / "1.0", "standard.yaml", "en: Small standard", "en: Copy")
    machine = machine_with(tmp_path, "a", "b")
    assert [card.name.en for card in standards.library(machine)] == ["Small standard"]
    assert standards.load(machine, "small").name.en == "Small standard"


def test_a_standard_without_part_number_stands_last(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "a" / "1", "standard.yaml", 'part: "9"\n', "")
    write_pack(tmp_path / "std" / "small" / "1.0", "standard.yaml", "id: small", "id: zz")
    assert [card.part for card in standards.library(machine_with(tmp_path, "std"))] == ["9", ""]


def test_the_newest_edition_is_loaded_unless_one_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0")
    newer = write_pack(tmp_path / "std" / "small" / "2.0", "standard.yaml", '"1.0"', '"2.0"')
    text = (newer / "standard.yaml").read_text(encoding="utf-8").replace("2026-01-31", "2026-06-30")
    (newer / "standard.yaml").write_text(text, encoding="utf-8")
    machine = machine_with(tmp_path, "std")
    assert standards.load(machine, "small").edition_id == "2.0"
    assert standards.load(machine, "small", "1.0").edition_id == "1.0"


def test_an_unknown_standard_is_said_to_be_missing(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0")
    with pytest.raises(EnvironmentProblem, match="PACK-001"):
        standards.load(machine_with(tmp_path, "std"), "small", "9")


def test_a_broken_standard_says_what_is_broken_instead_of_missing(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0", "b.yaml", "code: B-2", "code: '?'")
    with pytest.raises(InputRejected, match="PACK-002"):
        standards.load(machine_with(tmp_path, "std"), "small")


def test_pinning_keeps_the_content_once_and_journals_it(tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0")
    edition = standards.load(machine_with(tmp_path, "std"), "small")
    workspace = make_workspace(tmp_path)
    first, second = standards.pin(workspace, edition), standards.pin(workspace, edition)
    assert first.value == second.value == canonical.digest(edition)
    assert (bool(first.changes.areas), bool(second.changes.areas)) == (True, False)
    with workspace.read() as reading:
        assert reading.editions.load(first.value) == edition
        pinned = [
            entry for entry in reading.journal.entries(newest_first=True, limit=50) if entry.event == "edition.pinned"
        ]
    assert [entry.subject for entry in pinned] == [first.value]
    workspaces.close(workspace)


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_sentence_in_both_languages(fault: Fault) -> None:
    sentence = area("errors")[fault.value]
    assert all(sentence[language].strip() for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("b.yaml", "code: B\n", "code: A\n"),
        ("standard.yaml", 'part: "9"', 'prat: "9"'),
        ("standard.yaml", "[A, B-2]", "[A, B-3]"),
        ("a.yaml", "在 3 天内合并", "在当天合并"),
        ("b.yaml", "{zh: 乙, en: Beta}", "Beta"),
    ],
)
def test_sentences_are_filled_with_the_values_of_the_issue(tmp_path: Path, file: str, old: str, new: str) -> None:
    for issue in spoiled(tmp_path / "small", file, old, new):
        for language in ("zh", "en"):
            sentence = say_issue(language, issue)
            assert "{" not in sentence
            assert all(value in sentence for name, value in issue.values if name != "known")


def test_check_on_the_command_line_prints_file_line_and_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = write_pack(tmp_path / "small", "b.yaml", "B-2-2.1", "B-9-2.1")
    assert main(["standards", "check", str(pack), "--lang", "en"], machine_with(tmp_path)) == 1
    shown = capsys.readouterr().out
    assert "b.yaml:13:17: error PACK-045" in shown
    assert "B-2-2.1" in shown


def test_check_on_the_command_line_is_content_with_a_good_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = write_pack(tmp_path / "small")
    assert main(["standards", "check", str(pack), "--json"], machine_with(tmp_path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["packs"], told["mappings"]) == (True, 1, 0)
    assert (told["errors"], told["warnings"], told["issues"]) == (0, 0, [])
    assert [one["state"] for one in told["signatures"]] == ["unsigned"]


def test_check_tells_warnings_from_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write_pack(tmp_path / "small", "a.yaml", "每次提交都触发一次构建。", "定期触发构建。")
    assert main(["standards", "check", str(pack), "--json"], machine_with(tmp_path)) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["warnings"], told["issues"][0]["severity"]) == (0, 1, "warning")


def test_list_and_show_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pack(tmp_path / "std" / "small" / "1.0")
    machine = machine_with(tmp_path, "std")
    assert main(["standards", "list", "--lang", "zh"], machine) == 0
    assert "小标准" in capsys.readouterr().out
    assert main(["standards", "list", "--json"], machine) == 0
    assert json.loads(capsys.readouterr().out)["standards"][0]["id"] == "small"
    assert main(["standards", "show", "small", "--lang", "en"], machine) == 0
    assert "A-1 Alpha one" in capsys.readouterr().out
    assert main(["standards", "show", "small", "--json"], machine) == 0
    assert json.loads(capsys.readouterr().out)["nodes"][0]["criteria"] == [0, 2, 0]


def test_an_unknown_standard_on_the_command_line_is_a_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["standards", "show", "nope", "--lang", "en"], machine_with(tmp_path)) == 2
    assert "not installed" in capsys.readouterr().err
