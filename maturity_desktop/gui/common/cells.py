"""What a level cell says about its level, with the answers so far. Pure; used by questionnaire and heat map."""

from collections.abc import Callable
from enum import StrEnum

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import CellKind, LevelCell


class CellState(StrEnum):
    """Holds, earns a part, is blocked by an answer, is open; or asks nothing, or the same as the level below."""

    HOLDS = "holds"
    PARTLY = "partly"
    BLOCKED = "blocked"
    OPEN = "open"
    NOTHING = "nothing"
    SAME = "same"


_EARNING = (AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT)


def cell_state(
    cell: LevelCell, value_of: Callable[[CriterionId], AnswerValue], *, is_credited: bool = False
) -> CellState:
    """Return the state of one cell; `is_credited`: answers earn a part, so not everything short of full blocks."""
    if cell.kind is CellKind.EMPTY:
        return CellState.NOTHING
    if cell.kind is CellKind.SAME:
        return CellState.SAME
    values = [value_of(criterion.id) for criterion in cell.criteria]
    if any(not value.holds and value is not AnswerValue.NOT_ASSESSED for value in values):
        earns = is_credited and any(value in _EARNING for value in values)
        return CellState.PARTLY if earns else CellState.BLOCKED
    return CellState.HOLDS if all(value.holds for value in values) else CellState.OPEN
