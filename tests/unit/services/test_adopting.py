"""Drafts, editions and folders of adopted imports; column choices as column files; checking folders of packs."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.cli import standards as command
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Cancelled, EnvironmentProblem, InputRejected, RuleBroken
from maturity_desktop.services import adopting, authoring, columns, pack_checks, standards
from maturity_desktop.services.adopting import Standing
from maturity_desktop.services.columns import TableChoice, Use
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from tests.factories import foreign_models
from tests.factories.sealed_workspace import SteadyClock
from tests.unit.packs.packed import write_pack


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    write_pack(tmp_path / "std" / "small" / "1.0")
    return Machine(clock=SteadyClock(), standards=(tmp_path / "std", tmp_path / "own"), cache=tmp_path / "cache")


def drafted(machine: Machine, folder: Path) -> adopting.ImportDraft:
    authoring.export_workbook(machine, "small", folder / "a.xlsx")
    return adopting.draft(machine, folder / "a.xlsx")


def with_name(draft: adopting.ImportDraft, name: str) -> adopting.ImportDraft:
    content = draft.plan.content
    assert content is not None
    edition = replace(content.edition, name=Text(zh=name, en=name))
    return replace(draft, plan=replace(draft.plan, content=replace(content, edition=edition)))


def test_a_draft_is_compared_with_the_installed_edition_and_an_equal_one_needs_no_place(
    machine: Machine, tmp_path: Path
) -> None:
    draft = drafted(machine, tmp_path)
    assert draft.base is not None
    assert (draft.base.edition_id, draft.differences) == ("1.0", ())
    assert draft.unchanged == len(standards.load(machine, "small").criterion_by_id)
    assert adopting.standing(machine, draft, "1.0") is Standing.SAME
    assert adopting.suggested_edition(machine, draft) == "1.0"


def test_an_edition_of_another_folder_is_never_covered_up(machine: Machine, tmp_path: Path) -> None:
    draft = with_name(drafted(machine, tmp_path), "Anew")
    assert adopting.standing(machine, draft, "1.0") is Standing.TAKEN
    assert adopting.suggested_edition(machine, draft) == "1.0-2"
    with pytest.raises(RuleBroken) as refused:
        adopting.adopt(machine, draft, "1.0")
    assert refused.value.code == "AUT-021"
    assert not (tmp_path / "own").exists()


def test_an_adopted_edition_is_in_the_library_and_can_be_replaced_by_its_author(
    machine: Machine, tmp_path: Path
) -> None:
    for name in ("Anew", "Once more"):
        draft = with_name(drafted(machine, tmp_path), name)
        done = adopting.adopt(machine, draft, "1.0-2")
        assert done.card is not None
        assert done.card.name.en == name
        assert done.folder == tmp_path / "own" / "small" / "1.0-2"
    assert adopting.standing(machine, with_name(drafted(machine, tmp_path), "Third"), "1.0-2") is Standing.OWN


@pytest.mark.parametrize("spelling", ["", "A", "2021/1", "../x", ".x", "x" * 81])
def test_an_edition_is_spelled_as_packs_spell_it(machine: Machine, tmp_path: Path, spelling: str) -> None:
    with pytest.raises(InputRejected) as refused:
        adopting.adopt(machine, drafted(machine, tmp_path), spelling)
    assert refused.value.code == "AUT-020"


def test_without_a_folder_of_own_standards_an_import_goes_elsewhere_only(machine: Machine, tmp_path: Path) -> None:
    draft = with_name(drafted(machine, tmp_path), "Anew")
    alone = replace(machine, standards=machine.standards[:1])
    with pytest.raises(EnvironmentProblem) as refused:
        adopting.adopt(alone, draft, "1.1")
    assert refused.value.code == "AUT-022"
    done = adopting.adopt(alone, draft, "1.1", tmp_path / "there")
    assert done.card is None
    assert standards.check(tmp_path / "there") == ()


def test_a_pack_taken_over_keeps_its_files_unless_it_takes_another_edition(machine: Machine, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "from")
    draft = adopting.draft(machine, pack)
    same = adopting.adopt(machine, draft, "1.0", tmp_path / "same").folder
    assert all((same / file.name).read_bytes() == file.read_bytes() for file in pack.iterdir())
    other = adopting.adopt(machine, draft, "1.1").edition
    assert standards.load(machine, "small", "1.1") == other


def test_a_draft_can_be_stopped_at_every_step(machine: Machine, tmp_path: Path) -> None:
    steps: list[int] = []
    authoring.export_workbook(machine, "small", tmp_path / "a.xlsx")

    def take(done: int, total: int, what: str = "") -> None:
        assert (done <= total, what) == (True, "")
        steps.append(done)

    adopting.draft(machine, tmp_path / "a.xlsx", progress=take)
    assert steps == sorted(steps)
    for limit in steps:

        def stop(done: int, total: int, what: str = "", limit: int = limit) -> None:
            if done >= limit:
                raise Cancelled

        with pytest.raises(Cancelled):
            adopting.draft(machine, tmp_path / "a.xlsx", progress=stop)


def test_a_choice_comes_back_from_its_column_file_word_for_word(tmp_path: Path) -> None:
    choice = TableChoice(
        standard_id="mine",
        edition_id="2026",
        name=Text(zh='带"引号"\\', en="Mine"),
        language="zh",
        sheet="表 1",
        header_row=3,
        uses=(
            ("领域", Use.GROUP),
            ("子域", Use.GROUP),
            ("编号", Use.CODE),
            ("名", Use.ITEM_ZH),
            ("Name", Use.ITEM_EN),
            ("说明", Use.NOTE_EN),
            ("基本级要求", Use.LEVEL_COLUMN),
            ("增强级要求", Use.LEVEL_COLUMN),
        ),
        levels=("1", "2"),
    )
    columns.save_choice(choice, tmp_path / "c.toml")
    again = columns.load_choice(tmp_path / "c.toml")
    assert dict(again.uses) == dict(choice.uses)
    assert replace(again, uses=choice.uses, level_codes=()) == choice
    assert again.level_codes == (("基本级要求", "1"), ("增强级要求", "2"))


def test_a_damaged_kept_choice_is_as_good_as_none(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(foreign_models.TABLE, encoding="utf-8")
    opened = columns.open_file(tmp_path / "t.csv")
    seen = opened.sheets[0]
    guessed = columns.start(machine, opened, seen)
    columns.remember(machine, seen, replace(guessed, edition_id="7"))
    assert columns.start(machine, opened, seen).edition_id == "7"
    (kept,) = (tmp_path / "own" / "columns").iterdir()
    kept.write_text("[", encoding="utf-8")
    assert columns.start(machine, opened, seen) == guessed


def test_a_folder_is_checked_with_all_packs_and_mapping_files_in_it(machine: Machine, tmp_path: Path) -> None:
    write_pack(tmp_path / "std" / "bad" / "1.0")
    head = tmp_path / "std" / "bad" / "1.0" / "standard.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("id: small", "id: Bad"), encoding="utf-8")
    (tmp_path / "std" / "mappings").mkdir()
    (tmp_path / "std" / "mappings" / "x.yaml").write_text("format: 2\n", encoding="utf-8")
    found = pack_checks.check(machine, (tmp_path / "std",))
    assert (len(found.packs), len(found.mappings)) == (2, 1)
    assert {issue.place.split("/")[0] for issue in found.issues} == {"bad", "mappings"}


def test_the_command_checks_every_shipped_pack_and_refuses_a_folder_without_any(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    top = argparse.ArgumentParser()
    command.register(top.add_subparsers())
    shipped = paths.standards() / "cn-devops-pm"
    for path, packs, codes in ((shipped, 1, set()), (tmp_path / "cache", 0, {"PACK-003"})):
        path.mkdir(exist_ok=True)
        args = top.parse_args(["standards", "check", str(path), "--json"])
        assert args.run(args, machine) == (1 if codes else 0)
        told = json.loads(capsys.readouterr().out)
        assert {issue["code"] for issue in told["issues"]} == codes
        assert told["packs"] == max(packs, len(codes))
