"""Partial credit: what the answers of an item earn on the scale, where a profile counts more than whole levels.

Source: OWASP SAMM, assessment guide: an answer earns 0, 0.25, 0.5 or 1; a stream is the sum over its levels.
"""

from decimal import Decimal
from fractions import Fraction

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.canonical import ABSENT, Absent
from maturity_desktop.domain.standard import Criterion, Edition, LevelCell, RatedItem, RuleProfile
from maturity_desktop.scoring.items import Answers, base_index, value_of

_LARGEST_DENOMINATOR = 1_000


def earned(edition: Edition, profile: RuleProfile, item: RatedItem, answers: Answers) -> tuple[int, int] | Absent:
    """Return the place an item earns as (numerator, denominator), 0 to the number of levels; absent without credit.

    Every level with criteria counts alike, criteria within it too; what is not applicable is left out. A level of
    which nothing is left, and the base level as far as it is not answered, earn everything.
    """
    if profile.partial_credit is ABSENT:
        return ABSENT
    base = base_index(edition)
    parts = [
        _of_cell(edition, profile, cell, answers, place <= base)
        for place, cell in enumerate(item.cells, 1)
        if cell.criteria
    ]
    whole = Fraction(len(edition.levels) * sum(parts), len(parts)) if parts else Fraction(0)
    return whole.numerator, whole.denominator


def _of_cell(
    edition: Edition, profile: RuleProfile, cell: LevelCell, answers: Answers, is_base: bool
) -> Fraction | int:
    credits_given = [
        credit
        for criterion in cell.criteria
        if (credit := _of_criterion(edition, profile, criterion, answers, is_base)) is not None
    ]
    if len(credits_given) <= 1:
        return credits_given[0] if credits_given else 1
    return Fraction(sum(credits_given), len(credits_given))


def _of_criterion(
    edition: Edition, profile: RuleProfile, criterion: Criterion, answers: Answers, is_base: bool
) -> Fraction | int | None:
    """Return what one answer earns, whole numbers as such: most answers earn all or nothing, and sums stay quick."""
    value = value_of(answers, criterion.id)
    if value is AnswerValue.NOT_APPLICABLE:
        return None
    if value is AnswerValue.NOT_ASSESSED:
        return int(is_base)
    chosen = _chosen(edition, criterion, answers[criterion.id])
    if chosen is not None:
        return chosen
    if value is AnswerValue.PARTIALLY_COMPLIANT:
        return Fraction(profile.partial_credit or 0)
    return int(value is AnswerValue.COMPLIANT)


def _chosen(edition: Edition, criterion: Criterion, answer: Answer) -> Fraction | None:
    answers = edition.answer_set_of(criterion)
    choice = answers.choice(answer.choice) if answers is not None and answer.choice else None
    return None if choice is None else _meant(choice.credit)


def _meant(credit: Decimal) -> Fraction:
    """A credit written with six places, such as 0.333333, stands for the simple fraction it was cut from."""
    exact = Fraction(credit)
    return exact if 100_000 % exact.denominator == 0 else exact.limit_denominator(_LARGEST_DENOMINATOR)
