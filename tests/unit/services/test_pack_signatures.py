"""Packs signed by their authors: who signed is shown, a signature that does not hold refuses the pack."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from maturity_desktop.cli.main import main
from maturity_desktop.domain import canonical
from maturity_desktop.domain.pack_signature import LIST_FILE, SIGNATURE_FILE, ListedFile, PackList
from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import InputRejected, RuleBroken
from maturity_desktop.services import authoring, pack_signatures, standards, trust, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import Identity, TokenIdentity
from maturity_desktop.services.pack_signatures import AuthorTrust, PackSeal, SealState
from maturity_desktop.signing import authority, cms
from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.wording import say_error, say_issue
from tests.factories import sealed_workspace, signed, soft_token
from tests.golden.checkers import run, tool
from tests.unit.packs.packed import FILES, write_pack, zip_pack

SECRET = "author's passphrase"
KNOWN = AuthorTrust(roots=(Path("authors.pem"),))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.chdir(tmp_path)
    Path("authors.pem").write_text(signed.assessors_ca().pem, encoding="ascii")
    return Machine(clock=signed.CLOCK, standards=(tmp_path / "std",), cache=tmp_path / "cache")


def identity(signer: KeySigner) -> Identity:
    Path("author.p12").write_bytes(authority.pack(signer, SECRET))
    return Identity(pkcs12=Path("author.p12"), passphrase=SECRET)


def signed_pack(machine: Machine, folder: str = "small/1.0", signer: KeySigner | None = None) -> Path:
    pack = write_pack(machine.standards[0] / folder)
    (pack / "LICENCE.txt").write_text("自编文字，可自由使用。\n", encoding="utf-8")
    pack_signatures.sign(machine, pack, identity(signer or signed.lead()))
    return pack


def codes(seal: PackSeal) -> list[str]:
    return [fault.code for fault in seal.faults]


def judged(machine: Machine, pack: Path) -> PackSeal:
    return pack_signatures.judge(machine, pack, KNOWN)


def test_the_library_shows_who_signed_and_whether_anyone_vouches_for_the_signer(machine: Machine) -> None:
    signed_pack(machine)
    card = standards.library(machine, KNOWN)[0]
    assert (card.seal.state, card.seal.author, card.seal.claimed_at) == (SealState.VALID, "王评估", signed.NOW)
    unknown = standards.library(machine)[0].seal
    assert (unknown.state, unknown.author, unknown.doubts) == (SealState.UNTRUSTED, "王评估", ("VER-201",))
    assert standards.load(machine, "small").standard_id == "small"


def test_an_unsigned_pack_is_a_good_pack_and_says_so(machine: Machine) -> None:
    write_pack(machine.standards[0] / "small" / "1.0")
    assert standards.library(machine, KNOWN)[0].seal == PackSeal(state=SealState.UNSIGNED)


def test_another_program_verifies_the_signature_over_the_list(machine: Machine) -> None:
    pack = signed_pack(machine)
    command = [tool("openssl"), "cms", "-verify", "-binary", "-inform", "DER", "-in", str(pack / SIGNATURE_FILE)]
    command += ["-content", str(pack / LIST_FILE), "-CAfile", "authors.pem", "-out", "verified"]
    command += ["-attime", str(int(signed.NOW.timestamp()))]
    done = run(*command)
    assert done.returncode == 0, done.stderr
    for file in json.loads(Path("verified").read_bytes())["files"]:
        assert run(tool("sha256sum"), pack / file["name"]).stdout.split()[0] == file["sha256"]
    (pack / LIST_FILE).write_bytes((pack / LIST_FILE).read_bytes().replace(b"1.0", b"1.1"))
    assert run(*command).returncode != 0


def test_the_same_pack_gives_the_same_list_whenever_signed(machine: Machine) -> None:
    one, other = signed_pack(machine, "a/1"), signed_pack(machine, "b/1", signed.curve())
    assert (one / LIST_FILE).read_bytes() == (other / LIST_FILE).read_bytes()
    assert sorted(path.name for path in one.iterdir()) == sorted([*FILES, "LICENCE.txt", LIST_FILE, SIGNATURE_FILE])


def _changed(pack: Path) -> None:
    (pack / "a.yaml").write_text((pack / "a.yaml").read_text("utf-8").replace("3 天", "4 天"), encoding="utf-8")


def _commented(pack: Path) -> None:
    (pack / "b.yaml").write_text((pack / "b.yaml").read_text("utf-8") + "# nothing\n", encoding="utf-8")


def _edition(pack: Path) -> None:
    text = (pack / "standard.yaml").read_text("utf-8")
    (pack / "standard.yaml").write_text(text.replace('"1.0"', '"1.1"'), encoding="utf-8")


CHANGES: list[tuple[Callable[[Path], object], str]] = [
    (_changed, "PSG-001"),
    (_commented, "PSG-001"),
    (_edition, "PSG-011"),
    (lambda pack: (pack / "LICENCE.txt").write_text("…", "utf-8"), "PSG-001"),
    (lambda pack: (pack / "a.yaml").unlink(), "PSG-002"),
    (lambda pack: (pack / "extra.yaml").write_text("code: C\n", "utf-8"), "PSG-003"),
    (lambda pack: (pack / "extra.txt").write_text("more", "utf-8"), "PSG-003"),
    (lambda pack: (pack / "a.yaml").rename(pack / "c.yaml"), "PSG-004"),
    (lambda pack: (pack / LIST_FILE).write_bytes((pack / LIST_FILE).read_bytes() + b"\n"), "PSG-005"),
    (lambda pack: (pack / SIGNATURE_FILE).write_bytes(b"\x30\x03\x02\x01\x01"), "PSG-006"),
    (lambda pack: (pack / SIGNATURE_FILE).unlink(), "PSG-007"),
    (lambda pack: (pack / LIST_FILE).unlink(), "PSG-007"),
]


@pytest.mark.parametrize(("change", "code"), CHANGES)
def test_whatever_changes_after_signing_refuses_the_pack(
    machine: Machine, change: Callable[[Path], object], code: str
) -> None:
    pack = signed_pack(machine)
    assert standards.library(machine)  # a compiled copy of the pack as it was signed is in the cache now
    change(pack)
    shelf = standards.shelf(machine, KNOWN)
    assert shelf.cards == ()
    (refused,) = shelf.refused
    assert refused.seal.state is SealState.BROKEN
    assert refused.seal.faults[0].code == code
    with pytest.raises(InputRejected) as caught:
        standards.load(machine, "small", refused.edition_id)
    assert caught.value.code == "PSG-010"
    for language in ("zh", "en"):
        assert "{" not in say_error(language, caught.value) + say_issue(language, refused.seal.faults[0])


def test_another_unbroken_copy_of_the_same_edition_is_used_instead(machine: Machine, tmp_path: Path) -> None:
    pack = signed_pack(machine)
    _changed(pack)
    write_pack(tmp_path / "more" / "small" / "1.0")
    both = replace(machine, standards=(*machine.standards, tmp_path / "more"))
    assert [card.place for card in standards.library(both)] == [tmp_path / "more" / "small" / "1.0"]
    assert standards.load(both, "small").edition_id == "1.0"


def test_a_forged_compiled_copy_does_not_stand_in_for_a_signed_pack(machine: Machine, tmp_path: Path) -> None:
    pack = signed_pack(machine)
    genuine = standards.load(machine, "small")
    (copy,) = machine.cache.glob("*.mdcache")
    head, counted, edition = copy.read_bytes().split(b"\n")
    forged = edition.replace("在 3 天内合并".encode(), "在 9 天内合并".encode())
    assert forged != edition
    digest = canonical.digest(canonical.decode(forged, type(genuine))).encode()
    old = canonical.digest(genuine).encode()
    copy.write_bytes(b"\n".join((head.replace(old, digest), counted.replace(old, digest), forged)))
    assert standards.load(machine, "small") == genuine
    assert standards.library(machine)[0].digest == canonical.digest(genuine)
    assert pack_signatures.judge(machine, pack, KNOWN).state is SealState.VALID


def test_an_impostor_of_the_same_name_is_not_believed(machine: Machine) -> None:
    pack = signed_pack(machine, signer=signed.impostor())
    seal = judged(machine, pack)
    assert (seal.state, seal.author, seal.issuer) == (SealState.UNTRUSTED, "王评估", "评估机构根证书")
    assert "VER-201" in seal.doubts


def test_a_signature_taken_from_another_pack_is_broken(machine: Machine) -> None:
    pack, other = signed_pack(machine), write_pack(machine.standards[0] / "other" / "1.0")
    text = (other / "standard.yaml").read_text("utf-8").replace("id: small", "id: other")
    (other / "standard.yaml").write_text(text, encoding="utf-8")
    pack_signatures.sign(machine, other, identity(signed.lead()))
    shutil.copy(pack / SIGNATURE_FILE, other / SIGNATURE_FILE)
    assert codes(judged(machine, other)) == ["PSG-005"]
    shutil.copy(pack / LIST_FILE, other / LIST_FILE)
    assert codes(judged(machine, other))[0] == "PSG-011"


def test_a_zipped_pack_carries_its_signature_inside(machine: Machine) -> None:
    machine.standards[0].mkdir()
    path = zip_pack(machine.standards[0] / "small.mdpack", {**FILES, "读我.txt": "说明"})
    pack_signatures.sign(machine, path, identity(signed.lead()))
    assert standards.library(machine, KNOWN)[0].seal.state is SealState.VALID
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [*FILES, "读我.txt", LIST_FILE, SIGNATURE_FILE]
        entries = {name: archive.read(name) for name in archive.namelist()}
    folder = machine.standards[0] / "small" / "1.0"
    folder.mkdir(parents=True)
    for name, content in entries.items():
        (folder / name).write_bytes(content)
    assert judged(machine, folder).state is SealState.VALID  # unpacked, it is the same pack
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("more.txt", "added")
    assert codes(judged(machine, path)) == ["PSG-003"]
    pack_signatures.sign(machine, path, identity(signed.lead()), replace=True)
    assert judged(machine, path).state is SealState.VALID


def test_an_entry_that_is_there_twice_refuses_a_signed_archive(machine: Machine) -> None:
    machine.standards[0].mkdir()
    path = zip_pack(machine.standards[0] / "small.mdpack", {**FILES, "note.txt": "said"})
    pack_signatures.sign(machine, path, identity(signed.lead()))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("note.txt", "said otherwise")
    assert standards.library(machine) == ()
    with pytest.raises(InputRejected):
        standards.open_pack(machine, path)


def _list_of(pack: Path) -> PackList:
    return canonical.decode((pack / LIST_FILE).read_bytes(), PackList)


def _twice(made: PackList) -> PackList:
    return replace(made, files=(made.files[0], *made.files))


def _itself(made: PackList) -> PackList:
    own = ListedFile(name=SIGNATURE_FILE, size_bytes=1, sha256="0" * 64)
    return replace(made, files=(*made.files, own))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda _: b"[" * 100_000, "PSG-008"),
        (lambda _: b"{}", "PSG-008"),
        (lambda made: canonical.encode(_twice(made)), "PSG-008"),
        (lambda made: canonical.encode(_itself(made)), "PSG-008"),
        (lambda made: canonical.encode(made).replace(b'"facts":{', b'"facts":{"more":1,'), "PSG-008"),
        (lambda made: b" " + canonical.encode(made), "PSG-008"),
        (lambda made: canonical.encode(made) + b" " * (2 * 1024 * 1024), "PSG-008"),
        (lambda made: canonical.encode(replace(made, format="maturity-submission")), "PSG-008"),
        (lambda made: canonical.encode(replace(made, format_version=2)), "PSG-009"),
        (lambda made: canonical.encode(replace(made, files=made.files[1:])), "PSG-003"),
        (
            lambda made: canonical.encode(
                replace(made, files=(*made.files, ListedFile(name="../../passwd", size_bytes=1, sha256="0" * 64)))
            ),
            "PSG-008",
        ),
        (
            lambda made: canonical.encode(replace(made, facts=replace(made.facts, content_digest="0" * 64))),
            "PSG-012",
        ),
    ],
)
def test_a_hostile_list_is_refused_even_when_truly_signed(
    machine: Machine, content: Callable[[PackList], bytes], code: str
) -> None:
    pack = signed_pack(machine)
    made = content(_list_of(pack))
    (pack / LIST_FILE).write_bytes(made)
    (pack / SIGNATURE_FILE).write_bytes(cms.sign_detached(made, signed.lead(), at=signed.NOW))
    assert code in codes(judged(machine, pack))
    assert standards.library(machine) == ()


def test_a_token_signs_a_pack(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> None:
    key = soft_token.make(tmp_path_factory.mktemp("softhsm"))
    pack = write_pack(machine.standards[0] / "small" / "1.0")
    who = TokenIdentity(library=key.library, pin=soft_token.PIN, token_label=soft_token.LABEL, key_label="curve")
    assert pack_signatures.sign(machine, pack, who).author == "赵曲线"
    assert judged(machine, pack).state is SealState.UNTRUSTED


def test_a_workspaces_trust_store_vouches_for_assessors_and_issuers_but_not_for_the_assessed(
    machine: Machine, tmp_path: Path
) -> None:
    pack = signed_pack(machine)
    workspace = sealed_workspace.make_workspace(tmp_path)
    try:
        for role, state in ((TrustRole.INSTITUTION, SealState.UNTRUSTED), (TrustRole.LEAD_ASSESSOR, SealState.VALID)):
            trust.import_roots(workspace, Path("authors.pem"), role)
            believed = AuthorTrust(more=trust.files(workspace))
            assert pack_signatures.judge(machine, pack, believed).state is state
    finally:
        workspaces.close(workspace)


def test_a_signed_pack_is_signed_again_only_on_demand_and_never_with_errors(machine: Machine) -> None:
    pack = signed_pack(machine)
    with pytest.raises(RuleBroken, match="PSG-013"):
        pack_signatures.sign(machine, pack, identity(signed.lead()))
    _changed(pack)
    pack_signatures.sign(machine, pack, identity(signed.lead()), replace=True)
    assert judged(machine, pack).state is SealState.VALID
    before = (pack / LIST_FILE).read_bytes()
    (pack / "b.yaml").write_text("code: '?'\n", encoding="utf-8")
    with pytest.raises(InputRejected, match="PACK-002"):
        pack_signatures.sign(machine, pack, identity(signed.lead()), replace=True)
    assert (pack / LIST_FILE).read_bytes() == before


def test_importing_over_a_signed_pack_takes_the_old_signature_away(machine: Machine) -> None:
    pack = signed_pack(machine)
    (pack / "LICENCE.txt").unlink()
    authoring.export_workbook(replace(machine, standards=(_unsigned(pack),)), "small", Path("small.xlsx"))
    authoring.carry_out(authoring.plan_import(machine, Path("small.xlsx"), pack), pack)
    assert not (pack / SIGNATURE_FILE).exists()
    assert standards.library(machine)[0].seal.state is SealState.UNSIGNED


def _unsigned(pack: Path) -> Path:
    copy = Path("unsigned").resolve()
    shutil.copytree(pack, copy / "small" / "1.0", ignore=shutil.ignore_patterns("signature.*"))
    return copy


def test_what_a_file_manager_leaves_behind_changes_nothing(machine: Machine) -> None:
    pack = signed_pack(machine)
    (pack / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    assert judged(machine, pack).state is SealState.VALID


def test_the_command_line_signs_lists_shows_and_checks(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    pack = write_pack(machine.standards[0] / "small" / "1.0")
    identity(signed.lead())
    Path("secret").write_text(SECRET, encoding="utf-8")
    words = ["--identity", "author.p12", "--identity-passphrase-file", "secret"]
    assert main(["standards", "sign", str(pack), *words, "--json"], machine) == 0
    assert json.loads(capsys.readouterr().out)["signature"]["author"] == "王评估"
    assert main(["standards", "sign", str(pack), *words, "--lang", "zh"], machine) == 2
    assert "已由王评估签名" in capsys.readouterr().err
    assert main(["standards", "list", "--json", "--trust", "authors.pem"], machine) == 0
    told = json.loads(capsys.readouterr().out)["standards"][0]["signature"]
    assert (told["state"], told["issuer"], told["claimed_at"]) == ("valid", "评估机构根证书", signed.NOW.isoformat())
    assert main(["standards", "show", "small", "--lang", "zh"], machine) == 0
    assert "不受信任" in capsys.readouterr().out
    _changed(pack)
    assert main(["standards", "check", str(pack), "--json", "--lang", "en"], machine) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["signatures"][0]["state"] == "broken"
    assert "PSG-001" in [issue["code"] for issue in told["issues"]]
    assert main(["standards", "list", "--lang", "zh"], machine) == 0
    assert "“a.yaml”在签名之后被改动" in capsys.readouterr().out
    assert main(["standards", "show", "small", "--lang", "zh"], machine) == 1
    assert "签名已失效" in capsys.readouterr().err


def test_a_library_without_signatures_loads_no_cryptography(tmp_path: Path) -> None:
    write_pack(tmp_path / "small" / "1.0")
    code = (
        "import sys; from pathlib import Path; from maturity_desktop.services import standards;"
        "from maturity_desktop.services.context import Machine; from maturity_desktop.system.clock import SystemClock;"
        f"place = Path({str(tmp_path)!r});"
        "found = standards.library(Machine(clock=SystemClock(), standards=(place,), cache=place / 'cache'));"
        "sys.exit(len(found) != 1 or 'cryptography' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def imported(machine: Machine, pack: Path) -> tuple[authoring.ImportPlan, Path]:
    return authoring.plan_import(machine, pack), machine.standards[0] / "taken"


def test_a_signature_comes_along_when_a_signed_pack_is_imported(machine: Machine, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "given")
    pack_signatures.sign(machine, pack, identity(signed.lead()))
    plan, into = imported(machine, pack)
    authoring.carry_out(plan, into)
    assert judged(machine, into).state is SealState.VALID
    assert plan.left == ()


def test_a_signature_over_other_files_too_stays_behind_with_them_and_that_is_listed(machine: Machine) -> None:
    plan, into = imported(machine, signed_pack(machine))
    authoring.carry_out(plan, into)
    assert judged(machine, into).state is SealState.UNSIGNED
    assert [(one.what, one.named) for one in plan.left] == [("files", ("LICENCE.txt",))]


def test_a_pack_whose_signature_is_broken_is_not_imported(machine: Machine) -> None:
    pack = signed_pack(machine)
    _changed(pack)
    plan, into = imported(machine, pack)
    with pytest.raises(InputRejected, match="AUT-005"):
        authoring.carry_out(plan, into)
    assert not into.exists()
