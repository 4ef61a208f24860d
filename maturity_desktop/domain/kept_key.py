"""A signing key kept inside the workspace, locked under its owner's own passphrase."""

from dataclasses import dataclass, field
from datetime import datetime

from maturity_desktop.domain.ids import KeptKeyId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptKey:
    """One kept key. Whoever opens the workspace sees whose it is; only its owner's passphrase lets it sign.

    Attributes:
        name: what its owner calls it; each name and each certificate is there once.
        fingerprint: SHA-256 of the certificate's DER form, lower-case hex.
        certificates: PEM; the signer's own certificate first, then its issuers, nearest first.
        locked: the private key under the owner's passphrase, in the form `signing.kept_key` writes.
    """

    id: KeptKeyId
    name: str
    fingerprint: str
    certificates: bytes
    locked: bytes = field(repr=False)
    kept_at: datetime
    kept_by: str
