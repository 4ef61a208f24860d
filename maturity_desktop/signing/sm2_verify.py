"""Judges a detached SM2 signature: the numbers, then the chain from a given SM2 root down to the signer.

Every certificate of the chain is signed with SM2 and SM3; no other kind of root can vouch for an SM2 signer.
Source: RFC 5280 section 6.1 (dates, names, basic constraints, key usage, path length); GM/T 0015.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.signing import libcrypto, sm2
from maturity_desktop.signing.findings import Problem, Revocation, SignatureCheck
from maturity_desktop.signing.identity import common_name, fingerprint, unfitness_of
from maturity_desktop.signing.libcrypto import Libcrypto
from maturity_desktop.signing.trust import SM2_WITH_SM3, Trust, is_listed, read_certificates

MAX_BYTES = 256 * 1024
_CLOCK_TOLERANCE = timedelta(minutes=10)
_UNDERSTOOD = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What lies beside the signed content.

    Attributes:
        signature: DER sequence of r and s.
        certificates: PEM, the signer's first, exactly as `sm2.rendered` writes them.
        claimed_at: the time the content gives.
    """

    signature: bytes
    certificates: bytes
    claimed_at: datetime


def judge_detached(
    beside: Beside, content: bytes, trust: Trust, *, at: datetime, field: str
) -> tuple[SignatureCheck | None, Problem | None]:
    """Judge one SM2 signature over `content`.

    Returns:
        The check, and None; or None, and why there is none (malformed).
    """
    certificates = _read(beside.certificates)
    if certificates is None:
        return None, Problem.SIGNATURE_MALFORMED
    signer, *others = certificates
    try:
        library = libcrypto.load()
    except EnvironmentProblem:
        return _check(signer, beside, field, (Problem.SM2_UNCHECKED,), is_right=False), None
    if not sm2.is_signed_by(library, signer, content, beside.signature):
        return _check(signer, beside, field, (Problem.SIGNATURE_WRONG,), is_right=False), None
    path = _path(library, signer, others, trust.sm2_roots)
    if path is None:
        return _check(signer, beside, field, (Problem.ROOT_UNKNOWN,), is_right=True), None
    lists = [one for one in trust.crls if one.signature_algorithm_oid.dotted_string == SM2_WITH_SM3]
    doubts = _doubts(library, path, lists, at)
    if not signer.not_valid_before_utc - _CLOCK_TOLERANCE <= beside.claimed_at <= signer.not_valid_after_utc:
        doubts = (*doubts, Problem.TIME_IMPLAUSIBLE)
    return _with_standing(_check(signer, beside, field, doubts, is_right=True), path[-1], lists, doubts), None


def _read(content: bytes) -> tuple[x509.Certificate, ...] | None:
    """Read the certificates back; what does not come out the same when written again is not ours."""
    try:
        found = read_certificates(content, with_keys=False) if len(content) <= MAX_BYTES else ()
    except EnvironmentProblem:
        return None
    return found if 0 < len(found) <= sm2.MAX_CERTIFICATES and sm2.rendered(found) == content else None


def _check(
    signer: x509.Certificate, beside: Beside, field: str, problems: tuple[Problem, ...], *, is_right: bool
) -> SignatureCheck:
    return SignatureCheck(
        field=field,
        signer=common_name(signer.subject),
        issuer=common_name(signer.issuer),
        fingerprint_sha256=fingerprint(signer),
        claimed_at=beside.claimed_at,
        is_intact=is_right,
        is_trusted=is_right and not problems,
        covers_whole_file=is_right,
        problems=tuple(str(one) for one in problems),
    )


def _with_standing(
    check: SignatureCheck,
    root: x509.Certificate,
    lists: Sequence[x509.CertificateRevocationList],
    doubts: Sequence[Problem],
) -> SignatureCheck:
    """Fill in what belief rests on; a root of SM2 signatures is believed in no particular role."""
    revocation = Revocation.GOOD if lists and Problem.REVOCATION_UNKNOWN not in doubts else Revocation.NOT_CHECKED
    return replace(
        check,
        root=common_name(root.subject),
        root_fingerprint_sha256=fingerprint(root),
        revocation=Revocation.REVOKED if Problem.REVOKED in doubts else revocation,
    )


def _doubts(
    library: Libcrypto,
    path: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> tuple[Problem, ...]:
    """Return what speaks against believing the signer of a chain that leads to a root."""
    issuer = path[min(1, len(path) - 1)]
    found = {
        Problem.REVOKED: any(is_listed(one, lists) for one in path),
        Problem.EXPIRED: any(not one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in path),
        Problem.KEY_USAGE: unfitness_of(path[0], at) == "SGN-014" or any(_has_riddles(one) for one in path),
        Problem.REVOCATION_UNKNOWN: bool(lists) and not any(_covers(library, one, issuer, at) for one in lists),
    }
    return tuple(problem for problem, is_so in found.items() if is_so)


def _path(
    library: Libcrypto,
    signer: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
) -> list[x509.Certificate] | None:
    """Return the chain from the signer up to a root, both included, or None."""
    path = [signer]
    while path[-1] not in roots:
        last = path[-1]
        below = sum(one.issuer != one.subject for one in path[1:])
        fitting = (one for one in (*roots, *others) if one not in path and _may_issue(one, below))
        issuer = next((one for one in fitting if _issued(library, one, last)), None)
        if issuer is None or len(path) > sm2.MAX_CERTIFICATES:
            return None
        path.append(issuer)
    return path


def _may_issue(certificate: x509.Certificate, below: int) -> bool:
    """Tell whether a certificate may issue others with so many issuers below it."""
    extensions = certificate.extensions
    try:
        limits = extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    try:
        may_sign = extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        may_sign = True
    return limits.ca and may_sign and (limits.path_length is None or below <= limits.path_length)


def _issued(library: Libcrypto, issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    if issuer.subject != certificate.issuer or certificate.signature_algorithm_oid.dotted_string != SM2_WITH_SM3:
        return False
    return sm2.is_signed_by(library, issuer, certificate.tbs_certificate_bytes, certificate.signature)


def _has_riddles(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate demands something that is not understood here."""
    return any(one.critical and not isinstance(one.value, _UNDERSTOOD) for one in certificate.extensions)


def _covers(library: Libcrypto, crl: x509.CertificateRevocationList, issuer: x509.Certificate, at: datetime) -> bool:
    if crl.issuer != issuer.subject or at < crl.last_update_utc:
        return False
    is_current = crl.next_update_utc is not None and at <= crl.next_update_utc
    return is_current and sm2.is_signed_by(library, issuer, crl.tbs_certlist_bytes, crl.signature)
