"""The table of what differs."""

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.rows import Column, RowsModel


def differences_model(parent: QObject, thing: str = "importing.column.thing") -> RowsModel:
    """Return one row per thing that differs (`DifferenceRow`); `thing` is the wording key over `what_word`."""
    columns = (
        Column(caption="importing.column.kind", text=lambda row: str(row.kind_word)),
        Column(caption=thing, text=lambda row: str(row.what_word), order=lambda row: int(row.order)),
        Column(caption="importing.column.id", text=lambda row: str(row.id), order=lambda row: int(row.order)),
        Column(caption="importing.column.fields", text=lambda row: str(row.fields)),
        Column(caption="importing.column.text", text=lambda row: str(row.text)),
    )
    return RowsModel(columns, lambda row: (row.what, row.id, row.kind), parent)
