"""Lets any of our signers work inside the signing library, for PDF and for detached signatures alike."""

from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer as LibrarySigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from maturity_desktop.signing.identity import Signer, sha256

DIGEST = "sha256"
_LONGEST_CURVE_SIGNATURE = 160


class CmsSigner(LibrarySigner):
    """One of our signers, as the library wants it."""

    def __init__(self, signer: Signer) -> None:
        store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # Any: its methods are not typed
        store.register_multiple([as_asn1(one) for one in signer.chain])
        super().__init__(signing_cert=as_asn1(signer.certificate), cert_registry=store)
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign `data`; a dry run only shows how long a signature is."""
        if digest_algorithm != DIGEST:
            raise SigningError(f"only {DIGEST} is used, not {digest_algorithm}")
        if dry_run:
            key = self._signer.certificate.public_key()
            return bytes(key.key_size // 8 if isinstance(key, rsa.RSAPublicKey) else _LONGEST_CURVE_SIGNATURE)
        return self._signer.sign_digest(sha256(data))


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """Return the same certificate as the library wants it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
