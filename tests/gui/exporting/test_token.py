"""A token in the identity form: real PKCS#11 calls; a PIN is tried once per typing, because tokens count."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.exporting.state import Kind
from maturity_desktop.services import exporting
from maturity_desktop.settings import options
from tests.factories import soft_token
from tests.factories.soft_token import LABEL, PIN, SoftToken
from tests.gui.conftest import ManualExecutor
from tests.gui.exporting.conftest import click
from tests.gui.real_assessment import RealAssessment


@pytest.fixture(scope="session")
def usb_key(tmp_path_factory: pytest.TempPathFactory) -> SoftToken:
    return soft_token.make(tmp_path_factory.mktemp("softhsm"))


def fill(screen: ExportScreen, usb_key: SoftToken, pin: str, executor: ManualExecutor) -> None:
    box = screen.view.findChild(QComboBox, "export_source")
    assert box is not None
    box.setCurrentIndex(1)
    box.activated.emit(1)
    texts = {"library": str(usb_key.library), "token": LABEL, "key": "rsa", "pin": pin}
    for name, text in texts.items():
        edit = screen.view.findChild(QLineEdit, f"export_{name}")
        assert edit is not None
        edit.setText(text)
        edit.textEdited.emit(text)
    screen.page.identity.token.secret.editingFinished.emit()
    executor.settle()


def test_a_workbook_is_signed_by_a_key_on_a_token(
    screen: ExportScreen,
    answered: RealAssessment,
    usb_key: SoftToken,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    screen.page.kinds[Kind.WORKBOOK].click()
    fill(screen, usb_key, PIN, executor)
    assert screen.identity.is_good
    assert screen.desk.settings.text(options.LAST_TOKEN_LIBRARY) == str(usb_key.library)
    screen.page.target.setText(str(tmp_path / "book.xlsx"))
    click(screen, "export_do", qtbot)
    executor.settle()
    (record,) = exporting.list_exports(answered.workspace, answered.assessment.id)
    assert record.signer


def test_a_wrong_pin_is_told_beside_the_field_and_not_tried_again(
    screen: ExportScreen, usb_key: SoftToken, executor: ManualExecutor
) -> None:
    fill(screen, usb_key, "0000", executor)
    assert screen.page.identity.token.secret_field.hint.text()
    assert not screen.page.export_button.isEnabled()
    screen.page.identity.token.secret.editingFinished.emit()
    assert not executor.waiting
