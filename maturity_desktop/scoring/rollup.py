"""Results of nodes, modules and the whole: from the ratings of the items in scope, in full or only where touched."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from maturity_desktop.domain.answers import Override
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Blocker, ItemRating, ItemState, NodeResult, Progress, Rating, Results
from maturity_desktop.domain.standard import Edition, RatedItem, RuleProfile
from maturity_desktop.scoring.credit import earned
from maturity_desktop.scoring.items import Answers, rate_item, unmet
from maturity_desktop.scoring.methods import Ratings, Wanted, judge, mean_position
from maturity_desktop.scoring.rounding import shown_mean
from maturity_desktop.scoring.scope import items_below, items_in_scope

WHOLE = NodeCode("")

Overrides = Mapping[NodeCode, Override]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is being scored, handed down so that signatures stay short."""

    edition: Edition
    profile: RuleProfile
    target: Rating
    answers: Answers
    overrides: Overrides

    def rate(self, item: RatedItem) -> ItemRating:
        place = earned(self.edition, self.profile, item, self.answers)
        return rate_item(self.edition, item, self.answers, self.target, self.overrides.get(item.code), place)


def target_rating(edition: Edition, assessment: Assessment) -> Rating:
    """Return the target as a rating; the edition's default (or its top) when the assessment names no known level."""
    wanted = edition.level_index(assessment.target_level) or edition.level_index(edition.default_target)
    return Rating(wanted or len(edition.levels))


def compute_results(edition: Edition, assessment: Assessment, answers: Answers, overrides: Overrides) -> Results:
    """Compute everything for one assessment, restricted to its scope.

    Nodes and modules without an item in scope are missing from the result; items keep the order of the pack.
    """
    case = _case(edition, assessment, answers, overrides)
    items = {item.code: case.rate(item) for item in items_in_scope(edition, assessment.scope)}
    nodes = ((code, _in_order(node.all_items(), items)) for code, node in edition.node_by_code.items())
    modules = ((module.code, _in_order(items_below(edition, module.nodes), items)) for module in edition.modules)
    return Results(
        profile=case.profile,
        target=case.target,
        overall=_result(case, WHOLE, tuple(items.values())),
        nodes={code: _result(case, code, below) for code, below in nodes if below},
        modules={code: _result(case, NodeCode(code), below) for code, below in modules if below},
        items=items,
    )


def update_results(
    previous: Results,
    edition: Edition,
    assessment: Assessment,
    answers: Answers,
    overrides: Overrides,
    touched_items: Collection[NodeCode],
) -> Results:
    """Compute again only the touched items, what lies above them and the whole; equal to `compute_results`.

    `previous` must be of the same edition and scope; another profile or target is noticed and computes everything.
    """
    case = _case(edition, assessment, answers, overrides)
    if (case.profile, case.target) != (previous.profile, previous.target):
        return compute_results(edition, assessment, answers, overrides)
    touched = [code for code in touched_items if code in previous.items]
    items = {**previous.items, **{code: case.rate(edition.item_by_code[code]) for code in touched}}
    above = {node.code: node for code in touched for node in edition.path_to(code)}
    below = ((module.code, items_below(edition, module.nodes)) for module in edition.modules)
    modules = {
        code: _in_order(found, items) for code, found in below if not {item.code for item in found}.isdisjoint(touched)
    }
    return Results(
        profile=case.profile,
        target=case.target,
        overall=_result(case, WHOLE, tuple(items.values())),
        nodes={
            **previous.nodes,
            **{code: _result(case, code, _in_order(node.all_items(), items)) for code, node in above.items()},
        },
        modules={
            **previous.modules,
            **{code: _result(case, NodeCode(code), ratings) for code, ratings in modules.items()},
        },
        items=items,
    )


def _case(edition: Edition, assessment: Assessment, answers: Answers, overrides: Overrides) -> _Case:
    return _Case(
        edition=edition,
        profile=edition.profile(assessment.profile_id),
        target=target_rating(edition, assessment),
        answers=answers,
        overrides=overrides,
    )


def _in_order(wanted: Iterable[RatedItem], items: Mapping[NodeCode, ItemRating]) -> Ratings:
    return tuple(items[item.code] for item in wanted if item.code in items)


def _result(case: _Case, code: NodeCode, ratings: Ratings) -> NodeResult:
    if not ratings:
        return NodeResult(code=code, rating=Rating(0), state=ItemState.NOT_STARTED)
    verdict = judge(case.edition, case.profile, ratings, case.answers)
    by_code = {rating.item_code: rating for rating in ratings}
    counts = Counter(rating.effective for rating in ratings)
    return NodeResult(
        code=code,
        rating=verdict.rating,
        state=_state(ratings),
        deciding=verdict.deciding,
        blocking=tuple(one.item_code for one in verdict.blocking),
        blockers=tuple(chain.from_iterable(_blockers(case, by_code[one.item_code], one) for one in verdict.blocking)),
        average=shown_mean(mean_position(case.edition, case.profile, ratings)),
        distribution=tuple(sorted(counts.items(), key=lambda pair: pair[0].order)),
        progress=_sum(rating.progress for rating in ratings),
    )


def _blockers(case: _Case, rating: ItemRating, wanted: Wanted) -> tuple[Blocker, ...]:
    """What the item's own next level wants is known already; no answer moves an overridden rating."""
    if rating.override is not None:
        return ()
    if wanted.level == rating.computed.full_level + 1:
        return rating.blockers
    return unmet(case.edition, case.edition.item_by_code[rating.item_code], case.answers, wanted.level)


def _state(ratings: Ratings) -> ItemState:
    states = {rating.state for rating in ratings}
    return states.pop() if len(states) == 1 else ItemState.OPEN


def _sum(parts: Iterable[Progress]) -> Progress:
    answered = total = needed_answered = needed_total = flagged = 0
    for part in parts:
        answered += part.answered
        total += part.total
        needed_answered += part.needed_answered
        needed_total += part.needed_total
        flagged += part.flagged
    return Progress(
        answered=answered,
        total=total,
        needed_answered=needed_answered,
        needed_total=needed_total,
        flagged=flagged,
    )
