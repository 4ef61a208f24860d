"""Signing identities: PKCS#12 files, and a helper that makes one for those who have none."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from maturity_desktop.services.context import Machine


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
    """Open a PKCS#12 file and say who it is. Raises SigningRefused SGN-010 wrong passphrase, SGN-011 not PKCS#12."""
    raise NotImplementedError


def make(machine: Machine, wish: NewIdentity, folder: Path, passphrase: str) -> MadeIdentity:
    """Make a small CA (root) and an end-entity certificate signed by it; write `<name>.p12` and `<name>-root.pem`.

    Nothing existing is overwritten (SYS-006). The private key of the root is not kept.
    """
    raise NotImplementedError
