"""The radar's axes and the heat map's rows."""

from dataclasses import dataclass

from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Node, RatedItem
from maturity_desktop.gui.common.cells import CellState, cell_state
from maturity_desktop.gui.common.ratings import told
from maturity_desktop.gui.results.state.inputs import ResultsInputs
from maturity_desktop.wording import say

_FEWEST_AXES, _MOST_AXES = 3, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis of the radar, in positions on the scale; `own` is None without any self-rating."""

    code: NodeCode
    name: str
    assessed: float
    target: float
    own: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarProps:
    """Axes, and the names of the rings from 1 to the top of the scale."""

    axes: tuple[Axis, ...]
    rings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One item at one level."""

    state: CellState
    words: str
    held: int
    total: int
    criterion_id: CriterionId | None
    is_above_target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """One rated item over all levels."""

    code: NodeCode
    name: str
    group: str
    label: str
    level: int
    cells: tuple[HeatCell, ...]
    place: int


def radar(inputs: ResultsInputs) -> RadarProps:
    """Return the radar: outermost nodes as axes, a layer deeper when these are fewer than three."""
    return RadarProps(
        axes=tuple(_axis(inputs, place) for place in _places(inputs)),
        rings=_rings(inputs),
    )


def _rings(inputs: ResultsInputs) -> tuple[str, ...]:
    edition, language = inputs.edition, inputs.language
    return tuple(told(edition, Rating(place), language) for place in range(1, len(edition.levels) + 1))


def _places(inputs: ResultsInputs) -> list[Node | RatedItem]:
    layer: list[Node | RatedItem] = [node for node in inputs.edition.nodes if node.code in inputs.results.nodes]
    while len(layer) < _FEWEST_AXES:
        deeper: list[Node | RatedItem] = []
        for place in layer:
            deeper.extend((*place.nodes, *place.items) if isinstance(place, Node) else (place,))
        deeper = [place for place in deeper if place.code in inputs.results.nodes or place.code in inputs.results.items]
        if len(deeper) == len(layer):
            break
        layer = deeper
    return layer[:_MOST_AXES]


def _axis(inputs: ResultsInputs, place: Node | RatedItem) -> Axis:
    if isinstance(place, Node):
        assessed = inputs.results.nodes[place.code].average
        items = [item for item in place.all_items() if item.code in inputs.results.items]
    else:
        assessed = inputs.results.items[place.code].score
        items = [place]
    own = [inputs.self_ratings[item.code].rating.position for item in items if item.code in inputs.self_ratings]
    return Axis(
        code=place.code,
        name=place.name.pick(inputs.language),
        assessed=float(assessed),
        target=float(inputs.results.target.position),
        own=float(sum(own) / len(own)) if own else None,
    )


def heat(inputs: ResultsInputs) -> tuple[HeatRow, ...]:
    """Return rated items × levels."""
    rows: list[HeatRow] = []
    for item in inputs.edition.items:
        if item.code in inputs.results.items:
            above = inputs.edition.path_to(item.code)
            rating = inputs.results.items[item.code].effective
            rows.append(
                HeatRow(
                    code=item.code,
                    name=item.name.pick(inputs.language),
                    group=above[0].name.pick(inputs.language) if above else "",
                    label=told(inputs.edition, rating, inputs.language),
                    level=rating.level,
                    cells=_cells(inputs, item),
                    place=len(rows),
                )
            )
    return tuple(rows)


def _cells(inputs: ResultsInputs, item: RatedItem) -> tuple[HeatCell, ...]:
    target = inputs.edition.level_index(inputs.assessment.target_level)
    cells = []
    for cell in item.cells:
        state = cell_state(cell, inputs.value, is_credited=inputs.results.profile.has_credit)
        held = [criterion.id for criterion in cell.criteria if inputs.value(criterion.id).holds]
        open_ones = [criterion.id for criterion in cell.criteria if criterion.id not in held]
        shown = open_ones or held
        cells.append(
            HeatCell(
                state=state,
                words=say(inputs.language, f"results.cell.{state.value}"),
                held=len(held),
                total=len(cell.criteria),
                criterion_id=shown[0] if shown else None,
                is_above_target=inputs.edition.level_index(cell.level) > target,
            )
        )
    return tuple(cells)
