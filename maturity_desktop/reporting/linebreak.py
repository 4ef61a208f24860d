"""Line breaking for Chinese and Latin mixed: no line starts with a closing sign or ends with an opening one.

Pure measuring; drawing is in `prose`. A break is sought first where the script allows one, then inside over-long
tokens at - / _ and the like, and only then anywhere.

Source: GB/T 15834-2011, 5.1 (signs that may not begin or end a line).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from maturity_desktop.reporting import fonts
from maturity_desktop.reporting.fonts import Face

NO_START = frozenset(
    "，。、；：？！…—～·）〕】》〉」』〗〙｝］”’％‰℃′″·,.;:?!)]}%°»›ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ‼⁇"
)
NO_END = frozenset("（〔【《〈「『〖〘｛［“‘([{«‹￥＄$¥£€#＃")
_NEUTRAL_QUOTES = frozenset("\"'")
_JOINERS = frozenset("-/_&~+=*@")
_WEAK = frozenset("-/_\\.:;,=&?@+")
_QUOTES = frozenset("“”‘’")
_FIRST_WIDE = 0x2E80
_BEYOND_LATIN = 0x0370
_FUZZ = 1e-6


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one look; size in points."""

    text: str
    face: Face = "sans"
    size: float = 9.0
    colour: str = "#1B2430"


@dataclass(frozen=True, slots=True)
class Piece:
    """What is drawn in one go: registered font name, size, colour and text."""

    font: str
    size: float
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line; width in points without trailing blanks."""

    width: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The characters of the line, trailing blanks included."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Glyphs:
    """Characters of a paragraph in parallel lists."""

    drawn: list[str]
    fonts: list[str]
    widths: list[float]
    owners: list[int]


def break_lines(spans: Sequence[Span], width: float) -> tuple[Line, ...]:
    """Break `spans` into lines of at most `width` points; line feeds force a break; never returns an empty tuple."""
    lines: list[Line] = []
    for paragraph in _paragraphs(spans):
        glyphs = _measure(paragraph)
        start = 0
        while True:
            stop = _line_end(glyphs, start, width)
            lines.append(_line(paragraph, glyphs, start, stop))
            start = stop
            if start >= len(glyphs.drawn):
                break
    return tuple(lines)


def text_width(text: str, face: Face, size: float) -> float:
    """Return the width of `text` in points."""
    return sum(fonts.glyph(face, character)[2] for character in text) * size / 1000


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    paragraphs: list[list[Span]] = [[]]
    for span in spans:
        text = span.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
        first, *rest = text.split("\n")
        paragraphs[-1].append(Span(first, span.face, span.size, span.colour))
        paragraphs.extend([Span(part, span.face, span.size, span.colour)] for part in rest)
    return paragraphs


def _measure(spans: Sequence[Span]) -> _Glyphs:
    glyphs = _Glyphs([], [], [], [])
    for owner, span in enumerate(spans):
        scale = span.size / 1000
        for character in span.text:
            name, drawn, width = fonts.glyph(span.face, character)
            if drawn:
                glyphs.drawn.append(drawn)
                glyphs.fonts.append(name)
                glyphs.widths.append(width * scale)
                glyphs.owners.append(owner)
        _keep_words_whole(glyphs, span, owner)
    _narrow_quotes(glyphs, spans)
    return glyphs


def _keep_words_whole(glyphs: _Glyphs, span: Span, owner: int) -> None:
    """Set a Latin word in one font when one of its letters needs the fallback."""
    own = fonts.NAMES[span.face]
    odd = [place for place, name in enumerate(glyphs.fonts) if name != own and glyphs.owners[place] == owner]
    for place in odd:
        if not glyphs.drawn[place].isalpha() or ord(glyphs.drawn[place]) >= _FIRST_WIDE:
            continue
        for step in (-1, 1):
            here = place + step
            while 0 <= here < len(glyphs.drawn) and _is_letter(glyphs.drawn[here]) and glyphs.owners[here] == owner:
                name, drawn, width = fonts.glyph("kai", glyphs.drawn[here])
                glyphs.fonts[here], glyphs.drawn[here], glyphs.widths[here] = name, drawn, width * span.size / 1000
                here += step


def _narrow_quotes(glyphs: _Glyphs, spans: Sequence[Span]) -> None:
    """Take quotation marks amid Latin text from a font that has narrow ones; Chinese fonts set them a hanzi wide."""
    for place, drawn in enumerate(glyphs.drawn):
        if drawn not in _QUOTES or not _stands_in_latin(glyphs.drawn, place):
            continue
        span = spans[glyphs.owners[place]]
        name, _, width = fonts.glyph(fonts.NARROW_QUOTES[span.face], drawn)
        glyphs.fonts[place] = name
        glyphs.widths[place] = width * span.size / 1000


def _stands_in_latin(drawn: Sequence[str], place: int) -> bool:
    """Tell whether the nearest signs on both sides, blanks and quotes aside, are Latin; one side may be the end."""
    nearest = []
    for steps in (range(place - 1, -1, -1), range(place + 1, len(drawn))):
        nearest += [next((drawn[at] for at in steps if drawn[at] != " " and drawn[at] not in _QUOTES), "")]
    return any(nearest) and all(not sign or ord(sign) < _BEYOND_LATIN for sign in nearest)


def _is_letter(character: str) -> bool:
    return character.isalpha() and ord(character) < _FIRST_WIDE


def _line_end(glyphs: _Glyphs, start: int, width: float) -> int:
    """Return where the line that begins at `start` ends (exclusive, trailing blanks included)."""
    drawn, widths = glyphs.drawn, glyphs.widths
    used, place, count = 0.0, start, len(drawn)
    limit = width + _FUZZ
    while place < count:
        used += widths[place]
        if used > limit and drawn[place] != " ":
            break
        place += 1
    if place >= count:
        return count
    for allowed in (_may_break, _may_break_weakly):
        for candidate in range(place, start, -1):
            if allowed(drawn, candidate):
                return candidate
    return max(place, start + 1)


def _may_break(drawn: list[str], place: int) -> bool:
    before, after = drawn[place - 1], drawn[place]
    if after == " " or after in NO_START or before in NO_END:
        return False
    if before == " ":
        return True
    if before in _NEUTRAL_QUOTES or after in _NEUTRAL_QUOTES:
        return False
    if after in _JOINERS:
        return False
    return ord(before) >= _FIRST_WIDE or ord(after) >= _FIRST_WIDE


def _may_break_weakly(drawn: list[str], place: int) -> bool:
    return drawn[place - 1] in _WEAK and drawn[place] not in NO_START and drawn[place] != " "


def _line(spans: Sequence[Span], glyphs: _Glyphs, start: int, stop: int) -> Line:
    pieces: list[Piece] = []
    first = start
    for place in range(start, stop):
        last = place + 1 == stop
        if last or glyphs.fonts[place + 1] != glyphs.fonts[first] or glyphs.owners[place + 1] != glyphs.owners[first]:
            look = spans[glyphs.owners[first]]
            text = "".join(glyphs.drawn[first : place + 1])
            pieces.append(Piece(glyphs.fonts[first], look.size, look.colour, text))
            first = place + 1
    end = stop
    while end > start and glyphs.drawn[end - 1] == " ":
        end -= 1
    return Line(sum(glyphs.widths[start:end]), tuple(pieces))
