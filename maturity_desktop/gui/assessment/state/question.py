"""One rated item as the screen shows it: header, five level cells, and the criterion in focus."""

from dataclasses import dataclass
from datetime import datetime

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.evidence import Custody, Evidence, HandlingGrade
from maturity_desktop.domain.ids import CriterionId, EvidenceId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import (
    CellKind,
    Criterion,
    Edition,
    EvidenceKind,
    EvidenceRequest,
    LevelCell,
    RatedItem,
    Threshold,
)
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.gui.assessment.state import choices
from maturity_desktop.gui.assessment.state.choices import ChoiceProps
from maturity_desktop.gui.assessment.state.sheet import SaveState, SheetState
from maturity_desktop.gui.assessment.state.walking import Focus
from maturity_desktop.gui.common.cells import CellState, cell_state
from maturity_desktop.gui.common.ratings import score, told, told_in_full
from maturity_desktop.services import edition_words
from maturity_desktop.services.edition_words import ChangedSide
from maturity_desktop.wording import say

MAX_TERMS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionProps:
    """One compact row of a cell.

    Attributes:
        code: the short number inside the item, such as ``3.2``.
        share: what the chosen answer of the owner earns, 0 to 1; None without one.
    """

    id: CriterionId
    code: str
    text: str
    value: AnswerValue
    value_words: str
    save: SaveState
    share: float | None = None
    is_flagged: bool = False
    to_confirm: bool = False
    mark_words: str = ""
    has_rationale: bool = False
    evidence_count: int = 0
    observation_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProps:
    """One of the level cells.

    Attributes:
        is_in_words: the name is all there is to tell, the code only orders the scale.
        caption: the state, or what the cell says instead of criteria.
    """

    level_code: str
    level_name: str
    is_in_words: bool
    colour: str
    kind: CellKind
    state: CellState
    caption: str
    is_target: bool
    is_above_target: bool
    is_base: bool
    answered: int
    total: int
    rows: tuple[CriterionProps, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderProps:
    """The item's headline. `rating_level` is 0 below the scale; `score` is "" where levels alone count."""

    code: NodeCode
    name: str
    other_name: str
    path: str
    rating_label: str
    is_in_words: bool
    rating_level: int
    rating_words: str
    is_overridden: bool
    override_reason: str
    computed_label: str
    score: str
    target_label: str
    self_label: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipProps:
    """One linked evidence item as a chip."""

    id: EvidenceId
    title: str
    kind: EvidenceKind
    grade: HandlingGrade
    is_reference: bool
    tooltip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestProps:
    """One evidence request of the cell and whether something was handed in for it."""

    code: str
    kind: EvidenceKind
    title: str
    is_met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionProps:
    """One earlier answer."""

    number: int
    headline: str
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailProps:
    """The criterion in focus with all that helps to judge it."""

    id: CriterionId
    code: str
    level: str
    text: str
    other_text: str
    note: str
    threshold: str
    value: AnswerValue
    choices: tuple[ChoiceProps, ...]
    choice: str
    save: SaveState
    rationale: str
    is_flagged: bool
    to_confirm: bool
    before: str
    by: str
    at: datetime | None
    revision: int
    evidence: tuple[ChipProps, ...]
    requests: tuple[RequestProps, ...]
    scope: str
    questions: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    can_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionProps:
    """Everything the question page shows."""

    header: HeaderProps
    cells: tuple[CellProps, ...]
    detail: DetailProps


def derive(sheet: SheetState, focus: Focus, language: Language) -> QuestionProps:
    """Return what the question page shows for the focused criterion."""
    item = sheet.edition.item_by_code[focus.item_code]
    return QuestionProps(
        header=_header(sheet, item, language),
        cells=tuple(_cell(sheet, item, cell, language) for cell in item.cells),
        detail=_detail(sheet, item, focus.criterion_id, language),
    )


def other(text: Text, language: Language) -> str:
    """Return the text in the language that is not on screen; empty when it would repeat the first."""
    second = text.en if language == "zh" else text.zh
    return "" if second == text.pick(language) else second


def rating_words(sheet: SheetState, rating: Rating, language: Language) -> str:
    """Return a rating in words: level name, and what the half step means."""
    levels = sheet.edition.levels
    if not 1 <= rating.level <= len(levels):
        return say(language, "assessment.rating.below_scale")
    return told_in_full(sheet.edition, rating, language)


def _header(sheet: SheetState, item: RatedItem, language: Language) -> HeaderProps:
    rating = sheet.results.items[item.code]
    self_rating = sheet.self_ratings.get(item.code)
    above = sheet.edition.path_to(item.code)
    return HeaderProps(
        code=item.code,
        name=item.name.pick(language),
        other_name=other(item.name, language),
        path=" › ".join(node.name.pick(language) for node in above),
        rating_label=told(sheet.edition, rating.effective, language),
        is_in_words=bool(sheet.edition.rated_in_words),
        rating_level=rating.effective.level,
        rating_words=rating_words(sheet, rating.effective, language),
        is_overridden=rating.override is not None,
        override_reason=rating.override_reason,
        computed_label=told(sheet.edition, rating.computed, language),
        score=score(sheet.edition, sheet.results.profile, rating.score, language),
        target_label=told(sheet.edition, sheet.results.target, language),
        self_label=told(sheet.edition, self_rating.rating, language) if self_rating else "",
        progress=say(
            language,
            "assessment.header.progress",
            done=rating.progress.needed_answered,
            total=rating.progress.needed_total,
        ),
    )


def _cell(sheet: SheetState, item: RatedItem, cell: LevelCell, language: Language) -> CellProps:
    level = sheet.edition.levels[sheet.edition.level_index(cell.level) - 1]
    index = sheet.edition.level_index(cell.level)
    state = cell_state(cell, sheet.value, is_credited=sheet.results.profile.has_credit)
    rows = tuple(_row(sheet, item, criterion, language) for criterion in cell.criteria)
    return CellProps(
        level_code=level.code,
        level_name=level.name.pick(language),
        is_in_words=bool(sheet.edition.rated_in_words),
        colour=level.colour,
        kind=cell.kind,
        state=state,
        caption=say(language, f"assessment.cell.{state.value}"),
        is_target=index == sheet.target_index,
        is_above_target=index > sheet.target_index,
        is_base=index <= sheet.base_index,
        answered=sum(row.value is not AnswerValue.NOT_ASSESSED for row in rows),
        total=len(rows),
        rows=rows,
    )


def _row(sheet: SheetState, item: RatedItem, criterion: Criterion, language: Language) -> CriterionProps:
    choice = choices.find(sheet.edition, criterion.id, sheet.choice(criterion.id))
    return CriterionProps(
        id=criterion.id,
        code=short_code(item, criterion.id),
        text=criterion.text.pick(language),
        value=sheet.value(criterion.id),
        value_words=choices.words(choice, sheet.value(criterion.id), language),
        share=None if choice is None else float(choice.credit),
        save=sheet.save_state(criterion.id),
        is_flagged=sheet.is_flagged(criterion.id),
        to_confirm=sheet.needs_confirming(criterion.id),
        mark_words=say(language, "assessment.mark.aside") if sheet.needs_confirming(criterion.id) else "",
        has_rationale=bool(sheet.rationale(criterion.id).strip()),
        evidence_count=len(sheet.evidence_of.get(criterion.id, ())),
        observation_count=sheet.observation_counts.get(criterion.id, 0),
    )


def short_code(item: RatedItem, criterion_id: CriterionId) -> str:
    """Return the criterion's number inside its item (``CM-VC-BM-3.2`` → ``3.2``)."""
    return criterion_id.removeprefix(f"{item.code}-")


def _detail(sheet: SheetState, item: RatedItem, criterion_id: CriterionId, language: Language) -> DetailProps:
    criterion = sheet.edition.criterion_by_id[criterion_id]
    cell = next(cell for cell in item.cells if criterion in cell.criteria)
    answer = sheet.answers.get(criterion_id)
    return DetailProps(
        id=criterion_id,
        code=criterion_id,
        level=told_in_full(sheet.edition, Rating(sheet.edition.level_index(cell.level)), language),
        text=criterion.text.pick(language),
        other_text=other(criterion.text, language),
        note=criterion.note.pick(language),
        threshold=threshold_words(criterion.threshold, language),
        value=sheet.value(criterion_id),
        choices=choices.choices(sheet.edition, criterion_id, language),
        choice=sheet.choice(criterion_id),
        save=sheet.save_state(criterion_id),
        rationale=sheet.rationale(criterion_id),
        is_flagged=sheet.is_flagged(criterion_id),
        to_confirm=sheet.needs_confirming(criterion_id),
        before=_before(sheet, criterion_id, language),
        by=answer.by if answer else "",
        at=answer.at if answer else None,
        revision=answer.revision if answer else 0,
        evidence=tuple(chip(evidence) for evidence in sheet.evidence_of.get(criterion_id, ())),
        requests=tuple(_request(sheet, request, language) for request in cell.evidence),
        scope=item.scope.pick(language),
        questions=tuple(question.pick(language) for question in item.questions),
        terms=_terms(sheet, criterion, language),
        can_answer=not sheet.is_read_only,
    )


def _before(sheet: SheetState, criterion_id: CriterionId, language: Language) -> str:
    """Return what changed of a criterion that is to be confirmed, as the edition before had it; texts as on screen."""
    found = sheet.since_move
    if found is None or not sheet.needs_confirming(criterion_id):
        return ""
    change = next((one for one in found.changes if one.criterion_id == criterion_id), None)
    if change is None or change.old is None:
        return ""
    told = edition_words.sides(found, change, language)
    shown = [side for side in told if side.side in ("", language)] or told
    parts = "\n".join(_part_before(side, language, is_only=len(shown) == 1) for side in shown)
    return say(language, "assessment.detail.before", edition=found.old.edition_id, parts=parts)


def _part_before(side: ChangedSide, language: Language, *, is_only: bool) -> str:
    """Where nothing but the criterion's own text changed, it needs no name."""
    text = side.old or say(language, "editions.said.nothing")
    if is_only and side.part is edition_words.MAIN:
        return text
    return say(language, "assessment.detail.before_part", field=say(language, f"editions.part.{side.part}"), text=text)


def threshold_words(threshold: Threshold | None, language: Language) -> str:
    """Return a measurable limit as people read it, such as ``branch lifetime ≤ 3 days``."""
    if threshold is None:
        return ""
    operator = {"<=": "≤", ">=": "≥"}.get(threshold.operator.value, threshold.operator.value)
    return f"{threshold.metric.pick(language)} {operator} {threshold.value} {threshold.unit.pick(language)}".rstrip()


def chip(evidence: Evidence) -> ChipProps:
    """Return the chip of one evidence item."""
    newest = evidence.newest
    return ChipProps(
        id=evidence.id,
        title=evidence.title or newest.file_name,
        kind=evidence.kind,
        grade=evidence.grade,
        is_reference=evidence.custody is Custody.BY_REFERENCE,
        tooltip=f"{newest.file_name}\nSHA-256 {newest.sha256}",
    )


def _request(sheet: SheetState, request: EvidenceRequest, language: Language) -> RequestProps:
    return RequestProps(
        code=request.code,
        kind=request.kind,
        title=request.title.pick(language),
        is_met=any(evidence.request_code == request.code for evidence in sheet.evidence),
    )


def _terms(sheet: SheetState, criterion: Criterion, language: Language) -> tuple[tuple[str, str], ...]:
    """Return glossary terms that occur in the text on screen, longest first."""
    text = f"{criterion.text.pick(language)} {criterion.note.pick(language)}".casefold()
    found = [
        (entry.term.pick(language), f"{other(entry.term, language)}: {entry.note.pick(language)}".removeprefix(": "))
        for entry in sheet.edition.glossary
        if entry.term.pick(language).casefold() in text
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0]))[:MAX_TERMS])


def revisions(edition: Edition, answers: tuple[Answer, ...], language: Language) -> tuple[RevisionProps, ...]:
    """Return the revisions of one answer as the list shows them, newest first; times in this computer's zone."""
    return tuple(
        RevisionProps(
            number=answer.revision,
            headline=say(
                language,
                "assessment.detail.revision_line",
                revision=answer.revision,
                value=choices.words_of(edition, answer, language),
                by=answer.by,
                at=answer.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            ),
            rationale=answer.rationale,
        )
        for answer in reversed(answers)
    )
