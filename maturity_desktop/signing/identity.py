"""Who signs: the `Signer` port and its first implementation, a PKCS#12 file with its passphrase.

Tokens (PKCS#11) and keys kept in a workspace implement the same port. A certificate is judged before anything is
signed, so that no half-made file remains.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from maturity_desktop.errors import SigningRefused

_MIN_RSA_BITS = 2048
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_SEQUENCE_TAG = 0x30


class Signer(Protocol):
    """A key that signs, with the certificate that says whose it is."""

    @property
    def certificate(self) -> x509.Certificate:
        """Return the certificate of the signing key."""
        ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Return the issuers' certificates, nearest first; the signer's own is not among them."""
        ...

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest (32 bytes): RSA PKCS#1 v1.5, or ECDSA in DER form."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySigner:
    """A signer whose private key is in memory."""

    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest: RSA PKCS#1 v1.5, or ECDSA in DER form."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(digest, padding.PKCS1v15(), Prehashed(SHA256()))
        return self.key.sign(digest, ec.ECDSA(Prehashed(SHA256())))


def load_pkcs12(content: bytes, passphrase: str, at: datetime) -> KeySigner:
    """Open a PKCS#12 file and make sure it may sign at the instant `at`.

    Raises:
        SigningRefused: SGN-010 wrong passphrase, SGN-011 not a PKCS#12 file with a key and its certificate,
            SGN-012 expired, SGN-013 not yet valid, SGN-014 key usage, SGN-015 weak or unknown key.
    """
    signer = open_pkcs12(content, passphrase)
    problem = problem_of(signer.certificate, at)
    if problem:
        raise refusal(problem, signer.certificate)
    return signer


def open_pkcs12(content: bytes, passphrase: str) -> KeySigner:
    """Open a PKCS#12 file without judging its certificate.

    Raises:
        SigningRefused: SGN-010 wrong passphrase, SGN-011 not a PKCS#12 file, SGN-015 key of an unknown kind.
    """
    if not _looks_like_pkcs12(content):
        raise SigningRefused("SGN-011")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError as problem:
        raise SigningRefused("SGN-010" if "password" in str(problem).lower() else "SGN-011") from problem
    except UnsupportedAlgorithm as problem:
        raise SigningRefused("SGN-011") from problem
    if key is None or certificate is None:
        raise SigningRefused("SGN-011")
    if not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise SigningRefused("SGN-015", name=common_name(certificate.subject))
    return KeySigner(key=key, certificate=certificate, chain=ordered_chain(certificate, others))


def _looks_like_pkcs12(content: bytes) -> bool:
    """Tell whether this is one DER sequence that starts with version 3, as every PKCS#12 file does (RFC 7292)."""
    return content[:1] == bytes([_SEQUENCE_TAG]) and b"\x02\x01\x03" in content[:12]


def ordered_chain(leaf: x509.Certificate, others: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Return the issuers of `leaf` found in `others`, nearest first, without strangers and without repeats."""
    chain: list[x509.Certificate] = []
    current = leaf
    while current.issuer != current.subject:
        issuer = next((one for one in others if one.subject == current.issuer and one not in chain), None)
        if issuer is None:
            break
        chain.append(issuer)
        current = issuer
    return tuple(chain)


def problem_of(certificate: x509.Certificate, at: datetime) -> str:
    """Return why this certificate may not sign at `at` (SGN-012 … SGN-015), or ""."""
    return unfitness_of(certificate, at) or ("" if is_strong(certificate) else "SGN-015")


def unfitness_of(certificate: x509.Certificate, at: datetime) -> str:
    """Return what but its key forbids this certificate to sign at `at` (SGN-012 … SGN-014), or ""."""
    if at > certificate.not_valid_after_utc:
        return "SGN-012"
    if at < certificate.not_valid_before_utc:
        return "SGN-013"
    return "" if _may_sign(certificate) else "SGN-014"


def _may_sign(certificate: x509.Certificate) -> bool:
    """Tell whether the key usage commits the signer to what is signed (non-repudiation)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    except x509.ExtensionNotFound:
        return False


def is_strong(certificate: x509.Certificate) -> bool:
    """Tell whether the key is RSA of 2048 bits or more, or a common curve of 256 bits or more."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _MIN_RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES


def refusal(code: str, certificate: x509.Certificate) -> SigningRefused:
    """Return the error that names the certificate and its dates."""
    return SigningRefused(
        code,
        name=common_name(certificate.subject),
        valid_from=certificate.not_valid_before_utc.date().isoformat(),
        valid_until=certificate.not_valid_after_utc.date().isoformat(),
    )


def common_name(name: x509.Name) -> str:
    """Return the common name, else the organisation, else the whole name in RFC 4514 form."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(kind)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()


def organisation(name: x509.Name) -> str:
    """Return the organisation, or ""."""
    found = name.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(found[0].value) if found else ""


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the DER certificate, lower-case hex."""
    return certificate.fingerprint(SHA256()).hex()


def key_kind(certificate: x509.Certificate) -> str:
    """Return a short name of the key such as ``RSA 3072`` or ``EC secp256r1``."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.curve.name}"
    return type(key).__name__


def sha256(content: bytes) -> bytes:
    """Return the SHA-256 digest, 32 bytes."""
    return hashlib.sha256(content).digest()
