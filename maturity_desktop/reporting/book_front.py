"""The front of the book: cover, root bookmark, and the chapter that says what the standard is."""

from typing import Any

from reportlab.platypus.flowables import Flowable

from maturity_desktop.domain.standard import Method, RuleProfile
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.book_voice import BookVoice
from maturity_desktop.reporting.grid import Grid, Row, cell
from maturity_desktop.reporting.linebreak import Span, break_lines
from maturity_desktop.reporting.pages import Ink, draw_text
from maturity_desktop.reporting.prose import Outline, add_outline, prose
from maturity_desktop.reporting.styles import (
    BODY,
    CELL_BOLD,
    CELL_QUIET,
    MINOR,
    facts,
    full_width,
    head_row,
    section,
    text_cell,
)

# Any in this file: flowables and reportlab's Canvas, which have no common type.

_LEFT = theme.BINDING + 6
_WIDTH = theme.PAGE_WIDTH - theme.OUTER - _LEFT


class BookMark(Flowable):
    """The root bookmark of the book, on its cover."""

    def __init__(self, voice: BookVoice) -> None:
        super().__init__()
        self.voice = voice

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        return 1, 1

    def draw(self) -> None:
        """Add the bookmark."""
        add_outline(self.canv, Outline(key=self.voice.anchor("cover"), title=self.voice.title, level=0), 60)


def draw_cover(canvas: Any, voice: BookVoice) -> None:
    """Draw the cover page: series, title, facts, and where the wording comes from."""
    edition = voice.edition
    canvas.setFillColor(theme.paint(theme.NAVY))
    canvas.rect(0, 0, 17 * theme.MM, theme.PAGE_HEIGHT, stroke=0, fill=1)
    height = theme.PAGE_HEIGHT / len(edition.levels)
    for place, level in enumerate(edition.levels):
        canvas.setFillColor(theme.paint(level.colour))
        canvas.rect(17 * theme.MM, place * height, 2.4, height, stroke=0, fill=1)
    y = theme.PAGE_HEIGHT - 150
    y = _paragraph(canvas, voice.text(edition.series), y, Ink(size=11, colour=theme.ACCENT))
    part = voice.say("book.part", part=edition.part) if edition.part else ""
    y = _paragraph(canvas, part, y - 12, Ink(size=15))
    y = _paragraph(canvas, voice.text(edition.name), y - 18, Ink(size=31, colour=theme.NAVY, face="bold"))
    canvas.rect(_LEFT, y - 4, 52, 2.6, stroke=0, fill=1)
    y = _paragraph(canvas, voice.say("book.book"), y - 34, Ink(size=13))
    for label, value in _facts(voice):
        y = _paragraph(canvas, label, y - 12, Ink(size=8.5, colour=theme.MUTED))
        y = _paragraph(canvas, value, y, Ink(size=8.2 if len(value) == 64 else 10.5))
    y = _paragraph(canvas, voice.say("book.provenance"), y - 22, Ink(size=8.5, colour=theme.MUTED))
    _paragraph(canvas, _provenance(voice), y - 2, Ink(size=9))


def about(voice: BookVoice) -> list[Any]:
    """Return the chapter with provenance, levels, decision rules and modules."""
    story: list[Any] = [prose(_provenance(voice), BODY), facts(_facts(voice))]
    story += section(voice.say("book.levels"), _levels(voice), style=MINOR)
    if voice.edition.base_level:
        base = voice.level_title(voice.edition.base_level)
        story.append(prose(voice.say("book.base_level", level=base), BODY))
    story += section(voice.say("book.profiles"), _profiles(voice), style=MINOR)
    if voice.edition.modules:
        story += section(voice.say("book.modules"), _modules(voice), style=MINOR)
    return story


def _provenance(voice: BookVoice) -> str:
    edition = voice.edition
    return voice.text(edition.provenance_note) or voice.say(f"book.provenance_word.{edition.provenance.value}")


def _facts(voice: BookVoice) -> tuple[tuple[str, str], ...]:
    edition, say = voice.edition, voice.say
    released = edition.released_on.isoformat()
    requests = sum(len(one.evidence) for item in edition.items for one in item.cells)
    size = say("book.counts_value", items=len(edition.items), criteria=len(edition.criterion_by_id), evidence=requests)
    pairs = (
        (say("book.id"), edition.standard_id),
        (say("book.edition"), say("book.edition_value", edition=edition.edition_id, released=released)),
        (say("book.issuing_body"), voice.text(edition.issuing_body)),
        (say("book.counts"), size),
        (say("book.digest"), voice.digest),
    )
    return tuple((label, value) for label, value in pairs if value)


def _levels(voice: BookVoice) -> Grid:
    counts = {level.code: 0 for level in voice.edition.levels}
    for item in voice.edition.items:
        for one in item.cells:
            counts[one.level] = counts.get(one.level, 0) + len(one.criteria)
    rows = [
        Row(
            cells=(
                cell(prose(voice.level_title(level.code), CELL_BOLD), fill=theme.tint(level.colour, 0.2)),
                text_cell(voice.text(level.summary)),
                text_cell(str(counts[level.code])),
            )
        )
        for level in voice.edition.levels
    ]
    head = head_row(voice.say("book.level"), voice.say("book.meaning"), voice.say("book.points"))
    return Grid(full_width((3, 9, 1.6)), rows, head=(head,))


def _profiles(voice: BookVoice) -> Grid:
    first = voice.edition.profiles[0]
    rows = []
    for profile in voice.edition.profiles:
        name = voice.text(profile.name)
        shown = voice.say("book.profile_first", name=name) if profile is first else name
        how = (prose(_parameters(voice, profile), CELL_BOLD), prose(voice.text(profile.note), CELL_QUIET))
        rows.append(Row(cells=(text_cell(shown, CELL_BOLD), cell(*how))))
    return Grid(full_width((3, 9)), rows, head=(head_row(voice.say("book.profile"), voice.say("book.how")),))


def _parameters(voice: BookVoice, profile: RuleProfile) -> str:
    if profile.method is Method.SHARE_WITH_FLOOR:
        share = f"{profile.share_pct.normalize():f}"
        return voice.say("report.profile.share_with_floor", share=share, steps=profile.floor_steps)
    if profile.method is Method.AVERAGE:
        return voice.say(f"report.profile.average_{profile.over.value}")
    return voice.say(f"report.profile.{profile.method.value}")


def _modules(voice: BookVoice) -> Grid:
    edition = voice.edition
    rows = []
    for module in edition.modules:
        found = (edition.node_by_code.get(code) or edition.item_by_code.get(code) for code in module.nodes)
        held = voice.say("report.document.list_separator").join(voice.named(one) for one in found if one)
        rows.append(Row(cells=(text_cell(voice.text(module.name), CELL_BOLD), text_cell(held))))
    return Grid(full_width((4, 8)), rows, head=(head_row(voice.say("book.module"), voice.say("book.holds")),))


def _paragraph(canvas: Any, words: str, y: float, ink: Ink) -> float:
    """Draw wrapped words below y and return the y below them; nothing for ""."""
    if not words:
        return y
    for line in break_lines([Span(words, ink.face, ink.size)], _WIDTH):
        draw_text(canvas, line.text.rstrip(), _LEFT, y, ink)
        y -= ink.size * 1.45
    return y
