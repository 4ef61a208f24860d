"""Chapter on the overall level: the level with its reasons in sentences, the spread, the radar and the heat map."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reportlab.platypus.flowables import Spacer

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.results import Blocker, NodeResult
from maturity_desktop.domain.standard import CellKind, LevelCell, Node, RatedItem
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.chapters import modules
from maturity_desktop.reporting.chapters.cover import level_ramp
from maturity_desktop.reporting.figures import Badge, Bar, Bars, Heat, Radar, Series, StepState
from maturity_desktop.reporting.grid import Grid, Row, cell
from maturity_desktop.reporting.prose import prose
from maturity_desktop.reporting.styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_QUIET,
    MINOR,
    QUIET,
    SECTION,
    full_width,
    head_row,
    kept_together,
    section,
    text_cell,
)
from maturity_desktop.reporting.voice import (
    Voice,
    cell_held,
    mean_words,
    nodes_in_scope,
    obstacle_words,
    profile_parameters,
    score_words,
)

# Any in this file: flowables, which have no common type.

_NAMED = 8
_LISTED = 40


def flow(voice: Voice, sentences: Sequence[str]) -> list[Any]:
    """Return the flowables of the chapter; ready `sentences` replace our own explanation of the level when given."""
    story: list[Any] = [level_ramp(voice)]
    told = [*sentences, _target_sentence(voice), *_unfinished(voice)] if sentences else explanation(voice)
    earned = score_words(voice, voice.snapshot.results.overall.average)
    if earned:
        told.insert(1, voice.say("report.overall.score", score=earned))
    story += [prose(sentence, BODY) for sentence in told]
    story += modules.flow(voice)
    story += _pictures(voice)
    note = prose(voice.say("report.overall.heat_note"), QUIET)
    story += kept_together(prose(voice.say("report.overall.heat"), SECTION), note, _legend(voice), _heat(voice))
    story += _blockers(voice, "report.overall.blocked_title", voice.snapshot.results.overall.blockers)
    path = voice.snapshot.path_to_target
    if path.steps and path.steps != voice.snapshot.results.overall.blockers:
        story += _blockers(voice, "report.overall.path_title", path.steps)
    return story


def explanation(voice: Voice) -> list[str]:
    """Return why the overall level is what it is, what blocks the next one, and how far the target is."""
    overall = voice.snapshot.results.overall
    sentences = [_level_sentence(voice)]
    if overall.deciding:
        sentences.append(voice.say("report.overall.deciding", names=_names(voice, overall.deciding)))
    sentences.append(voice.say("report.overall.average", average=f"{overall.average:.2f}"))
    sentences.append(_target_sentence(voice))
    if overall.blockers:
        items = len({blocker.item_code for blocker in overall.blockers})
        sentences.append(voice.say("report.overall.next", count=len(overall.blockers), items=items))
    else:
        sentences.append(voice.say("report.overall.next_none"))
    return sentences + _unfinished(voice)


def _unfinished(voice: Voice) -> list[str]:
    progress = voice.snapshot.results.overall.progress
    missing = progress.total - progress.answered
    return [voice.say("report.overall.unfinished", total=progress.total, open=missing)] if missing else []


def _level_sentence(voice: Voice) -> str:
    results = voice.snapshot.results
    rating, level = results.overall.rating, voice.level_of(results.overall.rating)
    values = {
        "profile": voice.text(results.profile.name),
        "parameters": profile_parameters(voice, results.profile),
        "label": voice.label(rating),
    }
    if level is None:
        return voice.say("report.overall.reached_none", **values)
    if voice.is_in_words:
        return voice.say("report.overall.reached_word", **values, name=voice.text(level.name))
    key = "report.overall.reached_full" if rating.full_level == rating.level else "report.overall.reached_half"
    return voice.say(key, **values, full=level.code, name=voice.text(level.name))


def _target_sentence(voice: Voice) -> str:
    snapshot = voice.snapshot
    target = voice.told(snapshot.results.target)
    told = "_word" if voice.is_in_words else ""
    if snapshot.results.target <= snapshot.results.overall.rating:
        return voice.say(f"report.overall.target_reached{told}", target=target)
    path = snapshot.path_to_target
    minimal = voice.say("report.overall.minimal" if path.is_minimal else "report.overall.not_minimal")
    return voice.say(f"report.overall.target_missed{told}", target=target, count=len(path.steps), minimal=minimal)


def _names(voice: Voice, codes: Sequence[NodeCode]) -> str:
    names = voice.join([voice.name(code) for code in codes[:_NAMED]])
    more = len(codes) - _NAMED
    return names if more <= 0 else f"{names} {voice.say('report.document.more', count=more)}"


def _spread(voice: Voice) -> Bars:
    overall = voice.snapshot.results.overall
    return Bars(
        [
            Bar(
                label=voice.label(rating),
                count=count,
                colour=voice.colour(rating),
                words=voice.say("report.overall.items", count=count),
            )
            for rating, count in reversed(overall.distribution)
        ]
    )


def _pictures(voice: Voice) -> list[Any]:
    """Return the radar with the spread of ratings beside it; with fewer than three axes, bars."""
    snapshot = voice.snapshot
    nodes = nodes_in_scope(snapshot, snapshot.edition.nodes)
    layer = voice.text(snapshot.edition.layers[0]) if snapshot.edition.layers else ""
    title = voice.say("report.overall.radar", layer=layer if voice.language == "zh" else layer.lower())
    picture = _radar(voice, nodes) if len(nodes) >= 3 else _node_bars(voice, nodes)
    spread = (prose(voice.say("report.overall.distribution"), MINOR), Spacer(1, 8), _spread(voice))
    row = Row(cells=(cell(prose(title, MINOR), picture), cell(*spread)), rule="")
    return kept_together(Spacer(1, 6), Grid((theme.TEXT_WIDTH - 130, 130), [row], pad_y=0))


def _radar(voice: Voice, nodes: Sequence[Node]) -> Radar:
    snapshot = voice.snapshot
    target = float(snapshot.results.target.position)
    reached = tuple(float(snapshot.results.nodes[node.code].average) for node in nodes)
    series = [
        Series(
            name=voice.say("report.overall.radar_target"), values=(target,) * len(nodes), colour=theme.NAVY, dash=(3, 2)
        ),
        Series(name=voice.say("report.overall.radar_reached"), values=reached, colour=theme.ACCENT, fill=True),
    ]
    own = tuple(self_average(voice, node) for node in nodes)
    if any(value is not None for value in own):
        dotted = Series(name=voice.say("report.overall.radar_self"), values=own, colour="#A65B00", dash=(1, 2))
        series.insert(1, dotted)
    axes = [voice.text(node.name) for node in nodes]
    return Radar(axes, series, len(voice.levels), [level.code for level in voice.levels])


def _node_bars(voice: Voice, nodes: Sequence[Node]) -> Bars:
    results = voice.snapshot.results.nodes
    return Bars(
        [
            Bar(
                label=voice.label(results[node.code].rating),
                count=int(results[node.code].average * 100),
                colour=voice.colour(results[node.code].rating),
                words=f"{voice.text(node.name)} {results[node.code].average:.2f}",
            )
            for node in nodes
        ]
    )


def self_average(voice: Voice, node: Node) -> float | None:
    """Return the mean position of the self-ratings below a node, None when there is none."""
    ratings = voice.snapshot.self_ratings
    found = [ratings[item.code].rating.position for item in node.all_items() if item.code in ratings]
    return float(sum(found, Decimal(0)) / len(found)) if found else None


def _legend(voice: Voice) -> Grid:
    states: tuple[StepState, ...] = ("full", "part", "none", "open", "empty", "same")
    colour = voice.levels[min(2, len(voice.levels) - 1)].colour
    cells = []
    for state in states:
        cells += [cell(Heat((state,), (colour,))), text_cell(voice.say(f"report.overall.legend_{state}"), CELL_QUIET)]
    return Grid(full_width((1.1, 2.6) * 6), [Row(cells=tuple(cells), rule="")], after=4)


def _heat(voice: Voice) -> Grid:
    snapshot = voice.snapshot
    colours = [level.colour for level in voice.levels]
    rows = []
    for node in nodes_in_scope(snapshot, snapshot.edition.nodes):
        result = snapshot.results.nodes[node.code]
        rows.append(_node_row(voice, node, result))
        rows += [
            Row(
                cells=(
                    text_cell(item.code, CELL_QUIET),
                    text_cell(voice.text(item.name)),
                    cell(Heat(step_states(voice, item), colours)),
                    cell(_badge(voice, item)),
                )
            )
            for item in node.all_items()
            if item.code in snapshot.results.items
        ]
    head = head_row("", "", _level_heads(voice), voice.say("report.scores.rated"), centred=(3,))
    return Grid(full_width((2.1, 3.6, 3.7, 0.9)), rows, head=(head,), pad_y=1.6)


def _level_heads(voice: Voice) -> str:
    return voice.say("report.overall.level_range", first=voice.levels[0].code, last=voice.levels[-1].code)


def _node_row(voice: Voice, node: Node, result: NodeResult) -> Row:
    average = mean_words(voice, result)
    return Row(
        cells=(
            text_cell(node.code, CELL_QUIET),
            text_cell(voice.text(node.name), CELL_BOLD),
            text_cell(average, CELL_QUIET),
            cell(Badge(voice.label(result.rating), voice.colour(result.rating))),
        ),
        fill=theme.WASH,
        stays_with_next=True,
    )


def _badge(voice: Voice, item: RatedItem) -> Badge:
    rating = voice.snapshot.results.items[item.code].effective
    return Badge(voice.label(rating), voice.colour(rating))


def step_states(voice: Voice, item: RatedItem) -> tuple[StepState, ...]:
    """Return what each level field of an item shows."""
    return tuple(_step_state(voice, each) for each in item.cells)


def _step_state(voice: Voice, each: LevelCell) -> StepState:
    if each.kind is CellKind.EMPTY:
        return "empty"
    if each.kind is CellKind.SAME:
        return "same"
    met, asked, unknown = cell_held(voice, each)
    if met == asked:
        return "full"
    if unknown:
        return "open"
    return "part" if met else "none"


def _blockers(voice: Voice, title: str, blockers: Sequence[Blocker]) -> list[Any]:
    if not blockers:
        return []
    edition = voice.snapshot.edition
    rows = [
        Row(
            cells=(
                text_cell(blocker.criterion_id, CELL_QUIET),
                text_cell(blocker.level, CELL),
                text_cell(voice.text(edition.criterion_by_id[blocker.criterion_id].text)),
                text_cell(obstacle_words(voice, blocker)),
            )
        )
        for blocker in blockers[:_LISTED]
    ]
    head = head_row(
        voice.say("report.scores.code"),
        voice.say("report.overall.level_column"),
        voice.say("report.details.criterion"),
        voice.say("report.details.judgement"),
    )
    story = section(voice.say(title), Grid(full_width((2.2, 1.1, 6.4, 1.5)), rows, head=(head,)))
    more = len(blockers) - _LISTED
    return story if more <= 0 else [*story, prose(voice.say("report.overall.path_more", count=more), QUIET)]
