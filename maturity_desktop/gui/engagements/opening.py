"""Opening, creating and restoring workspaces: the conversation behind the home page and behind unlocking.

Services are imported inside jobs: that is where SQLAlchemy comes in, on a thread, while the passphrase is typed.
"""

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from maturity_desktop.errors import RuleBroken
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.engagements.state import LEAST_PASSPHRASE_SCORE, derive_create
from maturity_desktop.gui.engagements.views.create import CreateDialog
from maturity_desktop.gui.engagements.views.unlock import UnlockDialog
from maturity_desktop.settings import options

if TYPE_CHECKING:
    from maturity_desktop.services.context import Machine, Workspace
    from maturity_desktop.services.workspaces import Strength

_BACKUP = ".mdbackup"


class Opening(QObject):
    """Asks for what is needed and emits `opened` with an open workspace."""

    opened = Signal(object)  # Workspace
    busy_with = Signal(str)  # sentence; empty when over
    restored = Signal(object)  # Path

    def __init__(self, desk: Desk, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._unlock: UnlockDialog | None = None
        self._create: CreateDialog | None = None
        self._path = Path()
        self._judged = ""

    # --- unlock -------------------------------------------------------------------------------------------------

    def ask_passphrase(self, path: Path) -> None:
        """Open the unlock dialog for a workspace or a backup, and load services meanwhile."""
        self._path = path
        desk = self._desk
        dialog = UnlockDialog(
            desk.icons,
            desk.speech,
            name=path.stem,
            place=str(path.parent),
            actor=desk.settings.text(options.ACTOR),
            parent=self._window,
        )
        self._unlock = dialog
        dialog.passphrase_given.connect(self._on_passphrase)
        desk.jobs.work(_warm, _ignore)
        dialog.open()

    @Slot(str, str)
    def _on_passphrase(self, passphrase: str, actor: str) -> None:
        if actor:
            self._desk.keep(options.ACTOR, actor)
        job = partial(_open, self._desk.machine, self._path, passphrase, actor)
        self._desk.jobs.write(job, self._on_unlocked)

    def _on_unlocked(self, result: "Success[Workspace] | Failure") -> None:
        dialog = self._unlock
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        if dialog is not None:
            dialog.passphrase.clear()
            dialog.accept()
            self._unlock = None
        self._announce(result.value)

    # --- create -------------------------------------------------------------------------------------------------

    def create(self) -> None:
        """Open the dialog for a new workspace."""
        settings = self._desk.settings
        folder = settings.text(options.DEFAULT_FOLDER) or str(Path.home())
        dialog = CreateDialog(
            self._desk.icons,
            self._desk.speech,
            folder=folder,
            actor=settings.text(options.ACTOR),
            parent=self._window,
        )
        self._create = dialog
        dialog.edited.connect(self._on_edited)
        dialog.passphrase_edited.connect(self._on_passphrase_edited)
        dialog.folder_wanted.connect(self._on_folder_wanted)
        dialog.submitted.connect(self._on_create)
        self._on_edited()
        self._desk.jobs.work(_warm, _ignore)
        dialog.open()

    @Slot()
    def _on_edited(self) -> None:
        if self._create is not None:
            self._create.show_props(derive_create(self._create.inputs))

    @Slot(str)
    def _on_passphrase_edited(self, passphrase: str) -> None:
        self._judged = passphrase
        self._desk.jobs.work(partial(_judge, passphrase), self._on_judged)

    def _on_judged(self, result: "Success[tuple[str, Strength]] | Failure") -> None:
        if isinstance(result, Failure) or self._create is None or result.value[0] != self._judged:
            return
        strength, say = result.value[1], self._desk.speech.say
        if not self._judged:
            self._create.show_strength(None, "")
            return
        hints = " ".join(say(f"errors.{hint}") for hint in strength.hints)
        self._create.show_strength(strength.score, f"{say(f'home.strength_{strength.score}')} {hints}".strip())

    @Slot()
    def _on_folder_wanted(self) -> None:
        if self._create is not None:
            wish = FileWish(title=self._desk.speech.say("home.folder"), start=Path(self._create.folder.text()))
            self._desk.dialogs.choose_folder(self._create, wish, self._on_folder)

    def _on_folder(self, folder: Path) -> None:
        if self._create is not None:
            self._create.folder.setText(str(folder))
            self._desk.keep(options.DEFAULT_FOLDER, str(folder))

    @Slot()
    def _on_create(self) -> None:
        if self._create is None:
            return
        inputs = self._create.inputs
        self._create.set_busy(True)
        self._desk.keep(options.ACTOR, inputs.actor.strip())
        target = Path(inputs.folder.strip()) / f"{inputs.name.strip()}.maturity"
        secrets = (inputs.passphrase, inputs.recovery)
        self._desk.jobs.write(partial(_make, self._desk.machine, target, secrets, inputs.actor.strip()), self._on_made)

    def _on_made(self, result: "Success[Workspace] | Failure") -> None:
        dialog = self._create
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self._desk.problems.sentence(result.problem))
            return
        if dialog is not None:
            dialog.accept()
            self._create = None
        self._announce(result.value)

    # --- files --------------------------------------------------------------------------------------------------

    def choose_workspace(self) -> None:
        """Ask for a workspace folder, then for its passphrase."""
        wish = FileWish(title=self._desk.speech.say("home.open_which"), start=self._start_folder())
        self._desk.dialogs.choose_folder(self._window, wish, self.ask_passphrase)

    def choose_backup(self) -> None:
        """Ask for a backup file, then for its passphrase; it opens read-only."""
        self._desk.dialogs.open_file(self._window, self._backup_wish(), self.ask_passphrase)

    def choose_restore(self) -> None:
        """Ask for a backup file and the folder to restore it into."""
        self._desk.dialogs.open_file(self._window, self._backup_wish(), self._on_backup_to_restore)

    def _on_backup_to_restore(self, backup: Path) -> None:
        wish = FileWish(title=self._desk.speech.say("home.restore_where"), start=self._start_folder())
        self._desk.dialogs.choose_folder(self._window, wish, partial(self._restore, backup))

    def _restore(self, backup: Path, folder: Path) -> None:
        self.busy_with.emit(self._desk.speech.say("home.restoring"))
        job = partial(_restore, self._desk.machine, backup, folder / f"{backup.stem}.maturity")
        self._desk.jobs.work(job, self._on_restored)

    def _on_restored(self, result: Success[Path] | Failure) -> None:
        self.busy_with.emit("")
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)
            return
        self.restored.emit(result.value)
        self.ask_passphrase(result.value)

    def open_sample(self, folder: Path) -> None:
        """Make the sample in `folder` when it is not there yet, and open it."""
        self.busy_with.emit(self._desk.speech.say("home.sample_coming"))
        actor = self._desk.settings.text(options.ACTOR)
        self._desk.jobs.write(partial(_sample, self._desk.machine, folder, actor), self._on_sample)

    def _on_sample(self, result: "Success[Workspace] | Failure") -> None:
        self.busy_with.emit("")
        if isinstance(result, Failure):
            self._desk.problems.announce(result.problem)
            return
        self._announce(result.value)

    def _announce(self, workspace: "Workspace") -> None:
        self.opened.emit(workspace)

    def _start_folder(self) -> Path:
        return Path(self._desk.settings.text(options.DEFAULT_FOLDER) or Path.home())

    def _backup_wish(self) -> FileWish:
        say = self._desk.speech.say
        return FileWish(
            title=say("home.backup_which"),
            pattern=f"{say('home.backup_kind')} (*{_BACKUP})",
            start=self._start_folder(),
        )


