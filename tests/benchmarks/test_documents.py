"""Report and workbook against the bare libraries writing the same content."""

import io
from collections.abc import Iterator
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook, load_workbook
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from maturity_desktop.reporting.report import render_report
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.workbook import render_workbook
from maturity_desktop.services import engagements, snapshots
from maturity_desktop.services.context import Workspace
from maturity_desktop.system import paths
from tests.benchmarks.measuring import ratio

pytestmark = pytest.mark.benchmark

CHUNK_ROWS = 30


@pytest.fixture
def snapshot(sample_workspace: Workspace) -> ReportSnapshot:
    card = engagements.list_engagements(sample_workspace)[0].assessments[0]
    return snapshots.take(sample_workspace, card.assessment.id)


def rows_of(snapshot: ReportSnapshot) -> Iterator[list[str]]:
    """Yield the report's texts, one row per criterion, evidence item, observation, claim and interview."""
    for item in snapshot.edition.items:
        yield [item.code, item.name.zh, str(snapshot.results.items[item.code].computed), ""]
        for criterion in item.criteria:
            answer = snapshot.answers[criterion.id]
            proof = [
                f"{each.newest.file_name} {each.newest.sha256}"
                for each in snapshot.evidence
                if any(link.criterion_id == criterion.id for link in each.links)
            ]
            yield [criterion.id, criterion.text.zh, answer.value, answer.rationale + " ".join(proof)]
    for evidence in snapshot.evidence:
        yield [evidence.request_code, evidence.title, evidence.newest.file_name, evidence.newest.sha256]
    for observation in snapshot.observations:
        yield [observation.grade, observation.text, observation.impact, observation.recommendation]
    for claim in snapshot.claims:
        yield [claim.metric, claim.before, claim.after, claim.source]
    for interview in snapshot.interviews:
        yield [interview.method, " ".join(interview.people), str(interview.held_on), interview.notes]


def test_a_report(snapshot: ReportSnapshot) -> None:
    pdfmetrics.registerFont(TTFont("Bare", str(paths.fonts() / "NotoSansSC-Regular.ttf")))
    style = ParagraphStyle("bare", fontName="Bare", fontSize=8, leading=11, wordWrap="CJK")
    rows = list(rows_of(snapshot))

    def ours() -> object:
        return render_report(snapshot, ("zh",))

    def bare() -> object:
        story: list[Flowable] = []
        for start in range(0, len(rows), CHUNK_ROWS):
            cells = [[Paragraph(escape(cell), style) for cell in row] for row in rows[start : start + CHUNK_ROWS]]
            story.append(Table(cells, colWidths=[80, 190, 70, 180], style=[("GRID", (0, 0), (-1, -1), 0.3, "#999999")]))
        target = io.BytesIO()
        SimpleDocTemplate(target, pagesize=A4, initialFontName="Bare").build(story)
        return target

    assert ratio("report / bare reportlab writing the same content", ours, bare, rounds=5).value < 6


def test_a_workbook(snapshot: ReportSnapshot) -> None:
    made = load_workbook(io.BytesIO(render_workbook(snapshot, ("zh", "en")).content))
    sheets = [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in made.worksheets]

    def ours() -> object:
        return render_workbook(snapshot, ("zh", "en"))

    def bare() -> object:
        book = Workbook()
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        target = io.BytesIO()
        book.save(target)
        return target

    assert ratio("workbook / bare openpyxl writing the same cells", ours, bare, rounds=5).value < 6
