"""Design tokens: spacing, type scale, colours of the light and the dark look. Plain values, no widgets."""

from dataclasses import dataclass
from enum import IntEnum

from maturity_desktop.domain.answers import AnswerValue


class Space(IntEnum):
    """Distances in logical pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 40


class Type(IntEnum):
    """Type scale in logical pixels at 100 %."""

    CAPTION = 12
    BODY = 14
    STRONG = 15
    HEADING = 17
    TITLE = 22
    DISPLAY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by meaning, `#rrggbb`."""

    is_dark: bool
    window: str
    rail: str
    card: str
    sunken: str
    line: str
    line_strong: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    quiet: str
    quiet_soft: str
    selection: str


LIGHT = Palette(
    is_dark=False,
    window="#F4F6F9",
    rail="#FFFFFF",
    card="#FFFFFF",
    sunken="#EDF0F5",
    line="#DFE4EC",
    line_strong="#B9C2D0",
    text="#17202E",
    text_soft="#4F5D73",
    text_faint="#6B7890",
    accent="#1F55C4",
    accent_hover="#17439E",
    accent_soft="#E5EDFC",
    on_accent="#FFFFFF",
    good="#14744F",
    good_soft="#DDF3E8",
    warn="#8F5600",
    warn_soft="#FCEFD5",
    bad="#B3261E",
    bad_soft="#FBE4E2",
    quiet="#5B5F87",
    quiet_soft="#E9E9F5",
    selection="#D6E3FB",
)

DARK = Palette(
    is_dark=True,
    window="#11151C",
    rail="#161B24",
    card="#1A202B",
    sunken="#232B38",
    line="#2D3645",
    line_strong="#4A566B",
    text="#E7ECF4",
    text_soft="#AEB9CA",
    text_faint="#8A96AA",
    accent="#86ABFF",
    accent_hover="#A9C4FF",
    accent_soft="#22345A",
    on_accent="#0D1626",
    good="#5FD1A0",
    good_soft="#173A2D",
    warn="#F0B45B",
    warn_soft="#42300F",
    bad="#FF8F86",
    bad_soft="#4A2220",
    quiet="#B2B5E3",
    quiet_soft="#2C2E4A",
    selection="#2A4170",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLook:
    """How an answer is drawn: colour, soft ground, and a sign that works without colour."""

    colour: str
    soft: str
    sign: str


ANSWER_SIGNS = {
    AnswerValue.COMPLIANT: "✓",
    AnswerValue.PARTIALLY_COMPLIANT: "◐",
    AnswerValue.NOT_COMPLIANT: "✕",
    AnswerValue.NOT_APPLICABLE: "—",
    AnswerValue.NOT_ASSESSED: "○",
}


def answer_look(palette: Palette, value: AnswerValue) -> AnswerLook:
    """Return how to draw an answer in this palette."""
    colours = {
        AnswerValue.COMPLIANT: (palette.good, palette.good_soft),
        AnswerValue.PARTIALLY_COMPLIANT: (palette.warn, palette.warn_soft),
        AnswerValue.NOT_COMPLIANT: (palette.bad, palette.bad_soft),
        AnswerValue.NOT_APPLICABLE: (palette.quiet, palette.quiet_soft),
        AnswerValue.NOT_ASSESSED: (palette.text_faint, palette.sunken),
    }
    colour, soft = colours[value]
    return AnswerLook(colour=colour, soft=soft, sign=ANSWER_SIGNS[value])
