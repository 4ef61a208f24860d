"""From the start of the process to the first painted window, against a bare main window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measuring import ratio

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QLineEdit, QMainWindow, QTreeView, QWidget
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTreeView())
class Page(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, app.quit)
page = Page(window)
window.setCentralWidget(page)
window.resize(1280, 720)
window.show()
app.exec()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from maturity_desktop import bootstrap
from maturity_desktop.diagnostics.crash import CrashCapture
from maturity_desktop.system import paths
app = bootstrap.application()
window = bootstrap.build_window(app, CrashCapture(paths.state_folder()))
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            app.removeEventFilter(self)
            QTimer.singleShot(0, app.quit)
        return False
watcher = FirstPaint()
app.installEventFilter(watcher)
window.show()
window.start({start})
app.exec()
import os
os._exit(0)
"""


def run(script: str, home: Path) -> None:
    variables = dict(os.environ, QT_QPA_PLATFORM="offscreen", MATURITY_DESKTOP_HOME=str(home), PYTHONPATH=str(ROOT))
    subprocess.run([sys.executable, "-c", script], check=True, env=variables, cwd=home, capture_output=True)


def test_the_window_opens(tmp_path: Path) -> None:
    ours = OURS.format(start="None")
    measured = ratio("start to the window / bare main window", lambda: run(ours, tmp_path), lambda: run(BARE, tmp_path))
    assert measured.value < 5


def test_the_unlock_dialog_opens(tmp_path: Path, sample_place: Path) -> None:
    ours = OURS.format(start=f"Path({str(sample_place)!r})")
    measured = ratio(
        "start to the unlock dialog / bare main window", lambda: run(ours, tmp_path), lambda: run(BARE, tmp_path)
    )
    assert measured.value < 5
