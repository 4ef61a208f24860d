"""Kept keys by commands: keep, list, sign, change the passphrase, forget; every refusal is one sentence."""

import json
from pathlib import Path

import pytest

from maturity_desktop.cli import main
from maturity_desktop.services import workspaces
from maturity_desktop.services.context import Machine
from tests.factories import sealed_workspace, signed
from tests.factories.reviewed import SECRET, identity_files, make_answered

OWN, NEW = "seven windows 31 harbour", "eight doors 44 railway"


class Commands:
    """Runs commands on one closed workspace."""

    def __init__(self, machine: Machine, folder: Path, output: pytest.CaptureFixture[str]) -> None:
        self.machine, self.folder, self.output = machine, folder, output

    def run(self, *words: object) -> tuple[int, str, str]:
        code = main.main([str(word) for word in words], self.machine)
        said = self.output.readouterr()
        return code, said.out, said.err

    def identity(self, verb: str, *words: object) -> tuple[int, str, str]:
        return self.run("identity", verb, self.folder, *words, "--passphrase-env", "OPENS")

    def keys(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(self.identity("kept", "--json")[1])["keys"]
        return found


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    workspace = make_answered(tmp_path)
    workspaces.close(workspace)
    secrets = {"OPENS": sealed_workspace.PASSPHRASE, "FILE": SECRET, "OWN": OWN, "NEW": NEW, "BAD": "not the one"}
    for name, secret in secrets.items():
        monkeypatch.setenv(name, secret)
    return Commands(Machine(clock=signed.CLOCK, standards=(), cache=tmp_path), workspace.path, capsys)


def kept(commands: Commands, tmp_path: Path) -> Commands:
    p12 = identity_files(tmp_path).identity.pkcs12
    secrets = ("--identity-passphrase-env", "FILE", "--kept-passphrase-env", "OWN")
    code, out, _ = commands.identity("keep", "--identity", p12, "--name", "组长", *secrets, "--lang", "zh")
    assert code == 0
    assert "组长" in out
    assert "王评估" in out
    return commands


def test_a_key_is_kept_listed_used_and_forgotten(commands: Commands, tmp_path: Path) -> None:
    assert commands.identity("kept", "--lang", "en")[:2] == (0, "The workspace keeps no signing key.\n")
    kept(commands, tmp_path)
    (one,) = commands.keys()
    assert (one["name"], one["subject"], one["problem"]) == ("组长", "王评估", "")
    export = ["export", "workbook", commands.folder, "--passphrase-env", "OPENS", "--out", tmp_path / "w.xlsx"]
    code, out, _ = commands.run(*export, "--kept", "组长", "--kept-passphrase-env", "OWN", "--json")
    assert (code, json.loads(out)["signer"]) == (0, "王评估")
    assert commands.identity("relock", "组长", "--kept-passphrase-env", "OWN", "--new-passphrase-env", "NEW")[0] == 0
    code, _, err = commands.run(*export, "--kept", "组长", "--kept-passphrase-env", "OWN", "--lang", "en")
    assert (code, err.count("\n")) == (2, 1)
    assert commands.run(*export, "--kept", "组长", "--kept-passphrase-env", "NEW")[0] == 0
    assert commands.identity("forget", "组长", "--reason", "离职")[0] == 0
    assert commands.keys() == []


def test_refusals_name_what_to_do_and_write_nothing(commands: Commands, tmp_path: Path) -> None:
    kept(commands, tmp_path)
    export = ["export", "report", commands.folder, "--passphrase-env", "OPENS", "--out", tmp_path / "r.pdf", "--json"]
    p12 = tmp_path / "lead.p12"
    cases: list[tuple[str, list[object]]] = [
        ("SGN-051", [*export, "--kept", "组长", "--kept-passphrase-env", "BAD"]),
        ("SGN-051", [*export, "--kept", "组长", "--kept-passphrase-env", "OPENS"]),
        ("SGN-050", [*export, "--kept", "nobody", "--kept-passphrase-env", "OWN"]),
        ("KEY-004", _keep(commands, p12, "OWN")),
        ("KEY-003", _keep(commands, p12, "OPENS")),
        ("SGN-050", ["identity", "forget", commands.folder, "nobody", "--passphrase-env", "OPENS", "--json"]),
    ]
    for code, words in cases:
        ended, out, _ = commands.run(*words)
        assert (ended, json.loads(out)["code"]) == (2, code)
    assert not (tmp_path / "r.pdf").exists()
    assert len(commands.keys()) == 1


def _keep(commands: Commands, p12: Path, secret: str) -> list[object]:
    secrets = ["--passphrase-env", "OPENS", "--identity-passphrase-env", "FILE", "--kept-passphrase-env", secret]
    return ["identity", "keep", commands.folder, "--identity", p12, *secrets, "--json"]
