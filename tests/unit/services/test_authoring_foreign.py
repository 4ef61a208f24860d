"""Models from elsewhere by the command people use: counts, what is not carried, exit codes and sentences."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from maturity_desktop.errors import InputRejected, MaturityError
from maturity_desktop.packs import HEAD_FILE
from maturity_desktop.packs.foreign import build
from maturity_desktop.services import authoring, standards
from maturity_desktop.services.authoring import ImportWishes
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import area, say_error
from tests.factories import catalogs, foreign_models, libraries
from tests.factories.sealed_workspace import SteadyClock
from tests.unit.services.test_authoring import run

ONLY_OTHER_THINGS = {
    "urn": "urn:bank:risk:library:matrix",
    "locale": "fr",
    "ref_id": "matrix",
    "objects": {
        "risk_matrix": [{"ref_id": "3x3", "name": "Petite"}],
        "threats": [{"ref_id": f"t{n}"} for n in range(7)],
        "requirement_mapping_sets": [{"ref_id": "a-b", "requirement_mappings": [{}, {}]}],
    },
}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=SteadyClock(), standards=(tmp_path / "std",), cache=tmp_path / "cache")


def told(machine: Machine, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = run(machine, "import", *words, "--json")
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, made


@pytest.mark.parametrize("is_dry", [True, False], ids=["dry run", "written"])
def test_an_import_tells_all_counts_and_everything_left(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str], is_dry: bool
) -> None:
    model, target = catalogs.samm_core(tmp_path / "core"), tmp_path / "pack"
    words = ["--dry-run"] if is_dry else []
    code, made = told(machine, capsys, str(model), "--into", str(target), *words)
    assert (code, made["ok"], made["form"]) == (0, True, "samm")
    assert made["source"] == made["carried"] == {"entries": 50, "assessed": 30}
    expected = {"nodes": 20, "rated_items": 30, "criteria": 90, "evidence_requests": 0, "languages": ["en"]}
    assert made["counts"] == expected
    left = {one["what"]: one for one in made["not_carried"]}
    assert left["other_files"]["named"] == [".github/run.yml", "de/L-XA-1-A.yml", "guidance/a.yml"]
    assert len(left["activity_texts"]["named"]) == left["activity_texts"]["count"] == 90
    assert len(left["activity_texts"]["examples"]) == 5
    assert bool(made["written"]) == (target / HEAD_FILE).is_file() == (not is_dry)


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_a_library_without_a_framework_is_told_so_with_all_it_holds(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    path, target = tmp_path / f"m.{form}", tmp_path / "pack"
    if form == "yaml":
        path.write_text(yaml.safe_dump(ONLY_OTHER_THINGS), encoding="utf-8")
    else:
        path.write_bytes(foreign_models.ciso_excel_without_framework())
    code, made = told(machine, capsys, str(path), "--into", str(target))
    assert (code, made["ok"], made["written"]) == (1, False, [])
    assert [issue["code"] for issue in made["issues"]] == ["AUT-016"]
    left = {one["what"]: (one["count"], one["named"]) for one in made["not_carried"]}
    assert left["risk_matrix"] == (1, ["3x3"])
    assert left["threats"] == (7, [f"t{n}" for n in range(7)])
    assert left["mapping_sets"][0] == 2
    assert not target.exists()
    assert run(machine, "import", str(path), "--into", str(target), "--dry-run") == 1
    shown = capsys.readouterr().out
    assert "AUT-016" in shown
    assert "threats, 7" in shown


def test_every_kind_of_thing_left_has_its_sentence() -> None:
    """And no sentence is left over: the importers name each of them."""
    folder = Path(build.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    known = {key.removeprefix("left.") for key in area("authoring") if key.startswith("left.")}
    named = set(re.findall(r"""leave\(\s*f?"(\w+)""", source)) | {"withdrawn_controls", "controls_without_text"}
    made_of_parts = {f"{key}{suffix}" for key in ("threats", "reference_controls") for suffix in ("", "_references")}
    assert known == named | made_of_parts | {"metric_definitions", "risk_matrix", "files"}  # files: of packs


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("a.yaml", "a: 1\nb: [c\n", "AUT-019", "line 3"),
        ("a.json", '{"a": 1,\n "b" 2}', "AUT-019", "line 2, column 6"),
        ("a.json", '{"profile": {}}', "AUT-018", "resolved"),
        ("a.yaml", "x: !!python/object:os.system a", "AUT-007", "refused"),
        ("a.xlsx", "no zip", "AUT-003", "damaged"),
        ("a.txt", "x", "AUT-001", "What can be imported"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    machine: Machine, tmp_path: Path, name: str, content: str, code: str, words: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputRejected, match=code) as caught:
        authoring.plan_import(machine, tmp_path / name, tmp_path / "pack")
    assert words in say_error("en", caught.value)
    assert f"“{name}”" in say_error("zh", caught.value)
    assert not (tmp_path / "pack").exists()


def test_a_framework_is_chosen_by_its_id(machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.xlsx"
    path.write_bytes(foreign_models.ciso_excel_of_two())
    code, made = told(machine, capsys, str(path), "--into", str(tmp_path / "pack"), "--framework", "second")
    assert (code, made["id"]) == (0, "second")
    with pytest.raises(MaturityError, match="AUT-017"):
        run(machine, "import", str(path), "--into", str(tmp_path / "pack"), "--framework", "third")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_imported_model_goes_out_as_a_workbook_and_back_to_the_byte(
    machine: Machine, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    path = tmp_path / "l.yaml"
    path.write_bytes(libraries.as_yaml(chance, libraries.library(chance, 30)))
    plan = authoring.plan_import(machine, path, wishes=ImportWishes())
    assert plan.content is not None
    edition = plan.content.edition
    target = tmp_path / "std" / edition.standard_id / edition.edition_id
    authoring.carry_out(plan, target)
    assert [issue for issue in standards.check(target) if issue.is_error] == []
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    exported = authoring.export_workbook(machine, edition.standard_id, first)
    back = authoring.plan_import(machine, first, target)
    assert (back.is_possible, back.changes) == (True, ())
    authoring.carry_out(back, target)
    again = authoring.export_workbook(machine, edition.standard_id, second)
    assert second.read_bytes() == first.read_bytes()
    assert again.digest == exported.digest


def test_a_model_larger_than_a_pack_may_be_is_refused_before_anything_is_written(
    machine: Machine, tmp_path: Path
) -> None:
    nodes = [{"urn": "n", "assessable": False, "name": "All"}]
    nodes += [
        {"urn": f"n{n}", "parent_urn": "n", "assessable": True, "description": f"{n} " + "long text " * 2_500}
        for n in range(500)
    ]
    framework = {"urn": "f", "ref_id": "F", "name": "F", "requirement_nodes": nodes}
    path = tmp_path / "large.yaml"
    path.write_text(json.dumps({"urn": "l", "locale": "en", "objects": {"framework": framework}}), encoding="utf-8")
    plan = authoring.plan_import(machine, path, tmp_path / "pack")
    assert [issue.code for issue in plan.issues] == ["PACK-004"]
    with pytest.raises(InputRejected, match="AUT-005"):
        authoring.carry_out(plan, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()