def _warm() -> None:
    for room in ("assessments", "engagements", "standards", "workspaces"):
        import_module(f"maturity_desktop.services.{room}")


def _ignore(_result: object) -> None:
    """The warm-up has nothing to tell; what fails there fails again, and aloud, when opening."""


def _open(machine: "Machine", path: Path, passphrase: str, actor: str) -> "Workspace":
    from maturity_desktop.services import workspaces

    read_only = path.suffix == _BACKUP
    return workspaces.open_workspace(machine, path, passphrase, actor=actor, read_only=read_only)


def _judge(passphrase: str) -> "tuple[str, Strength]":
    from maturity_desktop.services import workspaces

    return passphrase, workspaces.passphrase_strength(passphrase)


def _make(machine: "Machine", target: Path, secrets: tuple[str, str], actor: str) -> "Workspace":
    from maturity_desktop.services import workspaces

    passphrase, recovery = secrets
    if recovery and workspaces.passphrase_strength(recovery).score < LEAST_PASSPHRASE_SCORE:
        raise RuleBroken("WSP-010")
    workspace = workspaces.create(machine, target, passphrase, actor=actor)
    if recovery:
        workspaces.set_recovery_passphrase(workspace, recovery)
    return workspace


def _restore(machine: "Machine", backup: Path, target: Path) -> Path:
    from maturity_desktop.services import workspaces

    return workspaces.restore(machine, backup, target)


def _sample(machine: "Machine", folder: Path, actor: str) -> "Workspace":
    from maturity_desktop.services import sample, workspaces

    folder.mkdir(parents=True, exist_ok=True)
    path, passphrase = sample.create(machine, folder)
    return workspaces.open_workspace(machine, path, passphrase, actor=actor)
