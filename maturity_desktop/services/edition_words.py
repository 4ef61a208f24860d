"""The difference between two editions in words: what of a criterion differs, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import AnswerSet, Criterion, Edition, Threshold
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.services.edition_changes import (
    ChangedPart,
    CriterionChange,
    CriterionFate,
    EditionDifference,
    Standing,
)
from maturity_desktop.services.edition_transfer import Transfer
from maturity_desktop.wording import say

MAIN = ChangedPart.TEXT
_TEXTS = {ChangedPart.TEXT: "text", ChangedPart.NOTE: "note"}
_SHOWN = (ChangedPart.TEXT, ChangedPart.NOTE, ChangedPart.THRESHOLD, ChangedPart.LEVEL, ChangedPart.ITEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSide:
    """One part of a criterion before and after; `side` is the language of a text, "" for everything else."""

    part: ChangedPart
    side: str
    old: str
    new: str


def sides(found: EditionDifference, change: CriterionChange, language: Language) -> tuple[ChangedSide, ...]:
    """Return what of a criterion differs; of an added or removed one, everything it says."""
    return tuple(_sides(found, change, language))


def field(side: ChangedSide, language: Language) -> str:
    """Return the name of a part, with the language of its text."""
    word = say(language, f"editions.part.{side.part}")
    if not side.side:
        return word
    return say(language, "importing.field_side", field=word, side=say(language, f"importing.side_{side.side}"))


def counts(carried: Transfer) -> dict[str, int]:
    """Return how much goes over and how much does not, by the names the sentences use."""
    return {
        "carried": len(carried.answers),
        "to_confirm": len(carried.to_confirm),
        "left": len(carried.left_behind),
        "overrides": len(carried.overrides),
        "self_ratings": len(carried.self_ratings),
        "links": carried.evidence_links,
        "fresh": carried.difference.count(CriterionFate.ADDED),
    }


def _sides(found: EditionDifference, change: CriterionChange, language: Language) -> Iterator[ChangedSide]:
    is_changed = change.fate is CriterionFate.CHANGED
    for part in change.parts if is_changed else _SHOWN:
        if part in _TEXTS:
            yield from _texts(part, change)
            continue
        old = _told(part, found.old, change.old, language)
        new = _told(part, found.new, change.new, language)
        if old or new:
            yield ChangedSide(part=part, side="", old=old, new=new)


def _texts(part: ChangedPart, change: CriterionChange) -> Iterator[ChangedSide]:
    old, new = (_text(part, standing) for standing in (change.old, change.new))
    for side, was, now in (("zh", old.zh, new.zh), ("en", old.en, new.en)):
        if was != now:
            yield ChangedSide(part=part, side=side, old=was, new=now)


def _text(part: ChangedPart, standing: Standing | None) -> Text:
    if standing is None:
        return Text()
    return standing.criterion.text if part is ChangedPart.TEXT else standing.criterion.note


def _told(part: ChangedPart, edition: Edition, standing: Standing | None, language: Language) -> str:
    if standing is None:
        return ""
    match part:
        case ChangedPart.THRESHOLD:
            return _limit(standing.criterion.threshold, language)
        case ChangedPart.LEVEL:
            return f"{standing.level} {edition.levels[edition.level_index(standing.level) - 1].name.pick(language)}"
        case ChangedPart.ITEM:
            return _item(edition, standing.item_code, language)
        case _:
            return _answers(edition, standing.criterion, language)


def _limit(threshold: Threshold | None, language: Language) -> str:
    if threshold is None:
        return ""
    sign = {"<=": "≤", ">=": "≥"}.get(threshold.operator.value, threshold.operator.value)
    return f"{threshold.metric.pick(language)} {sign} {threshold.value} {threshold.unit.pick(language)}".rstrip()


def _item(edition: Edition, code: NodeCode, language: Language) -> str:
    return f"{code} {edition.item_by_code[code].name.pick(language)}"


def _answers(edition: Edition, criterion: Criterion, language: Language) -> str:
    offered: AnswerSet | None = edition.answer_set_of(criterion)
    if offered is None:
        return ""
    return "\n".join(f"{choice.text.pick(language)} ({choice.credit})" for choice in offered.choices)
