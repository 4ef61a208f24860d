"""What GUI tests stand on: a desk with real parts, a job executor run by hand, and dialogs that answer by script."""

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common import fonts
from maturity_desktop.gui.common.desk import Desk, follow_settings
from maturity_desktop.gui.common.dialogs import FileWish, PathTaker, Question
from maturity_desktop.gui.common.hub import Hub
from maturity_desktop.gui.common.icons import Icons
from maturity_desktop.gui.common.jobs import Jobs, Lane
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.common.problems import Problems
from maturity_desktop.gui.common.theme import Theme
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.settings.store import Settings
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from tests.gui.real_assessment import RealAssessment, make_assessment, open_assessment


class ManualExecutor:
    """Keeps jobs until the test runs them, each on the test's own thread."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Lane, Callable[[], None]]] = deque()

    def submit(self, lane: Lane, job: Callable[[], None]) -> None:
        """Keep a job."""
        self.waiting.append((lane, job))

    def drain(self) -> None:
        """Run everything that waits."""
        while self.waiting:
            self.waiting.popleft()[1]()

    def settle(self) -> None:
        """Run jobs and deliver their results until nothing is left to do."""
        for _ in range(200):
            self.drain()
            QApplication.processEvents()
            if not self.waiting:
                return
        raise AssertionError("jobs keep starting jobs")


class ScriptedDialogs:
    """Answers dialogs with what the test put in; records the questions asked."""

    def __init__(self) -> None:
        self.paths: deque[Path] = deque()
        self.says_yes = True
        self.questions: list[Question] = []

    def open_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        then(self.paths.popleft())

    def open_files(self, parent: QWidget, wish: FileWish, then: Callable[[tuple[Path, ...]], None]) -> None:
        chosen, self.paths = tuple(self.paths), deque()
        then(chosen)

    def save_file(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        then(self.paths.popleft())

    def choose_folder(self, parent: QWidget, wish: FileWish, then: PathTaker) -> None:
        then(self.paths.popleft())

    def ask(self, parent: QWidget, question: Question, then: Callable[[], None]) -> None:
        self.questions.append(question)
        if self.says_yes:
            then()


@pytest.fixture
def executor() -> ManualExecutor:
    return ManualExecutor()


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(clock=SystemClock(), standards=(paths.standards(),), cache=tmp_path / "cache")


@pytest.fixture
def theme(qtbot: QtBot, qapp: QApplication) -> Iterator[Theme]:
    _delete_closed()
    theme = Theme(qapp, choice="light")
    theme.set_family(fonts.load_shipped() or theme.family)
    theme.apply()
    yield theme
    theme.deleteLater()


def _delete_closed() -> None:
    """Let Qt really delete what earlier tests closed; each leftover window would be dressed again and again."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(
    theme: Theme, machine: Machine, executor: ManualExecutor, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> Desk:
    """A desk with real parts; only jobs and dialogs are driven by hand. `desk.jobs` needs `executor.settle()`."""
    speech = Speech("zh", theme)
    desk = Desk(
        machine=machine,
        settings=Settings(tmp_path / "settings"),
        speech=speech,
        theme=theme,
        icons=Icons(theme, theme),
        jobs=Jobs(executor, theme),
        hub=Hub(theme),
        problems=Problems(speech, theme),
        dialogs=dialogs,
    )
    follow_settings(desk)
    return desk


@pytest.fixture(scope="session")
def empty_assessment(tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Path]:
    """A closed workspace with part 3 and an unanswered assessment, made once and copied by `real`."""
    folder = tmp_path_factory.mktemp("empty_assessment")
    machine = Machine(clock=SystemClock(), standards=(paths.standards(),), cache=folder / "cache")
    made = make_assessment(machine, folder)
    workspaces.close(made.workspace)
    return machine, made.workspace.path


@pytest.fixture
def real(empty_assessment: tuple[Machine, Path], tmp_path: Path) -> Iterator[RealAssessment]:
    """An open workspace of the test's own with an unanswered assessment."""
    machine, template = empty_assessment
    place = tmp_path / template.name
    shutil.copytree(template, place)
    made = open_assessment(machine, place)
    yield made
    workspaces.close(made.workspace)
