"""Institutions, systems, engagements with their team, and the assessments they hold."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from maturity_desktop.domain.engagement import Assessment, Engagement, Interview
from maturity_desktop.domain.ids import AssessmentId, EngagementId, InstitutionId, InterviewId
from maturity_desktop.domain.institution import Institution, System, is_credit_code
from maturity_desktop.domain.results import Progress, Rating
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.services import sealing, states
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import of_change

if TYPE_CHECKING:
    from maturity_desktop.storage.assessments import Standing
    from maturity_desktop.storage.work import Reading

_T = TypeVar("_T")
_STRUCTURE = frozenset({Area.STRUCTURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentCard:
    """One assessment as lists show it."""

    assessment: Assessment
    system: System
    standard: Text
    edition_id: str
    target_label: str
    result: Rating
    result_label: str
    progress: Progress
    evidence_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementCard:
    """One engagement with its institution and assessments, newest engagement first in lists."""

    engagement: Engagement
    institution: Institution
    assessments: tuple[AssessmentCard, ...]


def list_engagements(workspace: Workspace) -> tuple[EngagementCard, ...]:
    """Return all engagements with their assessments."""
    with workspace.read() as reading:
        institutions = {each.id: each for each in reading.institutions.all()}
        cards = defaultdict(list)
        for card in _cards(reading, reading.assessments.with_standing()):
            cards[card.assessment.engagement_id].append(card)
        return tuple(
            EngagementCard(
                engagement=engagement,
                institution=institutions[engagement.institution_id],
                assessments=tuple(cards.get(engagement.id, ())),
            )
            for engagement in reading.engagements.all()
        )


def load_engagement(workspace: Workspace, engagement_id: EngagementId) -> EngagementCard:
    """Return one engagement. Raises EnvironmentProblem WSP-020 when it is gone."""
    with workspace.read() as reading:
        engagement = found(reading.engagements.find(engagement_id), "engagement", engagement_id)
        institution = reading.institutions.find(engagement.institution_id)
        return EngagementCard(
            engagement=engagement,
            institution=found(institution, "institution", engagement.institution_id),
            assessments=_cards(reading, reading.assessments.with_standing(engagement_id=engagement_id)),
        )


def assessment_card(workspace: Workspace, assessment_id: AssessmentId) -> AssessmentCard:
    """Return one assessment as lists show it. Raises EnvironmentProblem WSP-020 when it is gone."""
    with workspace.read() as reading:
        cards = _cards(reading, reading.assessments.with_standing(assessment_id=assessment_id))
        return found(next(iter(cards), None), "assessment", assessment_id)


def list_institutions(workspace: Workspace) -> tuple[Institution, ...]:
    """Return all institutions by name."""
    with workspace.read() as reading:
        return reading.institutions.all()


def list_systems(workspace: Workspace, institution_id: InstitutionId) -> tuple[System, ...]:
    """Return the systems of one institution by name."""
    with workspace.read() as reading:
        return reading.institutions.systems(institution_id)


def save_institution(workspace: Workspace, institution: Institution) -> Outcome[Institution]:
    """Add or change an institution (by id).

    Raises:
        RuleBroken: ENG-001 credit code wrong; ENG-002 no name; SGN-001 an approved assessment states it.
    """
    _require_name(institution.name)
    if institution.credit_code and not is_credit_code(institution.credit_code):
        raise RuleBroken("ENG-001", stated=institution.credit_code)
    with workspace.begin() as work:
        old = work.institutions.find(institution.id)
        if old != institution:
            sealing.require_editable_institution(work, institution.id)
            work.institutions.save(institution)
            work.note(of_change("institution", institution.id, old, institution))
    return Outcome(value=institution, changes=Changes(areas=_STRUCTURE))


def save_system(workspace: Workspace, system: System) -> Outcome[System]:
    """Add or change a system (by id).

    Raises:
        RuleBroken: ENG-002 no name in any language; SGN-001 an approved assessment states it.
        EnvironmentProblem: WSP-020 its institution is gone.
    """
    _require_name(system.name)
    with workspace.begin() as work:
        found(work.institutions.find(system.institution_id), "institution", system.institution_id)
        old = work.institutions.find_system(system.id)
        if old != system:
            sealing.require_editable_system(work, system.id)
            work.institutions.save_system(system)
            work.note(of_change("system", system.id, old, system))
    return Outcome(value=system, changes=Changes(areas=_STRUCTURE))


def save_engagement(workspace: Workspace, engagement: Engagement) -> Outcome[Engagement]:
    """Add or change an engagement and its team; the phase alone may move on after approval.

    Raises:
        RuleBroken: ENG-003 ends before it starts; ENG-004 no title; SGN-001 an approved assessment states it.
        Conflict: ENG-009 the engagement was changed meanwhile (version).
        EnvironmentProblem: WSP-020 its institution is gone.
    """
    if not engagement.title.strip():
        raise RuleBroken("ENG-004")
    if engagement.starts_on and engagement.ends_on and engagement.ends_on < engagement.starts_on:
        raise RuleBroken("ENG-003", starts_on=engagement.starts_on, ends_on=engagement.ends_on)
    with workspace.begin() as work:
        found(work.institutions.find(engagement.institution_id), "institution", engagement.institution_id)
        old = work.engagements.find(engagement.id)
        saved = engagement
        if old != engagement:
            if old is not None and replace(old, phase=engagement.phase, version=engagement.version) != engagement:
                sealing.require_editable_engagement(work, engagement.id)
            saved = work.engagements.save(engagement, is_new=old is None)
            work.note(of_change("engagement", engagement.id, old, saved))
    return Outcome(value=saved, changes=Changes(areas=_STRUCTURE))


def save_assessment(workspace: Workspace, assessment: Assessment) -> Outcome[Assessment]:
    """Add or change an assessment; the edition of an existing one never changes.

    The edition must have been pinned with `services.standards.pin` before.

    Raises:
        RuleBroken: ENG-005 edition changed; ENG-006 unknown target level, profile, module or node; SGN-001 it is
            approved and read-only.
        Conflict: ENG-009.
        EnvironmentProblem: WSP-020 engagement, system or edition is not there.
    """
    with workspace.begin() as work:
        found(work.engagements.find(assessment.engagement_id), "engagement", assessment.engagement_id)
        found(work.institutions.find_system(assessment.system_id), "system", assessment.system_id)
        _require_known(states.edition(workspace, work, assessment.edition_digest), assessment)
        old = work.assessments.find(assessment.id)
        if old is not None and old.edition_digest != assessment.edition_digest:
            raise RuleBroken("ENG-005")
        if old == assessment:
            return Outcome(value=assessment)
        if old is not None:
            sealing.require_editable(work, assessment.id)
        saved = work.assessments.save(assessment, is_new=old is None)
        work.note(of_change("assessment", assessment.id, old, saved))
        state = states.computed(workspace, work, saved)
        states.note_standing(work, state)
        workspace.session.after_commit.append(lambda: workspace.session.states.update({saved.id: state}))
    return Outcome(value=saved, changes=Changes(areas=_STRUCTURE | {Area.ANSWERS}, assessment_id=saved.id))


def save_interview(workspace: Workspace, interview: Interview) -> Outcome[Interview]:
    """Add or change an interview record. Raises Conflict ENG-009; EnvironmentProblem WSP-020; RuleBroken SGN-001."""
    with workspace.begin() as work:
        found(work.engagements.find(interview.engagement_id), "engagement", interview.engagement_id)
        old = work.interviews.find(interview.id)
        saved = interview
        if old != interview:
            for visit in {interview.engagement_id, old.engagement_id if old else interview.engagement_id}:
                sealing.require_editable_engagement(work, visit)
            saved = work.interviews.save(interview, is_new=old is None)
            work.note(of_change("interview", interview.id, old, saved))
    return Outcome(value=saved, changes=Changes(areas=_STRUCTURE, criteria=saved.criteria))


def list_interviews(workspace: Workspace, engagement_id: EngagementId) -> tuple[Interview, ...]:
    """Return the interviews of an engagement, oldest first."""
    with workspace.read() as reading:
        return reading.interviews.of_engagement(engagement_id)


def delete_interview(workspace: Workspace, interview_id: InterviewId) -> Outcome[None]:
    """Mark an interview deleted. Raises EnvironmentProblem WSP-020 when it is gone; RuleBroken SGN-001."""
    with workspace.begin() as work:
        old = found(work.interviews.find(interview_id), "interview", interview_id)
        sealing.require_editable_engagement(work, old.engagement_id)
        work.interviews.delete(interview_id, work.now)
        work.note(of_change("interview", interview_id, old, None))
    return Outcome(value=None, changes=Changes(areas=_STRUCTURE, criteria=old.criteria))


def found(value: _T | None, what: str, identity: str) -> _T:
    """Return `value`. Raises EnvironmentProblem WSP-020 when it is None."""
    if value is None:
        raise EnvironmentProblem("WSP-020", what=what, id=identity)
    return value


def _cards(reading: "Reading", rows: Iterable[tuple[Assessment, "Standing"]]) -> tuple[AssessmentCard, ...]:
    systems = {each.id: each for each in reading.institutions.systems()}
    editions = reading.editions.names()
    evidence = reading.evidence_overview.counts_by_assessment()
    return tuple(
        AssessmentCard(
            assessment=assessment,
            system=systems[assessment.system_id],
            standard=editions[assessment.edition_digest].name,
            edition_id=editions[assessment.edition_digest].edition_id,
            target_label=assessment.target_level,
            result=standing.result,
            result_label=standing.label,
            progress=standing.progress,
            evidence_count=evidence.get(assessment.id, 0),
        )
        for assessment, standing in rows
    )


def _require_name(name: Text) -> None:
    if not (name.zh.strip() or name.en.strip()):
        raise RuleBroken("ENG-002")


def _require_known(edition: Edition, assessment: Assessment) -> None:
    scope = assessment.scope
    known_nodes = edition.node_by_code.keys() | edition.item_by_code.keys()
    checks: tuple[tuple[str, str, Collection[str]], ...] = (
        ("target level", assessment.target_level, [level.code for level in edition.levels]),
        ("rule profile", assessment.profile_id, [profile.id for profile in edition.profiles]),
        *(("module", module, [each.code for each in edition.modules]) for module in scope.modules),
        *(("node", node, known_nodes) for node in scope.nodes),
    )
    for what, wanted, known in checks:
        if wanted not in known:
            raise RuleBroken("ENG-006", what=what, wanted=wanted)
