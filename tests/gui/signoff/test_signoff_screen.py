"""The review on screen: who may do what, what an approval is bound to, and what happens to it when things change."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.engagement import Role
from maturity_desktop.domain.signoff import SignoffAct, SignoffState
from maturity_desktop.errors import RuleBroken
from maturity_desktop.gui.assessment.loading import load_state
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.signoff.presenter import SignoffScreen
from maturity_desktop.gui.signoff.state import ActInputs, Pace, obstacle, stages
from maturity_desktop.services import assessments, engagements, identities, journal, keeping, signoff
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.identities import NewIdentity
from maturity_desktop.services.keeping import KeepWish
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment


@pytest.fixture
def answered(real: RealAssessment) -> RealAssessment:
    answer(real, AnswerValue.COMPLIANT)
    return real


def answer(real: RealAssessment, value: AnswerValue, rationale: str = "") -> None:
    first = next(iter(real.edition.criterion_by_id))
    request = AnswerRequest(criterion_id=first, value=value, rationale=rationale)
    assessments.record_answers(real.workspace, real.assessment.id, (request,))


@pytest.fixture
def screen(desk: Desk, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> SignoffScreen:
    screen = SignoffScreen(desk)
    screen.setParent(desk.theme)
    qtbot.addWidget(screen.view)
    desk.hub.changed.connect(screen.receive)
    screen.view.resize(1076, 670)
    screen.view.show()
    screen.enter(answered.place)
    screen.activate()
    executor.settle()
    return screen


def click(screen: SignoffScreen, name: str, qtbot: QtBot) -> None:
    found = screen.view.findChild(QPushButton, name)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def act(screen: SignoffScreen, name: str, executor: ManualExecutor, qtbot: QtBot, words: str = "") -> None:
    click(screen, f"review_{name}", qtbot)
    comment = screen.view.findChild(QPlainTextEdit, "review_comment")
    assert comment is not None
    qtbot.keyClicks(comment, words)
    click(screen, "review_dialog_submit", qtbot)
    executor.settle()


def possible(screen: SignoffScreen) -> set[SignoffAct]:
    return {each for each, made in screen.page.buttons.items() if not made.isHidden()}


def test_the_way_to_an_approval_shows_its_digest_and_everybody_who_acted(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    assert possible(screen) == {SignoffAct.SUBMIT}
    act(screen, "submit", executor, qtbot, "please look")
    assert possible(screen) == {SignoffAct.REQUEST_CHANGES, SignoffAct.APPROVE}
    act(screen, "approve", executor, qtbot)
    assert possible(screen) == {SignoffAct.REOPEN}
    approval = signoff.standing(answered.workspace, answered.assessment.id).approval
    digest = screen.view.findChild(QLabel, "review_digest")
    assert approval is not None
    assert digest is not None
    assert approval.content_digest in digest.text()
    history = screen.view.findChild(QTableView, "review_history")
    assert history is not None
    rows = [[history.model().index(row, column).data() for column in range(6)] for row in range(2)]
    assert [row[1] for row in rows] == ["批准", "提交审核"]
    assert {row[2] for row in rows} == {"陈评估"}
    assert rows[1][4] == "please look"


def test_handing_back_needs_words(screen: SignoffScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    act(screen, "submit", executor, qtbot)
    click(screen, "review_request_changes", qtbot)
    send = screen.view.findChild(QPushButton, "review_dialog_submit")
    comment = screen.view.findChild(QPlainTextEdit, "review_comment")
    assert send is not None
    assert comment is not None
    assert not send.isEnabled()
    qtbot.keyClicks(comment, "evidence of CM is missing")
    qtbot.mouseClick(send, Qt.MouseButton.LeftButton)
    executor.settle()
    assert possible(screen) == {SignoffAct.SUBMIT}


def test_a_change_after_reopening_supersedes_the_approval_and_is_listed(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    act(screen, "submit", executor, qtbot)
    act(screen, "approve", executor, qtbot)
    with pytest.raises(RuleBroken, match="SGN-001"):
        answer(answered, AnswerValue.NOT_COMPLIANT)
    act(screen, "reopen", executor, qtbot, "a document came late")
    assert screen.page.banner.isHidden()
    answer(answered, AnswerValue.NOT_COMPLIANT, "missing")
    screen.load()
    executor.settle()
    assert not screen.page.banner.isHidden()
    places = [row.place for row in screen.page.changes_model.rows]
    assert any(str(next(iter(answered.edition.criterion_by_id))) in place for place in places)
    assert len(places) == 2  # the answer and its rationale


def test_an_approved_assessment_cannot_be_edited_in_the_questionnaire(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    assert not load_state(answered.workspace, answered.assessment.id).is_read_only
    act(screen, "submit", executor, qtbot)
    act(screen, "approve", executor, qtbot)
    assert load_state(answered.workspace, answered.assessment.id).is_read_only


def test_content_changed_while_submitted_cannot_be_approved_and_the_page_says_so(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    act(screen, "submit", executor, qtbot)
    answer(answered, AnswerValue.NOT_COMPLIANT)
    screen.load()
    executor.settle()
    assert not screen.page.buttons[SignoffAct.APPROVE].isEnabled()
    assert screen.page.lacks.text() == screen.desk.speech.say("review.lacks.changed")


def test_only_a_lead_assessor_is_offered_to_approve(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot
) -> None:
    card = engagements.list_engagements(answered.workspace)[0]
    team = tuple(replace(person, role=Role.ASSESSOR) for person in card.engagement.team)
    engagements.save_engagement(answered.workspace, replace(card.engagement, team=team))
    act(screen, "submit", executor, qtbot)
    assert not screen.page.buttons[SignoffAct.APPROVE].isEnabled()
    assert screen.page.buttons[SignoffAct.REQUEST_CHANGES].isEnabled()


def test_words_change_with_the_language(screen: SignoffScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
    act(screen, "submit", executor, qtbot)
    screen.desk.speech.switch_to("en")
    screen.retranslate()
    assert screen.page.history_model.rows[0].act == "Submitted"
    assert screen.page.buttons[SignoffAct.APPROVE].text() == "Approve…"


@pytest.mark.parametrize("state", list(SignoffState))
def test_the_present_stage_is_one_and_everything_before_it_is_done(state: SignoffState) -> None:
    shown = stages(state)
    place = next(number for number, stage in enumerate(shown) if stage.state is state)
    assert [stage.pace for stage in shown[:place]] == [Pace.DONE] * place
    assert shown[place].pace is Pace.NOW
    assert all(stage.pace is Pace.AHEAD for stage in shown[place + 1 :])


def test_nobody_acts_without_a_name_or_on_a_workspace_open_for_reading() -> None:
    inputs = ActInputs(actor="", role=None, is_read_only=False, was_changed_since_submitted=False)
    assert obstacle(SignoffAct.SUBMIT, inputs) == "nobody"
    assert obstacle(SignoffAct.SUBMIT, replace(inputs, is_read_only=True)) == "read_only"
    assert obstacle(SignoffAct.SUBMIT, replace(inputs, actor="Lin")) == ""
    assert obstacle(SignoffAct.REOPEN, replace(inputs, actor="Lin", role=Role.ASSESSOR)) == "lead"


def test_an_approval_is_signed_by_a_kept_key_when_asked_for(
    screen: SignoffScreen, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    made = identities.make(screen.desk.machine, NewIdentity(name="Lin"), tmp_path, "identity passphrase")
    source = Identity(pkcs12=made.pkcs12, passphrase="identity passphrase")
    own = "seven windows 31 harbour"
    keeping.keep(answered.workspace, KeepWish(source=source, passphrase=own))
    act(screen, "submit", executor, qtbot)
    signed = journal.verify(answered.workspace).signed_checkpoints
    click(screen, "review_approve", qtbot)
    executor.settle()
    dialog = screen.dialog
    assert dialog is not None
    assert dialog.identity is not None
    assert dialog.submit_button.isEnabled()
    dialog.identity.sign.setChecked(True)
    assert not dialog.submit_button.isEnabled()
    for secret, is_good in (("wrong", False), (own, True)):
        dialog.identity.kept.secret.setText(secret)
        dialog.identity.kept.secret.textEdited.emit(secret)
        dialog.identity.kept.secret.editingFinished.emit()
        executor.settle()
        assert dialog.submit_button.isEnabled() is is_good
    click(screen, "review_dialog_submit", qtbot)
    executor.settle()
    found = journal.verify(answered.workspace)
    assert found.is_intact
    assert found.signed_checkpoints == signed + 1
    assert possible(screen) == {SignoffAct.REOPEN}
