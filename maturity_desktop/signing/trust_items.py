"""What an imported trust file holds, as facts for the trust store; nothing in it is believed by being read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from maturity_desktop.domain.trust import TrustKind
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.signing import libcrypto, revoked, sm2
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.trust import (
    QR_KEY_LABEL,
    SM2_WITH_SM3,
    Trust,
    blocks,
    read_certificates,
    read_revocation_list,
    sorted_roots,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustFact:
    """One thing found in a file; fields as in `domain.trust.TrustItem`."""

    kind: TrustKind
    fingerprint: str
    subject: str
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None
    content: bytes


def roots_in(content: bytes, at: datetime) -> tuple[TrustFact, ...]:
    """Return the roots of a file, those of SM2 signatures as such, and the QR keys endorsed beside them.

    Raises:
        EnvironmentProblem: VER-901 no certificate. RuleBroken: TRU-001 one may not issue others, TRU-002 expired.
    """
    usual, for_sm2 = sorted_roots(content)
    for one in (*usual, *for_sm2):
        if not _is_authority(one):
            raise RuleBroken("TRU-001", name=common_name(one.subject))
    roots = tuple(_of_certificate(one, TrustKind.ROOT, at) for one in usual)
    roots += tuple(_of_certificate(one, TrustKind.SM2_ROOT, at) for one in for_sm2)
    return (*roots, *(_of_block(block) for block in blocks(content, QR_KEY_LABEL)))


def certificates_in(content: bytes, at: datetime) -> tuple[TrustFact, ...]:
    """Return the certificates of a file for pinning. Raises EnvironmentProblem VER-901; RuleBroken TRU-002 expired."""
    found = tuple(_of_certificate(one, TrustKind.PINNED, at) for one in read_certificates(content))
    if not found:
        raise EnvironmentProblem("VER-901")
    return found


def revocation_list_in(content: bytes, roots: Iterable[bytes]) -> TrustFact:
    """Return a list of revoked signers that one of the roots (PEM) signed.

    Raises:
        EnvironmentProblem: VER-902 no such list; SGN-040 it is signed with SM2, which this computer cannot check.
        RuleBroken: TRU-003 no root in the store signed it.
    """
    crl = read_revocation_list(content)
    issuers = [one for root in roots for one in read_certificates(root, with_keys=False)]
    if not any(_signed(one, crl) for one in issuers):
        raise RuleBroken("TRU-003", name=common_name(crl.issuer))
    return TrustFact(
        kind=TrustKind.REVOCATION_LIST,
        fingerprint=crl.fingerprint(SHA256()).hex(),
        subject=common_name(crl.issuer),
        issuer=crl.issuer.rfc4514_string(),
        valid_from=crl.last_update_utc,
        valid_until=crl.next_update_utc,
        content=crl.public_bytes(Encoding.PEM),
    )


def certificate_list_in(content: bytes, trust: Trust, at: datetime) -> TrustFact:
    """Return a list of revoked certificates. Raises EnvironmentProblem VER-903 altered, VER-904 not believed."""
    found = revoked.read(content, trust, at=at)
    return TrustFact(
        kind=TrustKind.CERTIFICATE_LIST,
        fingerprint=hashlib.sha256(content).hexdigest(),
        subject=found.issuing_body,
        issuer=found.issuing_body,
        valid_from=found.this_update,
        valid_until=found.next_update,
        content=content,
    )


def is_believed(content: bytes, trust: Trust, at: datetime) -> bool:
    """Tell whether a list of revoked certificates still is believed."""
    try:
        revoked.read(content, trust, at=at)
    except EnvironmentProblem:
        return False
    return True


def _of_certificate(certificate: x509.Certificate, kind: TrustKind, at: datetime) -> TrustFact:
    name = common_name(certificate.subject)
    if at > certificate.not_valid_after_utc:
        raise RuleBroken("TRU-002", name=name, day=certificate.not_valid_after_utc.date().isoformat())
    return TrustFact(
        kind=kind,
        fingerprint=fingerprint(certificate),
        subject=name,
        issuer=common_name(certificate.issuer),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        content=certificate.public_bytes(Encoding.PEM),
    )


def _of_block(block: bytes) -> TrustFact:
    digest = hashlib.sha256(block).hexdigest()
    return TrustFact(
        kind=TrustKind.QR_KEY,
        fingerprint=digest,
        subject="QR",
        issuer="",
        valid_from=None,
        valid_until=None,
        content=block + b"\n",
    )


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _signed(issuer: x509.Certificate, crl: x509.CertificateRevocationList) -> bool:
    if issuer.subject != crl.issuer:
        return False
    if crl.signature_algorithm_oid.dotted_string == SM2_WITH_SM3:
        return sm2.is_signed_by(libcrypto.load(), issuer, crl.tbs_certlist_bytes, crl.signature)
    try:
        key = issuer.public_key()
        return isinstance(key, (rsa.RSAPublicKey, ec.EllipticCurvePublicKey)) and crl.is_signature_valid(key)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
