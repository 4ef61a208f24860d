"""The cover: who, what, which standard, and the level as a big figure."""

from typing import Any

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.results import ItemState
from maturity_desktop.reporting import approval, theme
from maturity_desktop.reporting.figures import Ramp, RampStep, draw_ramp
from maturity_desktop.reporting.linebreak import Span, break_lines, text_width
from maturity_desktop.reporting.options import RenderOptions
from maturity_desktop.reporting.pages import Ink, draw_text, fit_text
from maturity_desktop.reporting.voice import Voice, score_words

# Any in this file: reportlab's Canvas, which has no types.

_LEFT = theme.BINDING + 6
_RIGHT = theme.PAGE_WIDTH - theme.OUTER
_WIDTH = _RIGHT - _LEFT
_PANEL_BOTTOM = 268.0
_PANEL_HEIGHT = 196.0


def draw_cover(canvas: Any, voice: Voice, digest: Digest, options: RenderOptions) -> None:
    """Draw the whole cover page."""
    _ground(canvas, voice, voice.text(options.issuing_body))
    y = _title(canvas, voice)
    _institution(canvas, voice, y)
    _panel(canvas, voice)
    _facts(canvas, voice, digest, options)


def _ground(canvas: Any, voice: Voice, issuer: str) -> None:
    snapshot = voice.snapshot
    canvas.setFillColor(theme.paint(theme.NAVY))
    canvas.rect(0, 0, 17 * theme.MM, theme.PAGE_HEIGHT, stroke=0, fill=1)
    colours = [level.colour for level in voice.levels]
    height = theme.PAGE_HEIGHT / len(colours)
    for place, colour in enumerate(colours):
        canvas.setFillColor(theme.paint(colour))
        canvas.rect(17 * theme.MM, place * height, 2.4, height, stroke=0, fill=1)
    top = theme.PAGE_HEIGHT - 62
    draw_text(canvas, fit_text(issuer, "sans", 9.5, _WIDTH - 80), _LEFT, top, Ink(size=9.5, colour=theme.MUTED))
    mark = voice.word("handling", snapshot.engagement.handling)
    width = text_width(mark, "bold", 9.5)
    canvas.setStrokeColor(theme.paint(theme.NAVY))
    canvas.setLineWidth(0.8)
    canvas.roundRect(_RIGHT - width - 16, top - 6, width + 16, 19, 3, stroke=1, fill=0)
    draw_text(canvas, mark, _RIGHT - width - 8, top, Ink(size=9.5, colour=theme.NAVY, face="bold"))


def _title(canvas: Any, voice: Voice) -> float:
    y = theme.PAGE_HEIGHT - 150
    series = voice.text(voice.snapshot.edition.series)
    y = _paragraph(canvas, series, (_LEFT, y), Ink(size=11, colour=theme.ACCENT), lines=2)
    y = _paragraph(canvas, voice.standard_title, (_LEFT, y - 14), Ink(size=15, colour=theme.INK), lines=2)
    size, words = 33.0, voice.say("report.document.title_long")
    while size > 22 and text_width(words, "bold", size) > _WIDTH:
        size -= 0.5
    return _paragraph(canvas, words, (_LEFT, y - 22), Ink(size=size, colour=theme.NAVY, face="bold"))


def _institution(canvas: Any, voice: Voice, y: float) -> None:
    snapshot = voice.snapshot
    canvas.setFillColor(theme.paint(theme.NAVY))
    canvas.rect(_LEFT, y - 6, 52, 2.6, stroke=0, fill=1)
    name = voice.text(snapshot.institution.name)
    y = _paragraph(canvas, name, (_LEFT, y - 40), Ink(size=17, colour=theme.INK, face="bold"), lines=3)
    _paragraph(canvas, voice.text(snapshot.system.name), (_LEFT, y - 8), Ink(size=13.5, colour=theme.INK), lines=2)


def _paragraph(canvas: Any, words: str, place: tuple[float, float], ink: Ink, lines: int = 3) -> float:
    """Draw wrapped words from `place` (baseline of the first line) down; return the y below the last line."""
    x, y = place
    broken = break_lines([Span(words, ink.face, ink.size)], _WIDTH)
    shown = [line.text.rstrip() for line in broken[:lines]]
    if len(broken) > lines:
        shown[-1] = fit_text(shown[-1] + "…", ink.face, ink.size, _WIDTH)
    for line in shown:
        draw_text(canvas, line, x, y, ink)
        y -= ink.size * 1.38
    return y


