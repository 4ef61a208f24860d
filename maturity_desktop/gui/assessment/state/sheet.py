"""The questionnaire as the screen knows it: what is durably saved, and what is still on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from maturity_desktop.domain.answers import Answer, AnswerValue, Override, SelfRating
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.ids import CriterionId, LevelCode, NodeCode
from maturity_desktop.domain.results import Results
from maturity_desktop.domain.standard import Edition, RatedItem
from maturity_desktop.services.edition_changes import EditionDifference


class SaveState(StrEnum):
    """How durable what the screen shows for a criterion is."""

    UNTOUCHED = "untouched"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user wants of one criterion; None leaves that part as it is.

    Attributes:
        choice: code of one of the owner's answers; `value` is then what it means.
    """

    criterion_id: CriterionId
    value: AnswerValue | None = None
    choice: str | None = None
    rationale: str | None = None
    flagged: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Wishes handed to the service and not yet confirmed."""

    number: int
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, kw_only=True)
class SheetState:
    """One assessment's questionnaire. Immutable; every event makes a new one.

    Attributes:
        tickets: on their way to the database, oldest first.
        failed: criteria whose last change could not be saved.
        drafts: criterion → rationale typed and not saved yet.
        since_move: what differs from the edition it came from; None when nothing of that is to be confirmed.
        order: rated items in scope, in the order of the pack.
    """

    edition: Edition
    assessment: Assessment
    results: Results
    answers: Mapping[CriterionId, Answer]
    overrides: Mapping[NodeCode, Override] = field(default_factory=dict)
    self_ratings: Mapping[NodeCode, SelfRating] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    observation_counts: Mapping[CriterionId, int] = field(default_factory=dict)
    tickets: tuple[Ticket, ...] = ()
    failed: frozenset[CriterionId] = frozenset()
    drafts: Mapping[CriterionId, str] = field(default_factory=dict)
    since_move: EditionDifference | None = None
    is_read_only: bool = False

    @cached_property
    def order(self) -> tuple[RatedItem, ...]:
        return tuple(item for item in self.edition.items if item.code in self.results.items)

    @cached_property
    def place(self) -> dict[NodeCode, int]:
        return {item.code: place for place, item in enumerate(self.order)}

    @cached_property
    def evidence_of(self) -> dict[CriterionId, tuple[Evidence, ...]]:
        found: dict[CriterionId, tuple[Evidence, ...]] = {}
        for evidence in self.evidence:
            for link in evidence.links:
                if link.assessment_id == self.assessment.id:
                    found[link.criterion_id] = (*found.get(link.criterion_id, ()), evidence)
        return found

    @cached_property
    def target_index(self) -> int:
        return self.edition.level_index(self.assessment.target_level)

    @cached_property
    def base_index(self) -> int:
        return self.edition.level_index(self.edition.base_level) if self.edition.base_level else 0

    def value(self, criterion_id: CriterionId) -> AnswerValue:
        """Return what the screen shows: the newest wish on its way, else the saved answer."""
        for ticket in reversed(self.tickets):
            for wish in ticket.wishes:
                if wish.criterion_id == criterion_id and wish.value is not None:
                    return wish.value
        return self.saved_value(criterion_id)

    def choice(self, criterion_id: CriterionId) -> str:
        """Return the code of the owner's answer the screen shows; "" when none was chosen."""
        answer = self.answers.get(criterion_id)
        kept = (answer.choice or "") if answer else ""
        for ticket in reversed(self.tickets):
            for wish in ticket.wishes:
                if wish.criterion_id == criterion_id and wish.value is not None:
                    return wish.choice or (kept if wish.value is self.saved_value(criterion_id) else "")
        return kept

    def saved_value(self, criterion_id: CriterionId) -> AnswerValue:
        answer = self.answers.get(criterion_id)
        return answer.value if answer else AnswerValue.NOT_ASSESSED

    def is_flagged(self, criterion_id: CriterionId) -> bool:
        for ticket in reversed(self.tickets):
            for wish in ticket.wishes:
                if wish.criterion_id == criterion_id and wish.flagged is not None:
                    return wish.flagged
        answer = self.answers.get(criterion_id)
        return bool(answer and answer.flagged)

    def needs_confirming(self, criterion_id: CriterionId) -> bool:
        """Whether the answer came over from another edition and was not given again, nor is on its way."""
        is_answered = any(
            wish.criterion_id == criterion_id and wish.value is not None
            for ticket in self.tickets
            for wish in ticket.wishes
        )
        answer = self.answers.get(criterion_id)
        return not is_answered and bool(answer and answer.to_confirm)

    def rationale(self, criterion_id: CriterionId) -> str:
        """Return the draft when there is one, else the wish on its way, else the saved rationale."""
        if criterion_id in self.drafts:
            return self.drafts[criterion_id]
        for ticket in reversed(self.tickets):
            for wish in ticket.wishes:
                if wish.criterion_id == criterion_id and wish.rationale is not None:
                    return wish.rationale
        answer = self.answers.get(criterion_id)
        return answer.rationale if answer else ""

    def save_state(self, criterion_id: CriterionId) -> SaveState:
        if any(wish.criterion_id == criterion_id for ticket in self.tickets for wish in ticket.wishes):
            return SaveState.SAVING
        if criterion_id in self.failed:
            return SaveState.FAILED
        return SaveState.SAVED if criterion_id in self.answers else SaveState.UNTOUCHED

    def is_needed(self, level: LevelCode) -> bool:
        """Whether criteria of this level must be answered for the target."""
        return self.base_index < self.edition.level_index(level) <= self.target_index


