"""What several packs have in common and should not: codes, and criteria that say the same. Warnings for a report."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.values import Place
from maturity_desktop.packs.wordings import NEARLY_ALIKE, Sentence, plain_words, shared_shingles, shingles_of


def check(editions: Sequence[Edition]) -> tuple[Issue, ...]:
    """Return clashes of codes and criteria alike across different standards; editions of one standard may be alike."""
    distinct = [one for place, one in enumerate(editions) if one.standard_id not in _ids(editions[:place])]
    return (*_clashes(editions), *_duplicates(distinct))


def _ids(editions: Sequence[Edition]) -> set[str]:
    return {edition.standard_id for edition in editions}


def _clashes(editions: Sequence[Edition]) -> Iterator[Issue]:
    for one, other in combinations(editions, 2):
        place = Place(f"{other.standard_id}@{other.edition_id}")
        taken_by = f"{one.standard_id}@{one.edition_id}"
        if (one.standard_id, one.edition_id) == (other.standard_id, other.edition_id):
            yield issue(Fault.CODE_CLASH, place, code=place, other=one.name.pick("en"), what="id")
        elif one.standard_id != other.standard_id and one.code and one.code == other.code:
            yield issue(Fault.CODE_CLASH, place, code=one.code, other=taken_by, what="code")


def _duplicates(editions: Sequence[Edition]) -> Iterator[Issue]:
    for language in ("zh", "en"):
        sentences = [
            (edition.standard_id, _sentence(criterion.id, item.code, language, words))
            for edition in editions
            for item in edition.items
            for criterion in item.criteria
            if (words := criterion.text.zh if language == "zh" else criterion.text.en)
        ]
        yield from _alike(sentences)


def _sentence(name: str, item: str, language: str, text: str) -> Sentence:
    return Sentence(id=name, item=item, language=language, text=text, place=Place(""))


def _alike(sentences: Sequence[tuple[str, Sentence]]) -> Iterator[Issue]:
    shingles = [shingles_of(sentence) for _, sentence in sentences]
    for (left, right), shared in sorted(shared_shingles(shingles).items()):
        (standard, earlier), (other_standard, later) = sentences[left], sentences[right]
        alike = shared / len(shingles[left] | shingles[right])
        if standard == other_standard or alike < NEARLY_ALIKE:
            continue
        place = Place(f"{other_standard} {later.id}")
        if plain_words(earlier.text) == plain_words(later.text):
            yield issue(Fault.DUPLICATE_ACROSS, place, id=later.id, other=earlier.id, standard=standard)
        else:
            percent = round(alike * 100)
            yield issue(
                Fault.NEAR_DUPLICATE_ACROSS, place, id=later.id, other=earlier.id, standard=standard, percent=percent
            )
