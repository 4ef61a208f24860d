"""Levels with their reasons: results, path to the target, what-if, coverage, and the sentences that explain a level."""

from collections.abc import Mapping

from maturity_desktop import scoring
from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import CoverageNote, PathToTarget, Rating, Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import reasons, states
from maturity_desktop.services.context import Workspace


def compute(workspace: Workspace, assessment_id: AssessmentId) -> Results:
    """Return the results of an assessment by its rule profile. Raises EnvironmentProblem WSP-020, WSP-021, STO-0xx."""
    return states.load(workspace, assessment_id).results


def path_to_target(workspace: Workspace, assessment_id: AssessmentId, target: str = "") -> PathToTarget:
    """Return the smallest set of criteria to close for the target level (the assessment's own when "").

    Raises:
        EnvironmentProblem: as `compute`.
        RuleBroken: ANS-006 not a level of this scale.
    """
    state = states.load(workspace, assessment_id)
    level = next((place for place, one in enumerate(state.edition.levels, 1) if one.code == target), 0)
    if target and not level:
        raise RuleBroken("ANS-006", rating=target)
    wanted = Rating(level) if level else None
    return scoring.path_to_target(state.edition, state.assessment, state.answers, state.overrides, wanted)


def what_if(workspace: Workspace, assessment_id: AssessmentId, changes: Mapping[CriterionId, AnswerValue]) -> Results:
    """Return the results as if these criteria were answered so; nothing is stored. Raises as `compute`."""
    state = states.load(workspace, assessment_id)
    return scoring.what_if(state.edition, state.assessment, state.answers, state.overrides, changes)


def coverage(workspace: Workspace, assessment_id: AssessmentId) -> tuple[CoverageNote, ...]:
    """Return what a careful lead assessor would ask about, in order of the pack. Raises as `compute`."""
    state = states.load(workspace, assessment_id)
    with workspace.read() as reading:
        counts = reading.evidence_overview.counts(assessment_id)
    return scoring.coverage(state.edition, state.assessment, state.answers, counts)


def explanation(results: Results, edition: Edition, code: NodeCode, language: Language) -> tuple[str, ...]:
    """Return why a node, a module or the whole ("") has its level, as sentences; empty when it is out of scope."""
    facts = scoring.explain(results, edition, code)
    return () if facts is None else reasons.sentences(facts, edition, language)
