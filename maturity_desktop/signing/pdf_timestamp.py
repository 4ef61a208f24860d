"""Examines document time-stamps: when an authority saw the file, whether that authority is believed, and its form.

Each is judged at the time the next believed one proves, the last one at the instant of judging.
Source: RFC 3161; RFC 5652, 5.1; ETSI EN 319 142-1, 5.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.diff_analysis.rules.form_field_rules import is_field_visible
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_timestamp
from pyhanko.sign.validation.status import DocumentTimestampStatus, SignatureCoverageLevel

from maturity_desktop.signing import pdf_claims
from maturity_desktop.signing.apart import run_apart
from maturity_desktop.signing.findings import Problem, SignatureCheck
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import common_name, fingerprint, is_strong
from maturity_desktop.signing.parties import Party
from maturity_desktop.signing.pdf_changes import DIFF_POLICY
from maturity_desktop.signing.pdf_container import STRONG_DIGESTS, block_in, content_of, gap_of, is_plain_token
from maturity_desktop.signing.standing import root_of
from maturity_desktop.signing.trust import Trust, are_consistent, is_listed, validation_context

TYPE = "/DocTimeStamp"
_CLOCK_TOLERANCE = timedelta(minutes=10)
_INTEGRITY = frozenset({Problem.CONTENT_CHANGED, Problem.SIGNATURE_WRONG, Problem.CONTAINER_ODD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """One time-stamp: what was found, and up to which revision of the file it proves the time."""

    check: SignatureCheck
    revision: int

    @property
    def proves(self) -> datetime | None:
        """The time, when nothing speaks against believing it."""
        return None if self.check.problems else self.check.timestamped_at


def examine_all(
    content: bytes, signatures: Sequence[EmbeddedPdfSignature], trust: Trust, *, at: datetime
) -> tuple[Stamped, ...]:
    """Judge the time-stamps among `signatures` (all of the file's, oldest first); the oldest comes first."""
    found: list[Stamped] = []
    moment = at
    for one in reversed([each for each in signatures if each.sig_object_type == TYPE]):
        stamped = _examine(content, one, trust, moment=moment, is_last=one is signatures[-1])
        moment = stamped.proves or moment
        found.append(stamped)
    return tuple(reversed(found))


def time_of(signature: EmbeddedPdfSignature, stamps: Sequence[Stamped]) -> datetime | None:
    """Return the earliest believed time at which a signature was there, or None when only its own word tells."""
    times = (one.proves for one in stamps if one.revision > signature.signed_revision)
    return min((time for time in times if time is not None), default=None)


def _examine(
    content: bytes, signature: EmbeddedPdfSignature, trust: Trust, *, moment: datetime, is_last: bool
) -> Stamped:
    certificate = read_certificate(signature.signer_cert.dump())
    others = tuple(read_certificate(one.dump()) for one in signature.other_embedded_certs)
    roots = (*trust.roots, *trust.tsa_roots)
    work = async_validate_pdf_timestamp(signature, validation_context(roots, (), moment), diff_policy=DIFF_POLICY)
    status: DocumentTimestampStatus = run_apart(work)
    problems = _judge_form(content, signature)
    if is_field_visible(signature.sig_field):  # type: ignore[no-untyped-call]  # a picture of somebody's approval, say
        problems.append(Problem.SIGNATURE_UNEXPECTED)
    problems += _judge_status(signature, status, is_last=is_last)
    doubts: list[Problem] = []
    if not status.trusted:
        doubts.append(Problem.ROOT_UNKNOWN)
    elif not are_consistent(others, (certificate, *roots)):
        problems.append(Problem.CONTAINER_ODD)
    if is_listed(certificate, trust.crls):
        doubts.append(Problem.REVOKED)
    if not is_strong(certificate):
        doubts.append(Problem.KEY_WEAK)
    if not {signature.md_algorithm, signature.external_md_algorithm} <= set(STRONG_DIGESTS):
        doubts.append(Problem.WEAK_DIGEST)
    if status.timestamp > moment + _CLOCK_TOLERANCE:
        doubts.append(Problem.TIME_IMPLAUSIBLE)
    root = root_of(Party(certificate=certificate, others=others, claimed_at=None), roots) if status.trusted else None
    check = SignatureCheck(
        field=str(signature.field_name),
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        fingerprint_sha256=fingerprint(certificate),
        claimed_at=None,
        is_intact=_INTEGRITY.isdisjoint(problems),
        is_trusted=not doubts,
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        problems=tuple(dict.fromkeys(str(one) for one in (*problems, *doubts))),
        timestamped_at=status.timestamp,
        root=common_name(root.subject) if root is not None else "",
        root_fingerprint_sha256=fingerprint(root) if root is not None else "",
    )
    return Stamped(check=check, revision=signature.signed_revision)


def _judge_status(signature: EmbeddedPdfSignature, status: DocumentTimestampStatus, *, is_last: bool) -> list[Problem]:
    problems = []
    if not status.intact:
        problems.append(Problem.CONTENT_CHANGED)
    elif not status.valid:
        problems.append(Problem.SIGNATURE_WRONG)
    if is_last and status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        problems.append(Problem.APPENDED)
    before = signature.reader.get_historical_resolver(signature.signed_revision)
    same_claims = pdf_claims.are_same(before, signature.reader)
    if not isinstance(status.diff_result, DiffResult) or not same_claims:
        problems.append(Problem.CHANGED_AFTERWARDS)
    return problems


def _judge_form(content: bytes, signature: EmbeddedPdfSignature) -> list[Problem]:
    gap = gap_of(content, signature.byte_range)
    filled = content_of(gap) if gap else b""
    block = block_in(filled)
    is_same = block is not None and signature.pkcs7_content == filled
    if is_same and block is not None and is_plain_token(block, signature.signer_cert):
        return []
    return [Problem.CONTAINER_ODD]
