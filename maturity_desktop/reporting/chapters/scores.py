"""Chapter with the score table: every node and item with its ratings, self-rating and gap."""

from typing import Any

from maturity_desktop.domain.results import ItemRating
from maturity_desktop.domain.standard import Node, RatedItem
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.figures import Badge
from maturity_desktop.reporting.grid import Grid, Row, cell
from maturity_desktop.reporting.prose import Style, prose
from maturity_desktop.reporting.styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_CENTRE,
    CELL_QUIET,
    full_width,
    head_row,
    text_cell,
)
from maturity_desktop.reporting.voice import Voice, mean_words, nodes_in_scope, score_words

# Any in this file: flowables, which have no common type.


def flow(voice: Voice) -> list[Any]:
    """Return the flowables of the chapter, without its title."""
    snapshot = voice.snapshot
    rows: list[Row] = []
    for node in nodes_in_scope(snapshot, snapshot.edition.nodes):
        _collect(voice, node, 0, rows)
    head = head_row(
        voice.say("report.scores.code"),
        voice.say("report.scores.name"),
        voice.say("report.scores.rated"),
        voice.say("report.scores.computed"),
        voice.say("report.scores.self"),
        voice.say("report.scores.gap"),
        voice.say("report.scores.answered"),
        centred=(2, 3, 4, 5, 6),
    )
    table = Grid(full_width((2.4, 4.2, 1.1, 1.5, 1.1, 1.5, 1.4)), rows, head=(head,), pad_y=2.2)
    return [prose(voice.say("report.scores.intro"), BODY), table]


def _collect(voice: Voice, node: Node, depth: int, rows: list[Row]) -> None:
    rows.append(_node_row(voice, node, depth))
    for child in nodes_in_scope(voice.snapshot, node.nodes):
        _collect(voice, child, depth + 1, rows)
    results = voice.snapshot.results.items
    rows += [_item_row(voice, item, results[item.code], depth + 1) for item in node.items if item.code in results]


def _name(text: str, depth: int, *, bold: bool) -> Any:
    look = CELL_BOLD if bold else CELL
    return prose(text, Style(size=look.size, face=look.face, leading=look.leading, indent=7.0 * depth))


def _node_row(voice: Voice, node: Node, depth: int) -> Row:
    result = voice.snapshot.results.nodes[node.code]
    progress = result.progress
    return Row(
        cells=(
            text_cell(node.code, CELL_QUIET),
            cell(_name(voice.text(node.name), depth, bold=True)),
            cell(Badge(voice.label(result.rating), voice.colour(result.rating))),
            text_cell(""),
            text_cell(""),
            text_cell(mean_words(voice, result), CELL_CENTRE),
            text_cell(f"{progress.answered}/{progress.total}", CELL_CENTRE),
        ),
        fill=theme.BAND if depth == 0 else theme.WASH,
        stays_with_next=True,
    )


def _item_row(voice: Voice, item: RatedItem, rating: ItemRating, depth: int) -> Row:
    own = voice.snapshot.self_ratings.get(item.code)
    gap = len(rating.target_blockers)
    computed, earned = voice.label(rating.computed), score_words(voice, rating.score)
    if earned:
        computed = f"{computed}\n{voice.say('report.scores.score', score=earned)}"
    if rating.override is not None:
        computed = f"{computed} · {voice.say('report.scores.overridden')}"
    return Row(
        cells=(
            text_cell(item.code, CELL_QUIET),
            cell(_name(voice.text(item.name), depth, bold=False)),
            cell(Badge(voice.label(rating.effective), voice.colour(rating.effective))),
            text_cell(computed, CELL_CENTRE),
            text_cell(voice.label(own.rating) if own else "—", CELL_CENTRE),
            text_cell(
                voice.say("report.scores.gap_points", count=gap) if gap else voice.say("report.scores.gap_none"),
                CELL_CENTRE,
            ),
            text_cell(f"{rating.progress.answered}/{rating.progress.total}", CELL_CENTRE),
        )
    )


def _gap_words(voice: Voice, count: int) -> str:
    return voice.say("report.scores.gap_points", count=count) if count else voice.say("report.scores.gap_none")
