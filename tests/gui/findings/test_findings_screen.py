"""The findings screen on a real workspace: registers saved, refused, deleted, and bound to criteria."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.findings import Grade, ReworkState
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.gui.common.checklist import ChecklistDialog
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination, Goal
from maturity_desktop.gui.findings.presenter import FindingsScreen
from maturity_desktop.services import engagements, findings
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

CRITERION = CriterionId("CM-VC-BM-3.1")


@pytest.fixture
def screen(desk: Desk, real: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> Iterator[FindingsScreen]:
    made = FindingsScreen(desk)
    qtbot.addWidget(made.page)
    made.page.resize(1220, 664)
    with qtbot.waitActive(made.page):
        made.page.show()
        made.page.activateWindow()
    made.enter(real.place)
    made.activate()
    executor.settle()
    yield made
    executor.settle()


def write_observation(screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, text: str) -> None:
    screen.go_to(Goal(destination=Destination.FINDINGS, criterion_id=CRITERION))
    executor.settle()
    field = screen.page.findChild(QPlainTextEdit, "observation_text")
    assert field is not None
    assert field.hasFocus()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    executor.settle()


def test_an_observation_is_written_for_the_criterion_it_came_from(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    write_observation(screen, executor, qtbot, "branch lived 41 days")
    (saved,) = findings.list_observations(real.workspace, real.assessment.id)
    assert (saved.text, saved.criteria, saved.grade) == (
        "branch lived 41 days",
        (CRITERION,),
        Grade.MINOR_NONCONFORMITY,
    )
    assert len(screen.page.observations.model.rows) == 1


def test_without_text_it_is_refused_and_the_form_stays(
    screen: FindingsScreen, executor: ManualExecutor, real: RealAssessment
) -> None:
    screen.page.observations.new_wanted.emit()
    form = screen.page.observations.form
    form.impact.setPlainText("slow feedback")  # type: ignore[attr-defined]  # the observation form's own field
    screen.page.observations.flush()
    executor.settle()
    assert findings.list_observations(real.workspace, real.assessment.id) == ()
    assert screen.page.message.isVisible()
    assert form.impact.toPlainText() == "slow feedback"  # type: ignore[attr-defined]  # as above


def test_a_change_is_saved_when_another_record_is_chosen(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    write_observation(screen, executor, qtbot, "first")
    write_observation(screen, executor, qtbot, "second")
    tab = screen.page.observations
    tab.table.selectRow(0)
    chosen = tab._record
    assert chosen is not None
    field = screen.page.findChild(QLineEdit, "observation_responsible")
    assert field is not None
    qtbot.keyClicks(field, "Li")
    tab.table.selectRow(1)
    executor.settle()
    saved = {one.id: one for one in findings.list_observations(real.workspace, real.assessment.id)}
    assert saved[chosen.id].responsible == "Li"
    assert saved[chosen.id].rework is ReworkState.NONE


def test_deleting_takes_the_record_off_the_register(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    write_observation(screen, executor, qtbot, "to be deleted")
    qtbot.mouseClick(screen.page.observations.delete, Qt.MouseButton.LeftButton)
    executor.settle()
    assert findings.list_observations(real.workspace, real.assessment.id) == ()


def test_criteria_are_chosen_from_a_list(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    write_observation(screen, executor, qtbot, "two criteria")
    screen.page.observations.form.criteria_wanted.emit()
    dialog = screen.page.findChild(ChecklistDialog)
    assert dialog is not None
    place = next(row for row in range(dialog.model.rowCount()) if "CM-VC-BM-3.2" in dialog.model.index(row).data())
    dialog.model.setData(dialog.model.index(place), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    dialog.accept()
    screen.page.observations.flush()
    executor.settle()
    (saved,) = findings.list_observations(real.workspace, real.assessment.id)
    assert saved.criteria == (CRITERION, "CM-VC-BM-3.2")


def test_a_claim_is_kept_as_claimed(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, real: RealAssessment
) -> None:
    screen.page.claims.new_wanted.emit()
    for name, text in (("metric", "releases"), ("after", "18"), ("unit", "per month"), ("source", "publication")):
        field = screen.page.findChild(QLineEdit, f"claim_{name}")
        assert field is not None
        qtbot.keyClicks(field, text)
    screen.page.claims.flush()
    executor.settle()
    (saved,) = findings.list_claims(real.workspace, real.assessment.id)
    assert (saved.metric, saved.after, saved.unit, saved.source) == ("releases", "18", "per month", "publication")


def test_an_interview_splits_its_people(screen: FindingsScreen, executor: ManualExecutor, real: RealAssessment) -> None:
    screen.page.interviews.new_wanted.emit()
    field = screen.page.findChild(QLineEdit, "interview_people")
    assert field is not None
    field.setText("王工、李工, Zhao")
    screen.page.interviews.form.touched()
    screen.page.interviews.flush()
    executor.settle()
    (saved,) = engagements.list_interviews(real.workspace, real.assessment.engagement_id)
    assert saved.people == ("王工", "李工", "Zhao")


def test_every_register_keeps_the_model_contract(
    screen: FindingsScreen, executor: ManualExecutor, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    write_observation(screen, executor, qtbot, "one")
    for part in screen.page.parts:
        qtmodeltester.check(part.model)
        qtmodeltester.check(part.rows)
