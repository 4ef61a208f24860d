"""Counter-signing on screen: report and workbook with real files, and every way in which nothing is written."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.gui.verifying.state import countersigned_name
from maturity_desktop.gui.verifying.views.countersign import CountersignDialog
from maturity_desktop.services import keeping, verifying
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.identities import MadeIdentity
from maturity_desktop.services.keeping import KeepWish
from maturity_desktop.services.verifying import Verdict
from maturity_desktop.settings import options
from tests.gui.conftest import ManualExecutor, ScriptedDialogs
from tests.gui.real_assessment import RealAssessment
from tests.gui.verifying.conftest import BANK, LEAD, SECRET

OWN = "seven windows 31 harbour"


class Conversation:
    """Somebody at the verification screen."""

    def __init__(self, screen: VerifyScreen, executor: ManualExecutor, qtbot: QtBot) -> None:
        self.screen, self.executor, self.qtbot = screen, executor, qtbot

    @property
    def dialog(self) -> CountersignDialog:
        found = self.screen.countersigner.dialog
        assert found is not None
        return found

    def judge(self, path: Path) -> QPushButton | None:
        """Judge a file; returns the counter-sign button of its verdict, if it has one."""
        self.screen.judge((path,))
        self.executor.settle()
        return self.screen.page._cards[0].findChild(QPushButton, "verdict_countersign")

    def open(self, path: Path) -> CountersignDialog:
        """Judge a file and press its counter-sign button."""
        made = self.judge(path)
        assert made is not None
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        self.executor.settle()
        return self.dialog

    def click(self, name: str) -> None:
        found = self.dialog.findChild(QPushButton, name)
        assert found is not None, name
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def type(self, name: str, text: str) -> None:
        edit = self.dialog.findChild(QLineEdit, name)
        assert edit is not None, name
        edit.setText(text)
        edit.textEdited.emit(text)  # simulated keys know no Chinese, and file names bear it

    def use(self, made: MadeIdentity, secret: str = SECRET) -> None:
        self.type("countersign_identity", str(made.pkcs12))
        self.type("countersign_passphrase", secret)
        assert self.screen.countersigner.identity is not None
        self.screen.countersigner.identity.check()
        self.executor.settle()

    def submit(self) -> None:
        self.click("countersign_dialog_submit")
        self.executor.settle()

    def headline(self) -> str:
        """What the newest verdict says."""
        return self.screen.page._cards[0].accessibleName()

    def lines(self) -> str:
        return "\n".join(each.text() for each in self.screen.page._cards[0].findChildren(QLabel))


@pytest.fixture
def talk(screen: VerifyScreen, executor: ManualExecutor, qtbot: QtBot) -> Conversation:
    return Conversation(screen, executor, qtbot)


def roots(parties: dict[str, MadeIdentity]) -> tuple[Path, ...]:
    return tuple(one.root for one in parties.values())


@pytest.mark.parametrize("name", ["report.pdf", "book.xlsx"])
def test_a_file_is_countersigned_beside_the_old_one_and_judged_at_once(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path, name: str
) -> None:
    before = (files / name).read_bytes()
    dialog = talk.open(files / name)
    assert not dialog.submit_button.isEnabled()
    target = dialog.path
    assert target.parent == files
    talk.use(parties[BANK])
    talk.submit()
    assert talk.screen.countersigner.dialog is None
    assert (files / name).read_bytes() == before
    found = verifying.verify_file(target, roots(parties))
    assert (found.verdict, [one.signer for one in found.signatures]) == (Verdict.VALID, [LEAD, BANK])
    assert talk.headline() == talk.screen.desk.speech.say("verifying.verdict.valid", name=target.name)
    assert LEAD in talk.lines()
    assert BANK in talk.lines()


def test_a_report_is_countersigned_once_and_a_workbook_again_by_others(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path
) -> None:
    for name in ("report.pdf", "book.xlsx"):
        talk.open(files / name)
        talk.use(parties[BANK])
        talk.submit()
    assert talk.judge(files / "report-会签.pdf") is None
    dialog = talk.open(files / "book-会签.xlsx")
    talk.use(parties[BANK])
    talk.submit()
    assert dialog.message.text.text() == talk.screen.desk.speech.say("errors.SGN-039", name=BANK)
    assert not dialog.path.exists()
    dialog.reject()


def test_a_wrong_passphrase_is_one_sentence_and_nothing_is_written(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path
) -> None:
    before = sorted(files.iterdir())
    dialog = talk.open(files / "book.xlsx")
    talk.use(parties[BANK], "wrong")
    assert dialog.identity.file.secret_field.hint.text() == talk.screen.desk.speech.say("errors.SGN-010")
    assert dialog.lacks.text() == talk.screen.desk.speech.say("exporting.lacks.identity_bad")
    assert not dialog.submit_button.isEnabled()
    talk.type("countersign_passphrase", "wrong again")
    assert dialog.submit_button.isEnabled()
    talk.submit()
    assert dialog.message.text.text() == talk.screen.desk.speech.say("errors.SGN-010")
    assert dialog.cancel_button.isEnabled()
    dialog.reject()
    assert sorted(files.iterdir()) == before


def test_cancelling_leaves_everything_as_it_was(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path
) -> None:
    before = sorted(files.iterdir())
    talk.open(files / "report.pdf")
    talk.use(parties[BANK])
    talk.click("countersign_dialog_cancel")
    talk.executor.settle()
    assert talk.screen.countersigner.dialog is None
    assert sorted(files.iterdir()) == before


def test_a_file_that_exists_is_replaced_only_after_a_question(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path, dialogs: ScriptedDialogs
) -> None:
    dialog = talk.open(files / "book.xlsx")
    dialog.path.write_bytes(b"something else")
    talk.use(parties[BANK])
    dialogs.says_yes = False
    talk.submit()
    assert dialogs.questions[-1].is_dangerous
    assert dialog.path.name in dialogs.questions[-1].text
    assert dialog.path.read_bytes() == b"something else"
    dialogs.says_yes = True
    target = dialog.path
    talk.submit()
    assert verifying.verify_file(target, roots(parties)).verdict is Verdict.VALID


def test_what_the_file_dialog_has_asked_is_not_asked_again(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path, dialogs: ScriptedDialogs
) -> None:
    talk.open(files / "report.pdf")
    chosen = files / "chosen.pdf"
    chosen.write_bytes(b"old")
    dialogs.paths.append(chosen)
    talk.click("countersign_target_browse")
    talk.use(parties[BANK])
    talk.submit()
    assert dialogs.questions == []
    assert verifying.verify_file(chosen, roots(parties)).verdict is Verdict.VALID


def test_who_is_not_trusted_here_is_said_before_anybody_signs(talk: Conversation, files: Path) -> None:
    talk.screen.desk.keep(options.TRUST_ROOTS, "")
    for name, kind in (("report.pdf", "report"), ("book.xlsx", "workbook")):
        dialog = talk.open(files / name)
        texts = [each.text() for each in dialog.findChildren(QLabel)]
        assert talk.screen.desk.speech.say(f"verifying.countersign_untrusted_{kind}") in texts
        dialog.reject()


def test_what_is_altered_or_unsigned_offers_no_countersignature(talk: Conversation, files: Path) -> None:
    (files / "report.pdf").write_bytes((files / "report.pdf").read_bytes() + b"appended")
    (files / "book.xlsx").write_bytes((files / "book.xlsx").read_bytes()[:-60])
    for name in ("report.pdf", "book.xlsx"):
        assert talk.judge(files / name) is None


def test_a_key_kept_in_the_open_workspace_signs_and_is_offered_only_while_one_is_open(
    talk: Conversation, parties: dict[str, MadeIdentity], files: Path, real: RealAssessment
) -> None:
    source = Identity(pkcs12=parties[BANK].pkcs12, passphrase=SECRET)
    keeping.keep(real.workspace, KeepWish(source=source, passphrase=OWN, name="行长的密钥"))
    dialog = talk.open(files / "book.xlsx")
    assert dialog.identity.sources.findData("kept") == -1
    dialog.reject()
    talk.screen.enter(real.place)
    dialog = talk.open(files / "book.xlsx")
    box = dialog.findChild(QComboBox, "countersign_kept")
    assert box is not None
    assert box.currentText() == f"行长的密钥 · {BANK}"
    talk.type("countersign_kept_passphrase", OWN)
    dialog.identity.kept.secret.editingFinished.emit()
    talk.executor.settle()
    assert BANK in dialog.identity.who.text()
    target = dialog.path
    talk.submit()
    found = verifying.verify_file(target, roots(parties))
    assert (found.verdict, [one.signer for one in found.signatures]) == (Verdict.VALID, [LEAD, BANK])


def test_names_of_countersigned_files_count_on() -> None:
    names = [Path("a.xlsx")]
    for _ in range(3):
        names.append(countersigned_name(names[-1], "会签"))
    assert [name.name for name in names] == ["a.xlsx", "a-会签.xlsx", "a-会签2.xlsx", "a-会签3.xlsx"]
