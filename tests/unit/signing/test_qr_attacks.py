"""What can be done to the code of a certificate without its key; and what becomes of keys endorsed more than once."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import cbor2
import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.signing import authority, base45, qr, qr_keys, revoked
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.signing.qr_verify import verify_qr
from maturity_desktop.signing.trust import Trust
from tests.factories import signed

KID = object()
"""Stands for the id of the genuine key, which is not made while tests are collected."""


@cache
def code() -> str:
    return qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead()))


def judge(text: str, *, days_later: int = 0, file: str | None = None) -> Judgement:
    content = file if file is not None else signed.assessors_ca().pem + qr_keys.endorse(signed.lead())
    trust = Trust(roots=(signed.assessors_ca().certificate,), qr_keys=(content.encode(),))
    return verify_qr(text, trust, at=signed.NOW + timedelta(days=days_later))


def written(content: bytes) -> str:
    return qr.PREFIX + base45.encode(content)


def parts() -> list[Any]:
    message = cbor2.loads(base45.decode(code().removeprefix(qr.PREFIX)))
    return list(message.value)


def framed(*changed: Any) -> str:
    return written(cbor2.dumps(cbor2.CBORTag(18, list(changed))))


def _header(header: dict[int, Any]) -> Callable[[], str]:
    def forge() -> str:
        _, unprotected, payload, signature = parts()
        real = {key: _kid() if value is KID else value for key, value in header.items()}
        return framed(cbor2.dumps(real), unprotected, payload, signature)

    return forge


def _unprotected(header: object) -> Callable[[], str]:
    def forge() -> str:
        protected, _, payload, signature = parts()
        return framed(protected, header, payload, signature)

    return forge


def _payload(change: Callable[[dict[int, Any]], object]) -> Callable[[], str]:
    def forge() -> str:
        protected, unprotected, payload, signature = parts()
        return framed(protected, unprotected, cbor2.dumps(change(cbor2.loads(payload))), signature)

    return forge


def _raw(change: Callable[[bytes], bytes]) -> Callable[[], str]:
    return lambda: written(change(base45.decode(code().removeprefix(qr.PREFIX))))


def _kid() -> bytes:
    return qr.kid_in(code())


def _long_length(content: bytes) -> bytes:
    """Write the length of the protected header in one byte more than needed."""
    protected = parts()[0]
    short = cbor2.dumps(protected)
    assert short in content
    return content.replace(short, b"\x58" + bytes([len(protected)]) + protected, 1)


def _endless(content: bytes) -> bytes:
    """Write the outer array without its length."""
    return content.replace(b"\xd2\x84", b"\xd2\x9f", 1) + b"\xff"


FORGERIES: dict[str, Callable[[], str]] = {
    "no algorithm": _header({4: b"\0" * 8}),
    "algorithm none": _header({1: 0, 4: KID}),
    "algorithm by name": _header({1: "EdDSA", 4: KID}),
    "another algorithm": _header({1: -7, 4: KID}),
    "another algorithm as a fraction": _header({1: -8.0, 4: KID}),
    "another key": _header({1: -8, 4: b"\1" * 8}),
    "key as text": _header({1: -8, 4: "x" * 8}),
    "critical header": _header({1: -8, 4: KID, 2: [9], 9: 1}),
    "empty header": _header({}),
    "header that is none": lambda: framed(cbor2.dumps([1, -8]), *parts()[1:]),
    "key in the unprotected header": _unprotected({4: b"\1" * 8}),
    "algorithm in the unprotected header": _unprotected({1: 0}),
    "unprotected header of another kind": _unprotected([]),
    "level": _payload(lambda claims: {**claims, 7: "5"}),
    "one claim more": _payload(lambda claims: {**claims, 99: "level 5"}),
    "one claim less": _payload(lambda claims: {key: value for key, value in claims.items() if key != 14}),
    "order of claims": _payload(lambda claims: dict(reversed(claims.items()))),
    "days as fractions": _payload(lambda claims: {**claims, 9: float(claims[9])}),
    "tag stripped": _raw(lambda content: content[1:]),
    "another tag": _raw(lambda content: b"\xd1" + content[1:]),
    "two tags": _raw(lambda content: b"\xd9\xd9\xf7" + content),
    "bytes behind": _raw(lambda content: content + b"\0"),
    "another message behind": _raw(lambda content: content + content),
    "a length too long": _raw(_long_length),
    "no length": _raw(_endless),
    "a signature too short": lambda: framed(*parts()[:3], parts()[3][:-1]),
    "a signature too long": lambda: framed(*parts()[:3], parts()[3] + b"\0"),
    "no signature": lambda: framed(*parts()[:3], b""),
    "payload apart": lambda: framed(*parts()[:2], None, parts()[3]),
    "payload as text": lambda: framed(*parts()[:2], "x", parts()[3]),
    "several signatures": lambda: framed(*parts()[:3], [parts()[3]]),
    "lower case": lambda: qr.PREFIX + code().removeprefix(qr.PREFIX).lower(),
    "prefix in lower case": lambda: "mdc1:" + code().removeprefix(qr.PREFIX),
    "another prefix": lambda: "HC1:" + code().removeprefix(qr.PREFIX),
    "prefix twice": lambda: qr.PREFIX + code(),
    "a line in between": lambda: code()[:100] + "\n" + code()[100:],
    "blanks behind": lambda: code() + "   ",
    "a group too large": lambda: code()[:-3] + ":::",
    "a letter nobody uses": lambda: code()[:60] + "É" + code()[61:],
    "two codes in one": lambda: code() + code(),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_no_other_way_of_writing_a_code_passes(forgery: str) -> None:
    forged = FORGERIES[forgery]()
    assert forged != code()
    assert judge(forged).verdict != Verdict.VALID


def test_a_key_named_twice_in_one_header_is_no_header() -> None:
    _, unprotected, payload, signature = parts()
    twice = b"\xa3\x01\x27\x04\x48" + b"\1" * 8 + b"\x04\x48" + _kid()
    assert judge(framed(twice, unprotected, payload, signature)).verdict != Verdict.VALID


def test_a_renewed_identity_keeps_its_codes_whatever_the_order_of_its_endorsements() -> None:
    subject = authority.Subject(name="王评估", organisation="示例评估机构")
    later = signed.NOW + timedelta(days=500)
    fresh = authority.issue(signed.assessors_ca(), subject, at=signed.NOW, until=later)
    renewed = KeySigner(key=fresh.key, certificate=fresh.certificate, chain=fresh.chain)
    short = _with_key(renewed, until=signed.NOW + timedelta(days=10))
    text = qr.encode(signed.a_certificate(), qr_keys.private_key(renewed))
    blocks = [qr_keys.endorse(short), qr_keys.endorse(renewed)]
    for file in ("".join(blocks), "".join(reversed(blocks))):
        judgement = judge(text, days_later=100, file=signed.assessors_ca().pem + file)
        assert (judgement.verdict, judgement.signatures[0].problems) == (Verdict.VALID, ())
    roots = (signed.assessors_ca().certificate,)
    for order in (blocks, blocks[::-1]):
        trust = Trust(roots=roots, qr_keys=tuple(one.encode() for one in order))
        assert verify_qr(text, trust, at=signed.NOW + timedelta(days=100)).verdict == Verdict.VALID


def _with_key(signer: KeySigner, *, until: Any) -> KeySigner:
    """Issue a certificate that ended earlier to the same key."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    old, ca = signer.certificate, signed.assessors_ca()
    builder = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(ca.certificate.subject)
        .public_key(old.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(until)
    )
    for one in old.extensions:
        builder = builder.add_extension(one.value, one.critical)
    return KeySigner(key=signer.key, certificate=builder.sign(ca.key, SHA256()), chain=signer.chain)


