"""Figures of the report: level ramp, rating badges, radar, spread of ratings, heat map. All drawn as vectors."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab.platypus.flowables import Flowable

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.linebreak import Span, break_lines, text_width
from maturity_desktop.reporting.pages import Ink, draw_text, fit_text

# Any in this file: reportlab's Canvas, which has no types.

StepState = Literal["full", "part", "none", "open", "empty", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RampStep:
    """One level of the ramp: code, name and colour."""

    code: str
    name: str
    colour: str


def draw_centred(canvas: Any, words: str, x: float, y: float, ink: Ink) -> None:
    """Draw one line centred on x."""
    draw_text(canvas, words, x - text_width(words, ink.face, ink.size) / 2, y, ink)


def draw_badge(canvas: Any, x: float, y: float, size: tuple[float, float], label: str, colour: str) -> None:
    """Draw a rounded plate with a rating; (x, y) is its lower left corner."""
    width, height = size
    canvas.setFillColor(theme.paint(colour))
    canvas.roundRect(x, y, width, height, height * 0.22, stroke=0, fill=1)
    draw_centred(
        canvas, label, x + width / 2, y + height * 0.29, Ink(size=height * 0.6, colour=theme.PAPER, face="bold")
    )


class Ramp(Flowable):
    """The scale as rising steps: reached levels filled, the half-reached one hatched, the target with a pointer."""

    def __init__(self, steps: Sequence[RampStep], reached: float, target: int, target_word: str) -> None:
        super().__init__()
        self.steps = tuple(steps)
        self.reached = reached
        self.target = target
        self.target_word = target_word
        self.spaceBefore, self.spaceAfter = 6, 10

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 90
        return width, self.height

    def draw(self) -> None:
        """Draw the steps from left to right."""
        draw_ramp(self.canv, self, self.width)


def draw_ramp(canvas: Any, ramp: Ramp, width: float) -> None:
    """Draw a ramp of `width` points at the origin; also used on the cover."""
    gap, count = 5.0, len(ramp.steps)
    each = (width - gap * (count - 1)) / count
    for place, step in enumerate(ramp.steps):
        x, height = place * (each + gap), 16 + place * (30 / max(1, count - 1))
        state: StepState = "full" if place + 1 <= ramp.reached else "none"
        if place < ramp.reached < place + 1:
            state = "part"
        draw_step(canvas, (x, 22, each, height), state, step.colour)
        colour = theme.INK if place < ramp.reached else theme.MUTED
        face: Literal["sans", "bold"] = "bold" if place + 1 == math.ceil(ramp.reached) else "sans"
        words, size = f"{step.code} {step.name}", 8.0
        while size > 5.5 and text_width(words, face, size) > each + gap - 2:
            size -= 0.25
        words = fit_text(words, face, size, each + gap)
        draw_centred(canvas, words, x + each / 2, 10, Ink(size=size, colour=colour, face=face))
        if place + 1 == ramp.target:
            _pointer(canvas, x + each / 2, 22 + height + 4, ramp.target_word)


def _pointer(canvas: Any, x: float, y: float, words: str) -> None:
    canvas.setFillColor(theme.paint(theme.NAVY))
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.lineTo(x - 3.6, y + 6)
    path.lineTo(x + 3.6, y + 6)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    draw_centred(canvas, words, x, y + 9, Ink(size=7.5, colour=theme.NAVY, face="bold"))


def draw_step(canvas: Any, box: tuple[float, float, float, float], state: StepState, colour: str) -> None:
    """Draw one level field: filled, hatched, empty, dashed, barred or with an equals sign."""
    x, y, width, height = box
    canvas.saveState()
    canvas.setLineWidth(0.6)
    canvas.setStrokeColor(theme.paint(colour if state in ("full", "part") else theme.FAINT))
    canvas.setFillColor(theme.paint({"full": colour, "part": theme.tint(colour, 0.16)}.get(state, theme.PAPER)))
    if state == "open":
        canvas.setDash(1.4, 1.4)
    canvas.rect(x, y, width, height, stroke=state not in ("empty", "same"), fill=1)
    canvas.setDash()
    if state == "part":
        _hatch(canvas, box, colour)
    canvas.setStrokeColor(theme.paint(theme.FAINT))
    canvas.setLineWidth(0.9)
    middle, arm = x + width / 2, min(3.4, width / 4)
    if state == "empty":
        canvas.line(middle - arm, y + height / 2, middle + arm, y + height / 2)
    if state == "same":
        canvas.line(middle - arm, y + height / 2 + 1.3, middle + arm, y + height / 2 + 1.3)
        canvas.line(middle - arm, y + height / 2 - 1.3, middle + arm, y + height / 2 - 1.3)
    canvas.restoreState()


def _hatch(canvas: Any, box: tuple[float, float, float, float], colour: str) -> None:
    x, y, width, height = box
    clip = canvas.beginPath()
    clip.rect(x, y, width, height)
    canvas.clipPath(clip, stroke=0, fill=0)
    canvas.setStrokeColor(theme.paint(colour))
    canvas.setLineWidth(0.9)
    offset = -height
    while offset < width:
        canvas.line(x + offset, y, x + offset + height, y + height)
        offset += 3.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of the radar; values on the level axis, None where nothing is known."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    dash: tuple[float, ...] = ()
    fill: bool = False


class Radar(Flowable):
    """A radar over three or more axes; with fewer axes the caller shows bars instead."""

    def __init__(self, axes: Sequence[str], series: Sequence[Series], top: int, level_codes: Sequence[str]) -> None:
        super().__init__()
        self.axes, self.series, self.top = tuple(axes), tuple(series), top
        self.level_codes = tuple(level_codes)
        self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 248
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the whole height; a figure is never split."""
        return self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw rings, axes, lines and legend."""
        self.radius = 76.0
        self.x, self.y = self.width / 2, self.height - 42 - self.radius
        self._rings()
        for series in self.series:
            self._line(series)
        self._captions()
        self._legend()

    def _point(self, place: int, value: float) -> tuple[float, float]:
        angle = math.pi / 2 - 2 * math.pi * place / len(self.axes)
        distance = self.radius * value / self.top
        return self.x + distance * math.cos(angle), self.y + distance * math.sin(angle)

    def _rings(self) -> None:
        canvas = self.canv
        for level in range(self.top, 0, -1):
            path = canvas.beginPath()
            for place in range(len(self.axes)):
                (path.lineTo if place else path.moveTo)(*self._point(place, level))
            path.close()
            canvas.setFillColor(theme.paint(theme.WASH if level % 2 else theme.PAPER))
            canvas.setStrokeColor(theme.paint(theme.LINE))
            canvas.setLineWidth(0.5)
            canvas.drawPath(path, stroke=1, fill=1)
        for place in range(len(self.axes)):
            canvas.line(self.x, self.y, *self._point(place, self.top))

    def _line(self, series: Series) -> None:
        points = [self._point(place, value) for place, value in enumerate(series.values) if value is not None]
        if not points:
            return
        canvas = self.canv
        canvas.saveState()
        path = canvas.beginPath()
        for place, point in enumerate(points):
            (path.lineTo if place else path.moveTo)(*point)
        path.close()
        canvas.setStrokeColor(theme.paint(series.colour))
        canvas.setLineWidth(1.6 if series.fill else 1.1)
        canvas.setDash(list(series.dash))
        if series.fill:
            canvas.setFillColor(theme.paint(series.colour))
            canvas.setFillAlpha(0.14)
        canvas.drawPath(path, stroke=1, fill=int(series.fill))
        canvas.setFillAlpha(1)
        canvas.setDash()
        if series.fill:
            for point in points:
                canvas.circle(*point, 2.1, stroke=0, fill=1)
        canvas.restoreState()

    def _captions(self) -> None:
        canvas = self.canv
        for level, code in enumerate(self.level_codes, 1):
            x, y = self._point(0, level)
            draw_text(canvas, code, x + 2.5, y - 2.4, Ink(size=6.5, colour=theme.MUTED))
        solid = next((series for series in self.series if series.fill), None)
        for place, name in enumerate(self.axes):
            x, y = self._point(place, self.top + 0.6)
            value = solid.values[place] if solid else None
            lines = [line.text for line in break_lines([Span(name, "bold", 8)], self.width / 2 - self.radius - 8)]
            if value is not None:
                lines.append(f"{value:.2f}")
            self._caption(lines, x, y)

    def _caption(self, lines: list[str], x: float, y: float) -> None:
        cosine = (x - self.x) / self.radius
        y += (len(lines) - 1) * 5 - 3 + (9 if y > self.y + self.radius else 0)
        for place, words in enumerate(lines):
            face: Literal["sans", "bold"] = "sans" if place == len(lines) - 1 else "bold"
            width = text_width(words, face, 8)
            left = x - width / 2 if abs(cosine) < 0.2 else x if cosine > 0 else x - width
            colour = theme.MUTED if face == "sans" else theme.INK
            draw_text(self.canv, words, left, y - place * 10.5, Ink(size=8, colour=colour, face=face))

    def _legend(self) -> None:
        canvas, y = self.canv, 6
        widths = [28 + text_width(series.name, "sans", 8) + 18 for series in self.series]
        x = self.x - sum(widths) / 2
        for series, width in zip(self.series, widths, strict=True):
            canvas.saveState()
            canvas.setStrokeColor(theme.paint(series.colour))
            canvas.setLineWidth(1.8 if series.fill else 1.1)
            canvas.setDash(list(series.dash))
            canvas.line(x, y + 3, x + 22, y + 3)
            canvas.restoreState()
            draw_text(canvas, series.name, x + 27, y, Ink(size=8, colour=theme.INK))
            x += width


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the spread of ratings."""

    label: str
    count: int
    colour: str
    words: str


