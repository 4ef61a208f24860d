"""The home screen: keeps the list of recent workspaces and starts the ways to open one."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.common.screens import Destination, Goal, Screen
from maturity_desktop.gui.engagements.opening import Opening
from maturity_desktop.gui.engagements.state import recent_row
from maturity_desktop.gui.engagements.views.home import HomeView
from maturity_desktop.settings import options

SAMPLE_FOLDER = "Maturity Desktop"


class HomeScreen(Screen):
    """Recent workspaces and the ways to begin."""

    destination = Destination.HOME
    needs_assessment = False

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.home = HomeView(desk.icons, desk.theme, desk.speech)
        super().__init__(desk, self.home, parent)
        self.opening = Opening(desk, self.home, self)
        self._actions = {
            "create": self.opening.create,
            "open": self.opening.choose_workspace,
            "backup": self.opening.choose_backup,
            "restore": self.opening.choose_restore,
            "sample": self.open_sample,
        }
        self.home.action_wanted.connect(self.begin)
        self.home.recent_chosen.connect(self._open_recent)
        self.home.recent_removed.connect(self._forget)

    def activate(self) -> None:
        """The list may have changed on disk; it is read again each time."""
        super().activate()
        self.load()

    def load(self) -> None:
        """Show the recent workspaces and whether they are still there."""
        missing = self.desk.speech.say("home.missing")
        rows = tuple(
            recent_row(found.path, found.opened_at, is_there=found.path.exists(), missing_word=missing)
            for found in self.desk.settings.recent()
        )
        self.home.show_recent(rows)

    def retranslate(self) -> None:
        """Say everything again."""
        self.home.retranslate()
        self.load()

    @Slot(str)
    def begin(self, action: str) -> None:
        """Start one of the ways to begin: create, open, backup, restore, sample."""
        self._actions[action]()

    def open_sample(self) -> None:
        """Open the sample assessment, making it when it is not there."""
        folder = self.desk.settings.text(options.DEFAULT_FOLDER)
        self.opening.open_sample(Path(folder) if folder else Path.home() / SAMPLE_FOLDER)

    @Slot(object)
    def _open_recent(self, path: Path) -> None:
        if self.place is not None and self.place.workspace.path == path:
            self.goal_wanted.emit(Goal(destination=Destination.ENGAGEMENTS))
        else:
            self.opening.ask_passphrase(path)

    @Slot(object)
    def _forget(self, path: Path) -> None:
        try:
            self.desk.settings.forget(path)
        except EnvironmentProblem as problem:
            self.desk.problems.announce(problem)
        self.load()
