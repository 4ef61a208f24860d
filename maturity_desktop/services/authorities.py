"""A small certificate authority for organisations that have none: a root that is kept, and what it issues and revokes.

Everything lies in one folder of the user's choice: the encrypted root, the files for those who verify, the list of
revoked certificates. What such identities are worth is said in `identities.worth`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.services import identities
from maturity_desktop.services.context import Machine
from maturity_desktop.services.identities import IdentityCard, NewIdentity
from maturity_desktop.system.files import read, write_atomically

if TYPE_CHECKING:
    from maturity_desktop.signing.authority import Authority

DEFAULT_LIST_VALIDITY = timedelta(days=90)
_MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RootKey:
    """The root to act with: its PKCS#12 file and passphrase (never stored)."""

    pkcs12: Path
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRoot:
    """Where a root lies: with its key, as PEM (NSS, OpenSSL, our verifier), as DER (Windows, PDF readers)."""

    pkcs12: Path
    pem: Path
    cer: Path
    card: IdentityCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Where an issued identity lies.

    Attributes:
        pkcs12: key, certificate and root, for signing here, in Windows and in NSS.
        cer: the certificate alone, DER.
        trust: root and endorsed QR key, the one file our verifier needs.
    """

    pkcs12: Path
    cer: Path
    trust: Path
    card: IdentityCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMade:
    """A revocation list on the disk: how many it names, and until when it may be relied on."""

    path: Path
    count: int
    next_update: datetime


def make_root(machine: Machine, wish: NewIdentity, folder: Path, passphrase: str) -> MadeRoot:
    """Make a root that is kept, encrypted, to issue several certificates. Nothing existing is overwritten.

    Raises:
        SigningRefused: SGN-018 no name, SGN-019 passphrase too short. EnvironmentProblem: SYS-0xx.
    """
    from maturity_desktop.signing import authority  # cryptography loads when needed

    stem = identities.checked_stem(wish, passphrase)
    pkcs12, pem, cer = (folder / f"{stem}{suffix}" for suffix in (".p12", ".pem", ".cer"))
    identities.refuse_existing(pkcs12, pem, cer)
    now = machine.clock.now()
    subject = authority.Subject(name=wish.name.strip(), organisation=wish.organisation, country=wish.country)
    root = authority.create(subject, now)
    _write_all(
        {
            pkcs12: authority.pack_root(root, passphrase),
            pem: root.pem.encode("ascii"),
            cer: authority.as_der(root.certificate),
        }
    )
    return MadeRoot(pkcs12=pkcs12, pem=pem, cer=cer, card=identities.card_of(root.certificate, now))


def issue(
    machine: Machine, root: RootKey, wish: NewIdentity, folder: Path, passphrase: str, *, list_at: str = ""
) -> Issued:
    """Issue a signing certificate under a kept root; `list_at` is where its revocation list can be fetched.

    Raises:
        SigningRefused: SGN-010, SGN-011, SGN-027 the root; SGN-018, SGN-019 the wish. EnvironmentProblem: SYS-0xx.
    """
    from maturity_desktop.signing import authority, qr_keys  # cryptography loads when needed

    stem = identities.checked_stem(wish, passphrase)
    pkcs12, cer, trust = (folder / f"{stem}{suffix}" for suffix in (".p12", ".cer", "-root.pem"))
    identities.refuse_existing(pkcs12, cer, trust)
    issuer, now = _open(root), machine.clock.now()
    if now > issuer.certificate.not_valid_after_utc:
        raise SigningRefused("SGN-012", **_dates(issuer))
    subject = authority.Subject(name=wish.name.strip(), organisation=wish.organisation, country=wish.country)
    signer = authority.issue(issuer, subject, at=now, until=identities.until(wish, now), list_at=list_at)
    _write_all(
        {
            pkcs12: authority.pack(signer, passphrase),
            cer: authority.as_der(signer.certificate),
            trust: (issuer.pem + qr_keys.endorse(signer)).encode("ascii"),
        }
    )
    return Issued(pkcs12=pkcs12, cer=cer, trust=trust, card=identities.card_of(signer.certificate, now))


def revoke(
    machine: Machine,
    root: RootKey,
    certificates: tuple[Path, ...],
    target: Path,
    *,
    validity: timedelta = DEFAULT_LIST_VALIDITY,
) -> ListMade:
    """Write the next revocation list: what `target` holds already, and these certificates (PEM or DER) since now.

    Without certificates the list is only made new, which verifiers need from time to time.

    Raises:
        SigningRefused: SGN-010, SGN-011, SGN-027 the root; SGN-028 not issued by it, SGN-029 on the list already,
            SGN-030 the existing list is not this root's.
        EnvironmentProblem: VER-901 not a certificate, VER-902 not a revocation list, SYS-0xx.
    """
    from maturity_desktop.signing import authority, trust  # cryptography loads when needed

    issuer, now = _open(root), machine.clock.now()
    old = trust.read_revocation_list(read(target, _MAX_BYTES)) if target.exists() else None
    revoked = [one for path in certificates for one in trust.read_certificates(read(path, _MAX_BYTES))]
    made = authority.renew(issuer, old, revoked, at=now, next_update=now + validity)
    write_atomically(target, authority.as_file(made))
    return ListMade(path=target, count=len(list(made)), next_update=now + validity)


def _open(root: RootKey) -> "Authority":
    from maturity_desktop.signing.authority import open_root  # cryptography loads when needed

    return open_root(read(root.pkcs12, _MAX_BYTES), root.passphrase)


def _dates(issuer: "Authority") -> dict[str, str]:
    from maturity_desktop.signing.identity import common_name

    until = issuer.certificate.not_valid_after_utc.date().isoformat()
    return {"name": common_name(issuer.certificate.subject), "valid_until": until}


def _write_all(contents: dict[Path, bytes]) -> None:
    """Write several files that belong together; when one fails, none remains."""
    written: list[Path] = []
    try:
        for path, content in contents.items():
            write_atomically(path, content)
            written.append(path)
    except EnvironmentProblem:
        for path in written:
            path.unlink(missing_ok=True)
        raise
