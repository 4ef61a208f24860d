"""Standards: editions, their trees, level cells, criteria, evidence requests and rule profiles.

Plain frozen values. How a pack file becomes an `Edition` is the craft of `packs`; how answers become levels
that of `scoring`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.text import Text


class Provenance(StrEnum):
    """Where shape and wording come from; wording is always our own in shipped packs."""

    PUBLISHED_STRUCTURE = "published-structure"
    AUTHORED = "authored"


class Operator(StrEnum):
    """Comparison of a threshold."""

    AT_MOST = "<="
    LESS = "<"
    AT_LEAST = ">="
    MORE = ">"
    EQUAL = "="


class EvidenceKind(StrEnum):
    """The three kinds of file an assessment works with (材料文档, 演示截图, 演示视频)."""

    DOCUMENT = "document"
    SCREENSHOT = "screenshot"
    VIDEO = "video"


class CellKind(StrEnum):
    """What a level cell says: criteria, nothing (无), or the same as the level below (同上)."""

    CRITERIA = "criteria"
    EMPTY = "empty"
    SAME = "same"


class HalfStep(StrEnum):
    """Position of a rating inside its level: ``2+`` lies between ``2`` and ``3-``."""

    MINUS = "minus"
    FULL = "full"
    PLUS = "plus"


class Method(StrEnum):
    """How the ratings of rated items become one level."""

    MINIMUM = "minimum"
    SHARE_WITH_FLOOR = "share_with_floor"
    AVERAGE = "average"
    CUMULATIVE_GATE = "cumulative_gate"


class AverageOver(StrEnum):
    """What an average counts alike: every rated item, every outermost node, or on each layer every child of a node."""

    ITEM = "item"
    SUB_DOMAIN = "sub_domain"
    NODE = "node"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One ordered step of a standard's own scale."""

    code: LevelCode
    name: Text
    colour: str
    summary: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A measurable limit inside a criterion: metric, comparison, value and unit."""

    metric: Text
    operator: Operator
    value: Decimal
    unit: Text = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of an answer set and the part of the level it earns, 0 to 1."""

    code: str
    text: Text
    credit: Decimal

    @property
    def credit_label(self) -> str:
        """The credit as people read it, to two places at most: ``0.25``."""
        return f"{round(self.credit, 2).normalize():f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSet:
    """The answers a model's owner offers for a criterion, in the owner's order and with the owner's numbers."""

    code: str
    choices: tuple[Choice, ...]

    def choice(self, code: str) -> Choice | None:
        """Return the choice with this code."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The smallest thing answered: one requirement point, one idea.

    Attributes:
        answer_set: code of the answer set to choose from, where the model has its own answers.
    """

    id: CriterionId
    text: Text
    note: Text = Text()
    threshold: Threshold | None = None
    provenance: Provenance = Provenance.AUTHORED
    answer_set: str | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """What to have ready for a level cell; `code` also names files handed in for it."""

    code: str
    kind: EvidenceKind
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCell:
    """What one rated item demands at one level.

    Attributes:
        keep_for_higher: whether this cell's evidence is still wanted when the target is higher.
    """

    level: LevelCode
    kind: CellKind = CellKind.CRITERIA
    criteria: tuple[Criterion, ...] = ()
    evidence: tuple[EvidenceRequest, ...] = ()
    keep_for_higher: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedItem:
    """A leaf of the tree: the unit that gets a level. One cell per level, lowest first."""

    code: NodeCode
    name: Text
    cells: tuple[LevelCell, ...]
    aliases: tuple[str, ...] = ()
    scope: Text = Text()
    questions: tuple[Text, ...] = ()
    weight: Decimal = Decimal(1)
    provenance: Provenance = Provenance.AUTHORED

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria of the item, lowest level first."""
        return tuple(criterion for cell in self.cells for criterion in cell.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An inner place of the tree; holds further nodes, or rated items."""

    code: NodeCode
    name: Text
    nodes: tuple["Node", ...] = ()
    items: tuple[RatedItem, ...] = ()
    aliases: tuple[str, ...] = ()
    provenance: Provenance = Provenance.AUTHORED

    def all_items(self) -> Iterator[RatedItem]:
        """Yield the rated items below this node in the order of the pack."""
        for node in self.nodes:
            yield from node.all_items()
        yield from self.items

    def walk(self) -> Iterator["Node"]:
        """Yield this node and every inner node below it, parents first."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """A named subset of the tree that can be assessed and certified alone."""

    code: str
    name: Text
    nodes: tuple[NodeCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """How ratings become one level. Name and parameters are printed wherever a level is printed.

    Attributes:
        share_pct: `SHARE_WITH_FLOOR`: per cent of rated items that must be at the level or above.
        floor_steps: `SHARE_WITH_FLOOR`: no item may lie more than this many levels below.
        over: `AVERAGE`: what is averaged.
        partial_credit: `AVERAGE`: answers earn credit, a partially compliant one this much (0 to 1) unless its answer
            set says otherwise; absent when only levels held in full count.
    """

    id: str
    method: Method
    name: Text
    note: Text = Text()
    share_pct: Decimal = Decimal(100)
    floor_steps: int = 0
    over: AverageOver = AverageOver.ITEM
    partial_credit: Decimal | Absent = ABSENT

    @property
    def has_credit(self) -> bool:
        """Whether answers earn credit, beyond levels held in full."""
        return self.partial_credit is not ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryTerm:
    """A term of the standard in both languages, with a short explanation."""

    term: Text
    note: Text = Text()


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One released content of a standard, immutable; an assessment stays on it for life.

    Attributes:
        code: short domain code that evidence file names may carry in front of item codes.
        layers: names of the layers below the root, outermost first; the last one is the rated item.
        base_level: the level that holds by default, or "" when the scale has none.
        half_steps: half steps a rating may carry besides full levels.
        rated_in_words: results are told by the level's name alone; its code only orders the scale.
    """

    standard_id: str
    edition_id: str
    released_on: date
    name: Text
    levels: tuple[Level, ...]
    nodes: tuple[Node, ...]
    profiles: tuple[RuleProfile, ...]
    layers: tuple[Text, ...]
    root_layer: Text = Text()
    series: Text = Text()
    part: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    issuing_body: Text = Text()
    provenance: Provenance = Provenance.AUTHORED
    provenance_note: Text = Text()
    languages: tuple[str, ...] = ("zh", "en")
    base_level: LevelCode = LevelCode("")
    half_steps: tuple[HalfStep, ...] = (HalfStep.MINUS,)
    default_target: LevelCode = LevelCode("")
    modules: tuple[Module, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    answer_sets: tuple[AnswerSet, ...] | Absent = ABSENT
    rated_in_words: bool | Absent = ABSENT

    @cached_property
    def items(self) -> tuple[RatedItem, ...]:
        """All rated items in the order of the pack."""
        return tuple(item for node in self.nodes for item in node.all_items())

    @cached_property
    def item_by_code(self) -> dict[NodeCode, RatedItem]:
        """Rated items by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def node_by_code(self) -> dict[NodeCode, Node]:
        """Inner nodes by code, parents before children."""
        return {node.code: node for root in self.nodes for node in root.walk()}

    @cached_property
    def item_of_criterion(self) -> dict[CriterionId, RatedItem]:
        """The rated item each criterion belongs to."""
        return {criterion.id: item for item in self.items for criterion in item.criteria}

    @cached_property
    def level_of_criterion(self) -> dict[CriterionId, LevelCode]:
        """The level each criterion belongs to."""
        return {criterion.id: cell.level for item in self.items for cell in item.cells for criterion in cell.criteria}

    @cached_property
    def criterion_by_id(self) -> dict[CriterionId, Criterion]:
        """Criteria by id, in the order of the pack."""
        return {criterion.id: criterion for item in self.items for criterion in item.criteria}

    def path_to(self, code: NodeCode) -> tuple[Node, ...]:
        """Return the inner nodes above the node or item `code`, outermost first; empty when unknown."""
        return self._paths.get(code, ())

    def level_index(self, code: LevelCode) -> int:
        """Return the 1-based position of a level on the scale; 0 for a code that is not on it."""
        return next((place for place, level in enumerate(self.levels, 1) if level.code == code), 0)

    def profile(self, profile_id: str) -> RuleProfile:
        """Return the rule profile with this id, or the default (first) one when it is unknown."""
        return next((profile for profile in self.profiles if profile.id == profile_id), self.profiles[0])

    def answer_set_of(self, criterion: Criterion) -> AnswerSet | None:
        """Return the answers to choose from for a criterion; None for the five of the trade."""
        return self._answer_set_by_code.get(str(criterion.answer_set)) if criterion.answer_set else None

    @cached_property
    def _answer_set_by_code(self) -> dict[str, AnswerSet]:
        return {one.code: one for one in self.answer_sets or ()}

    @cached_property
    def _paths(self) -> dict[NodeCode, tuple[Node, ...]]:
        paths: dict[NodeCode, tuple[Node, ...]] = {}
        for root in self.nodes:
            _collect_paths(root, (), paths)
        return paths


def _collect_paths(node: Node, above: tuple[Node, ...], paths: dict[NodeCode, tuple[Node, ...]]) -> None:
    paths[node.code] = above
    here = (*above, node)
    for child in node.nodes:
        _collect_paths(child, here, paths)
    for item in node.items:
        paths[item.code] = here
