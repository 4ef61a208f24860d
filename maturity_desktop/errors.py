"""The one family of exceptions. They carry a stable code and values; sentences are made at the edge.

Every code has its sentence in `resources/wording/<language>.toml`, section `[errors]`; a test proves it.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class MaturityError(Exception):
    """Root of everything the program raises on purpose.

    Args:
        code: stable identifier such as ``WSP-002``; tests, scripts and wording refer to it.
        values: what the sentence needs (names, counts, paths), never answer texts or secrets.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({shown})" if shown else self.code


class EnvironmentProblem(MaturityError):
    """The machine refuses (disk full, locked, read-only, missing); the user can act."""


class RuleBroken(MaturityError):
    """The domain refuses: the act breaks a rule of the trade."""


class Conflict(MaturityError):
    """Somebody or something changed the same thing meanwhile."""


class SigningRefused(MaturityError):
    """A key, certificate or passphrase cannot be used for this signature."""


class VerificationFailed(MaturityError):
    """A file that should verify does not."""


class Cancelled(MaturityError):
    """The user stopped a long job; nothing half-done remains."""

    def __init__(self) -> None:
        super().__init__("JOB-001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One fault in something the user handed in.

    Attributes:
        code: stable identifier, ``PACK-012``.
        place: file with line, sheet with cell, or field name.
        values: what the sentence needs.
        is_error: False for a warning that does not refuse the input.
    """

    code: str
    place: str
    values: tuple[tuple[str, str], ...] = ()
    is_error: bool = True


class InputRejected(MaturityError):
    """What was handed in has faults; carries all of them, never only the first."""

    def __init__(self, code: str, issues: Sequence[Issue], **values: object) -> None:
        super().__init__(code, count=len(issues), **values)
        self.issues = tuple(issues)
