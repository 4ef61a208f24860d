"""The table of contents: chapters, and the outermost nodes in the score details; page numbers come at the end."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable, Spacer

from maturity_desktop.reporting import theme
from maturity_desktop.reporting.chapters import details
from maturity_desktop.reporting.linebreak import text_width
from maturity_desktop.reporting.pages import Ink, PageLog, draw_text, fit_text
from maturity_desktop.reporting.prose import Outline, add_outline, prose
from maturity_desktop.reporting.styles import CHAPTER
from maturity_desktop.reporting.voice import Voice, nodes_in_scope

# Any in this file: flowables, which have no common type.

DETAILS = "report.details.title"
_PRINTED = 4  # the flag every annotation of an archive file must carry (ISO 19005-3 6.3.2)


def flow(voice: Voice, titles: Sequence[tuple[str, str]], log: PageLog) -> list[Any]:
    """Return the contents page for (title, anchor) pairs."""
    story: list[Any] = [prose(voice.say("report.document.contents"), CHAPTER), Spacer(1, 8)]
    for number, (title, anchor) in enumerate(titles, 1):
        story.append(Entry(str(number), title, anchor, log))
        if anchor.endswith(DETAILS):
            nodes = nodes_in_scope(voice.snapshot, voice.snapshot.edition.nodes)
            story += [Entry("", voice.name(node.code), details.anchor(voice, node.code), log) for node in nodes]
    return story


class CoverMark(Flowable):
    """The root bookmark of one language part, on its cover."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self.voice = voice

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        return 1, 1

    def draw(self) -> None:
        """Add the bookmark."""
        title = self.voice.say("report.document.title_long")
        add_outline(self.canv, Outline(key=f"{self.voice.language}-cover", title=title, level=0), 60)


class Entry(Flowable):
    """A line of the contents: number, title, leader, page number, link; without a number it is a lower entry."""

    def __init__(self, number: str, title: str, anchor: str, log: PageLog) -> None:
        super().__init__()
        self.number, self.title, self.anchor, self.log = number, title, anchor, log

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 25 if self.number else 19
        return width, self.height

    def draw(self) -> None:
        """Draw the line."""
        canvas, size = self.canv, 10.5 if self.number else 9.0
        left, colour = (24, theme.INK) if self.number else (38, theme.MUTED)
        draw_text(canvas, self.number, 0, 9, Ink(size=size, colour=theme.NAVY, face="bold"))
        shown = fit_text(self.title, "sans", size, self.width - left - 60)
        draw_text(canvas, shown, left, 9, Ink(size=size, colour=colour))
        canvas.saveState()
        canvas.setStrokeColor(theme.paint(theme.FAINT))
        canvas.setLineWidth(0.5)
        canvas.setDash(0.6, 3)
        canvas.line(left + 8 + text_width(shown, "sans", size), 11, self.width - 26, 11)
        canvas.restoreState()
        canvas.saveState()
        canvas.translate(0, 9)
        canvas.doForm(f"toc-{self.anchor}")
        canvas.restoreState()
        self.log.wanted_anchors.append((self.anchor, self.width))
        canvas.linkRect("", self.anchor, (0, 2, self.width, self.height - 2), relative=1, thickness=0, F=_PRINTED)
