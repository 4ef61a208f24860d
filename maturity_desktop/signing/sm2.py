"""Detached SM2 signatures with SM3: checkable by this program and `openssl pkeyutl`, by hardly anything else.

Keys come from the PEM file a certificate authority hands out, certificates from another one. Numbers are OpenSSL's
work; this module says which key may sign, and keeps it no longer than needed.
Source: GB/T 32918.2; GM/T 0009 (default distinguishing identifier); GM/T 0015 (certificates).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.signing.identity import common_name, ordered_chain, refusal, unfitness_of
from maturity_desktop.signing.libcrypto import Key, Libcrypto, OpenSslError
from maturity_desktop.signing.trust import read_certificates

IDENTIFIER = b"1234567812345678"
MAX_SIGNATURE_BYTES = 80
MAX_CERTIFICATES = 8
_LOCKED = (b"BEGIN ENCRYPTED PRIVATE KEY", b"Proc-Type: 4,ENCRYPTED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2Signer:
    """A detached signer whose SM2 key is in memory until the ``with`` that opened it ends."""

    library: Libcrypto = field(repr=False)
    key: Key = field(repr=False)
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Return the DER sequence of r and s. Raises SigningRefused SGN-012 … SGN-014, SGN-017 it could not be made."""
        code = unfitness_of(self.certificate, at)
        if code:
            raise refusal(code, self.certificate)
        try:
            return self.library.sign(self.key, content, IDENTIFIER)
        except OpenSslError as problem:
            raise SigningRefused("SGN-017", detail=str(problem)) from problem


@contextmanager
def opened(
    key: bytes, passphrase: str, certificates: bytes, *, at: datetime, library: Libcrypto
) -> Iterator[Sm2Signer]:
    """Open an SM2 key and make sure it may sign at the instant `at`; the key is wiped when the ``with`` ends.

    Args:
        key: a PEM file with the private key, PKCS#8 and encrypted as a rule.
        passphrase: of the key; "" when it is not encrypted.
        certificates: a PEM file with the signer's certificate and, if at hand, its issuers'; or the one, DER.
        at: the instant of signing.
        library: from `libcrypto.load`.

    Raises:
        SigningRefused: SGN-041 wrong passphrase, SGN-042 no SM2 key, SGN-043 no SM2 certificate, SGN-044 the key
            belongs to no certificate given, SGN-012 expired, SGN-013 not yet valid, SGN-014 key usage.
    """
    everyone = _certificates(certificates)
    with _private_key(library, key, passphrase) as opened_key:
        own = _own(library, opened_key, everyone)
        code = unfitness_of(own, at)
        if code:
            raise refusal(code, own)
        chain = ordered_chain(own, list(everyone))
        yield Sm2Signer(library=library, key=opened_key, certificate=own, chain=chain)


def _certificates(content: bytes) -> tuple[x509.Certificate, ...]:
    try:
        found = read_certificates(content, with_keys=False)
    except EnvironmentProblem as problem:
        raise SigningRefused("SGN-043") from problem
    if not 0 < len(found) <= MAX_CERTIFICATES:
        raise SigningRefused("SGN-043")
    return found


def _private_key(library: Libcrypto, content: bytes, passphrase: str) -> Key:
    try:
        key = library.private_key(content, passphrase)
    except OpenSslError as problem:
        raise SigningRefused("SGN-041" if any(one in content for one in _LOCKED) else "SGN-042") from problem
    if not library.is_sm2(key):
        key.close()
        raise SigningRefused("SGN-042")
    return key


def _own(library: Libcrypto, key: Key, everyone: Sequence[x509.Certificate]) -> x509.Certificate:
    """Return the certificate that belongs to the key."""
    has_sm2 = False
    for one in everyone:
        try:
            with library.public_key(one.public_bytes(Encoding.DER)) as public:
                has_sm2 = has_sm2 or library.is_sm2(public)
                if library.are_one_pair(key, public):
                    return one
        except OpenSslError:
            continue
    raise SigningRefused("SGN-044", name=common_name(everyone[0].subject)) if has_sm2 else SigningRefused("SGN-043")


def written(signer: Sm2Signer) -> bytes:
    """Return the certificates as they go beside a signature: PEM, the signer's first, then its issuers'."""
    return rendered((signer.certificate, *signer.chain))


def rendered(certificates: Sequence[x509.Certificate]) -> bytes:
    """Return certificates as PEM, in one form only."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def is_signed_by(library: Libcrypto, certificate: x509.Certificate, content: bytes, signature: bytes) -> bool:
    """Tell whether an SM2 signature over `content` was made with the key of this certificate."""
    if len(signature) > MAX_SIGNATURE_BYTES:
        return False
    try:
        with library.public_key(certificate.public_bytes(Encoding.DER)) as key:
            return library.is_sm2(key) and library.is_signed(key, content, signature, IDENTIFIER)
    except OpenSslError:
        return False
