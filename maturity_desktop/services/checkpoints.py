"""Checkpoints of the journal: its end authenticated by the workspace's key, and signed when somebody signs."""

from dataclasses import replace
from typing import TYPE_CHECKING

from maturity_desktop.services.context import Workspace
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:  # these load the database engine and the signing library
    from maturity_desktop.domain.journal import ChainReport
    from maturity_desktop.signing.identity import Signer
    from maturity_desktop.storage.work import Reading, Work

SIGNED = "checkpoint.signed"


def pin(workspace: Workspace, work: "Work", *, purpose: str, signer: "Signer | None" = None) -> None:
    """Pin the journal's present end; with a signer also by a detached CMS signature, which the journal then names.

    Args:
        workspace: open for changes.
        work: the transaction whose last note is to be covered.
        purpose: the event that is pinned, such as ``signoff.approved``.
        signer: who signs; None leaves the checkpoint authenticated by the workspace's key alone.

    Raises:
        SigningRefused: SGN-012 … SGN-017.
    """
    if workspace.keys is None:
        return
    checkpoint = work.journal.pin(workspace.keys.journal, work.now)
    if signer is None:
        return
    from maturity_desktop.signing import cms
    from maturity_desktop.signing.identity import common_name, sha256
    from maturity_desktop.storage.journal import CheckpointSignature

    content = cms.sign_detached(checkpoint.statement, signer, at=work.now)
    signature = CheckpointSignature(
        checkpoint_id=checkpoint.id,
        purpose=purpose,
        signer=common_name(signer.certificate.subject),
        sha256=sha256(content).hex(),
        content=content,
    )
    work.journal.sign(signature)
    told = {"sequence": checkpoint.sequence, "signer": signature.signer, "signature": signature.sha256}
    work.note(Note(event=SIGNED, subject=purpose, new=as_json(told)))


def check(reading: "Reading", report: "ChainReport", told: dict[str, int]) -> "ChainReport":
    """Check every signature over a checkpoint, and that none the journal tells of is gone.

    Args:
        reading: the transaction the chain was walked in.
        report: the chain as found so far, intact.
        told: SHA-256 of each signature the journal tells of → sequence of the row that tells it.
    """
    signatures = reading.journal.signatures()
    if not signatures and not told:
        return report
    from maturity_desktop.signing import cms

    checkpoints = {each.id: each for each in reading.journal.checkpoints()}
    left = dict(told)
    for signature in signatures:
        checkpoint = checkpoints.get(signature.checkpoint_id)
        row = left.pop(signature.sha256, None)
        is_good = checkpoint is not None and row is not None
        if checkpoint is None or not is_good or not cms.is_intact(signature.content, checkpoint.statement):
            at = row or (checkpoint.sequence if checkpoint else report.entries)
            return replace(report, broken_at=at, problem="signature")
    if left:
        return replace(report, broken_at=min(left.values()), problem="signature")
    return replace(report, signed_checkpoints=len(signatures))
