"""Wording of a pack: warnings a careful author wants to see. One function per rule, registered in `RULES`.

The rules are heuristics and never refuse a pack. They judge the sentences people answer and read: criteria, notes,
scopes, questions and evidence titles; not names, metrics or units.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Place, Table

Rule = Callable[[Draft], Iterator[Issue]]

VAGUE_ZH = re.compile(
    r"(?<!固)定期|适当|适时|及时|充分|足够|有效(?!期|载荷)|合理|完善|一定(?!义)|相关(?!性|系数)|尽量|尽快|必要时|较[好高快]|良好|显著|若干"
)
VAGUE_EN = re.compile(
    r"\b(?:regular(?:ly)?|periodic(?:ally)?|appropriate(?:ly)?|timely|promptly|sufficient(?:ly)?|adequate(?:ly)?"
    r"|effective(?:ly)?|reasonabl[ey]|(?:a|is|are) complete|relevant|suitabl[ey]|properly|as needed|where possible"
    r"|as far as possible|significant(?:ly)?|robust|good enough)\b",
    re.IGNORECASE,
)
JOINED_ZH = re.compile(r"，?并且|以及|；|，同时(?!段)|，且(?!不)|，并(?=能|可|须|应|有|且|在|将|对|由|按)")
JOINED_EN = re.compile(
    r"; |\bas well as\b|, and (?:it|they|the|there|is|are|has|have|can|must)\b|\band (?:also|can|must|is|are|has)\b",
    re.IGNORECASE,
)
CJK = re.compile(r"[\u3400-\u9fff]+")
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
NUMBER_WORDS = {
    1: "一|\\bone\\b|\\ba\\b|\\bevery\\b|每",
    2: "二|两|双|\\btwo\\b|\\btwice\\b",
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


def check(draft: Draft) -> tuple[Issue, ...]:
    """Return everything the wording rules find, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(draft))


def no_vague_words(draft: Draft) -> Iterator[Issue]:
    """A criterion says how often, how many, within which time; a vague word beside a figure is let pass."""
    for sentence in _criteria(draft):
        pattern = VAGUE_ZH if sentence.language == "zh" else VAGUE_EN
        found = pattern.search(sentence.text)
        if found and not FIGURE.search(sentence.text):
            yield issue(Fault.VAGUE, sentence.place, id=sentence.id, word=found[0])


def languages_are_not_mixed(draft: Draft) -> Iterator[Issue]:
    """English has no Chinese characters, Chinese has some."""
    for sentence in _sentences(draft):
        cjk = CJK.search(sentence.text)
        if sentence.language == "en" and cjk:
            yield issue(Fault.CJK_IN_ENGLISH, sentence.place, id=sentence.id, found=cjk[0])
        if sentence.language == "zh" and not cjk:
            yield issue(Fault.NO_CJK_IN_CHINESE, sentence.place, id=sentence.id)


def one_demand_per_sentence(draft: Draft) -> Iterator[Issue]:
    """A sentence that joins two demands cannot be answered when only one of them is met."""
    for sentence in _criteria(draft):
        found = (JOINED_ZH if sentence.language == "zh" else JOINED_EN).search(sentence.text)
        if found:
            yield issue(Fault.DOUBLE_BARRELLED, sentence.place, id=sentence.id, word=found[0].strip(" ，,"))


def sentences_end(draft: Draft) -> Iterator[Issue]:
    """A criterion is a whole sentence."""
    for sentence in _criteria(draft):
        if not sentence.text.endswith("。" if sentence.language == "zh" else "."):
            yield issue(Fault.END_OF_SENTENCE, sentence.place, id=sentence.id, language=sentence.language)


def no_exact_duplicates(draft: Draft) -> Iterator[Issue]:
    """No criterion says, apart from punctuation and case, what another one says."""
    first: dict[tuple[str, str], Sentence] = {}
    for sentence in _criteria(draft):
        key = (sentence.language, _plain(sentence.text))
        other = first.setdefault(key, sentence)
        if other is not sentence:
            yield issue(Fault.DUPLICATE_TEXT, sentence.place, id=sentence.id, other=other.id)


