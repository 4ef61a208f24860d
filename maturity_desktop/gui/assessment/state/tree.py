"""The tree beside the questionnaire: rows with progress and level, and which of them the filters let through."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import ItemState, Progress, Rating
from maturity_desktop.domain.standard import Node, RatedItem
from maturity_desktop.domain.text import Language
from maturity_desktop.gui.assessment.state.question import other
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.gui.common.ratings import score, told

WHOLE = NodeCode("")


class Filter(StrEnum):
    """What to look for; several are combined with AND."""

    TO_CONFIRM = "to_confirm"
    UNANSWERED = "unanswered"
    FLAGGED = "flagged"
    BLOCKING_TARGET = "blocking_target"
    WITHOUT_EVIDENCE = "without_evidence"
    WITH_RATIONALE = "with_rationale"
    WITH_OBSERVATION = "with_observation"


@dataclass(frozen=True, slots=True)
class Figures:
    """Rating and progress of a row; `level` is 0 below the scale. `score` is "" where levels alone count."""

    label: str
    level: int
    progress: Progress
    score: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """What one row of the tree shows. `layer` is the pack's own name of the layer."""

    code: NodeCode
    name: str
    other_name: str
    layer: str
    figures: Figures
    state: ItemState
    is_item: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A place in the tree: code and children; rows are looked up by code."""

    code: NodeCode
    children: tuple["Branch", ...] = ()


def build(sheet: SheetState) -> tuple[Branch, ...]:
    """Return the shape of the tree in scope: the whole at the top, empty inner nodes left out."""
    roots = (_branch(sheet, node) for node in sheet.edition.nodes)
    return (Branch(code=WHOLE, children=tuple(root for root in roots if root is not None)),)


def _branch(sheet: SheetState, node: Node) -> Branch | None:
    inner = tuple(branch for branch in (_branch(sheet, child) for child in node.nodes) if branch is not None)
    items = tuple(Branch(code=item.code) for item in node.items if item.code in sheet.place)
    return Branch(code=node.code, children=(*inner, *items)) if inner or items else None


def rows(sheet: SheetState, language: Language) -> dict[NodeCode, TreeRow]:
    """Return what every place of the tree shows now."""
    found = {WHOLE: _whole_row(sheet, language)}
    for node in sheet.edition.node_by_code.values():
        if node.code in sheet.results.nodes:
            found[node.code] = _node_row(sheet, node, language)
    for item in sheet.order:
        found[item.code] = _item_row(sheet, item, language)
    return found


def _whole_row(sheet: SheetState, language: Language) -> TreeRow:
    overall = sheet.results.overall
    return TreeRow(
        code=WHOLE,
        name=sheet.edition.name.pick(language),
        other_name=other(sheet.edition.name, language),
        layer=sheet.edition.root_layer.pick(language),
        state=overall.state,
        is_item=False,
        figures=_figures(sheet, overall.rating, overall.progress, language, earned=overall.average),
    )


def _node_row(sheet: SheetState, node: Node, language: Language) -> TreeRow:
    result = sheet.results.nodes[node.code]
    return TreeRow(
        code=node.code,
        name=node.name.pick(language),
        other_name=other(node.name, language),
        layer=_layer(sheet, node.code, language),
        state=result.state,
        is_item=False,
        figures=_figures(sheet, result.rating, result.progress, language, earned=result.average),
    )


def _item_row(sheet: SheetState, item: RatedItem, language: Language) -> TreeRow:
    rating = sheet.results.items[item.code]
    return TreeRow(
        code=item.code,
        name=item.name.pick(language),
        other_name=other(item.name, language),
        layer=sheet.edition.layers[-1].pick(language) if sheet.edition.layers else "",
        state=rating.state,
        is_item=True,
        figures=_figures(sheet, rating.effective, rating.progress, language, earned=rating.score),
    )


def _figures(sheet: SheetState, rating: Rating, progress: Progress, language: Language, *, earned: Decimal) -> Figures:
    """Return level and progress; where answers earn credit the badge says what was earned, as owners do."""
    profile = sheet.results.profile
    label = f"{earned:.2f}" if profile.has_credit else told(sheet.edition, rating, language)
    return Figures(label, rating.level, progress, score(sheet.edition, profile, earned, language))


def _layer(sheet: SheetState, code: NodeCode, language: Language) -> str:
    depth = len(sheet.edition.path_to(code))
    layers = sheet.edition.layers
    return layers[depth].pick(language) if depth < len(layers) else ""


def matching(sheet: SheetState, filters: frozenset[Filter]) -> dict[NodeCode, tuple[CriterionId, ...]]:
    """Return the rated items with criteria that pass all filters; every item when there is no filter."""
    if not filters:
        return {item.code: tuple(criterion.id for criterion in item.criteria) for item in sheet.order}
    found = ((item.code, tuple(_passing(sheet, item, filters))) for item in sheet.order)
    return {code: criteria for code, criteria in found if criteria}


def count_to_confirm(sheet: SheetState) -> int:
    """Return how many answers in scope came over from another edition and wait to be confirmed."""
    items = sheet.edition.item_of_criterion
    marked = (key for key, answer in sheet.answers.items() if answer.to_confirm and items[key].code in sheet.place)
    return sum(sheet.needs_confirming(key) for key in marked)


def _passing(sheet: SheetState, item: RatedItem, filters: frozenset[Filter]) -> Iterator[CriterionId]:
    for cell in item.cells:
        for criterion in cell.criteria:
            if all(_passes(sheet, criterion.id, chosen, needed=sheet.is_needed(cell.level)) for chosen in filters):
                yield criterion.id


def _passes(sheet: SheetState, criterion_id: CriterionId, chosen: Filter, *, needed: bool) -> bool:
    value = sheet.value(criterion_id)
    match chosen:
        case Filter.TO_CONFIRM | Filter.FLAGGED:
            marked = sheet.is_flagged if chosen is Filter.FLAGGED else sheet.needs_confirming
            return marked(criterion_id)
        case Filter.UNANSWERED:
            return needed and value is AnswerValue.NOT_ASSESSED
        case Filter.BLOCKING_TARGET:
            return needed and not value.holds and value is not AnswerValue.NOT_ASSESSED
        case Filter.WITHOUT_EVIDENCE:
            return (
                value in (AnswerValue.COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT)
                and criterion_id not in sheet.evidence_of
            )
        case Filter.WITH_RATIONALE:
            return bool(sheet.rationale(criterion_id).strip())
        case Filter.WITH_OBSERVATION:
            return sheet.observation_counts.get(criterion_id, 0) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search result."""

    criterion_id: CriterionId
    item_name: str
    text: str
    value: AnswerValue


def hits(sheet: SheetState, found: tuple[CriterionId, ...], language: Language) -> tuple[Hit, ...]:
    """Return search results as the list shows them; criteria out of scope are left out."""
    items = sheet.edition.item_of_criterion
    return tuple(
        Hit(
            criterion_id=criterion_id,
            item_name=items[criterion_id].name.pick(language),
            text=sheet.edition.criterion_by_id[criterion_id].text.pick(language),
            value=sheet.value(criterion_id),
        )
        for criterion_id in found
        if criterion_id in items and items[criterion_id].code in sheet.place
    )
