"""Cells: nothing becomes a formula, text stays intact, dates stay dates."""

import io
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from openpyxl import Workbook, load_workbook

from maturity_desktop.reporting.sheets import cells


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 %", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_dangerous_texts_stay_text_after_reopening(text: str) -> None:
    book = Workbook()
    cells.put(book.worksheets[0], 1, 1, text)
    written = io.BytesIO()
    book.save(written)
    cell = load_workbook(written).worksheets[0]["A1"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_ordinary_texts_carry_no_quote_mark() -> None:
    book = Workbook()
    cells.put(book.worksheets[0], 1, 1, "符合 = 是")
    assert not book.worksheets[0]["A1"].quotePrefix


def test_characters_xml_cannot_hold_are_replaced() -> None:
    assert cells.clean("a\x00b\x0bc\ud800\ufffe") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert cells.clean("行\n列\t𠮷") == "行\n列\t𠮷"


def test_texts_longer_than_a_cell_are_cut_with_a_sign() -> None:
    cut = cells.clean("长" * 40_000)
    assert len(cut) == cells.MAX_CHARACTERS
    assert cut.endswith("…")


def test_instants_are_written_in_utc_as_real_dates() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    shanghai = timezone(timedelta(hours=8))
    cells.put(sheet, 1, 1, datetime(2026, 11, 6, 16, 42, 10, 5, tzinfo=shanghai))
    cells.put(sheet, 1, 2, date(2026, 11, 6))
    assert sheet["A1"].value == datetime(2026, 11, 6, 8, 42, 10, tzinfo=UTC).replace(tzinfo=None)
    assert sheet["A1"].is_date
    assert sheet["B1"].is_date


def test_row_heights_count_wide_characters_twice() -> None:
    assert cells.lines_needed("版本控制", 6) == 2
    assert cells.lines_needed("abcd", 6) == 1
    assert cells.row_height([("x" * 100_000, 10)]) == 409
