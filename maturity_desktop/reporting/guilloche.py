"""Ornament of the certificate: woven wave borders and rosettes, calculated and drawn as fine lines."""

import math
from typing import Any

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.theme import tint

# Any in this file: reportlab's Canvas, which has no types.

_WAVES = 7
_STEP = 1.8


def draw_border(canvas: Any, box: tuple[float, float, float, float], depth: float, colours: tuple[str, str]) -> None:
    """Draw a band of interwoven waves of `depth` points around `box` (left, bottom, right, top)."""
    left, bottom, right, top = box
    sides = (
        ((left, bottom), (right, bottom)),
        ((right, bottom), (right, top)),
        ((right, top), (left, top)),
        ((left, top), (left, bottom)),
    )
    canvas.saveState()
    canvas.setLineWidth(0.35)
    for colour, turns in zip(colours, (0.75, 1.5), strict=True):
        canvas.setStrokeColor(theme.paint(colour))
        for wave in range(_WAVES):
            phase = 2 * math.pi * wave / _WAVES
            for start, end in sides:
                _wave(canvas, start, end, (depth / 2, turns, phase))
    canvas.restoreState()


def _wave(canvas: Any, start: tuple[float, float], end: tuple[float, float], shape: tuple[float, float, float]) -> None:
    """Draw one wave; `shape` is amplitude, waves per 36 points, phase. Whole periods, so that corners meet."""
    amplitude, turns, phase = shape
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    periods = max(1, round(length / 36 * turns))
    steps = int(length / _STEP)
    path = canvas.beginPath()
    for step in range(steps + 1):
        share = step / steps
        lift = amplitude * math.sin(2 * math.pi * periods * share + phase) * (0.9 + 0.1 * math.cos(8 * math.pi * share))
        x = start[0] + along[0] * length * share - along[1] * lift
        y = start[1] + along[1] * length * share + along[0] * lift
        (path.lineTo if step else path.moveTo)(x, y)
    canvas.drawPath(path, stroke=1, fill=0)


def draw_rosette(
    canvas: Any, centre: tuple[float, float], radius: float, colour: str, *, petals: int = 12, rings: int = 10
) -> None:
    """Draw a rosette of `rings` turned petal curves."""
    canvas.saveState()
    canvas.setLineWidth(0.35)
    for ring in range(rings):
        canvas.setStrokeColor(theme.paint(tint(colour, 0.55 + 0.45 * ring / rings)))
        phase = 2 * math.pi * ring / rings
        scale = 1 - 0.5 * ring / rings
        path = canvas.beginPath()
        steps = 36 * petals // 2
        for step in range(steps + 1):
            angle = 2 * math.pi * step / steps
            distance = radius * scale * (0.8 + 0.2 * math.cos(petals * angle + phase))
            x, y = centre[0] + distance * math.cos(angle), centre[1] + distance * math.sin(angle)
            (path.lineTo if step else path.moveTo)(x, y)
        path.close()
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
