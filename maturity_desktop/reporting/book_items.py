"""The items of the book: a head, the levels side by side with notes and limits, evidence requests, questions."""

from collections.abc import Iterator
from typing import Any

from reportlab.platypus.flowables import Flowable

from maturity_desktop.domain.standard import CellKind, Criterion, LevelCell, Node, RatedItem
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.book_voice import BookVoice
from maturity_desktop.reporting.grid import Cell, Grid, Row, cell
from maturity_desktop.reporting.pages import Ink, draw_text, fit_text
from maturity_desktop.reporting.prose import Outline, Style, add_outline, close_marker, open_marker, prose
from maturity_desktop.reporting.styles import (
    BODY,
    CELL_BOLD,
    CELL_QUIET,
    CODE,
    MINOR,
    QUIET,
    full_width,
    head_row,
    kept_together,
    section,
    text_cell,
)

# Any in this file: flowables and reportlab's Canvas, which have no common type.

_SIDE_BY_SIDE = 5
_POINT = Style(size=7.9, leading=1.48, before=5)
_LIMIT = Style(size=7.3, leading=1.45, face="bold", colour=theme.ACCENT)
_NOTE = Style(size=7.1, leading=1.45, colour=theme.MUTED)
_LEVEL = Style(size=8, leading=1.4, face="bold")


def item_flow(voice: BookVoice, item: RatedItem, path: tuple[Node, ...], level: int) -> list[Any]:
    """Return one rated item; `path` holds the nodes above it, `level` the depth of its bookmark."""
    head = ItemTitle(voice, item, path, level)
    scope = [prose(voice.text(item.scope), QUIET)] if item.scope else []
    starts = range(0, len(item.cells), _SIDE_BY_SIDE)
    first, *others = (_levels(voice, item, item.cells[start : start + _SIDE_BY_SIDE]) for start in starts)
    return [*kept_together(head, *scope, first), *others, *_evidence(voice, item), *_questions(voice, item)]


def glossary(voice: BookVoice) -> list[Any]:
    """Return the terms with their word in the other language and what they mean."""
    rows = [
        Row(
            cells=(
                text_cell(voice.text(term.term), CELL_BOLD),
                text_cell(term.term.en if voice.language == "zh" else term.term.zh),
                text_cell(voice.text(term.note)),
            )
        )
        for term in voice.edition.glossary
    ]
    head = head_row(voice.say("book.term"), voice.say("book.other_language"), voice.say("book.explanation"))
    return [Grid(full_width((3, 3, 7)), rows, head=(head,))]


class ItemTitle(Flowable):
    """The band above an item: where it stands, its code and its name."""

    def __init__(self, voice: BookVoice, item: RatedItem, path: tuple[Node, ...], level: int) -> None:
        super().__init__()
        self.voice, self.item, self.path, self.level = voice, item, path, level
        self.spaceBefore, self.spaceAfter = 14, 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 34
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the whole height; a heading is never split."""
        return self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw the band."""
        canvas, voice, title = self.canv, self.voice, self.voice.named(self.item)
        outline = Outline(key=voice.anchor(self.item.code), title=title, level=self.level)
        add_outline(canvas, outline, self.height)
        canvas.setFillColor(theme.paint(theme.WASH))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillColor(theme.paint(theme.NAVY))
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        open_marker(canvas, f"item|{voice.language}|{self.item.code}")
        trail = " › ".join(voice.text(node.name) for node in self.path)
        room = self.width - 22
        draw_text(canvas, fit_text(trail, "sans", 7.4, room), 12, 22, Ink(size=7.4, colour=theme.MUTED))
        draw_text(canvas, fit_text(title, "bold", 11.5, room), 12, 8, Ink(size=11.5, face="bold"))
        close_marker(canvas)


def _levels(voice: BookVoice, item: RatedItem, cells: tuple[LevelCell, ...]) -> Grid:
    """Return the level cells side by side, one column each."""
    width = theme.TEXT_WIDTH / min(max(len(item.cells), 1), _SIDE_BY_SIDE)
    row = Row(cells=tuple(_level_cell(voice, one) for one in cells))
    return Grid((width,) * len(cells), (row,), head=(_level_heads(voice, cells),), after=6)


def _level_heads(voice: BookVoice, cells: tuple[LevelCell, ...]) -> Row:
    heads = []
    for one in cells:
        level = voice.level(one.level)
        fill = theme.tint(level.colour, 0.2) if level else theme.BAND
        heads.append(cell(prose(voice.level_title(one.level), _LEVEL), fill=fill))
    return Row(cells=tuple(heads), stays_with_next=True, rule=theme.NAVY, rule_width=0.7)


def _level_cell(voice: BookVoice, one: LevelCell) -> Cell:
    if one.kind is CellKind.SAME:
        return text_cell(voice.say("book.same"), CELL_QUIET)
    if one.kind is CellKind.EMPTY or not one.criteria:
        return text_cell(voice.say("book.empty"), CELL_QUIET)
    return cell(*(part for criterion in one.criteria for part in _point(voice, criterion)))


def _point(voice: BookVoice, criterion: Criterion) -> Iterator[Any]:
    marker = f"criterion|{voice.language}|{criterion.id}"
    yield prose(voice.text(criterion.text), _POINT, marker=marker)
    if criterion.threshold:
        yield prose(voice.limit(criterion.threshold), _LIMIT)
    if criterion.note:
        yield prose(voice.say("book.note", note=voice.text(criterion.note)), _NOTE)
    yield prose(criterion.id, CODE)


def _evidence(voice: BookVoice, item: RatedItem) -> list[Any]:
    rows = [
        Row(
            cells=(
                text_cell(request.code, CELL_QUIET),
                text_cell(voice.level_title(one.level)),
                text_cell(voice.say(f"book.kind.{request.kind.value}")),
                text_cell(voice.text(request.title)),
            )
        )
        for one in item.cells
        for request in one.evidence
    ]
    if not rows:
        return []
    columns = ("evidence_code", "evidence_level", "evidence_kind", "evidence_title")
    head = head_row(*(voice.say(f"book.{column}") for column in columns))
    table = Grid(full_width((3.2, 2, 2, 7)), rows, head=(head,), pad_y=2.2)
    return section(voice.say("book.evidence"), table, style=MINOR)


def _questions(voice: BookVoice, item: RatedItem) -> list[Any]:
    if not item.questions:
        return []
    first, *others = (prose(f"{number}. {voice.text(each)}", BODY) for number, each in enumerate(item.questions, 1))
    return [*section(voice.say("book.questions"), first, style=MINOR), *others]
