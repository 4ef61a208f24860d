"""A submission on screen: it must be signed, can be stopped, and is verified whole by drop."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.exporting.presenter import ExportScreen
from maturity_desktop.gui.exporting.state import Kind, suggested_name, with_suffix
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import trust
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.services.trust import TrustRole
from tests.factories.sm2 import SECRET as SM2_SECRET
from tests.factories.sm2 import Sm2Place
from tests.gui.conftest import ManualExecutor
from tests.gui.exporting.conftest import click, drop, use
from tests.gui.real_assessment import RealAssessment


@pytest.fixture
def ready(
    screen: ExportScreen, identity: MadeIdentity, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> ExportScreen:
    """The form is filled in; the target lies outside the workspace."""
    screen.page.kinds[Kind.SUBMISSION].click()
    use(screen, identity, executor, qtbot)
    screen.page.target.setText(str(tmp_path / "core.mdsub"))
    return screen


def test_a_submission_is_packed_listed_and_verified_by_drop_with_the_trust_store(
    ready: ExportScreen,
    answered: RealAssessment,
    identity: MadeIdentity,
    executor: ManualExecutor,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    click(ready, "export_do", qtbot)
    executor.settle()
    say = ready.desk.speech.say
    texts = [each.text() for each in ready.page.results.findChildren(QLabel)]
    assert say("submission.not_approved") in texts
    assert any("Lin" in text for text in texts)
    assert ready.page.results.model.index(0, 1).data() == say("exporting.short.submission")
    verify = VerifyScreen(ready.desk, ready.desk.theme)
    qtbot.addWidget(verify.view)
    verify.enter(answered.place)
    for expected in ("untrusted", "valid"):
        drop(verify, tmp_path / "core.mdsub")
        executor.settle()
        assert verify.page._cards[0].accessibleName() == say(f"verifying.verdict.{expected}", name="core.mdsub")
        for role in TrustRole:
            trust.import_roots(answered.workspace, identity.root, role)


def test_a_cancelled_submission_leaves_no_file(
    ready: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    click(ready, "export_do", qtbot)
    click(ready, "export_job_cancel", qtbot)
    executor.settle()
    assert not list(tmp_path.glob("core.mdsub*"))
    assert ready.page.results.message.isVisible()


def test_a_submission_cannot_leave_unsigned(ready: ExportScreen) -> None:
    assert ready.page.export_button.isEnabled()
    ready.page.identity.sign.setChecked(False)
    assert not ready.page.export_button.isEnabled()
    assert ready.page.lacks.text() == ready.desk.speech.say("exporting.lacks.unsigned")


def test_names_of_submissions_end_as_they_must(ready: ExportScreen) -> None:
    today = ready.desk.machine.clock.today()
    assert suggested_name(Kind.SUBMISSION, "Core", ready.page.language, today).endswith(".mdsub")
    assert with_suffix(Path("a.pdf"), Kind.SUBMISSION) == Path("a.pdf.mdsub")


def test_sm2_is_offered_for_submissions_alone_and_says_who_checks_it(ready: ExportScreen) -> None:
    say, form = ready.desk.speech.say, ready.page.sm2
    assert form.isVisible() and not form.sign.isChecked() and not form.key.isVisible()
    assert say("exporting.sm2_who_checks") in [each.text() for each in form.findChildren(QLabel)]
    form.sign.click()
    assert form.key.isVisible()
    assert ready.page.lacks.text() == say("exporting.lacks.sm2")
    assert not ready.page.export_button.isEnabled()
    ready.page.kinds[Kind.REPORT].click()
    assert not form.isVisible()
    assert ready.page.export_button.isEnabled()


def test_a_submission_is_signed_with_sm2_and_a_wrong_passphrase_is_told(
    ready: ExportScreen, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    place = Sm2Place(tmp_path / "authority")
    root = place.root()
    lead = place.make("王敏", root)
    form, say = ready.page.sm2, ready.desk.speech.say
    form.sign.click()
    for edit, text in ((form.key, str(lead.key)), (form.certificate, str(lead.bundle)), (form.secret, "wrong")):
        edit.setFocus()
        edit.setText(text)
        edit.textEdited.emit(text)
    click(ready, "export_do", qtbot)
    executor.settle()
    assert ready.page.results.message.isVisible()
    assert not list(tmp_path.glob("core.mdsub*"))
    form.secret.setText(SM2_SECRET)
    click(ready, "export_do", qtbot)
    executor.settle()
    texts = [each.text() for each in ready.page.results.findChildren(QLabel)]
    assert say("submission.sm2_signed", signer="王敏") in texts
    verify = VerifyScreen(ready.desk, ready.desk.theme)
    qtbot.addWidget(verify.view)
    drop(verify, tmp_path / "core.mdsub")
    executor.settle()
    shown = [each.text() for each in verify.page.findChildren(QLabel)]
    assert any(say("verifying.field.signatures/manifest.sm2") in text for text in shown)
