"""What if: results as they would be were some criteria answered otherwise. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.canonical import ABSENT
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.results import Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.scoring.items import Answers
from maturity_desktop.scoring.rollup import Overrides, compute_results

_NEVER = datetime.min.replace(tzinfo=UTC)


def supposed(answers: Answers, changes: Mapping[CriterionId, AnswerValue]) -> dict[CriterionId, Answer]:
    """Return a copy of the answers with the given values put in; supposed answers carry no author."""
    changed = {
        criterion_id: replace(answers[criterion_id], value=value, choice=ABSENT)
        if criterion_id in answers
        else Answer(criterion_id=criterion_id, value=value, by="", at=_NEVER)
        for criterion_id, value in changes.items()
    }
    return {**answers, **changed}


def what_if(
    edition: Edition,
    assessment: Assessment,
    answers: Answers,
    overrides: Overrides,
    changes: Mapping[CriterionId, AnswerValue],
) -> Results:
    """Return the results as if `changes` were the answers of those criteria; overrides stay in force."""
    return compute_results(edition, assessment, supposed(answers, changes), overrides)
