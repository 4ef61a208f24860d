"""Every preference, described once: key, default, what is allowed, and how an older file is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Value = str | int | bool

FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One preference. Its name and hint on screen are `preferences.<key>` and `preferences.<key>_hint`.

    Attributes:
        choices: allowed values in the order shown; empty means free within `minimum` … `maximum`.
        older_names: keys under which earlier versions kept it, newest first.
    """

    key: str
    default: Value
    choices: tuple[Value, ...] = ()
    minimum: int = 0
    maximum: int = 0
    older_names: tuple[str, ...] = ()

    def accepts(self, value: object) -> bool:
        """Return whether `value` is of the right kind and allowed."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, int) and not isinstance(value, bool):
            return self.minimum <= value <= self.maximum
        return True


LANGUAGE = Option(key="language", default="zh", choices=("zh", "en"))
THEME = Option(key="theme", default="system", choices=("system", "light", "dark"))
FONT_SCALE = Option(key="font_scale", default=100, choices=(90, 100, 110, 125, 150))
ACTOR = Option(key="actor", default="")
LOCK_AFTER_MINUTES = Option(key="lock_after_minutes", default=15, minimum=0, maximum=240)
DEFAULT_FOLDER = Option(key="default_folder", default="")
LAST_IDENTITY = Option(key="last_identity", default="")
LAST_TOKEN_LIBRARY = Option(key="last_token_library", default="")
AUTO_ADVANCE = Option(key="auto_advance", default=True)
TRUST_ROOTS = Option(key="trust_roots", default="")  # PEM files, one path a line
SHOW_GUIDANCE = Option(key="show_guidance", default=True)

ALL: Final = (
    LANGUAGE,
    THEME,
    FONT_SCALE,
    ACTOR,
    LOCK_AFTER_MINUTES,
    DEFAULT_FOLDER,
    LAST_IDENTITY,
    LAST_TOKEN_LIBRARY,
    TRUST_ROOTS,
    AUTO_ADVANCE,
    SHOW_GUIDANCE,
)

Upgrade = Callable[[dict[str, object]], dict[str, object]]
UPGRADES: Final[dict[int, Upgrade]] = {}
"""Format number → how a file of that format becomes one of the next."""
