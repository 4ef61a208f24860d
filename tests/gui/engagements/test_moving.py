"""Moving an assessment to a newer edition in the window, and confirming afterwards what came over changed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import Answer, AnswerValue
from maturity_desktop.domain.ids import AssessmentId, CriterionId
from maturity_desktop.gui.assessment.presenter import QuestionnaireScreen
from maturity_desktop.gui.assessment.state.tree import Filter
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.differences.state import DifferenceRow
from maturity_desktop.gui.common.screens import Destination, Goal, Place
from maturity_desktop.gui.engagements.moving import Moving
from maturity_desktop.gui.engagements.presenter import EngagementsScreen
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.services import assessments, engagements, snapshots, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.factories.newer_edition import NEW_TEXT, newer, write_edition
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment, make_assessment

STANDARD = "cn-devops-3"


@dataclass(frozen=True)
class Scene:
    """An answered assessment; the next edition is among the user's own standards."""

    real: RealAssessment
    own: Path
    reworded: CriterionId
    kept: CriterionId
    removed: CriterionId

    @property
    def old_id(self) -> AssessmentId:
        return self.real.assessment.id


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    shelf, own = tmp_path / "standards", tmp_path / "own"
    shutil.copytree(paths.standards() / STANDARD, shelf / STANDARD)
    own.mkdir()
    return Machine(clock=SystemClock(), standards=(shelf, own), cache=tmp_path / "cache")


@pytest.fixture
def scene(machine: Machine, tmp_path: Path) -> Iterator[Scene]:
    real = make_assessment(machine, tmp_path, standard=STANDARD)
    first, second, last = real.edition.items[0], real.edition.items[1], real.edition.items[-1]
    reworded, kept, removed = first.criteria[2].id, first.criteria[1].id, second.criteria[-1].id
    new = newer(real.edition, reworded=reworded, removed=removed, dropped_item=last.code)
    write_edition(new, machine.standards[-1])
    wishes = tuple(
        AnswerRequest(criterion_id=key, value=AnswerValue.COMPLIANT, rationale="看过")
        for key in (reworded, kept, removed)
    )
    assessments.record_answers(real.workspace, real.assessment.id, wishes)
    yield Scene(real, machine.standards[-1], reworded, kept, removed)
    workspaces.close(real.workspace)


@pytest.fixture
def screen(desk: Desk, scene: Scene, executor: ManualExecutor, qtbot: QtBot) -> EngagementsScreen:
    made = EngagementsScreen(desk, desk.theme)
    qtbot.addWidget(made.view)
    made.view.resize(1220, 664)
    made.view.show()
    desk.hub.changed.connect(made.receive)
    made.enter(Place(workspace=scene.real.workspace))
    made.activate()
    executor.settle()
    return made


def begun(screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot) -> Moving:
    found = screen.view.findChild(QPushButton, f"move_{scene.old_id}")
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    executor.settle()
    assert screen.moving is not None
    return screen.moving


def rows(moving: Moving) -> dict[str, DifferenceRow]:
    return {row.id: row for row in moving.dialog.differences.model.rows}


def move(screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot) -> Goal:
    goals: list[Goal] = []
    screen.goal_wanted.connect(goals.append)
    moving = begun(screen, scene, executor, qtbot)
    qtbot.mouseClick(moving.dialog.submit_button, Qt.MouseButton.LeftButton)
    executor.settle()
    assert len(goals) == 1
    return goals[0]


