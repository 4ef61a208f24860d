"""Detached signatures: made by every kind of key, checked by us and by OpenSSL, strict about every byte."""

import random
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import authority, cms
from maturity_desktop.signing.findings import Problem, SignatureCheck
from maturity_desktop.signing.identity import KeySigner, fingerprint
from maturity_desktop.signing.trust import Trust
from tests.factories import signed

CONTENT = "清单\n".encode()


def judged(signature: bytes, trust: Trust, role: TrustRole = TrustRole.LEAD_ASSESSOR) -> SignatureCheck:
    check, problem = cms.judge_detached(signature, CONTENT, trust, at=signed.NOW, field="list", role=role)
    assert problem is None
    assert check is not None
    return check


@pytest.mark.parametrize("signer", [signed.lead, signed.curve], ids=["RSA", "EC"])
def test_openssl_and_we_agree(signer: Callable[[], KeySigner], tmp_path: Path) -> None:
    signature = cms.sign_detached(CONTENT, signer(), at=signed.NOW)
    check = judged(signature, signed.trust())
    assert (check.is_intact, check.is_trusted, check.claimed_at) == (True, True, signed.NOW)
    (tmp_path / "s.p7s").write_bytes(signature)
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "ca.pem").write_text(signed.assessors_ca().pem + signed.banks_ca().pem, encoding="ascii")
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "s.p7s", "-content", "content"]
    command += ["-CAfile", "ca.pem", "-attime", str(int(signed.NOW.timestamp()))]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "content").write_bytes(CONTENT + b".")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_other_content_is_told_from_a_wrong_signature() -> None:
    signature = cms.sign_detached(CONTENT, signed.lead(), at=signed.NOW)
    check, _ = cms.judge_detached(signature, b"other", signed.trust(), at=signed.NOW, field="list")
    assert check is not None
    assert check.problems == (Problem.CONTENT_CHANGED.value,)
    assert not check.is_intact


def test_the_same_content_key_and_time_give_the_same_bytes() -> None:
    made = {cms.sign_detached(CONTENT, signed.lead(), at=signed.NOW) for _ in range(2)}
    assert len(made) == 1


def test_an_identity_that_may_not_sign_now_is_refused() -> None:
    with pytest.raises(SigningRefused, match="SGN-012"):
        cms.sign_detached(CONTENT, signed.lead(), at=signed.NOW + timedelta(days=9999))


@pytest.mark.parametrize("seed", range(3))
def test_no_flipped_bit_passes(seed: int) -> None:
    chance = random.Random(seed)
    signature = cms.sign_detached(CONTENT, signed.lead(), at=signed.NOW)
    for _ in range(60):
        mutated, place = bytearray(signature), chance.randrange(len(signature))
        mutated[place] ^= 1 << chance.randrange(8)
        check, problem = cms.judge_detached(bytes(mutated), CONTENT, signed.trust(), at=signed.NOW, field="list")
        assert problem is not None or (check is not None and check.problems), place


def test_what_is_no_signature_is_malformed() -> None:
    for junk in (b"", b"0", b"\x30\x80\x00\x00", bytes(500), b"\x30" * 400_000):
        assert cms.judge_detached(junk, CONTENT, signed.trust(), at=signed.NOW, field="x") == (
            None,
            Problem.SIGNATURE_MALFORMED,
        )


def test_roots_bound_to_a_role_are_believed_in_that_role_only() -> None:
    assessors, banks = signed.assessors_ca().certificate, signed.banks_ca().certificate
    trust = Trust(lead_roots=(assessors,), institution_roots=(banks,))
    lead = cms.sign_detached(CONTENT, signed.lead(), at=signed.NOW)
    bank = cms.sign_detached(CONTENT, signed.bank(), at=signed.NOW)
    assert judged(lead, trust).is_trusted
    assert judged(bank, trust, TrustRole.INSTITUTION).is_trusted
    assert judged(bank, trust).problems == (Problem.WRONG_PARTY.value,)
    assert judged(lead, trust, TrustRole.ISSUING_BODY).problems == (Problem.WRONG_PARTY.value,)


def test_a_pinned_certificate_is_believed_without_root_but_not_in_another_role_nor_when_revoked() -> None:
    lead = signed.lead()
    signature = cms.sign_detached(CONTENT, lead, at=signed.NOW)
    pinned = frozenset({(TrustRole.LEAD_ASSESSOR, fingerprint(lead.certificate))})
    assert judged(signature, Trust(pinned=pinned)).is_trusted
    assert not judged(signature, Trust(pinned=pinned), TrustRole.ISSUING_BODY).is_trusted
    later = signed.NOW + timedelta(days=30)
    crl = authority.revoke(signed.assessors_ca(), [lead.certificate], at=signed.NOW, next_update=later)
    assert judged(signature, Trust(pinned=pinned, crls=(crl,))).problems == (Problem.REVOKED.value,)
    forged = cms.sign_detached(CONTENT, signed.impostor(), at=signed.NOW)
    assert not judged(forged, Trust(pinned=pinned)).is_trusted
