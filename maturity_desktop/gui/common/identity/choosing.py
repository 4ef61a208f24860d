"""The conversation about who signs: choose a file, token or kept key, check it with its secret, make an identity."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.errors import MaturityError, SigningRefused
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.identity.form import IdentityForm
from maturity_desktop.gui.common.identity.making import MakeIdentityDialog
from maturity_desktop.gui.common.identity.state import IdentityInputs, KeptChoice, Source, lack
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.services import identities, keeping
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity, KeptIdentity, Signatory, TokenIdentity
from maturity_desktop.services.identities import IdentityCard, MadeIdentity, NewIdentity
from maturity_desktop.services.keeping import KeptCard
from maturity_desktop.settings import options


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Who was looked at, and what was found: a card, or the problem in the way."""

    signatory: Signatory
    found: IdentityCard | MaturityError


class IdentityChooser(QObject):
    """Knows which identity stands on the page and whether it can sign."""

    changed = Signal()
    made = Signal(object)  # MadeIdentity

    def __init__(self, desk: Desk, form: IdentityForm, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._form, self._window = desk, form, window
        self._workspace: Workspace | None = None
        self._checked: Signatory | None = None
        self._is_good: bool | None = None
        self._dialog: MakeIdentityDialog | None = None
        form.file.place.setText(desk.settings.text(options.LAST_IDENTITY))
        form.token.place.setText(desk.settings.text(options.LAST_TOKEN_LIBRARY))
        form.edited.connect(self._on_edited)
        form.checked.connect(self.check)
        form.browse_wanted.connect(self._browse)
        form.make_wanted.connect(self._make)

    def offer(self, workspace: Workspace | None) -> None:
        """Offer the keys kept in this workspace; None means that none is open. A passphrase typed before is dropped."""
        if workspace is not self._workspace:
            self._form.kept.secret.clear()
        self._workspace = workspace
        if workspace is None:
            self._form.offer_kept(None)
            self._on_edited()
        else:
            self._desk.jobs.work(partial(_listed, workspace), self._on_kept)

    def _on_kept(self, result: Success[tuple[Workspace, tuple[KeptCard, ...]]] | Failure) -> None:
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)
            return
        workspace, kept = result.value
        if workspace is not self._workspace:
            return  # another one is open by now
        before = self.chosen
        self._form.offer_kept(tuple(map(_choice, kept)))
        if self.chosen != before:
            self._on_edited()

    @property
    def is_good(self) -> bool | None:
        """Whether the identity on the page can sign; None while it was not checked."""
        return self._is_good

    @property
    def lack(self) -> str:
        """Why nobody can sign now, as a key of a sentence in `exporting.lacks`, or ""."""
        form = self._form
        inputs = IdentityInputs(
            is_signed=form.sign.isChecked(),
            source=form.source,
            place=form.part.place_text,
            secret=form.part.secret.text(),
            is_good=self._is_good,
        )
        return lack(inputs)

    @property
    def chosen(self) -> Signatory | None:
        """The identity for services, or None for an unsigned draft."""
        form = self._form
        if not form.sign.isChecked():
            return None
        if form.source is Source.FILE:
            return Identity(pkcs12=Path(form.file.place_text), passphrase=form.file.secret.text())
        if form.source is Source.KEPT:
            return KeptIdentity(name=form.kept.place_text, passphrase=form.kept.secret.text())
        return TokenIdentity(
            library=Path(form.token.place_text),
            pin=form.token.secret.text(),
            token_label=form.token.token.text().strip(),
            key_label=form.token.key.text().strip(),
        )

    @Slot()
    def check(self) -> None:
        """Open the identity with its secret, unless that was done already: tokens count wrong PINs."""
        part, chosen = self._form.part, self.chosen
        is_filled = bool(part.place_text) and bool(part.secret.text())
        if chosen is None or not is_filled or chosen == self._checked:
            return
        self._checked = chosen
        self._desk.jobs.work(partial(_inspect, self._desk, self._workspace, chosen), self._on_checked)

    def _on_checked(self, result: Success[Checked] | Failure) -> None:
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)
            return
        checked = result.value
        if checked.signatory != self.chosen:
            return  # something else stands in the form by now
        if isinstance(checked.found, MaturityError):
            self._is_good = False
            self._form.show_who(self._desk.problems.sentence(checked.found), "bad")
        else:
            self._is_good = not checked.found.problem
            self._show_card(checked.found)
        if self._is_good:
            self._remember(checked.signatory)
        self.changed.emit()

    def _remember(self, signatory: Signatory) -> None:
        if isinstance(signatory, Identity):
            self._desk.keep(options.LAST_IDENTITY, str(signatory.pkcs12))
        elif isinstance(signatory, TokenIdentity):
            self._desk.keep(options.LAST_TOKEN_LIBRARY, str(signatory.library))

    def _show_card(self, card: IdentityCard) -> None:
        say = self._desk.speech.say
        until, start = f"{card.valid_until.astimezone():%Y-%m-%d}", f"{card.valid_from.astimezone():%Y-%m-%d}"
        if card.problem:
            sentence = say(f"errors.{card.problem}", name=card.subject, valid_until=until, valid_from=start)
            self._form.show_who(sentence, "bad")
            return
        organisation = card.organisation or "–"
        words = {"subject": card.subject, "organisation": organisation, "issuer": card.issuer, "until": until}
        self._form.show_who(say("exporting.identity_card", **words), "good")

    @Slot()
    def _on_edited(self) -> None:
        self._is_good = None
        self._form.show_who("", "caption")
        self.changed.emit()

    @Slot()
    def _browse(self) -> None:
        say, is_file = self._desk.speech.say, self._form.source is Source.FILE
        pattern = f"{say('exporting.identity_kind')} (*.p12 *.pfx)"
        if not is_file:
            pattern = f"{say('exporting.token_library_kind')} (*.dll *.so *.so.* *.dylib);;(*)"
        wish = FileWish(
            title=say("exporting.identity" if is_file else "exporting.token_library"),
            pattern=pattern,
            start=self._folder(),
        )
        self._desk.dialogs.open_file(self._window, wish, self._on_file)

    def _on_file(self, path: Path) -> None:
        part = self._form.file if self._form.source is Source.FILE else self._form.token
        part.place.setText(str(path))
        self._on_edited()
        part.secret.setFocus()

    def _folder(self) -> Path:
        known = self._form.part.place_text
        return Path(known).parent if known else Path(self._desk.settings.text(options.DEFAULT_FOLDER) or Path.home())

    @Slot()
    def _make(self) -> None:
        actor = self._desk.settings.text(options.ACTOR)
        dialog = MakeIdentityDialog(
            self._desk.icons, self._desk.speech, name=actor, folder=str(self._folder()), parent=self._window
        )
        dialog.submitted.connect(self._on_make)
        dialog.folder_wanted.connect(self._on_folder_wanted)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _on_folder_wanted(self) -> None:
        dialog = self._dialog
        if dialog is not None:
            wish = FileWish(title=self._desk.speech.say("exporting.identity_folder"), start=Path(dialog.folder.text()))
            self._desk.dialogs.choose_folder(dialog, wish, lambda folder: dialog.folder.setText(str(folder)))

    @Slot()
    def _on_make(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        dialog.set_busy(True)
        wish = NewIdentity(name=dialog.name.text().strip(), organisation=dialog.organisation.text().strip())
        folder, passphrase = Path(dialog.folder.text().strip()), dialog.passphrase.text()
        self._desk.jobs.work(partial(identities.make, self._desk.machine, wish, folder, passphrase), self._on_made)

    def _on_made(self, result: Success[MadeIdentity] | Failure) -> None:
        dialog = self._dialog
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        self._form.file.place.setText(str(result.value.pkcs12))
        if dialog is not None:
            self._form.file.secret.setText(dialog.passphrase.text())
            dialog.accept()
            self._dialog = None
        self.check()
        self.made.emit(result.value)


def _listed(workspace: Workspace) -> tuple[Workspace, tuple[KeptCard, ...]]:
    return workspace, keeping.list_kept(workspace)


def _choice(kept: KeptCard) -> KeptChoice:
    subject = kept.card.subject
    return KeptChoice(name=kept.name, text=kept.name if kept.name == subject else f"{kept.name} · {subject}")


def _inspect(desk: Desk, workspace: Workspace | None, wanted: Signatory) -> Checked:
    try:
        return Checked(signatory=wanted, found=_card(desk, workspace, wanted))
    except MaturityError as problem:
        return Checked(signatory=wanted, found=problem)


def _card(desk: Desk, workspace: Workspace | None, wanted: Signatory) -> IdentityCard:
    if isinstance(wanted, Identity):
        return identities.inspect(desk.machine, wanted.pkcs12, wanted.passphrase)
    if isinstance(wanted, TokenIdentity):
        return identities.inspect_token(desk.machine, wanted)
    if workspace is None:
        raise SigningRefused("SGN-053", name=wanted.name)
    return keeping.inspect(workspace, wanted)
