"""The right half of the export page: the running job, cards of what was written, the register."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import Card, ElidedLabel, MessageBar, button, label
from maturity_desktop.gui.exporting.models import FILE_COLUMN, RegisterModel
from maturity_desktop.gui.exporting.state import WrittenFile

_SHOWN = 3


class WrittenCard(Card):
    """One written and verified file with what can be done with it."""

    preview_wanted = Signal(object)  # WrittenFile
    print_wanted = Signal(object)  # WrittenFile
    folder_wanted = Signal(object)  # WrittenFile

    def __init__(self, icons: Icons, theme: Theme, speech: Speech, written: WrittenFile) -> None:
        super().__init__("written")
        self._written = written
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        sign = label("")
        sign.setPixmap(icons.pixmap(Icon.CHECK, 22, theme.palette.good, 2))
        head.addWidget(sign)
        head.addWidget(label(written.title, "strong", wraps=True), 1)
        name = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        name.set_text(str(written.path))
        name.setObjectName("written_path")
        self.body.setSpacing(Space.S)
        self.body.addLayout(head)
        self.body.addWidget(name)
        for fact in written.facts:
            self.body.addWidget(label(fact, "caption", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        wishes = (
            ("written_preview", "exporting.preview", Icon.EYE, self._on_preview, written.is_pdf),
            ("written_print", "exporting.print", Icon.PRINT, self._on_print, written.is_pdf),
            ("written_folder", "exporting.folder", Icon.FOLDER, self._on_folder, True),
        )
        for object_name, key, icon, slot, is_shown in wishes:
            made = button(object_name, speech.say(key))
            made.setIcon(icons.get(icon))
            made.setVisible(is_shown)
            made.clicked.connect(slot)
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)

    @Slot()
    def _on_preview(self) -> None:
        self.preview_wanted.emit(self._written)

    @Slot()
    def _on_print(self) -> None:
        self.print_wanted.emit(self._written)

    @Slot()
    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._written)


class ResultsColumn(QWidget):
    """Shows progress, the newest written files, and the register of all exports."""

    preview_wanted = Signal(object)  # WrittenFile
    print_wanted = Signal(object)  # WrittenFile
    folder_wanted = Signal(object)  # WrittenFile

    def __init__(self, icons: Icons, theme: Theme, speech: Speech) -> None:
        super().__init__()
        self._icons, self._theme, self._speech = icons, theme, speech
        self._cards: list[WrittenCard] = []
        self.message = MessageBar(icons, "export_message")
        self.strip = JobStrip(speech, "export_job")
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.M)
        self._register_title = label("", "heading")
        self._nothing = label("", "soft", wraps=True)
        self.model = RegisterModel(speech, self)
        self.table = QTableView()
        self.table.setObjectName("export_register")
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(FILE_COLUMN, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.XL, Space.XL, Space.XL)
        layout.setSpacing(Space.M)
        layout.addWidget(self.message)
        layout.addWidget(self.strip)
        layout.addLayout(self._list)
        layout.addWidget(self._register_title)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)

    def add(self, written: WrittenFile) -> None:
        """Put a card on top; the oldest cards go."""
        card = WrittenCard(self._icons, self._theme, self._speech, written)
        card.preview_wanted.connect(self.preview_wanted)
        card.print_wanted.connect(self.print_wanted)
        card.folder_wanted.connect(self.folder_wanted)
        self._list.insertWidget(0, card)
        self._cards.insert(0, card)
        for old in self._cards[_SHOWN:]:
            self._drop(old)
        self._cards = self._cards[:_SHOWN]

    def clear(self) -> None:
        """Take all cards away: another assessment is in use."""
        for card in self._cards:
            self._drop(card)
        self._cards = []

    def show_register(self, *, has_rows: bool) -> None:
        """Show the table, or say that nothing was exported yet."""
        self.table.setVisible(has_rows)
        self._nothing.setVisible(not has_rows)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self._register_title.setText(say("exporting.register"))
        self._nothing.setText(say("exporting.register_empty"))
        self.table.setAccessibleName(say("exporting.register"))
        self.message.set_close_name(say("common.close"))

    def _drop(self, card: WrittenCard) -> None:
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
