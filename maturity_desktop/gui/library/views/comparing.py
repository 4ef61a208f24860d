"""Comparing editions: the question which two, and the page with what differs."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from maturity_desktop.gui.common.differences.view import DifferencesView
from maturity_desktop.gui.common.fact_strip import FactStrip
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Field, FormDialog, SectionHeader, button
from maturity_desktop.gui.library.state.comparing import EditionChoice, Pair
from maturity_desktop.gui.library.state.drafts import ComparisonProps

_WIDTH = 620
_SIDES = ("old", "new")


class CompareDialog(FormDialog):
    """Asks for two editions: installed ones, folders or pack files."""

    chosen = Signal(object)  # Pair
    file_wanted = Signal(str)  # which side
    folder_wanted = Signal(str)

    def __init__(self, looks: Looks, choices: tuple[EditionChoice, ...], begins: Pair, parent: QWidget) -> None:
        super().__init__(looks.icons, "compare_choosing", parent)
        say = looks.speech.say
        self.boxes: dict[str, QComboBox] = {}
        for side, name in zip(_SIDES, (begins.old, begins.new), strict=True):
            self._add_side(side, choices, name, looks)
        self.setWindowTitle(say("importing.compare"))
        self.header.set_texts(say("importing.comparing"), say("importing.comparing_text"))
        self.set_buttons(say("importing.compare_now"), say("common.cancel"))
        self.setMinimumWidth(_WIDTH)
        self.submitted.connect(self._on_submitted)
        self._update()
        self.boxes["new"].setFocus()

    def _add_side(self, side: str, choices: tuple[EditionChoice, ...], name: str, looks: Looks) -> None:
        say = looks.speech.say
        box = QComboBox()
        box.setObjectName(f"compare_{side}")
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for choice in choices:
            box.addItem(choice.title, choice.name)
        box.setCurrentIndex(max(box.findData(name), 0))
        box.currentIndexChanged.connect(self._update)
        field = Field(box)
        field.set_texts(say(f"importing.compare_{side}"))
        file = button(f"compare_{side}_file", say("importing.pack_file"))
        folder = button(f"compare_{side}_folder", say("importing.pack_folder"))
        file.clicked.connect(lambda: self.file_wanted.emit(side))
        folder.clicked.connect(lambda: self.folder_wanted.emit(side))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(field, 1)
        row.addWidget(file, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(folder, 0, Qt.AlignmentFlag.AlignBottom)
        self.form.addLayout(row)
        self.boxes[side] = box

    def take_path(self, side: str, path: Path) -> None:
        """Offer a pack from elsewhere on one side, and choose it."""
        box = self.boxes[side]
        if box.findData(str(path)) < 0:
            box.addItem(str(path), str(path))
        box.setCurrentIndex(box.findData(str(path)))

    @property
    def pair(self) -> Pair:
        """What is chosen."""
        old, new = (str(self.boxes[side].currentData() or "") for side in _SIDES)
        return Pair(old=old, new=new)

    @Slot()
    def _update(self) -> None:
        if len(self.boxes) == len(_SIDES):
            pair = self.pair
            self.submit_button.setEnabled(bool(pair.old and pair.new) and pair.old != pair.new)

    @Slot()
    def _on_submitted(self) -> None:
        self.chosen.emit(self.pair)
        self.accept()


class CompareView(QWidget):
    """Two editions beside each other."""

    back_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_compare")
        self._looks = looks
        self.header = SectionHeader("title")
        self.back = button("compare_back")
        self.again = button("compare_again", look_name="primary")
        self.header.buttons.addWidget(self.back)
        self.header.buttons.addWidget(self.again)
        self.facts = FactStrip(looks, "compare_facts")
        self.differences = DifferencesView(looks, "compare_differences")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addWidget(self.header)
        layout.addWidget(self.facts)
        layout.addWidget(self.differences, 1)
        self.back.clicked.connect(self.back_wanted)
        self.again.clicked.connect(self.again_wanted)

    def show_props(self, props: ComparisonProps) -> None:
        """Show a comparison."""
        self.header.set_texts(props.title)
        self.facts.show_facts(props.facts)
        self.differences.show_props(props.differences)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.back.setText(say("library.back"))
        self.again.setText(say("importing.compare"))
        self.differences.retranslate()
        self.redraw()

    def redraw(self) -> None:
        """Draw again in the colours of the theme."""
        self.back.setIcon(self._looks.icons.get(Icon.LEFT))
        self.again.setIcon(self._looks.icons.get(Icon.LIBRARY, self._looks.theme.palette.on_accent))
        self.facts.redraw()
        self.differences.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)
