"""The look of the program: palette, style file and font, following the system or the user's choice.

The only place that sets a style sheet.
"""

import re
from dataclasses import fields
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.palette import DARK, LIGHT, AnswerLook, Palette, Type, answer_look
from maturity_desktop.system import paths

ThemeChoice = Literal["system", "light", "dark"]

_TOKEN = re.compile(r"@([a-z_]+)")


class Theme(QObject):
    """Knows the palette in force and dresses the application."""

    changed = Signal()

    def __init__(self, app: QApplication, *, choice: str = "system", scale_pct: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._scale_pct = scale_pct
        self._latin = ""
        self.family = app.font().family()
        self.palette = self._wanted()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def choice(self) -> str:
        """What the user chose: system, light or dark."""
        return self._choice

    def set_choice(self, choice: str) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self.apply()

    def set_scale(self, scale_pct: int) -> None:
        """Make all text larger or smaller."""
        self._scale_pct = scale_pct
        self.apply()

    def set_family(self, family: str) -> None:
        """Use this font family everywhere (from the next `apply`)."""
        self.family = family

    def set_latin_first(self, latin: str) -> None:
        """Draw Latin text with this family and the rest with ours ("": everything with ours), from the next `apply`."""
        self._latin = latin

    def px(self, size: int) -> int:
        """Return a text size in logical pixels at the user's font scale."""
        return round(size * self._scale_pct / 100)

    def font(self, size: Type = Type.BODY, *, is_strong: bool = False) -> QFont:
        """Return the program's font for painting."""
        font = QFont()
        font.setFamilies([family for family in (self._latin, self.family) if family])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
        return font

    def answer(self, value: AnswerValue) -> AnswerLook:
        """Return how an answer is drawn now."""
        return answer_look(self.palette, value)

    def level(self, colour: str) -> QColor:
        """Return a pack's level colour, made readable on the present ground."""
        found = QColor(colour)
        if not self.palette.is_dark or not found.isValid():
            return found if found.isValid() else QColor(self.palette.text_faint)
        saturation, value = min(found.hsvSaturationF(), 0.62), max(found.valueF(), 0.86)
        return QColor.fromHsvF(max(found.hsvHueF(), 0.0), saturation, value)

    def apply(self) -> None:
        """Dress the application; screens that paint themselves listen to `changed`."""
        self.palette = self._wanted()
        self._app.setFont(self.font())
        self._app.setPalette(_qt_palette(self.palette))
        self._app.setStyleSheet(self._style_sheet())
        self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        if self._choice == "system":
            self.apply()

    def _wanted(self) -> Palette:
        if self._choice == "system":
            is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if is_dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _style_sheet(self) -> str:
        folder = paths.resources() / "style"
        tokens = {field.name: str(getattr(self.palette, field.name)) for field in fields(self.palette)}
        tokens |= {f"type_{size.name.lower()}": f"{self.px(size)}px" for size in Type}
        shade = "dark" if self.palette.is_dark else "light"
        tokens["marks"] = (folder / "marks" / shade).as_posix()
        sheets = "\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.qss")))
        return _TOKEN.sub(lambda match: tokens[match[1]], sheets)


def _qt_palette(palette: Palette) -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: palette.window,
        roles.WindowText: palette.text,
        roles.Base: palette.card,
        roles.AlternateBase: palette.sunken,
        roles.Text: palette.text,
        roles.PlaceholderText: palette.text_faint,
        roles.Button: palette.card,
        roles.ButtonText: palette.text,
        roles.BrightText: palette.bad,
        roles.ToolTipBase: palette.card,
        roles.ToolTipText: palette.text,
        roles.Highlight: palette.selection,
        roles.HighlightedText: palette.text,
        roles.Link: palette.accent,
        roles.Mid: palette.line,
        roles.Dark: palette.line_strong,
        roles.Light: palette.card,
    }
    built = QPalette()
    for role, colour in colours.items():
        built.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        built.setColor(QPalette.ColorGroup.Disabled, role, QColor(palette.text_faint))
    return built
