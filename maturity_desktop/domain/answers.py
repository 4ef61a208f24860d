"""Answers to criteria: append-only revisions; the newest one counts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import Choice, Edition
from maturity_desktop.errors import RuleBroken

MAX_RATIONALE_CHARACTERS = 20_000


class AnswerValue(StrEnum):
    """What an assessor says of a criterion. Not assessed and not applicable are values, never 0 or empty."""

    COMPLIANT = "compliant"
    PARTIALLY_COMPLIANT = "partially_compliant"
    NOT_COMPLIANT = "not_compliant"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"

    @property
    def holds(self) -> bool:
        """Whether this value lets a level hold."""
        return self in (AnswerValue.COMPLIANT, AnswerValue.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One revision of the answer to one criterion.

    Attributes:
        revision: 1 for the first answer; rises by one with each change.
        at: aware UTC instant of the PC's clock.
        choice: the choice of the criterion's answer set that was made, where the model has its own answers.
        to_confirm: carried over from an edition whose criterion says something else, and not looked at since.
    """

    criterion_id: CriterionId
    value: AnswerValue
    by: str
    at: datetime
    rationale: str = ""
    flagged: bool = False
    revision: int = 1
    choice: str | Absent = ABSENT
    to_confirm: bool | Absent = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An assessor's own rating of an item, with its reason; the computed one stays visible beside it."""

    item_code: NodeCode
    rating: Rating
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfRating:
    """The institution's own rating of an item; compared with the assessed one, never mixed in.

    Attributes:
        remark: problems noted and ideas to improve, in the institution's words.
        gap: what it says is missing to the target level.
    """

    item_code: NodeCode
    rating: Rating
    remark: str = ""
    gap: str | Absent = ABSENT

    @property
    def words(self) -> str:
        """Everything the institution wrote beside its rating: gap first, then the remark."""
        return "\n".join(part for part in (self.gap or "", self.remark) if part)


def value_of_choice(choice: Choice) -> AnswerValue:
    """Return what a choice of an answer set means among the five answers: full credit complies, none does not."""
    if choice.credit >= 1:
        return AnswerValue.COMPLIANT
    return AnswerValue.PARTIALLY_COMPLIANT if choice.credit > 0 else AnswerValue.NOT_COMPLIANT


def offered_choice(edition: Edition, criterion_id: CriterionId, code: str) -> Choice:
    """Return the choice with this code among those a criterion offers. Raises RuleBroken ANS-007 when it has none."""
    offered = edition.answer_set_of(edition.criterion_by_id[criterion_id])
    choice = offered.choice(code) if offered is not None else None
    if offered is None or choice is None:
        known = ", ".join(one.code for one in offered.choices) if offered is not None else "–"
        raise RuleBroken("ANS-007", criterion=criterion_id, choice=code, known=known)
    return choice


def chosen(edition: Edition, criterion_id: CriterionId, answer: Answer | None) -> Choice | None:
    """Return the choice an answer was given with; None without one, or when the criterion offers it no longer."""
    if answer is None or not answer.choice:
        return None
    offered = edition.answer_set_of(edition.criterion_by_id[criterion_id])
    return offered.choice(answer.choice) if offered is not None else None


def check_answer(value: AnswerValue, rationale: str) -> None:
    """Refuse an answer that breaks a rule of the trade.

    Raises:
        RuleBroken: ANS-001 not applicable without a written reason; ANS-002 rationale too long.
    """
    if value is AnswerValue.NOT_APPLICABLE and not rationale.strip():
        raise RuleBroken("ANS-001")
    if len(rationale) > MAX_RATIONALE_CHARACTERS:
        raise RuleBroken("ANS-002", limit=MAX_RATIONALE_CHARACTERS, length=len(rationale))
