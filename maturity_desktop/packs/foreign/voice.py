"""Which language a library speaks, and which of its translations come along into the two columns of an edition.

A library in a third language is carried in the English column, or by its full translation into English or Chinese.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maturity_desktop.domain.text import LANGUAGES, Text
from maturity_desktop.packs.foreign.plainly import tables, words

Record = Mapping[str, Any]  # Any: a plain table

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NODE_TEXTS = ("name", "description", "annotation", "typical_evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How the texts of a library become texts of an edition.

    Attributes:
        own: column of the untranslated texts; "" when a full translation stands in their place.
        main: the column every text has.
        has_both: whether every text has both.
    """

    own: str
    main: str
    has_both: bool

    @property
    def languages(self) -> str:
        """Return the language of sentences added on import: zh, en or both."""
        return "both" if self.has_both else self.main

    def text(self, record: Record, key: str) -> Text:
        """Return a text with its translations as far as an edition has columns for them."""
        plain = words(record, key)
        said = _translated(record, key)
        if self.own and plain:
            said[self.own] = plain
        main = said.get(self.main) or plain or next(filter(None, said.values()), "")
        other = "en" if self.main == "zh" else "zh"
        beside = said.get(other) or (main if self.has_both else "")
        return Text(zh=main, en=beside) if self.main == "zh" else Text(zh=beside, en=main)

    def plain(self, text: str) -> Text:
        """Return words that are the same in every language, such as a name of an organisation."""
        if self.has_both:
            return Text(zh=text, en=text)
        return Text(zh=text) if self.main == "zh" else Text(en=text)


def voice_of(root: Record, framework: Record) -> Voice:
    """Find out the languages of a library by its locale, else by its writing."""
    locale = words(root, "locale")
    own = ours(locale) if locale else _guessed(framework)
    records = list(_told(framework))
    full = {language for language in LANGUAGES if language == own or _covers(language, records)}
    has_both = len(full) == len(LANGUAGES)
    if own:
        return Voice(own=own, main=own, has_both=has_both)
    if "en" in full or "zh" in full:
        return Voice(own="", main="en" if "en" in full else "zh", has_both=has_both)
    return Voice(own="en", main="en", has_both=False)


def ours(locale: str) -> str:
    """Return zh or en for the locales that are, "" for any other."""
    head = re.split(r"[-_]", locale.strip().lower())[0]
    return head if head in LANGUAGES else ""


def translations(record: Record) -> dict[str, Record]:
    """Return the translations of a record by locale."""
    value = record.get("translations")
    if not isinstance(value, dict):
        return {}
    return {locale: texts for locale, texts in value.items() if isinstance(texts, dict)}


def questions(node: Record) -> list[Record]:
    """Return the questions of a requirement, in the present form, by their name, or in older ones."""
    value = node.get("questions")
    if isinstance(value, dict):
        return [one for one in value.values() if isinstance(one, dict)]
    if isinstance(value, list):
        return [*tables(node, "questions")]
    older = node.get("question")
    if not isinstance(older, dict):
        return []
    shared = {"type": words(older, "question_type"), "choices": _choices(older.get("question_choices"))}
    return [{**shared, **one} for one in tables(older, "questions")]


def _choices(value: object) -> list[dict[str, str]]:
    return [{"value": one} for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _translated(record: Record, key: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for locale, texts in translations(record).items():
        language = ours(locale)
        if language and words(texts, key):
            said.setdefault(language, words(texts, key))
    return said


def _told(framework: Record) -> Iterator[tuple[Record, str]]:
    """Every text of a framework that an edition carries."""
    yield framework, "name"
    for key in ("implementation_groups_definition", "scores_definition"):
        yield from ((one, "name") for one in tables(framework, key))
    for node in tables(framework, "requirement_nodes"):
        yield from ((node, key) for key in _NODE_TEXTS)
        for question in questions(node):
            yield question, "text"
            yield from ((choice, "value") for choice in tables(question, "choices"))


def _covers(language: str, records: Sequence[tuple[Record, str]]) -> bool:
    """Whether every text that has letters is translated."""
    wanted = [(record, key) for record, key in records if any(map(str.isalpha, words(record, key)))]
    return bool(wanted) and all(_translated(record, key).get(language) for record, key in wanted)


def _guessed(framework: Record) -> str:
    shown = [words(record, key) for record, key in _told(framework)]
    han = sum(1 for text in shown if _HAN.search(text))
    return "zh" if han * 2 > sum(map(bool, shown)) else ""
