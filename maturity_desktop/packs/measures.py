"""Rules about the ladder of levels: higher levels ask for more, every level can be reached, and every level asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from maturity_desktop.domain.standard import Operator
from maturity_desktop.errors import Issue
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.rules import Draft
from maturity_desktop.packs.values import Place, Table
from maturity_desktop.packs.wordings import plain_words

_UPPER = frozenset({Operator.AT_MOST, Operator.LESS})
_LOWER = frozenset({Operator.AT_LEAST, Operator.MORE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """A threshold with where it stands: level position, criterion, and the metric and unit it is about."""

    id: str
    level: str
    position: int
    about: tuple[str, str]
    operator: Operator
    value: Decimal
    place: Place

    @property
    def shown(self) -> str:
        return f"{self.operator} {self.value:f}"


def higher_levels_ask_for_more(draft: Draft) -> Iterator[Issue]:
    """A threshold of a level is never weaker than one of a level below on the same metric of the same item."""
    for lower, higher in _ladders(draft):
        if _is_weaker(higher, lower):
            yield issue(
                Fault.WEAKER_ABOVE,
                higher.place,
                id=higher.id,
                level=higher.level,
                shown=higher.shown,
                other=lower.id,
                below=lower.shown,
            )


def levels_can_be_reached(draft: Draft) -> Iterator[Issue]:
    """Levels add up, so no threshold excludes one below it."""
    for lower, higher in _ladders(draft):
        if _exclude(lower, higher) or _exclude(higher, lower):
            yield issue(
                Fault.CONTRADICTION,
                higher.place,
                id=higher.id,
                shown=higher.shown,
                other=lower.id,
                below=lower.shown,
            )


def every_level_asks_something(draft: Draft) -> Iterator[Issue]:
    """A level above the base at which no item has criteria is reached together with the one below it."""
    asked = {level for _, level, _ in draft.criteria()}
    base = draft.standard.word("base_level")
    has_passed = not base
    for level in draft.standard.tables("levels"):
        code = level.word("code")
        if has_passed and code not in asked and draft.is_complete:
            yield issue(Fault.LEVEL_ASKS_NOTHING, level.place_of("code"), level=code)
        has_passed = has_passed or code == base


def _ladders(draft: Draft) -> Iterator[tuple[_Limit, _Limit]]:
    """Yield (lower, higher) limits of one item about the same thing on different levels."""
    per_item: dict[str, list[_Limit]] = {}
    levels = {code: place for place, code in enumerate(draft.level_codes)}
    for item, level, criterion in draft.criteria():
        threshold = criterion.table("threshold")
        if threshold is not None and level in levels:
            per_item.setdefault(item.word("code"), []).append(_limit(criterion, threshold, level, levels[level]))
    for limits in per_item.values():
        for higher in limits:
            for lower in limits:
                if lower.position < higher.position and lower.about == higher.about:
                    yield lower, higher


def _limit(criterion: Table, threshold: Table, level: str, position: int) -> _Limit:
    return _Limit(
        id=criterion.word("id"),
        level=level,
        position=position,
        about=(_words(threshold.table("metric")), _words(threshold.table("unit"))),
        operator=Operator(threshold.word("operator")),
        value=Decimal(threshold.word("value")),
        place=threshold.place,
    )


def _words(text: Table | None) -> str:
    return "" if text is None else plain_words(text.word("zh") or text.word("en"))


def _is_weaker(higher: _Limit, lower: _Limit) -> bool:
    if {higher.operator, lower.operator} <= _UPPER:
        return higher.value > lower.value
    if {higher.operator, lower.operator} <= _LOWER:
        return higher.value < lower.value
    return False


def _exclude(upper: _Limit, lower: _Limit) -> bool:
    """Whether an upper bound lies below a lower bound, or a fixed value outside of a bound."""
    if upper.operator is Operator.EQUAL and lower.operator is Operator.EQUAL:
        return upper.value != lower.value
    if upper.operator not in (*_UPPER, Operator.EQUAL) or lower.operator not in (*_LOWER, Operator.EQUAL):
        return False
    is_open = Operator.LESS in (upper.operator, lower.operator) or Operator.MORE in (upper.operator, lower.operator)
    return upper.value < lower.value or (upper.value == lower.value and is_open)
