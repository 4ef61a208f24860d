"""The picture of a visible signature: one small PDF page with name, organisation, claimed time and fingerprint."""

import io
from collections.abc import Sequence

from maturity_desktop.reporting import fonts, theme
from maturity_desktop.reporting.linebreak import text_width
from maturity_desktop.reporting.pages import Ink, draw_text, fit_text, new_canvas

STAMP_SIZE = (262.0, 94.0)
_SMALLEST = 5.0


def render_stamp(lines: Sequence[str], size: tuple[float, float] = STAMP_SIZE) -> bytes:
    """Return a one-page PDF of `size` points: the first line is the name, large; the others stand below, small.

    Args:
        lines: such as name, organisation, time as claimed by the signer's PC, tail of the certificate's fingerprint.
        size: width and height of the signature field it is drawn into.

    Raises:
        EnvironmentProblem: RPT-001 a font is missing.
    """
    width, height = size
    name, *others = [line for line in lines if line] or [""]
    target = io.BytesIO()
    with fonts.drawing():
        canvas = new_canvas(target, size)
        canvas.setFillColor(theme.paint(theme.PAPER))
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
        canvas.setStrokeColor(theme.paint(theme.NAVY))
        canvas.setLineWidth(0.9)
        canvas.rect(0.6, 0.6, width - 1.2, height - 1.2, stroke=1, fill=0)
        canvas.setFillColor(theme.paint(theme.NAVY))
        canvas.rect(0, 0, 4, height, stroke=0, fill=1)
        step = height / (len(others) + 2.6)
        large = min(step * 1.35, 22.0)
        while large > _SMALLEST and text_width(name, "kai", large) > width - 24:
            large -= 0.5
        y = height - step * 1.45
        draw_text(
            canvas, fit_text(name, "kai", large, width - 24), 13, y, Ink(size=large, colour=theme.NAVY, face="kai")
        )
        small = min(step * 0.62, 9.0)
        while small > _SMALLEST and any(text_width(line, "sans", small) > width - 22 for line in others):
            small -= 0.25
        for line in others:
            y -= step
            draw_text(canvas, fit_text(line, "sans", small, width - 22), 13, y, Ink(size=small, colour=theme.INK))
        canvas.showPage()
        canvas.save()
    return target.getvalue()
