"""The headline, and one row per place of the tree: level, spread, progress, and what changed in a what-if."""

from dataclasses import dataclass, replace
from decimal import Decimal

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import NodeResult, Progress, Rating, whole_modules
from maturity_desktop.domain.standard import Method, Node, RatedItem, RuleProfile
from maturity_desktop.domain.text import Language
from maturity_desktop.gui.common.ratings import score, told, told_in_full
from maturity_desktop.gui.results.state.inputs import ResultsInputs
from maturity_desktop.wording import say

WHOLE = NodeCode("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Part of a distribution: how many items have this rating."""

    label: str
    level: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """One place of the tree, or a module.

    Attributes:
        label: the result as the standard tells it.
        score: what was earned out of what is offered; "" where levels alone count.
        before: the stored rating when a what-if changed it, else "".
    """

    code: NodeCode
    name: str
    depth: int
    is_item: bool
    label: str
    score: str
    level: int
    order: int
    before: str
    meets_target: bool
    distribution: tuple[Share, ...]
    progress: Progress
    place: int
    is_module: bool = False

    @property
    def spread_words(self) -> str:
        """The distribution in words, for those who do not see the bar."""
        return "  ".join(f"{share.label}×{share.count}" for share in self.distribution)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineProps:
    """The overall level and by which rule. `is_in_words`: the name is all there is to tell."""

    label: str
    is_in_words: bool
    level: int
    colour: str
    level_name: str
    score: str
    target: str
    before: str
    rule: str
    rule_note: str
    progress: Progress


def headline(inputs: ResultsInputs) -> HeadlineProps:
    """Return the overall level with the rule that made it."""
    levels, language = inputs.edition.levels, inputs.language
    rating = inputs.results.overall.rating
    known = levels[rating.level - 1] if 1 <= rating.level <= len(levels) else None
    return HeadlineProps(
        label=told(inputs.edition, rating, language),
        is_in_words=bool(inputs.edition.rated_in_words),
        level=rating.level,
        colour=known.colour if known else "",
        level_name=known.name.pick(language) if known else say(language, "results.below_scale"),
        score=_score(inputs, inputs.results.overall.average),
        target=told(inputs.edition, inputs.results.target, language),
        before=_before(inputs, rating, inputs.stored.overall.rating),
        rule=rule_words(inputs.results.profile, language),
        rule_note=inputs.results.profile.note.pick(language),
        progress=inputs.results.overall.progress,
    )


def rule_words(profile: RuleProfile, language: Language) -> str:
    """Return a rule profile's name with its parameters; printed wherever a level is."""
    name = profile.name.pick(language)
    match profile.method:
        case Method.SHARE_WITH_FLOOR:
            return say(
                language,
                "results.rule.share_with_floor",
                name=name,
                share=f"{profile.share_pct.normalize():f}",
                floor=profile.floor_steps,
            )
        case Method.AVERAGE:
            rule = say(language, f"results.rule.average_{profile.over.value}", name=name)
            return say(language, "results.rule.with_credit", rule=rule) if profile.has_credit else rule
        case Method.MINIMUM | Method.CUMULATIVE_GATE:
            return say(language, f"results.rule.{profile.method.value}", name=name)


def level_names(inputs: ResultsInputs) -> tuple[str, ...]:
    """Return the levels of the scale with code and name, or as words alone."""
    places = range(1, len(inputs.edition.levels) + 1)
    return tuple(told_in_full(inputs.edition, Rating(place), inputs.language) for place in places)


def level_rows(inputs: ResultsInputs) -> tuple[LevelRow, ...]:
    """Return the whole, the modules assessed whole, every inner node and every rated item, in the order of the pack."""
    rows = [_whole(inputs), *_modules(inputs)]
    for node in inputs.edition.nodes:
        rows.extend(_node_rows(inputs, node, 1))
    return tuple(replace(row, place=place) for place, row in enumerate(rows))


def _whole(inputs: ResultsInputs) -> LevelRow:
    results = (inputs.results.overall, inputs.stored.overall)
    return _result_row(inputs, results, WHOLE, inputs.edition.name.pick(inputs.language))


def _modules(inputs: ResultsInputs) -> list[LevelRow]:
    rows = []
    for module in whole_modules(inputs.edition, inputs.results, inputs.assessment.scope.modules):
        results = (inputs.results.modules[module.code], inputs.stored.modules[module.code])
        name = say(inputs.language, "results.module", name=module.name.pick(inputs.language))
        row = _result_row(inputs, results, NodeCode(module.code), name)
        rows.append(replace(row, depth=1, is_module=True))
    return rows


def _node_rows(inputs: ResultsInputs, node: Node, depth: int) -> list[LevelRow]:
    if node.code not in inputs.results.nodes:
        return []
    rows = [_node_row(inputs, node, depth)]
    for child in node.nodes:
        rows.extend(_node_rows(inputs, child, depth + 1))
    rows.extend(_item_row(inputs, item, depth + 1) for item in node.items if item.code in inputs.results.items)
    return rows


def _node_row(inputs: ResultsInputs, node: Node, depth: int) -> LevelRow:
    results = (inputs.results.nodes[node.code], inputs.stored.nodes[node.code])
    return replace(_result_row(inputs, results, node.code, node.name.pick(inputs.language)), depth=depth)


def _result_row(inputs: ResultsInputs, results: tuple[NodeResult, NodeResult], code: NodeCode, name: str) -> LevelRow:
    """Return the row of what is shown and stored for an inner node, a module or the whole."""
    result, stored = results
    return LevelRow(
        code=code,
        name=name,
        depth=0,
        is_item=False,
        label=told(inputs.edition, result.rating, inputs.language),
        score=_score(inputs, result.average),
        level=result.rating.level,
        order=result.rating.order,
        before=_before(inputs, result.rating, stored.rating),
        meets_target=inputs.results.target <= result.rating,
        distribution=tuple(
            Share(label=told(inputs.edition, rating, inputs.language), level=rating.level, count=count)
            for rating, count in result.distribution
        ),
        progress=result.progress,
        place=0,
    )


def _item_row(inputs: ResultsInputs, item: RatedItem, depth: int) -> LevelRow:
    rating = inputs.results.items[item.code]
    return LevelRow(
        code=item.code,
        name=item.name.pick(inputs.language),
        depth=depth,
        is_item=True,
        label=told(inputs.edition, rating.effective, inputs.language),
        score=_score(inputs, rating.score),
        level=rating.effective.level,
        order=rating.effective.order,
        before=_before(inputs, rating.effective, inputs.stored.items[item.code].effective),
        meets_target=inputs.results.target <= rating.effective,
        distribution=(),
        progress=rating.progress,
        place=0,
    )


def _before(inputs: ResultsInputs, now: Rating, stored: Rating) -> str:
    return told(inputs.edition, stored, inputs.language) if now != stored else ""


def _score(inputs: ResultsInputs, earned: Decimal) -> str:
    return score(inputs.edition, inputs.results.profile, earned, inputs.language)
