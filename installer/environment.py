"""Makes the environment the program runs in: system libraries, a virtual environment, pinned packages with hashes."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "installer" / "locks"

# shared library the window needs → Debian package that brings it
WINDOW_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# program the tests call → Debian package that brings it
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "pdfsig": "poppler-utils",
    "qpdf": "qpdf",
    "certutil": "libnss3-tools",
    "softhsm2-util": "softhsm2",
    "xmlsec1": "xmlsec1",
    "soffice": "libreoffice-calc",
    "javac": "default-jdk-headless",
    "java": "default-jdk-headless",
}
TEST_PACKAGES = ("python3-uno",)


def say(text: str) -> None:
    """Print one line at once, so that slow steps can be followed."""
    print(text, flush=True)


def missing_window_packages() -> list[str]:
    """Return the Debian packages whose libraries the window needs and the machine lacks."""
    if sys.platform != "linux":
        return []
    missing = []
    for library, package in WINDOW_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_test_packages() -> list[str]:
    """Return the Debian packages whose programs the tests call and the machine lacks."""
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    if not Path("/usr/lib/python3/dist-packages/uno.py").exists():
        missing.extend(TEST_PACKAGES)
    return missing


def _privilege() -> list[str] | None:
    """Return the words that make a command run as root ([] when we are), or None when we may not."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages when we may; else name them. Return whether nothing is missing any more."""
    if not packages:
        return True
    privilege = _privilege()
    if shutil.which("apt-get") is None or privilege is None:
        say(f"Missing system packages. Please install them:  sudo apt-get install {' '.join(packages)}")
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    variables = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = [*privilege, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run([*privilege, "apt-get", "update", "-qq"], env=variables, check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run(install, env=variables, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        say(f"That did not work. Please install them:  sudo apt-get install {' '.join(packages)}")
    return done.returncode == 0


def python_of(folder: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make_environment(folder: Path, lock: Path, *, qt: str = "") -> Path:
    """Make or refresh a virtual environment from a lock file and return its interpreter.

    Args:
        folder: where it lies; made anew only when the lock changed.
        lock: requirements with hashes.
        qt: another PySide6 version to test against ("newest" for the highest allowed), "" for the locked one.
    """
    wanted = hashlib.sha256(lock.read_bytes() + qt.encode()).hexdigest()
    stamp = folder / "lock.sha256"
    python = python_of(folder)
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    say(f"Preparing the environment in {folder.name} (a minute or two the first time) …")
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(lock)], check=True)
    if qt:
        wish = "PySide6-Essentials<6.13" if qt == "newest" else f"PySide6-Essentials=={qt}"
        subprocess.run([*pip, "--upgrade", wish], check=True)
    stamp.write_text(wanted)
    return python
