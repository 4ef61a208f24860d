"""The frame of the report: page templates with heads, feet and marks, and one-pass page numbers.

Totals and table-of-contents numbers are PDF forms that are referenced first and defined when all pages are known.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from maturity_desktop.domain.text import Language
from maturity_desktop.reporting import archival, fonts, theme
from maturity_desktop.reporting.linebreak import text_width
from maturity_desktop.reporting.options import REPORT_SUBJECT, SignatureBox
from maturity_desktop.system.progress import Progress

PageDrawer = Callable[[Any], None]  # Any: reportlab's Canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on every page of one language part, in words.

    Attributes:
        page_words: sentence with {page} and {total}.
        marks: large slanting words over each page (draft, sample), the most important first; may be empty.
        note: small line under the head, such as "answers are invented"; may be empty.
    """

    head_left: str
    head_right: str
    foot_left: str
    page_words: str
    marks: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class PageLog:
    """What is only known while pages are made."""

    labels: list[tuple[str, float, str]] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    wanted_anchors: list[tuple[str, float]] = field(default_factory=list)
    boxes: list[SignatureBox] = field(default_factory=list)


class ReportDocument(BaseDocTemplate):
    """An A4 document with a cover and a body template per language."""

    def __init__(
        self, target: io.BytesIO, *, title: str, author: str, keywords: list[str], subject: str = REPORT_SUBJECT
    ) -> None:
        super().__init__(
            target,
            pagesize=(theme.PAGE_WIDTH, theme.PAGE_HEIGHT),
            title=title,
            author=author,
            subject=subject,
            keywords=keywords,
            creator="Maturity Desktop",
            invariant=1,
            initialFontName=fonts.font("sans").fontName,
        )
        self.log = PageLog()
        self.attachment: archival.Attachment | None = None

    def add_part(self, language: Language, cover: PageDrawer, furniture: Furniture) -> None:
        """Add the templates ``cover-<language>`` and ``body-<language>``."""
        frame = partial(
            Frame,
            theme.BINDING,
            theme.BOTTOM,
            theme.TEXT_WIDTH,
            theme.TEXT_HEIGHT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(
            [
                PageTemplate(
                    f"cover-{language}", [frame()], onPageEnd=lambda canvas, _: _cover(canvas, cover, furniture)
                ),
                PageTemplate(
                    f"body-{language}", [frame()], onPageEnd=lambda canvas, _: _furnish(canvas, self.log, furniture)
                ),
            ]
        )

    def make(self, story: Sequence[Any], progress: Progress) -> int:  # Any: flowables
        """Build the pages and return their number."""
        total = len(story)
        self.setProgressCallBack(lambda kind, value: progress(value, total) if kind == "PROGRESS" else None)
        self.build(list(story), canvasmaker=partial(_TotalCanvas, log=self.log, attachment=self.attachment))
        return int(self.page)


class _TotalCanvas(Canvas):
    """Defines the page labels once the number of pages is known."""

    def __init__(
        self,
        *args: Any,
        log: PageLog,
        attachment: archival.Attachment | None,
        **kwargs: Any,
    ) -> None:  # Any: the library's arguments
        kwargs.update(pageCompression=1, initialFontName=fonts.font("sans").fontName, invariant=1)
        super().__init__(*args, **kwargs)
        self.log, self._attachment = log, attachment

    def save(self) -> None:
        """Define all forms, then write the file."""
        total = len(self.log.labels) and self.getPageNumber() - 1
        for name, right, words in self.log.labels:
            self._define(name, words.replace("{total}", str(total)), right, theme.BOTTOM - 24, 7.5)
        for key, right in self.log.wanted_anchors:
            self._define(f"toc-{key}", str(self.log.anchors.get(key, "")), right, 0, 9.5)
        archival.prepare(self, self._attachment)
        super().save()

    def _define(self, name: str, words: str, right: float, baseline: float, size: float) -> None:
        self.beginForm(name, lowerx=-600, lowery=-20, upperx=theme.PAGE_WIDTH, uppery=theme.PAGE_HEIGHT)
        draw_text(self, words, right - text_width(words, "sans", size), baseline, Ink(size=size, colour=theme.MUTED))
        self.endForm()


def new_canvas(target: io.BytesIO, size: tuple[float, float]) -> Canvas:
    """Return a canvas that embeds only our fonts and writes the same bytes for the same drawing."""
    fonts.font("sans")
    first: Any = fonts.NAMES["sans"]  # Any: the library's stub takes this for a number
    return Canvas(target, pagesize=size, invariant=1, pageCompression=1, initialFontName=first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How one line of text is drawn; alpha 1 is opaque."""

    size: float
    colour: str = theme.INK
    face: fonts.Face = "sans"
    alpha: float = 1


def draw_text(canvas: Any, words: str, x: float, y: float, ink: Ink) -> None:  # Any: reportlab's Canvas
    """Draw one line of text with its left end at x, falling back per character."""
    text = canvas.beginText(x, y)
    text.setFillColor(theme.paint(ink.colour), ink.alpha)
    current, gathered = "", ""
    for character in words:
        name, drawn, _ = fonts.glyph(ink.face, character)
        if name != current and gathered:
            text.setFont(current, ink.size)
            text.textOut(gathered)
            gathered = ""
        current, gathered = name, gathered + drawn
    if gathered:
        text.setFont(current, ink.size)
        text.textOut(gathered)
    canvas.drawText(text)


def fit_text(words: str, face: fonts.Face, size: float, width: float) -> str:
    """Return `words`, shortened with … when wider than `width` points."""
    if text_width(words, face, size) <= width:
        return words
    while words and text_width(words + "…", face, size) > width:
        words = words[:-1]
    return words + "…"


def _cover(canvas: Any, cover: PageDrawer, furniture: Furniture) -> None:  # Any: reportlab's Canvas
    canvas.saveState()
    cover(canvas)
    _marks(canvas, furniture)
    canvas.restoreState()


def _furnish(canvas: Any, log: PageLog, furniture: Furniture) -> None:  # Any: reportlab's Canvas
    canvas.saveState()
    left, right = theme.BINDING, theme.PAGE_WIDTH - theme.OUTER
    top = theme.PAGE_HEIGHT - theme.TOP + 16
    width = text_width(furniture.head_right, "bold", 7.5)
    shown = fit_text(furniture.head_left, "sans", 7.5, theme.TEXT_WIDTH - width - 20)
    draw_text(canvas, shown, left, top, Ink(size=7.5, colour=theme.MUTED))
    draw_text(canvas, furniture.head_right, right - width, top, Ink(size=7.5, colour=theme.NAVY, face="bold"))
    canvas.setStrokeColor(theme.paint(theme.LINE))
    canvas.setLineWidth(0.5)
    canvas.line(left, top - 6, right, top - 6)
    canvas.line(left, theme.BOTTOM - 13, right, theme.BOTTOM - 13)
    draw_text(canvas, furniture.foot_left, left, theme.BOTTOM - 24, Ink(size=7.5, colour=theme.MUTED))
    if furniture.note:
        draw_text(canvas, furniture.note, left, theme.BOTTOM - 34, Ink(size=7, colour=theme.SAMPLE))
    page = canvas.getPageNumber()
    log.labels.append((f"page-{page}", right, furniture.page_words.replace("{page}", str(page))))
    canvas.doForm(f"page-{page}")
    _marks(canvas, furniture)
    canvas.restoreState()


def _marks(canvas: Any, furniture: Furniture) -> None:  # Any: reportlab's Canvas
    """Write draft and sample marks across the page, light enough to read through."""
    if not furniture.marks:
        return
    canvas.saveState()
    canvas.translate(theme.PAGE_WIDTH / 2 + 14, theme.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    size, y = 66.0, 18.0 * (len(furniture.marks) - 1)
    for words in furniture.marks:
        draw_text(
            canvas,
            words,
            -text_width(words, "bold", size) / 2,
            y,
            Ink(size=size, colour=theme.SAMPLE, face="bold", alpha=0.1),
        )
        y -= size * 1.5
    canvas.restoreState()
