"""The three tables of the library: editions, passages found, issues of a pack."""

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.rows import Column, RowsModel
from maturity_desktop.gui.library.state.rows import ShelfRow

_DIGEST_SHOWN = 12


def shelf_model(parent: QObject) -> RowsModel:
    """Return one row per edition (`ShelfRow`)."""
    columns = (
        Column(caption="library.column.name", text=lambda row: str(row.name), order=lambda row: int(row.order)),
        Column(caption="library.column.edition", text=lambda row: str(row.edition_id)),
        Column(caption="library.column.languages", text=lambda row: str(row.languages)),
        Column(
            caption="library.column.items",
            text=lambda row: _number(row, row.items),
            order=lambda row: int(row.items),
            is_number=True,
        ),
        Column(
            caption="library.column.criteria",
            text=lambda row: _number(row, row.criteria),
            order=lambda row: int(row.criteria),
            is_number=True,
        ),
        Column(
            caption="library.column.evidence",
            text=lambda row: _number(row, row.evidence),
            order=lambda row: int(row.evidence),
            is_number=True,
        ),
        Column(caption="library.column.provenance", text=lambda row: str(row.provenance)),
        Column(caption="library.column.signed", text=lambda row: str(row.signed), tooltip=lambda row: str(row.details)),
        Column(
            caption="library.column.digest",
            text=lambda row: "" if row.is_refused else str(row.digest[:_DIGEST_SHOWN]),
            tooltip=lambda row: "" if row.is_refused else str(row.digest),
        ),
    )
    return RowsModel(columns, lambda row: row.digest, parent)


def _number(row: ShelfRow, count: int) -> str:
    return "" if row.is_refused else str(count)


def hits_model(parent: QObject) -> RowsModel:
    """Return one row per passage found (`HitRow`)."""
    columns = (
        Column(caption="library.column.text", text=lambda row: str(row.text), order=lambda row: int(row.order)),
        Column(caption="library.column.kind", text=lambda row: str(row.kind)),
        Column(caption="library.column.code", text=lambda row: str(row.code)),
        Column(caption="library.column.name", text=lambda row: str(row.standard), order=lambda row: int(row.order)),
    )
    return RowsModel(columns, lambda row: (row.digest, row.kind, row.code, row.place, row.text), parent)


def issues_model(parent: QObject) -> RowsModel:
    """Return one row per problem of a pack (`IssueRow`)."""
    columns = (
        Column(caption="library.column.weight", text=lambda row: str(row.weight), order=lambda row: int(row.order)),
        Column(caption="library.column.place", text=lambda row: str(row.place), order=lambda row: int(row.order)),
        Column(caption="library.column.code", text=lambda row: str(row.code)),
        Column(caption="library.column.what", text=lambda row: str(row.text)),
    )
    return RowsModel(columns, lambda row: row.order, parent)
