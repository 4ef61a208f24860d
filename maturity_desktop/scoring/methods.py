"""The four rule profiles: how the ratings of rated items become one level, and what keeps the next one away.

Source: domain facts 4.6. No public text states the official rule, so the rule is data of the pack.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import ItemRating, Rating
from maturity_desktop.domain.standard import AverageOver, Edition, HalfStep, Method, RuleProfile
from maturity_desktop.scoring.items import Answers, half_above, has_part
from maturity_desktop.scoring.rounding import full_level_of_mean, items_needed

Ratings = tuple[ItemRating, ...]
_Place = tuple[int, HalfStep, tuple[int, int] | Absent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An item that keeps the next level away, and the 1-based level it would have to reach in full."""

    item_code: NodeCode
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule profile says of some items; `blocking` is empty at the top of the scale."""

    rating: Rating
    deciding: tuple[NodeCode, ...]
    blocking: tuple[Wanted, ...]


def judge(edition: Edition, profile: RuleProfile, ratings: Ratings, answers: Answers) -> Verdict:
    """Apply a rule profile to the ratings of some items (at least one, in the order of the pack)."""
    rating = _rating(edition, profile, ratings, answers)
    wanted = blocking_for(edition, profile, ratings, rating.full_level + 1)
    return Verdict(rating=rating, deciding=_deciding(profile, ratings, wanted), blocking=wanted)


def shares(edition: Edition, profile: RuleProfile, codes: tuple[NodeCode, ...]) -> dict[NodeCode, Fraction]:
    """Return item → its exact share in the mean (they sum to 1): by weight, or as the profile counts nodes alike."""
    if profile.over is AverageOver.NODE:
        return dict(_shares_of_nodes(edition, codes, 0, Fraction(1)))
    weights = {code: Fraction(edition.item_by_code[code].weight) for code in codes}
    group_of = {code: _group(edition, profile, code) for code in codes}
    totals: dict[str, Fraction] = {}
    for code, weight in weights.items():
        totals[group_of[code]] = totals.get(group_of[code], Fraction(0)) + weight
    return {code: weight / totals[group_of[code]] / len(totals) for code, weight in weights.items()}


def _shares_of_nodes(
    edition: Edition, codes: tuple[NodeCode, ...], depth: int, share: Fraction
) -> Iterator[tuple[NodeCode, Fraction]]:
    """Split a share among the children of a node: an item counts by its weight, an inner node as one."""
    below: dict[NodeCode, list[NodeCode]] = {}
    for code in codes:
        path = edition.path_to(code)
        below.setdefault(path[depth].code if depth < len(path) else code, []).append(code)
    weights = {
        child: Fraction(edition.item_by_code[child].weight) if child in edition.item_by_code else Fraction(1)
        for child in below
    }
    whole = sum(weights.values(), start=Fraction(0))
    for child, inner in below.items():
        part = share * weights[child] / whole
        if child in edition.item_by_code:
            yield child, part
        else:
            yield from _shares_of_nodes(edition, tuple(inner), depth + 1, part)


def mean_position(edition: Edition, profile: RuleProfile, ratings: Ratings) -> Fraction:
    """Return the exact mean of the items' positions (``3-`` is 2.5, or what they earned), weighted by the profile."""
    if profile.over is AverageOver.NODE:
        return _mean_of_nodes(edition, ratings, 0)
    groups: dict[str, list[ItemRating]] = {}
    for rating in ratings:
        groups.setdefault(_group(edition, profile, rating.item_code), []).append(rating)
    means = (total / weight for total, weight in (_summed(edition, group) for group in groups.values()))
    return sum(means, start=Fraction(0)) / len(groups)


def _mean_of_nodes(edition: Edition, ratings: Iterable[ItemRating], depth: int) -> Fraction:
    """Return the mean over the children of one node: an item counts by its weight, an inner node as one."""
    below: dict[NodeCode, list[ItemRating]] = {}
    here: list[ItemRating] = []
    for rating in ratings:
        path = edition.path_to(rating.item_code)
        inner = below.setdefault(path[depth].code, []) if depth < len(path) else here
        inner.append(rating)
    total, weight = _summed(edition, here)
    for inner in below.values():
        total, weight = total + _mean_of_nodes(edition, inner, depth + 1), weight + 1
    return total / weight


def _summed(edition: Edition, ratings: Iterable[ItemRating]) -> tuple[Fraction, Fraction]:
    """Return the sum of weight × position and the sum of weights, exactly.

    Items of equal weight and position are counted first, so that thousands of items need few sums of fractions.
    """
    counts: Counter[tuple[Decimal, _Place]] = Counter()
    position_of: dict[tuple[Decimal, _Place], tuple[Fraction, Fraction]] = {}
    for rating in ratings:
        weight = edition.item_by_code[rating.item_code].weight
        alike = weight, _place(rating)
        counts[alike] += 1
        if alike not in position_of:
            position_of[alike] = Fraction(weight), rating.position
    total = sum((weight * position * counts[key] for key, (weight, position) in position_of.items()), Fraction(0))
    return total, sum((weight * counts[key] for key, (weight, _) in position_of.items()), Fraction(0))


