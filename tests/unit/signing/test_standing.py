"""What belief in a signer rests on is told with every signature: role, root, revocation."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.signing import authority, cms, qr, qr_keys
from maturity_desktop.signing.findings import Judgement, Revocation, SignatureCheck
from maturity_desktop.signing.identity import KeySigner, common_name, fingerprint
from maturity_desktop.signing.pdf_verify import verify_pdf
from maturity_desktop.signing.qr_verify import verify_qr
from maturity_desktop.signing.trust import Trust
from tests.factories import signed


def report(trust: Trust) -> Judgement:
    return verify_pdf(signed.approved_report(), trust, at=signed.NOW)


def lists(*revoked: KeySigner) -> Trust:
    ca, bank = signed.assessors_ca(), signed.banks_ca()
    gone = [one.certificate for one in revoked]
    until = signed.NOW + signed.A_YEAR
    crls = tuple(authority.revoke(one, gone, at=signed.NOW, next_update=until) for one in (ca, bank))
    return replace(signed.trust(by_role=True), crls=crls)


def test_each_party_is_told_with_its_role_and_its_own_root() -> None:
    lead, bank = report(signed.trust(by_role=True)).signatures
    assert (lead.role, bank.role) == ("lead_assessor", "institution")
    assert lead.root == common_name(signed.assessors_ca().certificate.subject)
    assert bank.root_fingerprint_sha256 == fingerprint(signed.banks_ca().certificate)
    assert (lead.revocation, bank.revocation) == (Revocation.NOT_CHECKED, Revocation.NOT_CHECKED)


def test_revocation_is_told_apart_from_not_looked_up() -> None:
    lead, bank = report(lists(signed.bank())).signatures
    assert (lead.revocation, bank.revocation) == (Revocation.GOOD, Revocation.REVOKED)


def test_without_a_root_none_is_told() -> None:
    nobody = Trust(roots=(signed.impostor().chain[0],))
    assert [(one.root, one.root_fingerprint_sha256) for one in report(nobody).signatures] == [("", "")] * 2


def test_a_pinned_certificate_is_told_as_such() -> None:
    pinned = Trust(pinned=frozenset({(TrustRole.LEAD_ASSESSOR, fingerprint(signed.lead().certificate))}))
    check = judged(pinned)
    assert (check.is_pinned, check.root, check.is_trusted) == (True, "", True)


def judged(trust: Trust) -> SignatureCheck:
    signature = cms.sign_detached(b"content", signed.lead(), at=signed.NOW)
    check, _ = cms.judge_detached(signature, b"content", trust, at=signed.NOW, field="x")
    assert check is not None
    return check


def paper(trust: Trust) -> SignatureCheck:
    code = qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead()))
    known = replace(trust, qr_keys=(qr_keys.endorse(signed.lead()).encode(),))
    (check,) = verify_qr(code, known, at=signed.NOW).signatures
    return check


@pytest.mark.parametrize(("look", "role"), [(judged, "lead_assessor"), (paper, "issuing_body")])
def test_every_kind_of_signature_tells_it(look: Callable[[Trust], SignatureCheck], role: str) -> None:
    check = look(signed.trust())
    assert (check.role, check.root) == (role, common_name(signed.assessors_ca().certificate.subject))
