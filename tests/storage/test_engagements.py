"""Institutions, systems, engagements, assessments, interviews: saved, changed, refused, listed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from maturity_desktop.domain.engagement import (
    Engagement,
    HandlingMark,
    Interview,
    InterviewMethod,
    Person,
    Phase,
    Role,
    Scope,
)
from maturity_desktop.domain.ids import (
    CriterionId,
    Digest,
    EngagementId,
    InstitutionId,
    InterviewId,
    LevelCode,
    NodeCode,
    PersonId,
    SystemId,
)
from maturity_desktop.domain.institution import Institution, InstitutionType, System, SystemKind
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Conflict, EnvironmentProblem, MaturityError, RuleBroken
from maturity_desktop.services import assessments, engagements, journal, workspaces
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen

INSTITUTION = Institution(
    id=InstitutionId("zy"),
    name=Text("中原消费金融", "Zhongyuan Consumer Finance"),
    aliases=("中原消金",),
    type=InstitutionType.CONSUMER_FINANCE,
    credit_code="91350100M000100Y43",
)
SYSTEM = System(
    id=SystemId("credit"),
    institution_id=INSTITUTION.id,
    name=Text("新一代消费信贷系统", "New Generation Consumer Credit System"),
    kind=SystemKind.TOOL_PLATFORM,
    description="核心",
)
ENGAGEMENT = Engagement(
    id=EngagementId("visit"),
    institution_id=INSTITUTION.id,
    title="2026 年评估",
    starts_on=date(2026, 11, 2),
    ends_on=date(2026, 11, 20),
    phase=Phase.REPORT,
    handling=HandlingMark.CONFIDENTIAL,
    is_sample=True,
    team=(
        Person(id=PersonId("p2"), name="王芳", role=Role.LEAD_ASSESSOR, department="评估部"),
        Person(id=PersonId("p1"), name="李雷", role=Role.COORDINATOR),
    ),
)


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    engagements.save_institution(workspace, INSTITUTION)
    engagements.save_system(workspace, SYSTEM)
    engagements.save_engagement(workspace, ENGAGEMENT)
    yield workspace
    workspaces.close(workspace)


def test_everything_saved_comes_back_after_reopening(workspace: Workspace) -> None:
    workspaces.close(workspace)
    opened = reopen(workspace)
    card = engagements.load_engagement(opened, ENGAGEMENT.id)
    assert (card.engagement, card.institution, card.assessments) == (ENGAGEMENT, INSTITUTION, ())
    assert engagements.list_systems(opened, INSTITUTION.id) == (SYSTEM,)
    workspaces.close(opened)


def test_lists_show_the_newest_engagement_first_with_its_assessments(workspace: Workspace) -> None:
    cards = engagements.list_engagements(workspace)
    assert [card.engagement.id for card in cards] == [ENGAGEMENT.id, "e"]
    assert [card.assessment.id for card in cards[1].assessments] == [ASSESSMENT]
    assert cards[1].assessments[0] == engagements.assessment_card(workspace, ASSESSMENT)
    assert cards[1].assessments[0].standard == Text("测试标准", "Test standard")


def test_institutions_are_listed_by_name(workspace: Workspace) -> None:
    engagements.save_institution(workspace, Institution(id=InstitutionId("x"), name=Text("", "Acme")))
    names = [each.name.pick("zh") for each in engagements.list_institutions(workspace)]
    assert names == sorted(names)
    assert len(names) == 3


def test_a_change_is_journalled_with_only_the_fields_that_differ(workspace: Workspace) -> None:
    engagements.save_engagement(workspace, replace(ENGAGEMENT, phase=Phase.EXPERT_REVIEW))
    entry = journal.entries(workspace, limit=1)[0]
    assert (entry.event, entry.subject) == ("engagement.changed", "visit")
    assert (json.loads(entry.old), json.loads(entry.new)) == ({"phase": "report"}, {"phase": "expert-review"})


def test_saving_the_same_again_writes_nothing(workspace: Workspace) -> None:
    before = journal.verify(workspace).entries
    engagements.save_institution(workspace, INSTITUTION)
    engagements.save_system(workspace, SYSTEM)
    assert engagements.save_engagement(workspace, ENGAGEMENT).value == ENGAGEMENT
    assert journal.verify(workspace).entries == before


def test_a_stale_version_is_a_conflict_and_changes_nothing(workspace: Workspace) -> None:
    newer = engagements.save_engagement(workspace, replace(ENGAGEMENT, title="新标题")).value
    assert newer.version == 2
    with pytest.raises(Conflict, match="ENG-009"):
        engagements.save_engagement(workspace, replace(ENGAGEMENT, title="旧标题"))
    assert engagements.load_engagement(workspace, ENGAGEMENT.id).engagement == newer


@pytest.mark.parametrize(
    ("save", "code"),
    [
        (lambda w: engagements.save_institution(w, replace(INSTITUTION, credit_code="91350100M000100Y44")), "ENG-001"),
        (lambda w: engagements.save_institution(w, replace(INSTITUTION, name=Text(" ", ""))), "ENG-002"),
        (lambda w: engagements.save_system(w, replace(SYSTEM, name=Text())), "ENG-002"),
        (lambda w: engagements.save_engagement(w, replace(ENGAGEMENT, ends_on=date(2026, 11, 1))), "ENG-003"),
        (lambda w: engagements.save_engagement(w, replace(ENGAGEMENT, title="  ")), "ENG-004"),
        (lambda w: engagements.save_system(w, replace(SYSTEM, institution_id=InstitutionId("no"))), "WSP-020"),
        (lambda w: engagements.save_engagement(w, replace(ENGAGEMENT, institution_id=InstitutionId("no"))), "WSP-020"),
        (lambda w: engagements.load_engagement(w, EngagementId("no")), "WSP-020"),
        (lambda w: engagements.delete_interview(w, InterviewId("no")), "WSP-020"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_its_code(workspace: Workspace, save, code: str) -> None:  # type: ignore[no-untyped-def]
    before = engagements.list_engagements(workspace)
    with pytest.raises(MaturityError) as refused:
        save(workspace)
    assert refused.value.code == code
    assert engagements.list_engagements(workspace) == before


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"edition_digest": Digest("0" * 64)}, "WSP-020"),
        ({"system_id": SystemId("no")}, "WSP-020"),
        ({"target_level": LevelCode("7")}, "ENG-006"),
        ({"profile_id": "wish"}, "ENG-006"),
        ({"scope": Scope(modules=("none",))}, "ENG-006"),
        ({"scope": Scope(nodes=(NodeCode("none"),))}, "ENG-006"),
    ],
)
def test_an_assessment_refers_only_to_what_its_edition_has(
    workspace: Workspace, changed: dict[str, object], code: str
) -> None:
    assessment = assessments.load_sheet(workspace, ASSESSMENT).assessment
    with pytest.raises((RuleBroken, EnvironmentProblem), match=code):
        engagements.save_assessment(workspace, replace(assessment, **changed))  # type: ignore[arg-type]


def test_the_edition_of_an_assessment_never_changes(workspace: Workspace) -> None:
    sheet = assessments.load_sheet(workspace, ASSESSMENT)
    with workspace.begin() as work:
        other = work.editions.add(replace(sheet.edition, edition_id="2"))
    with pytest.raises(RuleBroken, match="ENG-005"):
        engagements.save_assessment(workspace, replace(sheet.assessment, edition_digest=other))


def test_scope_and_target_of_an_assessment_can_change_and_results_follow(workspace: Workspace) -> None:
    sheet = assessments.load_sheet(workspace, ASSESSMENT)
    narrower = replace(sheet.assessment, scope=Scope(nodes=(NodeCode("CM-VC-BM"),)), target_level=LevelCode("2"))
    saved = engagements.save_assessment(workspace, narrower).value
    after = assessments.load_sheet(workspace, ASSESSMENT)
    assert after.assessment == saved
    assert list(after.results.items) == ["CM-VC-BM"]
    assert engagements.assessment_card(workspace, ASSESSMENT).progress.total == 6


def test_interviews_come_back_oldest_first_and_can_be_deleted(workspace: Workspace) -> None:
    later, earlier, undated = (
        Interview(
            id=InterviewId(name),
            engagement_id=ENGAGEMENT.id,
            held_on=day,
            method=InterviewMethod.DEMONSTRATION,
            people=("赵六", "钱七"),
            criteria=(CriterionId("b"), CriterionId("a")),
            notes="现场",
        )
        for name, day in (("later", date(2026, 11, 9)), ("earlier", date(2026, 11, 3)), ("undated", None))
    )
    for each in (later, undated, earlier):
        engagements.save_interview(workspace, each)
    assert engagements.list_interviews(workspace, ENGAGEMENT.id) == (earlier, later, undated)
    engagements.delete_interview(workspace, later.id)
    assert engagements.list_interviews(workspace, ENGAGEMENT.id) == (earlier, undated)
    assert journal.entries(workspace, limit=1)[0].event == "interview.deleted"
