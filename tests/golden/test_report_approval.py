"""Report and workbook say by whom their content was approved, or that it is not."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.ids import AssessmentId, SignoffId
from maturity_desktop.domain.signoff import SignoffAct, SignoffStep
from maturity_desktop.domain.text import Language
from maturity_desktop.reporting import RenderOptions, content_digest, render_report, render_workbook
from maturity_desktop.signing.opc_claims import keywords_of
from tests.factories.snapshot import make_snapshot, part_3

APPROVAL = SignoffStep(
    id=SignoffId("1"),
    assessment_id=AssessmentId("a"),
    act=SignoffAct.APPROVE,
    by="顾明远",
    role=Role.LEAD_ASSESSOR,
    at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
)
SNAPSHOT = make_snapshot(part_3())


def first_and_last(language: Language, approval: SignoffStep | None) -> tuple[str, str]:
    report = render_report(SNAPSHOT, (language,), RenderOptions(is_final=True, approval=approval))
    document = PdfDocument(report.content)
    pages = [document[place].get_textpage().get_text_bounded() for place in (0, len(document) - 1)]
    document.close()
    return pages[0], "".join(pages[1].split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_approved_report_names_who_approved_which_digest(language: Language) -> None:
    cover, signoff = first_and_last(language, APPROVAL)
    assert "顾明远 · 2026-11-23 08:00:00" in cover
    assert content_digest(SNAPSHOT) in signoff
    assert "顾明远" in signoff


@pytest.mark.parametrize(("language", "words"), [("zh", "尚未批准"), ("en", "not approved")])
def test_a_report_without_approval_says_so(language: Language, words: str) -> None:
    cover, signoff = first_and_last(language, None)
    assert words in cover
    assert words.replace(" ", "") in signoff


def test_the_workbook_says_the_same_and_carries_the_digest() -> None:
    for approval, words in ((APPROVAL, "顾明远 · 2026-11-23"), (None, "尚未批准 / not approved")):
        made = render_workbook(SNAPSHOT, ("zh", "en"), RenderOptions(is_final=True, approval=approval))
        sheet = load_workbook(BytesIO(made.content)).worksheets[0]
        assert any(words in str(row[1].value) for row in sheet.iter_rows(max_col=2))
        assert f"content-digest:{content_digest(SNAPSHOT)}" in keywords_of(BytesIO(made.content))
