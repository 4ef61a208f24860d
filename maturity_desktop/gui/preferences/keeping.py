"""The conversation about signing keys kept in the workspace: list, keep, change a passphrase, forget."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish, Question
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.widgets import FormDialog, Tone
from maturity_desktop.gui.preferences.views.kept_keys import KeepDialog, KeptKeysCard, KeptRow
from maturity_desktop.gui.preferences.views.passphrases import PassphraseDialog
from maturity_desktop.services.export_requests import Identity, KeptIdentity
from maturity_desktop.settings import options

if TYPE_CHECKING:
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.keeping import KeptCard
    from maturity_desktop.services.outcomes import Outcome


class KeyKeeper(QObject):
    """Owns the conversation between the card and the service of kept keys."""

    changed = Signal(object)  # Changes

    def __init__(self, desk: Desk, card: KeptKeysCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._card = desk, card
        self._workspace: Workspace | None = None
        self._kept: tuple[KeptCard, ...] = ()
        self._select = ""
        self._told = ""
        self.dialog: FormDialog | None = None
        card.keep_wanted.connect(self._ask_keep)
        card.relock_wanted.connect(self._ask_relock)
        card.forget_wanted.connect(self._ask_forget)
        card.hide()

    def take(self, workspace: "Workspace | None") -> None:
        """Show the keys of this workspace; none hides the card."""
        if workspace is not self._workspace:
            self._card.message.hide()
        self._workspace = workspace
        self._card.setVisible(workspace is not None)
        if workspace is not None:
            self._desk.jobs.work(partial(_listed, workspace), self._on_listed)

    def retranslate(self) -> None:
        """Say everything again."""
        self._card.retranslate()
        self._show()

    def _on_listed(self, result: "Success[tuple[Workspace, tuple[KeptCard, ...]]] | Failure") -> None:
        if isinstance(result, Failure):
            self._tell(self._desk.problems.sentence(result.problem), Tone.BAD)
            return
        workspace, kept = result.value
        if workspace is self._workspace:
            self._kept = kept
            self._show()
            self._card.select(self._select)

    def _show(self) -> None:
        can_change = self._workspace is not None and not self._workspace.is_read_only
        self._card.show_rows(tuple(_row(kept, self._desk.speech) for kept in self._kept), can_change=can_change)

    # --- keep ---------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_keep(self) -> None:
        dialog = KeepDialog(self._desk.icons, self._desk.speech, parent=self._card.window())
        dialog.file.setText(self._desk.settings.text(options.LAST_IDENTITY))
        dialog.browse_wanted.connect(self._browse)
        dialog.submitted.connect(self._on_keep)
        self._open(dialog)

    @Slot()
    def _browse(self) -> None:
        dialog, say = self.dialog, self._desk.speech.say
        if isinstance(dialog, KeepDialog):
            known, usual = dialog.file.text().strip(), self._desk.settings.text(options.DEFAULT_FOLDER)
            folder = Path(known).parent if known else Path(usual or Path.home())
            wish = FileWish(
                title=say("exporting.identity"),
                pattern=f"{say('exporting.identity_kind')} (*.p12 *.pfx)",
                start=folder,
            )
            self._desk.dialogs.open_file(dialog, wish, lambda path: dialog.file.setText(str(path)))

    @Slot()
    def _on_keep(self) -> None:
        dialog = self.dialog
        if isinstance(dialog, KeepDialog) and self._workspace is not None:
            dialog.set_busy(True)
            source = Identity(pkcs12=dialog.path, passphrase=dialog.file_secret.text())
            job = partial(_keep, self._workspace, source, dialog.name.text().strip(), dialog.own.text())
            self._write("kept_done", job)

    # --- another passphrase -------------------------------------------------------------------------------------

    @Slot(object)
    def _ask_relock(self, row: KeptRow) -> None:
        dialog = PassphraseDialog(self._desk.icons, self._desk.speech, "relock", parent=self._card.window())
        dialog.given.connect(partial(self._relock, row.name))
        self._open(dialog)

    def _relock(self, name: str, old: str, new: str) -> None:
        if self._workspace is not None:
            self._write("relock_done", partial(_relock, self._workspace, KeptIdentity(name=name, passphrase=old), new))

    # --- forget -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _ask_forget(self, row: KeptRow) -> None:
        say = self._desk.speech.say
        question = Question(
            title=say("preferences.forget"),
            text=say("preferences.forget_text", name=row.name, subject=row.subject),
            yes=say("preferences.forget_do"),
            is_dangerous=True,
        )
        self._desk.dialogs.ask(self._card.window(), question, partial(self._forget, row))

    def _forget(self, row: KeptRow) -> None:
        if self._workspace is not None:
            self._write("forget_done", partial(_forget, self._workspace, row.name))

    # --- carrying out -------------------------------------------------------------------------------------------

    def _open(self, dialog: FormDialog) -> None:
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        self.dialog = None

    def _write(self, told: str, job: "partial[Outcome[KeptCard]]") -> None:
        self._told = told
        self._desk.jobs.write(job, self._on_written)

    def _on_written(self, result: "Success[Outcome[KeptCard]] | Failure") -> None:
        dialog = self.dialog
        if isinstance(result, Failure):
            sentence = self._desk.problems.sentence(result.problem)
            if dialog is not None:
                dialog.show_problem(sentence)
            else:
                self._tell(sentence, Tone.BAD)
            return
        if dialog is not None:
            dialog.set_busy(False)
            dialog.accept()
        self._select = result.value.value.name
        self._tell(self._desk.speech.say(f"preferences.{self._told}", name=self._select), Tone.GOOD)
        self.changed.emit(result.value.changes)
        self.take(self._workspace)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self._card.message.show_message(sentence, tone)


def _row(kept: "KeptCard", speech: Speech) -> KeptRow:
    say, card = speech.say, kept.card
    until, start = f"{card.valid_until.astimezone():%Y-%m-%d}", f"{card.valid_from.astimezone():%Y-%m-%d}"
    problem = ""
    if card.problem:
        problem = say(f"errors.{card.problem}", name=card.subject, valid_until=until, valid_from=start)
    subject = card.subject
    if card.organisation:
        subject = say("preferences.kept_subject", name=card.subject, organisation=card.organisation)
    at = f"{kept.kept_at.astimezone():%Y-%m-%d %H:%M}"
    return KeptRow(
        name=kept.name,
        subject=subject,
        until=until,
        kept_by=kept.kept_by or "–",
        fingerprint=card.fingerprint_sha256,
        origin=say("preferences.kept_origin", by=kept.kept_by or "–", at=at),
        problem=problem,
    )


def _listed(workspace: "Workspace") -> "tuple[Workspace, tuple[KeptCard, ...]]":
    from maturity_desktop.services import keeping

    return workspace, keeping.list_kept(workspace)


def _keep(workspace: "Workspace", source: Identity, name: str, own: str) -> "Outcome[KeptCard]":
    from maturity_desktop.services import keeping

    return keeping.keep(workspace, keeping.KeepWish(source=source, passphrase=own, name=name))


def _relock(workspace: "Workspace", identity: KeptIdentity, new: str) -> "Outcome[KeptCard]":
    from maturity_desktop.services import keeping

    return keeping.change_passphrase(workspace, identity, new)


def _forget(workspace: "Workspace", name: str) -> "Outcome[KeptCard]":
    from maturity_desktop.services import keeping

    return keeping.forget(workspace, name)
