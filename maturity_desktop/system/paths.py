"""Where things lie: shipped resources and standards, and the user's own folders for settings, cache and logs."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_APP = "maturity-desktop"


def _shipped(name: str) -> Path:
    """Return the shipped data folder `name`: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """Return the folder with fonts, icons, style and wording."""
    return _shipped("resources")


def standards() -> Path:
    """Return the folder with the shipped standard packs."""
    return _shipped("standards")


def fonts() -> Path:
    """Return the folder with the shipped fonts."""
    return resources() / "fonts"


def _user_folder(windows: str, variable: str, fallback: str) -> Path:
    override = os.environ.get("MATURITY_DESKTOP_HOME")
    if override:
        return Path(override) / fallback.rsplit("/", 1)[-1]
    if sys.platform == "win32":
        return Path(os.environ.get(windows, str(Path.home()))) / _APP
    return Path(os.environ.get(variable) or Path.home() / fallback) / _APP


def settings_folder() -> Path:
    """Return the user's settings folder (not created)."""
    return _user_folder("APPDATA", "XDG_CONFIG_HOME", ".config")


def cache_folder() -> Path:
    """Return the user's cache folder (not created); everything in it can be made again."""
    return _user_folder("LOCALAPPDATA", "XDG_CACHE_HOME", ".cache")


def state_folder() -> Path:
    """Return the user's folder for logs and crash files (not created)."""
    return _user_folder("LOCALAPPDATA", "XDG_STATE_HOME", ".local/state")
