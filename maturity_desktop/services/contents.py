"""Evidence contents of an open workspace: its vault, placing a content together with its row, sweeping."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from maturity_desktop.errors import EnvironmentProblem, MaturityError
from maturity_desktop.evidence import intake, vault
from maturity_desktop.evidence.archive import ArchiveShelf
from maturity_desktop.evidence.intake import Received
from maturity_desktop.evidence.vault import FolderShelf, Vault, VaultKeys
from maturity_desktop.services.context import Workspace
from maturity_desktop.storage.work import Work
from maturity_desktop.system.progress import Progress


def vault_of(workspace: Workspace) -> Vault:
    """Return the vault of a workspace folder, or of a backup file that is open read-only. Raises WSP-021 closed."""
    if workspace.keys is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    shelf = ArchiveShelf(workspace.path) if workspace.path.is_file() else FolderShelf(workspace.path)
    keys = VaultKeys(contents=workspace.keys.evidence, names=workspace.keys.evidence_names)
    return Vault(shelf=shelf, keys=keys)


@contextmanager
def received(workspace: Workspace, source: Path, progress: Progress) -> Iterator[Received]:
    """Read a file in; what is not placed inside the block is removed. Raises as `intake.received`, and WSP-022."""
    if workspace.is_read_only:
        raise EnvironmentProblem("WSP-022", path=str(workspace.path))
    with intake.received(vault_of(workspace), workspace.path, source, progress) as content:
        yield content


@contextmanager
def placing(workspace: Workspace, content: Received) -> Iterator[Work]:
    """Open the transaction that writes the row of a content; the content is in its place before it commits.

    Raises:
        EnvironmentProblem: STO-0xx, SYS-0xx; neither row nor content remains then.
    """
    is_placed = False
    try:
        with workspace.begin() as work:
            yield work
            is_placed = True
            intake.place(workspace.path, content)
    except MaturityError:
        if is_placed:
            with suppress(MaturityError):  # when even this cannot be done now, the next opening sweeps
                sweep(workspace)
        raise


def sweep(workspace: Workspace) -> int:
    """Remove contents that no row knows; returns how many files went. Raises EnvironmentProblem STO-0xx."""
    with workspace.begin() as work:
        return vault.sweep_orphans(workspace.path, {revision.blob for revision in work.evidence.contents()})


def tidy_after_opening(workspace: Workspace) -> int:
    """Sweep what an interrupted session left: part files, and contents whose row was never written.

    Call it once, right after the workspace was locked and opened for writing.

    Raises:
        EnvironmentProblem: STO-0xx; SYS-0xx.
    """
    vault.make_folders(workspace.path)
    return vault.sweep_leftovers(workspace.path) + sweep(workspace)
