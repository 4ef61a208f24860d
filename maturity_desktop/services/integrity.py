"""The full check of a workspace: database pages, journal chain, and every evidence content against its hash."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from maturity_desktop.domain.evidence import EvidenceRevision
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import journal
from maturity_desktop.services.context import Workspace
from maturity_desktop.system.progress import Progress

_PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityReport:
    """Outcome of a full check: database pages, journal chain, every evidence content.

    Attributes:
        evidence_checked: number of revisions whose content should be in the workspace.
        missing, damaged: file names of evidence whose content is gone or does not match its hash.
        orphans_removed: unreferenced blobs swept away.
    """

    database_ok: bool
    journal_entries: int
    journal_intact: bool
    evidence_checked: int
    missing: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    orphans_removed: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.database_ok and self.journal_intact and not self.missing and not self.damaged


def check(workspace: Workspace, progress: Progress) -> IntegrityReport:
    """Check everything and sweep orphans; see `workspaces.check_integrity`."""
    from maturity_desktop.services import contents  # loads the database engine and the ciphers

    if workspace.store is None:
        raise EnvironmentProblem("WSP-021", path=str(workspace.path))
    database_ok = workspace.store.pages_are_sound()
    chain = journal.verify(workspace)
    with workspace.read() as reading:
        revisions = reading.evidence.contents()
    faults = _faults_of_contents(workspace, revisions, progress)
    return IntegrityReport(
        database_ok=database_ok,
        journal_entries=chain.entries,
        journal_intact=chain.is_intact,
        evidence_checked=len(revisions),
        missing=tuple(each.file_name for each in revisions if faults.get(each.blob) == "EVI-004"),
        damaged=tuple(each.file_name for each in revisions if faults.get(each.blob) == "EVI-005"),
        orphans_removed=0 if workspace.is_read_only else contents.sweep(workspace),
    )


def _faults_of_contents(
    workspace: Workspace, revisions: Iterable[EvidenceRevision], progress: Progress
) -> dict[str, str]:
    """Return content name → code of what is wrong with it; good ones are missing. Each content is read once."""
    from maturity_desktop.services import contents

    keeper = contents.vault_of(workspace)
    once = {each.blob: each for each in revisions}
    total, done = sum(each.size_bytes for each in once.values()), 0
    faults: dict[str, str] = {}
    for name, revision in once.items():
        digest = hashlib.sha256()
        try:
            with keeper.open(name, label=revision.file_name) as stream:
                while piece := stream.read(_PIECE_BYTES):
                    digest.update(piece)
                    done += len(piece)
                    progress(min(done, total), total, revision.file_name)
        except EnvironmentProblem as problem:
            faults[name] = "EVI-004" if problem.code == "EVI-004" else "EVI-005"
            continue
        if digest.hexdigest() != revision.sha256:
            faults[name] = "EVI-005"
    return faults
