"""Tables over several pages: the head stands once on each page, at its top, and no row is lost or left alone."""

import io
import re

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from maturity_desktop.reporting.grid import Grid, Row, cell
from maturity_desktop.system.pdfium import ALONE


def pages_of(count: int, lines: int) -> list[str]:
    """The text of each page of a table with `count` rows of several lines each."""
    style = ParagraphStyle("x", fontName="Helvetica", fontSize=9, leading=11)
    rows = [Row(cells=(cell(Paragraph("<br/>".join([f"row {number}"] * lines), style)),)) for number in range(count)]
    head = (Row(cells=(cell(Paragraph("HEAD", style)),)),)
    target = io.BytesIO()
    SimpleDocTemplate(target, pagesize=A4).build([Grid((300,), rows, head=head)])
    with ALONE, pypdfium2.PdfDocument(target.getvalue()) as made:
        return [page.get_textpage().get_text_range() for page in made]


@pytest.mark.parametrize("lines", [1, 3, 4, 7])
@pytest.mark.parametrize("count", [9, 10, 11, 12, 15, 16, 17, 18, 37, 38])
def test_the_head_stands_once_a_page_and_every_row_is_there(count: int, lines: int) -> None:
    pages = pages_of(count, lines)
    assert [page.count("HEAD") for page in pages] == [1] * len(pages)
    assert all(page.startswith("HEAD") for page in pages)
    found = [int(number) for page in pages for number in re.findall(r"row (\d+)", page)]
    assert found == [number for number in range(count) for _ in range(lines)]
    if len(pages) > 1:
        assert len(set(re.findall(r"row (\d+)", pages[-1]))) > 1, "one row alone on the last page"
