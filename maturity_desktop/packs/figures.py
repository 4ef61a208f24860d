"""Figures in the sentences of a pack: those of a threshold stand in its text, and both languages say the same ones."""

import re
from collections.abc import Iterator
from decimal import Decimal

from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Table

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
MULTIPLE = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*(万|亿|\bthousand\b|\bmillion\b))?", re.IGNORECASE)
TIMES = {"": 1, "万": 10_000, "亿": 100_000_000, "thousand": 1_000, "million": 1_000_000}
NUMBER_WORDS = {
    1: "一|\\bone\\b|\\bonce\\b|\\ba\\b|\\bevery\\b|每",
    2: "二|两|双|\\btwo\\b|\\btwice\\b|\\bboth\\b",
    3: "三|\\bthree\\b",
    4: "四|\\bfour\\b",
    5: "五|\\bfive\\b",
    6: "六|\\bsix\\b",
    7: "七|一周|每周|\\bseven\\b|week",
    10: "十|\\bten\\b",
    12: "十二|\\btwelve\\b",
    100: "全部|所有|\\ball\\b|\\bevery\\b",
    0: "零|没有|无|\\bno\\b|\\bnone\\b|\\bzero\\b",
}


def thresholds_stand_in_the_text(draft: Draft) -> Iterator[Issue]:
    """The figure people read is the figure that counts."""
    for _, _, criterion in draft.criteria():
        threshold, text = criterion.table("threshold"), criterion.table("text")
        if threshold is None or text is None:
            continue
        value = Decimal(threshold.word("value"))
        for language in ("zh", "en"):
            if language in text.entries and not _says(text.word(language), value):
                yield issue(
                    Fault.FIGURE_NOT_IN_TEXT,
                    text.place_of(language),
                    id=criterion.word("id"),
                    value=threshold.word("value"),
                    language=language,
                )


def languages_state_the_same_figures(draft: Draft) -> Iterator[Issue]:
    """A figure of one language stands, as a figure or a word, in the other: else two readers judge two demands.

    One is let pass, since a sentence may mean it without a word for it, as "the latest drill" does.
    """
    for _, _, criterion in draft.criteria():
        for key in ("text", "note"):
            text = criterion.table(key)
            if text is not None and {"zh", "en"} <= text.entries.keys():
                yield from _one_sided(text, criterion.word("id"))


def _one_sided(text: Table, name: str) -> Iterator[Issue]:
    for language, other in (("zh", "en"), ("en", "zh")):
        for value in sorted(_values(text.word(language)) - {Decimal(1)}):
            if not _says(text.word(other), value):
                yield issue(Fault.FIGURES_DIFFER, text.place_of(other), id=name, value=f"{value:f}", language=other)
                return


def _values(text: str) -> set[Decimal]:
    """Every figure of a sentence, with 万 or million worked in."""
    return {
        Decimal(number.replace(",", "")) * TIMES[multiple.casefold()] for number, multiple in MULTIPLE.findall(text)
    }


def _says(text: str, value: Decimal) -> bool:
    words = NUMBER_WORDS.get(int(value), "") if value == int(value) else ""
    return value in _values(text) or bool(words and re.search(words, text, re.IGNORECASE))
