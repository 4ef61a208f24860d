"""The last chapters: the journal's head, and sign-off with signature fields and the empty place for a seal."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable

from maturity_desktop.domain.ids import Digest
from maturity_desktop.reporting import approval, theme
from maturity_desktop.reporting.linebreak import text_width
from maturity_desktop.reporting.options import INSTITUTION_FIELD, LEAD_FIELD, RenderOptions, SignatureBox
from maturity_desktop.reporting.pages import Ink, PageLog, draw_text, fit_text
from maturity_desktop.reporting.prose import prose
from maturity_desktop.reporting.styles import BODY, QUIET, facts
from maturity_desktop.reporting.voice import Voice, instant

# Any in this file: flowables and reportlab's Canvas, which have no types.


def journal(voice: Voice, digest: Digest) -> list[Any]:
    """Return length and head of the journal, and the content digest."""
    snapshot = voice.snapshot
    pairs = [
        (voice.say("report.journal.entries"), str(snapshot.journal_entries)),
        (voice.say("report.journal.head"), snapshot.journal_head),
        (voice.say("report.journal.content"), digest),
        (voice.say("report.journal.captured"), instant(snapshot.captured_at)),
        (voice.say("report.journal.captured_by"), snapshot.captured_by),
        (voice.say("report.journal.program"), f"Maturity Desktop {snapshot.program_version}"),
    ]
    return [
        prose(voice.say("report.journal.text", count=snapshot.journal_entries), BODY),
        facts(pairs, label_width=140),
        prose(voice.say("report.journal.content_note"), QUIET),
    ]


def signoff(voices: Sequence[Voice], digest: Digest, options: RenderOptions, log: PageLog) -> list[Any]:
    """Return the sign-off page; in a bilingual report it stands once, in both languages."""
    story: list[Any] = [prose(voice.say("report.signoff.statement"), BODY) for voice in voices]
    story += [prose(approval.in_full(voice, options.approval, digest), BODY) for voice in voices]
    story += [SignatureBlock(voices, field, log) for field in (LEAD_FIELD, INSTITUTION_FIELD)]
    return story


class SignatureBlock(Flowable):
    """One party: a box for the electronic signature, lines for pen and date, and a box for a seal that stays empty."""

    def __init__(self, voices: Sequence[Voice], field: str, log: PageLog) -> None:
        super().__init__()
        self.voices, self.field, self.log = tuple(voices), field, log
        lead, is_lead = voices[0].lead, field == LEAD_FIELD
        self.title = "report.signoff.lead" if is_lead else "report.signoff.institution"
        self.name = lead.name if lead and is_lead else ""
        self.party = "" if is_lead else voices[0].text(voices[0].snapshot.institution.name)
        self.spaceBefore = 16

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 188
        return width, self.height

    def draw(self) -> None:
        """Draw the block and remember where the signature field belongs."""
        canvas = self.canv
        canvas.setStrokeColor(theme.paint(theme.LINE))
        canvas.setLineWidth(0.7)
        canvas.roundRect(0, 0, self.width, self.height, 5, stroke=1, fill=0)
        title = self._both(self.title)
        draw_text(canvas, title, 14, self.height - 22, Ink(size=10.5, colour=theme.NAVY, face="bold"))
        left = text_width(title, "bold", 10.5) + 26
        party = fit_text(self.party, "sans", 9, self.width - left - 14)
        draw_text(canvas, party, left, self.height - 22, Ink(size=9, colour=theme.MUTED))
        self._signature_area(14, 62, 262, 94)
        self._lines(14, 20)
        self._seal(self.width - 14 - 140, 20, 140)

    def _both(self, key: str) -> str:
        return " / ".join(dict.fromkeys(voice.say(key) for voice in self.voices))

    def _signature_area(self, x: float, y: float, width: float, height: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(theme.paint(theme.FAINT))
        canvas.setFillColor(theme.paint(theme.WASH))
        canvas.rect(x, y, width, height, stroke=1, fill=1)
        words = self._both("report.signoff.signature_area")
        left = x + (width - text_width(words, "sans", 7.5)) / 2  # in the middle, where the stamp will cover it
        draw_text(canvas, words, left, y + height / 2 - 3, Ink(size=7.5, colour=theme.FAINT))
        left, bottom = canvas.absolutePosition(x, y)
        self.log.boxes.append(
            SignatureBox(
                field=self.field,
                page=canvas.getPageNumber() - 1,
                left=left,
                bottom=bottom,
                right=left + width,
                top=bottom + height,
            )
        )

    def _lines(self, x: float, y: float) -> None:
        canvas = self.canv
        for words, value, left, width in (
            (self._both("report.signoff.name"), self.name, x, 158.0),
            (self._both("report.signoff.date"), "", x + 172, 90.0),
        ):
            label = text_width(words, "sans", 8) + 5
            draw_text(canvas, words, left, y, Ink(size=8, colour=theme.MUTED))
            draw_text(canvas, fit_text(value, "kai", 10, width - label), left + label, y, Ink(size=10, face="kai"))
            canvas.setStrokeColor(theme.paint(theme.FAINT))
            canvas.line(left + label, y - 3, left + width, y - 3)

    def _seal(self, x: float, y: float, size: float) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(theme.paint(theme.FAINT))
        canvas.setDash(3, 3)
        canvas.rect(x, y, size, size, stroke=1, fill=0)
        canvas.restoreState()
        words = self._both("report.signoff.seal")
        draw_text(
            canvas, words, x + (size - text_width(words, "sans", 7.5)) / 2, y + 6, Ink(size=7.5, colour=theme.FAINT)
        )
