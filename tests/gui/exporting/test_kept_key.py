"""A key kept in the workspace, in the identity form: offered while it is kept, opened by its own passphrase only."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.exporting.state import Kind
from maturity_desktop.services import exporting, keeping
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.services.keeping import KeepWish
from tests.gui.conftest import ManualExecutor
from tests.gui.exporting.conftest import SECRET, click
from tests.gui.real_assessment import PASSPHRASE, RealAssessment

OWN = "seven windows 31 harbour"


@pytest.fixture
def kept(answered: RealAssessment, identity: MadeIdentity) -> str:
    """The name of a key that was kept before the screen opened."""
    source = Identity(pkcs12=identity.pkcs12, passphrase=SECRET)
    return keeping.keep(answered.workspace, KeepWish(source=source, passphrase=OWN, name="组长")).value.name


def choose(screen: ExportScreen, secret: str, executor: ManualExecutor) -> None:
    box = screen.view.findChild(QComboBox, "export_source")
    assert box is not None
    place = box.findData("kept")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    edit = screen.view.findChild(QLineEdit, "export_kept_passphrase")
    assert edit is not None
    edit.setText(secret)
    edit.textEdited.emit(secret)
    screen.page.identity.kept.secret.editingFinished.emit()
    executor.settle()


def test_a_workbook_is_signed_by_a_kept_key(
    kept: str,
    screen: ExportScreen,
    answered: RealAssessment,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    assert screen.page.identity.kept.place.currentText() == "组长 · Lin"
    screen.page.kinds[Kind.WORKBOOK].click()
    choose(screen, OWN, executor)
    assert screen.identity.is_good
    assert "Lin" in screen.page.identity.who.text()
    screen.page.target.setText(str(tmp_path / "book.xlsx"))
    click(screen, "export_do", qtbot)
    executor.settle()
    (record,) = exporting.list_exports(answered.workspace, answered.assessment.id)
    assert record.signer == "Lin"


@pytest.mark.parametrize("secret", ["wrong", PASSPHRASE], ids=["wrong", "the workspace's"])
def test_a_wrong_passphrase_is_told_beside_the_field_and_the_button_is_locked(
    kept: str, screen: ExportScreen, executor: ManualExecutor, secret: str
) -> None:
    choose(screen, secret, executor)
    hint = screen.page.identity.kept.secret_field.hint.text()
    assert hint == screen.desk.speech.say("errors.SGN-051", name=kept)
    assert not screen.page.export_button.isEnabled()


def test_without_a_kept_key_the_form_says_where_to_keep_one(screen: ExportScreen, executor: ManualExecutor) -> None:
    choose(screen, "", executor)
    assert screen.page.identity.kept.place_field.isHidden()
    assert screen.page.lacks.text() == screen.desk.speech.say("exporting.lacks.kept")


def test_the_kept_key_is_proposed_where_no_file_was_ever_used(kept: str, screen: ExportScreen) -> None:
    assert screen.page.identity.source.value == "kept"
    assert screen.page.lacks.text() == screen.desk.speech.say("exporting.lacks.kept_passphrase")


def test_a_key_that_is_removed_meanwhile_is_offered_no_longer(
    kept: str, screen: ExportScreen, answered: RealAssessment, executor: ManualExecutor
) -> None:
    choose(screen, OWN, executor)
    done = keeping.forget(answered.workspace, kept)
    screen.desk.hub.publish(done.changes, None)
    executor.settle()
    assert screen.page.identity.kept.place.count() == 0
    assert screen.identity.is_good is None
    assert not screen.page.export_button.isEnabled()


def test_when_the_workspace_closes_its_keys_and_the_passphrase_leave_the_form(
    kept: str, screen: ExportScreen, executor: ManualExecutor
) -> None:
    choose(screen, OWN, executor)
    assert screen.page.identity.kept.secret.text() == OWN
    screen.enter(None)
    executor.settle()
    assert screen.page.identity.kept.secret.text() == ""
    assert screen.page.identity.sources.findData("kept") == -1
    assert screen.page.identity.kept.place.count() == 0


def test_an_answer_about_what_was_typed_before_is_not_shown_beside_what_stands_there_now(
    kept: str, screen: ExportScreen, executor: ManualExecutor
) -> None:
    secret = screen.page.identity.kept.secret
    for text, is_finished in (("wrong", True), (OWN, False)):
        secret.setText(text)
        secret.textEdited.emit(text)
        if is_finished:
            secret.editingFinished.emit()
    executor.settle()
    assert screen.identity.is_good is None
    assert screen.page.identity.kept.secret_field.hint.text() == screen.desk.speech.say(
        "exporting.kept_passphrase_hint"
    )
