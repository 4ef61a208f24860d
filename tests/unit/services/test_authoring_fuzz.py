"""Workbooks and packs spoilt by chance: refused with their faults or imported whole, and never anything in between."""

import io
import random
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from maturity_desktop.domain import canonical
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs import HEAD_FILE, examine, spreadsheet
from maturity_desktop.packs.sheets import sheets_of
from maturity_desktop.packs.write import pack_files
from maturity_desktop.services import authoring
from maturity_desktop.services.authoring import ImportPlan
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from tests.factories import workbooks
from tests.factories.sealed_workspace import SteadyClock
from tests.unit.packs.packed import write_pack

SHIPPED = sorted(path for path in paths.standards().glob("*/*") if (path / HEAD_FILE).is_file())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=SteadyClock(), standards=(tmp_path / "std",), cache=tmp_path / "cache")


def as_workbook(pack: Path) -> bytes:
    content = examine(pack).content
    assert content is not None
    return spreadsheet.write(sheets_of(content), content.edition.released_on)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def import_once(machine: Machine, file: Path, target: Path) -> str:
    """Import a file over a good pack; tell what came of it, having looked that nothing is half done."""
    before = held(target)
    plan: ImportPlan | None = None
    refused = ""
    try:
        plan = authoring.plan_import(machine, file, target)
    except InputRejected as problem:
        refused = problem.code
    if plan is None:
        assert refused.startswith("AUT-")
        assert held(target) == before
        return refused
    assert plan.is_possible == (plan.content is not None and not any(one.is_error for one in plan.issues))
    if plan.is_possible:
        authoring.carry_out(plan, target)
        assert plan.content is not None
        assert held(target) == pack_files(plan.content)
        again = examine(target)
        assert again.edition == plan.content.edition
        assert [path.name for path in target.parent.iterdir() if path.name.startswith(".")] == []
        return "imported"
    with pytest.raises(InputRejected, match="AUT-005"):
        authoring.carry_out(plan, target)
    assert held(target) == before
    return "faults"


def series(machine: Machine, tmp_path: Path, content: bytes, seeds: range) -> Counter[str]:
    target = write_pack(tmp_path / "out" / "target")
    sheets = workbooks.sheets_in(content)
    file = tmp_path / "spoilt.xlsx"
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        file.write_bytes(workbooks.spoilt_workbook(random.Random(seed), content, sheets))
        outcomes[import_once(machine, file, target)] += 1
    return outcomes


def test_spoilt_workbooks_are_refused_or_imported_whole(machine: Machine, tmp_path: Path) -> None:
    content = as_workbook(write_pack(tmp_path / "small"))
    outcomes = series(machine, tmp_path, content, range(80))
    assert outcomes["faults"] > 10
    assert outcomes["imported"] > 5
    assert outcomes.total() == 80


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_thousands_of_spoilt_workbooks_are_refused_or_imported_whole(machine: Machine, tmp_path: Path) -> None:
    content = as_workbook(write_pack(tmp_path / "small"))
    outcomes = series(machine, tmp_path, content, range(1_000, 4_000))
    print(dict(outcomes))
    assert outcomes.total() == 3_000
    assert outcomes["imported"] > 100


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_shipped_packs_spoilt_as_workbooks_are_refused_or_imported_whole(machine: Machine, tmp_path: Path) -> None:
    smallest = min(SHIPPED, key=lambda pack: sum(path.stat().st_size for path in pack.iterdir()))
    outcomes = series(machine, tmp_path, as_workbook(smallest), range(60))
    assert outcomes.total() == 60


def pack_series(pack: Path, seeds: range) -> Counter[bool]:
    good = {path.name: path.read_bytes() for path in sorted(pack.iterdir())}
    return Counter(workbooks.judged(workbooks.spoilt_pack(random.Random(seed), good)) for seed in seeds)


def test_spoilt_packs_are_refused_or_read_whole(tmp_path: Path) -> None:
    outcomes = pack_series(write_pack(tmp_path / "small"), range(400))
    assert outcomes[False] > 200
    assert outcomes[True] > 5


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_thousands_of_spoilt_packs_are_refused_or_read_whole(tmp_path: Path) -> None:
    outcomes = pack_series(write_pack(tmp_path / "small"), range(1_000, 11_000))
    print(dict(outcomes))
    assert outcomes.total() == 10_000


def test_spoilt_pack_files_never_crash(tmp_path: Path) -> None:
    """The single file a pack travels in, with bytes turned, cut off or doubled."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held(write_pack(tmp_path / "small")).items():
            archive.writestr(name, content)
    path = tmp_path / "a.mdpack"
    for seed in range(300):
        path.write_bytes(workbooks.spoilt_bytes(random.Random(seed), target.getvalue()))
        found = examine(path)
        assert (found.edition is None) == any(issue.is_error for issue in found.issues)


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(pack, marks=[pytest.mark.slow] if place else [], id=pack.parent.name)
        for place, pack in enumerate(SHIPPED)
    ],
)
def test_a_shipped_standard_goes_out_and_in_and_out_to_the_byte(machine: Machine, tmp_path: Path, pack: Path) -> None:
    """By the services people use: export, import into a folder, export again from there."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    content = examine(pack).content
    assert content is not None
    from_shipped = Machine(clock=machine.clock, standards=(paths.standards(),), cache=tmp_path / "cache")
    exported = authoring.export_workbook(from_shipped, content.edition.standard_id, first, content.edition.edition_id)
    plan = authoring.plan_import(machine, first)
    assert plan.content is not None
    assert canonical.digest(plan.content.edition) == exported.digest
    authoring.carry_out(plan, tmp_path / "std" / content.edition.standard_id / content.edition.edition_id)
    again = authoring.export_workbook(machine, content.edition.standard_id, second)
    assert second.read_bytes() == first.read_bytes()
    assert again.digest == exported.digest
