"""What an answer needs to be one."""

import pytest

from maturity_desktop.domain.answers import MAX_RATIONALE_CHARACTERS, AnswerValue, check_answer
from maturity_desktop.errors import RuleBroken


def test_not_applicable_needs_a_written_reason() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_answer(AnswerValue.NOT_APPLICABLE, "  \n")
    assert refused.value.code == "ANS-001"
    check_answer(AnswerValue.NOT_APPLICABLE, "系统无移动端")


def test_a_rationale_has_a_limit() -> None:
    check_answer(AnswerValue.COMPLIANT, "字" * MAX_RATIONALE_CHARACTERS)
    with pytest.raises(RuleBroken) as refused:
        check_answer(AnswerValue.COMPLIANT, "字" * (MAX_RATIONALE_CHARACTERS + 1))
    assert refused.value.code == "ANS-002"


def test_only_compliant_and_not_applicable_let_a_level_hold() -> None:
    assert {value for value in AnswerValue if value.holds} == {AnswerValue.COMPLIANT, AnswerValue.NOT_APPLICABLE}
