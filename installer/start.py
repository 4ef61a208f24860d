"""From a fresh clone to the open program: `python3 installer/start.py`.

Makes the environment, installs what is missing, opens the program on a sample assessment. On a machine without a
display it says so and does the same sample job without a window, down to signed and verified files.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, from anywhere

from installer.environment import LOCKS, ROOT, install_packages, make_environment, missing_window_packages, say


def has_display() -> bool:
    """Whether a window can be shown here."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Set up and start; the exit code is the program's."""
    libraries_ready = install_packages(missing_window_packages())
    python = make_environment(ROOT / ".venv", LOCKS / "runtime.txt")
    if has_display() and libraries_ready:
        return subprocess.run([str(python), "-m", "maturity_desktop", "--sample"], cwd=ROOT, check=False).returncode
    why = "This machine has no display" if not has_display() else "The window's system libraries are missing"
    say(f"{why}; doing the sample job without a window. Files go to the folder sample/.")
    command = [str(python), "-m", "maturity_desktop", "demo", "--out", str(ROOT / "sample")]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
