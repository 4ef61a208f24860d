"""The smallest set of criteria whose closing reaches a level under the rule profile.

Exact for lowest item, level gate and share with floor (criteria of different items are independent, so the cheapest
items are the cheapest set); greedy for averages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Blocker, ItemRating, PathToTarget, Rating, Results
from maturity_desktop.domain.standard import Edition, Method, RuleProfile
from maturity_desktop.scoring.hypothesis import what_if
from maturity_desktop.scoring.items import Answers, unmet
from maturity_desktop.scoring.methods import mean_position, shares
from maturity_desktop.scoring.rollup import Overrides, compute_results, target_rating
from maturity_desktop.scoring.rounding import items_needed

Steps = tuple[Blocker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Climb:
    """Lifting one item to a full level: what must hold, and what the mean gains by it."""

    steps: Steps
    gain: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terrain:
    """Items as they stand, and what lifting one of them costs. Overridden items cannot be lifted by answers."""

    edition: Edition
    answers: Answers
    results: Results

    @property
    def movable(self) -> tuple[ItemRating, ...]:
        return tuple(rating for rating in self.results.items.values() if rating.override is None)

    def cost(self, code: NodeCode, level: int) -> Steps:
        return unmet(self.edition, self.edition.item_by_code[code], self.answers, level)


def path_to_target(
    edition: Edition,
    assessment: Assessment,
    answers: Answers,
    overrides: Overrides,
    target: Rating | None = None,
) -> PathToTarget:
    """Return the criteria to close for the target level (the assessment's own when None), in the order of the pack.

    `is_reached` is False when closing them is not enough, because an override stands below what the rule wants.
    """
    results = compute_results(edition, assessment, answers, overrides)
    wanted = target_rating(edition, assessment) if target is None else target
    terrain = _Terrain(edition=edition, answers=answers, results=results)
    if wanted <= results.overall.rating:
        return PathToTarget(target=wanted, steps=(), is_reached=True)
    steps = _steps(terrain, results.profile, wanted.level)
    closed = {step.criterion_id: AnswerValue.COMPLIANT for step in steps}
    after = what_if(edition, assessment, answers, overrides, closed)
    is_exact = results.profile.method is not Method.AVERAGE
    return PathToTarget(
        target=wanted,
        steps=_in_pack_order(edition, steps),
        is_reached=wanted <= after.overall.rating,
        is_minimal=is_exact,
    )


def _steps(terrain: _Terrain, profile: RuleProfile, level: int) -> Iterable[Blocker]:
    if profile.method is Method.SHARE_WITH_FLOOR:
        return _cheapest_share(terrain, profile, level)
    if profile.method is Method.AVERAGE:
        return _greedy_average(terrain, profile, level)
    return [step for rating in terrain.movable for step in terrain.cost(rating.item_code, level)]


def _cheapest_share(terrain: _Terrain, profile: RuleProfile, level: int) -> list[Blocker]:
    """Lift everything to the floor, then the items that are cheapest to lift on until the share is there."""
    ratings = terrain.results.items.values()
    steps = [step for rating in terrain.movable for step in terrain.cost(rating.item_code, level - profile.floor_steps)]
    wanting = sum(rating.effective.full_level >= level for rating in ratings)
    missing = items_needed(profile.share_pct, len(ratings)) - wanting
    known = {step.criterion_id for step in steps}
    climbs = [
        [step for step in terrain.cost(rating.item_code, level) if step.criterion_id not in known]
        for rating in terrain.movable
        if rating.effective.full_level < level
    ]
    cheapest = sorted(climbs, key=len)[: max(missing, 0)]
    return [*steps, *(step for climb in cheapest for step in climb)]


def _greedy_average(terrain: _Terrain, profile: RuleProfile, level: int) -> list[Blocker]:
    """Take the climb with the best gain per criterion until the mean is there, then drop what was not needed."""
    share_of = shares(terrain.edition, profile, tuple(terrain.results.items))
    missing = level - mean_position(terrain.edition, profile, tuple(terrain.results.items.values()))
    taken: dict[NodeCode, _Climb] = {}
    while missing > 0:
        options = [
            (code, climb)
            for code in (rating.item_code for rating in terrain.movable)
            for climb in _climbs(terrain, code, share_of[code], taken.get(code))
        ]
        if not options:
            break
        code, best = max(options, key=lambda option: _worth(option[1], taken.get(option[0])))
        missing -= best.gain - _gained(taken.get(code))
        taken[code] = best
    return _without_surplus(taken, -missing)


def _climbs(terrain: _Terrain, code: NodeCode, share: Fraction, taken: _Climb | None) -> list[_Climb]:
    """All ways to lift one item farther than it is lifted already."""
    place = terrain.results.items[code].position
    ways = (
        _Climb(steps=terrain.cost(code, level), gain=share * (level - place))
        for level in range(1, len(terrain.edition.levels) + 1)
        if level > place
    )
    return [way for way in ways if way.gain > _gained(taken)]


def _gained(climb: _Climb | None) -> Fraction:
    return Fraction(0) if climb is None else climb.gain


def _worth(climb: _Climb, taken: _Climb | None) -> tuple[Fraction, Fraction]:
    """Gain per further criterion; of equal worth, the longer climb. Steps of a higher level contain the lower ones."""
    gain = climb.gain - _gained(taken)
    count = len(climb.steps) - (0 if taken is None else len(taken.steps))
    return gain / max(count, 1), gain


def _without_surplus(taken: dict[NodeCode, _Climb], surplus: Fraction) -> list[Blocker]:
    kept: list[Blocker] = []
    for climb in sorted(taken.values(), key=lambda climb: len(climb.steps), reverse=True):
        if climb.gain <= surplus:
            surplus -= climb.gain
        else:
            kept.extend(climb.steps)
    return kept


def _in_pack_order(edition: Edition, steps: Iterable[Blocker]) -> Steps:
    by_id: dict[CriterionId, Blocker] = {step.criterion_id: step for step in steps}
    return tuple(by_id[criterion_id] for criterion_id in edition.criterion_by_id if criterion_id in by_id)
