"""The certificate's QR code: compact, signed, believed by whoever holds the root file alone."""

from datetime import date, timedelta

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from maturity_desktop.domain.text import Text
from maturity_desktop.errors import SigningRefused, VerificationFailed
from maturity_desktop.signing import base45, qr, qr_keys
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.qr_verify import verify_qr
from maturity_desktop.signing.trust import Trust
from tests.factories import signed

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def text_of(**changes: object) -> str:
    return qr.encode(signed.a_certificate(**changes), qr_keys.private_key(signed.lead()))


def keys() -> dict[bytes, Ed25519PublicKey]:
    public = qr_keys.private_key(signed.lead()).public_key()
    return {qr_keys.kid_of(public): public}


def root_file() -> bytes:
    return (signed.assessors_ca().pem + qr_keys.endorse(signed.lead())).encode()


def judge(text: str, file: bytes | None = None, *, days_later: int = 0) -> Judgement:
    content = root_file() if file is None else file
    trust = Trust(roots=(signed.assessors_ca().certificate,), qr_keys=(content,))
    return verify_qr(text, trust, at=signed.NOW + timedelta(days=days_later))


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0"), (b"", "")],
)
def test_base45_follows_the_examples_of_its_standard(content: bytes, text: str) -> None:
    assert base45.encode(content) == text
    assert base45.decode(text) == content


@pytest.mark.parametrize("text", ["GGW", ":::", "A", "AB8 ", "a b", "ÄÄ", "::"])
def test_base45_refuses_what_no_encoder_writes(text: str) -> None:
    with pytest.raises(ValueError, match="Base45"):
        base45.decode(text)


@pytest.mark.parametrize("size", range(40))
def test_base45_keeps_every_byte(size: int) -> None:
    content = bytes((number * 37 + 251) % 256 for number in range(size))
    assert base45.decode(base45.encode(content)) == content


def test_a_qr_code_says_what_the_certificate_says() -> None:
    certificate = signed.a_certificate()
    claims = qr.decode_and_verify(text_of(), keys())
    assert claims.serial == "MD-2026-00017"
    assert claims.system == "新一代消费信贷系统"
    assert (claims.level, claims.edition, claims.is_sample) == ("3", "2021.1", True)
    assert (claims.issued_on, claims.valid_until) == (date(2026, 11, 23), date(2029, 11, 22))
    assert claims.report_digest == certificate.report_digest
    assert qr.matches(claims, certificate)


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": "MD-2026-00018"},
        {"system": Text(zh="新一代消费信贷系统", en="Another system")},
        {"level_label": "5"},
        {"valid_until": date(2036, 11, 22)},
        {"report_digest": "cd" * 32},
        {"is_sample": False},
        {"issuing_body": Text(zh="示例评估机构（北京）", en="Sample Assessment Body")},
    ],
)
def test_a_certificate_that_differs_in_any_text_does_not_match(changes: dict[str, object]) -> None:
    claims = qr.decode_and_verify(text_of(), keys())
    assert not qr.matches(claims, signed.a_certificate(**changes))


@pytest.mark.parametrize("length", [1, 20, 200, 2000])
def test_however_long_the_names_the_code_stays_small_and_the_full_texts_stay_bound(length: int) -> None:
    long_name = Text(zh="中原" * length, en="Zhongyuan " * length)
    certificate = signed.a_certificate(institution=long_name, scope=long_name, standard=long_name, system=long_name)
    text = qr.encode(certificate, qr_keys.private_key(signed.lead()))
    assert len(text) <= qr.MAX_CHARACTERS
    assert set(text) <= ALPHANUMERIC
    assert qr.matches(qr.decode_and_verify(text, keys()), certificate)


def test_a_serial_that_cannot_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        text_of(serial="X" * 300)


def test_an_independent_reader_reads_the_code_at_version_13_and_error_correction_m() -> None:
    text = text_of()
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = zxingcpp.write_barcode_to_image(code, scale=4)
    assert image.shape[0] // 4 <= 69 + 2 * 4  # version 13 with its quiet zone
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [text]


def test_the_same_identity_always_has_the_same_qr_key_and_another_one_has_another() -> None:
    first, again = (qr_keys.kid_of(qr_keys.private_key(signed.lead()).public_key()) for _ in range(2))
    other = qr_keys.kid_of(qr_keys.private_key(signed.bank()).public_key())
    assert first == again != other


def test_an_elliptic_curve_identity_has_no_qr_key() -> None:
    with pytest.raises(SigningRefused) as refusal:
        qr_keys.private_key(signed.curve())
    assert refusal.value.code == "SGN-016"


def test_whoever_holds_the_root_file_alone_believes_the_paper() -> None:
    judgement = judge(text_of())
    assert (judgement.verdict, judgement.kind) == (Verdict.VALID, "qr")
    assert judgement.signatures[0].signer == "王评估"
    assert dict(judgement.details)["level"] == "3"


def test_every_changed_character_is_noticed() -> None:
    text, known = text_of(), keys()
    for place in range(len(text)):
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(VerificationFailed):
            qr.decode_and_verify(changed, known)


def test_a_payload_signed_by_a_key_nobody_endorsed_is_unknown() -> None:
    forged = qr.encode(signed.a_certificate(level_label="5"), Ed25519PrivateKey.generate())
    judgement = judge(forged)
    assert (judgement.verdict, judgement.problems) == (Verdict.UNTRUSTED, (Problem.QR_KEY_UNKNOWN,))


def test_a_foreign_payload_under_a_known_key_id_is_altered() -> None:
    forger = Ed25519PrivateKey.generate()
    kid = next(iter(keys()))
    forged = qr.encode(signed.a_certificate(level_label="5"), forger)
    with pytest.raises(VerificationFailed) as failure:
        qr.decode_and_verify(forged, {qr.kid_in(forged): keys()[kid]})
    assert failure.value.code == Problem.QR_ALTERED


def test_an_impostors_endorsement_under_his_own_root_is_not_believed() -> None:
    text = qr.encode(signed.a_certificate(level_label="5"), qr_keys.private_key(signed.impostor()))
    file = (signed.assessors_ca().pem + qr_keys.endorse(signed.impostor())).encode()
    assert judge(text, file).verdict == Verdict.UNTRUSTED


def test_an_endorsement_is_worth_nothing_after_its_certificate_expired() -> None:
    judgement = judge(text_of(), days_later=400)
    assert (judgement.verdict, judgement.signatures[0].problems) == (Verdict.UNTRUSTED, (Problem.EXPIRED,))


def test_a_damaged_endorsement_is_left_out() -> None:
    block = qr_keys.endorse(signed.lead()).encode()
    for place in range(40, len(block) - 40, 97):
        changed = block[:place] + (b"A" if block[place : place + 1] != b"A" else b"B") + block[place + 1 :]
        assert judge(text_of(), changed).verdict != Verdict.VALID, place


@pytest.mark.parametrize("text", ["", "MDC1:", "HC1:ABC", "MDC1:" + "0" * 5000, "MDC1:abc", "MDC1:BB8"])
def test_what_is_no_code_of_ours_is_said_to_be_none(text: str) -> None:
    judgement = judge(text)
    assert (judgement.verdict, judgement.problems) == (Verdict.UNREADABLE, (Problem.QR_NOT_OURS,))
