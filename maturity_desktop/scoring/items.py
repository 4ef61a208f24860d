"""The rating of one rated item: a level, perhaps with a half step, from the answers to its criteria.

Source: domain facts 4.4 and 4.6 (N: everything of level N and below met; N-: part of level N not met); model 3.
"""

from collections.abc import Mapping

from maturity_desktop.domain.answers import Answer, AnswerValue, Override
from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import Blocker, ItemRating, ItemState, Obstacle, Progress, Rating
from maturity_desktop.domain.standard import Edition, HalfStep, LevelCell, RatedItem

Answers = Mapping[CriterionId, Answer]
Rows = tuple[tuple[AnswerValue, ...], ...]

PART = frozenset({AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT})
_OBSTACLE = {
    AnswerValue.NOT_ASSESSED: Obstacle.NOT_ASSESSED,
    AnswerValue.PARTIALLY_COMPLIANT: Obstacle.PARTIALLY_COMPLIANT,
    AnswerValue.NOT_COMPLIANT: Obstacle.NOT_COMPLIANT,
}


def value_of(answers: Answers, criterion_id: CriterionId) -> AnswerValue:
    """Return what is said of a criterion; never answered means not assessed."""
    answer = answers.get(criterion_id)
    return AnswerValue.NOT_ASSESSED if answer is None else answer.value


def base_index(edition: Edition) -> int:
    """Return the 1-based position up to which levels hold by default; 0 when the scale has no such level."""
    return edition.level_index(edition.base_level) if edition.base_level else 0


def half_above(edition: Edition, full: int) -> Rating | None:
    """Return the rating for "`full` reached, the next level in part", or None when the scale knows no half step."""
    if HalfStep.MINUS in edition.half_steps:
        return Rating(full + 1, HalfStep.MINUS)
    if HalfStep.PLUS in edition.half_steps and full > 0:
        return Rating(full, HalfStep.PLUS)
    return None


def rate_item(
    edition: Edition,
    item: RatedItem,
    answers: Answers,
    target: Rating,
    override: Override | None = None,
    earned: tuple[int, int] | Absent = ABSENT,
) -> ItemRating:
    """Rate one item; `earned` is the place it earns under a profile with partial credit.

    Empty cells and cells that say "same as below" hold when the level below holds. The base level holds until a
    criterion of it is answered not or partially compliant. An override counts instead; the computed rating stays.
    """
    base = base_index(edition)
    rows: Rows = tuple(tuple(value_of(answers, criterion.id) for criterion in cell.criteria) for cell in item.cells)
    computed = _rating(edition, rows, base)
    full = computed.full_level
    return ItemRating(
        item_code=item.code,
        computed=computed,
        state=_state(edition, rows, computed, target=target, is_overridden=override is not None),
        override=None if override is None else override.rating,
        override_reason="" if override is None else override.reason,
        blockers=_blockers_in(item, item.cells[full : full + 1], answers, base - full),
        target_blockers=unmet(edition, item, answers, target.full_level),
        progress=_progress(item, answers, base, target.level),
        earned=earned,
    )


def unmet(edition: Edition, item: RatedItem, answers: Answers, up_to: int) -> tuple[Blocker, ...]:
    """Return the criteria of the item up to level position `up_to` that do not hold, lowest level first."""
    return _blockers_in(item, item.cells[:up_to], answers, base_index(edition))


def has_part(item: RatedItem, answers: Answers, level: int) -> bool:
    """Return whether something of the item's own cell at this level is met, at least partially."""
    return any(
        value_of(answers, criterion.id) in PART for cell in item.cells[level - 1 : level] for criterion in cell.criteria
    )


def _rating(edition: Edition, rows: Rows, base: int) -> Rating:
    full = _reached(rows, base)
    if full == len(rows):
        return Rating(full)
    is_part = full < base or not PART.isdisjoint(rows[full])
    return (half_above(edition, full) if is_part else None) or Rating(full)


def _reached(rows: Rows, base: int) -> int:
    for below, row in enumerate(rows):
        if not all(_holds(value, by_default=below < base) for value in row):
            return below
    return len(rows)


def _holds(value: AnswerValue, *, by_default: bool) -> bool:
    return value.holds or (by_default and value is AnswerValue.NOT_ASSESSED)


def _state(edition: Edition, rows: Rows, computed: Rating, *, target: Rating, is_overridden: bool) -> ItemState:
    """Settled: no unanswered criterion up to the target could still change the rating."""
    is_untouched = all(value is AnswerValue.NOT_ASSESSED for row in rows for value in row)
    if is_untouched and any(rows) and not is_overridden:
        return ItemState.NOT_STARTED
    hoped = {AnswerValue.NOT_ASSESSED: AnswerValue.COMPLIANT}
    best = tuple(
        tuple(hoped.get(value, value) for value in row) if place <= target.level else row
        for place, row in enumerate(rows, 1)
    )
    is_settled = is_overridden or _rating(edition, best, base_index(edition)) == computed
    return ItemState.SETTLED if is_settled else ItemState.OPEN


def _blockers_in(item: RatedItem, cells: tuple[LevelCell, ...], answers: Answers, base: int) -> tuple[Blocker, ...]:
    """Collect what does not hold in consecutive cells; the first `base` of them hold by default."""
    found: list[Blocker] = []
    for place, cell in enumerate(cells):
        for criterion in cell.criteria:
            value = value_of(answers, criterion.id)
            if not _holds(value, by_default=place < base):
                found.append(
                    Blocker(item_code=item.code, level=cell.level, criterion_id=criterion.id, obstacle=_OBSTACLE[value])
                )
    return tuple(found)


def _progress(item: RatedItem, answers: Answers, base: int, target: int) -> Progress:
    answered = total = needed_answered = needed_total = flagged = 0
    for place, cell in enumerate(item.cells, 1):
        given = [answers[criterion.id] for criterion in cell.criteria if criterion.id in answers]
        done = sum(answer.value is not AnswerValue.NOT_ASSESSED for answer in given)
        total += len(cell.criteria)
        answered += done
        flagged += sum(answer.flagged for answer in given)
        if base < place <= target:
            needed_total += len(cell.criteria)
            needed_answered += done
    return Progress(
        answered=answered,
        total=total,
        needed_answered=needed_answered,
        needed_total=needed_total,
        flagged=flagged,
    )
