"""Capture of bugs: one file per crash with the stack, the place and the versions, never values of variables."""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from maturity_desktop import __version__

log = logging.getLogger(__name__)
_PATTERN = "crash-*.txt"
_KEPT = 10


class CrashCapture:
    """Writes crash files into one folder; `install` hooks it into the interpreter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fault_file: TextIO | None = None

    def install(self) -> None:
        """Catch what escapes the main thread, other threads, and the interpreter itself."""
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._fault_file = (self._folder / "fault.txt").open("a+", encoding="utf-8")
            faulthandler.enable(self._fault_file)

    def leftovers(self) -> tuple[Path, ...]:
        """Return crash files of earlier sessions, newest first; a hard fault counts too."""
        found = sorted(self._folder.glob(_PATTERN), reverse=True)
        fault = self._folder / "fault.txt"
        with suppress(OSError):
            if fault.stat().st_size > 0:
                found.append(fault)
        return tuple(found)

    def put_away(self) -> None:
        """Forget leftovers after the user has seen them: files are kept as `seen-…`, the oldest go."""
        for file in self.leftovers():
            with suppress(OSError):
                if file.name == "fault.txt":
                    (self._folder / "seen-fault.txt").write_bytes(file.read_bytes())
                    file.write_bytes(b"")
                else:
                    file.rename(file.with_name(f"seen-{file.name}"))
        for file in sorted(self._folder.glob("seen-crash-*.txt"), reverse=True)[_KEPT:]:
            with suppress(OSError):
                file.unlink()

    def record(self, problem: BaseException, where: str) -> Path | None:
        """Write one crash file; None when even that fails."""
        stack = "".join(_frames(problem))
        at = datetime.now().astimezone()
        text = (
            f"Maturity Desktop {__version__}\n{platform.platform()}\nPython {platform.python_version()}\n"
            f"{at.isoformat()}\n{where}\n\n{stack}"
        )
        file = self._folder / f"crash-{at:%Y%m%d-%H%M%S-%f}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError:
            return None
        log.error("crash recorded in %s", file.name)
        return file

    def _on_main(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            self.record(problem, "main thread")
        sys.__excepthook__(kind, problem, trace)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.record(args.exc_value, f"thread {args.thread.name if args.thread else '?'}")


def _frames(problem: BaseException | None) -> list[str]:
    """The stack and the kinds of the exceptions, without their messages: those may carry what users typed."""
    lines: list[str] = []
    while problem is not None:
        lines.extend(traceback.format_tb(problem.__traceback__))
        lines.append(f"{type(problem).__module__}.{type(problem).__qualname__}\n")
        problem = problem.__cause__ or problem.__context__
    return lines
