"""What proof costs: signing and verifying a 300-page report and a workbook of 10 000 rows against producing them."""

from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from maturity_desktop.domain.findings import Observation
from maturity_desktop.domain.ids import ObservationId
from maturity_desktop.reporting.report import render_report
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.workbook import render_workbook
from maturity_desktop.services import engagements, snapshots
from maturity_desktop.services.context import Workspace
from maturity_desktop.signing import opc, opc_verify, pdf, pdf_verify
from maturity_desktop.signing.findings import Verdict
from tests.benchmarks.measuring import ratio
from tests.factories import signed

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

PAGES, ROWS = 300, 10_000
ROUNDS = 3
TRUST = signed.trust()


@dataclass(frozen=True)
class Grown:
    """The sample with more observations than anybody writes, and what became of it."""

    snapshot: ReportSnapshot
    content: bytes


@pytest.fixture
def sample_snapshot(sample_workspace: Workspace) -> ReportSnapshot:
    card = engagements.list_engagements(sample_workspace)[0].assessments[0]
    return snapshots.take(sample_workspace, card.assessment.id)


def grown(snapshot: ReportSnapshot, count: int) -> ReportSnapshot:
    known = snapshot.observations
    return replace(snapshot, observations=tuple(_copy(known[n % len(known)], n) for n in range(count)))


def _copy(observation: Observation, number: int) -> Observation:
    return replace(observation, id=ObservationId(f"o{number}"))


@pytest.fixture
def report(sample_snapshot: ReportSnapshot) -> Grown:
    """Grow the sample until its report has 300 pages or a few more."""
    few, many = (render_report(grown(sample_snapshot, count), ("zh",)).pages for count in (100, 400))
    count = 100 + (PAGES - few) * 300 // (many - few)
    made, rendered = sample_snapshot, None
    while rendered is None or rendered.pages < PAGES:
        made = grown(sample_snapshot, count)
        rendered, count = render_report(made, ("zh",)), count + 40
    print(f"\nreport: {rendered.pages} pages, {len(rendered.content) / 1e6:.1f} MB")
    return Grown(snapshot=made, content=rendered.content)


@pytest.fixture
def workbook(sample_snapshot: ReportSnapshot) -> Grown:
    made = grown(sample_snapshot, ROWS)
    content = render_workbook(made, ("zh",)).content
    rows = max(sheet.max_row for sheet in load_workbook(BytesIO(content), read_only=True).worksheets)
    assert rows >= ROWS
    print(f"\nworkbook: {rows} rows on its longest sheet, {len(content) / 1e6:.1f} MB")
    return Grown(snapshot=made, content=content)


def test_proof_of_a_report(report: Grown) -> None:
    lead, institution = (
        pdf.Place(page=-1, box=box, stamp_pdf=signed.stamp_pdf()) for box in (signed.LEFT, signed.RIGHT)
    )

    def produce() -> object:
        return render_report(report.snapshot, ("zh",))

    def sign() -> bytes:
        return pdf.sign_report(report.content, signed.lead(), clock=signed.CLOCK, place=lead, institution=institution)

    made = sign()

    def verify() -> None:
        assert pdf_verify.verify_pdf(made, TRUST, at=signed.NOW).verdict is Verdict.VALID

    assert ratio(f"signing / producing a report of {PAGES} pages", sign, produce, rounds=ROUNDS).value < 1
    assert ratio(f"verifying / producing a report of {PAGES} pages", verify, produce, rounds=ROUNDS).value < 1


def test_proof_of_a_workbook(workbook: Grown) -> None:
    def produce() -> object:
        return render_workbook(workbook.snapshot, ("zh",))

    def sign() -> bytes:
        return opc.sign_package(workbook.content, signed.lead(), clock=signed.CLOCK)

    made = sign()

    def verify() -> None:
        assert opc_verify.verify_package(BytesIO(made), TRUST, at=signed.NOW).verdict is Verdict.VALID

    assert ratio(f"signing / producing a workbook of {ROWS} rows", sign, produce, rounds=ROUNDS).value < 1
    assert ratio(f"verifying / producing a workbook of {ROWS} rows", verify, produce, rounds=ROUNDS).value < 1
