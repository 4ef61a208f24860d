"""What differs between two editions of a standard, criterion by criterion, matched by stable id and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.standard import Criterion, Edition


class CriterionFate(StrEnum):
    """What became of a criterion in the other edition."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ChangedPart(StrEnum):
    """Which part of a criterion differs."""

    TEXT = "text"
    NOTE = "note"
    THRESHOLD = "threshold"
    LEVEL = "level"
    ITEM = "item"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A criterion and where it stands in its edition."""

    criterion: Criterion
    item_code: NodeCode
    level: LevelCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """One criterion that differs. `old` is None when it was added, `new` when it was removed."""

    criterion_id: CriterionId
    fate: CriterionFate
    old: Standing | None
    new: Standing | None
    parts: tuple[ChangedPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionDifference:
    """All differences in the order of the new edition, what was removed last; `unchanged` counts the rest."""

    old: Edition
    new: Edition
    changes: tuple[CriterionChange, ...]
    unchanged: int

    def count(self, fate: CriterionFate) -> int:
        """Return how many criteria met this fate."""
        return sum(change.fate is fate for change in self.changes)

    @property
    def reworded(self) -> frozenset[CriterionId]:
        """Criteria of both editions that do not say the same in both."""
        return frozenset(change.criterion_id for change in self.changes if change.fate is CriterionFate.CHANGED)

    @property
    def touched_items(self) -> frozenset[NodeCode]:
        """Rated items that gained, lost or changed a criterion."""
        sides = (side for change in self.changes for side in (change.old, change.new))
        return frozenset(side.item_code for side in sides if side is not None)


def compare(old: Edition, new: Edition) -> EditionDifference:
    """Return what differs between two editions."""
    changes = (*_changed_or_added(old, new), *_removed(old, new))
    met = sum(change.fate is CriterionFate.CHANGED for change in changes)
    shared = len(old.criterion_by_id.keys() & new.criterion_by_id.keys())
    return EditionDifference(old=old, new=new, changes=changes, unchanged=shared - met)


def _changed_or_added(old: Edition, new: Edition) -> Iterator[CriterionChange]:
    for key in new.criterion_by_id:
        after = _standing(new, key)
        if key not in old.criterion_by_id:
            yield CriterionChange(criterion_id=key, fate=CriterionFate.ADDED, old=None, new=after)
            continue
        before = _standing(old, key)
        parts = tuple(_parts(old, before, new, after))
        if parts:
            yield CriterionChange(criterion_id=key, fate=CriterionFate.CHANGED, old=before, new=after, parts=parts)


def _removed(old: Edition, new: Edition) -> Iterator[CriterionChange]:
    for key in old.criterion_by_id:
        if key not in new.criterion_by_id:
            yield CriterionChange(criterion_id=key, fate=CriterionFate.REMOVED, old=_standing(old, key), new=None)


def _standing(edition: Edition, key: CriterionId) -> Standing:
    return Standing(
        criterion=edition.criterion_by_id[key],
        item_code=edition.item_of_criterion[key].code,
        level=edition.level_of_criterion[key],
    )


def _parts(old: Edition, before: Standing, new: Edition, after: Standing) -> Iterator[ChangedPart]:
    was, now = before.criterion, after.criterion
    pairs = (
        (ChangedPart.TEXT, was.text, now.text),
        (ChangedPart.NOTE, was.note, now.note),
        (ChangedPart.THRESHOLD, was.threshold, now.threshold),
        (ChangedPart.LEVEL, before.level, after.level),
        (ChangedPart.ITEM, before.item_code, after.item_code),
        (ChangedPart.ANSWERS, old.answer_set_of(was), new.answer_set_of(now)),
    )
    for part, left, right in pairs:
        if left != right:
            yield part
