"""Moving an assessment to a newer edition: a copy that carries everything over by id and says what to confirm."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import Answer, AnswerValue, SelfRating
from maturity_desktop.domain.engagement import Scope
from maturity_desktop.domain.evidence import EvidenceLink
from maturity_desktop.domain.ids import AssessmentId, CriterionId, NodeCode
from maturity_desktop.domain.results import CoverageFinding, Rating
from maturity_desktop.domain.standard import Edition, EvidenceKind, HalfStep
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.services import (
    assessments,
    editions,
    engagements,
    evidence,
    journal,
    results,
    snapshots,
    workspaces,
)
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine
from maturity_desktop.services.edition_changes import ChangedPart, CriterionFate, compare
from maturity_desktop.services.evidence import Refer
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.factories.newer_edition import NEW_TEXT, newer, write_edition
from tests.gui.real_assessment import RealAssessment, make_assessment

STANDARD = "cn-devops-3"


@dataclass(frozen=True)
class Scene:
    """An answered assessment, and the next edition in the library."""

    real: RealAssessment
    new: Edition
    reworded: CriterionId
    removed: CriterionId
    kept: CriterionId
    dropped_item: NodeCode

    @property
    def old_id(self) -> AssessmentId:
        return self.real.assessment.id


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    shelf = tmp_path / "standards"
    shutil.copytree(paths.standards() / STANDARD, shelf / STANDARD)
    machine = Machine(clock=SystemClock(), standards=(shelf,), cache=tmp_path / "cache")
    real = make_assessment(machine, tmp_path, standard=STANDARD)
    first, second, last = real.edition.items[0], real.edition.items[1], real.edition.items[-1]
    reworded, kept, removed = first.criteria[2].id, first.criteria[1].id, second.criteria[-1].id
    new = newer(real.edition, reworded=reworded, removed=removed, dropped_item=last.code)
    write_edition(new, shelf)
    scene = Scene(real, new, reworded, removed, kept, last.code)
    _answer(scene)
    yield scene
    workspaces.close(real.workspace)


def _answer(scene: Scene) -> None:
    workspace, old = scene.real.workspace, scene.old_id
    yes, no = AnswerValue.COMPLIANT, AnswerValue.NOT_COMPLIANT
    dropped = scene.real.edition.item_by_code[scene.dropped_item].criteria[0].id
    wishes = (
        AnswerRequest(criterion_id=scene.reworded, value=no, rationale="构建没有时限"),
        AnswerRequest(criterion_id=scene.kept, value=yes, rationale="看过记录"),
        AnswerRequest(criterion_id=scene.removed, value=yes),
        AnswerRequest(criterion_id=dropped, value=yes),
    )
    assessments.record_answers(workspace, old, wishes)
    rating = Rating(3, HalfStep.MINUS)
    first, last = scene.real.edition.items[0].code, scene.dropped_item
    for code in (first, last):
        assessments.override_rating(workspace, old, code, rating, "现场演示")
        assessments.save_self_rating(workspace, old, SelfRating(item_code=code, rating=Rating(3), remark="自评"))
    links = tuple(EvidenceLink(assessment_id=old, criterion_id=key) for key in (scene.kept, scene.removed))
    evidence.refer(workspace, Refer(file_name="构建记录.pdf", place="档案室", kind=EvidenceKind.DOCUMENT, links=links))


def test_only_newer_editions_of_the_same_standard_are_offered(scene: Scene) -> None:
    offered = editions.newer_editions(scene.real.workspace, scene.old_id)
    assert [card.edition_id for card in offered] == ["2027.1"]
    moved = editions.move(scene.real.workspace, scene.old_id, "2027.1").value
    assert editions.newer_editions(scene.real.workspace, moved.assessment.id) == ()


def test_the_difference_names_every_criterion_and_what_of_it_changed(scene: Scene) -> None:
    found = editions.forecast(scene.real.workspace, scene.old_id, "2027.1").difference
    changed = [change for change in found.changes if change.fate is CriterionFate.CHANGED]
    assert [change.criterion_id for change in changed] == [scene.reworded]
    assert ChangedPart.TEXT in changed[0].parts
    assert changed[0].new is not None
    assert changed[0].new.criterion.text == NEW_TEXT
    gone = {change.criterion_id for change in found.changes if change.fate is CriterionFate.REMOVED}
    dropped = scene.real.edition.item_by_code[scene.dropped_item].criteria
    assert gone == {scene.removed, *(criterion.id for criterion in dropped)}
    total = len(scene.real.edition.criterion_by_id)
    assert found.unchanged + found.count(CriterionFate.REMOVED) + found.count(CriterionFate.CHANGED) == total


def test_an_edition_does_not_differ_from_itself_and_what_is_added_shows_backwards(scene: Scene) -> None:
    old, new = scene.real.edition, scene.new
    assert compare(old, old).changes == ()
    assert compare(new, old).count(CriterionFate.ADDED) == compare(old, new).count(CriterionFate.REMOVED)


def test_answers_overrides_self_ratings_and_links_go_over_by_id(scene: Scene) -> None:
    workspace = scene.real.workspace
    moved = editions.move(workspace, scene.old_id, "2027.1").value
    sheet = assessments.load_sheet(workspace, moved.assessment.id)
    assert sheet.edition == scene.new
    assert set(sheet.answers) == {scene.reworded, scene.kept}
    assert len(moved.transfer.answers) == 2
    before = assessments.load_sheet(workspace, scene.old_id)
    assert sheet.answers[scene.kept] == replace(before.answers[scene.kept], revision=1)
    first = scene.real.edition.items[0].code
    assert sheet.overrides == {first: before.overrides[first]}
    assert sheet.self_ratings == {first: before.self_ratings[first]}
    assert sheet.evidence_counts == {scene.kept: 1}
    assert moved.transfer.evidence_links == 1
    assert len(evidence.list_evidence(workspace)) == 1


def test_what_was_reworded_goes_over_to_be_confirmed_with_its_rationale(scene: Scene) -> None:
    workspace = scene.real.workspace
    moved = editions.move(workspace, scene.old_id, "2027.1").value
    answers = assessments.load_sheet(workspace, moved.assessment.id).answers
    assert moved.transfer.to_confirm == (scene.reworded,)
    assert answers[scene.reworded].to_confirm
    assert not answers[scene.reworded].flagged
    assert answers[scene.reworded].value is AnswerValue.NOT_COMPLIANT
    assert answers[scene.reworded].rationale == "构建没有时限"
    assert not answers[scene.kept].to_confirm


def test_what_stays_behind_is_named_and_nothing_is_lost_in_silence(scene: Scene) -> None:
    moved = editions.move(scene.real.workspace, scene.old_id, "2027.1").value.transfer
    dropped = scene.real.edition.item_by_code[scene.dropped_item].criteria[0].id
    assert set(moved.left_behind) == {scene.removed, dropped}
    assert moved.overrides_left == moved.self_ratings_left == (scene.dropped_item,)
    assert moved.overrides_to_confirm == (scene.real.edition.items[0].code,)
    assert not moved.profile_changed


def test_the_old_assessment_stays_what_it_was_to_the_digest(scene: Scene) -> None:
    workspace = scene.real.workspace
    before = snapshots.take(workspace, scene.old_id)
    editions.move(workspace, scene.old_id, "2027.1")
    after = snapshots.take(workspace, scene.old_id)
    assert content_digest(after) == content_digest(before)
    assert after.edition_digest == before.edition_digest


def test_the_journal_tells_of_the_move_and_still_holds(scene: Scene) -> None:
    workspace = scene.real.workspace
    moved = editions.move(workspace, scene.old_id, "2027.1").value
    rows = journal.entries(workspace)
    told = {row.event for row in rows}
    assert {"assessment.added", "assessment.moved", "answer.carried", "rating.override_carried"} <= told
    confirm = [row for row in rows if row.event == "answer.carried" and row.reason]
    assert [row.subject for row in confirm] == [f"{moved.assessment.id}/{scene.reworded}"]
    assert journal.verify(workspace).is_intact


def test_the_copy_lives_on_after_reopening_with_the_same_result(scene: Scene) -> None:
    workspace = scene.real.workspace
    moved = editions.move(workspace, scene.old_id, "2027.1").value
    result = assessments.load_sheet(workspace, moved.assessment.id).results.overall
    workspace.session.forget()
    assert assessments.load_sheet(workspace, moved.assessment.id).results.overall == result
    listed = engagements.list_engagements(workspace)[0].assessments
    assert {card.edition_id for card in listed} == {scene.real.edition.edition_id, "2027.1"}


def test_a_scope_keeps_what_is_left_and_is_refused_when_nothing_is(scene: Scene) -> None:
    workspace = scene.real.workspace
    first = scene.real.edition.items[0].code
    both = replace(scene.real.assessment, scope=Scope(nodes=(first, scene.dropped_item)))
    saved = engagements.save_assessment(workspace, both).value
    assert editions.move(workspace, scene.old_id, "2027.1").value.assessment.scope == Scope(nodes=(first,))
    engagements.save_assessment(workspace, replace(saved, scope=Scope(nodes=(scene.dropped_item,))))
    count = len(engagements.list_engagements(workspace)[0].assessments)
    with pytest.raises(RuleBroken, match="EDN-002"):
        editions.move(workspace, scene.old_id, "2027.1")
    assert len(engagements.list_engagements(workspace)[0].assessments) == count


def test_other_editions_and_gone_assessments_are_refused(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="EDN-001"):
        editions.move(scene.real.workspace, scene.old_id, scene.real.edition.edition_id)
    with pytest.raises(EnvironmentProblem, match="WSP-020"):
        editions.move(scene.real.workspace, AssessmentId("gone"), "2027.1")


def test_an_answer_stays_to_be_confirmed_until_it_is_answered_even_with_the_same_value(scene: Scene) -> None:
    workspace = scene.real.workspace
    copy = editions.move(workspace, scene.old_id, "2027.1").value.assessment.id

    def answer() -> Answer:
        return assessments.load_sheet(workspace, copy).answers[scene.reworded]

    assessments.record_answers(workspace, copy, (AnswerRequest(criterion_id=scene.reworded, rationale="再看"),))
    assert answer().to_confirm
    same = AnswerRequest(criterion_id=scene.reworded, value=AnswerValue.NOT_COMPLIANT)
    assessments.record_answers(workspace, copy, (same,))
    assert not answer().to_confirm
    assert answer().revision == 3
    assessments.undo_last(workspace, copy)
    assert answer().to_confirm
    workspace.session.forget()
    assert answer().to_confirm
    assert journal.verify(workspace).is_intact


def test_coverage_asks_about_what_is_to_be_confirmed(scene: Scene) -> None:
    workspace = scene.real.workspace
    copy = editions.move(workspace, scene.old_id, "2027.1").value.assessment.id
    notes = results.coverage(workspace, copy)
    asked = [note.criterion_id for note in notes if note.finding is CoverageFinding.TO_CONFIRM]
    assert asked == [scene.reworded]


def test_a_forecast_says_what_the_move_then_does_and_writes_nothing(scene: Scene) -> None:
    workspace = scene.real.workspace
    entries = journal.verify(workspace).entries
    told = editions.forecast(workspace, scene.old_id, f"{STANDARD}@2027.1")
    assert journal.verify(workspace).entries == entries
    assert len(engagements.list_engagements(workspace)[0].assessments) == 1
    assert editions.move(workspace, scene.old_id, "2027.1").value.transfer == told


def test_a_move_takes_a_pack_from_outside_the_library(scene: Scene, tmp_path: Path) -> None:
    folder = write_edition(replace(scene.new, edition_id="2028.1"), tmp_path / "elsewhere")
    moved = editions.move(scene.real.workspace, scene.old_id, str(folder)).value
    assert assessments.load_sheet(scene.real.workspace, moved.assessment.id).edition.edition_id == "2028.1"


def test_a_pack_of_another_standard_or_an_older_one_is_refused(scene: Scene, tmp_path: Path) -> None:
    workspace = scene.real.workspace
    other = write_edition(replace(scene.new, standard_id="other-standard"), tmp_path / "elsewhere")
    with pytest.raises(RuleBroken, match="EDN-004"):
        editions.forecast(workspace, scene.old_id, str(other))
    with pytest.raises(RuleBroken, match="EDN-004"):
        editions.forecast(workspace, scene.old_id, "other-standard@2027.1")
    older = write_edition(replace(scene.new, edition_id="old", released_on=date(1999, 1, 1)), tmp_path / "elsewhere")
    with pytest.raises(RuleBroken, match="EDN-001"):
        editions.forecast(workspace, scene.old_id, str(older))


def test_the_workspace_knows_which_assessments_have_a_newer_edition(scene: Scene) -> None:
    workspace = scene.real.workspace
    copy = editions.move(workspace, scene.old_id, "2027.1").value.assessment.id
    offered = editions.all_newer_editions(workspace)
    assert [card.edition_id for card in offered[scene.old_id]] == ["2027.1"]
    assert copy not in offered
