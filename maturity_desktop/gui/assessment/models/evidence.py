"""Tables of evidence and of what is wanted."""

from PySide6.QtCore import QObject

from maturity_desktop.gui.assessment.state.evidence import EvidenceRow, WantedRow
from maturity_desktop.gui.common.rows import Column, RowsModel


def evidence_model(parent: QObject) -> RowsModel:
    """Return the table of all evidence (`EvidenceRow`)."""

    def added(row: EvidenceRow) -> str:
        return row.added_at.astimezone().strftime("%Y-%m-%d")

    def links(row: EvidenceRow) -> str:
        return ", ".join(row.criteria)

    columns = (
        Column(caption="evidence.list.title", text=lambda row: str(row.title), tooltip=lambda row: str(row.file_name)),
        Column(caption="evidence.list.kind", text=lambda row: str(row.kind_words)),
        Column(caption="evidence.list.request", text=lambda row: str(row.request_code)),
        Column(caption="evidence.list.links", text=links, order=lambda row: len(row.criteria)),
        Column(
            caption="evidence.list.size",
            text=lambda row: str(row.size_words),
            order=lambda row: int(row.size_bytes),
            is_number=True,
        ),
        Column(caption="evidence.list.added", text=added, order=lambda row: row.added_at),
    )
    return RowsModel(columns, lambda row: row.id, parent)


def wanted_model(parent: QObject) -> RowsModel:
    """Return the wanted list (`WantedRow`)."""

    def place(row: WantedRow) -> int:
        return row.place

    columns = (
        Column(caption="evidence.wanted.code", text=lambda row: str(row.code), order=place),
        Column(caption="evidence.wanted.item", text=lambda row: str(row.item), order=place),
        Column(caption="evidence.wanted.level", text=lambda row: str(row.level)),
        Column(caption="evidence.wanted.kind", text=lambda row: str(row.kind_words)),
        Column(caption="evidence.wanted.title", text=lambda row: str(row.title)),
        Column(caption="evidence.wanted.state", text=lambda row: str(row.state_words)),
    )
    return RowsModel(columns, lambda row: row.code, parent)
