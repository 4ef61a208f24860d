"""Recording answers, taking them back, overriding, searching: through the services on a real database."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue, SelfRating
from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import Rating
from maturity_desktop.domain.standard import HalfStep
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.scoring import compute_results
from maturity_desktop.services import assessments, engagements, journal, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen

FIRST, SECOND = CriterionId("CM-VC-VCS-1.1"), CriterionId("CM-VC-VCS-1.2")
ITEM = NodeCode("CM-VC-VCS")
YES, NO = AnswerValue.COMPLIANT, AnswerValue.NOT_COMPLIANT


@pytest.fixture(name="workspace")
def open_one(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_workspace(tmp_path)
    yield workspace
    workspaces.close(workspace)


def record(workspace: Workspace, *wishes: AnswerRequest) -> assessments.AnswersRecorded:
    return assessments.record_answers(workspace, ASSESSMENT, wishes).value


def say(criterion: CriterionId, value: AnswerValue | None = YES, rationale: str | None = None) -> AnswerRequest:
    return AnswerRequest(criterion_id=criterion, value=value, rationale=rationale)


def narrow_scope(workspace: Workspace) -> None:
    assessment = assessments.load_sheet(workspace, ASSESSMENT).assessment
    engagements.save_assessment(workspace, replace(assessment, scope=Scope(nodes=(NodeCode("CM-VC-BM"),))))


def test_each_answer_is_a_new_revision_and_the_newest_counts(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES))
    record(workspace, say(FIRST, NO, "少一份记录"))
    told = assessments.history(workspace, ASSESSMENT, FIRST)
    assert [(each.revision, each.value, each.by) for each in told] == [(1, YES, "陈思远"), (2, NO, "陈思远")]
    assert assessments.load_sheet(workspace, ASSESSMENT).answers[FIRST] == told[-1]


def test_a_wish_without_a_value_leaves_the_value_as_it_is(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES, "看过"))
    record(workspace, AnswerRequest(criterion_id=FIRST, flagged=True))
    newest = assessments.history(workspace, ASSESSMENT, FIRST)[-1]
    assert (newest.value, newest.rationale, newest.flagged) == (YES, "看过", True)


def test_a_wish_that_changes_nothing_writes_nothing(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES))
    before = journal.verify(workspace).entries
    again = record(workspace, say(FIRST, YES), say(SECOND, AnswerValue.NOT_ASSESSED))
    assert again.answers == ()
    assert journal.verify(workspace).entries == before


def test_several_wishes_for_one_criterion_become_one_revision(workspace: Workspace) -> None:
    told = record(workspace, say(FIRST, YES), say(FIRST, None, "第二个愿望"))
    assert [(each.revision, each.value, each.rationale) for each in told.answers] == [(1, YES, "第二个愿望")]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (say(FIRST, AnswerValue.NOT_APPLICABLE, "  "), "ANS-001"),
        (say(FIRST, YES, "x" * 20_001), "ANS-002"),
        (say(CriterionId("nowhere"), YES), "ANS-003"),
        (say(FIRST, YES), "ANS-004"),
    ],
)
def test_one_wish_that_breaks_a_rule_refuses_them_all(workspace: Workspace, wish: AnswerRequest, code: str) -> None:
    if code == "ANS-004":
        narrow_scope(workspace)
    before = journal.verify(workspace).entries
    with pytest.raises(RuleBroken, match=code):
        record(workspace, say(CriterionId("CM-VC-BM-1.1")), wish)
    assert assessments.load_sheet(workspace, ASSESSMENT).answers == {}
    assert journal.verify(workspace).entries == before


def test_results_told_are_those_computed_from_the_stored_answers(workspace: Workspace) -> None:
    told = record(workspace, *(say(CriterionId(f"{ITEM}-{level}.{n}")) for level in (1, 2) for n in (1, 2)))
    workspaces.close(workspace)
    opened = reopen(workspace)
    sheet = assessments.load_sheet(opened, ASSESSMENT)
    assert told.results == sheet.results
    assert told.results == compute_results(sheet.edition, sheet.assessment, sheet.answers, sheet.overrides)
    assert told.items[0].computed == Rating(2)
    assert [node.code for node in told.nodes] == ["CM"]
    card = engagements.assessment_card(opened, ASSESSMENT)
    assert (card.progress, card.result) == (told.progress, told.overall.rating)
    workspaces.close(opened)


def test_each_answer_has_its_own_journal_row_with_old_and_new(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES), say(SECOND, NO, "无"))
    record(workspace, say(FIRST, NO))
    newest, *before = journal.entries(workspace, limit=3)
    assert [entry.subject.split("/")[1] for entry in (newest, *before)] == [FIRST, SECOND, FIRST]
    assert '"value":"compliant"' in newest.old
    assert '"value":"not_compliant"' in newest.new
    assert before[0].old == ""


def test_undo_appends_the_old_values_and_redo_the_new_ones(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES, "看过"))
    record(workspace, say(FIRST, NO))
    for undone in (YES, AnswerValue.NOT_ASSESSED):
        outcome = assessments.undo_last(workspace, ASSESSMENT)
        assert outcome is not None
        assert outcome.value.answers[0].value is undone
    assert assessments.undo_last(workspace, ASSESSMENT) is None
    for redone in (YES, NO):
        outcome = assessments.redo_last(workspace, ASSESSMENT)
        assert outcome is not None
        assert (outcome.value.answers[0].value, outcome.value.answers[0].rationale) == (redone, "看过")
    assert assessments.redo_last(workspace, ASSESSMENT) is None
    assert [each.revision for each in assessments.history(workspace, ASSESSMENT, FIRST)] == [1, 2, 3, 4, 5, 6]
    assert journal.entries(workspace, limit=3)[2].event == "answer.undone"
    assert journal.verify(workspace).is_intact


def test_a_new_answer_ends_redoing(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES))
    assessments.undo_last(workspace, ASSESSMENT)
    record(workspace, say(SECOND, YES))
    assert assessments.redo_last(workspace, ASSESSMENT) is None


def test_undo_belongs_to_the_session(workspace: Workspace) -> None:
    record(workspace, say(FIRST, YES))
    workspaces.close(workspace)
    opened = reopen(workspace)
    assert assessments.undo_last(opened, ASSESSMENT) is None
    workspaces.close(opened)


def test_an_override_stands_beside_the_computed_rating_until_taken_away(workspace: Workspace) -> None:
    told = assessments.override_rating(workspace, ASSESSMENT, ITEM, Rating(2), "现场演示").value
    assert (told.items[0].effective, told.items[0].computed) == (Rating(2), told.items[0].computed)
    assert told.items[0].computed != Rating(2)
    workspaces.close(workspace)
    opened = reopen(workspace)
    assert assessments.load_sheet(opened, ASSESSMENT).overrides[ITEM].reason == "现场演示"
    assessments.override_rating(opened, ASSESSMENT, ITEM, None, "复核后撤回")
    assert assessments.load_sheet(opened, ASSESSMENT).overrides == {}
    assessments.undo_last(opened, ASSESSMENT)
    workspaces.close(opened)
    again = reopen(workspace)
    assert assessments.load_sheet(again, ASSESSMENT).overrides[ITEM].rating == Rating(2)
    workspaces.close(again)


@pytest.mark.parametrize(
    ("item", "rating", "reason", "code"),
    [
        (ITEM, Rating(2), " ", "ANS-005"),
        (ITEM, Rating(9), "because", "ANS-006"),
        (ITEM, Rating(2, HalfStep.PLUS), "because", "ANS-006"),
        (NodeCode("nowhere"), Rating(2), "because", "ANS-004"),
    ],
)
def test_an_override_needs_a_reason_and_a_rating_of_the_scale(
    workspace: Workspace, item: NodeCode, rating: Rating, reason: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        assessments.override_rating(workspace, ASSESSMENT, item, rating, reason)


def test_a_self_rating_stands_beside_and_changes_no_result(workspace: Workspace) -> None:
    before = assessments.load_sheet(workspace, ASSESSMENT).results
    own = SelfRating(item_code=ITEM, rating=Rating(3), remark="自评", gap="缺少分支策略")
    assessments.save_self_rating(workspace, ASSESSMENT, own)
    sheet = assessments.load_sheet(workspace, ASSESSMENT)
    assert sheet.self_ratings == {ITEM: own}
    assert sheet.results == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要求", 12),
        ("DEMAND cm-vc-bm", 6),
        ("防火", 1),
        ("防火 demand", 1),
        ("防火 没有", 0),
        ("100%", 1),
        ("%", 1),
        ("", 0),
        ("  ", 0),
    ],
)
def test_search_finds_texts_codes_and_rationales(workspace: Workspace, text: str, expected: int) -> None:
    record(workspace, say(FIRST, YES, "已核对防火墙策略"), say(SECOND, YES, "覆盖 100%"))
    assert len(assessments.search(workspace, ASSESSMENT, text)) == expected


def test_search_keeps_to_scope_order_and_limit(workspace: Workspace) -> None:
    assert assessments.search(workspace, ASSESSMENT, "要求", limit=3) == (FIRST, SECOND, "CM-VC-VCS-2.1")
    narrow_scope(workspace)
    assert len(assessments.search(workspace, ASSESSMENT, "要求")) == 6


def test_an_unknown_assessment_is_gone(workspace: Workspace) -> None:
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        assessments.load_sheet(workspace, AssessmentId("nothing"))


def test_answers_from_many_threads_are_all_kept(workspace: Workspace) -> None:
    criteria = list(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id)

    def answer_all(number: int) -> None:
        for criterion in criteria:
            record(workspace, say(criterion, YES, f"{number}"))
            assessments.load_sheet(workspace, ASSESSMENT)

    threads = [threading.Thread(target=answer_all, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    sheet = assessments.load_sheet(workspace, ASSESSMENT)
    assert all(sheet.answers[criterion].revision == 4 for criterion in criteria)
    assert sheet.results == compute_results(sheet.edition, sheet.assessment, sheet.answers, sheet.overrides)
    assert journal.verify(workspace).is_intact


def test_a_refused_commit_leaves_memory_and_database_alike(workspace: Workspace) -> None:
    refuse = "CREATE TRIGGER refuse BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no'); END"
    record(workspace, say(FIRST, YES))
    with workspace.begin() as work:
        work.connection.exec_driver_sql(refuse)
    with pytest.raises(Exception, match="no"):
        record(workspace, say(FIRST, NO), say(SECOND, YES))
    with workspace.begin() as work:
        work.connection.exec_driver_sql("DROP TRIGGER refuse")
    sheet = assessments.load_sheet(workspace, ASSESSMENT)
    assert (sheet.answers[FIRST].value, SECOND in sheet.answers) == (YES, False)
    assert [each.value for each in assessments.history(workspace, ASSESSMENT, FIRST)] == [YES]
