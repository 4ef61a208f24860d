"""A real X server with a window manager, and the real program on it, driven by real key presses."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One display; `home` keeps the program's settings away from the user's."""

    display: str
    home: Path

    @property
    def variables(self) -> dict[str, str]:
        return dict(
            os.environ,
            DISPLAY=self.display,
            QT_QPA_PLATFORM="xcb",
            MATURITY_DESKTOP_HOME=str(self.home),
            PYTHONPATH=str(ROOT),
        )

    def start(self, *arguments: str, language: str = "zh_CN.UTF-8") -> "subprocess.Popen[bytes]":
        """Start the program."""
        command = [sys.executable, "-X", "faulthandler", "-m", "maturity_desktop", *arguments]
        variables = dict(self.variables, LANG=language, LC_ALL="", LANGUAGE="")
        return subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def wait_for_window(self, name: str) -> str:
        """Return the id of the visible window whose title contains `name`."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = self._xdotool("search", "--onlyvisible", "--name", name)
            if found:
                return found.split()[-1]
            time.sleep(0.2)
        raise AssertionError(f"no window called {name}")

    def keys(self, *keys: str, delay_ms: int = 12) -> None:
        """Press keys one after the other in the window that has the focus."""
        self._xdotool("key", "--delay", str(delay_ms), *keys)

    def type(self, words: str) -> None:
        """Type text."""
        self._xdotool("type", "--delay", "12", words)

    def title(self) -> str:
        """Return the title of the window that has the focus."""
        return self._xdotool("getactivewindow", "getwindowname")

    def picture(self, target: Path) -> None:
        """Keep a picture of the whole screen, when a folder for pictures is named."""
        subprocess.run(["import", "-window", "root", str(target)], env=self.variables, check=False)

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.variables, capture_output=True, text=True, check=False)
        return done.stdout.strip()


@contextmanager
def real_screen(home: Path, *, size: str = "1280x720") -> Iterator[Screen]:
    """Start Xvfb on a free display with a window manager; both end with the block."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        display = f":{said.readline().strip()}"
    screen = Screen(display=display, home=home)
    manager = subprocess.Popen(["openbox"], env=screen.variables, stderr=subprocess.DEVNULL)
    try:
        yield screen
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(timeout=10)


def wait_until_gone(process: "subprocess.Popen[bytes]") -> tuple[int, str]:
    """Return exit code and what was said on the error stream."""
    _, said = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said.decode(errors="replace")
