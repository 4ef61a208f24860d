"""Whom we believe: roots per role, revocation lists, and the check of one signer's certificate against them."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule

from maturity_desktop.domain.trust import TrustItem, TrustKind, TrustRole
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import fingerprint, is_strong

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
QR_KEY_LABEL = "MATURITY QR KEY"
SM2_WITH_SM3 = "1.2.156.10197.1.501"  # Source: GM/T 0006, object identifiers of algorithms
_CLOCK_TOLERANCE = timedelta(minutes=10)
_PROBLEM_OF: tuple[tuple[type[Exception], Problem], ...] = (
    (RevokedError, Problem.REVOKED),
    (ExpiredError, Problem.EXPIRED),
    (NotYetValidError, Problem.EXPIRED),
    (InsufficientRevinfoError, Problem.REVOCATION_UNKNOWN),
    (DisallowedAlgorithmError, Problem.WEAK_DIGEST),
    (PathBuildingError, Problem.ROOT_UNKNOWN),
    (InvalidCertificateError, Problem.KEY_USAGE),
    (PathValidationError, Problem.ROOT_UNKNOWN),
    (ValidationError, Problem.ROOT_UNKNOWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom to believe.

    Attributes:
        roots: certificates that issuers lead to, for every role.
        institution_roots: when given, the assessed institution's signature must lead to one of these, and nobody
            else's may.
        lead_roots, issuer_roots: further roots for lead assessors, and for issuing bodies, alone.
        pinned: role and SHA-256 fingerprint of certificates that are believed by themselves, without a root.
        crls: revocation lists; when there are any, every signer must appear in the scope of one.
        tsa_roots: further roots for time-stamp authorities, believed for nothing else.
        sm2_roots: roots of SM2 signatures, whatever the role; they can issue nothing else.
        qr_keys: PEM files that may hold endorsed QR keys, see the module `qr_keys`.
    """

    roots: tuple[x509.Certificate, ...] = ()
    institution_roots: tuple[x509.Certificate, ...] = ()
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    qr_keys: tuple[bytes, ...] = field(default=())
    lead_roots: tuple[x509.Certificate, ...] = ()
    issuer_roots: tuple[x509.Certificate, ...] = ()
    pinned: frozenset[tuple[TrustRole, str]] = frozenset()
    tsa_roots: tuple[x509.Certificate, ...] = ()
    sm2_roots: tuple[x509.Certificate, ...] = ()

    def roots_for(self, role: TrustRole) -> tuple[x509.Certificate, ...]:
        """Return the roots one role may lead to."""
        if role is TrustRole.INSTITUTION:
            return self.institution_roots or self.roots
        return (*self.roots, *(self.lead_roots if role is TrustRole.LEAD_ASSESSOR else self.issuer_roots))

    @property
    def all_roots(self) -> tuple[x509.Certificate, ...]:
        """Return the roots of all roles."""
        return (*self.roots, *self.institution_roots, *self.lead_roots, *self.issuer_roots)

    @property
    def tells_roles_apart(self) -> bool:
        """Whether some root is believed in one role only."""
        return bool(self.institution_roots or self.lead_roots or self.issuer_roots)

    def is_pinned(self, certificate: x509.Certificate, role: TrustRole) -> bool:
        """Return whether this very certificate is believed in this role."""
        return (role, fingerprint(certificate)) in self.pinned


def with_stored(trust: Trust, stored: Sequence[TrustItem]) -> Trust:
    """Return `trust` with the roots, pinned certificates and QR keys of a trust store; lists are for the caller."""

    def roots(role: TrustRole) -> tuple[x509.Certificate, ...]:
        wanted = (one.content for one in stored if one.kind is TrustKind.ROOT and one.role is role)
        return tuple(certificate for content in wanted for certificate in read_certificates(content))

    pinned = {(one.role, one.fingerprint) for one in stored if one.kind is TrustKind.PINNED and one.role}
    return replace(
        trust,
        institution_roots=(*trust.institution_roots, *roots(TrustRole.INSTITUTION)),
        lead_roots=(*trust.lead_roots, *roots(TrustRole.LEAD_ASSESSOR)),
        issuer_roots=(*trust.issuer_roots, *roots(TrustRole.ISSUING_BODY)),
        pinned=trust.pinned | pinned,
        qr_keys=(*trust.qr_keys, *(one.content for one in stored if one.kind is TrustKind.QR_KEY)),
        sm2_roots=(*trust.sm2_roots, *_sm2_roots(stored)),
    )


def _sm2_roots(stored: Sequence[TrustItem]) -> tuple[x509.Certificate, ...]:
    wanted = (one.content for one in stored if one.kind is TrustKind.SM2_ROOT)
    return tuple(one for content in wanted for one in read_certificates(content, with_keys=False))


def blocks(content: bytes, label: str) -> tuple[bytes, ...]:
    """Return the PEM blocks of one label, in the order of the file."""
    return tuple(found.group(0) for found in _BLOCK.finditer(content) if found.group(1) == label.encode())


def read_certificates(content: bytes, *, with_keys: bool = True) -> tuple[x509.Certificate, ...]:
    """Return all certificates of a PEM file, or the one of a DER file; none when it only holds QR keys.

    Args:
        content: the file.
        with_keys: False when the keys may be of a kind that only another library knows, such as SM2.

    Raises:
        EnvironmentProblem: VER-901 there is none, or one cannot be read.
    """
    try:
        if b"-----BEGIN" in content:
            found = [read_certificate(_der(one), with_key=with_keys) for one in blocks(content, "CERTIFICATE")]
        else:
            found = [read_certificate(content, with_key=with_keys)]
    except ValueError as problem:
        raise EnvironmentProblem("VER-901") from problem
    if not found and not blocks(content, QR_KEY_LABEL):
        raise EnvironmentProblem("VER-901")
    return tuple(found)


