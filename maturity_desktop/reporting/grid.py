"""Tables of paragraphs: fixed columns, repeated heads, rows that stay with the next one, rows longer than a page."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus.doctemplate import FrameBreak
from reportlab.platypus.flowables import Flowable

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.prose import close_marker, open_marker

_PAD_X = 4.5
_PAD_Y = 3.2
_TALL = theme.TEXT_HEIGHT * 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: stacked flowables over one or more columns."""

    content: tuple[Any, ...] = ()  # Any: flowables
    columns: int = 1
    fill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        stays_with_next: never the last row of a page.
        marker: names the row for counting in the finished file.
        rule: colour of the line below, "" for none.
    """

    cells: tuple[Cell, ...]
    fill: str = ""
    stays_with_next: bool = False
    marker: str = ""
    rule: str = theme.LINE
    rule_width: float = 0.4


def cell(*content: Any, columns: int = 1, fill: str = "") -> Cell:  # Any: flowables
    """Return a cell holding `content` from top to bottom."""
    return Cell(content=content, columns=columns, fill=fill)


class Grid(Flowable):
    """A table; `head` is repeated on every page it reaches."""

    def __init__(
        self,
        widths: Sequence[float],
        rows: Sequence[Row],
        *,
        head: Sequence[Row] = (),
        after: float = 8,
        pad_y: float = _PAD_Y,
    ) -> None:
        super().__init__()
        self.widths = tuple(widths)
        self.rows = tuple(rows)
        self.head = tuple(head)
        self.spaceAfter = after
        self.pad_y = pad_y
        self._heights: dict[int, tuple[Row, float]] = {}  # by identity; the row is kept so that its id stays taken

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the table's own width and full height."""
        self.width = sum(self.widths)
        self.height = sum(self._row_height(row) for row in (*self.head, *self.rows))
        return self.width, self.height

    def first_height(self, width: float) -> float:  # noqa: ARG002  # same signature as Prose
        """Return the height of what must stand on the first page."""
        wanted = sum(self._row_height(row) for row in self.head)
        for row in self.rows:
            wanted += min(self._row_height(row), _TALL)
            if not row.stays_with_next:
                break
        return wanted

    def _row_height(self, row: Row) -> float:
        known = self._heights.get(id(row))
        if known is None:
            height = max((self._cell_height(each, width) for each, _, width in self._placed(row)), default=0.0)
            known = self._heights[id(row)] = (row, height)
        return known[1]

    def _cell_height(self, each: Cell, width: float) -> float:
        return 2 * self.pad_y + math.fsum(
            part.wrap(width - 2 * _PAD_X, 0)[1] + (part.getSpaceBefore() if place else 0)
            for place, part in enumerate(each.content)
        )

    def _placed(self, row: Row) -> list[tuple[Cell, float, float]]:
        placed, column, x = [], 0, 0.0
        for each in row.cells:
            width = sum(self.widths[column : column + each.columns])
            placed.append((each, x, width))
            column += each.columns
            x += width
        return placed

    def split(self, width: float, height: float) -> list[Flowable]:  # noqa: ARG002  # the library's signature
        """Return the part that fits, the end of the page, and the rest; nothing when not even one row fits decently."""
        left = height - sum(self._row_height(row) for row in self.head)
        count = 0
        while count < len(self.rows) and self._row_height(self.rows[count]) <= left + 0.01:
            left -= self._row_height(self.rows[count])
            count += 1
        if count < len(self.rows) and self._row_height(self.rows[count]) > _TALL and left > 60:
            upper, lower = self._split_row(self.rows[count], left)
            if upper is not None:
                return self._parted((*self.rows[:count], upper), (lower, *self.rows[count + 1 :]))
        count = self._decent(count)
        if not count:
            return []
        return self._parted(self.rows[:count], self.rows[count:])

    def _parted(self, upper: Sequence[Row], lower: Sequence[Row]) -> list[Flowable]:
        """The rest begins a page even where some of its rows would still fit: a head belongs at the top."""
        return [self._part(upper, after=0), FrameBreak(), self._part(lower, after=self.spaceAfter)]

    def _decent(self, count: int) -> int:
        """Return where to cut at or above `count`: no lone row goes over, no head row stays behind."""
        if count == len(self.rows) - 1 and count > 2:
            count -= 1
        while count and self.rows[count - 1].stays_with_next:
            count -= 1
        return count

    def _part(self, rows: Sequence[Row], *, after: float) -> "Grid":
        part = Grid(self.widths, rows, head=self.head, after=after, pad_y=self.pad_y)
        part._heights = dict(self._heights)
        return part

    def _split_row(self, row: Row, height: float) -> tuple[Row | None, Row]:
        upper, lower = [], []
        for each, _, width in self._placed(row):
            first, rest = _split_stack(each.content, width - 2 * _PAD_X, height - 2 * self.pad_y)
            upper.append(replace(each, content=first))
            lower.append(replace(each, content=rest))
        if not any(each.content for each in upper):
            return None, row
        top = replace(row, cells=tuple(upper), rule="")
        return top, replace(row, cells=tuple(lower), marker="")

    def draw(self) -> None:
        """Draw all rows from the top."""
        y = self.height
        for row in (*self.head, *self.rows):
            y -= self._row_height(row)
            self._draw_row(row, y)

    def _draw_row(self, row: Row, y: float) -> None:
        canvas, height = self.canv, self._row_height(row)
        if row.marker:
            open_marker(canvas, row.marker)
        for each, x, width in self._placed(row):
            fill = each.fill or row.fill
            if fill:
                canvas.setFillColor(theme.paint(fill))
                canvas.rect(x, y, width, height, stroke=0, fill=1)
            top = y + height - self.pad_y
            for place, part in enumerate(each.content):
                size = part.wrap(width - 2 * _PAD_X, 0)[1]
                top -= size + (part.getSpaceBefore() if place else 0)
                part.drawOn(canvas, x + _PAD_X, top)
        if row.rule:
            canvas.setStrokeColor(theme.paint(row.rule))
            canvas.setLineWidth(row.rule_width)
            canvas.line(0, y, self.width, y)
        if row.marker:
            close_marker(canvas)


def _split_stack(content: Sequence[Any], width: float, height: float) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Split stacked flowables at `height`; Any: flowables."""
    for place, part in enumerate(content):
        gap = part.getSpaceBefore() if place else 0
        size = part.wrap(width, 0)[1]
        if gap + size <= height:
            height -= gap + size
            continue
        halves = part.split(width, height - gap)
        if halves:
            return (*content[:place], halves[0]), (*halves[1:], *content[place + 1 :])
        return tuple(content[:place]), tuple(content[place:])
    return tuple(content), ()
