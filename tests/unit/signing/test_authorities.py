"""The certificate helper: a kept root, several identities under it, revocation that every verifier notices."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from maturity_desktop.cli import main
from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.services import authorities
from maturity_desktop.services.authorities import RootKey
from maturity_desktop.services.context import Machine
from maturity_desktop.services.identities import NewIdentity
from maturity_desktop.services.verifying import TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, identity, pdf
from maturity_desktop.signing.findings import Problem
from tests.factories import signed
from tests.golden.checkers import nss, run, tool

SECRET = "root passphrase 根"
OWN = "identity passphrase"
CRL_URL = "http://ca.example.invalid/list.crl"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(clock=signed.CLOCK, standards=(), cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def kept(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> authorities.MadeRoot:
    wish = NewIdentity(name="示例评估机构 根", organisation="示例评估机构")
    return authorities.make_root(machine, wish, tmp_path_factory.mktemp("root"), SECRET)


@pytest.fixture(scope="module")
def people(machine: Machine, kept: authorities.MadeRoot) -> list[authorities.Issued]:
    folder = kept.pkcs12.parent
    wishes = [NewIdentity(name=name, organisation="示例评估机构") for name in ("张一", "李二")]
    return [authorities.issue(machine, key(kept), wish, folder, OWN, list_at=CRL_URL) for wish in wishes]


def key(kept: authorities.MadeRoot) -> RootKey:
    return RootKey(pkcs12=kept.pkcs12, passphrase=SECRET)


def report_by(one: authorities.Issued, folder: Path) -> Path:
    signer = identity.load_pkcs12(one.pkcs12.read_bytes(), OWN, signed.NOW)
    path = folder / f"{one.card.subject}.pdf"
    place = pdf.Place(page=0, box=signed.LEFT)
    path.write_bytes(pdf.sign_report(signed.plain_pdf(), signer, clock=signed.CLOCK, place=place))
    return path


def test_one_root_file_verifies_what_everybody_under_it_signs(
    kept: authorities.MadeRoot, people: list[authorities.Issued], tmp_path: Path
) -> None:
    for one in people:
        path = report_by(one, tmp_path)
        for trust in (kept.pem, kept.cer, one.trust):
            assert verify_file(path, (trust,), clock=signed.CLOCK).verdict == Verdict.VALID
    points = x509.load_der_x509_certificate(people[0].cer.read_bytes()).extensions.get_extension_for_class(
        x509.CRLDistributionPoints
    )
    assert points.value[0].full_name is not None
    assert points.value[0].full_name[0].value == CRL_URL


def test_the_list_grows_and_every_verifier_notices(
    machine: Machine, kept: authorities.MadeRoot, people: list[authorities.Issued], tmp_path: Path
) -> None:
    target = tmp_path / "list.crl"
    assert authorities.revoke(machine, key(kept), (), target).count == 0
    lists = TrustFiles(crls=(target,))
    first, second = (report_by(one, tmp_path) for one in people)
    assert verify_file(first, (kept.pem,), more=lists, clock=signed.CLOCK).verdict == Verdict.VALID
    assert authorities.revoke(machine, key(kept), (people[0].cer,), target).count == 1
    assert authorities.revoke(machine, key(kept), (), target, validity=timedelta(days=200)).count == 1
    found = verify_file(first, (kept.pem,), more=lists, clock=signed.CLOCK)
    assert found.signatures[0].problems == (Problem.REVOKED.value,)
    assert verify_file(second, (kept.pem,), more=lists, clock=signed.CLOCK).verdict == Verdict.VALID
    listed = run(tool("openssl"), "crl", "-in", target, "-noout", "-verify", "-CAfile", kept.pem)
    assert "verify OK" in listed.stdout + listed.stderr


def test_what_does_not_belong_together_is_refused(
    machine: Machine, kept: authorities.MadeRoot, people: list[authorities.Issued], tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.cer"
    stranger.write_bytes(authority.as_der(signed.lead().certificate))
    target, foreign = tmp_path / "list.crl", tmp_path / "foreign.crl"
    later = signed.NOW + signed.A_YEAR
    foreign.write_bytes(authority.as_file(authority.revoke(signed.banks_ca(), [], at=signed.NOW, next_update=later)))
    authorities.revoke(machine, key(kept), (people[0].cer,), target)
    refused = {
        "SGN-028": (key(kept), stranger, target),
        "SGN-029": (key(kept), people[0].cer, target),
        "SGN-030": (key(kept), people[0].cer, foreign),
        "SGN-010": (RootKey(pkcs12=kept.pkcs12, passphrase="wrong"), people[0].cer, target),
        "SGN-027": (RootKey(pkcs12=people[0].pkcs12, passphrase=OWN), people[0].cer, target),
    }
    for code, (root, certificate, place) in refused.items():
        before = place.read_bytes()
        with pytest.raises(SigningRefused) as refusal:
            authorities.revoke(machine, root, (certificate,), place)
        assert refusal.value.code == code
        assert place.read_bytes() == before


def test_a_root_is_kept_encrypted_and_nothing_is_overwritten(machine: Machine, kept: authorities.MadeRoot) -> None:
    assert identity.open_pkcs12(kept.pkcs12.read_bytes(), SECRET).certificate.subject
    wish = NewIdentity(name="示例评估机构 根")
    with pytest.raises(EnvironmentProblem) as exists:
        authorities.make_root(machine, wish, kept.pkcs12.parent, SECRET)
    assert exists.value.code == "SYS-006"
    with pytest.raises(SigningRefused) as short:
        authorities.make_root(machine, NewIdentity(name="x"), kept.pkcs12.parent, "short")
    assert short.value.code == "SGN-019"
    with pytest.raises(SigningRefused) as problem:
        identity.load_pkcs12(kept.pkcs12.read_bytes(), SECRET, signed.NOW)
    assert problem.value.code == "SGN-014"  # a root issues, it does not sign


def test_nss_imports_root_and_identity_as_told(
    kept: authorities.MadeRoot, people: list[authorities.Issued], tmp_path: Path
) -> None:
    place = nss(tmp_path, kept.pem.read_text())
    imported = run(tool("pk12util"), "-i", people[1].pkcs12, "-d", place, "-W", OWN)
    assert imported.returncode == 0, imported.stderr
    said = run(tool("pdfsig"), "-nssdir", place, report_by(people[1], tmp_path)).stdout
    assert "Certificate Validation: Certificate is Trusted." in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_commands_make_issue_revoke_and_say_what_it_is_worth(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.setenv("ROOT", SECRET)
    monkeypatch.setenv("OWN", OWN)
    place = ["--folder", str(tmp_path), "--lang", language]
    root = ["--root-passphrase-env", "ROOT"]
    held = ["--root", str(tmp_path / "House.p12"), *root]
    own = ["--identity-passphrase-env", "OWN"]
    assert main.main(["identity", "root", "House", *place, *root], machine) == 0
    said = capsys.readouterr().out
    assert ("不能证明持有人是谁" if language == "zh" else "does not prove who holds the key") in said
    assert "certutil -A" in said
    assert main.main(["identity", "issue", "Ann", *place, *held, *own, "--json"], machine) == 0
    made = json.loads(capsys.readouterr().out)
    target = ["--out", str(tmp_path / "list.crl"), "--lang", language, "--json"]
    assert main.main(["identity", "revoke", made["cer"], *held, *target], machine) == 0
    assert main.main(["identity", "crl", *held, *target], machine) == 0
    assert json.loads(capsys.readouterr().out.split("}\n{")[-1].join(("{", "")))["count"] == 1
    assert main.main(["identity", "make", "Bob", *place, *own], machine) == 0
    assert "Bob.p12" in capsys.readouterr().out
