"""A strip of facts, each a caption with its value; it takes a second line where the window is narrow."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Card

_HARD_SPACE, _JOINER = "\u00a0", "\u2060"
_GAP = f"{_HARD_SPACE * 5} "


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number or word with its caption."""

    caption: str
    value: str


class FactStrip(Card):
    """Shows facts side by side; `controls` holds what belongs to them on the right."""

    def __init__(self, looks: Looks, object_name: str) -> None:
        super().__init__(object_name, margin=Space.M)
        self._looks = looks
        self._facts: tuple[Fact, ...] = ()
        self.text = QLabel()
        self.text.setObjectName(f"{object_name}_text")
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(Space.S)
        whole = QHBoxLayout()
        whole.setSpacing(Space.L)
        whole.addWidget(self.text, 1)
        whole.addLayout(self.controls)
        self.body.addLayout(whole)

    @property
    def shown(self) -> dict[str, str]:
        """Caption and value of every fact."""
        return {fact.caption: fact.value for fact in self._facts}

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        self._facts = facts
        self.redraw()

    def redraw(self) -> None:
        """Draw again in the colours of the theme."""
        soft = self._looks.theme.palette.text_soft
        self.text.setText(_GAP.join(_shown(fact, soft) for fact in self._facts))
        told = ", ".join(f"{fact.caption} {fact.value}" for fact in self._facts)
        self.text.setAccessibleName(told)


def _shown(fact: Fact, soft: str) -> str:
    caption, value = _unbroken(fact.caption), _unbroken(fact.value)
    return f'<span style="color:{soft}">{caption}</span>{_HARD_SPACE}<b>{value}</b>'


def _unbroken(words: str) -> str:
    """Within a fact no line may break, neither at a space nor between Chinese characters."""
    spaced = words.replace(" ", _HARD_SPACE)
    return escape(spaced if words.isascii() else _JOINER.join(spaced))
