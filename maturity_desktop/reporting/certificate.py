"""The certificate: one A4 landscape page with an ornamental frame, the QR code, and an empty box for a seal.

The program draws nobody's seal. The issuing body comes from the data.
"""

import io
from collections.abc import Sequence
from typing import Any

from maturity_desktop.domain import canonical
from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.text import Language
from maturity_desktop.reporting import archival, fonts, guilloche, qr, statement, theme
from maturity_desktop.reporting.archival import Attachment
from maturity_desktop.reporting.fonts import Face
from maturity_desktop.reporting.linebreak import Span, break_lines, text_width
from maturity_desktop.reporting.options import (
    CERTIFICATE_SUBJECT,
    ISSUER_FIELD,
    RenderedPdf,
    RenderOptions,
    SignatureBox,
)
from maturity_desktop.reporting.pages import Ink, draw_text, new_canvas
from maturity_desktop.wording import say

# Any in this file: reportlab's Canvas, which has no types.

CERTIFICATE_DATA = "certificate-data.json"
WIDTH, HEIGHT = 297 * theme.MM, 210 * theme.MM
QR_SIZE = 32 * theme.MM
_MIDDLE = WIDTH / 2
_LEFT, _RIGHT = 74.0, WIDTH - 74
_ROOM = _RIGHT - _LEFT - 40
_STATEMENT_FOOT = 304.0
_BRASS = "#A8843C"
_PAPER = "#FDFCF8"
_SIGNATURE = (496.0, 72.0, 640.0, 126.0)
_SEAL = (656.0, 66.0, 108.0)


def render_certificate(
    certificate: Certificate,
    qr_text: str,
    languages: Sequence[Language],
    options: RenderOptions | None = None,
) -> RenderedPdf:
    """Return the certificate, unsigned. Same arguments, same bytes.

    Args:
        certificate: what is certified.
        qr_text: the signed payload, in characters of QR alphanumeric mode; "" draws no code and says so.
        languages: one or both; the first one leads.
        options: a draft mark is printed unless final.

    Raises:
        EnvironmentProblem: RPT-001 a font is missing.
    """
    options = options or RenderOptions()
    target = io.BytesIO()
    with fonts.drawing():
        canvas = new_canvas(target, (WIDTH, HEIGHT))
        canvas.setTitle(f"{certificate.serial} {certificate.institution.pick(languages[0])}")
        canvas.setAuthor(certificate.issuing_body.pick(languages[0]))
        canvas.setCreator("Maturity Desktop")
        canvas.setSubject(CERTIFICATE_SUBJECT)
        canvas.setKeywords(f"serial:{certificate.serial} report-digest:{certificate.report_digest}")
        _Sheet(canvas, certificate, tuple(dict.fromkeys(languages))).draw(qr_text, options)
        canvas.showPage()
        archival.prepare(canvas, _data(certificate, qr_text, languages[0]))
        canvas.save()
        missing = fonts.missing_characters(_texts(certificate))
    left, bottom, right, top = _SIGNATURE
    box = SignatureBox(field=ISSUER_FIELD, page=0, left=left, bottom=bottom, right=right, top=top)
    return RenderedPdf(
        content=target.getvalue(), pages=1, counts={}, signature_boxes=(box,), missing_characters=missing
    )


def _data(certificate: Certificate, qr_text: str, language: Language) -> Attachment:
    content = canonical.encode({"certificate": certificate, "qr": qr_text})
    return Attachment(name=CERTIFICATE_DATA, content=content, description=say(language, "report_certificate.data"))


def _texts(certificate: Certificate) -> list[str]:
    names = [certificate.institution, certificate.system, certificate.standard, certificate.scope]
    names += [certificate.level_name, certificate.profile_name, certificate.issuing_body]
    return [part for name in names for part in (name.zh, name.en)]


def _parts(word: str) -> list[str]:
    """Break a word of a scale where its own spelling allows it."""
    return word.replace("-", "- ").split()


def _rule(canvas: Any, y: float) -> None:
    """Draw the ornament under the title."""
    canvas.setStrokeColor(theme.paint(_BRASS))
    canvas.setLineWidth(0.7)
    canvas.line(_MIDDLE - 120, y, _MIDDLE - 8, y)
    canvas.line(_MIDDLE + 8, y, _MIDDLE + 120, y)
    canvas.setFillColor(theme.paint(_BRASS))
    canvas.circle(_MIDDLE, y, 2, stroke=0, fill=1)


