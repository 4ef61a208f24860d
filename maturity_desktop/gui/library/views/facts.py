"""A strip of facts, each a value below its caption."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Card, label
from maturity_desktop.gui.library.state.drafts import Fact


class FactStrip(Card):
    """Shows facts side by side; `controls` holds what belongs to them on the right."""

    def __init__(self, object_name: str) -> None:
        super().__init__(object_name, margin=Space.M)
        self._cells: list[QWidget] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.XL)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(Space.S)
        whole = QHBoxLayout()
        whole.setSpacing(Space.L)
        whole.addLayout(self._row)
        whole.addStretch(1)
        whole.addLayout(self.controls)
        self.body.addLayout(whole)

    @property
    def shown(self) -> dict[str, str]:
        """Caption and value of every fact."""
        return {cell.property("caption"): cell.property("value") for cell in self._cells}

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        for cell in self._cells:
            self._row.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = [_cell(fact) for fact in facts]
        for cell in self._cells:
            self._row.addWidget(cell, 0, Qt.AlignmentFlag.AlignTop)


def _cell(fact: Fact) -> QWidget:
    made = QWidget()
    made.setProperty("caption", fact.caption)
    made.setProperty("value", fact.value)
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    value = label(fact.value, "strong")
    value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(label(fact.caption, "field"))
    layout.addWidget(value)
    return made