class Bars(Flowable):
    """Horizontal bars with their count written beside."""

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__()
        self.bars = tuple(bars)
        self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 17 * len(self.bars) + 4
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the whole height; a figure is never split."""
        return self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw the bars, the first on top."""
        most = max((bar.count for bar in self.bars), default=1) or 1
        longest = max((text_width(bar.words, "sans", 8.3) for bar in self.bars), default=0)
        room = max(self.width - 48 - longest, self.width * 0.35)
        for place, bar in enumerate(self.bars):
            y = self.height - 17 * (place + 1)
            draw_badge(self.canv, 0, y, (30, 13), bar.label, bar.colour)
            self.canv.setFillColor(theme.paint(theme.tint(bar.colour, 0.75)))
            length = max(1.0, room * bar.count / most)
            self.canv.rect(38, y + 1, length, 11, stroke=0, fill=1)
            words = fit_text(bar.words, "sans", 8.3, self.width - 44 - length)
            draw_text(self.canv, words, 44 + length, y + 3.2, Ink(size=8.3))


class Heat(Flowable):
    """The level fields of one item in a table cell."""

    def __init__(self, states: Sequence[StepState], colours: Sequence[str]) -> None:
        super().__init__()
        self.states, self.colours = tuple(states), tuple(colours)

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 11.5
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:  # noqa: ARG002  # the library's signature
        """Never split."""
        return []

    def draw(self) -> None:
        """Draw one field per level."""
        gap = 2.5
        each = (self.width - gap * (len(self.states) - 1)) / len(self.states)
        for place, (state, colour) in enumerate(zip(self.states, self.colours, strict=True)):
            draw_step(self.canv, (place * (each + gap), 1, each, 9.5), state, colour)


class Badge(Flowable):
    """A rating plate in a table cell."""

    def __init__(self, label: str, colour: str, *, size: tuple[float, float] = (27, 12.5)) -> None:
        super().__init__()
        self.label, self.colour, self.size = label, colour, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, self.size[1]
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:  # noqa: ARG002  # the library's signature
        """Never split."""
        return []

    def draw(self) -> None:
        """Draw the plate centred in its cell."""
        draw_badge(self.canv, (self.width - self.size[0]) / 2, 0, self.size, self.label, self.colour)
