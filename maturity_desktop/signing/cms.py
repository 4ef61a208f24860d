"""Detached signatures over any bytes: CMS (PKCS #7) with SHA-256, as `openssl cms -verify` checks them.

RSA and elliptic-curve identities sign alike. Reading is strict: one signer, one form of writing, nothing unsigned.
Source: RFC 5652; RFC 5754.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms as asn1_cms
from cryptography import x509
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
from pyhanko_certvalidator.errors import PathError, ValidationError

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import logs
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.cms_signer import DIGEST, CmsSigner
from maturity_desktop.signing.findings import Problem, SignatureCheck
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import Signer, common_name, fingerprint, problem_of, refusal, sha256
from maturity_desktop.signing.parties import Party, judge_party
from maturity_desktop.signing.pdf_container import block_in, is_plain
from maturity_desktop.signing.standing import with_standing
from maturity_desktop.signing.trust import Trust, are_consistent

MAX_BYTES = 256 * 1024
_BROKEN_INPUT = (
    *(SigningError, SignatureValidationError, ValidationError, PathError, ValueError, TypeError, LookupError),
    *(AttributeError, AssertionError, ArithmeticError, NotImplementedError, RecursionError),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One signature as read: who made it, with which certificates, when by its own words, and whether it holds."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    claimed_at: datetime | None
    covers: bool
    is_valid: bool


def sign_detached(content: bytes, signer: Signer, *, at: datetime) -> bytes:
    """Return the DER signature over `content` with the signing time `at`.

    Raises:
        SigningRefused: SGN-012 … SGN-015 the certificate cannot sign now, SGN-017 the signature could not be made.
    """
    code = problem_of(signer.certificate, at)
    if code:
        raise refusal(code, signer.certificate)
    attributes = PdfCMSSignedAttributes(signing_time=at)
    work = CmsSigner(signer).async_sign_general_data(content, DIGEST, signed_attr_settings=attributes)
    try:
        message = run_apart(work)
    except (SigningError, ValueError) as problem:
        raise SigningRefused("SGN-017", detail=str(problem)) from problem
    made: bytes = message.dump()
    return made


def is_intact(signature: bytes, content: bytes) -> bool:
    """Tell whether a detached signature holds over `content`, whoever made it."""
    found = _read(signature, content)
    return found is not None and found.covers and found.is_valid


def judge_detached(
    signature: bytes,
    content: bytes,
    trust: Trust,
    *,
    at: datetime,
    field: str,
    role: TrustRole = TrustRole.LEAD_ASSESSOR,
) -> tuple[SignatureCheck | None, Problem | None]:
    """Judge one detached signature over `content`, made in the given role.

    Returns:
        The check, and None; or None, and why there is none (malformed).
    """
    found = _read(signature, content)
    if found is None:
        return None, Problem.SIGNATURE_MALFORMED
    party = Party(certificate=found.certificate, others=found.others, claimed_at=found.claimed_at)
    doubts = judge_party(party, trust, role, at=at)
    problems = [] if found.covers else [Problem.CONTENT_CHANGED]
    if found.covers and not found.is_valid:
        problems.append(Problem.SIGNATURE_WRONG)
    known = (found.certificate, *trust.all_roots)
    if Problem.ROOT_UNKNOWN not in doubts and not are_consistent(found.others, known):
        problems.append(Problem.SIGNATURE_MALFORMED)
    check = SignatureCheck(
        field=field,
        signer=common_name(found.certificate.subject),
        issuer=common_name(found.certificate.issuer),
        fingerprint_sha256=fingerprint(found.certificate),
        claimed_at=found.claimed_at,
        is_intact=not problems,
        is_trusted=not doubts,
        covers_whole_file=not problems,
        problems=tuple(dict.fromkeys(str(one) for one in (*problems, *doubts))),
    )
    return with_standing(check, party, trust, role, doubts), None


def _read(signature: bytes, content: bytes) -> _Read | None:
    logs.silence()
    try:
        block = block_in(signature) if len(signature) <= MAX_BYTES else None
        if block is None or block != signature:
            return None
        return _read_block(block, content)
    except _BROKEN_INPUT:
        return None


def _read_block(block: bytes, content: bytes) -> _Read | None:
    signed: Any = asn1_cms.ContentInfo.load(block, strict=True)["content"]  # Any: parsed lazily, without types
    found = extract_certs_for_validation(signed)
    if not is_plain(block, found.signer_cert):
        return None
    info = signed["signer_infos"][0]
    if info["digest_algorithm"]["algorithm"].native != DIGEST or len(info["unsigned_attrs"] or ()):
        return None
    covers, is_valid = validate_sig_integrity(info, found.signer_cert, "data", sha256(content))
    return _Read(
        certificate=read_certificate(found.signer_cert.dump()),
        others=tuple(read_certificate(one.dump()) for one in found.other_certs),
        claimed_at=_claimed_at(info),
        covers=bool(covers),
        is_valid=bool(is_valid),
    )


def _claimed_at(info: Any) -> datetime | None:  # Any: as above
    times = [one["values"] for one in info["signed_attrs"] if one["type"].native == "signing_time"]
    return times[0][0].native if len(times) == 1 and len(times[0]) == 1 else None
