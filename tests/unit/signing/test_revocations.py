"""Taking certificates back: kept in the workspace, journalled, signed onto a list that others believe."""

import json
from pathlib import Path

import pytest

from maturity_desktop.cli import main
from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import issuing, journal, revocations, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.verifying import TrustFiles, Verdict, verify_file
from maturity_desktop.signing import authority, qr, qr_keys
from maturity_desktop.signing.findings import Problem
from tests.factories import sealed_workspace, signed

SERIALS = ("MD-2026-00017", "MD-2026-00018")
PASSPHRASE = "signing passphrase"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = sealed_workspace.make_workspace(tmp_path)
    with made.begin() as work:
        for number, serial in enumerate(SERIALS, start=17):
            changes = {"id": serial, "serial": serial, "assessment_id": sealed_workspace.ASSESSMENT}
            work.certificates.add(signed.a_certificate(**changes), number)
    issuing.save_issuing_body(made, IssuingBody(name=Text("示例评估机构", "Sample Body")))
    return made


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    path = tmp_path / "lead.p12"
    path.write_bytes(authority.pack(signed.lead(), PASSPHRASE))
    return Identity(pkcs12=path, passphrase=PASSPHRASE)


def test_a_certificate_is_taken_back_once_with_a_reason_and_the_journal_knows(workspace: Workspace) -> None:
    done = revocations.revoke(workspace, f" {SERIALS[0]} ", "范围写错").value
    assert (done.serial, done.revoked_by, done.reason) == (SERIALS[0], "陈思远", "范围写错")
    assert revocations.list_revoked(workspace) == (done,)
    assert [one is not None for _, one in revocations.list_issued(workspace)] == [False, True]
    assert any(one.event == "certificate.revoked" for one in journal.entries(workspace, limit=5))
    for serial, reason, code in ((SERIALS[0], "x", "CRT-011"), ("MD-1", "x", "CRT-010"), (SERIALS[1], " ", "CRT-012")):
        with pytest.raises(RuleBroken) as refusal:
            revocations.revoke(workspace, serial, reason)
        assert refusal.value.code == code


def test_the_signed_list_tells_every_verifier_and_counts_up(
    workspace: Workspace, identity: Identity, tmp_path: Path
) -> None:
    revocations.revoke(workspace, SERIALS[0], "范围写错")
    target = tmp_path / "list.mdcrl"
    written = revocations.write_list(workspace, target, identity).value
    assert (written.number, written.serials, written.signer) == (1, (SERIALS[0],), "王评估")
    assert revocations.write_list(workspace, target, identity).value.number == 2
    root = tmp_path / "root.pem"
    root.write_text(signed.assessors_ca().pem + qr_keys.endorse(signed.lead()))
    for serial, verdict in zip(SERIALS, (Verdict.UNTRUSTED, Verdict.VALID), strict=True):
        paper = tmp_path / "qr.txt"
        paper.write_text(qr.encode(signed.a_certificate(serial=serial), qr_keys.private_key(signed.lead())))
        found = verify_file(paper, (root,), more=TrustFiles(crls=(target,)), clock=signed.CLOCK)
        assert found.verdict == verdict
        assert (Problem.CERTIFICATE_REVOKED.value in found.problems) is (verdict == Verdict.UNTRUSTED)


def test_without_an_issuing_body_there_is_no_list(tmp_path: Path, identity: Identity) -> None:
    bare = sealed_workspace.make_workspace(tmp_path, name="bare")
    with pytest.raises(RuleBroken) as refusal:
        revocations.write_list(bare, tmp_path / "list.mdcrl", identity)
    assert refusal.value.code == "CRT-002"
    assert not (tmp_path / "list.mdcrl").exists()


def test_the_commands_list_revoke_and_sign(
    workspace: Workspace,
    identity: Identity,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspaces.close(workspace)
    monkeypatch.setenv("OPENS", sealed_workspace.PASSPHRASE)
    monkeypatch.setenv("SIGNS", PASSPHRASE)
    common = ["--workspace", str(workspace.path), "--passphrase-env", "OPENS", "--lang", "zh"]
    signer = ["--identity", str(identity.pkcs12), "--identity-passphrase-env", "SIGNS"]
    target = ["--out", str(tmp_path / "list.mdcrl"), "--days", "10"]
    for words in (
        ["certificates", "revoke", SERIALS[1], "--reason", "重复"],
        ["certificates", "write-list", *target, *signer],
        ["certificates", "list"],
    ):
        assert main.main([*words, *common], workspace.machine) == 0
    said = capsys.readouterr().out
    assert "列有 1 张证书" in said
    assert "由" in said.splitlines()[-2]
    assert main.main(["certificates", "list", *common, "--json"], workspace.machine) == 0
    found = json.loads(capsys.readouterr().out)["certificates"]
    assert [one["reason"] for one in found] == ["重复", ""]
