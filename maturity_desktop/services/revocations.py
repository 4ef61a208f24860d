"""Certificates taken back: kept in the workspace, listed, and written as a signed list that travels by USB."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import signers
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.services.issuing import issuing_body
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system.files import write_atomically

if TYPE_CHECKING:
    from maturity_desktop.storage.work import Reading, Work

_KEY = "revoked_certificates"
DEFAULT_VALIDITY = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """One certificate that was taken back, when, by whom, and why."""

    serial: str
    revoked_at: datetime
    revoked_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocations:
    """Everything taken back so far, and how many lists were signed."""

    entries: tuple[Revocation, ...] = ()
    lists: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWritten:
    """A signed list on the disk."""

    path: Path
    number: int
    serials: tuple[str, ...]
    next_update: datetime
    signer: str


def revoke(workspace: Workspace, serial: str, reason: str) -> Outcome[Revocation]:
    """Take a certificate back; paper out there is told by the next signed list.

    Raises:
        RuleBroken: CRT-010 this workspace issued no such certificate, CRT-011 already taken back, CRT-012 no reason.
    """
    serial, reason = serial.strip(), reason.strip()
    if not reason:
        raise RuleBroken("CRT-012")
    with workspace.begin() as work:
        if all(one.serial != serial for one in work.certificates.everything()):
            raise RuleBroken("CRT-010", serial=serial)
        kept = _kept(work)
        if any(one.serial == serial for one in kept.entries):
            raise RuleBroken("CRT-011", serial=serial)
        entry = Revocation(serial=serial, revoked_at=work.now, revoked_by=work.author.name, reason=reason)
        work.settings.set(_KEY, replace(kept, entries=(*kept.entries, entry)))
        work.note(Note(event="certificate.revoked", subject=serial, new=as_json(entry), reason=reason))
    return Outcome(value=entry, changes=Changes(areas=frozenset({Area.EXPORTS})))


def list_revoked(workspace: Workspace) -> tuple[Revocation, ...]:
    """Return what was taken back, oldest first."""
    with workspace.read() as reading:
        return _kept(reading).entries


def list_issued(workspace: Workspace) -> tuple[tuple[Certificate, Revocation | None], ...]:
    """Return every issued certificate, newest first, with its revocation if there is one."""
    with workspace.read() as reading:
        kept = {one.serial: one for one in _kept(reading).entries}
        return tuple((one, kept.get(one.serial)) for one in reading.certificates.everything())


def write_list(
    workspace: Workspace, target: Path, signatory: Signatory, *, validity: timedelta = DEFAULT_VALIDITY
) -> Outcome[ListWritten]:
    """Sign the list of everything taken back, an empty one too, and write it.

    Args:
        workspace: whose certificates.
        target: usually ``<something>.mdcrl``.
        signatory: the issuing body's signing identity.
        validity: how long verifiers may rely on the list.

    Raises:
        RuleBroken: CRT-002 no issuing body. SigningRefused: SGN-01x, SGN-02x. EnvironmentProblem: SYS-0xx.
    """
    from maturity_desktop.signing import revoked  # loads when needed
    from maturity_desktop.signing.identity import common_name

    body = issuing_body(workspace)
    if body is None:
        raise RuleBroken("CRT-002")
    signer = signers.load(workspace.machine.clock, signatory, workspace)
    with workspace.begin() as work:
        kept = _kept(work)
        entries = (
            revoked.RevokedSerial(serial=one.serial, revoked_at=one.revoked_at, reason=one.reason)
            for one in sorted(kept.entries, key=lambda one: one.serial)
        )
        content = revoked.RevokedList(
            issuing_body=body.name.pick("zh"),
            this_update=work.now,
            next_update=work.now + validity,
            number=kept.lists + 1,
            revoked=tuple(entries),
        )
        write_atomically(target, revoked.sign(content, signer, at=work.now))
        work.settings.set(_KEY, replace(kept, lists=content.number))
        work.note(Note(event="certificate.list_signed", subject=str(content.number), new=as_json(content)))
    written = ListWritten(
        path=target,
        number=content.number,
        serials=tuple(one.serial for one in content.revoked),
        next_update=content.next_update,
        signer=common_name(signer.certificate.subject),
    )
    return Outcome(value=written, changes=Changes(areas=frozenset({Area.EXPORTS})))


def _kept(reading: "Reading | Work") -> Revocations:
    return reading.settings.get(_KEY, Revocations) or Revocations()
