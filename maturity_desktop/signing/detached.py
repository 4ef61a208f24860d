"""Who signs any bytes from beside them: one port for the signature others check, and for SM2."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509

from maturity_desktop.signing import cms
from maturity_desktop.signing.identity import Signer


class DetachedSigner(Protocol):
    """Someone who signs content without touching it, with the certificate that says who."""

    @property
    def certificate(self) -> x509.Certificate:
        """Return the certificate of the signing key."""
        ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Return the issuers' certificates, nearest first."""
        ...

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Return the signature over `content`, made at `at`. Raises SigningRefused."""
        ...


def root_of(signer: Signer | DetachedSigner) -> x509.Certificate:
    """Return the furthest issuer at hand, or the signer's own certificate."""
    return signer.chain[-1] if signer.chain else signer.certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class CmsSignature:
    """Signs as CMS, which every program for signatures checks; needs an RSA or elliptic-curve identity."""

    signer: Signer

    @property
    def certificate(self) -> x509.Certificate:
        """Return the certificate of the signing key."""
        return self.signer.certificate

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Return the issuers' certificates, nearest first."""
        return self.signer.chain

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Return the DER CMS signature; it states the time. Raises SigningRefused SGN-012 … SGN-017."""
        return cms.sign_detached(content, self.signer, at=at)
