"""The switches that work everywhere: language, light and dark, the list of keys."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.domain.text import Language
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.shell.key_list import KeyListDialog
from maturity_desktop.settings import options


class Switches(QObject):
    """Changes what the user sees, and remembers it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    @Slot(object)
    def to_language(self, language: Language) -> None:
        """Say everything in this language from now on."""
        self._desk.keep(options.LANGUAGE, language)

    @Slot()
    def other_language(self) -> None:
        """Change between Chinese and English."""
        self.to_language("en" if self._desk.speech.language == "zh" else "zh")

    @Slot()
    def other_theme(self) -> None:
        """Change between light and dark, away from what the system says."""
        choice = "light" if self._desk.theme.palette.is_dark else "dark"
        self._desk.keep(options.THEME, choice)

    @Slot()
    def show_keys(self) -> None:
        """Open the list of keys."""
        KeyListDialog(self._desk.icons, self._desk.speech, self._window).open()
