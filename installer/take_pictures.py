"""Takes the README's pictures of the real window on the sample: `python -m installer.take_pictures FOLDER [SCALE]`.

Runs without a display; every screen in Chinese and English, light and dark. SCALE 1.5 shows what a dense screen sees.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maturity_desktop.gui.shell.window import MainWindow

SCREENS = (
    *("home", "engagements", "self_assessment", "questionnaire", "evidence", "findings", "results", "signoff"),
    *("export", "library", "verify", "journal", "preferences"),
)
SIZE = (1280, 720)
SETTLE_S = 0.9


def main() -> int:
    """Take all pictures; the exit code says whether there were any."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    scale = sys.argv[2] if len(sys.argv) > 2 else "1"
    os.environ.update(QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=scale)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(MATURITY_DESKTOP_HOME=home, HOME=home)
        return _take(folder, scale)


def _settle(window: MainWindow) -> None:
    """Let the window work until nothing is under way; waiting in Qt alone would keep its threads from running."""
    from PySide6.QtTest import QTest

    until = time.monotonic() + SETTLE_S
    while time.monotonic() < until or window.is_busy:
        QTest.qWait(10)
        time.sleep(0.02)


def _take(folder: Path, scale: str) -> int:
    from maturity_desktop import bootstrap
    from maturity_desktop.diagnostics.crash import CrashCapture
    from maturity_desktop.gui.common.screens import Destination
    from maturity_desktop.system import paths

    app = bootstrap.application()
    window = bootstrap.build_window(app, CrashCapture(paths.state_folder()))
    window.resize(*(round(side / float(scale)) for side in SIZE) if float(scale) > 1 else SIZE)
    window.show()
    window.start(with_sample=True)
    while window.session.place is None or window.session.place.assessment_id is None:
        _settle(window)
    taken = 0
    for language in ("zh", "en"):
        window.switches.to_language(language)
        for theme in ("light", "dark"):
            for name in SCREENS:
                window.show_screen(Destination(name))
                _settle(window)
                taken += window.grab().save(str(folder / f"{name}-{language}-{theme}.png"))
            window.switches.other_theme()
    window.close()
    _settle(window)
    return 0 if taken else 1


if __name__ == "__main__":
    sys.exit(main())
