"""The tables of an import: faults, and what is not carried."""

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.rows import Column, RowsModel


def faults_model(parent: QObject) -> RowsModel:
    """Return one row per fault (`FaultRow`)."""
    columns = (
        Column(caption="library.column.weight", text=lambda row: str(row.weight), order=lambda row: not row.is_error),
        Column(caption="importing.column.sheet", text=lambda row: str(row.sheet), order=lambda row: int(row.order)),
        Column(
            caption="importing.column.row",
            text=lambda row: str(row.row or ""),
            order=lambda row: int(row.row),
            is_number=True,
        ),
        Column(caption="importing.column.column", text=lambda row: str(row.column)),
        Column(caption="importing.column.what", text=lambda row: str(row.what)),
        Column(caption="importing.column.mend", text=lambda row: str(row.mend)),
    )
    return RowsModel(columns, lambda row: row.order, parent)


def left_model(parent: QObject) -> RowsModel:
    """Return one row per kind of thing that is not carried (`LeftRow`)."""
    columns = (
        Column(caption="importing.column.left", text=lambda row: str(row.what), order=lambda row: int(row.order)),
        Column(
            caption="importing.column.count",
            text=lambda row: str(row.count),
            order=lambda row: int(row.count),
            is_number=True,
        ),
        Column(caption="importing.column.examples", text=lambda row: str(row.examples)),
    )
    return RowsModel(columns, lambda row: row.order, parent)
