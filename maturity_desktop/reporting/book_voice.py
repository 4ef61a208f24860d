"""One edition told in one language: titles, names, anchors, limits and level titles as the book prints them."""

from dataclasses import dataclass

from maturity_desktop.domain.ids import Digest, LevelCode, NodeCode
from maturity_desktop.domain.standard import Edition, Level, Node, RatedItem, Threshold
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.wording import say

_OPERATORS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "=": "="}


@dataclass(frozen=True, slots=True, kw_only=True)
class BookVoice:
    """Reads an edition aloud in `language`."""

    edition: Edition
    digest: Digest
    language: Language

    def say(self, key: str, **values: object) -> str:
        """Return the sentence `area.key` of the wording."""
        return say(self.language, key, **values)

    def text(self, text: Text) -> str:
        """Return a bilingual text in this language."""
        return text.pick(self.language)

    @property
    def title(self) -> str:
        """The standard with its part."""
        part = f"{self.say('book.part', part=self.edition.part)} " if self.edition.part else ""
        return f"{part}{self.text(self.edition.name)}"

    def named(self, place: Node | RatedItem) -> str:
        """Return code and name of a node or item."""
        return f"{place.code} {self.text(place.name)}"

    def anchor(self, code: str) -> str:
        """Return the name of the bookmark of a node, an item or a chapter."""
        return f"{self.language}-{code}"

    def code_of(self, anchor: str) -> NodeCode:
        """Return the code an anchor was made from."""
        return NodeCode(anchor.removeprefix(f"{self.language}-"))

    def level(self, code: LevelCode) -> Level | None:
        """Return a level of the scale, None for a code that is not on it."""
        return next((level for level in self.edition.levels if level.code == code), None)

    def level_title(self, code: LevelCode) -> str:
        """Return code and name of a level; the name alone when the code is that word."""
        level = self.level(code)
        name = self.text(level.name) if level else ""
        return name if name.casefold() == code.casefold() else f"{code} {name}".rstrip()

    def limit(self, threshold: Threshold | None) -> str:
        """Return a limit in words, "" for none."""
        if threshold is None:
            return ""
        return self.say(
            "book.limit",
            metric=self.text(threshold.metric),
            operator=_OPERATORS[threshold.operator.value],
            value=f"{threshold.value:f}",
            unit=self.text(threshold.unit),
        ).rstrip()