def test_a_list_of_revoked_certificates_is_the_issuing_bodys_alone() -> None:
    made = revoked.RevokedList(
        issuing_body="示例评估机构",
        this_update=signed.NOW,
        next_update=signed.NOW + signed.A_YEAR,
        number=1,
        revoked=(revoked.RevokedSerial(serial="MD-2026-00017", revoked_at=signed.NOW),),
    )
    assessors, banks = signed.assessors_ca().certificate, signed.banks_ca().certificate
    file = revoked.sign(made, signed.lead(), at=signed.NOW)
    assert revoked.read(file, Trust(issuer_roots=(assessors,)), at=signed.NOW) == made
    assert revoked.read(file, Trust(issuer_roots=(assessors,), lead_roots=(banks,)), at=signed.NOW) == made
    with pytest.raises(EnvironmentProblem, match="VER-904"):
        revoked.read(file, Trust(lead_roots=(assessors,), issuer_roots=(banks,)), at=signed.NOW)
    with pytest.raises(EnvironmentProblem, match="VER-904"):
        revoked.read(file, Trust(roots=(banks,), institution_roots=(assessors,)), at=signed.NOW)
    assert revoked.problem_of("MD-2026-00017", [made], at=signed.NOW) == Problem.CERTIFICATE_REVOKED
