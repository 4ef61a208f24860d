"""Wording of a pack: warnings a careful author wants to see. One function per rule, registered in `RULES`.

The rules are heuristics and never refuse a pack. They judge the sentences people answer and read: criteria, notes,
scopes, questions and evidence titles; not names, metrics or units.
"""

import re
from collections.abc import Callable, Iterator

from maturity_desktop.errors import Issue
from maturity_desktop.packs import figures, measures
from maturity_desktop.packs.figures import FIGURE
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Listing, Table, Value
from maturity_desktop.packs.wordings import (
    NEARLY_ALIKE,
    Sentence,
    criteria,
    plain_words,
    sentences,
    shared_shingles,
    shingles_of,
    titles,
)

Rule = Callable[[Draft], Iterator[Issue]]

VAGUE_ZH = re.compile(
    r"(?<!固)定期|适当|适时|及时|充分|足够|有效(?!期|载荷)|合理|完善|一定(?!义)|相关(?!性|系数)|尽量|尽快|必要时|较[好高快]|良好|显著|若干"
    r"|常态化|规范化|精细化|全面(?!级)|全方位|高效|快速|迅速|第一时间|到位|健全|严格|切实|科学|有序|充足|适度|尽可能|频繁|较为"
    r"|进一步|酌情|视情|原则上|大多|大部分|多数|绝大|通常|明显|强化|和/或|或/和|最佳实践|适用时"
)
VAGUE_EN = re.compile(
    r"\b(?:regular(?:ly)?|periodic(?:ally)?|appropriate(?:ly)?|timely|promptly|sufficient(?:ly)?|adequate(?:ly)?"
    r"|effective(?:ly)?|reasonabl[ey]|(?:a|is|are) complete|relevant|suitabl[ey]|properly|as needed|where possible"
    r"|as far as possible|significant(?:ly)?|robust|good enough"
    r"|comprehensive(?:ly)?|efficient(?:ly)?|quickly|rapid(?:ly)?|fast enough|immediately|as soon as possible"
    r"|as required|(?:as|if|where) necessary|when needed|(?:where|if|as) applicable|best practices?|and/or|etc"
    r"|frequent(?:ly)?|usually|generally|mostly|various|easily|flexibl[ey]|strictly|constantly|continuously"
    r"|optimal(?:ly)?|smoothly|correctly|meaningful|state of the art)\b",
    re.IGNORECASE,
)
JOINED_ZH = re.compile(r"，?并且|以及|；|，同时(?!段)|，且(?!不)|，并(?=能|可|须|应|有|且|在|将|对|由|按)")
JOINED_EN = re.compile(
    r"; |\bas well as\b|, and (?:it|they|the|there|is|are|has|have|can|must)\b|\band (?:also|can|must|is|are|has)\b",
    re.IGNORECASE,
)
CJK = re.compile(r"[\u3400-\u9fff]+")
NOT_ENGLISH = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff01-\uff5e]+")
ENGLISH_RUN = re.compile(r"(?:\b[a-z]+\b[ ,]+){4,}[a-z]+\b")
BARE_TITLE_ZH = re.compile(
    r"《?(?:相关|有关|各类)?(?:(?:制度|规范|规定|办法|流程|文档|文件|材料|资料|截图|界面|录屏|视频|记录|报告|清单|台账|证明"
    r"|证据|方案|计划|说明|演示|样例)(?:和|与|及|、)?)+》?"
)
BARE_TITLE_EN = re.compile(
    r"(?:(?:an?|the|of|and|or|relevant|supporting) |(?:document|file|screenshot|screen|recording|video|record|report"
    r"|list|log|evidence|proof|rule|policy|procedure|plan|process|description|sample|demonstration)s?(?:\b,? ?))+",
    re.IGNORECASE,
)


