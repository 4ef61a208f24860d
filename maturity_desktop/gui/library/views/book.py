"""The reader: contents on the left, the page on the right, and always in sight where the wording comes from."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QTextBrowser, QTreeView, QVBoxLayout, QWidget

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import button, label, name_it
from maturity_desktop.gui.library.models.contents import CODE, ContentsModel
from maturity_desktop.gui.library.state.book import ABOUT, Leaf, Page
from maturity_desktop.gui.library.views.html import page_html

_TREE_WIDTH, _PAGE_WIDTH = 270, 760


class BookView(QWidget):
    """Shows one edition; emits which page is wanted."""

    page_wanted = Signal(object)  # NodeCode
    back_wanted = Signal()
    print_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.setObjectName("library_book")
        self._looks = looks
        self._page: Page | None = None
        self._found: CriterionId | None = None
        self.back = button("book_back", look_name="plain")
        self.title = label("", "heading")
        self.title.setObjectName("book_title")
        self.edition = label("", "chip")
        self.export = button("book_export")
        self.print = button("book_print")
        self.source = label("", "caption", wraps=True)
        self.source.setObjectName("book_provenance")
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.contents = ContentsModel(self)
        self.tree = QTreeView()
        self.tree.setObjectName("book_tree")
        self.tree.setModel(self.contents)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.text = QTextBrowser()
        self.text.setObjectName("book_page")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(Space.L)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.print.clicked.connect(self.print_wanted)
        self.export.clicked.connect(self.export_wanted)
        self.tree.selectionModel().currentChanged.connect(self._on_current)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        for part in (self.back, self.title, self.edition):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.export)
        head.addWidget(self.print)
        strip = QFrame()
        strip.setProperty("look", "sunken")
        inner = QVBoxLayout(strip)
        inner.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        inner.addWidget(self.source)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.tree)
        split.addWidget(self.text)
        split.setSizes([_TREE_WIDTH, _PAGE_WIDTH])
        split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        layout.setSpacing(Space.M)
        layout.addLayout(head)
        layout.addWidget(strip)
        layout.addWidget(split, 1)

    def show_book(self, title: str, edition: str, source: str) -> None:
        """Say which edition is read and where its wording comes from."""
        self.title.setText(title)
        self.edition.setText(edition)
        self.source.setText(source)

    @property
    def current(self) -> NodeCode:
        """The page on show; the first one when none is."""
        return self._page.code if self._page is not None else ABOUT

    def show_tree(self, leaves: tuple[Leaf, ...], current: NodeCode) -> None:
        """Show the contents with one place chosen."""
        self.contents.show_tree(leaves)
        self.tree.expandToDepth(0)
        self.choose(current)

    def choose(self, code: NodeCode) -> None:
        """Choose a place in the contents; its page is asked for."""
        index = self.contents.index_of(code)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def show_page(self, page: Page, found: CriterionId | None = None) -> None:
        """Show a page, scrolled to a criterion or to its top."""
        self._page, self._found = page, found
        self.text.setHtml(page_html(page, self._looks.theme, found))
        self.text.setAccessibleDescription(page.title)
        if found is not None:
            self.text.scrollToAnchor(found)

    def redraw(self) -> None:
        """Draw page and icons again."""
        self._repaint_icons()
        if self._page is not None:
            self.show_page(self._page, self._found)

    def retranslate(self) -> None:
        """Say everything again."""
        say = self._looks.speech.say
        self.back.setText(say("library.back"))
        self.print.setText(say("library.print"))
        self.export.setText(say("importing.export"))
        name_it(self.tree, "book_tree", say("library.tree"))
        name_it(self.text, "book_page", say("library.page"))
        self._repaint_icons()

    def _repaint_icons(self) -> None:
        self.back.setIcon(self._looks.icons.get(Icon.LEFT))
        self.print.setIcon(self._looks.icons.get(Icon.PRINT))
        self.export.setIcon(self._looks.icons.get(Icon.WORKBOOK))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_current(self, index: QModelIndex) -> None:
        code = index.data(CODE)
        if code:
            self.page_wanted.emit(code)
