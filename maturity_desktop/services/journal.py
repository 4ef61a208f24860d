"""Reading and verifying the journal."""

from maturity_desktop.domain.journal import ChainReport, JournalEntry
from maturity_desktop.services.context import Workspace


def verify(workspace: Workspace) -> ChainReport:
    """Walk the whole chain and compare it with the last checkpoint; name the first broken link."""
    raise NotImplementedError


def entries(workspace: Workspace, *, newest_first: bool = True, limit: int = 500) -> tuple[JournalEntry, ...]:
    """Return journal rows."""
    with workspace.read() as reading:
        return reading.journal.entries(newest_first=newest_first, limit=limit)