def sorted_roots(content: bytes) -> tuple[tuple[x509.Certificate, ...], tuple[x509.Certificate, ...]]:
    """Return the usual roots of a file, and those of SM2 signatures. Raises EnvironmentProblem VER-901."""
    everyone = read_certificates(content, with_keys=False)
    sm2 = tuple(one for one in everyone if one.signature_algorithm_oid.dotted_string == SM2_WITH_SM3)
    usual = (one for one in everyone if one not in sm2)
    try:
        return tuple(read_certificate(one.public_bytes(Encoding.DER)) for one in usual), sm2
    except ValueError as problem:
        raise EnvironmentProblem("VER-901") from problem


def _der(block: bytes) -> bytes:
    return base64.b64decode(b"".join(block.strip().splitlines()[1:-1]), validate=True)


def read_revocation_list(content: bytes) -> x509.CertificateRevocationList:
    """Return the revocation list of a PEM or DER file. Raises EnvironmentProblem VER-902."""
    try:
        if b"-----BEGIN" in content:
            return x509.load_pem_x509_crl(content)
        return x509.load_der_x509_crl(content)
    except ValueError as problem:
        raise EnvironmentProblem("VER-902") from problem


def judge_signer(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: datetime,
    claimed_at: datetime | None,
) -> tuple[Problem, ...]:
    """Return what speaks against believing this signer at `at`; nothing means trusted."""
    problems = [] if is_strong(certificate) else [Problem.KEY_WEAK]
    chain_problem = _judge_chain(certificate, others, roots=roots, crls=crls, at=at)
    if chain_problem is None and is_listed(certificate, crls):
        chain_problem = Problem.REVOKED
    if chain_problem is not None:
        problems.append(chain_problem)
    if claimed_at is not None and not _was_valid(certificate, claimed_at):
        problems.append(Problem.TIME_IMPLAUSIBLE)
    return tuple(problems)


def is_listed(certificate: x509.Certificate, crls: Sequence[x509.CertificateRevocationList]) -> bool:
    """Tell whether a list of its issuer names this certificate, whatever the date: no clock here is proven."""
    serial = certificate.serial_number
    own = (one for one in crls if one.issuer == certificate.issuer)
    return any(one.get_revoked_certificate_by_serial_number(serial) is not None for one in own)


def _was_valid(certificate: x509.Certificate, claimed_at: datetime) -> bool:
    earliest = certificate.not_valid_before_utc - _CLOCK_TOLERANCE
    return earliest <= claimed_at <= certificate.not_valid_after_utc + _CLOCK_TOLERANCE


def _judge_chain(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: datetime,
) -> Problem | None:
    try:
        context = validation_context(roots, crls, at)
        validator: Any = CertificateValidator(  # Any: its methods are not typed
            _asn1(certificate), intermediate_certs=[_asn1(one) for one in others], validation_context=context
        )
        run_apart(validator.async_validate_usage({"non_repudiation"}))
    except (ValidationError, PathBuildingError) as problem:
        return next(code for kind, code in _PROBLEM_OF if isinstance(problem, kind))
    except (ValueError, TypeError, KeyError):
        return Problem.ROOT_UNKNOWN
    return None


def validation_context(
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: datetime,
    *,
    needs_lists: bool = True,
) -> ValidationContext:
    """Return the libraries' form of whom to believe; nothing is ever fetched.

    When lists are given and `needs_lists`, each signer must be covered by one; lists signed with SM2 cover only SM2
    signers and are not meant.
    """
    crls = [one for one in crls if one.signature_algorithm_oid.dotted_string != SM2_WITH_SM3]
    required = RevocationCheckingRule.CRL_REQUIRED if crls and needs_lists else RevocationCheckingRule.NO_CHECK
    policy = RevocationCheckingPolicy(
        ee_certificate_rule=required, intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK
    )
    return ValidationContext(
        trust_roots=[_asn1(one) for one in roots],
        allow_fetching=False,
        crls=[asn1_crl.CertificateList.load(one.public_bytes(Encoding.DER)) for one in crls],
        revinfo_policy=CertRevTrustPolicy(policy),
        moment=at,
    )


def are_consistent(extras: Sequence[x509.Certificate], known: Sequence[x509.Certificate]) -> bool:
    """Tell whether every certificate that came along is genuine: issued by another one at hand, or by itself.

    They lie outside what is signed, so a damaged one would otherwise pass unseen. Ask this of trusted signers only:
    without the root, the issuer of a genuine chain's last certificate is not at hand either.
    """
    everyone = [*extras, *known]
    return all(any(issued(issuer, one) for issuer in everyone) for one in extras)


def may_be_genuine(certificates: Sequence[x509.Certificate], known: Sequence[x509.Certificate] = ()) -> bool:
    """Tell whether none of these is damaged as far as can be told from those at hand.

    Weaker than `are_consistent`: a chain may end before any root at hand, as those of time-stamp authorities do.
    """
    everyone = [*certificates, *known]
    for one in certificates:
        named = [issuer for issuer in everyone if issuer.subject == one.issuer]
        if named and not any(issued(issuer, one) for issuer in named):
            return False
    return True


def are_issuers(others: Sequence[x509.Certificate], leaf: x509.Certificate) -> bool:
    """Tell whether each of `others` issued the leaf or another one of them."""
    return all(any(issued(one, each) for each in (leaf, *others) if each != one) for one in others)


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether one certificate was signed by the other."""
    if issuer.subject != certificate.issuer:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
