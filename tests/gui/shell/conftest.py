"""A main window with real parts, jobs run by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from maturity_desktop.diagnostics.crash import CrashCapture
from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.shell.window import MainWindow
from tests.gui.conftest import ManualExecutor


@pytest.fixture
def window(desk: Desk, executor: ManualExecutor, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(desk, CrashCapture(tmp_path / "state"))
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    yield window
    window.close()
    executor.drain()
