"""The sentences people answer and read in a pack, and how alike two of them are."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Place, Table

NEARLY_ALIKE = 0.75
SHINGLE_IS_COMMON_FROM = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One text people read, in one language, with the id it belongs to."""

    id: str
    item: str
    language: str
    text: str
    place: Place


def criteria(draft: Draft) -> Iterator[Sentence]:
    """Yield the texts of all criteria, language by language."""
    for item, _, criterion in draft.criteria():
        yield from _of(criterion, "text", criterion.word("id"), item.word("code"))


def sentences(draft: Draft) -> Iterator[Sentence]:
    """Yield every sentence people read: criteria, notes, evidence titles, scopes and questions."""
    yield from criteria(draft)
    for item, _, criterion in draft.criteria():
        yield from _of(criterion, "note", criterion.word("id"), item.word("code"))
    for item, _, cell in draft.cells():
        if isinstance(cell, Table):
            yield from titles(cell, item.word("code"))
    for item in draft.items():
        code = item.word("code")
        yield from _of(item, "scope", code, code)
        for question in item.tables("questions"):
            yield from _in_each_language(question, code, code)


def titles(cell: Table, item: str = "") -> Iterator[Sentence]:
    """Yield the titles of the evidence a cell asks for."""
    for request in cell.tables("evidence"):
        yield from _of(request, "title", request.word("code"), item)


def _of(table: Table, key: str, name: str, item: str) -> Iterator[Sentence]:
    text = table.table(key)
    if text is not None:
        yield from _in_each_language(text, name, item)


def _in_each_language(text: Table, name: str, item: str) -> Iterator[Sentence]:
    for language in ("zh", "en"):
        if language in text.entries:
            yield Sentence(
                id=name, item=item, language=language, text=text.word(language), place=text.place_of(language)
            )


def plain_words(text: str) -> str:
    """Return a text without case and punctuation."""
    return " ".join(re.findall(r"[\w%]+", text.casefold()))


def shingles_of(sentence: Sentence) -> frozenset[str]:
    """Three characters of Chinese, or three words of English, at a time."""
    plain = plain_words(sentence.text)
    units = list(plain.replace(" ", "")) if sentence.language == "zh" else plain.split()
    return frozenset(" ".join(units[start : start + 3]) for start in range(max(len(units) - 2, 1)))


def shared_shingles(shingles: list[frozenset[str]]) -> Counter[tuple[int, int]]:
    """Count common shingles of all pairs that have any; shingles found everywhere tell nothing and are skipped."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(shingles):
        for shingle in some:
            holders[shingle].append(number)
    pairs: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if len(numbers) < SHINGLE_IS_COMMON_FROM:
            pairs.update((left, right) for at, left in enumerate(numbers) for right in numbers[at + 1 :])
    return pairs
