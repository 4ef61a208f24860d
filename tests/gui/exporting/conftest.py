"""An answered assessment on the export screen, and an identity that can sign."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import assessments, identities
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.identities import MadeIdentity, NewIdentity
from tests.gui.conftest import ManualExecutor
from tests.gui.real_assessment import RealAssessment

SECRET = "identity passphrase"


@pytest.fixture
def answered(real: RealAssessment) -> RealAssessment:
    requests = tuple(
        AnswerRequest(criterion_id=criterion, value=AnswerValue.COMPLIANT) for criterion in real.edition.criterion_by_id
    )
    assessments.record_answers(real.workspace, real.assessment.id, requests)
    return real


@pytest.fixture
def screen(desk: Desk, answered: RealAssessment, executor: ManualExecutor, qtbot: QtBot) -> ExportScreen:
    screen = ExportScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    desk.hub.changed.connect(screen.receive)
    screen.view.resize(1076, 670)
    screen.view.show()
    screen.enter(answered.place)
    screen.activate()
    executor.settle()
    return screen


@pytest.fixture
def identity(desk: Desk, tmp_path: Path) -> MadeIdentity:
    return identities.make(desk.machine, NewIdentity(name="Lin", organisation="Test"), tmp_path, SECRET)


def click(screen: ExportScreen, name: str, qtbot: QtBot) -> None:
    button = screen.view.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def use(screen: ExportScreen, made: MadeIdentity, executor: ManualExecutor, qtbot: QtBot) -> None:
    for name, text in (("export_identity", str(made.pkcs12)), ("export_passphrase", SECRET)):
        edit = screen.view.findChild(QLineEdit, name)
        assert edit is not None
        edit.clear()
        qtbot.keyClicks(edit, text)
    screen.identity.check()
    executor.settle()


def drop(verify: VerifyScreen, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    verify.page.zone.dropEvent(event)


def export_report(screen: ExportScreen, target: Path, executor: ManualExecutor, qtbot: QtBot) -> None:
    screen.page.target.setText(str(target))
    click(screen, "export_do", qtbot)
    executor.settle()
