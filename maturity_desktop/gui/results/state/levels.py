"""The headline, and one row per place of the tree: level, spread, progress, and what changed in a what-if."""

from dataclasses import dataclass, replace

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Progress, Rating
from maturity_desktop.domain.standard import Method, Node, RatedItem, RuleProfile
from maturity_desktop.domain.text import Language
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
    """One place of the tree. `before` is the stored rating when a what-if changed it, else ""."""

    code: NodeCode
    name: str
    depth: int
    is_item: bool
    label: str
    level: int
    order: int
    before: str
    meets_target: bool
    distribution: tuple[Share, ...]
    progress: Progress
    place: int

    @property
    def spread_words(self) -> str:
        """The distribution in words, for those who do not see the bar."""
        return "  ".join(f"{share.label}×{share.count}" for share in self.distribution)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineProps:
    """The overall level and by which rule."""

    label: str
    level: int
    colour: str
    level_name: str
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
        label=rating.label(levels),
        level=rating.level,
        colour=known.colour if known else "",
        level_name=known.name.pick(language) if known else say(language, "results.below_scale"),
        target=inputs.results.target.label(levels),
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
            return say(language, f"results.rule.average_{profile.over.value}", name=name)
        case Method.MINIMUM | Method.CUMULATIVE_GATE:
            return say(language, f"results.rule.{profile.method.value}", name=name)


def level_rows(inputs: ResultsInputs) -> tuple[LevelRow, ...]:
    """Return the whole, every inner node and every rated item in scope, in the order of the pack."""
    rows = [_whole(inputs)]
    for node in inputs.edition.nodes:
        rows.extend(_node_rows(inputs, node, 1))
    return tuple(replace(row, place=place) for place, row in enumerate(rows))


def _whole(inputs: ResultsInputs) -> LevelRow:
    return _node_row(inputs, WHOLE, inputs.edition.name.pick(inputs.language), 0)


def _node_rows(inputs: ResultsInputs, node: Node, depth: int) -> list[LevelRow]:
    if node.code not in inputs.results.nodes:
        return []
    rows = [_node_row(inputs, node.code, node.name.pick(inputs.language), depth)]
    for child in node.nodes:
        rows.extend(_node_rows(inputs, child, depth + 1))
    rows.extend(_item_row(inputs, item, depth + 1) for item in node.items if item.code in inputs.results.items)
    return rows


def _node_row(inputs: ResultsInputs, code: NodeCode, name: str, depth: int) -> LevelRow:
    result = inputs.results.nodes[code] if code else inputs.results.overall
    stored = inputs.stored.nodes[code] if code else inputs.stored.overall
    levels = inputs.edition.levels
    return LevelRow(
        code=code,
        name=name,
        depth=depth,
        is_item=False,
        label=result.rating.label(levels),
        level=result.rating.level,
        order=result.rating.order,
        before=_before(inputs, result.rating, stored.rating),
        meets_target=inputs.results.target <= result.rating,
        distribution=tuple(
            Share(label=rating.label(levels), level=rating.level, count=count) for rating, count in result.distribution
        ),
        progress=result.progress,
        place=0,
    )


def _item_row(inputs: ResultsInputs, item: RatedItem, depth: int) -> LevelRow:
    rating = inputs.results.items[item.code]
    levels = inputs.edition.levels
    return LevelRow(
        code=item.code,
        name=item.name.pick(inputs.language),
        depth=depth,
        is_item=True,
        label=rating.effective.label(levels),
        level=rating.effective.level,
        order=rating.effective.order,
        before=_before(inputs, rating.effective, inputs.stored.items[item.code].effective),
        meets_target=inputs.results.target <= rating.effective,
        distribution=(),
        progress=rating.progress,
        place=0,
    )


def _before(inputs: ResultsInputs, now: Rating, stored: Rating) -> str:
    return stored.label(inputs.edition.levels) if now != stored else ""
