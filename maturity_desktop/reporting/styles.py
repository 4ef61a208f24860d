"""The paragraph styles of the report, and headings that never stand alone at the foot of a page."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.platypus.flowables import CondPageBreak, Flowable

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.grid import Cell, Grid, Row, cell
from maturity_desktop.reporting.prose import Outline, Prose, Style, prose

CHAPTER: Final = Style(size=19, face="bold", colour=theme.NAVY, leading=1.35, after=10)
SECTION: Final = Style(size=12.5, face="bold", colour=theme.NAVY, leading=1.4, before=14, after=6)
MINOR: Final = Style(size=9.5, face="bold", colour=theme.ACCENT, leading=1.5, before=7, after=3)
BODY: Final = Style(size=9.5, leading=1.65, after=5)
QUIET: Final = Style(size=8.3, leading=1.6, colour=theme.MUTED, after=5)
CELL: Final = Style(size=8.3, leading=1.48)
CELL_BOLD: Final = Style(size=8.3, leading=1.48, face="bold")
CELL_QUIET: Final = Style(size=7.6, leading=1.48, colour=theme.MUTED)
CELL_RIGHT: Final = Style(size=8.3, leading=1.48, align="right")
CELL_CENTRE: Final = Style(size=8.3, leading=1.48, align="centre")
HEAD: Final = Style(size=7.8, leading=1.45, face="bold", colour=theme.NAVY)
HEAD_CENTRE: Final = Style(size=7.8, leading=1.45, face="bold", colour=theme.NAVY, align="centre")
CODE: Final = Style(size=6.1, leading=1.55, colour=theme.MUTED)
LABEL: Final = Style(size=8.3, leading=1.6, colour=theme.MUTED)
VALUE: Final = Style(size=9, leading=1.47)
HASH: Final = Style(size=8.2, leading=1.55)


class ChapterTitle(Flowable):
    """A chapter heading with a rule below."""

    def __init__(self, number: int, title: str, key: str) -> None:
        super().__init__()
        self.body = prose(f"{number}  {title}", CHAPTER, outline=Outline(key=key, title=f"{number} {title}", level=1))
        self.spaceAfter = 12

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size."""
        self.width = width
        self.height = self.body.wrap(width, height)[1] + 7
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the whole height; a heading is never split."""
        return self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw the title and the rule."""
        self.body.drawOn(self.canv, 0, 7)
        self.canv.setFillColor(theme.paint(theme.NAVY))
        self.canv.rect(0, 0, 42, 2.2, stroke=0, fill=1)
        self.canv.setFillColor(theme.paint(theme.LINE))
        self.canv.rect(42, 0.85, self.width - 42, 0.5, stroke=0, fill=1)


def section(title: str, follower: Any, *, style: Style = SECTION, outline: Outline | None = None) -> list[Any]:
    """Return heading and follower, moved together to the next page when the follower cannot begin below the heading.

    `follower` is a Prose or a Grid (Any: both are flowables without a common type).
    """
    return kept_together(prose(title, style, outline=outline), follower)


def kept_together(*parts: Any) -> list[Any]:  # Any: Prose, Grid or ChapterTitle
    """Return the parts; they begin on a page that holds all but the last, and the beginning of the last."""
    *first, last = parts
    needed = sum(part.wrap(theme.TEXT_WIDTH, 0)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in first)
    return [CondPageBreak(needed + last.first_height(theme.TEXT_WIDTH) + 4), *parts]


def facts(pairs: Sequence[tuple[str, str]], *, label_width: float = 118) -> Grid:
    """Return a two-column list of facts."""
    rows = [
        Row(cells=(cell(prose(label, LABEL)), cell(prose(value, HASH if len(value) == 64 else VALUE))))
        for label, value in pairs
    ]
    return Grid((label_width, theme.TEXT_WIDTH - label_width), rows, pad_y=2.3)


def head_row(*titles: str, centred: Sequence[int] = ()) -> Row:
    """Return a table head."""
    cells = tuple(cell(prose(title, HEAD_CENTRE if place in centred else HEAD)) for place, title in enumerate(titles))
    return Row(cells=cells, fill=theme.BAND, stays_with_next=True, rule=theme.NAVY, rule_width=0.7)


def text_cell(text: str, style: Style = CELL) -> Cell:
    """Return a cell with one paragraph."""
    return cell(prose(text, style))


def full_width(widths: Sequence[float]) -> tuple[float, ...]:
    """Scale relative widths to the width of the text."""
    scale = theme.TEXT_WIDTH / sum(widths)
    return tuple(width * scale for width in widths)


__all__ = ["Prose", "facts", "full_width", "head_row", "kept_together", "section", "text_cell"]
