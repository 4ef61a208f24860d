"""Chapter with the score details: every rated item with its points, judgements, reasons, evidence, gaps and advice."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus.flowables import CondPageBreak, Flowable

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import ItemRating
from maturity_desktop.domain.standard import CellKind, Criterion, LevelCell, Node, RatedItem
from maturity_desktop.reporting import theme
from maturity_desktop.reporting.chapters.overall import step_states
from maturity_desktop.reporting.figures import draw_badge, draw_step
from maturity_desktop.reporting.grid import Cell, Grid, Row, cell
from maturity_desktop.reporting.linebreak import Span, text_width
from maturity_desktop.reporting.pages import Ink, draw_text, fit_text
from maturity_desktop.reporting.prose import Outline, Prose, Style, add_outline, close_marker, open_marker, prose
from maturity_desktop.reporting.signs import SIGNS, draw_flag
from maturity_desktop.reporting.styles import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_QUIET,
    CODE,
    MINOR,
    QUIET,
    SECTION,
    full_width,
    head_row,
    kept_together,
    section,
    text_cell,
)
from maturity_desktop.reporting.voice import (
    Voice,
    answer_words,
    cell_held,
    file_size,
    nodes_in_scope,
    obstacle_words,
    score_words,
)

# Any in this file: flowables, which have no common type.

_OPERATORS = {"<=": "≤", "<": "<", ">=": "≥", ">": ">", "=": "="}
_BULLET = Style(size=8.8, leading=1.6, after=2)


Sentences = Mapping[NodeCode, tuple[str, ...]]


def flow(voice: Voice, sentences: Sentences) -> list[Any]:
    """Return the flowables of the chapter, without its title; `sentences` are ready explanations per node."""
    story: list[Any] = [prose(voice.say("report.details.intro"), BODY)]
    story += section(voice.say("report.basis.method"), prose(_method(voice), BODY), style=MINOR)
    for node in nodes_in_scope(voice.snapshot, voice.snapshot.edition.nodes):
        title = voice.name(node.code)
        outline = Outline(key=anchor(voice, node.code), title=title, level=2)
        story += [CondPageBreak(260), prose(title, SECTION, outline=outline)]
        story += [prose(_joined(voice, sentences.get(node.code, ())), BODY)] if node.code in sentences else []
        story += _node(voice, node, (), sentences)
    return story


def _method(voice: Voice) -> str:
    edition = voice.snapshot.edition
    text = voice.say("report.basis.method_text" if edition.half_steps else "report.basis.method_text_full")
    if not voice.snapshot.results.profile.has_credit or not edition.answer_sets:
        return text
    return _joined(voice, (text, voice.say("report.basis.method_credit", top=len(voice.levels))))


def anchor(voice: Voice, code: NodeCode) -> str:
    """Return the name of the bookmark of a node or item."""
    return f"{voice.language}-{code}"


def _joined(voice: Voice, sentences: Sequence[str]) -> str:
    return ("" if voice.language == "zh" else " ").join(sentences)


def _node(voice: Voice, node: Node, above: tuple[Node, ...], sentences: Sentences) -> list[Any]:
    story: list[Any] = []
    path = (*above, node)
    for child in nodes_in_scope(voice.snapshot, node.nodes):
        story += _node(voice, child, path, sentences)
    for item in node.items:
        if item.code in voice.snapshot.results.items:
            story += _item(voice, item, path, sentences.get(item.code, ()))
    return story


def _item(voice: Voice, item: RatedItem, path: tuple[Node, ...], sentences: Sequence[str]) -> list[Any]:
    rating = voice.snapshot.results.items[item.code]
    head, table = ItemHead(voice, item, path), _points(voice, item)
    remarks = _remarks(voice, item, rating)
    if len(sentences) > 1 and rating.override is None:
        remarks.append(prose(_joined(voice, sentences[1:]), QUIET))  # the first sentence only repeats the head
    story = kept_together(head, *remarks, table)
    story += _evidence(voice, item)
    story += _gaps(voice, rating)
    story += _advice(voice, item)
    return story


class ItemHead(Flowable):
    """The band above an item: its place in the tree, code, name, rating plate, level fields and comparisons."""

    def __init__(self, voice: Voice, item: RatedItem, path: tuple[Node, ...]) -> None:
        super().__init__()
        self.voice, self.item, self.path = voice, item, path
        self.rating = voice.snapshot.results.items[item.code]
        self.spaceBefore, self.spaceAfter = 16, 5

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002  # the library's signature
        """Return the size."""
        self.width, self.height = width, 50
        return width, self.height

    def first_height(self, width: float) -> float:
        """Return the whole height; a heading is never split."""
        return self.wrap(width, 0)[1]

    def draw(self) -> None:
        """Draw the band."""
        canvas, voice, code = self.canv, self.voice, self.item.code
        title = f"{code} {voice.text(self.item.name)}"
        add_outline(canvas, Outline(key=anchor(voice, code), title=title, level=3), self.height)
        open_marker(canvas, f"item|{voice.language}|{code}")
        colour = voice.colour(self.rating.effective)
        canvas.setFillColor(theme.paint(theme.WASH))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillColor(theme.paint(colour))
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        draw_badge(canvas, 12, 9, (44, 32), voice.label(self.rating.effective), colour)
        room = self.width - 68 - 112
        trail = " › ".join(voice.text(node.name) for node in self.path)
        draw_text(canvas, fit_text(trail, "sans", 7.8, room), 68, 35, Ink(size=7.8, colour=theme.MUTED))
        draw_text(canvas, fit_text(voice.text(self.item.name), "bold", 12.5, room), 68, 20, Ink(size=12.5, face="bold"))
        draw_text(
            canvas,
            fit_text(f"{code}   {self._comparison()}", "sans", 7.8, room),
            68,
            8,
            Ink(size=7.8, colour=theme.MUTED),
        )
        self._fields()
        close_marker(canvas)

    def _comparison(self) -> str:
        voice, results = self.voice, self.voice.snapshot.results
        own = voice.snapshot.self_ratings.get(self.item.code)
        parts = [
            f"{voice.say('report.details.computed')} {voice.label(self.rating.computed)}",
            f"{voice.say('report.details.self')} {voice.label(own.rating) if own else '—'}",
            f"{voice.say('report.details.target')} {voice.label(results.target)}",
        ]
        earned = score_words(voice, self.rating.score)
        return " · ".join([voice.say("report.scores.score", score=earned), *parts] if earned else parts)

    def _fields(self) -> None:
        canvas, levels = self.canv, self.voice.levels
        each, gap = 17.0, 3.0
        x = self.width - 8 - len(levels) * (each + gap) + gap
        for level, state in zip(levels, step_states(self.voice, self.item), strict=True):
            draw_step(canvas, (x, 14, each, 15), state, level.colour)
            width = text_width(level.code, "sans", 7)
            draw_text(canvas, level.code, x + (each - width) / 2, 33, Ink(size=7, colour=theme.MUTED))
            x += each + gap


def _remarks(voice: Voice, item: RatedItem, rating: ItemRating) -> list[Prose]:
    remarks = []
    if item.scope:
        remarks.append(prose(voice.say("report.details.scope", scope=voice.text(item.scope)), QUIET))
    override = voice.snapshot.overrides.get(item.code)
    if rating.override is not None and override is not None:
        words = voice.say(
            "report.details.override",
            computed=voice.label(rating.computed),
            chosen=voice.label(rating.override),
            reason=override.reason,
            by=override.by,
            on=voice.day(override.at.date()),
        )
        remarks.append(prose(words, BODY))
    own = voice.snapshot.self_ratings.get(item.code)
    if own and own.remark:
        remarks.append(prose(voice.say("report.details.self_remark", remark=own.remark), QUIET))
    return remarks


def _points(voice: Voice, item: RatedItem) -> Grid:
    rows: list[Row] = []
    for each in item.cells:
        rows.append(_level_row(voice, item, each))
        rows += [_criterion_row(voice, criterion) for criterion in each.criteria]
    head = head_row(
        voice.say("report.scores.code"),
        voice.say("report.details.criterion"),
        voice.say("report.details.judgement"),
        voice.say("report.details.rationale"),
    )
    widths = _CHOICE_WIDTHS if voice.snapshot.edition.answer_sets else _POINT_WIDTHS
    return Grid(widths, rows, head=(head,))


_POINT_WIDTHS = full_width((1.75, 4.4, 1.95, 3.9))
_CHOICE_WIDTHS = full_width((1.75, 4.0, 3.2, 3.05))


def _level_row(voice: Voice, item: RatedItem, each: LevelCell) -> Row:
    place = voice.snapshot.edition.level_index(each.level)
    level = voice.levels[place - 1]
    title = voice.say("report.details.level_head", code=level.code, name=voice.text(level.name))
    if each.kind is CellKind.EMPTY:
        note = voice.say("report.details.empty")
    elif each.kind is CellKind.SAME:
        note = voice.say("report.details.same", below=item.cells[place - 2].level)
    else:
        met, asked, _ = cell_held(voice, each)
        note = voice.say("report.details.level_count", held=met, count=asked)
    spans = (CELL_BOLD.span(f"{title}   "), CELL_QUIET.span(note))
    return Row(
        cells=(Cell(content=(Prose(spans, CELL),), columns=4),),
        fill=theme.tint(level.colour, 0.12),
        stays_with_next=bool(each.criteria),
    )


def _criterion_row(voice: Voice, criterion: Criterion) -> Row:
    answer = voice.snapshot.answers.get(criterion.id)
    text: list[Any] = [prose(voice.text(criterion.text), CELL)]
    if criterion.threshold:
        text.append(prose(_threshold(voice, criterion), CELL_QUIET))
    judged: list[Any] = [judgement(voice, criterion.id)]
    if answer and answer.flagged:
        judged.append(prose(voice.say("report.details.flagged"), CELL_QUIET, icon=draw_flag))
    if answer and answer.to_confirm:
        judged.append(prose(voice.say("report.details.to_confirm"), CELL_QUIET, icon=draw_flag))
    return Row(
        cells=(
            text_cell(criterion.id, CELL_QUIET),
            cell(*text),
            cell(*judged),
            text_cell(answer.rationale if answer else ""),
        ),
        marker=f"criterion|{voice.language}|{criterion.id}",
    )


def judgement(voice: Voice, criterion: CriterionId) -> Prose:
    """Return sign and words of an answer."""
    value = voice.value(criterion)
    look = Style(size=8.3, leading=1.48, face="bold", colour=theme.ANSWER_COLOURS[value])
    return Prose((look.span(answer_words(voice, criterion)),), look, icon=SIGNS[value])


def _threshold(voice: Voice, criterion: Criterion) -> str:
    limit = criterion.threshold
    if limit is None:
        return ""
    return voice.say(
        "report.details.threshold",
        metric=voice.text(limit.metric),
        operator=_OPERATORS[limit.operator.value],
        value=f"{limit.value:f}",
        unit=voice.text(limit.unit),
    ).rstrip()


def _evidence(voice: Voice, item: RatedItem) -> list[Any]:
    linked: dict[str, tuple[Evidence, list[str]]] = {}
    for criterion in (criterion.id for criterion in item.criteria):
        for each in voice.evidence_of.get(criterion, ()):
            linked.setdefault(each.id, (each, []))[1].append(criterion)
    title = voice.say("report.details.evidence")
    if not linked:
        return section(title, prose(voice.say("report.details.evidence_none"), QUIET), style=MINOR)
    rows = [_evidence_row(voice, each, criteria) for each, criteria in linked.values()]
    head = head_row(
        voice.say("report.details.evidence_file"),
        voice.say("report.details.evidence_kind"),
        voice.say("report.details.evidence_size"),
        voice.say("report.details.evidence_links"),
    )
    return section(title, Grid(full_width((6.6, 1.7, 1.4, 2.3)), rows, head=(head,)), style=MINOR)


def _evidence_row(voice: Voice, each: Evidence, criteria: Sequence[str]) -> Row:
    newest = each.newest
    return Row(
        cells=(
            cell(prose(newest.file_name, CELL), prose(digest_words(voice, each), CODE)),
            text_cell(voice.word("kind", each.kind)),
            text_cell(file_size(newest.size_bytes)),
            text_cell("\n".join(criteria), CELL_QUIET),
        )
    )


def digest_words(voice: Voice, each: Evidence) -> str:
    """Return the digest of the newest revision, or that none was stated."""
    return (
        f"SHA-256 {each.newest.sha256}" if each.newest.sha256 else voice.say("report.evidence.by_reference_no_digest")
    )


def _gaps(voice: Voice, rating: ItemRating) -> list[Any]:
    title = voice.say("report.details.gaps")
    if not rating.target_blockers:
        return section(title, prose(voice.say("report.details.gaps_none"), QUIET), style=MINOR)
    edition = voice.snapshot.edition
    lines = []
    for blocker in rating.target_blockers:
        criterion = edition.criterion_by_id[blocker.criterion_id]
        words = voice.say(
            "report.details.gap_line",
            id=blocker.criterion_id,
            level=blocker.level,
            obstacle=obstacle_words(voice, blocker),
            text=voice.text(criterion.text),
        )
        lines.append(prose(words, _BULLET, icon=SIGNS[AnswerValue(blocker.obstacle.value)]))
    return [*section(title, lines[0], style=MINOR), *lines[1:]]


def _advice(voice: Voice, item: RatedItem) -> list[Any]:
    found = {}
    for criterion in (criterion.id for criterion in item.criteria):
        for observation in voice.observations_of.get(criterion, ()):
            if observation.recommendation:
                found[observation.id] = observation
    if not found:
        return []
    lines = [
        Prose(
            (
                Span(f"{voice.word('observation_grade', each.grade)}  ", "bold", _BULLET.size, theme.ACCENT),
                _BULLET.span(each.recommendation),
            ),
            _BULLET,
        )
        for each in found.values()
    ]
    return [*section(voice.say("report.details.advice"), lines[0], style=MINOR), *lines[1:]]