def check(draft: Draft) -> tuple[Issue, ...]:
    """Return everything the wording rules find, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(draft))


def no_vague_words(draft: Draft) -> Iterator[Issue]:
    """A criterion says how often, how many, within which time; a vague word beside a figure is let pass."""
    for sentence in criteria(draft):
        pattern = VAGUE_ZH if sentence.language == "zh" else VAGUE_EN
        found = pattern.search(sentence.text)
        if found and not FIGURE.search(sentence.text):
            yield issue(Fault.VAGUE, sentence.place, id=sentence.id, word=found[0])


def languages_are_not_mixed(draft: Draft) -> Iterator[Issue]:
    """English has no Chinese characters or punctuation anywhere; Chinese sentences have some and no run of English."""
    for name, table in _texts(draft):
        found = NOT_ENGLISH.search(table.word("en"))
        if found:
            yield issue(Fault.CJK_IN_ENGLISH, table.place_of("en"), id=name, found=found[0])
    for sentence in sentences(draft):
        if sentence.language == "zh" and not CJK.search(sentence.text):
            yield issue(Fault.NO_CJK_IN_CHINESE, sentence.place, id=sentence.id)
        elif sentence.language == "zh" and (run := ENGLISH_RUN.search(sentence.text)):
            yield issue(Fault.ENGLISH_IN_CHINESE, sentence.place, id=sentence.id, found=run[0])


def _texts(draft: Draft) -> Iterator[tuple[str, Table]]:
    """Every text with an English side, with the nearest id around it; glossary terms are told by their English."""
    for root in (draft.standard, *draft.trees):
        yield from _texts_in(root, root.word("id") or root.word("code"))


def _texts_in(value: Value, name: str) -> Iterator[tuple[str, Table]]:
    if isinstance(value, Table):
        own = value.word("id") or value.word("code") or name
        if "en" in value.entries:
            yield own, value
        for inner in value.entries.values():
            yield from _texts_in(inner, own)
    elif isinstance(value, Listing):
        for inner in value.items:
            yield from _texts_in(inner, name)


def one_demand_per_sentence(draft: Draft) -> Iterator[Issue]:
    """A sentence that joins two demands cannot be answered when only one of them is met."""
    for sentence in criteria(draft):
        found = (JOINED_ZH if sentence.language == "zh" else JOINED_EN).search(sentence.text)
        if found:
            yield issue(Fault.DOUBLE_BARRELLED, sentence.place, id=sentence.id, word=found[0].strip(" ，,"))


def sentences_end(draft: Draft) -> Iterator[Issue]:
    """A criterion is a whole sentence."""
    for sentence in criteria(draft):
        if not sentence.text.endswith("。" if sentence.language == "zh" else "."):
            yield issue(Fault.END_OF_SENTENCE, sentence.place, id=sentence.id, language=sentence.language)


def no_exact_duplicates(draft: Draft) -> Iterator[Issue]:
    """No criterion says, apart from punctuation and case, what another one says."""
    first: dict[tuple[str, str], Sentence] = {}
    for sentence in criteria(draft):
        key = (sentence.language, plain_words(sentence.text))
        other = first.setdefault(key, sentence)
        if other is not sentence:
            yield issue(Fault.DUPLICATE_TEXT, sentence.place, id=sentence.id, other=other.id)


def no_near_duplicates(draft: Draft) -> Iterator[Issue]:
    """No two criteria share most of their shingles; inside one item another figure makes a rising demand."""
    for language in ("zh", "en"):
        sentences = [one for one in criteria(draft) if one.language == language]
        shingles = [shingles_of(sentence) for sentence in sentences]
        for (left, right), shared in sorted(shared_shingles(shingles).items()):
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
        for title in titles(cell) if isinstance(cell, Table) else ():
            other = first.setdefault((title.language, plain_words(title.text)), title.id)
            if other != title.id:
                yield issue(Fault.TITLE_REPEATED, title.place, code=title.id, other=other)


def titles_name_what_is_wanted(draft: Draft) -> Iterator[Issue]:
    """A title that only names the kind of file leaves the institution guessing what it should show."""
    for _, _, cell in draft.cells():
        for title in titles(cell) if isinstance(cell, Table) else ():
            bare = BARE_TITLE_ZH if title.language == "zh" else BARE_TITLE_EN
            if bare.fullmatch(title.text):
                yield issue(Fault.BARE_TITLE, title.place, code=title.id, title=title.text)


def notes_add_something(draft: Draft) -> Iterator[Issue]:
    """A note that repeats its criterion helps nobody."""
    for _, _, criterion in draft.criteria():
        text, note = criterion.table("text"), criterion.table("note")
        if text is None or note is None:
            continue
        if any(text.word(one) and plain_words(text.word(one)) == plain_words(note.word(one)) for one in ("zh", "en")):
            yield issue(Fault.NOTE_EQUALS_TEXT, note.place, id=criterion.word("id"))


def _rises(one: Sentence, other: Sentence) -> bool:
    return one.item == other.item and FIGURE.findall(one.text) != FIGURE.findall(other.text)


RULES: tuple[Rule, ...] = (
    no_vague_words,
    languages_are_not_mixed,
    one_demand_per_sentence,
    sentences_end,
    no_exact_duplicates,
    no_near_duplicates,
    titles_differ_within_a_cell,
    notes_add_something,
    titles_name_what_is_wanted,
    figures.thresholds_stand_in_the_text,
    figures.languages_state_the_same_figures,
    measures.higher_levels_ask_for_more,
    measures.levels_can_be_reached,
    measures.every_level_asks_something,
)
