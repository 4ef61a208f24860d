"""Judges the text of a certificate's QR code by the keys that believed identities endorsed."""

from dataclasses import fields
from datetime import datetime

from maturity_desktop.errors import VerificationFailed
from maturity_desktop.signing import qr, qr_keys
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, unreadable, verdict_of
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.trust import Trust


def verify_qr(text: str, trust: Trust, *, at: datetime) -> Judgement:
    """Judge one QR text; the keys come with the trust files, endorsed by an identity that leads to a root."""
    known: dict[bytes, qr_keys.QrKey] = {}
    for content in trust.qr_keys:
        known |= qr_keys.read(content, trust, at)
    try:
        claims = qr.decode_and_verify(text, {kid: key.public for kid, key in known.items()})
    except VerificationFailed as problem:
        return _refused(Problem(problem.code))
    return _believed(claims, known[qr.kid_in(text)])


def _refused(problem: Problem) -> Judgement:
    if problem == Problem.QR_NOT_OURS:
        return unreadable("qr", problem)
    return Judgement(kind="qr", verdict=verdict_of([problem], has_signatures=True), problems=(problem.value,))


def _believed(claims: qr.QrClaims, key: qr_keys.QrKey) -> Judgement:
    problems = tuple(one.value for one in key.problems)
    check = SignatureCheck(
        field="QR",
        signer=common_name(key.endorser.subject),
        issuer=common_name(key.endorser.issuer),
        fingerprint_sha256=fingerprint(key.endorser),
        claimed_at=None,
        is_intact=True,
        is_trusted=not problems,
        covers_whole_file=True,
        problems=problems,
    )
    details = tuple((one.name, str(getattr(claims, one.name))) for one in fields(claims))
    return Judgement(kind="qr", verdict=verdict_of(problems, has_signatures=True), signatures=(check,), details=details)
