"""Evidence leaving the workspace as a plain file: noted first, then written whole or not at all."""

import hashlib
from pathlib import Path

from maturity_desktop.domain.evidence import EvidenceRevision
from maturity_desktop.errors import EnvironmentProblem, MaturityError, RuleBroken
from maturity_desktop.services import contents
from maturity_desktop.services.context import Workspace
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system import files
from maturity_desktop.system.progress import Progress

_PIECE_BYTES = 1024 * 1024


def save_copy(workspace: Workspace, revision: EvidenceRevision, target: Path, progress: Progress) -> None:
    """Write the plain content to `target`; see `services.evidence.save_copy`. A backup that is open notes nothing."""
    if workspace.path.resolve() in target.resolve().parents:
        raise RuleBroken("EVI-013", path=str(workspace.path))
    _note(workspace, "evidence.copy_out_begun", revision, target)
    try:
        _write(workspace, revision, target, progress)
    except MaturityError:
        _note(workspace, "evidence.copy_out_failed", revision, target)
        raise


def _note(workspace: Workspace, event: str, revision: EvidenceRevision, target: Path) -> None:
    if workspace.is_read_only:
        return
    content = {"file_name": revision.file_name, "sha256": revision.sha256, "target": target.name}
    with workspace.begin() as work:
        work.note(Note(event=event, subject=revision.id, new=as_json(content)))


def _write(workspace: Workspace, revision: EvidenceRevision, target: Path, progress: Progress) -> None:
    digest, done = hashlib.sha256(), 0
    with (
        contents.vault_of(workspace).open(revision.blob, label=revision.file_name) as stream,
        files.replacing(target) as copy,
    ):
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
            copy.write(piece)
            done += len(piece)
            progress(done, revision.size_bytes)
        if digest.hexdigest() != revision.sha256:
            raise EnvironmentProblem("EVI-005", name=revision.file_name)