def test_the_card_offers_a_newer_edition_of_the_users_own_only_where_there_is_one(
    screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    offered = screen.view.findChild(QPushButton, f"move_{scene.old_id}")
    assert offered is not None
    assert offered.isVisible()
    assert "2027.1" in offered.text()
    copy = move(screen, scene, executor, qtbot).assessment_id
    executor.settle()
    on_copy = screen.view.findChild(QPushButton, f"move_{copy}")
    assert on_copy is not None
    assert not on_copy.isVisible()


def test_an_edition_imported_meanwhile_is_offered_when_the_screen_is_shown_again(
    screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    screen.deactivate()
    write_edition(replace(scene.real.edition, edition_id="2029.1"), scene.own)
    screen.activate()
    executor.settle()
    box = begun(screen, scene, executor, qtbot).dialog.box
    assert box.isVisible()
    assert {box.itemData(place) for place in range(box.count())} == {f"{STANDARD}@2027.1", f"{STANDARD}@2029.1"}


def test_the_dialog_shows_the_difference_before_anything_is_made(
    screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    moving = begun(screen, scene, executor, qtbot)
    shown = rows(moving)
    assert (shown[scene.reworded].kind, shown[scene.reworded].what) == ("changed", "to_confirm")
    assert NEW_TEXT.zh in [side.new for side in shown[scene.reworded].sides]
    assert (shown[scene.removed].kind, shown[scene.removed].what) == ("removed", "left_behind")
    assert list(moving.dialog.facts.shown.values())[:4] == ["2", "1", "1", "0"]
    box = moving.dialog.differences.kinds
    box.setCurrentIndex(box.findData("to_confirm"))
    assert set(rows(moving)) == {scene.reworded}
    moving.dialog.reject()
    assert len(engagements.list_engagements(scene.real.workspace)[0].assessments) == 1


def test_the_move_opens_the_copy_and_leaves_the_original_untouched(
    screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    before = content_digest(snapshots.take(scene.real.workspace, scene.old_id))
    goal = move(screen, scene, executor, qtbot)
    assert goal.destination is Destination.QUESTIONNAIRE
    assert goal.assessment_id not in (None, scene.old_id)
    assert content_digest(snapshots.take(scene.real.workspace, scene.old_id)) == before
    listed = engagements.list_engagements(scene.real.workspace)[0].assessments
    assert {card.edition_id for card in listed} == {scene.real.edition.edition_id, "2027.1"}


def test_an_edition_that_is_gone_by_then_is_refused_with_a_reason(
    screen: EngagementsScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    shutil.rmtree(scene.own / STANDARD)
    moving = begun(screen, scene, executor, qtbot)
    assert moving.dialog.message.isVisible()
    assert not moving.dialog.submit_button.isEnabled()


@pytest.fixture
def questionnaire(
    screen: EngagementsScreen, scene: Scene, desk: Desk, executor: ManualExecutor, qtbot: QtBot
) -> QuestionnaireScreen:
    """The questionnaire on the copy, at the criterion to be confirmed."""
    goal = move(screen, scene, executor, qtbot)
    made = QuestionnaireScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitActive(made.page):
        made.page.show()
        made.page.activateWindow()
    made.enter(Place(workspace=scene.real.workspace, assessment_id=goal.assessment_id))
    made.activate()
    made.go_to(Goal(destination=Destination.QUESTIONNAIRE, criterion_id=scene.reworded))
    executor.settle()
    return made


def answer_of(questionnaire: QuestionnaireScreen, scene: Scene) -> Answer:
    place = questionnaire.place
    assert place is not None
    assert place.assessment_id is not None
    return assessments.load_sheet(scene.real.workspace, place.assessment_id).answers[scene.reworded]


def chip(questionnaire: QuestionnaireScreen) -> QPushButton:
    found = questionnaire.page.tree.findChild(QPushButton, "filter_to_confirm")
    assert found is not None
    return found


def test_what_is_to_be_confirmed_is_marked_and_found_by_its_filter(
    questionnaire: QuestionnaireScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    mark = questionnaire.page.criterion.findChild(QLabel, "criterion_to_confirm")
    assert mark is not None
    assert mark.isVisible()
    before = questionnaire.page.criterion.findChild(QLabel, "criterion_before")
    assert before is not None
    assert scene.real.edition.criterion_by_id[scene.reworded].text.zh in before.text()
    marked = [row for cell in questionnaire.page.grid.model.cells for row in cell.rows if row.to_confirm]
    assert [row.id for row in marked] == [scene.reworded]
    assert chip(questionnaire).isVisible()
    assert "1" in chip(questionnaire).text()
    qtbot.mouseClick(chip(questionnaire), Qt.MouseButton.LeftButton)
    assert questionnaire.page.tree.chosen_filters() == {Filter.TO_CONFIRM}
    assert questionnaire.walker.allowed == {scene.real.edition.items[0].code: (scene.reworded,)}


def test_confirming_clears_mark_and_filter_and_undo_brings_them_back(
    questionnaire: QuestionnaireScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    qtbot.mouseClick(chip(questionnaire), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(questionnaire.page.criterion.confirm, Qt.MouseButton.LeftButton)
    executor.settle()
    assert not answer_of(questionnaire, scene).to_confirm
    assert answer_of(questionnaire, scene).value is AnswerValue.COMPLIANT
    assert not chip(questionnaire).isVisible()
    assert questionnaire.walker.allowed is None
    questionnaire.recorder.undo()
    executor.settle()
    assert answer_of(questionnaire, scene).to_confirm
    assert chip(questionnaire).isVisible()


def test_giving_the_same_answer_again_by_its_key_confirms_it(
    questionnaire: QuestionnaireScreen, scene: Scene, executor: ManualExecutor, qtbot: QtBot
) -> None:
    questionnaire.page.take_keys()
    qtbot.keyClick(questionnaire.page.grid, Qt.Key.Key_Y)
    executor.settle()
    assert not answer_of(questionnaire, scene).to_confirm
    assert answer_of(questionnaire, scene).revision == 2
