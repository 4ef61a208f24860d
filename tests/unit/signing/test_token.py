"""Keys on tokens: real PKCS#11 calls to a software token, RSA and elliptic curve, and every refusal said plainly."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from maturity_desktop.cli import main, options
from maturity_desktop.errors import SigningRefused
from maturity_desktop.services import signers
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import TokenIdentity
from maturity_desktop.signing import cms, opc, opc_verify, pdf, pdf_verify, qr, qr_keys, token
from maturity_desktop.signing.findings import Verdict
from maturity_desktop.signing.identity import sha256
from tests.factories import sealed_workspace, signed, soft_token
from tests.factories.soft_token import PIN, SoftToken


@pytest.fixture(scope="session")
def usb_key(tmp_path_factory: pytest.TempPathFactory) -> SoftToken:
    return soft_token.make(tmp_path_factory.mktemp("softhsm"))


def opened(usb_key: SoftToken, key_label: str = "rsa") -> token.TokenSigner:
    return token.open_token(usb_key.place(key_label), PIN, signed.NOW)


def test_a_token_shows_its_certificate_and_chain_and_never_its_pin(usb_key: SoftToken) -> None:
    signer = opened(usb_key)
    assert signer.certificate == signed.lead().certificate
    assert signer.chain == (signed.assessors_ca().certificate,)
    assert PIN not in repr(signer)
    assert PIN not in repr(TokenIdentity(library=usb_key.library, pin=PIN))


def test_rsa_and_curve_keys_on_the_token_make_signatures_anybody_can_check(usb_key: SoftToken) -> None:
    digest = sha256(b"content")
    public = signed.lead().certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(opened(usb_key).sign_digest(digest), digest, padding.PKCS1v15(), Prehashed(SHA256()))
    curve = signed.curve().certificate.public_key()
    assert isinstance(curve, ec.EllipticCurvePublicKey)
    curve.verify(opened(usb_key, "curve").sign_digest(digest), digest, ec.ECDSA(Prehashed(SHA256())))


def test_reports_workbooks_detached_signatures_and_qr_codes_are_signed_by_a_token(usb_key: SoftToken) -> None:
    signer = opened(usb_key)
    place = pdf.Place(page=0, box=signed.LEFT)
    report = pdf.sign_report(signed.plain_pdf(), signer, clock=signed.CLOCK, place=place)
    assert pdf_verify.verify_pdf(report, signed.trust(), at=signed.NOW).verdict == Verdict.VALID
    for label in ("rsa", "curve"):
        book = opc.sign_package(signed.plain_workbook(), opened(usb_key, label), clock=signed.CLOCK)
        assert opc_verify.verify_package(BytesIO(book), signed.trust(), at=signed.NOW).verdict == Verdict.VALID
        assert cms.is_intact(cms.sign_detached(b"manifest", opened(usb_key, label), at=signed.NOW), b"manifest")
    text = qr.encode(signed.a_certificate(), qr_keys.private_key(signer))
    known = qr_keys.private_key(signed.lead()).public_key()
    assert qr.decode_and_verify(text, {qr_keys.kid_of(known): known}).level == "3"


@pytest.mark.parametrize(
    ("changes", "pin", "code"),
    [
        ({}, "000000", "SGN-022"),
        ({}, "", "SGN-022"),
        ({"token_label": "another"}, PIN, "SGN-021"),
        ({"key_label": "bare"}, PIN, "SGN-024"),
        ({"key_label": ""}, PIN, "SGN-024"),
        ({"library": Path("/nowhere/library.so")}, PIN, "SGN-020"),
        ({"library": Path(__file__)}, PIN, "SGN-020"),
    ],
    ids=["wrong PIN", "no PIN", "no token", "no certificate", "two keys", "no library", "not a library"],
)
def test_every_refusal_says_what_is_wrong(usb_key: SoftToken, changes: dict[str, object], pin: str, code: str) -> None:
    place = replace(usb_key.place(), **changes)  # type: ignore[arg-type]  # a table of cases
    with pytest.raises(SigningRefused) as refusal:
        token.open_token(place, pin, signed.NOW)
    assert refusal.value.code == code


def test_the_only_token_needs_no_label(usb_key: SoftToken) -> None:
    assert token.open_token(usb_key.place(token_label=""), PIN, signed.NOW).certificate == signed.lead().certificate


def test_an_expired_certificate_on_a_token_is_refused_before_anything_is_signed(usb_key: SoftToken) -> None:
    with pytest.raises(SigningRefused) as refusal:
        token.open_token(usb_key.place(), PIN, signed.NOW + timedelta(days=400))
    assert refusal.value.code == "SGN-012"


def test_a_wish_for_a_token_becomes_its_signer(usb_key: SoftToken) -> None:
    wish = TokenIdentity(library=usb_key.library, pin=PIN, token_label=soft_token.LABEL, key_label="curve")
    assert signers.load(signed.CLOCK, wish).certificate == signed.curve().certificate


def test_commands_take_the_token_and_its_pin(
    usb_key: SoftToken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(clock=signed.CLOCK, standards=(), cache=tmp_path)
    made = sealed_workspace.make_workspace(tmp_path)
    monkeypatch.setenv("OPENS", sealed_workspace.PASSPHRASE)
    (tmp_path / "pin.txt").write_text("000000\n", encoding="utf-8")
    command = ["export", "report", str(made.path), "--out", str(tmp_path / "r.pdf"), "--passphrase-env", "OPENS"]
    wish = ["--token", str(usb_key.library), "--key-label", "rsa", "--token-pin-file", str(tmp_path / "pin.txt")]
    from maturity_desktop.services import workspaces

    workspaces.close(made)
    assert main.main([*command, *wish, "--json"], machine) == 2
    assert json.loads(capsys.readouterr().out)["code"] == "SGN-022"
    parsed = main.parser().parse_args([*command, *wish])
    (tmp_path / "pin.txt").write_text(f"{PIN}\n", encoding="utf-8")
    assert options.signatory(parsed) == TokenIdentity(library=usb_key.library, pin=PIN, key_label="rsa")
    assert not (tmp_path / "r.pdf").exists()
