"""How documents look: colours, sizes, page measures. A colour with a meaning never stands alone.

All lengths are points; colours are "#RRGGBB".
"""

from functools import cache
from typing import Final

from reportlab.lib.colors import Color, HexColor

from maturity_desktop.domain.answers import AnswerValue

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
BINDING: Final = 28 * MM
OUTER: Final = 17 * MM
TOP: Final = 25 * MM
BOTTOM: Final = 21 * MM
TEXT_WIDTH: Final = PAGE_WIDTH - BINDING - OUTER
TEXT_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM

INK: Final = "#1B2430"
MUTED: Final = "#5A6675"
FAINT: Final = "#8A94A3"
LINE: Final = "#D3D9E1"
WASH: Final = "#F3F5F8"
BAND: Final = "#E8ECF2"
NAVY: Final = "#14304F"
ACCENT: Final = "#1F5F99"
PAPER: Final = "#FFFFFF"
WARNING: Final = "#A8321F"
SAMPLE: Final = "#A8321F"

ANSWER_COLOURS: Final = {
    AnswerValue.COMPLIANT: "#17795A",
    AnswerValue.PARTIALLY_COMPLIANT: "#A65B00",
    AnswerValue.NOT_COMPLIANT: "#B3261E",
    AnswerValue.NOT_APPLICABLE: "#5A6675",
    AnswerValue.NOT_ASSESSED: "#8A94A3",
}


@cache
def paint(colour: str) -> Color:
    """Return the library's colour for "#RRGGBB"; read once, because reading takes longer than drawing."""
    return HexColor(colour)


def tint(colour: str, share: float) -> str:
    """Return `colour` mixed with white; share 1 is the colour itself, 0 is white."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)
