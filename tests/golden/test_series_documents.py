"""One engagement, several standards: report, workbook and certificate follow each pack's scale, scope and modules."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language
from maturity_desktop.services import assessments, engagements, exporting, signoff, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.system import paths
from tests.factories import series, signed
from tests.golden.checkers import tool


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("series")
    machine = Machine(clock=signed.CLOCK, standards=(paths.standards(),), cache=folder / "cache")
    workspace = series.make_series(machine, folder)
    for wish in series.WISHES:
        signoff.submit(workspace, AssessmentId(wish.name))
        signoff.approve(workspace, AssessmentId(wish.name))
    yield workspace
    workspaces.close(workspace)
    shutil.rmtree(folder, ignore_errors=True)


def text_of(pdf: Path) -> str:
    done = subprocess.run([tool("pdftotext"), "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def report(workspace: Workspace, name: str, language: Language, folder: Path) -> str:
    target = folder / f"{name}.pdf"
    wish = exporting.ExportRequest(assessment_id=AssessmentId(name), target=target, languages=(language,))
    exporting.export_report(workspace, wish)
    return text_of(target)


def certificate(workspace: Workspace, name: str, languages: tuple[Language, ...], folder: Path) -> str:
    wish = exporting.CertificateRequest(
        assessment_id=AssessmentId(name),
        target=folder / f"{name}-certificate.pdf",
        issued_on=signed.CLOCK.today(),
        languages=languages,
    )
    exporting.issue_certificate(workspace, wish)
    return text_of(wish.target)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_one_engagement_holds_assessments_of_several_standards(made: Workspace) -> None:
    (visit,) = engagements.list_engagements(made)
    standards = [assessments.load_sheet(made, card.assessment.id).edition.standard_id for card in visit.assessments]
    assert sorted(standards)[:4] == ["cn-devops-4", "cn-devops-6", "cn-devops-8", "cn-devops-pm"]
    assert len(standards) == 5


def test_the_modules_of_a_platform_have_their_results_in_words(made: Workspace, tmp_path: Path) -> None:
    told = squeezed(report(made, "tools", "zh", tmp_path))
    assert "流水线卓越级已达到" in told
    assert "制品管理优秀级已达到" in told
    assert "日志平台优秀级已达到" in told
    assert "总体：优秀级（第4级）" in told
    assert "级级" not in told
    assert "本标准不设半级" in told
    english = report(made, "tools", "en", tmp_path)
    assert "The target level, Advanced, is reached." in english
    assert "Level Excellent" not in english


def test_the_certificate_of_a_platform_names_each_module_with_its_word(made: Workspace, tmp_path: Path) -> None:
    told = squeezed(certificate(made, "tools", ("zh",), tmp_path))
    assert "流水线（卓越级）、制品管理（优秀级）、日志平台（优秀级）" in told
    assert "4级" not in told
    both = certificate(made, "tools", ("zh", "en"), tmp_path)
    assert "Pipeline (Outstanding)" in both
    assert "优秀级" in both
    assert "Level 4" not in both


def test_only_modules_that_were_assessed_whole_have_a_result(made: Workspace, tmp_path: Path) -> None:
    told = report(made, "security", "zh", tmp_path)
    modules = told[told.index("各模块结果") :][:600]
    assert "控制交付过程风险" in modules
    assert "安全交付" not in modules
    assert "整体 " not in modules


def test_a_half_step_names_the_level_reached_in_full(made: Workspace, tmp_path: Path) -> None:
    assert "2-级（完整达到：初始级）" in squeezed(certificate(made, "security", ("zh",), tmp_path))
    assert "Level 3- (Foundation in full)" in certificate(made, "monitoring", ("en",), tmp_path)


def test_a_scale_of_its_own_words_is_told_in_them(made: Workspace, tmp_path: Path) -> None:
    told = report(made, "measuring", "en", tmp_path)
    assert "The whole: Starting (step 0)." in told
    assert "The target level, Industry promotion, is not reached" in told
    assert "Platform side (measurement platform)" in told
    issued = certificate(made, "measuring", ("en",), tmp_path)
    assert "Starting" in issued
    assert "Level" not in issued


def test_a_standard_without_a_series_is_named_plainly(made: Workspace, tmp_path: Path) -> None:
    assert "assessed against OWASP SAMM (edition" in certificate(made, "samm", ("en",), tmp_path)
    assert "This standard has no half steps" in squeezed_words(report(made, "samm", "en", tmp_path))


def squeezed_words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("wish", series.WISHES, ids=lambda wish: wish.name)
def test_a_workbook_has_one_column_per_level_of_the_pack(made: Workspace, tmp_path: Path, wish: series.Wish) -> None:
    target = tmp_path / "book.xlsx"
    asked = exporting.ExportRequest(assessment_id=AssessmentId(wish.name), target=target, languages=("zh", "en"))
    exporting.export_workbook(made, asked)
    edition = assessments.load_sheet(made, AssessmentId(wish.name)).edition
    sheets = openpyxl.load_workbook(target).worksheets
    heads = [
        str(value) for row in sheets[1].iter_rows(max_row=12, values_only=True) for value in row if value is not None
    ]
    shown = [any(level.name.en in head and level.code in head for head in heads) for level in edition.levels]
    assert all(shown)
    columns = [head for head in heads if any(f"Level {code}" in head for code in map(str, range(10)))]
    assert len(columns) == len(edition.levels)
    overview = [str(value) for row in sheets[0].iter_rows(values_only=True) for value in row if value is not None]
    whole = {"tools": "优秀级 / Excellent", "measuring": "起步级 / Starting"}
    assert whole.get(wish.name, overview[0]) in overview
    if wish.name == "tools":
        assert "卓越级 / Outstanding" in overview
