"""Small vector signs: answers, level steps, rating badges. Drawn, because no font has all check boxes."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.reporting import theme

# Any in this file: reportlab's Canvas, which has no types.


def draw_compliant(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw a filled disc with a tick."""
    _disc(canvas, x, y, radius, theme.ANSWER_COLOURS[AnswerValue.COMPLIANT])
    canvas.setStrokeColor(theme.paint(theme.PAPER))
    canvas.setLineWidth(radius * 0.34)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    tick = canvas.beginPath()
    tick.moveTo(x - radius * 0.48, y + radius * 0.02)
    tick.lineTo(x - radius * 0.12, y - radius * 0.36)
    tick.lineTo(x + radius * 0.5, y + radius * 0.38)
    canvas.drawPath(tick, stroke=1, fill=0)


def draw_partial(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw a ring whose left half is filled."""
    colour = theme.ANSWER_COLOURS[AnswerValue.PARTIALLY_COMPLIANT]
    _ring(canvas, x, y, radius, colour)
    half = canvas.beginPath()
    half.arc(x - radius, y - radius, x + radius, y + radius, startAng=90, extent=180)
    half.close()
    canvas.setFillColor(theme.paint(colour))
    canvas.drawPath(half, stroke=0, fill=1)


def draw_not_compliant(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw a filled disc with a cross."""
    _disc(canvas, x, y, radius, theme.ANSWER_COLOURS[AnswerValue.NOT_COMPLIANT])
    canvas.setStrokeColor(theme.paint(theme.PAPER))
    canvas.setLineWidth(radius * 0.34)
    canvas.setLineCap(1)
    arm = radius * 0.4
    canvas.line(x - arm, y - arm, x + arm, y + arm)
    canvas.line(x - arm, y + arm, x + arm, y - arm)


def draw_not_applicable(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw a ring with a slash."""
    colour = theme.ANSWER_COLOURS[AnswerValue.NOT_APPLICABLE]
    _ring(canvas, x, y, radius, colour)
    arm = radius * math.cos(math.pi / 4)
    canvas.line(x - arm, y - arm, x + arm, y + arm)


def draw_not_assessed(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw an empty dotted ring."""
    canvas.setDash(0.8, 1.1)
    _ring(canvas, x, y, radius, theme.ANSWER_COLOURS[AnswerValue.NOT_ASSESSED])
    canvas.setDash()


def draw_flag(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw a small flag on a pole."""
    canvas.setFillColor(theme.paint(theme.WARNING))
    canvas.setStrokeColor(theme.paint(theme.WARNING))
    canvas.setLineWidth(0.8)
    left = x - radius * 0.6
    canvas.line(left, y - radius, left, y + radius)
    cloth = canvas.beginPath()
    cloth.moveTo(left, y + radius)
    cloth.lineTo(left + radius * 1.4, y + radius * 0.5)
    cloth.lineTo(left, y)
    cloth.close()
    canvas.drawPath(cloth, stroke=0, fill=1)


SIGNS: Mapping[AnswerValue, Callable[[Any, float, float, float], None]] = {
    AnswerValue.COMPLIANT: draw_compliant,
    AnswerValue.PARTIALLY_COMPLIANT: draw_partial,
    AnswerValue.NOT_COMPLIANT: draw_not_compliant,
    AnswerValue.NOT_APPLICABLE: draw_not_applicable,
    AnswerValue.NOT_ASSESSED: draw_not_assessed,
}


def _disc(canvas: Any, x: float, y: float, radius: float, colour: str) -> None:
    canvas.setFillColor(theme.paint(colour))
    canvas.circle(x, y, radius, stroke=0, fill=1)


def _ring(canvas: Any, x: float, y: float, radius: float, colour: str) -> None:
    canvas.setStrokeColor(theme.paint(colour))
    canvas.setLineWidth(radius * 0.24)
    canvas.circle(x, y, radius * 0.88, stroke=1, fill=0)
