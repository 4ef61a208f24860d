"""The library's page: shelf, book or check, with one message and one job strip above them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import MessageBar, Tone
from maturity_desktop.gui.library.views.book import BookView
from maturity_desktop.gui.library.views.check import CheckView
from maturity_desktop.gui.library.views.shelf import ShelfView


class LibraryPage(QWidget):
    """Stacks the three views."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library")
        self.setProperty("look", "page")
        self._looks = looks
        self.shelf, self.book, self.check = ShelfView(looks), BookView(looks), CheckView(looks)
        self.message = MessageBar(looks.icons, "library_message")
        self.strip = JobStrip(looks.speech, "library_job")
        self.stack = QStackedWidget()
        for part in (self.shelf, self.book, self.check):
            self.stack.addWidget(part)
        above = QVBoxLayout()
        above.setContentsMargins(Space.XL, 0, Space.XL, 0)
        above.addWidget(self.message)
        above.addWidget(self.strip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.stack, 1)
        self.book.back_wanted.connect(self.show_shelf)
        self.check.back_wanted.connect(self.show_shelf)
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

    def tell(self, sentence: str, tone: Tone) -> None:
        """Show a sentence above."""
        self.message.show_message(sentence, tone)

    def retranslate(self) -> None:
        """Say everything again."""
        for part in (self.shelf, self.book, self.check):
            part.retranslate()
        self.message.set_close_name(self._looks.speech.say("common.close"))

    @Slot()
    def _redraw(self) -> None:
        self.shelf.repaint_icons()
        self.book.redraw()
        self.check.redraw()
        self.message.repaint_icons()
