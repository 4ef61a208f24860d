"""The preferences screen: options apply at once; passphrases, backup and check act on the open workspace."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.looks import Looks
from maturity_desktop.gui.common.screens import Destination, Screen
from maturity_desktop.gui.common.widgets import Tone
from maturity_desktop.gui.preferences.components import installed
from maturity_desktop.gui.preferences.keeping import KeyKeeper
from maturity_desktop.gui.preferences.trusting import TrustKeeper
from maturity_desktop.gui.preferences.views.passphrases import PassphraseDialog
from maturity_desktop.gui.preferences.views.preferences import PreferencesView
from maturity_desktop.settings import options
from maturity_desktop.settings.options import Option, Value
from maturity_desktop.system import paths
from maturity_desktop.system.progress import Progress

if TYPE_CHECKING:
    from maturity_desktop.services.context import Workspace
    from maturity_desktop.services.integrity import IntegrityReport
    from maturity_desktop.services.outcomes import Changes, Outcome

_GROUPS = (
    ("looks", (options.LANGUAGE, options.THEME, options.FONT_SCALE)),
    ("person", (options.ACTOR, options.DEFAULT_FOLDER, options.LOCK_AFTER_MINUTES)),
)
_SHOWN_NAMES = 6


class PreferencesScreen(Screen):
    """Options, care of the workspace, components."""

    destination = Destination.PREFERENCES
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = PreferencesView(Looks(desk.speech, desk.theme, desk.icons), _GROUPS)
        super().__init__(desk, self.page, parent)
        self._dialog: PassphraseDialog | None = None
        self.trust = TrustKeeper(desk, self.page.trust, self)
        self.trust.changed.connect(self._publish)
        self.keys = KeyKeeper(desk, self.page.kept, self)
        self.keys.changed.connect(self._publish)
        self._care: dict[str, Callable[[], None]] = {
            "passphrase": partial(self._ask_passphrase, "passphrase"),
            "recovery": partial(self._ask_passphrase, "recovery"),
            "backup": self._ask_backup,
            "check": self._check,
        }
        self.page.option_chosen.connect(self._on_option)
        self.page.care_wanted.connect(self._on_care)
        self.page.logs_wanted.connect(self._show_logs)
        desk.settings.listen(self._show_options)
        desk.theme.changed.connect(self.retranslate)
        self._show_options()

    def load(self) -> None:
        """Show what the open workspace needs, and the components."""
        place = self.place
        self.page.message.hide()
        self.desk.jobs.work(installed, self._on_components)
        workspace = place.workspace if place is not None else None
        self.trust.take(workspace)
        self.keys.take(workspace)
        if place is None:
            self.page.show_workspace("", has_recovery=False, can_change=False)
            return
        self.desk.jobs.work(partial(_has_recovery, place.workspace), self._on_recovery)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self.trust.retranslate()
        self.keys.retranslate()

    @Slot(object)
    def _publish(self, changes: "Changes") -> None:
        self.desk.hub.publish(changes, self)

    def can_close(self) -> bool:
        """A text being typed counts as chosen."""
        for field in self.page.fields.values():
            field.control.clearFocus()
        return True

    def _on_components(self, result: object) -> None:
        if isinstance(result, Success):
            self.page.components.show_components(result.value)

    def _on_recovery(self, result: Success[bool] | Failure) -> None:
        if self.place is None or isinstance(result, Failure):
            return
        workspace = self.place.workspace
        self.page.show_workspace(str(workspace.path), has_recovery=result.value, can_change=not workspace.is_read_only)

    # --- options ------------------------------------------------------------------------------------------------

    @Slot(object, object)
    def _on_option(self, option: Option, value: Value) -> None:
        self.desk.keep(option, value)

    def _show_options(self, _changed: Option | None = None) -> None:
        settings = self.desk.settings
        for field in self.page.fields.values():
            option = field.option
            is_number = isinstance(option.default, int)
            field.show_value(settings.number(option) if is_number else settings.text(option))

    # --- care of the workspace ----------------------------------------------------------------------------------

    @Slot(str)
    def _on_care(self, name: str) -> None:
        if self.place is not None:
            self._care[name]()

    def _ask_passphrase(self, key: str) -> None:
        self._dialog = PassphraseDialog(self.desk.icons, self.desk.speech, key, parent=self.page.window())
        self._dialog.given.connect(self._on_passphrase)
        self._dialog.open()

    @Slot(str, str)
    def _on_passphrase(self, old: str, new: str) -> None:
        if self.place is not None:
            self.desk.jobs.write(partial(_change, self.place.workspace, old, new), self._on_changed)

    def _on_changed(self, result: "Success[Outcome[None]] | Failure") -> None:
        dialog = self._dialog
        if isinstance(result, Failure):
            if dialog is not None:
                dialog.show_problem(self.desk.problems.sentence(result.problem))
            return
        if dialog is not None:
            dialog.accept()
            self._dialog = None
        self.load()
        self._tell(self.desk.speech.say("preferences.passphrase_done"), Tone.GOOD)

    def _ask_backup(self) -> None:
        place = self.place
        if place is None:
            return
        now = place.workspace.machine.clock.now().astimezone()
        name = f"{place.workspace.path.stem}-{now:%Y%m%d-%H%M}.mdbackup"
        folder = Path(self.desk.settings.text(options.DEFAULT_FOLDER) or place.workspace.path.parent)
        wish = FileWish(
            title=self.desk.speech.say("preferences.backup_do"),
            pattern=f"{self.desk.speech.say('home.backup_kind')} (*.mdbackup)",
            start=folder / name,
        )
        self.desk.dialogs.save_file(self.page.window(), wish, self._back_up)

    def _back_up(self, target: Path) -> None:
        if self.place is not None:
            running = self.desk.jobs.watch(partial(_back_up, self.place.workspace, target), self._on_backed_up)
            self.page.strip.follow(running, self.desk.speech.say("preferences.backing_up"))

    def _on_backed_up(self, result: "Success[Outcome[Path]] | Failure") -> None:
        self.page.strip.finish()
        if isinstance(result, Failure):
            self._tell_failure(result)
            return
        self._tell(self.desk.speech.say("preferences.backup_done", path=result.value.value), Tone.GOOD)

    def _check(self) -> None:
        if self.place is not None:
            running = self.desk.jobs.watch(partial(_check, self.place.workspace), self._on_checked)
            self.page.strip.follow(running, self.desk.speech.say("preferences.checking"))

    def _on_checked(self, result: "Success[IntegrityReport] | Failure") -> None:
        self.page.strip.finish()
        if isinstance(result, Failure):
            self._tell_failure(result)
            return
        report, say = result.value, self.desk.speech.say
        if report.is_sound:
            found = say("preferences.sound", entries=report.journal_entries, evidence=report.evidence_checked)
            self._tell(found, Tone.GOOD)
            return
        faults = [
            "" if report.database_ok else say("preferences.fault_database"),
            "" if report.journal_intact else say("preferences.fault_journal"),
            say("preferences.fault_missing", names=_some(report.missing)) if report.missing else "",
            say("preferences.fault_damaged", names=_some(report.damaged)) if report.damaged else "",
        ]
        self._tell("\n".join(fault for fault in faults if fault), Tone.BAD)

    def _tell_failure(self, failure: Failure) -> None:
        tone = Tone.NOTE if failure.is_cancelled else Tone.BAD
        self._tell(self.desk.problems.sentence(failure.problem), tone)

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.page.message.show_message(sentence, tone)

    @Slot()
    def _show_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.state_folder())))


def _some(names: tuple[str, ...]) -> str:
    more = "…" if len(names) > _SHOWN_NAMES else ""
    return "、".join(names[:_SHOWN_NAMES]) + more


def _has_recovery(workspace: "Workspace") -> bool:
    from maturity_desktop.services import workspaces

    return workspaces.has_recovery_slot(workspace)


def _change(workspace: "Workspace", old: str, new: str) -> "Outcome[None]":
    from maturity_desktop.services import workspaces

    if old:
        return workspaces.change_passphrase(workspace, old, new)
    return workspaces.set_recovery_passphrase(workspace, new)


def _back_up(workspace: "Workspace", target: Path, progress: Progress) -> "Outcome[Path]":
    from maturity_desktop.services import workspaces

    return workspaces.back_up(workspace, target, progress)


def _check(workspace: "Workspace", progress: Progress) -> "IntegrityReport":
    from maturity_desktop.services import workspaces

    return workspaces.check_integrity(workspace, progress)