def _place(rating: ItemRating) -> _Place:
    """Return what decides the position of an item: the same for items that stand at the same place."""
    effective = rating.effective
    return effective.level, effective.half, ABSENT if rating.override is not None else rating.earned


def blocking_for(edition: Edition, profile: RuleProfile, ratings: Ratings, level: int) -> tuple[Wanted, ...]:
    """Return the items that keep the full level at position `level` away under the profile."""
    if level > len(edition.levels):
        return ()
    below = _wanting(ratings, level)
    if profile.method is Method.SHARE_WITH_FLOOR and _share_is_met(profile, ratings, Rating(level)):
        return _wanting(ratings, level - profile.floor_steps)
    return below


def _wanting(ratings: Ratings, level: int) -> tuple[Wanted, ...]:
    return tuple(
        Wanted(item_code=rating.item_code, level=level) for rating in ratings if rating.effective.full_level < level
    )


def _rating(edition: Edition, profile: RuleProfile, ratings: Ratings, answers: Answers) -> Rating:
    match profile.method:
        case Method.MINIMUM:
            return _lowest(ratings)
        case Method.SHARE_WITH_FLOOR:
            return _share_with_floor(edition, profile, ratings)
        case Method.AVERAGE:
            return _average(edition, profile, ratings)
        case Method.CUMULATIVE_GATE:
            return _cumulative_gate(edition, ratings, answers)
        case _:  # pragma: no cover - the type checker proves that no method is forgotten
            assert_never(profile.method)


def _lowest(ratings: Ratings) -> Rating:
    return min((rating.effective for rating in ratings), key=lambda rating: rating.order)


def _share_with_floor(edition: Edition, profile: RuleProfile, ratings: Ratings) -> Rating:
    """Level N: the share at N or above, none below the floor. Half step: the same, counting it as reached."""

    def is_reached(wanted: Rating, level: int) -> bool:
        floor = level - profile.floor_steps
        return _share_is_met(profile, ratings, wanted) and not _wanting(ratings, floor)

    full = _highest(edition, lambda level: is_reached(Rating(level), level))
    half = half_above(edition, full)
    return half if half is not None and full < len(edition.levels) and is_reached(half, full + 1) else Rating(full)


def _share_is_met(profile: RuleProfile, ratings: Ratings, wanted: Rating) -> bool:
    reached = sum(wanted <= rating.effective for rating in ratings)
    return reached >= items_needed(profile.share_pct, len(ratings))


def _average(edition: Edition, profile: RuleProfile, ratings: Ratings) -> Rating:
    mean = mean_position(edition, profile, ratings)
    full = full_level_of_mean(mean)
    half = half_above(edition, full)
    return half if half is not None and mean >= Fraction(half.position) else Rating(full)


def _cumulative_gate(edition: Edition, ratings: Ratings, answers: Answers) -> Rating:
    """Level N: every cell up to N holds in all items. Half step: something of the next level is met anywhere."""
    full = min(rating.effective.full_level for rating in ratings)
    half = half_above(edition, full)
    if half is None or full == len(edition.levels):
        return Rating(full)
    return half if any(_has_part(edition, rating, half, answers) for rating in ratings) else Rating(full)


def _has_part(edition: Edition, rating: ItemRating, half: Rating, answers: Answers) -> bool:
    if rating.override is not None:
        return half <= rating.override
    if rating.computed == half:
        return True
    return has_part(edition.item_by_code[rating.item_code], answers, half.full_level + 1)


def _highest(edition: Edition, is_reached: Callable[[int], bool]) -> int:
    return next((level for level in range(len(edition.levels), 0, -1) if is_reached(level)), 0)


def _deciding(profile: RuleProfile, ratings: Ratings, wanted: tuple[Wanted, ...]) -> tuple[NodeCode, ...]:
    """The lowest items; under a share, all that lie below what the next level wants."""
    if profile.method is Method.SHARE_WITH_FLOOR and wanted:
        return tuple(one.item_code for one in wanted)
    if profile.method is Method.CUMULATIVE_GATE:
        full = min(rating.effective.full_level for rating in ratings)
        return tuple(rating.item_code for rating in ratings if rating.effective.full_level == full)
    if profile.has_credit:
        position_of: dict[_Place, Fraction] = {}
        for rating in ratings:
            if (place := _place(rating)) not in position_of:
                position_of[place] = rating.position
        least = min(position_of.values())
        return tuple(rating.item_code for rating in ratings if position_of[_place(rating)] == least)
    lowest = _lowest(ratings)
    return tuple(rating.item_code for rating in ratings if rating.effective.order == lowest.order)


def _group(edition: Edition, profile: RuleProfile, code: NodeCode) -> str:
    return edition.path_to(code)[0].code if profile.over is AverageOver.SUB_DOMAIN else ""
