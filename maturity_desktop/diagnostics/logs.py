"""The rotating log: one session in a few lines, ids and counts only."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LIMIT_BYTES = 512 * 1024
_KEPT = 4


def start(folder: Path) -> Path | None:
    """Write the program's log to `folder` and return the file; None when the folder cannot be written."""
    file = folder / "maturity-desktop.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_LIMIT_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("maturity_desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return file
