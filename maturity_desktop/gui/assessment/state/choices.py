"""The answers a model's own owner offers for a criterion, as the screen shows them."""

from dataclasses import dataclass

from maturity_desktop.domain.answers import Answer, AnswerValue, chosen, value_of_choice
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import AnswerSet, Choice, Edition
from maturity_desktop.domain.text import Language
from maturity_desktop.wording import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceProps:
    """One answer to choose. `number` is its place and, up to 9, its key; `share` what it earns, 0 to 1."""

    number: int
    code: str
    text: str
    credit: str
    share: float
    value: AnswerValue


def offered(edition: Edition, criterion_id: CriterionId) -> AnswerSet | None:
    """Return the owner's answers to a criterion; None where the five of the trade are given."""
    return edition.answer_set_of(edition.criterion_by_id[criterion_id])


def choices(edition: Edition, criterion_id: CriterionId, language: Language) -> tuple[ChoiceProps, ...]:
    """Return what can be chosen for a criterion, in the owner's order; nothing where the owner offers none."""
    answers = offered(edition, criterion_id)
    return tuple(
        ChoiceProps(
            number=number,
            code=choice.code,
            text=choice.text.pick(language),
            credit=choice.credit_label,
            share=float(choice.credit),
            value=value_of_choice(choice),
        )
        for number, choice in enumerate(answers.choices if answers is not None else (), 1)
    )


def find(edition: Edition, criterion_id: CriterionId, code: str) -> Choice | None:
    """Return the choice with this code; None for "" and for a code the criterion does not offer."""
    answers = offered(edition, criterion_id) if code else None
    return answers.choice(code) if answers is not None else None


def meaning(edition: Edition, criterion_id: CriterionId, value: AnswerValue) -> Choice | None:
    """Return the choice that says no more and no less than a plain answer; None when several do in part, or none."""
    answers = offered(edition, criterion_id)
    found = [one for one in (answers.choices if answers is not None else ()) if value_of_choice(one) is value]
    is_open = value is AnswerValue.PARTIALLY_COMPLIANT and len(found) > 1
    return None if is_open or not found else found[0]


def words(choice: Choice | None, value: AnswerValue, language: Language) -> str:
    """Return an answer as people read it: the owner's text with what it earns, or one of the five of the trade."""
    if choice is None:
        return say(language, f"common.answer.{value.value}")
    return say(language, "common.chosen", text=choice.text.pick(language), credit=choice.credit_label)


def words_of(edition: Edition, answer: Answer, language: Language) -> str:
    """Return a stored answer as people read it."""
    return words(chosen(edition, answer.criterion_id, answer), answer.value, language)
