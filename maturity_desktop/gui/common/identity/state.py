"""What the identity form offers and lacks, derived from plain inputs; no Qt here."""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where the key lies."""

    FILE = "file"
    TOKEN = "token"  # noqa: S105  a kind of place, no secret
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChoice:
    """A key kept in the open workspace, as the form offers it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityInputs:
    """What stands in the form. `is_good` is None while nothing was checked.

    Attributes:
        place: the PKCS#12 file, the PKCS#11 library of the token, or the name of the kept key.
        secret: the passphrase, or the PIN.
    """

    is_signed: bool
    source: Source
    place: str
    secret: str
    is_good: bool | None


_LACKS = {
    Source.FILE: ("identity", "passphrase"),
    Source.TOKEN: ("library", "pin"),
    Source.KEPT: ("kept", "kept_passphrase"),
}


def lack(inputs: IdentityInputs) -> str:
    """Return why nobody can sign now, as a key of a sentence in `exporting.lacks`, or ""."""
    if not inputs.is_signed:
        return ""
    no_place, no_secret = _LACKS[inputs.source]
    checks = (
        (not inputs.place.strip(), no_place),
        (not inputs.secret, no_secret),
        (inputs.is_good is False, "identity_bad"),
    )
    return next((key for is_lacking, key in checks if is_lacking), "")
