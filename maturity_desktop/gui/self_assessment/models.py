"""Tables of the self-assessment screen."""

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.rows import Column, RowsModel

_AREA = "self_assessment.column"


def difference_model(parent: QObject) -> RowsModel:
    """Return the table of differences."""
    columns = (
        Column(caption=f"{_AREA}.accept", text=lambda row: row.accept_word, order=lambda row: not row.is_accepted),
        Column(caption=f"{_AREA}.item", text=lambda row: row.item, order=lambda row: row.number),
        Column(caption=f"{_AREA}.field", text=lambda row: row.field_word),
        Column(caption=f"{_AREA}.old", text=lambda row: row.old),
        Column(caption=f"{_AREA}.new", text=lambda row: row.new),
        Column(caption=f"{_AREA}.place", text=lambda row: row.place, order=lambda row: row.number),
    )
    return RowsModel(columns, key=lambda row: row.number, parent=parent)


def note_model(parent: QObject) -> RowsModel:
    """Return the table of what is to be dealt with."""
    columns = (
        Column(caption=f"{_AREA}.place", text=lambda row: row.place, order=lambda row: row.number),
        Column(caption=f"{_AREA}.what", text=lambda row: row.what),
        Column(caption=f"{_AREA}.text", text=lambda row: row.text),
    )
    return RowsModel(columns, key=lambda row: row.number, parent=parent)