def with_ticket(sheet: SheetState, ticket: Ticket) -> SheetState:
    """Return the sheet with wishes on their way; drafts that travel in them are drafts no longer."""
    sent = {wish.criterion_id for wish in ticket.wishes if wish.rationale is not None}
    drafts = {key: text for key, text in sheet.drafts.items() if key not in sent}
    return replace(sheet, tickets=(*sheet.tickets, ticket), drafts=drafts)


def settled(sheet: SheetState, number: int, answers: tuple[Answer, ...], results: Results) -> SheetState:
    """Return the sheet after the service confirmed a ticket (or an undo: number 0)."""
    merged = dict(sheet.answers)
    merged.update((answer.criterion_id, answer) for answer in answers)
    done = {answer.criterion_id for answer in answers}
    return replace(
        sheet,
        answers=merged,
        results=results,
        tickets=tuple(ticket for ticket in sheet.tickets if ticket.number != number),
        failed=sheet.failed - done,
    )


def refused(sheet: SheetState, number: int) -> SheetState:
    """Return the sheet after a ticket failed: values fall back, typed rationales come back as drafts."""
    lost = next((ticket for ticket in sheet.tickets if ticket.number == number), None)
    if lost is None:
        return sheet
    typed = {wish.criterion_id: wish.rationale for wish in lost.wishes if wish.rationale is not None}
    return replace(
        sheet,
        tickets=tuple(ticket for ticket in sheet.tickets if ticket.number != number),
        failed=sheet.failed | {wish.criterion_id for wish in lost.wishes},
        drafts={**typed, **sheet.drafts},
    )


def with_draft(sheet: SheetState, criterion_id: CriterionId, text: str) -> SheetState:
    """Return the sheet with a typed rationale; typing the saved text again ends the draft."""
    answer = sheet.answers.get(criterion_id)
    drafts = dict(sheet.drafts)
    if text == (answer.rationale if answer else ""):
        drafts.pop(criterion_id, None)
    else:
        drafts[criterion_id] = text
    return replace(sheet, drafts=drafts)


def with_evidence(sheet: SheetState, evidence: Evidence) -> SheetState:
    """Return the sheet with one evidence item added or replaced; without links to this assessment it is left out."""
    others = [known for known in sheet.evidence if known.id != evidence.id]
    is_ours = any(link.assessment_id == sheet.assessment.id for link in evidence.links)
    if not is_ours:
        return replace(sheet, evidence=tuple(others))
    ids = [known.id for known in sheet.evidence]
    place = ids.index(evidence.id) if evidence.id in ids else len(others)
    return replace(sheet, evidence=(*others[:place], evidence, *others[place:]))


def rebased(loaded: SheetState, current: SheetState) -> SheetState:
    """Return a freshly loaded sheet that keeps what is typed and on its way, and answers newer than the reading."""
    if loaded.assessment.id != current.assessment.id:
        return loaded
    newer = {
        key: answer
        for key, answer in current.answers.items()
        if key not in loaded.answers or answer.revision > loaded.answers[key].revision
    }
    return replace(
        loaded,
        answers={**loaded.answers, **newer},
        tickets=current.tickets,
        failed=current.failed,
        drafts=current.drafts,
    )
