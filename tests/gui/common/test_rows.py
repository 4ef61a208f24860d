"""Row models tell exactly what changed, sort by each column's own order, and find every word."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.rows import Column, RowsModel, SortedRows


@dataclass(frozen=True)
class Fruit:
    key: str
    count: int


COLUMNS = (
    Column(caption="name", text=lambda row: str(row.key)),
    Column(caption="count", text=lambda row: f"{row.count} pieces", order=lambda row: int(row.count), is_number=True),
)
APPLE, BEAN, CHERRY = Fruit("apple", 10), Fruit("bean", 9), Fruit("cherry", 100)


@pytest.fixture
def model(qtbot: QtBot) -> RowsModel:
    made = RowsModel(COLUMNS, lambda row: row.key)
    made.show((APPLE, BEAN, CHERRY))
    return made


def told(model: RowsModel) -> list[str]:
    events: list[str] = []
    model.modelReset.connect(lambda: events.append("reset"))
    model.rowsInserted.connect(lambda _parent, first, last: events.append(f"in {first}-{last}"))
    model.rowsRemoved.connect(lambda _parent, first, last: events.append(f"out {first}-{last}"))
    model.dataChanged.connect(lambda first, last: events.append(f"changed {first.row()}-{last.row()}"))
    return events


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((APPLE, BEAN, CHERRY), []),
        ((APPLE, Fruit("bean", 1), CHERRY), ["changed 1-1"]),
        ((APPLE, CHERRY), ["out 1-1"]),
        ((APPLE, BEAN, Fruit("beet", 2), CHERRY), ["in 2-2"]),
        ((), ["out 0-2"]),
        ((CHERRY,), ["out 0-1"]),
    ],
    ids=["same", "one changed", "one gone", "one new", "all gone", "only the last"],
)
def test_changes_are_told_row_by_row(model: RowsModel, rows: tuple[Fruit, ...], expected: list[str]) -> None:
    events = told(model)
    model.show(rows)
    assert events == expected
    assert model.rows == rows


def test_the_models_keep_the_contract(model: RowsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    qtmodeltester.check(SortedRows(model))


def test_sorting_follows_the_numbers_not_their_words(model: RowsModel) -> None:
    proxy = SortedRows(model)
    proxy.sort(1, Qt.SortOrder.AscendingOrder)
    assert [proxy.index(row, 0).data() for row in range(3)] == ["bean", "apple", "cherry"]


def test_a_filter_wants_every_word_in_any_column(model: RowsModel) -> None:
    proxy = SortedRows(model)
    proxy.look_for("PIECES che")
    assert [proxy.index(row, 0).data() for row in range(proxy.rowCount())] == ["cherry"]
    proxy.look_for("")
    proxy.only(lambda row: row.count < 50)
    assert proxy.rowCount() == 2
