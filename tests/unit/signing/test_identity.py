"""Which identities may sign, and that refusals come before anything is written."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import authority, identity, opc, pdf
from maturity_desktop.signing.identity import KeySigner
from tests.factories import signed

PASSPHRASE = "中文口令 with spaces"


def code_of(content: bytes, passphrase: str = PASSPHRASE, days_later: int = 0) -> str:
    with pytest.raises(SigningRefused) as refusal:
        identity.load_pkcs12(content, passphrase, signed.NOW + timedelta(days=days_later))
    return refusal.value.code


def self_signed(key: rsa.RSAPrivateKey, *, usage: x509.KeyUsage | None) -> KeySigner:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "someone")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(signed.NOW)
        .not_valid_after(signed.NOW + signed.A_YEAR)
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return KeySigner(key=key, certificate=builder.sign(key, SHA256()))


def test_an_identity_survives_its_pkcs12_file_with_a_chinese_passphrase_and_its_chain() -> None:
    content = authority.pack(signed.lead(), PASSPHRASE)
    loaded = identity.load_pkcs12(content, PASSPHRASE, signed.NOW)
    assert loaded.certificate == signed.lead().certificate
    assert loaded.chain == (signed.assessors_ca().certificate,)
    assert identity.common_name(loaded.certificate.subject) == "王评估"
    assert identity.organisation(loaded.certificate.subject) == "示例评估机构"
    assert identity.key_kind(loaded.certificate) == "RSA 3072"


def test_a_pkcs12_file_holds_no_readable_name_of_the_key_owner() -> None:
    content = authority.pack(signed.lead(), PASSPHRASE)
    assert "王评估".encode() not in content


@pytest.mark.parametrize("wrong", ["", "x", PASSPHRASE + " "])
def test_a_wrong_passphrase_is_its_own_refusal(wrong: str) -> None:
    assert code_of(authority.pack(signed.lead(), PASSPHRASE), wrong) == "SGN-010"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"-----BEGIN CERTIFICATE-----", b"\x30\x82\x01\x00" + bytes(200), b"\x30\x03\x02\x01\x03"],
)
def test_what_is_no_pkcs12_file_is_said_to_be_none(content: bytes) -> None:
    assert code_of(content) == "SGN-011"


def test_a_pkcs12_file_without_a_key_is_refused() -> None:
    only = pkcs12.PKCS12Certificate(signed.assessors_ca().certificate, b"root")
    content = pkcs12.serialize_java_truststore([only], BestAvailableEncryption(PASSPHRASE.encode()))
    assert code_of(content) == "SGN-011"


@pytest.mark.parametrize(("days_later", "code"), [(366, "SGN-012"), (-2, "SGN-013")])
def test_an_identity_signs_only_while_its_certificate_is_valid(days_later: int, code: str) -> None:
    assert code_of(authority.pack(signed.lead(), PASSPHRASE), days_later=days_later) == code


@pytest.mark.parametrize("usage", ["none", "signature only"])
def test_a_certificate_that_does_not_commit_its_owner_is_refused(usage: str) -> None:
    plain = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signer = self_signed(key, usage=None if usage == "none" else plain)
    assert identity.problem_of(signer.certificate, signed.NOW) == "SGN-014"


def test_a_short_rsa_key_is_refused() -> None:
    usage = signed.lead().certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  # weak on purpose
    assert identity.problem_of(self_signed(key, usage=usage).certificate, signed.NOW) == "SGN-015"


def test_an_elliptic_curve_identity_signs_workbooks_but_not_pdf_files() -> None:
    assert isinstance(signed.curve().key, ec.EllipticCurvePrivateKey)
    assert opc.sign_package(signed.plain_workbook(), signed.curve(), clock=signed.CLOCK)
    with pytest.raises(SigningRefused) as refusal:
        pdf.sign_report(
            signed.plain_pdf(), signed.curve(), clock=signed.CLOCK, place=pdf.Place(page=0, box=signed.LEFT)
        )
    assert refusal.value.code == "SGN-016"


@pytest.mark.parametrize("kind", ["report", "certificate", "approval", "workbook"])
def test_every_way_of_signing_refuses_an_expired_certificate(kind: str) -> None:
    late = signed.FixedClock(signed.NOW + timedelta(days=400))
    place = pdf.Place(page=0, box=signed.LEFT)
    with pytest.raises(SigningRefused) as refusal:
        if kind == "report":
            pdf.sign_report(signed.plain_pdf(), signed.lead(), clock=late, place=place)
        elif kind == "certificate":
            pdf.sign_certificate(signed.plain_pdf(), signed.lead(), clock=late, place=place)
        elif kind == "approval":
            pdf.approve_report(signed.signed_report(), signed.lead(), clock=late)
        else:
            opc.sign_package(signed.plain_workbook(), signed.lead(), clock=late)
    assert refusal.value.code == "SGN-012"


def test_an_issued_certificate_names_a_place_for_revocation_and_never_outlives_its_root() -> None:
    certificate = signed.lead().certificate
    assert list(certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value)
    far = authority.issue(
        signed.assessors_ca(), authority.Subject(name="x"), at=signed.NOW, until=signed.NOW + 40 * signed.A_YEAR
    )
    assert far.certificate.not_valid_after_utc == signed.assessors_ca().certificate.not_valid_after_utc


def test_a_root_may_issue_nothing_deeper_than_signing_certificates() -> None:
    constraints = signed.assessors_ca().certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (constraints.ca, constraints.path_length) == (True, 0)
