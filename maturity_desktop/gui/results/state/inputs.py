"""Everything the results screen is derived from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity_desktop.domain.answers import Answer, AnswerValue, SelfRating
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import CoverageNote, PathToTarget, Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language


@dataclass(frozen=True, kw_only=True)
class ResultsInputs:
    """One assessment's results.

    Attributes:
        results: what is shown; computed with `closed` when that is not empty.
        stored: what the stored answers give.
        closed: criteria taken as compliant in the what-if; nothing of it is stored.
    """

    edition: Edition
    assessment: Assessment
    answers: Mapping[CriterionId, Answer]
    self_ratings: Mapping[NodeCode, SelfRating]
    results: Results
    stored: Results
    path: PathToTarget
    coverage: tuple[CoverageNote, ...]
    language: Language
    closed: frozenset[CriterionId] = field(default_factory=frozenset)

    @property
    def is_what_if(self) -> bool:
        """Whether the screen shows a scratch copy."""
        return bool(self.closed)

    def value(self, criterion_id: CriterionId) -> AnswerValue:
        """Return the answer shown: stored, or as if closed."""
        if criterion_id in self.closed:
            return AnswerValue.COMPLIANT
        answer = self.answers.get(criterion_id)
        return answer.value if answer else AnswerValue.NOT_ASSESSED