def _panel(canvas: Any, voice: Voice) -> None:
    overall = voice.snapshot.results.overall
    colour = voice.colour(overall.rating)
    canvas.saveState()
    outline = canvas.beginPath()
    outline.roundRect(_LEFT, _PANEL_BOTTOM, _WIDTH, _PANEL_HEIGHT, 7)
    canvas.clipPath(outline, stroke=0, fill=0)
    canvas.setFillColor(theme.paint(theme.WASH))
    canvas.rect(_LEFT, _PANEL_BOTTOM, _WIDTH, _PANEL_HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(theme.paint(colour))
    canvas.rect(_LEFT, _PANEL_BOTTOM, 128, _PANEL_HEIGHT, stroke=0, fill=1)
    canvas.restoreState()
    label = voice.told(overall.rating)
    middle, top = _LEFT + 64, _PANEL_BOTTOM + _PANEL_HEIGHT
    _centre(canvas, voice.say("report.cover.level"), (middle, top - 28), 10.5, bold=False)
    _centre(canvas, label, (middle, top - 122), 88 if len(label) < 2 else 72 if len(label) < 3 else 32, bold=True)
    _centre(canvas, _level_words(voice), (middle, top - 158), 15, bold=True)
    _panel_text(canvas, voice)


def _level_words(voice: Voice) -> str:
    """Return the name of the level; for a half step the level reached in full, said as such."""
    rating = voice.snapshot.results.overall.rating
    level = voice.level_of(rating)
    if level is None or voice.is_in_words:
        return ""
    if rating.level == rating.full_level:
        return voice.text(level.name)
    return voice.say("report.cover.full", code=level.code, name=voice.text(level.name))


def _centre(canvas: Any, words: str, place: tuple[float, float], size: float, *, bold: bool) -> None:
    face: Any = "bold" if bold else "sans"
    while size > 8 and text_width(words, face, size) > 108:
        size -= 0.5
    left = place[0] - text_width(words, face, size) / 2
    draw_text(canvas, words, left, place[1], Ink(size=size, colour=theme.PAPER, face=face))


def _panel_text(canvas: Any, voice: Voice) -> None:
    results = voice.snapshot.results
    left, room = _LEFT + 146, _WIDTH - 164
    canvas.saveState()
    canvas.translate(left, _PANEL_BOTTOM + 66)
    draw_ramp(canvas, level_ramp(voice), room)
    canvas.restoreState()
    is_reached = results.target <= results.overall.rating
    verdict = voice.say("report.cover.reached" if is_reached else "report.cover.not_reached")
    y = _PANEL_BOTTOM + 48
    draw_text(canvas, verdict, left, y, Ink(size=11, colour=theme.INK, face="bold"))
    target = f"{voice.say('report.cover.target')} {voice.told(results.target)}"
    width = text_width(target, "sans", 9.5)
    draw_text(canvas, target, left + room - width, y, Ink(size=9.5, colour=theme.MUTED))
    profile = f"{voice.say('report.cover.profile')}: {voice.text(results.profile.name)}"
    draw_text(canvas, fit_text(profile, "sans", 9, room), left, y - 17, Ink(size=9, colour=theme.MUTED))
    progress = results.overall.progress
    words = voice.say("report.cover.progress", answered=progress.answered, total=progress.total)
    if results.overall.state is not ItemState.SETTLED:
        words = f"{words} · {voice.say('report.cover.unfinished')}"
    earned = score_words(voice, results.overall.average)
    if earned:
        words = f"{voice.say('report.scores.score', score=earned)} · {words}"
    draw_text(canvas, fit_text(words, "sans", 9, room), left, y - 32, Ink(size=9, colour=theme.MUTED))


def level_ramp(voice: Voice) -> Ramp:
    """Return the ramp with the overall level and the target."""
    results = voice.snapshot.results
    steps = [RampStep(code=level.code, name=voice.text(level.name), colour=level.colour) for level in voice.levels]
    return Ramp(steps, float(results.overall.rating.position), results.target.level, voice.say("report.cover.target"))


def _facts(canvas: Any, voice: Voice, digest: Digest, options: RenderOptions) -> None:
    snapshot = voice.snapshot
    engagement, lead = snapshot.engagement, voice.lead
    pairs = (
        (voice.say("report.cover.edition"), snapshot.edition.edition_id),
        (voice.say("report.cover.dates"), voice.dates(engagement.starts_on, engagement.ends_on)),
        (voice.say("report.cover.lead"), lead.name if lead else voice.say("report.document.not_stated")),
        (voice.say("report.cover.approval"), approval.in_short(voice, options.approval)),
        (voice.say("report.cover.digest"), digest),
    )
    y = 218.0
    for label, value in pairs:
        draw_text(canvas, label, _LEFT, y, Ink(size=8.5, colour=theme.MUTED))
        size = 7.6 if len(value) == 64 else 10
        draw_text(canvas, fit_text(value, "sans", size, _WIDTH - 146), _LEFT + 146, y, Ink(size=size))
        canvas.setStrokeColor(theme.paint(theme.LINE))
        canvas.setLineWidth(0.4)
        canvas.line(_LEFT, y - 8, _RIGHT, y - 8)
        y -= 24
    if snapshot.engagement.is_sample:
        draw_text(
            canvas, voice.say("report.document.sample_note"), _LEFT, 70, Ink(size=8.5, colour=theme.SAMPLE, face="bold")
        )
