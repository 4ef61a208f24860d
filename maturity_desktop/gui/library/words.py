"""Cards, passages and issues in words, as the lists of the library show them."""

from collections.abc import Iterable
from pathlib import Path

from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Issue
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.library import signers
from maturity_desktop.gui.library.state.rows import HitRow, IssueRow, ShelfRow
from maturity_desktop.services.library_search import LibraryHits, PassageKind
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.wording import say_issue

_LANGUAGES = {("zh", "en"): "languages", ("zh",): "only_zh", ("en",): "only_en"}


def shelf_rows(cards: Iterable[StandardCard], speech: Speech) -> tuple[ShelfRow, ...]:
    """Return one row per edition."""
    return tuple(_shelf_row(place, card, speech) for place, card in enumerate(cards))


def hit_rows(hits: LibraryHits, cards: Iterable[StandardCard], speech: Speech) -> tuple[HitRow, ...]:
    """Return one row per passage, with the name of its standard."""
    names = {card.digest: standard_name(card.part, card.name, speech) for card in cards}
    return tuple(
        HitRow(
            order=place,
            digest=passage.digest,
            place=passage.place,
            standard=names.get(passage.digest, ""),
            kind=speech.say(f"library.kind.{passage.kind.value}"),
            code=passage.code,
            text=speech.pick(passage.text),
            criterion_id=passage.criterion_id,
            is_term=passage.kind is PassageKind.TERM,
        )
        for place, passage in enumerate(hits.passages)
    )


def found_words(hits: LibraryHits, speech: Speech) -> str:
    """Return how much was found."""
    if not hits.total:
        return speech.say("library.found_none")
    if hits.total > len(hits.passages):
        return speech.say("library.found_part", count=hits.total, shown=len(hits.passages))
    return speech.say("library.found", count=hits.total)


def issue_rows(issues: Iterable[Issue], speech: Speech) -> tuple[IssueRow, ...]:
    """Return one row per problem, in the order of the check."""
    return tuple(
        IssueRow(
            order=place,
            weight=speech.say("library.error" if issue.is_error else "library.warning"),
            place=str(issue.place),
            code=issue.code,
            text=say_issue(speech.language, issue),
        )
        for place, issue in enumerate(issues)
    )


def verdict(issues: tuple[Issue, ...], speech: Speech) -> str:
    """Return what a check came to."""
    if not issues:
        return speech.say("library.check_good")
    errors = sum(issue.is_error for issue in issues)
    return speech.say("library.check_found", errors=errors, warnings=len(issues) - errors)


def file_name(standard_id: str, edition_id: str, speech: Speech, folder: Path) -> Path:
    """Return where a book is offered to be saved."""
    return folder / f"{standard_id}-{edition_id}-{speech.language}.pdf"


def standard_name(part: str, name: Text, speech: Speech) -> str:
    """Return the standard with its part."""
    return speech.say("library.part", part=part, name=speech.pick(name)) if part else speech.pick(name)


def _shelf_row(place: int, card: StandardCard, speech: Speech) -> ShelfRow:
    languages = _LANGUAGES.get(tuple(card.languages_complete), "no_language")
    return ShelfRow(
        order=place,
        digest=card.digest,
        standard_id=card.standard_id,
        edition_id=card.edition_id,
        name=standard_name(card.part, card.name, speech),
        languages=speech.say(f"library.{languages}"),
        items=card.rated_items,
        criteria=card.criteria,
        evidence=card.evidence_requests,
        provenance=speech.say(f"library.provenance.{card.provenance.value}"),
        details=_details(card, speech),
        signed=signers.short_words(card.seal, speech),
    )


def _details(card: StandardCard, speech: Speech) -> str:
    counts = speech.say("library.separator").join(
        speech.say("library.level_count", level=level, count=count)
        for level, count in enumerate(card.criteria_per_level, 1)
    )
    lines = (
        f"{standard_name(card.part, card.name, speech)}  {card.standard_id} {card.edition_id}",
        speech.say("library.source") + speech.say(f"book.provenance_word.{card.provenance.value}"),
        signers.long_words(card.seal, speech),
        speech.say("library.levels", levels=counts),
        speech.say("library.digest", digest=card.digest),
    )
    return "\n".join(lines)
