"""The trust store of a workspace: whom it believes in which role. Everything that goes in or out is journalled.

`files` hands it to `verifying.verify_file` as ``more``.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.ids import TrustId, new_id
from maturity_desktop.domain.trust import TrustItem, TrustKind, TrustRole
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import register
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.engagements import found
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.verifying import TrustFiles
from maturity_desktop.storage.notes import Note, as_json
from maturity_desktop.system.files import read

if TYPE_CHECKING:  # these load the database engine and cryptography
    from maturity_desktop.signing.trust import Trust
    from maturity_desktop.signing.trust_items import TrustFact
    from maturity_desktop.storage.work import Work

__all__ = [
    "TrustItem",
    "TrustKind",
    "TrustRole",
    "files",
    "import_list",
    "import_roots",
    "list_items",
    "pin_certificate",
    "remove",
]
_MAX_BYTES = 16 * 1024 * 1024
_CHANGES = Changes(areas=frozenset({Area.SETTINGS}))


def list_items(workspace: Workspace) -> tuple[TrustItem, ...]:
    """Return everything believed now, in order of entry."""
    with workspace.read() as reading:
        return reading.trust.all()


def import_roots(workspace: Workspace, source: Path, role: TrustRole) -> Outcome[tuple[TrustItem, ...]]:
    """Believe the roots of a PEM or DER file in one role, and the QR keys endorsed in it; returns what is new.

    Roots of SM2 signatures are told apart by themselves and believed for these alone, whatever the role.

    Raises:
        EnvironmentProblem: VER-901 no certificate in it; SYS-0xx.
        RuleBroken: TRU-001 a certificate may not issue others (pin it instead); TRU-002 expired.
    """
    from maturity_desktop.signing import trust_items

    return _added(
        workspace, source, role, trust_items.roots_in(read(source, _MAX_BYTES), workspace.machine.clock.now())
    )


def pin_certificate(workspace: Workspace, source: Path, role: TrustRole) -> Outcome[tuple[TrustItem, ...]]:
    """Believe exactly these certificates in one role, whoever issued them. Raises VER-901, TRU-002, SYS-0xx."""
    from maturity_desktop.signing import trust_items

    return _added(
        workspace, source, role, trust_items.certificates_in(read(source, _MAX_BYTES), workspace.machine.clock.now())
    )


def import_list(workspace: Workspace, source: Path) -> Outcome[tuple[TrustItem, ...]]:
    """Take in what was taken back: a revocation list of signers (PEM, DER) or of certificates (``.mdcrl``).

    It replaces the older list of the same issuer; having it already returns nothing new.

    Raises:
        EnvironmentProblem: VER-902, VER-903, VER-904; SYS-0xx.
        RuleBroken: TRU-003 no root in the store signed it; TRU-004 the store has a newer one.
    """
    from maturity_desktop.services.paper import is_list
    from maturity_desktop.signing import trust_items

    content, items, now = read(source, _MAX_BYTES), list_items(workspace), workspace.machine.clock.now()
    if is_list(content):
        fact = trust_items.certificate_list_in(content, _trust(items), now)
    else:
        roots = (one.content for one in items if one.kind in (TrustKind.ROOT, TrustKind.SM2_ROOT))
        fact = trust_items.revocation_list_in(content, roots)
    return _added(workspace, source, None, (fact,))


def remove(workspace: Workspace, item_id: TrustId, reason: str = "") -> Outcome[TrustItem]:
    """Believe an item no longer. Raises EnvironmentProblem WSP-020 it is gone."""
    with workspace.begin() as work:
        item = found(work.trust.find(item_id), "trust", item_id)
        _take_out(work, item, reason)
    return Outcome(value=item, changes=_CHANGES)


def files(workspace: Workspace, more: TrustFiles | None = None) -> TrustFiles:
    """Return the store in the form `verifying.verify_file` takes, with further trust files if there are any.

    What the workspace itself wrote and issued comes along, to compare files and paper with. A list of revoked
    certificates whose signer is believed no longer is left out: nobody believes that signer's certificates either.
    """
    from maturity_desktop.signing import trust_items

    items, now = list_items(workspace), workspace.machine.clock.now()
    trust = _trust(items)
    stored = tuple(
        one
        for one in items
        if one.kind is not TrustKind.CERTIFICATE_LIST or trust_items.is_believed(one.content, trust, now)
    )
    return replace(more or TrustFiles(), stored=stored, register=register.of(workspace))


def _trust(items: Iterable[TrustItem]) -> "Trust":
    from maturity_desktop.signing.trust import Trust, with_stored

    return with_stored(Trust(), tuple(items))


def _added(
    workspace: Workspace, source: Path, role: TrustRole | None, facts: Iterable["TrustFact"]
) -> Outcome[tuple[TrustItem, ...]]:
    with workspace.begin() as work:
        added = tuple(
            _item(work, source, role, fact)
            for fact in facts
            if not any(_is_same(one, role, fact) for one in work.trust.all())
        )
        for item in added:
            _make_room(work, item)
            work.trust.add(item)
            work.note(Note(event="trust.imported", subject=item.fingerprint, new=as_json(_told(item))))
    return Outcome(value=added, changes=_CHANGES)


def _is_same(item: TrustItem, role: TrustRole | None, fact: "TrustFact") -> bool:
    own = role if fact.kind in (TrustKind.ROOT, TrustKind.PINNED) else None
    return (item.kind, item.role, item.fingerprint) == (fact.kind, own, fact.fingerprint)


def _item(work: "Work", source: Path, role: TrustRole | None, fact: "TrustFact") -> TrustItem:
    return TrustItem(
        id=TrustId(new_id()),
        kind=fact.kind,
        role=role if fact.kind in (TrustKind.ROOT, TrustKind.PINNED) else None,
        fingerprint=fact.fingerprint,
        subject=fact.subject,
        issuer=fact.issuer,
        valid_from=fact.valid_from,
        valid_until=fact.valid_until,
        content=fact.content,
        file_name=source.name,
        added_at=work.now,
        added_by=work.author.name,
    )


def _make_room(work: "Work", item: TrustItem) -> None:
    """A newer list takes the place of the older one of the same issuer; an older one is refused."""
    if item.kind not in (TrustKind.REVOCATION_LIST, TrustKind.CERTIFICATE_LIST) or item.valid_from is None:
        return
    for old in work.trust.all():
        if (old.kind, old.issuer) != (item.kind, item.issuer) or old.valid_from is None:
            continue
        if old.valid_from > item.valid_from:
            raise RuleBroken("TRU-004", name=item.subject, day=old.valid_from.date().isoformat())
        _take_out(work, old, "")


def _take_out(work: "Work", item: TrustItem, reason: str) -> None:
    work.trust.remove(item.id, work.now)
    work.note(Note(event="trust.removed", subject=item.fingerprint, old=as_json(_told(item)), reason=reason))


def _told(item: TrustItem) -> dict[str, object]:
    return {"kind": item.kind, "role": item.role, "subject": item.subject, "file": item.file_name}
