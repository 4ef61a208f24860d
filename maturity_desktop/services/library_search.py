"""Searching the text of all standards at once: a case-folded index in memory, built once, off the screen's thread.

Two characters of Chinese are enough; several words separated by blanks must all occur in one passage.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import CriterionId, Digest, LevelCode, NodeCode
from maturity_desktop.domain.standard import Criterion, Edition, Node, RatedItem
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.services import standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system.progress import Progress, silent

_BETWEEN = "\n"
_LIMIT = 300


class PassageKind(StrEnum):
    """What kind of text a passage is."""

    STANDARD = "standard"
    NODE = "node"
    ITEM = "item"
    CRITERION = "criterion"
    EVIDENCE = "evidence"
    QUESTION = "question"
    TERM = "term"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text of a standard and where it stands.

    Attributes:
        place: code of the node or rated item it stands in; "" for the standard itself and for terms.
        code: what to print in front: code of node, item, criterion or evidence request; "" for others.
        level: level of a criterion or evidence request, "" otherwise.
        text: what to show of it.
    """

    kind: PassageKind
    digest: Digest
    place: NodeCode
    code: str
    text: Text
    level: LevelCode = LevelCode("")
    criterion_id: CriterionId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryIndex:
    """All passages of all editions, and beside each the case-folded words it is found by."""

    passages: tuple[Passage, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryHits:
    """What a search found: the first ones in order of library and pack, and how many there are in all."""

    passages: tuple[Passage, ...]
    total: int


def build_index(machine: Machine, progress: Progress = silent) -> LibraryIndex:
    """Read every edition of the library into an index; packs with faults are left out as in the library.

    Args:
        machine: whose standards folders are read.
        progress: gets (done, total) editions; may raise Cancelled.
    """
    cards = standards.library(machine)
    passages: list[Passage] = []
    folded: list[str] = []
    for number, card in enumerate(cards):
        progress(number, len(cards), card.standard_id)
        with suppress(InputRejected):  # damaged since the library was listed
            edition = standards.open_pack(machine, card.place)
            for passage, words in _of_edition(edition, card.digest):
                passages.append(passage)
                folded.append(_BETWEEN.join(words).casefold())
    return LibraryIndex(passages=tuple(passages), folded=tuple(folded))


def search(index: LibraryIndex, text: str, limit: int = _LIMIT) -> LibraryHits:
    """Return the passages that contain every word of `text`, in any language; nothing for blank text."""
    words = tuple(dict.fromkeys(text.casefold().split()))
    if not words:
        return LibraryHits(passages=(), total=0)
    first, *others = words
    found = [place for place, folded in enumerate(index.folded) if first in folded]
    for word in others:
        found = [place for place in found if word in index.folded[place]]
    return LibraryHits(passages=tuple(index.passages[place] for place in found[:limit]), total=len(found))


_Entry = tuple[Passage, Iterable[str]]


def _of_edition(edition: Edition, digest: Digest) -> Iterator[_Entry]:
    whole = Passage(
        kind=PassageKind.STANDARD, digest=digest, place=NodeCode(""), code=edition.standard_id, text=edition.name
    )
    yield whole, (edition.standard_id, edition.code, *_both(edition.name), *edition.aliases)
    for root in edition.nodes:
        yield from _of_node(root, digest)
    for term in edition.glossary:
        shown = Text(_named(term.term.zh, term.note.zh), _named(term.term.en, term.note.en))
        passage = Passage(kind=PassageKind.TERM, digest=digest, place=NodeCode(""), code="", text=shown)
        yield passage, (*_both(term.term), *_both(term.note))


def _of_node(node: Node, digest: Digest) -> Iterator[_Entry]:
    passage = Passage(kind=PassageKind.NODE, digest=digest, place=node.code, code=node.code, text=node.name)
    yield passage, (node.code, *_both(node.name), *node.aliases)
    for child in node.nodes:
        yield from _of_node(child, digest)
    for item in node.items:
        yield from _of_item(item, digest)


def _of_item(item: RatedItem, digest: Digest) -> Iterator[_Entry]:
    shown = Text(_named(item.name.zh, item.scope.zh), _named(item.name.en, item.scope.en))
    passage = Passage(kind=PassageKind.ITEM, digest=digest, place=item.code, code=item.code, text=shown)
    yield passage, (item.code, *_both(item.name), *_both(item.scope), *item.aliases)
    for question in item.questions:
        asked = Passage(kind=PassageKind.QUESTION, digest=digest, place=item.code, code="", text=question)
        yield asked, _both(question)
    for cell in item.cells:
        for criterion in cell.criteria:
            yield _of_criterion(criterion, item, cell.level, digest)
        for request in cell.evidence:
            wanted = Passage(
                kind=PassageKind.EVIDENCE,
                digest=digest,
                place=item.code,
                code=request.code,
                text=request.title,
                level=cell.level,
            )
            yield wanted, (request.code, *_both(request.title))


def _of_criterion(criterion: Criterion, item: RatedItem, level: LevelCode, digest: Digest) -> _Entry:
    passage = Passage(
        kind=PassageKind.CRITERION,
        digest=digest,
        place=item.code,
        code=criterion.id,
        text=criterion.text,
        level=level,
        criterion_id=criterion.id,
    )
    metric = _both(criterion.threshold.metric) if criterion.threshold else ()
    return passage, (criterion.id, *_both(criterion.text), *_both(criterion.note), *metric)


def _named(name: str, more: str) -> str:
    return f"{name} – {more}" if name and more else name or more


def _both(text: Text) -> tuple[str, str]:
    return text.zh, text.en
