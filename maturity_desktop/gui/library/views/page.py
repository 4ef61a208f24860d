"""The library's page: shelf, book, check, import or comparison, with one message and one job strip above them."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import MessageBar, Tone
from maturity_desktop.gui.library.views.book import BookView
from maturity_desktop.gui.library.views.check import CheckView
from maturity_desktop.gui.library.views.columns import ColumnsView
from maturity_desktop.gui.library.views.comparing import CompareView
from maturity_desktop.gui.library.views.imported import ImportView
from maturity_desktop.gui.library.views.shelf import ShelfView


class LibraryPage(QWidget):
    """Stacks the views; a file or folder dropped anywhere is to be imported."""

    dropped = Signal(object)  # Path

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library")
        self.setProperty("look", "page")
        self._looks = looks
        self.shelf, self.book, self.check = ShelfView(looks), BookView(looks), CheckView(looks)
        self.draft, self.columns, self.compare = ImportView(looks), ColumnsView(looks), CompareView(looks)
        self._views = (self.shelf, self.book, self.check, self.draft, self.columns, self.compare)
        self.message = MessageBar(looks.icons, "library_message")
        self.strip = JobStrip(looks.speech, "library_job")
        self.stack = QStackedWidget()
        for part in self._views:
            self.stack.addWidget(part)
        self.setAcceptDrops(True)
        above = QVBoxLayout()
        above.setContentsMargins(Space.XL, Space.S, Space.XL, 0)
        above.addWidget(self.message)
        above.addWidget(self.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.stack, 1)
        self.book.back_wanted.connect(self.show_shelf)
        for view in (self.check, self.draft, self.columns, self.compare):
            view.back_wanted.connect(self.show_shelf)
        looks.theme.changed.connect(self._redraw)
        self.retranslate()

    @Slot()
    def show_shelf(self) -> None:
        """Go back to the shelf, into the list that was left."""
        self.message.hide()
        self.stack.setCurrentWidget(self.shelf)
        self.shelf.list_on_show.setFocus()

    def show_book(self) -> None:
        """Go to the book, into its contents."""
        self.message.hide()
        self.stack.setCurrentWidget(self.book)
        self.book.tree.setFocus()

    def show_check(self) -> None:
        """Go to the result of a check."""
        self.message.hide()
        self.stack.setCurrentWidget(self.check)
        self.check.again.setFocus()

    def show_draft(self) -> None:
        """Go to an import that waits to be accepted."""
        self.message.hide()
        self.stack.setCurrentWidget(self.draft)
        self.draft.tabs.setFocus()

    def show_columns(self) -> None:
        """Go to the columns of a table, into the first choice."""
        self.message.hide()
        self.stack.setCurrentWidget(self.columns)
        first = next(iter(self.columns.uses.values()), None)
        if first is not None:
            first.setFocus()

    def show_compare(self) -> None:
        """Go to a comparison, into its list."""
        self.message.hide()
        self.stack.setCurrentWidget(self.compare)
        self.compare.differences.table.setFocus()

    def tell(self, sentence: str, tone: Tone) -> None:
        """Show a sentence above."""
        self.message.show_message(sentence, tone)

    def retranslate(self) -> None:
        """Say everything again."""
        for part in self._views:
            part.retranslate()
        self.message.set_close_name(self._looks.speech.say("common.close"))

    @Slot()
    def _redraw(self) -> None:
        self.shelf.repaint_icons()
        for view in (self.book, self.check, self.draft, self.columns, self.compare):
            view.redraw()
        self.message.repaint_icons()

    # --- Qt ----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file or folder of a drag; of several it would be unclear which is meant."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 else None
