"""Ratings and results, and why they are what they are. Values only; the arithmetic is in `scoring`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.standard import Edition, HalfStep, Level, Module, RatedItem, RuleProfile
from maturity_desktop.domain.text import Text

_HALF_OFFSET = {HalfStep.MINUS: -1, HalfStep.FULL: 0, HalfStep.PLUS: 1}
_HALF_SIGN = {HalfStep.MINUS: "-", HalfStep.FULL: "", HalfStep.PLUS: "+"}


@dataclass(frozen=True, slots=True)
class Rating:
    """A level with a half step, never an integer: ``2`` < ``2+`` < ``3-`` < ``3``.

    Attributes:
        level: 1-based position on the edition's scale; 0 means below the scale.
        half: MINUS: the level below is reached in full and this one in part.
    """

    level: int
    half: HalfStep = HalfStep.FULL

    @property
    def order(self) -> int:
        """Sortable position: four steps per level."""
        return self.level * 4 + _HALF_OFFSET[self.half]

    @property
    def full_level(self) -> int:
        """1-based position of the highest level reached in full; 0 when none is."""
        return self.level - 1 if self.half is HalfStep.MINUS else self.level

    @property
    def position(self) -> Decimal:
        """Place on a numeric axis for averages and charts: ``3-`` is 2.5, ``2+`` is 2.25."""
        if self.half is HalfStep.MINUS:
            return Decimal(self.level) - Decimal("0.5")
        return Decimal(self.level) + (Decimal("0.25") if self.half is HalfStep.PLUS else 0)

    def __lt__(self, other: "Rating") -> bool:
        return self.order < other.order

    def __le__(self, other: "Rating") -> bool:
        return self.order <= other.order

    def label(self, levels: tuple[Level, ...]) -> str:
        """Return what people write, such as ``3-``, with the scale's own level codes; ``–`` below the scale."""
        if not 1 <= self.level <= len(levels):
            return "–"
        return f"{levels[self.level - 1].code}{_HALF_SIGN[self.half]}"

    def word(self, levels: tuple[Level, ...]) -> Text | None:
        """Return the name of the level reached in full; None below the scale."""
        return levels[self.full_level - 1].name if 1 <= self.full_level <= len(levels) else None


class ItemState(StrEnum):
    """How far a rated item has been answered."""

    NOT_STARTED = "not_started"
    OPEN = "open"
    SETTLED = "settled"


class Obstacle(StrEnum):
    """Why a criterion does not hold (yet)."""

    NOT_ASSESSED = "not_assessed"
    PARTIALLY_COMPLIANT = "partially_compliant"
    NOT_COMPLIANT = "not_compliant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A criterion that keeps an item from a level."""

    item_code: NodeCode
    level: LevelCode
    criterion_id: CriterionId
    obstacle: Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much is answered. `needed_*` counts the criteria above the base level up to the target."""

    answered: int = 0
    total: int = 0
    needed_answered: int = 0
    needed_total: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRating:
    """The rating of a rated item and what carries it.

    Attributes:
        computed: from the answers alone.
        override: the assessor's own rating with a reason, when there is one.
        blockers: criteria that block the next full level above `computed`; empty at the top of the scale.
        target_blockers: every criterion up to the target level that does not hold.
        earned: under a profile with partial credit, the exact place on the scale the answers earn, as a fraction
            (numerator, denominator); an override counts instead.
    """

    item_code: NodeCode
    computed: Rating
    state: ItemState
    override: Rating | None = None
    override_reason: str = ""
    blockers: tuple[Blocker, ...] = ()
    target_blockers: tuple[Blocker, ...] = ()
    progress: Progress = field(default_factory=Progress)
    earned: tuple[int, int] | Absent = ABSENT

    @property
    def effective(self) -> Rating:
        """The rating that counts in results."""
        return self.override if self.override is not None else self.computed

    @property
    def position(self) -> Fraction:
        """Place on the numeric axis that counts in means: what was earned, or the position of the rating."""
        if self.override is None and self.earned is not ABSENT:
            return Fraction(*self.earned)
        return Fraction(self.effective.position)

    @property
    def score(self) -> Decimal:
        """`position` as people read it: two places, half up."""
        exact = Decimal(self.position.numerator) / Decimal(self.position.denominator)
        return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """The result of a node, a module or the whole ("" as code), by the rule profile.

    Attributes:
        deciding: items that decide the level (the lowest ones, or those below the wanted share).
        blocking: items that keep the next full level away under the profile.
        blockers: the criteria of those items that would have to hold for the next full level.
        average: mean position of the items, for charts and the average profile; rounded half up to 2 places.
        distribution: rating order → number of items, ascending.
    """

    code: NodeCode
    rating: Rating
    state: ItemState
    deciding: tuple[NodeCode, ...] = ()
    blocking: tuple[NodeCode, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    average: Decimal = Decimal(0)
    distribution: tuple[tuple[Rating, int], ...] = ()
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Everything computed for one assessment: the whole, its nodes and modules, its items."""

    profile: RuleProfile
    target: Rating
    overall: NodeResult
    nodes: Mapping[NodeCode, NodeResult]
    modules: Mapping[str, NodeResult]
    items: Mapping[NodeCode, ItemRating]


def whole_modules(edition: Edition, results: Results, chosen: Collection[str]) -> tuple[Module, ...]:
    """Return the modules whose result is one: those `chosen` for the scope, and those all of whose items were rated.

    A module that is there in part only is not: its result would speak of items nobody assessed.
    """
    return tuple(
        module
        for module in edition.modules
        if module.code in results.modules
        and (module.code in chosen or all(item.code in results.items for item in _items_of(edition, module)))
    )


def _items_of(edition: Edition, module: Module) -> Iterator[RatedItem]:
    for code in module.nodes:
        node = edition.node_by_code.get(code)
        yield from node.all_items() if node is not None else (edition.item_by_code[code],)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathToTarget:
    """The smallest set of criteria whose closing reaches the target.

    Attributes:
        is_reached: whether closing the steps is enough; False when an override stands in the way. No steps and True
            means that the target is reached already.
        is_minimal: proven smallest for the profile, else a good one found greedily.
    """

    target: Rating
    steps: tuple[Blocker, ...]
    is_reached: bool
    is_minimal: bool = True


class CoverageFinding(StrEnum):
    """Things a careful lead assessor would ask about before signing."""

    COMPLIANT_WITHOUT_EVIDENCE = "compliant_without_evidence"
    HIGHER_YES_LOWER_NO = "higher_yes_lower_no"
    NOT_APPLICABLE_AT_TARGET = "not_applicable_at_target"
    NEGATIVE_WITHOUT_RATIONALE = "negative_without_rationale"
    FLAGGED = "flagged"
    TO_CONFIRM = "to_confirm"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageNote:
    """One coverage finding at one criterion."""

    finding: CoverageFinding
    item_code: NodeCode
    criterion_id: CriterionId
