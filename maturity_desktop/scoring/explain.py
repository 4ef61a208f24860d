"""Why a node has the level it has, as facts; sentences are made of them in `services`."""

from dataclasses import dataclass
from decimal import Decimal

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Blocker, ItemRating, ItemState, NodeResult, Rating, Results
from maturity_desktop.domain.standard import Edition, RuleProfile
from maturity_desktop.scoring.rounding import items_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The reasons of one result.

    Attributes:
        items: number of rated items counted.
        next_level: 1-based full level above the result; 0 at the top of the scale.
        at_next: how many items reach that level in full.
        wanted_at_next: how many would have to under the profile.
        lowest: items with the lowest rating, and that rating.
        overridden: items whose rating an assessor set by hand.
    """

    code: NodeCode
    rating: Rating
    state: ItemState
    profile: RuleProfile
    items: int
    average: Decimal
    next_level: int
    at_next: int
    wanted_at_next: int
    lowest: tuple[NodeCode, ...]
    lowest_rating: Rating
    deciding: tuple[NodeCode, ...]
    blocking: tuple[NodeCode, ...]
    blockers: tuple[Blocker, ...]
    overridden: tuple[NodeCode, ...]


def explain(results: Results, edition: Edition, code: NodeCode) -> Explanation | None:
    """Return the reasons for an item, a node, a module or the whole (""); None when nothing of it is in scope."""
    result = _result(results, code)
    if result is None or not result.distribution:
        return None
    codes = _codes(edition, code)
    rated = [rating for item, rating in results.items.items() if codes is None or item in codes]
    lowest = result.distribution[0][0]
    following = result.rating.full_level + 1
    next_level = following if following <= len(edition.levels) else 0
    return Explanation(
        code=code,
        rating=result.rating,
        state=result.state,
        profile=results.profile,
        items=len(rated),
        average=result.average,
        next_level=next_level,
        at_next=sum(rating.effective.full_level >= following for rating in rated),
        wanted_at_next=items_needed(results.profile.share_pct, len(rated)),
        lowest=tuple(rating.item_code for rating in rated if rating.effective == lowest),
        lowest_rating=lowest,
        deciding=result.deciding,
        blocking=result.blocking,
        blockers=result.blockers,
        overridden=tuple(rating.item_code for rating in rated if rating.override is not None),
    )


def _result(results: Results, code: NodeCode) -> NodeResult | None:
    if not code:
        return results.overall
    item = results.items.get(code)
    if item is not None:
        return _as_result(item)
    return results.nodes.get(code) or results.modules.get(code)


def _as_result(item: ItemRating) -> NodeResult:
    """A single item, told like a node that holds nothing else."""
    return NodeResult(
        code=item.item_code,
        rating=item.effective,
        state=item.state,
        deciding=(item.item_code,),
        blocking=(item.item_code,),
        blockers=() if item.override is not None else item.blockers,
        average=item.effective.position,
        distribution=((item.effective, 1),),
        progress=item.progress,
    )


def _codes(edition: Edition, code: NodeCode) -> frozenset[NodeCode] | None:
    """Codes of the items that count; None means all in scope."""
    from_module = next((module.nodes for module in edition.modules if module.code == code), (code,))
    if not code:
        return None
    found = [edition.node_by_code[node] for node in from_module if node in edition.node_by_code]
    below = {item.code for node in found for item in node.all_items()}
    return frozenset(below | set(from_module))
