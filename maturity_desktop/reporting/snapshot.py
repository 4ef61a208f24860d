"""The frozen picture an export is made from; renderers accept nothing else, so later edits cannot leak in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from maturity_desktop.domain.answers import Answer, Override, SelfRating
from maturity_desktop.domain.engagement import Assessment, Engagement, Interview
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.findings import Observation, OutcomeClaim
from maturity_desktop.domain.ids import CriterionId, Digest, NodeCode
from maturity_desktop.domain.institution import Institution, System
from maturity_desktop.domain.results import CoverageNote, PathToTarget, Results
from maturity_desktop.domain.standard import Edition


@dataclass(frozen=True, kw_only=True)
class ReportSnapshot:
    """Everything a report, workbook or certificate says, taken in one read transaction.

    Attributes:
        answers: criterion → newest answer; missing means not assessed.
        evidence: all evidence linked to the assessment, oldest first.
        journal_entries, journal_head: length and last hash of the journal at the moment of the snapshot.
        captured_at: aware UTC instant of the PC's clock.
    """

    edition: Edition
    edition_digest: Digest
    engagement: Engagement
    institution: Institution
    system: System
    assessment: Assessment
    answers: Mapping[CriterionId, Answer]
    overrides: Mapping[NodeCode, Override]
    self_ratings: Mapping[NodeCode, SelfRating]
    evidence: tuple[Evidence, ...]
    observations: tuple[Observation, ...]
    claims: tuple[OutcomeClaim, ...]
    interviews: tuple[Interview, ...]
    results: Results
    path_to_target: PathToTarget
    coverage: tuple[CoverageNote, ...]
    journal_entries: int
    journal_head: str
    captured_at: datetime
    captured_by: str
    program_version: str