class _Sheet:
    """One certificate being drawn."""

    def __init__(self, canvas: Any, certificate: Certificate, languages: tuple[Language, ...]) -> None:
        self.canvas, self.certificate, self.languages = canvas, certificate, languages

    def draw(self, qr_text: str, options: RenderOptions) -> None:
        """Draw everything from the ground up."""
        self._frame()
        self._statement()
        self._level()
        self._facts(qr_text)
        self._issuer()
        self._marks(options)

    def _frame(self) -> None:
        canvas = self.canvas
        canvas.setFillColor(theme.paint(_PAPER))
        canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
        guilloche.draw_rosette(canvas, (_MIDDLE, 300), 218, "#E9E3D3", petals=24, rings=16)
        guilloche.draw_border(canvas, (34, 34, WIDTH - 34, HEIGHT - 34), 19, ("#5F7896", "#C2A566"))
        for x in (34.0, WIDTH - 34):
            for y in (34.0, HEIGHT - 34):
                canvas.setFillColor(theme.paint(_PAPER))
                canvas.circle(x, y, 21, stroke=0, fill=1)
                guilloche.draw_rosette(canvas, (x, y), 21, theme.NAVY, petals=12, rings=9)
        canvas.setStrokeColor(theme.paint(_BRASS))
        canvas.setLineWidth(1.1)
        canvas.rect(50, 50, WIDTH - 100, HEIGHT - 100, stroke=1, fill=0)
        canvas.setLineWidth(0.4)
        canvas.rect(54, 54, WIDTH - 108, HEIGHT - 108, stroke=1, fill=0)

    def _statement(self) -> None:
        y = self._titles()
        lines = statement.lines_of(self.certificate, self.languages, _ROOM)
        needed = sum(line.size * 1.2 + line.gap for line in lines)
        scale = min(1.0, (y - _STATEMENT_FOOT) / needed)
        y -= max(0.0, (y - _STATEMENT_FOOT - needed) / 3)
        for line in lines:
            size = line.size * scale
            y -= line.gap * scale + size
            self._centred(line.words, y, size, face=line.face, colour=line.colour)
            y -= size * 0.2

    def _titles(self) -> float:
        """Draw the titles and the rule below; return where the statement may begin."""
        y = 498.0
        for place, language in enumerate(self.languages):
            words = say(language, "report_certificate.title")
            size = (31.0 if language == "zh" else 27.0) if place == 0 else 12.5
            self._centred(words, y, size, face="serif", colour=theme.NAVY, spacing=6.0 if language == "zh" else 1.2)
            y -= 22
        _rule(self.canvas, y + (6 if len(self.languages) == 1 else 9))
        return y

    def _level(self) -> None:
        certificate, canvas = self.certificate, self.canvas
        is_single = len(self.languages) == 1
        middle = 262.0 if is_single else 246.0
        guilloche.draw_rosette(canvas, (_MIDDLE, middle), 56, "#B79A5B", petals=18, rings=14)
        canvas.setFillColor(theme.paint(_PAPER))
        canvas.setStrokeColor(theme.paint(_BRASS))
        canvas.setLineWidth(0.8)
        canvas.circle(_MIDDLE, middle, 37, stroke=1, fill=1)
        self._in_the_middle(middle)
        for place, language in enumerate(self.languages):
            words = statement.level_words(certificate, language)
            size = 18.0 if language == "zh" else 15.0
            if is_single:
                self._centred(words, 184, size, face="serif", colour=theme.NAVY)
                continue
            x = _MIDDLE + 76 if place else _MIDDLE - 76 - text_width(words, "serif", size)
            draw_text(canvas, words, x, middle - 5, Ink(size=size, colour=theme.NAVY, face="serif"))
        names = (certificate.profile_name.pick(language) for language in self.languages)
        rules = [
            say(language, "report_certificate.rule", profile=name)
            for language, name in zip(self.languages, names, strict=True)
        ]
        self._centred(" · ".join(rules), 168, 8.5, face="sans", colour=theme.MUTED)

    def _in_the_middle(self, middle: float) -> None:
        """Draw the level into the rosette: its code, or its word on as many lines as it takes."""
        certificate = self.certificate
        label = certificate.level_label
        if not certificate.is_in_words:
            size = 46.0 if len(label) <= 2 else 30.0
            self._centred(label, middle - size * 0.36, size, face="serif", colour=theme.NAVY)
            return
        word, size = certificate.level_name.pick(self.languages[0]), 23.0
        while size > 8 and max(text_width(part, "serif", size) for part in _parts(word)) > 66:
            size -= 0.5
        parts = _parts(word)
        y = middle + size * (0.6 * (len(parts) - 1) - 0.36)
        for part in parts:
            self._centred(part, y, size, face="serif", colour=theme.NAVY)
            y -= size * 1.2

    def _facts(self, qr_text: str) -> None:
        certificate, canvas = self.certificate, self.canvas
        self._code(qr_text)
        digest = f"{certificate.report_digest[:16]}…{certificate.report_digest[-8:]}"
        pairs = (
            ("serial", certificate.serial),
            ("issued", certificate.issued_on.isoformat()),
            ("valid", certificate.valid_until.isoformat()),
            ("digest", digest),
        )
        x, y = _LEFT + QR_SIZE + 6, 149.0
        for key, value in pairs:
            draw_text(canvas, self._say(key, " "), x, y, Ink(size=7.2, colour=theme.MUTED))
            draw_text(
                canvas, value, x, y - 10.5, Ink(size=9.2, colour=theme.INK, face="bold" if key == "serial" else "sans")
            )
            y -= 22

    def _code(self, qr_text: str) -> None:
        """Draw the code, or an empty frame that says why there is none."""
        if qr_text:
            qr.draw(self.canvas, qr_text, _LEFT - 6, 66, QR_SIZE)
            self._small_centred(self._say("check", " "), _LEFT - 6 + QR_SIZE / 2, 61)
            return
        self._dashed(_LEFT, 72, QR_SIZE - 12)
        for place, language in enumerate(self.languages):
            words = say(language, "report_certificate.no_code")
            self._small_centred(words, _LEFT - 6 + QR_SIZE / 2, 112 - 10 * place)

    def _issuer(self) -> None:
        canvas, certificate = self.canvas, self.certificate
        left, bottom, right, _ = _SIGNATURE
        draw_text(canvas, self._say("issuer", " "), 330, 149, Ink(size=7.2, colour=theme.MUTED))
        y = 135.0
        names = list(dict.fromkeys(certificate.issuing_body.pick(language) for language in self.languages))
        for place, name in enumerate(names):
            size = 11.0 if place == 0 else 8.5
            for line in break_lines([Span(name, "kai", size)], 164)[:3]:
                draw_text(canvas, line.text.rstrip(), 330, y, Ink(size=size, face="kai"))
                y -= size * 1.35
        draw_text(canvas, self._say("signature", " "), left, 149, Ink(size=7.2, colour=theme.MUTED))
        canvas.setStrokeColor(theme.paint(theme.FAINT))
        canvas.setLineWidth(0.5)
        canvas.line(left, bottom - 2, right, bottom - 2)
        self._seal()

    def _seal(self) -> None:
        x, y, size = _SEAL
        self._dashed(x, y, size)
        self._small_centred(self._say("seal", " "), x + size / 2, y + 5)

    def _dashed(self, x: float, y: float, size: float) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColor(theme.paint(theme.FAINT))
        canvas.setLineWidth(0.7)
        canvas.setDash(3, 3)
        canvas.rect(x, y, size, size, stroke=1, fill=0)
        canvas.restoreState()

    def _marks(self, options: RenderOptions) -> None:
        marks = [
            key for key, is_on in (("sample", self.certificate.is_sample), ("draft", not options.is_final)) if is_on
        ]
        if not marks:
            return
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(_MIDDLE, HEIGHT / 2)
        canvas.rotate(28)
        for place, key in enumerate(marks):
            words = self._say(key, " ")
            size = 84.0
            x, y = -text_width(words, "bold", size) / 2, -30 - 100 * place + 50 * (len(marks) - 1)
            draw_text(canvas, words, x, y, Ink(size=size, colour=theme.SAMPLE, face="bold", alpha=0.15))
        canvas.restoreState()
        if self.certificate.is_sample:
            self._centred(self._say("sample_note", " "), 531, 7.5, face="bold", colour=theme.SAMPLE)

    def _say(self, key: str, separator: str) -> str:
        words = (say(language, f"report_certificate.{key}") for language in self.languages)
        return separator.join(dict.fromkeys(words))

    def _small_centred(self, words: str, x: float, y: float) -> None:
        draw_text(self.canvas, words, x - text_width(words, "sans", 6.5) / 2, y, Ink(size=6.5, colour=theme.MUTED))

    def _centred(self, words: str, y: float, size: float, *, face: Face, colour: str, spacing: float = 0) -> None:
        width = text_width(words, face, size) + spacing * (len(words) - 1)
        x = _MIDDLE - width / 2
        if not spacing:
            draw_text(self.canvas, words, x, y, Ink(size=size, colour=colour, face=face))
            return
        for character in words:
            draw_text(self.canvas, character, x, y, Ink(size=size, colour=colour, face=face))
            x += text_width(character, face, size) + spacing
