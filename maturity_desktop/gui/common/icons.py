"""The program's own line icons: one enum, one SVG file each, drawn in the colour asked for."""

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.system import paths

_SIZE = 24
_RATIOS = (1, 2, 3)


class Icon(StrEnum):
    """File names in `resources/icons`, without `.svg`."""

    HOME = "home"
    ENGAGEMENTS = "engagements"
    SELF_ASSESSMENT = "self_assessment"
    QUESTIONNAIRE = "questionnaire"
    EVIDENCE = "evidence"
    FINDINGS = "findings"
    RESULTS = "results"
    SIGNOFF = "signoff"
    EXPORT = "export"
    LIBRARY = "library"
    VERIFY = "verify"
    JOURNAL = "journal"
    PREFERENCES = "preferences"
    ADD = "add"
    OPEN = "open"
    BACKUP = "backup"
    SAMPLE = "sample"
    LOCK = "lock"
    KEY = "key"
    SUN = "sun"
    MOON = "moon"
    CLOSE = "close"
    CHECK = "check"
    WARNING = "warning"
    PROBLEM = "problem"
    NOTE = "note"
    FLAG = "flag"
    CONFIRM = "confirm"
    SEARCH = "search"
    FILTER = "filter"
    LINK = "link"
    FILE = "file"
    IMAGE = "image"
    VIDEO = "video"
    EYE = "eye"
    PRINT = "print"
    SIGN = "sign"
    EDIT = "edit"
    DELETE = "delete"
    UNDO = "undo"
    REDO = "redo"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    PEOPLE = "people"
    BUILDING = "building"
    SYSTEM = "system"
    TARGET = "target"
    KEYBOARD = "keyboard"
    CERTIFICATE = "certificate"
    REPORT = "report"
    WORKBOOK = "workbook"
    CLOCK = "clock"
    FOLDER = "folder"
    MENU = "menu"


class Icons(QObject):
    """Draws icons in palette colours."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def get(self, icon: Icon, colour: str = "") -> QIcon:
        """Return the icon in `colour` (`#rrggbb`; the soft text colour by default); ask again after a theme change."""
        wanted = colour or self._theme.palette.text_soft
        built = QIcon()
        for ratio in _RATIOS:
            built.addPixmap(_drawn(icon, wanted, _SIZE, ratio))
        for ratio in _RATIOS:
            built.addPixmap(_drawn(icon, self._theme.palette.line_strong, _SIZE, ratio), QIcon.Mode.Disabled)
        return built

    def pixmap(self, icon: Icon, size: int, colour: str = "", ratio: float = 1.0) -> QPixmap:
        """Return a picture of `size` logical pixels."""
        return _drawn(icon, colour or self._theme.palette.text_soft, size, ratio)


@lru_cache(maxsize=512)
def _drawn(icon: Icon, colour: str, size: int, ratio: float) -> QPixmap:
    source = (paths.resources() / "icons" / f"{icon.value}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
