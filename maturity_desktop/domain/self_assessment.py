"""What an institution writes into its self-assessment: ratings as people type them, and differences cell by cell."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Edition, HalfStep

BELOW_SCALE = "–"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－ー", "-"))
_LEVEL_WORD = re.compile(r"^(?:level|l)(?=\d)|[级級]")


class SelfField(StrEnum):
    """What the institution fills in for a rated item."""

    RATING = "rating"
    GAP = "gap"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One cell of a returned workbook that says something else than what is kept.

    Attributes:
        old, new: as people write it, a rating as its label; "" means nothing.
        place: sheet and cell, such as ``Self-rating!K9``.
    """

    item_code: NodeCode
    field: SelfField
    old: str
    new: str
    place: str

    @property
    def key(self) -> tuple[NodeCode, SelfField]:
        """What tells this difference from the others of the same file."""
        return self.item_code, self.field


def offered_labels(edition: Edition) -> tuple[str, ...]:
    """Return the ratings to choose from, lowest first, as they are written: ``1``, ``2-``, ``2``."""
    base = edition.level_index(edition.base_level)
    below = () if base else (Rating(0),)
    return tuple(rating.label(edition.levels) for rating in (*below, *_steps(edition, base)))


def parse_label(text: str, edition: Edition) -> Rating | None:
    """Return the rating somebody typed (``3-``, ``３－``, ``L3``, ``3级``, a level's name); None when it is none."""
    return _known_labels(edition).get(_plain(text))


def _steps(edition: Edition, base: int) -> Iterator[Rating]:
    for place in range(1, len(edition.levels) + 1):
        if HalfStep.MINUS in edition.half_steps and place > base:
            yield Rating(place, HalfStep.MINUS)
        yield Rating(place)
        if HalfStep.PLUS in edition.half_steps and place < len(edition.levels):
            yield Rating(place, HalfStep.PLUS)


def _known_labels(edition: Edition) -> dict[str, Rating]:
    signs = {half: sign for half, sign in ((HalfStep.MINUS, "-"), (HalfStep.PLUS, "+")) if half in edition.half_steps}
    known: dict[str, Rating] = {}
    for words in (_codes(edition), _names(edition)):
        for place, word in words:
            known.setdefault(_plain(word), Rating(place))
            for half, sign in signs.items():
                known.setdefault(_plain(word + sign), Rating(place, half))
    known.setdefault("-", Rating(0))
    known.pop("", None)
    return known


def _codes(edition: Edition) -> list[tuple[int, str]]:
    return [(place, level.code) for place, level in enumerate(edition.levels, 1)]


def _names(edition: Edition) -> list[tuple[int, str]]:
    named = [(place, level.code, level.name) for place, level in enumerate(edition.levels, 1)]
    return [(place, word) for place, code, name in named for each in (name.zh, name.en) for word in (each, code + each)]


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return _LEVEL_WORD.sub("", re.sub(r"\s+", "", flat))
