"""The fields about a table as a whole: sheet, row of headings, language, and what the standard is called."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import Card, Field
from maturity_desktop.gui.library.state.columns import HeadChoice

_LANGUAGES = ("zh", "en")
_ROWS = 50
_KEYS = ("sheet", "header_row", "language", "name_zh", "name_en", "standard_id", "edition_id")


class TableHead(Card):
    """Seven fields in two rows."""

    layout_changed = Signal()
    changed = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__("columns_head", margin=Space.M)
        self._looks = looks
        self.sheet = QComboBox()
        self.header_row = QSpinBox()
        self.header_row.setRange(1, _ROWS)
        self.language = QComboBox()
        for language in _LANGUAGES:
            self.language.addItem("", language)
        self.name_zh, self.name_en, self.standard_id, self.edition_id = (QLineEdit() for _ in range(4))
        self.fields = {key: Field(self._control(key)) for key in _KEYS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        places = ((0, 0, 2), (0, 2, 1), (0, 3, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1), (1, 3, 1))
        for key, (row, column, span) in zip(_KEYS, places, strict=True):
            self._control(key).setObjectName(f"columns_{key}")
            grid.addWidget(self.fields[key], row, column, 1, span)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.sheet.currentIndexChanged.connect(self.layout_changed)
        self.header_row.valueChanged.connect(self.layout_changed)
        self.language.currentIndexChanged.connect(self.changed)
        for edit in (self.name_zh, self.name_en, self.standard_id, self.edition_id):
            edit.textChanged.connect(self.changed)

    def _control(self, key: str) -> QWidget:
        control: QWidget = getattr(self, key)
        return control

    def show_head(self, sheets: tuple[str, ...], head: HeadChoice) -> None:
        """Show what is chosen; nothing is emitted."""
        blocked = [QSignalBlocker(self._control(key)) for key in _KEYS]
        self.sheet.clear()
        self.sheet.addItems(list(sheets))
        self.sheet.setCurrentIndex(max(self.sheet.findText(head.sheet), 0))
        self.sheet.setEnabled(len(sheets) > 1)
        self.header_row.setValue(head.header_row)
        self.language.setCurrentIndex(_LANGUAGES.index(head.language))
        for key in ("name_zh", "name_en", "standard_id", "edition_id"):
            edit: QLineEdit = getattr(self, key)
            edit.setText(getattr(head, key))
        del blocked

    @property
    def head(self) -> HeadChoice:
        """What is chosen."""
        return HeadChoice(
            sheet=self.sheet.currentText(),
            header_row=self.header_row.value(),
            language=str(self.language.currentData()),
            standard_id=self.standard_id.text().strip(),
            edition_id=self.edition_id.text().strip(),
            name_zh=self.name_zh.text().strip(),
            name_en=self.name_en.text().strip(),
        )

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        for key, field in self.fields.items():
            field.set_texts(say(f"importing.head.{key}"))
        self.header_row.lineEdit().setAccessibleName(say("importing.head.header_row"))
        for place, language in enumerate(_LANGUAGES):
            self.language.setItemText(place, say(f"importing.side_{language}"))
