"""Examines one signature of a PDF: its place in the bytes, its cryptography, its signer, and what came after it."""

from datetime import datetime

from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

from maturity_desktop.signing import pdf_claims
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.findings import Problem, SignatureCheck
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.parties import Party, judge_party, role_of_field
from maturity_desktop.signing.pdf_changes import DIFF_POLICY, hides_objects
from maturity_desktop.signing.pdf_container import (
    STRONG_DIGESTS,
    block_in,
    content_of,
    gap_of,
    is_plain,
    is_plain_token,
    tokens_in,
)
from maturity_desktop.signing.standing import with_standing
from maturity_desktop.signing.trust import Trust, are_consistent, are_issuers, may_be_genuine, validation_context

_INTEGRITY = frozenset({Problem.CONTENT_CHANGED, Problem.SIGNATURE_WRONG, Problem.CONTAINER_ODD})


def examine(
    content: bytes,
    signature: EmbeddedPdfSignature,
    trust: Trust,
    *,
    at: datetime,
    is_last: bool,
    proven_at: datetime | None = None,
) -> SignatureCheck:
    """Judge one signature by itself; the last one must cover all of `content`.

    A certificate that has ended by now may still have been good when a time-stamp authority saw the signature.
    """
    party = _party(signature)
    if proven_at is not None and at > party.certificate.not_valid_after_utc:
        at = proven_at
    role = role_of_field(str(signature.field_name))
    doubts = judge_party(party, trust, role, at=at)
    known = (party.certificate, *trust.all_roots)
    is_consistent = Problem.ROOT_UNKNOWN in doubts or are_consistent(party.others, known)
    problems = _judge_container(content, signature, is_consistent)
    status = _validate(signature, trust, at)
    problems += _judge_status(signature, status, is_last=is_last)
    added = _judge_addition(signature, status, trust)
    problems += [one for one in added if one in _INTEGRITY]
    doubts = (*doubts, *(one for one in added if one not in _INTEGRITY))
    if hides_objects(content, signature.reader, int(signature.byte_range[2]) + int(signature.byte_range[3])):
        problems.append(Problem.CHANGED_AFTERWARDS)
    if not (doubts or status.trusted or problems or trust.is_pinned(party.certificate, role)):
        doubts = (Problem.ROOT_UNKNOWN,)
    if signature.md_algorithm not in STRONG_DIGESTS:
        doubts = (*doubts, Problem.WEAK_DIGEST)
    check = SignatureCheck(
        field=str(signature.field_name),
        signer=common_name(party.certificate.subject),
        issuer=common_name(party.certificate.issuer),
        fingerprint_sha256=fingerprint(party.certificate),
        claimed_at=party.claimed_at,
        is_intact=_INTEGRITY.isdisjoint(problems),
        is_trusted=not doubts,
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        problems=tuple(dict.fromkeys(str(one) for one in (*problems, *doubts))),
        timestamped_at=proven_at,
    )
    return with_standing(check, party, trust, role, doubts)


def _party(signature: EmbeddedPdfSignature) -> Party:
    return Party(
        certificate=read_certificate(signature.signer_cert.dump()),
        others=tuple(read_certificate(one.dump()) for one in signature.other_embedded_certs),
        claimed_at=signature.self_reported_timestamp,
    )


def _judge_container(content: bytes, signature: EmbeddedPdfSignature, is_consistent: bool) -> list[Problem]:
    gap = gap_of(content, signature.byte_range)
    filled = content_of(gap) if gap else b""
    block = block_in(filled)
    is_same = block is not None and signature.pkcs7_content == filled
    if is_same and block is not None and is_plain(block, signature.signer_cert) and is_consistent:
        return []
    return [Problem.CONTAINER_ODD]


def _validate(signature: EmbeddedPdfSignature, trust: Trust, at: datetime) -> PdfSignatureStatus:
    """Let the library check digest, signature value and later changes; weak digests are our own refusal."""
    roots = trust.roots_for(role_of_field(str(signature.field_name)))
    work = async_validate_pdf_signature(
        signature,
        validation_context(roots, trust.crls, at),
        diff_policy=DIFF_POLICY,
        algorithm_policy=CMSAlgorithmUsagePolicy.lift_policy(AcceptAllAlgorithms()),
    )
    return run_apart(work)


def _judge_status(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, *, is_last: bool) -> list[Problem]:
    problems = []
    if not status.intact:
        problems.append(Problem.CONTENT_CHANGED)
    elif not status.valid:
        problems.append(Problem.SIGNATURE_WRONG)
    if is_last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        problems.append(Problem.APPENDED)
    is_allowed = status.docmdp_ok and isinstance(status.diff_result, DiffResult) and _same_claims(signature)
    if not is_allowed:
        problems.append(Problem.CHANGED_AFTERWARDS)
    if status.seed_value_constraint_error is not None:
        problems.append(Problem.UNSUPPORTED)
    return problems


def _judge_addition(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, trust: Trust) -> list[Problem]:
    """Nothing may be added to a finished signature but one time-stamp over its value, and that must be whole."""
    block = block_in(signature.pkcs7_content)
    tokens = None if block is None else tokens_in(block)
    if tokens is None or len(tokens) > 1:
        return [Problem.CONTAINER_ODD]
    if not tokens:
        return []
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and is_plain_token(tokens[0].dump(), stamp.signing_cert)):
        return [Problem.CONTAINER_ODD]
    everyone = [read_certificate(one.chosen.dump()) for one in tokens[0]["content"]["certificates"]]
    leaf = read_certificate(stamp.signing_cert.dump())
    others = [one for one in everyone if one != leaf]
    roots = (*trust.all_roots, *trust.tsa_roots)
    if not may_be_genuine(everyone, roots) or not are_issuers(others, leaf):
        return [Problem.CONTAINER_ODD]
    return [] if are_consistent(everyone, roots) else [Problem.ROOT_UNKNOWN]  # where the chain ends, damage hides


def _same_claims(signature: EmbeddedPdfSignature) -> bool:
    """Tell whether title, subject and attachments still are what they were when this signature was made."""
    reader = signature.reader
    before = reader.get_historical_resolver(signature.signed_revision)
    return pdf_claims.are_same(before, reader)
