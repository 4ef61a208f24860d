"""Words in Chinese and English, equals; a text missing in one language falls back to the other."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; either side may be empty when its owner has no translation."""

    zh: str = ""
    en: str = ""

    def pick(self, language: Language) -> str:
        """Return the text in `language`, or in the other one when that is missing."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    @property
    def is_bilingual(self) -> bool:
        """Whether both languages are present."""
        return bool(self.zh and self.en)

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)
