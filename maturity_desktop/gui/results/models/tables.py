"""The tables of the results screen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from maturity_desktop.gui.common.rows import Column, RowsModel
from maturity_desktop.gui.results.state.charts import Axis, HeatRow
from maturity_desktop.gui.results.state.gaps import CoverageRow, GapRow
from maturity_desktop.gui.results.state.levels import LevelRow


def levels_model(parent: QObject) -> RowsModel:
    """Return one row per place (`LevelRow`)."""

    def place(row: LevelRow) -> int:
        return row.place

    def progress(row: LevelRow) -> str:
        return f"{row.progress.needed_answered}/{row.progress.needed_total}"

    columns = (
        Column(caption="results.column.place", text=lambda row: str(row.name), order=place),
        Column(caption="results.column.level", text=lambda row: str(row.label), order=lambda row: int(row.order)),
        Column(caption="results.column.score", text=lambda row: str(row.score), order=place),
        Column(caption="results.column.spread", text=lambda row: str(row.spread_words), order=place),
        Column(caption="results.column.progress", text=progress, order=lambda row: int(row.progress.needed_answered)),
    )
    return RowsModel(columns, lambda row: f"module {row.code}" if row.is_module else row.code, parent)


def gap_model(parent: QObject) -> RowsModel:
    """Return criteria to close (`GapRow`)."""

    def place(row: GapRow) -> int:
        return row.place

    def now(row: GapRow) -> str:
        return row.obstacle_words

    columns = (
        Column(caption="results.column.closed", text=lambda row: "☑" if row.is_closed else "☐"),
        Column(caption="results.column.criterion", text=lambda row: str(row.criterion_id), order=place),
        Column(caption="results.column.item", text=lambda row: str(row.item_name), order=place),
        Column(caption="results.column.level", text=lambda row: str(row.level)),
        Column(caption="results.column.answer", text=now, tooltip=now),
        Column(caption="results.column.text", text=lambda row: str(row.text)),
    )
    return RowsModel(columns, lambda row: row.criterion_id, parent)


def blockers_model(parent: QObject) -> RowsModel:
    """Return the blockers of one place, as a list (`GapRow`)."""

    def text(row: GapRow) -> str:
        tick = "☑" if row.is_closed else "☐"
        return f"{tick}  {row.criterion_id} · {row.obstacle_words}\n{row.text}"

    return RowsModel([Column(caption="", text=text)], lambda row: row.criterion_id, parent)


def coverage_model(parent: QObject) -> RowsModel:
    """Return coverage findings (`CoverageRow`)."""

    def place(row: CoverageRow) -> int:
        return row.place

    columns = (
        Column(caption="results.column.finding", text=lambda row: str(row.finding_words)),
        Column(caption="results.column.criterion", text=lambda row: str(row.criterion_id), order=place),
        Column(caption="results.column.item", text=lambda row: str(row.item_name), order=place),
        Column(caption="results.column.text", text=lambda row: str(row.text)),
    )
    return RowsModel(columns, lambda row: (row.criterion_id, row.finding), parent)


def axes_model(parent: QObject) -> RowsModel:
    """Return the radar as a table (`Axis`)."""

    def own(row: Axis) -> str:
        return "–" if row.own is None else f"{row.own:.2f}"

    columns = (
        Column(caption="results.column.area", text=lambda row: str(row.name)),
        Column(caption="results.column.assessed", text=lambda row: f"{row.assessed:.2f}", is_number=True),
        Column(caption="results.column.target", text=lambda row: f"{row.target:.2f}", is_number=True),
        Column(caption="results.column.own", text=own, is_number=True),
    )
    return RowsModel(columns, lambda row: row.code, parent)


class HeatModel(RowsModel):
    """Rated items × levels; the level captions come from the pack, so columns are made anew per edition."""

    def __init__(self, levels: Sequence[str], parent: QObject | None = None) -> None:
        columns = [
            Column(
                caption="results.column.item", text=lambda row: f"{row.code}  {row.name}", order=lambda row: row.place
            ),
            Column(caption="results.column.level", text=lambda row: str(row.label)),
        ]
        columns.extend(Column(caption="", text=_cell_text(place)) for place in range(len(levels)))
        super().__init__(columns, lambda row: row.code, parent)
        self._levels = tuple(levels)

    def set_captions(self, say: Callable[[str], str]) -> None:
        super().set_captions(say)
        self._captions = (*self._captions[:2], *self._levels)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._captions) - 1)


def _cell_text(place: int) -> Callable[[HeatRow], str]:
    def text(row: HeatRow) -> str:
        cell = row.cells[place]
        return f"{cell.words} {cell.held}/{cell.total}" if cell.total else cell.words

    return text
