"""Preferences and recent workspaces in TOML files; a damaged or foreign file never stops the program."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.settings import options
from maturity_desktop.settings.options import Option, Value
from maturity_desktop.system.files import write_atomically

_RECENT_LIMIT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentWorkspace:
    """A workspace opened before; it may be gone by now."""

    path: Path
    opened_at: datetime


class Settings:
    """The preferences of this user on this computer. Changes are written at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "settings.toml"
        self._recent_file = folder / "recent.toml"
        self._values = _accepted(_read(self._file))
        self._listeners: list[Callable[[Option], None]] = []

    def text(self, option: Option) -> str:
        """Return a text preference."""
        return str(self._values.get(option.key, option.default))

    def number(self, option: Option) -> int:
        """Return a whole-number preference."""
        return int(self._values.get(option.key, option.default))

    def flag(self, option: Option) -> bool:
        """Return a yes-or-no preference."""
        return bool(self._values.get(option.key, option.default))

    def set(self, option: Option, value: Value) -> None:
        """Keep a preference and tell listeners.

        Raises:
            ValueError: the value is not allowed for this option (a bug of the caller).
            EnvironmentProblem: SYS-0xx; the value then holds until the program ends.
        """
        if not option.accepts(value):
            raise ValueError(option.key, value)
        if self._values.get(option.key, option.default) == value:
            return
        self._values[option.key] = value
        for listener in tuple(self._listeners):
            listener(option)
        _write(self._file, {"format": options.FORMAT, **self._values})

    def listen(self, listener: Callable[[Option], None]) -> None:
        """Call `listener` after each change, with the option that changed."""
        self._listeners.append(listener)

    def recent(self) -> tuple[RecentWorkspace, ...]:
        """Return workspaces opened before, newest first."""
        found = []
        listed = _read(self._recent_file).get("workspace", [])
        for entry in listed if isinstance(listed, list) else []:
            path, opened_at = (entry.get("path"), entry.get("opened_at")) if isinstance(entry, dict) else (None, None)
            if isinstance(path, str) and isinstance(opened_at, datetime) and opened_at.tzinfo is not None:
                found.append(RecentWorkspace(path=Path(path), opened_at=opened_at))
        return tuple(sorted(found, key=lambda workspace: workspace.opened_at, reverse=True))

    def remember(self, path: Path, opened_at: datetime) -> None:
        """Put a workspace at the top of the recent ones. Raises EnvironmentProblem SYS-0xx."""
        others = [workspace for workspace in self.recent() if workspace.path != path]
        self._keep_recent((RecentWorkspace(path=path, opened_at=opened_at), *others)[:_RECENT_LIMIT])

    def forget(self, path: Path) -> None:
        """Take a workspace off the list; the workspace itself is not touched. Raises EnvironmentProblem SYS-0xx."""
        self._keep_recent(tuple(workspace for workspace in self.recent() if workspace.path != path))

    def _keep_recent(self, workspaces: tuple[RecentWorkspace, ...]) -> None:
        blocks = (
            f"[[workspace]]\npath = {_literal(str(workspace.path))}\nopened_at = {workspace.opened_at.isoformat()}\n"
            for workspace in workspaces
        )
        _write_text(self._recent_file, "\n".join(blocks))


def _accepted(found: Mapping[str, object]) -> dict[str, Value]:
    values = _upgraded(dict(found))
    accepted: dict[str, Value] = {}
    for option in options.ALL:
        for name in (option.key, *option.older_names):
            value = values.get(name)
            if isinstance(value, str | int | bool) and option.accepts(value):
                accepted[option.key] = value
                break
    return accepted


def _upgraded(values: dict[str, object]) -> dict[str, object]:
    version = values.get("format", options.FORMAT)
    while isinstance(version, int) and version in options.UPGRADES:
        values = options.UPGRADES[version](values)
        version += 1
    return values


def _read(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _write(file: Path, values: Mapping[str, Value]) -> None:
    _write_text(file, "".join(f"{key} = {_literal(value)}\n" for key, value in values.items()))


def _write_text(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem("SYS-009", path=str(file), detail=problem.strerror or "") from problem
    write_atomically(file, text.encode("utf-8"))


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(_escaped(character) for character in value)
    return f'"{escaped}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return f"\\u{ord(character):04X}" if ord(character) < 0x20 or ord(character) == 0x7F else character
