"""The verification screen: judges files off the GUI thread and keeps the list of trusted roots."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.dialogs import FileWish
from maturity_desktop.gui.common.jobs import Failure, Success
from maturity_desktop.gui.common.printing.previewing import Previewing
from maturity_desktop.gui.common.screens import Destination, Place, Screen
from maturity_desktop.gui.verifying.countersigning import Countersigner
from maturity_desktop.gui.verifying.state import ShownVerdict, roots_from, roots_to
from maturity_desktop.gui.verifying.views.page import VerifyView
from maturity_desktop.gui.verifying.words import shown
from maturity_desktop.services import trust, verifying
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Changes
from maturity_desktop.services.printing import Source
from maturity_desktop.services.verifying import FileCheck
from maturity_desktop.settings import options
from maturity_desktop.settings.options import Option
from maturity_desktop.system.progress import Progress


class VerifyScreen(Screen):
    """Verdicts on files anyone hands us; works without a workspace, whose trust store counts when one is open."""

    destination = Destination.VERIFY
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.page = VerifyView(desk.icons, desk.theme, desk.speech)
        super().__init__(desk, self.page, parent)
        self._checks: tuple[FileCheck, ...] = ()
        self.page.files_given.connect(self.judge)
        self.page.choose_wanted.connect(self._choose)
        self.page.add_root_wanted.connect(self._choose_root)
        self.page.root_removed.connect(self._remove_root)
        self.countersigner = Countersigner(desk, self.page, self)
        self.page.countersign_wanted.connect(self._countersign)
        self.countersigner.written.connect(self._on_countersigned)
        self.previewing: Previewing | None = None
        self.page.preview_wanted.connect(self.preview)
        desk.settings.listen(self._on_setting)
        desk.theme.changed.connect(self._show)
        self.page.show_roots(self.roots)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The trusted roots that are still there."""
        return roots_from(self.desk.settings.text(options.TRUST_ROOTS))

    def enter(self, place: Place | None) -> None:
        """Keep the workspace: its trust store counts; verdicts stay."""
        self.place = place

    def concerns(self, changes: Changes) -> bool:  # noqa: ARG002  nothing in a workspace matters here
        """Return False: verdicts rest on files alone."""
        return False

    def retranslate(self) -> None:
        """Say everything again."""
        self.page.retranslate()
        self._show()

    @Slot(object)
    def judge(self, files: tuple[Path, ...]) -> None:
        """Verify these files against the trusted roots and the trust store of the open workspace."""
        roots = tuple(root for root in self.roots if root.exists())
        workspace = self.place.workspace if self.place is not None else None
        running = self.desk.jobs.watch(partial(_judge, files, roots, workspace), self._on_judged)
        self.page.strip.follow(running, self.desk.speech.say("verifying.judging"))

    @Slot(object)
    def _countersign(self, verdict: ShownVerdict) -> None:
        self.countersigner.ask(verdict, self.place.workspace if self.place is not None else None)

    @Slot(object)
    def _on_countersigned(self, path: Path) -> None:
        self.judge((path,))

    @Slot(object)
    def preview(self, shown_verdict: ShownVerdict) -> None:
        """Show the pages of a judged PDF file, to be printed from there."""
        workspace = self.place.workspace if self.place is not None else None
        source = Source(path=shown_verdict.path, sha256=shown_verdict.sha256, roots=self.roots, workspace=workspace)
        self.previewing = Previewing(self.desk, source, self.page)
        self.previewing.open()

    def _on_judged(self, result: Success[tuple[FileCheck, ...]] | Failure) -> None:
        self.page.strip.finish()
        if isinstance(result, Failure):
            if not result.is_cancelled:
                self.desk.problems.announce(result.problem)
            return
        self._checks = (*result.value, *self._checks)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.page.show_verdicts(tuple(shown(check, self.desk.speech) for check in self._checks))

    @Slot()
    def _choose(self) -> None:
        wish = FileWish(title=self.desk.speech.say("verifying.choose"), start=self._folder())
        self.desk.dialogs.open_files(self.page, wish, self.judge)

    @Slot()
    def _choose_root(self) -> None:
        say = self.desk.speech.say
        pattern = f"{say('verifying.root_kind')} (*.pem *.crt *.cer)"
        wish = FileWish(title=say("verifying.add_root"), pattern=pattern, start=self._folder())
        self.desk.dialogs.open_file(self.page, wish, self._add_root)

    def _add_root(self, root: Path) -> None:
        self.desk.keep(options.TRUST_ROOTS, roots_to((*self.roots, root)))

    @Slot(object)
    def _remove_root(self, root: Path) -> None:
        self.desk.keep(options.TRUST_ROOTS, roots_to(tuple(each for each in self.roots if each != root)))

    def _on_setting(self, option: Option) -> None:
        if option is options.TRUST_ROOTS:
            self.page.show_roots(self.roots)

    def _folder(self) -> Path:
        return Path(self.desk.settings.text(options.DEFAULT_FOLDER) or Path.home())


def _judge(
    files: tuple[Path, ...], roots: tuple[Path, ...], workspace: Workspace | None, progress: Progress
) -> tuple[FileCheck, ...]:
    more = trust.files(workspace) if workspace is not None else None
    found = []
    for number, file in enumerate(files):
        progress(number, len(files), file.name)
        found.append(verifying.verify_file(file, roots, more=more))
    return tuple(found)
