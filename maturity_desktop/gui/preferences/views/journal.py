"""The journal page: a table of what was done, and the button that verifies the chain."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.gui.common.widgets import MessageBar, SectionHeader, button
from maturity_desktop.gui.preferences.models import JournalModel

_WIDTHS = (64, 150, 100, 190, 220, 160)


class JournalView(QWidget):
    """Shows entries and emits the wish to verify."""

    verify_wanted = Signal()

    def __init__(self, icons: Icons, theme: Theme, speech: Speech) -> None:
        super().__init__()
        self.setObjectName("journal")
        self._icons, self._theme, self._speech = icons, theme, speech
        self._shown = 0
        self.model = JournalModel(speech, self)
        self.header = SectionHeader("title")
        self.verify_button = button("journal_verify", look_name="primary")
        self.header.buttons.addWidget(self.verify_button)
        self.message = MessageBar(icons, "journal_message")
        self.table = QTableView()
        self.table.setObjectName("journal_table")
        self.table.setModel(self.model)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        layout.setSpacing(Space.L)
        layout.addWidget(self.header)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        self.verify_button.clicked.connect(self.verify_wanted)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_count(self, shown: int) -> None:
        """Say how many rows are shown."""
        self._shown = shown
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._speech.say
        self.header.set_texts(say("journal.title"), say("journal.text", count=self._shown))
        self.verify_button.setText(say("journal.verify"))
        self.verify_button.setIcon(self._icons.get(Icon.VERIFY, self._theme.palette.on_accent))
        self.table.setAccessibleName(say("journal.title"))
        self.message.set_close_name(say("common.close"))
        self.model.layoutChanged.emit()
