"""Builds the program: clock, folders, machine, and the window. The only module that knows every room."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop import __version__
from maturity_desktop.diagnostics import logs
from maturity_desktop.diagnostics.crash import CrashCapture
from maturity_desktop.services.context import Machine
from maturity_desktop.settings import options
from maturity_desktop.settings.store import Settings
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from maturity_desktop.gui.shell.window import MainWindow

log = logging.getLogger(__name__)


def machine() -> Machine:
    """Return the real machine: system clock, shipped standards first, then the user's own."""
    own = paths.settings_folder() / "standards"
    return Machine(clock=SystemClock(), standards=(paths.standards(), own), cache=paths.cache_folder())


def run_command(arguments: Sequence[str]) -> int:
    """Run one command of the command line and return its exit code."""
    from maturity_desktop.cli import main as cli

    return cli.main(arguments, machine())


def run_window(start_with: Path | None = None, *, with_sample: bool = False) -> int:
    """Open the window and return its exit code.

    Args:
        start_with: a workspace to ask the passphrase for at once.
        with_sample: open the sample assessment at once, making it when it is not there.
    """
    state = paths.state_folder()
    logs.start(state)
    crash = CrashCapture(state)
    crash.install()
    log.info("window starts, version %s", __version__)
    app = application()
    window = build_window(app, crash)
    window.show()
    window.start(start_with, with_sample=with_sample)
    return app.exec()


def application() -> "QApplication":
    """Return the Qt application, dressed in our base style; an existing one is used (tests)."""
    from PySide6.QtWidgets import QApplication

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("maturity-desktop")
    app.setApplicationVersion(__version__)
    app.setStyle("Fusion")
    return app


def build_window(app: "QApplication", crash: CrashCapture) -> "MainWindow":
    """Wire the window with real lanes, real dialogs and the user's settings."""
    from PySide6.QtGui import QIcon

    from maturity_desktop.gui.common import fonts
    from maturity_desktop.gui.common.desk import build_desk
    from maturity_desktop.gui.common.jobs import ThreadExecutor
    from maturity_desktop.gui.shell.window import MainWindow

    settings = Settings(paths.settings_folder())
    family = fonts.load_shipped()
    desk = build_desk(app, machine(), settings, ThreadExecutor(), family=family)
    desk.jobs.failed_unexpectedly.connect(lambda problem: crash.record(problem, "job"))
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "program.svg")))
    log.info("language %s, theme %s", settings.text(options.LANGUAGE), settings.text(options.THEME))
    return MainWindow(desk, crash)
