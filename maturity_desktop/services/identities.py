"""Signing identities: PKCS#12 files, and a helper that makes one for those who have none."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import TokenIdentity
from maturity_desktop.system.files import read, write_atomically

if TYPE_CHECKING:
    from maturity_desktop.signing.foreign import Certificate

_DEFAULT_VALIDITY = timedelta(days=3 * 365)
_MAX_PKCS12_BYTES = 1024 * 1024
_MIN_PASSPHRASE = 8
_UNFIT_FOR_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCard:
    """What a certificate says, for screens.

    Attributes:
        problem: code of why it cannot sign (SGN-01x: expired, not yet valid, wrong usage), or "".
    """

    subject: str
    organisation: str
    issuer: str
    serial_hex: str
    fingerprint_sha256: str
    valid_from: datetime
    valid_until: datetime
    key_kind: str
    is_self_signed: bool
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIdentity:
    """A wish for a certificate; Chinese names are fine."""

    name: str
    organisation: str = ""
    country: str = "CN"
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeIdentity:
    """Where the helper wrote what it made: the PKCS#12 file, and the root others verify against."""

    pkcs12: Path
    root: Path
    card: IdentityCard


def inspect(machine: Machine, pkcs12: Path, passphrase: str) -> IdentityCard:
    """Open a PKCS#12 file and say who it is.

    Raises:
        SigningRefused: SGN-010 wrong passphrase, SGN-011 not PKCS#12, SGN-015 a key of an unknown kind.
        EnvironmentProblem: SYS-0xx the file cannot be read.
    """
    from maturity_desktop.signing.identity import open_pkcs12  # cryptography loads when needed

    return card_of(open_pkcs12(read(pkcs12, _MAX_PKCS12_BYTES), passphrase).certificate, machine.clock.now())


def inspect_token(machine: Machine, identity: TokenIdentity) -> IdentityCard:
    """Open a token and say who its key belongs to. Raises SigningRefused SGN-020 … SGN-026."""
    from maturity_desktop.signing.token import TokenPlace, look_at_token  # loads when needed

    place = TokenPlace(library=identity.library, token_label=identity.token_label, key_label=identity.key_label)
    return card_of(look_at_token(place, identity.pin).certificate, machine.clock.now())


def make(machine: Machine, wish: NewIdentity, folder: Path, passphrase: str) -> MadeIdentity:
    """Make a small CA (root) and an end-entity certificate signed by it; write `<name>.p12` and `<name>-root.pem`.

    Nothing existing is overwritten (SYS-006). The private key of the root is not kept.

    Raises:
        SigningRefused: SGN-018 no name, SGN-019 the passphrase is shorter than 8 characters.
        EnvironmentProblem: SYS-0xx.
    """
    from maturity_desktop.signing import authority, qr_keys  # cryptography loads when needed

    name, stem = wish.name.strip(), checked_stem(wish, passphrase)
    pkcs12, root_file = folder / f"{stem}.p12", folder / f"{stem}-root.pem"
    refuse_existing(pkcs12, root_file)
    now = machine.clock.now()
    owner = wish.organisation or name
    root = authority.create(authority.Subject(name=f"{owner} Root", organisation=owner, country=wish.country), now)
    subject = authority.Subject(name=name, organisation=wish.organisation, country=wish.country)
    signer = authority.issue(root, subject, at=now, until=until(wish, now))
    content = authority.pack(signer, passphrase)
    write_atomically(root_file, (root.pem + qr_keys.endorse(signer)).encode("ascii"))
    try:
        write_atomically(pkcs12, content)
    except EnvironmentProblem:
        root_file.unlink(missing_ok=True)  # a root without its identity helps nobody
        raise
    return MadeIdentity(pkcs12=pkcs12, root=root_file, card=card_of(signer.certificate, now))


def checked_stem(wish: NewIdentity, passphrase: str) -> str:
    """Return the name its files bear. Raises SigningRefused SGN-018 no name, SGN-019 the passphrase is too short."""
    name = wish.name.strip()
    if not name:
        raise SigningRefused("SGN-018")
    if len(passphrase) < _MIN_PASSPHRASE:
        raise SigningRefused("SGN-019", least=_MIN_PASSPHRASE)
    return _UNFIT_FOR_FILE_NAMES.sub("_", name).strip(". ") or "identity"


def until(wish: NewIdentity, now: datetime) -> datetime:
    """Return the instant a wished certificate ends: three years from now unless a day is named."""
    if wish.valid_until is None:
        return now + _DEFAULT_VALIDITY
    return datetime.combine(wish.valid_until, time(23, 59, 59), UTC)


def refuse_existing(*paths: Path) -> None:
    """Raise EnvironmentProblem SYS-006 when one of these files exists."""
    for path in paths:
        if path.exists():
            raise EnvironmentProblem("SYS-006", path=str(path))


def card_of(certificate: "Certificate", now: datetime) -> IdentityCard:
    """Return what a certificate says, for screens."""
    from maturity_desktop.signing import identity  # cryptography loads when needed

    return IdentityCard(
        subject=identity.common_name(certificate.subject),
        organisation=identity.organisation(certificate.subject),
        issuer=identity.common_name(certificate.issuer),
        serial_hex=f"{certificate.serial_number:x}",
        fingerprint_sha256=identity.fingerprint(certificate),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        key_kind=identity.key_kind(certificate),
        is_self_signed=certificate.issuer == certificate.subject,
        problem=identity.problem_of(certificate, now),
    )
