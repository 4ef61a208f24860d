"""Shows evidence inside the window: pictures and PDF pages scaled to the width, text as text."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maturity_desktop.gui.common.icons import Icon
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import button, icon_button, label


class _PictureView(QScrollArea):
    """A picture as wide as the view, never larger than itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview_picture")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._image = QImage()
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._label)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self._scale()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale()

    def _scale(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        width = max(40, min(self._image.width(), round(room * ratio)))
        pixmap = QPixmap.fromImage(self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        pixmap.setDevicePixelRatio(ratio)
        self._label.setPixmap(pixmap)
        self._label.resize(QSize(round(pixmap.width() / ratio), round(pixmap.height() / ratio)))


class PreviewPane(QFrame):
    """One piece of evidence at a time; a message when there is nothing to see."""

    closed = Signal()
    page_wanted = Signal(int)  # 0-based
    copy_wanted = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None, *, can_close: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("preview_pane")
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._looks = looks
        self._page, self._pages = 0, 0
        self.title = label("", "strong")
        self.title.setObjectName("preview_title")
        self.detail = label("", "caption")
        self.earlier = icon_button("preview_earlier")
        self.later = icon_button("preview_later")
        self.copy = button("preview_copy", look_name="plain")
        self.close_button = button("preview_close")
        self.message = label("", "soft", wraps=True)
        self.message.setObjectName("preview_message")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = _PictureView()
        self.writing = QPlainTextEdit()
        self.writing.setObjectName("preview_text")
        self.writing.setReadOnly(True)
        self.stack = QStackedWidget()
        self._lay_out()
        self.close_button.setHidden(not can_close)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.close_button.clicked.connect(self.closed)
        self.copy.clicked.connect(self.copy_wanted)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.title, 1)
        for part in (self.detail, self.earlier, self.later, self.copy, self.close_button):
            head.addWidget(part)
        for sheet in (self.message, self.picture, self.writing):
            self.stack.addWidget(sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)

    def retranslate(self) -> None:
        say = self._looks.speech.say
        for part in (self, self.picture, self.writing):
            part.setAccessibleName(say("evidence.preview.name"))
        self.writing.setAccessibleName(say("evidence.preview.name"))
        self.copy.setText(say("evidence.action.save_copy"))
        self.close_button.setText(say("evidence.action.close_preview"))
        for made, icon, key in (
            (self.earlier, Icon.LEFT, "evidence.preview.earlier_page"),
            (self.later, Icon.RIGHT, "evidence.preview.later_page"),
        ):
            made.setIcon(self._looks.icons.get(icon))
            made.setToolTip(say(key))
            made.setAccessibleName(say(key))

    def show_message(self, title: str, text: str, *, can_copy: bool) -> None:
        """Say why there is nothing to see, or that it is on its way."""
        self._head(title, "", can_copy=can_copy)
        self.message.setText(text)
        self.stack.setCurrentWidget(self.message)

    def show_image(self, title: str, image: QImage, *, page: int = 0, pages: int = 0) -> None:
        """Show a picture, or page `page` (1-based) of `pages`."""
        words = self._looks.speech.say("evidence.preview.page", page=page, pages=pages) if pages else ""
        self._head(title, words, can_copy=True)
        self._page, self._pages = page, pages
        for part in (self.earlier, self.later):
            part.setVisible(pages > 1)
        self.earlier.setEnabled(page > 1)
        self.later.setEnabled(page < pages)
        self.picture.show_image(image)
        self.stack.setCurrentWidget(self.picture)

    def show_text(self, title: str, text: str, words: str) -> None:
        """Show a text with a word on its encoding."""
        self._head(title, words, can_copy=True)
        self.writing.setPlainText(text)
        self.stack.setCurrentWidget(self.writing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self._on_earlier()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self._on_later()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                bar = self.picture.verticalScrollBar()
                bar.setValue(bar.value() + (60 if event.key() == Qt.Key.Key_Down else -60))
            case _:
                super().keyPressEvent(event)

    def _head(self, title: str, words: str, *, can_copy: bool) -> None:
        self._page, self._pages = 0, 0
        self.title.setText(title)
        self.detail.setText(words)
        self.earlier.hide()
        self.later.hide()
        self.copy.setVisible(can_copy)

    @Slot()
    def _on_earlier(self) -> None:
        if self._page > 1:
            self.page_wanted.emit(self._page - 2)

    @Slot()
    def _on_later(self) -> None:
        if self._page < self._pages:
            self.page_wanted.emit(self._page)
