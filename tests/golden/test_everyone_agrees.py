"""What users export is believed by everyone: every kind of identity, one signer and two, both languages.

Our own verifier, and each program we did not write that can judge the kind of file.
"""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pikepdf import pdfa

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.services import countersigning, exporting, issuing, keeping, verifying
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.countersigning import Approval
from maturity_desktop.services.export_requests import Identity, KeptIdentity, Signatory, TokenIdentity
from maturity_desktop.services.exporting import CertificateRequest, ExportRequest
from maturity_desktop.services.keeping import KeepWish
from maturity_desktop.services.verifying import TrustFiles, Verdict
from maturity_desktop.signing import authority
from maturity_desktop.system.pdfium import ALONE
from tests.factories import signed, soft_token
from tests.factories.reviewed import SECRET, identity_files, make_approved
from tests.factories.sealed_workspace import ASSESSMENT
from tests.golden.checkers import judged_by_jdk, judged_by_libreoffice, judged_by_xmlsec, nss, run, tool

KEPT_SECRET = "别的口令-river-stone-77"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
KINDS = ("file", "token", "kept key")


class Desk:
    """A workspace with an approved assessment, and everybody's identities."""

    def __init__(self, folder: Path, token: soft_token.SoftToken) -> None:
        self.folder = folder
        self.workspace: Workspace = make_approved(folder)
        body = IssuingBody(name=Text("示例机构", "Sample body"))
        issuing.save_issuing_body(self.workspace, body)
        files = identity_files(folder)
        keeping.keep(self.workspace, KeepWish(source=files.identity, passphrase=KEPT_SECRET, name="kept"))
        self.signatories: dict[str, Signatory] = {
            "file": files.identity,
            "token": TokenIdentity(library=token.library, pin=soft_token.PIN, key_label="rsa"),
            "kept key": KeptIdentity(name="kept", passphrase=KEPT_SECRET),
        }
        (folder / "bank.p12").write_bytes(authority.pack(signed.bank(), SECRET))
        self.bank = Identity(pkcs12=folder / "bank.p12", passphrase=SECRET)
        self.banks_curve = TokenIdentity(library=token.library, pin=soft_token.PIN, key_label="curve")
        self.roots = (files.root,)
        (folder / "bank.pem").write_text(signed.banks_ca().pem)
        self.more = TrustFiles(institution_roots=(folder / "bank.pem",))
        self.pems = (signed.assessors_ca().pem, signed.banks_ca().pem)

    def wish(self, name: str, kind: str, language: Language = "zh") -> ExportRequest:
        return ExportRequest(
            assessment_id=ASSESSMENT,
            target=self.folder / name,
            languages=(language,),
            identity=self.signatories[kind],
            is_final=True,
        )

    def countersigned(self, file: Path, signatory: Signatory, mark: str = "2") -> Path:
        target = file.with_stem(f"{file.stem}-{mark}")
        machine = self.workspace.machine
        return countersigning.approve(machine, Approval(report=file, target=target, signatory=signatory)).path

    def verdict(self, path: Path) -> Verdict:
        clock = self.workspace.machine.clock
        return verifying.verify_file(path, self.roots, more=self.more, clock=clock).verdict


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    token = soft_token.make(tmp_path_factory.mktemp("token"))
    return Desk(tmp_path_factory.mktemp("desk"), token)


def pdfsig_accepts(path: Path, count: int, trusted: str) -> None:
    said = run(tool("pdfsig"), "-nssdir", trusted, path).stdout
    assert said.count("Signature Validation: Signature is Valid.") == count, said
    assert said.count("Certificate Validation: Certificate is Trusted.") == count, said
    assert said.count("Total document signed") == 1, said


def is_for_archives(path: Path) -> bool:
    found = pdfa.validate_written(BytesIO(path.read_bytes()), "3b").findings
    return not [one for one in found if one.kind == "violation"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_reports_of_one_signer_and_of_two(desk: Desk, kind: str, language: Language, tmp_path: Path) -> None:
    wish = desk.wish(f"report-{kind}-{language}.pdf", kind, language)
    path = exporting.export_report(desk.workspace, wish).value.path
    for count, one in enumerate((path, desk.countersigned(path, desk.bank)), start=1):
        assert desk.verdict(one) is Verdict.VALID
        folder = tmp_path / str(count)
        folder.mkdir()
        pdfsig_accepts(one, count, nss(folder, *desk.pems))
        assert run(tool("qpdf"), "--check", one).returncode == 0
        assert is_for_archives(one)


@pytest.mark.parametrize("kind", KINDS)
def test_certificates_and_their_codes(desk: Desk, kind: str, tmp_path: Path) -> None:
    wish = CertificateRequest(
        assessment_id=ASSESSMENT,
        target=desk.folder / f"certificate-{kind}.pdf",
        issued_on=desk.workspace.machine.clock.today(),
        identity=desk.signatories[kind],
    )
    path = exporting.issue_certificate(desk.workspace, wish).value[1].path
    assert desk.verdict(path) is Verdict.VALID
    pdfsig_accepts(path, 1, nss(tmp_path, *desk.pems))
    assert is_for_archives(path)
    with ALONE, pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=3).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    (tmp_path / "code.txt").write_text(code.text)
    assert desk.verdict(tmp_path / "code.txt") is Verdict.VALID


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_of_one_signer_and_of_two(desk: Desk, language: Language, tmp_path: Path) -> None:
    books: list[tuple[Path, int]] = []
    for kind in KINDS:
        wish = desk.wish(f"book-{kind}-{language}.xlsx", kind, language)
        path = exporting.export_workbook(desk.workspace, wish).value.path
        curve = desk.countersigned(path, desk.banks_curve, "curve")
        books += [(path, 1), (desk.countersigned(path, desk.bank), 2), (curve, 2)]
    for number, (path, count) in enumerate(books):
        assert desk.verdict(path) is Verdict.VALID, path.name
        folder = tmp_path / str(number)
        folder.mkdir()
        assert judged_by_xmlsec(folder, path, desk.pems) == [True] * count, path.name
        assert judged_by_jdk(path) == [True] * count, path.name
    trusted = nss(tmp_path, *desk.pems)
    said = judged_by_libreoffice(tmp_path, [path for path, _ in books], trusted)
    assert said == [[{"valid": True, "certificate": 0}] * count for _, count in books]
