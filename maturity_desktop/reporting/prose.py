"""Paragraphs of anything a user typed: no markup is read, every character finds a font, lines break rightly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.platypus.flowables import Flowable

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.fonts import Face
from maturity_desktop.reporting.linebreak import Line, Span, break_lines

Align = Literal["left", "centre", "right"]
Icon = Callable[[Any, float, float, float], None]  # Any: reportlab's Canvas; then centre x, centre y, radius


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph is set; lengths in points, leading as a multiple of the size."""

    size: float = 9.0
    face: Face = "sans"
    colour: str = theme.INK
    leading: float = 1.55
    align: Align = "left"
    before: float = 0
    after: float = 0
    indent: float = 0

    def span(self, text: str) -> Span:
        """Return `text` in this look."""
        return Span(text, self.face, self.size, self.colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A bookmark made where the paragraph is drawn; 0 is a language part, 1 a chapter."""

    key: str
    title: str
    level: int = 0


class Prose(Flowable):
    """A paragraph of spans. Splits over pages with at least two lines on either side."""

    def __init__(
        self,
        spans: Sequence[Span],
        style: Style,
        *,
        icon: Icon | None = None,
        outline: Outline | None = None,
        marker: str = "",
    ) -> None:
        super().__init__()
        self.spans = tuple(spans)
        self.look = style
        self.icon = icon
        self.outline = outline
        self.marker = marker
        self.spaceBefore = style.before
        self.spaceAfter = style.after
        self._lines: tuple[Line, ...] = ()
        self._fixed_lines: tuple[Line, ...] | None = None
        self._wrapped_width = -1.0
        self._leading = max((span.size for span in self.spans), default=style.size) * style.leading

    def _indent(self) -> float:
        return self.look.indent + (self._leading * 0.92 if self.icon else 0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size at `width`; measured once per width."""
        if width != self._wrapped_width:
            self._lines = self._fixed_lines or break_lines(self.spans, width - self._indent())
            self._wrapped_width = width
        self.width, self.height = width, len(self._lines) * self._leading
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the height of what must stand on the first page."""
        self.wrap(width, 0)
        return min(len(self._lines), 2) * self._leading

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return two parts, or nothing when no decent split fits into `height`."""
        self.wrap(width, height)
        fitting, total = int((height + 0.01) / self._leading), len(self._lines)
        if total - fitting == 1:
            fitting -= 1
        if fitting < 2 or total <= 3:
            return []
        return [self._part(slice(0, fitting), is_first=True), self._part(slice(fitting, total), is_first=False)]

    def _part(self, lines: slice, *, is_first: bool) -> "Prose":
        part = Prose(
            self.spans,
            self.look,
            icon=self.icon if is_first else None,
            outline=self.outline if is_first else None,
            marker=self.marker if is_first else "",
        )
        part._fixed_lines = self._lines[lines]
        part._leading = self._leading
        if is_first:
            part.spaceAfter = 0
        else:
            part.spaceBefore = 0
            part.look = self.look
            part._extra_indent = self._indent()
        return part

    _extra_indent = 0.0

    def draw(self) -> None:
        """Draw the lines, the sign before them and the bookmark."""
        canvas = self.canv
        if self.outline:
            add_outline(canvas, self.outline, self.height)
        if self.marker:
            open_marker(canvas, self.marker)
        self._draw_lines(canvas)
        if self.marker:
            close_marker(canvas)
        if self.icon:
            size = self._leading * 0.31
            self.icon(canvas, self.look.indent + size + 0.6, self.height - self._leading * 0.47, size)

    def _draw_lines(self, canvas: Any) -> None:  # Any: reportlab's Canvas
        indent = self._extra_indent or self._indent()
        room = self.width - indent
        text = canvas.beginText()
        baseline = self.height - self._leading * 0.5 - self.look.size * 0.36
        colour = ""
        for line in self._lines:
            slack = room - line.width
            shift = {"left": 0.0, "centre": slack / 2, "right": slack}[self.look.align]
            text.setTextOrigin(indent + shift, baseline)
            for piece in line.pieces:
                if piece.colour != colour:
                    colour = piece.colour
                    text.setFillColor(theme.paint(colour))
                text.setFont(piece.font, piece.size)
                text.textOut(piece.text)
            baseline -= self._leading
        canvas.drawText(text)


def add_outline(canvas: Any, outline: Outline, top: float) -> None:  # Any: reportlab's Canvas
    """Put a bookmark at the present place, `top` points above the origin."""
    canvas.bookmarkHorizontal(outline.key, 0, top + 12)
    canvas.addOutlineEntry(outline.title, outline.key, level=outline.level, closed=outline.level >= 2)
    canvas.log.anchors[outline.key] = canvas.getPageNumber()


def open_marker(canvas: Any, marker: str) -> None:  # Any: reportlab's Canvas
    """Begin marked content; `counting` finds it again in the finished file.

    Source: ISO 32000-1 14.6 (marked content with a property list).
    """
    safe = marker.encode("utf-8").hex()
    canvas._code.append(f"/MdEntry <</Md <{safe}>>> BDC")  # noqa: SLF001  # the library has no call for it


def close_marker(canvas: Any) -> None:  # Any: reportlab's Canvas
    """End the innermost marked content."""
    canvas._code.append("EMC")  # noqa: SLF001


def prose(text: str, style: Style, **kwargs: Any) -> Prose:  # Any: the keyword arguments of Prose
    """Return a paragraph of one look."""
    return Prose((style.span(text),), style, **kwargs)
