"""Judges the text of a certificate's QR code by the keys that believed identities endorsed."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.signing import qr, qr_keys, revoked
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, unreadable, verdict_of
from maturity_desktop.signing.identity import common_name, fingerprint
from maturity_desktop.signing.parties import Party
from maturity_desktop.signing.standing import with_standing
from maturity_desktop.signing.trust import Trust


def verify_qr(text: str, trust: Trust, *, at: datetime, taken_back: Sequence[revoked.RevokedList] = ()) -> Judgement:
    """Judge one QR text; the keys come with the trust files, endorsed by an identity that leads to a root.

    Args:
        text: what the code says.
        trust: whom to believe, with the files that may hold endorsed keys.
        at: the instant of judging.
        taken_back: lists of revoked certificates already believed; when there are any, the serial is looked up.
    """
    known: dict[bytes, qr_keys.QrKey] = {}
    for content in trust.qr_keys:
        for kid, key in qr_keys.read(content, trust, at).items():
            if kid not in known or known[kid].problems:  # a renewed identity endorses the same key again
                known[kid] = key
    try:
        claims = qr.decode_and_verify(text, {kid: key.public for kid, key in known.items()})
    except VerificationFailed as problem:
        return _refused(Problem(problem.code))
    doubt = revoked.problem_of(claims.serial, taken_back, at=at)
    return _believed(claims, known[qr.kid_in(text)], trust, () if doubt is None else (doubt,))


def _refused(problem: Problem) -> Judgement:
    if problem == Problem.QR_NOT_OURS:
        return unreadable("qr", problem)
    return Judgement(kind="qr", verdict=verdict_of([problem], has_signatures=True), problems=(problem.value,))


def _believed(claims: qr.QrClaims, key: qr_keys.QrKey, trust: Trust, further: tuple[Problem, ...]) -> Judgement:
    doubts = tuple(one.value for one in further)
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
    party = Party(certificate=key.endorser, others=key.chain, claimed_at=None)
    check = with_standing(check, party, trust, TrustRole.ISSUING_BODY, problems)
    details = tuple((one.name, str(getattr(claims, one.name))) for one in fields(claims))
    verdict = verdict_of((*problems, *doubts), has_signatures=True)
    return Judgement(kind="qr", verdict=verdict, signatures=(check,), problems=doubts, details=details)
