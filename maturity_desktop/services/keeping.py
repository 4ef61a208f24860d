"""Signing keys kept in the workspace: taken in from a PKCS#12 file, listed, tried, given another passphrase, removed.

A workspace is opened by a team, a signature is one person's: every kept key has a passphrase of its own, and knowing
the workspace's is not enough to sign. Exports and submissions never contain a kept key; backups carry it, locked.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from maturity_desktop.domain.ids import KeptKeyId, new_id
from maturity_desktop.domain.kept_key import KeptKey
from maturity_desktop.errors import RuleBroken, SigningRefused
from maturity_desktop.services import signers
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity, KeptIdentity
from maturity_desktop.services.identities import IdentityCard, card_of
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.services.passphrases import passphrase_strength
from maturity_desktop.storage.notes import Note, as_json

if TYPE_CHECKING:  # loads cryptography
    from maturity_desktop.signing.identity import KeySigner

__all__ = ["KeepWish", "KeptCard", "change_passphrase", "forget", "inspect", "keep", "list_kept"]
_CHANGES = Changes(areas=frozenset({Area.SETTINGS}))
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepWish:
    """A wish to keep a key.

    Attributes:
        source: the PKCS#12 file and its passphrase.
        passphrase: of the kept key: its owner's own, not the workspace's.
        name: what to call it; "" takes the name in the certificate.
    """

    source: Identity
    passphrase: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCard:
    """A kept key as everybody who opened the workspace may see it."""

    name: str
    card: IdentityCard
    kept_at: datetime
    kept_by: str


def keep(workspace: Workspace, wish: KeepWish) -> Outcome[KeptCard]:
    """Take a key out of a PKCS#12 file into the workspace. The file itself is neither changed nor removed.

    Raises:
        SigningRefused: SGN-010 … SGN-015 the file, its passphrase, or its certificate cannot sign now.
        RuleBroken: KEY-001 the name is taken; KEY-002 the passphrase is too weak; KEY-003 it opens the workspace, too;
            KEY-004 the certificate is kept already.
        EnvironmentProblem: WSP-021, WSP-022, STO-0xx, SYS-0xx.
    """
    from maturity_desktop.signing import kept_key  # cryptography loads when needed

    now = workspace.machine.clock.now()
    signer = signers.load_file(wish.source, now)
    refuse_unfit(workspace, wish.passphrase)
    locked = kept_key.lock(signer, wish.passphrase)
    with workspace.begin() as work:
        key = _key(signer, wish.name, locked, at=work.now, by=work.author.name)
        _refuse_double(work.kept_keys.all(), key)
        work.kept_keys.add(key)
        card = _card(key, now)
        work.note(Note(event="kept_key.added", subject=key.fingerprint, new=as_json(_told(card))))
    return Outcome(value=card, changes=_CHANGES)


def list_kept(workspace: Workspace) -> tuple[KeptCard, ...]:
    """Return every kept key, in order of entry; no passphrase is needed to see whose they are."""
    with workspace.read() as reading:
        keys = reading.kept_keys.all()
    now = workspace.machine.clock.now()
    return tuple(_card(key, now) for key in keys)


def inspect(workspace: Workspace, identity: KeptIdentity) -> IdentityCard:
    """Open a kept key with its passphrase and say who it is; `problem` tells when it cannot sign now.

    Raises:
        SigningRefused: SGN-050 no such key, SGN-051 wrong passphrase, SGN-052 damaged. EnvironmentProblem: STO-0xx.
    """
    return card_of(signers.open_kept(workspace, identity).certificate, workspace.machine.clock.now())


def change_passphrase(workspace: Workspace, identity: KeptIdentity, new: str) -> Outcome[KeptCard]:
    """Lock a kept key under another passphrase.

    Raises:
        SigningRefused: SGN-050, SGN-051, SGN-052. RuleBroken: KEY-002, KEY-003. EnvironmentProblem: as `keep`.
    """
    from maturity_desktop.signing import kept_key  # cryptography loads when needed

    refuse_unfit(workspace, new)
    locked = kept_key.lock(signers.open_kept(workspace, identity), new)
    with workspace.begin() as work:
        key = signers.found(work.kept_keys, identity.name)
        work.kept_keys.lock_anew(key.id, locked)
        card = _card(key, work.now)
        told = as_json({"name": card.name})
        work.note(Note(event="kept_key.locked_anew", subject=key.fingerprint, new=told))
    return Outcome(value=card, changes=_CHANGES)


def forget(workspace: Workspace, name: str, reason: str = "") -> Outcome[KeptCard]:
    """Remove a kept key; older backups still carry it. Raises SigningRefused SGN-050; EnvironmentProblem as `keep`."""
    with workspace.begin() as work:
        key = signers.found(work.kept_keys, name)
        card = _card(key, work.now)
        work.kept_keys.remove(key.id)
        note = Note(event="kept_key.removed", subject=key.fingerprint, old=as_json(_told(card)), reason=reason.strip())
        work.note(note)
    return Outcome(value=card, changes=_CHANGES)


def refuse_unfit(workspace: Workspace, passphrase: str) -> None:
    """Refuse a passphrase that is weak, or known to everybody who can open the workspace. Raises KEY-002, KEY-003."""
    from maturity_desktop.storage import keyslots  # loaded when the workspace opened

    if passphrase_strength(passphrase).score == 0:
        raise RuleBroken("KEY-002")
    try:
        keyslots.unlock(keyslots.read(workspace.unpacked or workspace.path), passphrase)
    except RuleBroken:
        return
    raise RuleBroken("KEY-003")


def refuse_owned(workspace: Workspace, passphrase: str) -> None:
    """Refuse a passphrase for the team that is the one of a kept key. Raises RuleBroken KEY-005."""
    for kept in list_kept(workspace):
        try:
            inspect(workspace, KeptIdentity(name=kept.name, passphrase=passphrase))
        except SigningRefused:
            continue
        raise RuleBroken("KEY-005", name=kept.name)


def _key(signer: "KeySigner", name: str, locked: bytes, *, at: datetime, by: str) -> KeptKey:
    from maturity_desktop.signing import kept_key
    from maturity_desktop.signing.identity import common_name, fingerprint

    chosen = unicodedata.normalize("NFC", name).strip() or common_name(signer.certificate.subject)
    return KeptKey(
        id=KeptKeyId(new_id()),
        name=chosen[:_LONGEST_NAME],
        fingerprint=fingerprint(signer.certificate),
        certificates=kept_key.certificates_of(signer),
        locked=locked,
        kept_at=at,
        kept_by=by,
    )


def _refuse_double(present: Iterable[KeptKey], key: KeptKey) -> None:
    for one in present:
        if one.fingerprint == key.fingerprint:
            raise RuleBroken("KEY-004", name=one.name)
        if one.name == key.name:
            raise RuleBroken("KEY-001", name=key.name)


def _card(key: KeptKey, now: datetime) -> KeptCard:
    from maturity_desktop.signing.kept_key import certificates_in

    card = card_of(certificates_in(key)[0], now)
    return KeptCard(name=key.name, card=card, kept_at=key.kept_at, kept_by=key.kept_by)


def _told(card: KeptCard) -> dict[str, object]:
    return {"name": card.name, "subject": card.card.subject, "valid_until": card.card.valid_until}
