"""The review, the submission and the trust store through commands alone, in both languages."""

import json
from pathlib import Path

import pytest

from maturity_desktop.cli import main as cli
from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.domain.text import Text
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.services.issuing import save_issuing_body
from tests.factories.reviewed import ASSESSOR, LEAD, SECRET, IdentityFiles, identity_files, make_answered
from tests.factories.sealed_workspace import PASSPHRASE, make_machine


class Desk:
    """A closed workspace, and commands about it."""

    def __init__(self, folder: Path) -> None:
        workspace = make_answered(folder)
        workspaces.close(workspace)
        self.folder, self.path = folder, workspace.path
        self.machine: Machine = make_machine(folder)
        self.files: IdentityFiles = identity_files(folder)
        self.secret, self.identity_secret = folder / "secret.txt", folder / "identity.txt"
        self.secret.write_text(PASSPHRASE, encoding="utf-8")
        self.identity_secret.write_text(SECRET, encoding="utf-8")

    def run(self, *arguments: object) -> int:
        words = [str(one) for one in arguments]
        return cli.main([*words, "--passphrase-file", str(self.secret), "--lang", "en"], self.machine)

    @property
    def signer(self) -> tuple[object, ...]:
        return ("--identity", self.files.identity.pkcs12, "--identity-passphrase-file", self.identity_secret)


@pytest.fixture(name="desk")
def make_desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_assessment_goes_through_its_review(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.run("signoff", "submit", desk.path, "--by", ASSESSOR, "--comment", "please") == 0
    assert desk.run("signoff", "approve", desk.path, "--by", ASSESSOR) == 2
    assert "lead assessor" in capsys.readouterr().err
    assert desk.run("signoff", "approve", desk.path, *desk.signer) == 0
    assert desk.run("signoff", "reopen", desk.path, "--by", LEAD) == 2
    assert desk.run("signoff", "reopen", desk.path, "--comment", "more material") == 0
    capsys.readouterr()
    assert desk.run("signoff", "status", desk.path, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [step["act"] for step in told["steps"]] == ["submit", "approve", "reopen"]
    assert told["steps"][0]["role"] == "assessor"
    assert (told["state"], told["superseded"], told["changes"]) == ("draft", False, [])
    assert desk.run("signoff", "status", desk.path) == 0
    assert "reopened" in capsys.readouterr().out
    assert desk.run("journal", "verify", desk.path) == 0
    assert "1 checkpoint is signed" in capsys.readouterr().out


def test_a_submission_is_packed_and_verified(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    target = desk.folder / "upload.mdsub"
    assert desk.run("submission", "pack", desk.path, "--out", target, *desk.signer, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["path"], told["approved"], told["counts"]["answers"]) == (str(target), False, 12)
    assert cli.main(["verify", str(target), "--trust", str(desk.files.root), "--lang", "zh"], desk.machine) == 0
    assert "提交包" in capsys.readouterr().out
    damaged = bytearray(target.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    target.write_bytes(damaged)
    assert cli.main(["verify", str(target), "--trust", str(desk.files.root), "--lang", "en"], desk.machine) == 3
    assert "ALTERED" in capsys.readouterr().out


def test_files_are_judged_by_the_workspaces_own_trust_store(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    target = desk.folder / "upload.mdsub"
    assert desk.run("submission", "pack", desk.path, "--out", target, *desk.signer) == 0
    assert desk.run("trust", "verify", desk.path, target) == 3
    assert desk.run("trust", "import", desk.path, desk.files.root, "--role", "lead-assessor") == 0
    assert desk.run("trust", "verify", desk.path, target) == 0
    capsys.readouterr()
    assert desk.run("trust", "list", desk.path, "--json") == 0
    items = json.loads(capsys.readouterr().out)["items"]
    assert [(one["kind"], one["role"]) for one in items] == [("root", "lead_assessor"), ("qr_key", None)]
    assert desk.run("trust", "list", desk.path) == 0
    assert "Root" in capsys.readouterr().out
    assert desk.run("trust", "remove", desk.path, items[0]["id"], "--reason", "replaced") == 0
    assert desk.run("trust", "verify", desk.path, target) == 3
    assert desk.run("trust", "import", desk.path, desk.files.identity.pkcs12) == 2


def test_a_certificate_waits_for_the_approval(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = workspaces.open_workspace(desk.machine, desk.path, PASSPHRASE)
    save_issuing_body(workspace, IssuingBody(name=Text("示例机构", "Sample body")))
    workspaces.close(workspace)
    wish = ("export", "certificate", desk.path, "--out", desk.folder / "c.pdf", *desk.signer)
    assert desk.run(*wish) == 2
    assert "approved" in capsys.readouterr().err
    assert desk.run("signoff", "submit", desk.path) == 0
    assert desk.run(*wish) == 2
    assert desk.run("signoff", "approve", desk.path) == 0
    assert desk.run(*wish) == 0
    assert desk.run("signoff", "reopen", desk.path, "--comment", "again") == 0
    assert desk.run(*wish) == 2
