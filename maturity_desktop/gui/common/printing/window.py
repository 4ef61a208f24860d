"""The preview window: one page at a time at the width of the window, keys to turn pages, and the print button."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from maturity_desktop.gui.common.icons import Icon, Icons
from maturity_desktop.gui.common.job_strip import JobStrip
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.palette import Space
from maturity_desktop.gui.common.widgets import ElidedLabel, MessageBar, button, icon_button, label, name_it

_SIZE = (980, 680)
_ZOOMS = (0, 75, 100, 150, 200)
_SCREEN_DPI = 96
_MARGIN = 40


class PreviewDialog(QDialog):
    """Asks for pages by `page_wanted` and shows what it is given."""

    page_wanted = Signal(int, float)  # page (0-based), dpi in device pixels
    print_wanted = Signal()

    def __init__(self, icons: Icons, speech: Speech, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview_dialog")
        self.setWindowTitle(name)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._speech = speech
        self._page, self._count, self._width_points = 0, 0, 595.0
        self._title = ElidedLabel()
        self._title.set_text(name)
        self.back = icon_button("preview_back", icons.get(Icon.LEFT), speech.say("exporting.page_back"))
        self.forth = icon_button("preview_forth", icons.get(Icon.RIGHT), speech.say("exporting.page_forth"))
        self.number = QSpinBox()
        name_it(self.number, "preview_page", speech.say("exporting.page"))
        self.number.setKeyboardTracking(False)
        self.of = label("", "soft")
        self.zoom = QComboBox()
        name_it(self.zoom, "preview_zoom", speech.say("exporting.zoom"))
        for zoom in _ZOOMS:
            self.zoom.addItem(f"{zoom} %" if zoom else speech.say("exporting.fit_width"), zoom)
        self.print_button = button("preview_print", speech.say("exporting.print"), "primary")
        self.close_button = button("preview_close", speech.say("common.close"))
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.area.setWidget(self.sheet)
        self.area.setWidgetResizable(True)
        self.area.setObjectName("preview_area")
        self.area.setAccessibleName(speech.say("exporting.preview"))
        self.message = MessageBar(icons, "preview_message")
        self.strip = JobStrip(speech, "print_job")
        self._arrange()
        self._connect()
        self.resize(*_SIZE)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self._title, 1)
        for part in (self.back, self.number, self.of, self.forth, self.zoom, self.print_button, self.close_button):
            bar.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        layout.setSpacing(Space.S)
        layout.addLayout(bar)
        layout.addWidget(self.message)
        layout.addWidget(self.strip)
        layout.addWidget(self.area, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._turn_to(self._page - 1))
        self.forth.clicked.connect(lambda: self._turn_to(self._page + 1))
        self.number.valueChanged.connect(lambda number: self._turn_to(number - 1))
        self.zoom.activated.connect(lambda _: self._ask())
        self.print_button.clicked.connect(self.print_wanted)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)

    def show_document(self, count: int, width_points: float) -> None:
        """Begin with the first page of a document."""
        self._count, self._width_points = count, width_points
        self.number.setRange(1, max(1, count))
        self.of.setText(f"/ {count}")
        self._turn_to(0)

    def show_page(self, page: int, picture: QImage) -> None:
        """Show a page if it is still the wanted one."""
        if page != self._page:
            return
        shown = QPixmap.fromImage(picture)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(shown)
        self.sheet.setAccessibleName(self._speech.say("exporting.page_of", page=page + 1, total=self._count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._count and not self.zoom.currentData():
            self._ask()

    @Slot(int)
    def _turn_to(self, page: int) -> None:
        if not 0 <= page < self._count:
            return
        self._page = page
        self.number.blockSignals(True)
        self.number.setValue(page + 1)
        self.number.blockSignals(False)
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page < self._count - 1)
        self.area.verticalScrollBar().setValue(0)
        self._ask()

    def _ask(self) -> None:
        zoom = int(self.zoom.currentData())
        width = self.area.viewport().width() - _MARGIN
        dpi = _SCREEN_DPI * zoom / 100 if zoom else width / self._width_points * 72
        self.page_wanted.emit(self._page, dpi * self.devicePixelRatioF())
