"""What the library shows of an edition: names and counts, small enough to be read without the edition itself."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition, Provenance
from maturity_desktop.domain.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts are over the whole edition; `criteria_per_level` is in the order of the scale."""

    standard_id: str
    edition_id: str
    released_on: date
    name: Text
    part: str
    digest: Digest
    provenance: Provenance
    rated_items: int
    criteria: int
    criteria_per_level: tuple[int, ...]
    evidence_requests: int
    languages_complete: tuple[str, ...]


def summarise(edition: Edition) -> Summary:
    """Count an edition."""
    per_level = tuple(
        sum(len(item.cells[place].criteria) for item in edition.items) for place in range(len(edition.levels))
    )
    texts = [text for text in _texts(edition) if text]
    return Summary(
        standard_id=edition.standard_id,
        edition_id=edition.edition_id,
        released_on=edition.released_on,
        name=edition.name,
        part=edition.part,
        digest=canonical.digest(edition),
        provenance=edition.provenance,
        rated_items=len(edition.items),
        criteria=sum(per_level),
        criteria_per_level=per_level,
        evidence_requests=sum(len(cell.evidence) for item in edition.items for cell in item.cells),
        languages_complete=tuple(language for language in LANGUAGES if all(getattr(text, language) for text in texts)),
    )


def _texts(value: Any) -> Iterator[Text]:  # Any: walks every kind of domain value
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
