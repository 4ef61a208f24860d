"""Where the focus goes: from criterion to criterion, across levels, from item to item. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.standard import RatedItem
from maturity_desktop.gui.assessment.state.sheet import SheetState

Matches = Mapping[NodeCode, tuple[CriterionId, ...]]


class Move(StrEnum):
    """Ways to walk."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "next"
    NEXT_ITEM = "next_item"
    PREVIOUS_ITEM = "previous_item"
    NEXT_UNANSWERED = "next_unanswered"


@dataclass(frozen=True, slots=True)
class Focus:
    """The place in the questionnaire the user works at."""

    item_code: NodeCode
    criterion_id: CriterionId


def enter_item(sheet: SheetState, item: RatedItem) -> Focus | None:
    """Return where to start in an item: its first unanswered needed criterion, else the first needed, else any."""
    needed = _needed(sheet, item)
    fresh = [key for key in needed if sheet.value(key) is AnswerValue.NOT_ASSESSED]
    candidates = fresh or needed or [criterion.id for criterion in item.criteria]
    return Focus(item.code, candidates[0]) if candidates else None


def at_criterion(sheet: SheetState, criterion_id: CriterionId) -> Focus | None:
    """Return the focus at a criterion, or None when it is out of scope."""
    item = sheet.edition.item_of_criterion.get(criterion_id)
    if item is None or item.code not in sheet.place:
        return None
    return Focus(item.code, criterion_id)


def start(sheet: SheetState) -> Focus | None:
    """Return where work goes on: the first unanswered needed criterion, else the first item."""
    if not sheet.order:
        return None
    first = enter_item(sheet, sheet.order[0])
    if first is not None and sheet.value(first.criterion_id) is AnswerValue.NOT_ASSESSED:
        return first
    return (_unanswered_after(sheet, first) if first is not None else None) or first


def walk(sheet: SheetState, focus: Focus, move: Move, allowed: Matches | None = None) -> Focus:
    """Return the focus after a move; the same focus when there is nowhere to go.

    `allowed`: rated items that pass the filters with their passing criteria; None when nothing is filtered.
    """
    item = sheet.edition.item_by_code[focus.item_code]
    match move:
        case Move.UP | Move.DOWN:
            return _step(item, focus, -1 if move is Move.UP else 1)
        case Move.LEFT | Move.RIGHT:
            return _across(item, focus, -1 if move is Move.LEFT else 1)
        case Move.NEXT_ITEM | Move.PREVIOUS_ITEM:
            return _other_item(sheet, focus, -1 if move is Move.PREVIOUS_ITEM else 1, allowed)
        case Move.NEXT:
            return _advance(sheet, item, focus, allowed)
        case Move.NEXT_UNANSWERED:
            return _unanswered_after(sheet, focus) or focus


def _needed(sheet: SheetState, item: RatedItem) -> list[CriterionId]:
    return [criterion.id for cell in item.cells if sheet.is_needed(cell.level) for criterion in cell.criteria]


def _step(item: RatedItem, focus: Focus, by: int) -> Focus:
    ids = [criterion.id for criterion in item.criteria]
    place = ids.index(focus.criterion_id) + by
    return Focus(item.code, ids[place]) if 0 <= place < len(ids) else focus


def _across(item: RatedItem, focus: Focus, by: int) -> Focus:
    cells = [[criterion.id for criterion in cell.criteria] for cell in item.cells]
    column = next(place for place, ids in enumerate(cells) if focus.criterion_id in ids)
    row = cells[column].index(focus.criterion_id)
    column += by
    while 0 <= column < len(cells):
        if cells[column]:
            return Focus(item.code, cells[column][min(row, len(cells[column]) - 1)])
        column += by
    return focus


def _advance(sheet: SheetState, item: RatedItem, focus: Focus, allowed: Matches | None) -> Focus:
    """Go to the next criterion; after the last needed one of the item, to the next item."""
    needed = _needed(sheet, item)
    if needed and focus.criterion_id == needed[-1]:
        return _other_item(sheet, focus, 1, allowed)
    further = _step(item, focus, 1)
    return further if further != focus else _other_item(sheet, focus, 1, allowed)


def _other_item(sheet: SheetState, focus: Focus, by: int, allowed: Matches | None) -> Focus:
    place = sheet.place.get(focus.item_code, 0) + by
    while 0 <= place < len(sheet.order):
        item = sheet.order[place]
        if allowed is None:
            found = enter_item(sheet, item)
        else:
            found = Focus(item.code, allowed[item.code][0]) if allowed.get(item.code) else None
        if found is not None:
            return found
        place += by
    return focus


def _unanswered_after(sheet: SheetState, focus: Focus) -> Focus | None:
    """Return the next unanswered needed criterion after `focus`, going round once."""
    path = [Focus(item.code, criterion.id) for item in sheet.order for criterion in item.criteria]
    here = path.index(focus) if focus in path else -1
    levels = sheet.edition.level_of_criterion
    return next(
        (
            step
            for step in path[here + 1 :] + path[: here + 1]
            if sheet.is_needed(levels[step.criterion_id]) and sheet.value(step.criterion_id) is AnswerValue.NOT_ASSESSED
        ),
        None,
    )
