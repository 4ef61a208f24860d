"""The shipped fonts: lazy registration, glyph lookup with per-character fallback, and two corrected library functions.

Faces are "sans", "bold", "serif" and "kai"; the two of signs hold narrow quotation marks for Latin text. Whoever draws
holds `drawing()`: font objects keep per-document state and must never serve two documents at once.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.system import paths

Face = Literal["sans", "bold", "serif", "kai", "signs", "bold-signs"]

FILES: dict[Face, str] = {
    "sans": "NotoSansSC-Regular.ttf",
    "bold": "NotoSansSC-Bold.ttf",
    "serif": "NotoSerifSC-Bold.ttf",
    "kai": "LXGWWenKai-Regular.ttf",
    "signs": "NotoSansSCSigns-Regular.ttf",
    "bold-signs": "NotoSansSCSigns-Bold.ttf",
}
FALLBACKS: dict[Face, tuple[Face, ...]] = {
    "sans": ("sans", "kai"),
    "bold": ("bold", "kai"),
    "serif": ("serif", "kai"),
    "kai": ("kai", "sans"),
    "signs": ("signs", "sans"),
    "bold-signs": ("bold-signs", "bold"),
}
NARROW_QUOTES: dict[Face, Face] = {"sans": "signs", "bold": "bold-signs", "serif": "kai", "kai": "kai"}
NAMES: dict[Face, str] = {face: f"Md-{face}" for face in FILES}
MISSING_SIGN = "〓"
_SUBSTITUTES = {"‑": "-", "‐": "-", "\u00ad": "", "\u00a0": " ", "\ufeff": "", "\u200b": "", "\u2060": ""}
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

_WRITE_STREAM = pdfdoc.PDFStream.format
_STREAM_ENDS = b"endstream\n"
_LOCK = threading.RLock()
_GLYPHS: dict[Face, dict[str, tuple[str, str, float]]] = {}


@contextmanager
def drawing() -> Iterator[None]:
    """Hold the fonts for one document."""
    with _LOCK:
        rl_config.useA85 = 0
        ttfonts.makeToUnicodeCMap = to_unicode_map  # type: ignore[assignment]  # only the argument's name differs
        pdfdoc.PDFStream.format = write_stream  # type: ignore[assignment]  # the same, corrected
        yield


def font(face: Face) -> Any:  # Any: TTFont, whose metrics the library does not type
    """Return the font of a face, registering it at first use.

    Raises:
        EnvironmentProblem: RPT-001 the font file is missing or damaged.
    """
    name = NAMES[face]
    if name not in pdfmetrics.getRegisteredFontNames():
        path = paths.fonts() / FILES[face]
        try:
            pdfmetrics.registerFont(ttfonts.TTFont(name, str(path)))
        except (ttfonts.TTFError, OSError) as problem:
            raise EnvironmentProblem("RPT-001", path=str(path)) from problem
    return pdfmetrics.getFont(name)


def glyph(face: Face, character: str) -> tuple[str, str, float]:
    """Return (font name, what to draw, width in 1/1000 em) of one character of `face` or its fallbacks.

    What to draw is "" for invisible characters and `MISSING_SIGN` for those no font has.
    """
    known = _GLYPHS.setdefault(face, {})
    found = known.get(character)
    if found is None:
        found = known[character] = _find_glyph(face, character)
    return found


def _find_glyph(face: Face, character: str) -> tuple[str, str, float]:
    for drawn in dict.fromkeys((character, _SUBSTITUTES.get(character, character))):
        for candidate in FALLBACKS[face]:
            if not drawn:
                break
            metrics = font(candidate).face
            if metrics.charToGlyph.get(ord(drawn), 0):
                return NAMES[candidate], drawn, metrics.charWidths.get(ord(drawn), metrics.defaultWidth)
    if is_invisible(character):
        return NAMES[face], "", 0.0
    return glyph(face, MISSING_SIGN)


def is_invisible(character: str) -> bool:
    """Return whether a character has no shape of its own: controls, selectors, zero-width signs."""
    code = ord(character)
    return _SUBSTITUTES.get(character) == "" or code < 0x20 or any(code in block for block in _VARIATION_SELECTORS)


def missing_characters(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the characters of `texts` that no shipped font has, sorted; the user is told about them."""
    characters = sorted(set().union(*texts))
    return tuple(
        character
        for character in characters
        if character != MISSING_SIGN and not is_invisible(character) and glyph("sans", character)[1] == MISSING_SIGN
    )


def write_stream(stream: Any, document: Any) -> bytes:  # Any: the library's untyped objects
    """Write a stream with an end of line before ``endstream``. Source: ISO 19005-3 6.1.7.1."""
    written: bytes = _WRITE_STREAM(stream, document)
    body = written.removesuffix(_STREAM_ENDS)
    return written if body == written or body.endswith(b"\n") else body + b"\n" + _STREAM_ENDS


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode map of one font subset, also right above U+FFFF.

    Source: ISO 32000-1 9.10.3 (bfchar values are UTF-16BE; at most 100 entries per block).
    """
    pairs = [f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(subset)]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
