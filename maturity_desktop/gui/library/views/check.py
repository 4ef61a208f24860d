"""What the check of a pack found: one sentence, and each problem with its place and how to mend it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.rows import SortedRows
from maturity_desktop.gui.common.tables import table
from maturity_desktop.gui.common.widgets import MessageBar, SectionHeader, Tone, button, name_it
from maturity_desktop.gui.library.models.tables import issues_model
from maturity_desktop.gui.library.state.rows import IssueRow

_WIDTHS = (70, 230, 90, 480)
_WHAT = 3


class CheckView(QWidget):
    """Shows the result of one check."""

    back_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_checked")
        self._looks = looks
        self.header = SectionHeader("title")
        self.back = button("check_back")
        self.again = button("check_again", look_name="primary")
        self.header.buttons.addWidget(self.back)
        self.header.buttons.addWidget(self.again)
        self.verdict = MessageBar(looks.icons, "check_verdict")
        self.verdict.close_button.hide()
        self.issues = issues_model(self)
        self.table = table(SortedRows(self.issues, self), "check_issues", _WIDTHS, stretch=_WHAT)
        self.table.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        for part in (self.header, self.verdict):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        self.back.clicked.connect(self.back_wanted)
        self.again.clicked.connect(self.again_wanted)

    def show_issues(self, path: str, rows: tuple[IssueRow, ...], verdict: str) -> None:
        """Show what was found in the pack at `path`."""
        self.header.set_texts(self._looks.speech.say("library.checked", path=path))
        self.verdict.show_message(verdict, Tone.WARN if rows else Tone.GOOD)
        self.issues.show(rows)
        self.table.setVisible(bool(rows))
        self.table.resizeRowsToContents()

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.back.setText(say("library.back"))
        self.again.setText(say("library.check"))
        self.issues.set_captions(say)
        name_it(self.table, "check_issues", say("library.column.what"))
        self.redraw()

    def redraw(self) -> None:
        """Draw the icons again in the colours of the theme."""
        self.back.setIcon(self._looks.icons.get(Icon.LEFT))
        self.again.setIcon(self._looks.icons.get(Icon.FOLDER, self._looks.theme.palette.on_accent))
        self.verdict.repaint_icons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)
