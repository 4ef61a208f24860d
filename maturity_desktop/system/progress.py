"""How long work tells how far it is, and how it is asked to stop."""

from typing import Protocol


class Progress(Protocol):
    """Receives steps of a long job. Raising `errors.Cancelled` from a step stops the job cleanly."""

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Report that `done` of `total` units (bytes, pages, files; 0 = unknown) are finished.

        Raises:
            Cancelled: the user asked to stop.
        """
        ...


def silent(done: int, total: int, what: str = "") -> None:
    """Ignore all steps; for callers who do not watch."""
