"""The short lists around a criterion: search results, evidence chips, requests, revisions."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from maturity_desktop.gui.assessment.state.question import ChipProps, RequestProps, RevisionProps
from maturity_desktop.gui.assessment.state.tree import Hit
from maturity_desktop.gui.common.rows import Column, RowsModel


def hits_model(parent: QObject) -> RowsModel:
    """Return a list of `Hit`."""

    def text(hit: Hit) -> str:
        return f"{hit.criterion_id} · {hit.item_name}\n{hit.text}"

    return RowsModel([Column(caption="", text=text)], lambda hit: hit.criterion_id, parent)


def chips_model(parent: QObject) -> RowsModel:
    """Return a list of `ChipProps`."""

    def text(chip: ChipProps) -> str:
        return chip.title

    def tooltip(chip: ChipProps) -> str:
        return chip.tooltip

    return RowsModel([Column(caption="", text=text, tooltip=tooltip)], lambda chip: chip.id, parent)


def requests_model(parent: QObject, state_words: Callable[[bool], str]) -> RowsModel:
    """Return a list of `RequestProps`; `state_words` says whether one is handed in."""

    def text(request: RequestProps) -> str:
        return f"{request.code} · {request.title} ({state_words(request.is_met)})"

    return RowsModel([Column(caption="", text=text)], lambda request: request.code, parent)


def history_model(parent: QObject) -> RowsModel:
    """Return the revisions of one answer (`RevisionProps`), newest first."""

    def text(revision: RevisionProps) -> str:
        return f"{revision.headline}\n{revision.rationale}" if revision.rationale else revision.headline

    return RowsModel([Column(caption="", text=text)], lambda revision: revision.number, parent)