def no_near_duplicates(draft: Draft) -> Iterator[Issue]:
    """No two criteria share most of their shingles; inside one item another figure makes a rising demand."""
    for language in ("zh", "en"):
        sentences = [one for one in _criteria(draft) if one.language == language]
        shingles = [_shingles(sentence) for sentence in sentences]
        for (left, right), shared in sorted(_shared(shingles).items()):
            alike = shared / len(shingles[left] | shingles[right])
            if NEARLY_ALIKE <= alike < 1 and not _rises(sentences[left], sentences[right]):
                later, earlier = sentences[right], sentences[left]
                yield issue(
                    Fault.NEAR_DUPLICATE, later.place, id=later.id, other=earlier.id, percent=round(alike * 100)
                )


def titles_differ_within_a_cell(draft: Draft) -> Iterator[Issue]:
    """Two requests of one cell with one title: nobody knows which file answers which."""
    for _, _, cell in draft.cells():
        first: dict[tuple[str, str], str] = {}
        for title in _titles(cell) if isinstance(cell, Table) else ():
            other = first.setdefault((title.language, _plain(title.text)), title.id)
            if other != title.id:
                yield issue(Fault.TITLE_REPEATED, title.place, code=title.id, other=other)


def notes_add_something(draft: Draft) -> Iterator[Issue]:
    """A note that repeats its criterion helps nobody."""
    for _, _, criterion in draft.criteria():
        text, note = criterion.table("text"), criterion.table("note")
        if text is None or note is None:
            continue
        if any(text.word(one) and _plain(text.word(one)) == _plain(note.word(one)) for one in ("zh", "en")):
            yield issue(Fault.NOTE_EQUALS_TEXT, note.place, id=criterion.word("id"))


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


def _criteria(draft: Draft) -> Iterator[Sentence]:
    for item, _, criterion in draft.criteria():
        yield from _of(criterion, "text", criterion.word("id"), item.word("code"))


def _sentences(draft: Draft) -> Iterator[Sentence]:
    yield from _criteria(draft)
    for item, _, criterion in draft.criteria():
        yield from _of(criterion, "note", criterion.word("id"), item.word("code"))
    for item, _, cell in draft.cells():
        if isinstance(cell, Table):
            yield from _titles(cell, item.word("code"))
    for item in draft.items():
        code = item.word("code")
        yield from _of(item, "scope", code, code)
        for question in item.tables("questions"):
            yield from _in_each_language(question, code, code)


def _titles(cell: Table, item: str = "") -> Iterator[Sentence]:
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


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w%]+", text.casefold()))


def _shingles(sentence: Sentence) -> frozenset[str]:
    """Three characters of Chinese, or three words of English, at a time."""
    plain = _plain(sentence.text)
    units = list(plain.replace(" ", "")) if sentence.language == "zh" else plain.split()
    return frozenset(" ".join(units[start : start + 3]) for start in range(max(len(units) - 2, 1)))


def _shared(shingles: list[frozenset[str]]) -> Counter[tuple[int, int]]:
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


def _rises(one: Sentence, other: Sentence) -> bool:
    return one.item == other.item and FIGURE.findall(one.text) != FIGURE.findall(other.text)


def _says(text: str, value: Decimal) -> bool:
    figures = {Decimal(found.replace(",", "")) for found in FIGURE.findall(text)}
    words = NUMBER_WORDS.get(int(value), "") if value == int(value) else ""
    return value in figures or bool(words and re.search(words, text, re.IGNORECASE))


RULES: tuple[Rule, ...] = (
    no_vague_words,
    languages_are_not_mixed,
    one_demand_per_sentence,
    sentences_end,
    no_exact_duplicates,
    no_near_duplicates,
    titles_differ_within_a_cell,
    notes_add_something,
    thresholds_stand_in_the_text,
)
