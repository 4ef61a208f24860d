"""Sign-off: the steps, who may take them, what an approval is bound to, and that approved means read-only."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from maturity_desktop.domain.answers import AnswerValue, SelfRating
from maturity_desktop.domain.engagement import Interview, InterviewMethod, Phase, Role
from maturity_desktop.domain.evidence import Evidence
from maturity_desktop.domain.findings import Grade, Observation, OutcomeClaim
from maturity_desktop.domain.ids import ClaimId, CriterionId, InterviewId, LevelCode, NodeCode, ObservationId
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.signoff import SignoffAct, SignoffState
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.services import (
    assessments,
    engagements,
    evidence,
    findings,
    journal,
    signoff,
    snapshots,
    workspaces,
)
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from tests.factories.reviewed import ASSESSOR, ENGAGEMENT, LEAD, make_answered
from tests.factories.sealed_workspace import ASSESSMENT, ITEMS, link_to, make_workspace

CRITERION = CriterionId("CM-VC-BM-3.1")
CLAIM = OutcomeClaim(id=ClaimId("c"), assessment_id=ASSESSMENT, metric="发布频率", after="18")
OBSERVATION = Observation(
    id=ObservationId("o"), assessment_id=ASSESSMENT, grade=Grade.OPPORTUNITY, text="可再自动化", criteria=(CRITERION,)
)
INTERVIEW = Interview(
    id=InterviewId("t"),
    engagement_id=ENGAGEMENT,
    held_on=date(2026, 11, 20),
    method=InterviewMethod.INTERVIEW,
    people=("周工",),
)


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_answered(tmp_path)
    findings.save_claim(workspace, CLAIM)
    findings.save_observation(workspace, OBSERVATION)
    engagements.save_interview(workspace, INTERVIEW)
    wish = evidence.Refer(file_name="a.pdf", place="档案室", kind=EvidenceKind.DOCUMENT, links=(link_to(),))
    evidence.refer(workspace, wish)
    yield workspace
    workspaces.close(workspace)


@pytest.fixture(name="approved")
def make_approved(bank: Workspace) -> Workspace:
    signoff.submit(bank, ASSESSMENT, "请审核")
    signoff.approve(bank, ASSESSMENT, "同意")
    return bank


def answer(workspace: Workspace, rationale: str = "改了") -> None:
    wish = AnswerRequest(criterion_id=CRITERION, value=AnswerValue.NOT_COMPLIANT, rationale=rationale)
    assessments.record_answers(workspace, ASSESSMENT, (wish,))


def test_an_assessment_begins_as_a_draft(bank: Workspace) -> None:
    found = signoff.standing(bank, ASSESSMENT)
    assert (found.state, found.steps, found.approval) == (SignoffState.DRAFT, (), None)
    assert found.possible == (SignoffAct.SUBMIT,)
    assert not found.is_approved


def test_every_step_keeps_who_in_which_role_when_and_why(bank: Workspace) -> None:
    bank.actor = ASSESSOR
    signoff.submit(bank, ASSESSMENT, "请审核")
    bank.actor = LEAD
    signoff.request_changes(bank, ASSESSMENT, "证据不足")
    bank.actor = "外部专家"
    signoff.submit(bank, ASSESSMENT)
    steps = signoff.standing(bank, ASSESSMENT).steps
    assert [(one.by, one.role, one.comment) for one in steps] == [
        (ASSESSOR, Role.ASSESSOR, "请审核"),
        (LEAD, Role.LEAD_ASSESSOR, "证据不足"),
        ("外部专家", None, ""),
    ]
    assert {one.at for one in steps} == {bank.machine.clock.now()}


def test_an_approval_is_bound_to_the_digest_of_the_report(approved: Workspace) -> None:
    found = signoff.standing(approved, ASSESSMENT)
    assert found.is_approved
    assert found.approval is not None
    assert found.approval.content_digest == content_digest(snapshots.take(approved, ASSESSMENT))
    assert signoff.state_of(approved, ASSESSMENT) is SignoffState.APPROVED


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda w: signoff.approve(w, ASSESSMENT), "SGN-002"),
        (lambda w: signoff.request_changes(w, ASSESSMENT, "x"), "SGN-002"),
        (lambda w: signoff.reopen(w, ASSESSMENT, "x"), "SGN-002"),
    ],
    ids=["approve", "request changes", "reopen"],
)
def test_a_draft_can_only_be_submitted(bank: Workspace, act: Callable[[Workspace], object], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        act(bank)
    assert signoff.standing(bank, ASSESSMENT).steps == ()


def test_only_a_lead_assessor_of_the_team_approves_and_reopens(bank: Workspace) -> None:
    signoff.submit(bank, ASSESSMENT)
    for name in (ASSESSOR, "外部专家"):
        bank.actor = name
        with pytest.raises(RuleBroken, match="SGN-004"):
            signoff.approve(bank, ASSESSMENT)
    bank.actor = LEAD
    signoff.approve(bank, ASSESSMENT)
    bank.actor = ASSESSOR
    with pytest.raises(RuleBroken, match="SGN-004"):
        signoff.reopen(bank, ASSESSMENT, "我想改")


def test_a_step_without_a_name_or_without_needed_words_is_refused(bank: Workspace) -> None:
    bank.actor = " "
    with pytest.raises(RuleBroken, match="SGN-003"):
        signoff.submit(bank, ASSESSMENT)
    bank.actor = LEAD
    signoff.submit(bank, ASSESSMENT)
    with pytest.raises(RuleBroken, match="SGN-006"):
        signoff.request_changes(bank, ASSESSMENT, "  ")
    signoff.approve(bank, ASSESSMENT)
    with pytest.raises(RuleBroken, match="SGN-006"):
        signoff.reopen(bank, ASSESSMENT, "")


def test_what_was_changed_after_submission_cannot_be_approved(bank: Workspace) -> None:
    signoff.submit(bank, ASSESSMENT)
    answer(bank)
    with pytest.raises(RuleBroken, match="SGN-005"):
        signoff.approve(bank, ASSESSMENT)


def test_an_unanswered_assessment_cannot_be_submitted(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    with pytest.raises(RuleBroken, match="SGN-007"):
        signoff.submit(workspace, ASSESSMENT)
    workspaces.close(workspace)


def _visit(workspace: Workspace) -> object:
    visit = engagements.load_engagement(workspace, ENGAGEMENT).engagement
    return engagements.save_engagement(workspace, replace(visit, title="另一个标题"))


def _system(workspace: Workspace) -> object:
    card = engagements.assessment_card(workspace, ASSESSMENT)
    return engagements.save_system(workspace, replace(card.system, name=Text("另一个系统", "")))


def _institution(workspace: Workspace) -> object:
    bank = engagements.load_engagement(workspace, ENGAGEMENT).institution
    return engagements.save_institution(workspace, replace(bank, name=Text("另一家银行", "")))


def _assessment(workspace: Workspace) -> object:
    card = engagements.assessment_card(workspace, ASSESSMENT)
    return engagements.save_assessment(workspace, replace(card.assessment, target_level=LevelCode("2")))


def _item(workspace: Workspace) -> Evidence:
    return evidence.list_evidence(workspace, ASSESSMENT)[0]


EDITS: dict[str, Callable[[Workspace], object]] = {
    "answer": answer,
    "override": lambda w: assessments.override_rating(w, ASSESSMENT, NodeCode(ITEMS[0]), Rating(1), "理由"),
    "self-rating": lambda w: assessments.save_self_rating(
        w, ASSESSMENT, SelfRating(item_code=NodeCode(ITEMS[0]), rating=Rating(2))
    ),
    "undo": lambda w: assessments.undo_last(w, ASSESSMENT),
    "observation": lambda w: findings.save_observation(w, replace(OBSERVATION, text="改了")),
    "new observation": lambda w: findings.save_observation(w, replace(OBSERVATION, id=ObservationId("o2"))),
    "observation gone": lambda w: findings.delete_observation(w, OBSERVATION.id),
    "claim": lambda w: findings.save_claim(w, replace(CLAIM, after="19")),
    "claim gone": lambda w: findings.delete_claim(w, CLAIM.id),
    "link": lambda w: evidence.link(w, _item(w).id, (link_to("CM-VC-BM-1.1"),)),
    "unlink": lambda w: evidence.unlink(w, _item(w).id, (link_to(),)),
    "describe": lambda w: evidence.describe(w, replace(_item(w), title="改了")),
    "revision": lambda w: evidence.add_revision(w, _item(w).id, Path(__file__)),
    "taken in": lambda w: evidence.take_in(w, evidence.TakeIn(source=Path(__file__), links=(link_to(),))),
    "interview": lambda w: engagements.save_interview(w, replace(INTERVIEW, notes="改了")),
    "new interview": lambda w: engagements.save_interview(w, replace(INTERVIEW, id=InterviewId("t2"))),
    "interview gone": lambda w: engagements.delete_interview(w, INTERVIEW.id),
    "visit": _visit,
    "system": _system,
    "institution": _institution,
    "assessment": _assessment,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_an_approved_assessment_states_is_read_only(
    approved: Workspace, edit: Callable[[Workspace], object]
) -> None:
    before = journal.verify(approved).entries
    with pytest.raises(RuleBroken, match="SGN-001"):
        edit(approved)
    assert signoff.standing(approved, ASSESSMENT).is_approved
    assert journal.verify(approved).entries == before


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_after_reopening_every_such_edit_supersedes_the_approval_and_is_named(
    approved: Workspace, edit: Callable[[Workspace], object]
) -> None:
    signoff.reopen(approved, ASSESSMENT, "客户补充材料")
    assert not signoff.standing(approved, ASSESSMENT).is_superseded
    edit(approved)
    found = signoff.standing(approved, ASSESSMENT)
    assert found.is_superseded
    assert found.changes
    assert not found.is_approved
    for change in found.changes:
        assert signoff.in_words(change, "zh")
        assert "None" not in signoff.in_words(change, "en")


def test_the_phase_moves_on_after_approval_without_superseding_it(approved: Workspace) -> None:
    visit = engagements.load_engagement(approved, ENGAGEMENT).engagement
    engagements.save_engagement(approved, replace(visit, phase=Phase.EXPERT_REVIEW))
    assert signoff.standing(approved, ASSESSMENT).is_approved


def test_changed_fields_are_named_with_old_and_new(approved: Workspace) -> None:
    signoff.reopen(approved, ASSESSMENT, "复核")
    answer(approved, "没有制度")
    changes = signoff.standing(approved, ASSESSMENT).changes
    assert [(one.subject, one.field, one.old, one.new) for one in changes] == [
        (CRITERION, "rationale", "有制度", "没有制度"),
        (CRITERION, "value", "compliant", "not_compliant"),
    ]
    assert signoff.in_words(changes[0], "zh") == f"答案 › {CRITERION} › 依据"
    assert signoff.in_words(changes[0], "en") == f"Answer › {CRITERION} › rationale"


def test_a_new_approval_follows_a_new_submission(approved: Workspace) -> None:
    first = signoff.standing(approved, ASSESSMENT).approval
    signoff.reopen(approved, ASSESSMENT, "复核")
    answer(approved)
    signoff.submit(approved, ASSESSMENT)
    signoff.approve(approved, ASSESSMENT)
    found = signoff.standing(approved, ASSESSMENT)
    assert found.is_approved
    assert found.approval is not None and first is not None
    assert found.approval.content_digest != first.content_digest
    assert found.changes == ()


def test_reopening_is_journalled_with_its_reason(approved: Workspace) -> None:
    signoff.reopen(approved, ASSESSMENT, "客户补充材料")
    newest = journal.entries(approved, limit=1)[0]
    assert (newest.event, newest.subject, newest.reason) == ("signoff.reopened", ASSESSMENT, "客户补充材料")
    assert journal.verify(approved).is_intact


def test_steps_cannot_be_changed_or_removed_behind_the_program(approved: Workspace) -> None:
    for statement in ("UPDATE signoff_step SET comment = 'x'", "DELETE FROM signoff_step"):
        with pytest.raises(DBAPIError, match="append-only"), approved.begin() as work:
            work.connection.execute(text(statement))


def test_a_damaged_approved_content_is_noticed(approved: Workspace) -> None:
    signoff.reopen(approved, ASSESSMENT, "复核")
    answer(approved)
    with approved.begin() as work:
        work.connection.execute(text("DROP TRIGGER signoff_step_no_update"))
        work.connection.execute(text("UPDATE signoff_step SET content = x'00' WHERE content IS NOT NULL"))
    with pytest.raises(EnvironmentProblem, match="STO-004"):
        signoff.standing(approved, ASSESSMENT)
