"""The language of the screens, switchable while the program runs."""

from PySide6.QtCore import QObject, Signal

from maturity_desktop import wording
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.errors import MaturityError


class Speech(QObject):
    """Knows the current language and makes sentences in it."""

    language_changed = Signal(object)  # Language

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    @property
    def language(self) -> Language:
        """The language of the screens."""
        return self._language

    def switch_to(self, language: Language) -> None:
        """Change the language of every screen at once."""
        if language != self._language:
            self._language = language
            self.language_changed.emit(language)

    def say(self, key: str, **values: object) -> str:
        """Return the sentence `area.key`, filled with `values`."""
        return wording.say(self._language, key, **values)

    def in_both(self, key: str) -> str:
        """Return the sentence in Chinese and English, a line each, for what leaves this computer."""
        return "\n".join(wording.say(language, key) for language in ("zh", "en"))

    def say_error(self, problem: MaturityError) -> str:
        """Return the sentence of an error."""
        return wording.say_error(self._language, problem)

    def pick(self, text: Text) -> str:
        """Return the side of a two-language text that fits."""
        return text.pick(self._language)
