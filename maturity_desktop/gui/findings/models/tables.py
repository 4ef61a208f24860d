"""The three tables of the findings screen."""

from datetime import date

from PySide6.QtCore import QObject

from maturity_desktop.gui.common.rows import Column, RowsModel
from maturity_desktop.gui.findings.state.rows import InterviewRow, ObservationRow


def observations_model(parent: QObject) -> RowsModel:
    """Return the register (`ObservationRow`)."""

    def due(row: ObservationRow) -> str:
        sign = "⚠ " if row.is_overdue else ""
        return f"{sign}{row.due_on.isoformat()}" if row.due_on else ""

    columns = (
        Column(
            caption="findings.column.grade", text=lambda row: str(row.grade_words), order=lambda row: int(row.weight)
        ),
        Column(caption="findings.column.text", text=lambda row: str(row.text)),
        Column(caption="findings.column.criteria", text=lambda row: str(row.criteria)),
        Column(caption="findings.column.responsible", text=lambda row: str(row.responsible)),
        Column(caption="findings.column.due", text=due, order=lambda row: row.due_on or date.max),
        Column(caption="findings.column.rework", text=lambda row: str(row.rework_words)),
    )
    return RowsModel(columns, lambda row: row.observation.id, parent)


def claims_model(parent: QObject) -> RowsModel:
    """Return the claims (`ClaimRow`)."""
    columns = (
        Column(caption="findings.column.metric", text=lambda row: str(row.metric)),
        Column(caption="findings.column.before", text=lambda row: str(row.before)),
        Column(caption="findings.column.after", text=lambda row: str(row.after)),
        Column(caption="findings.column.source", text=lambda row: str(row.source)),
    )
    return RowsModel(columns, lambda row: row.claim.id, parent)


def interviews_model(parent: QObject) -> RowsModel:
    """Return the interviews (`InterviewRow`)."""

    def notes(row: InterviewRow) -> str:
        return row.notes

    columns = (
        Column(caption="findings.column.held_on", text=lambda row: str(row.held_on)),
        Column(caption="findings.column.method", text=lambda row: str(row.method_words)),
        Column(caption="findings.column.people", text=lambda row: str(row.people)),
        Column(caption="findings.column.criteria", text=lambda row: str(row.criteria)),
        Column(caption="findings.column.notes", text=notes),
    )
    return RowsModel(columns, lambda row: row.interview.id, parent)
