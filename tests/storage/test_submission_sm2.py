"""The SM2 signature of a submission: wanted by few, checked by us, and neither forged, moved nor taken away."""

import json
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from maturity_desktop.cli import main as cli
from maturity_desktop.domain import canonical, submission
from maturity_desktop.errors import EnvironmentProblem, RuleBroken, SigningRefused
from maturity_desktop.services import journal, submissions, trust, verifying, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Sm2Identity
from maturity_desktop.services.trust import TrustKind, TrustRole
from maturity_desktop.services.verifying import FileCheck, TrustFiles, Verdict
from maturity_desktop.signing import libcrypto, sm2
from tests.factories import signed, submitted
from tests.factories.reviewed import IdentityFiles, identity_files, make_answered
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE
from tests.factories.sm2 import BEGIN, IDENTIFIER, SECRET, Sm2Files, Sm2Place
from tests.factories.submitted import Entries, entries_of, relisted, zipped


@dataclass(frozen=True)
class World:
    """Two submissions of two workspaces with SM2 signatures, and whom to believe."""

    one: bytes
    other: bytes
    files: IdentityFiles
    place: Sm2Place
    root: Sm2Files
    lead: Sm2Files
    folder: Path

    def check(self, content: bytes, *, roots: tuple[Path, ...] | None = None) -> FileCheck:
        path = self.folder / "x.mdsub"
        path.write_bytes(content)
        more = TrustFiles(sm2_roots=(self.root.certificate,) if roots is None else roots)
        return verifying.verify_file(path, (self.files.root,), more=more, clock=signed.CLOCK)

    def sign(self, content: bytes, who: Sm2Files) -> bytes:
        key, bundle = who.key.read_bytes(), who.bundle.read_bytes()
        with sm2.opened(key, SECRET, bundle, at=signed.NOW, library=libcrypto.load()) as signer:
            return signer.sign(content, at=signed.NOW)


def wish(who: Sm2Files, secret: str = SECRET) -> Sm2Identity:
    return Sm2Identity(key=who.key, certificate=who.bundle, passphrase=secret)


def packed(workspace: Workspace, target: Path, files: IdentityFiles, who: Sm2Identity) -> submissions.Packed:
    request = submissions.SubmissionRequest(assessment_id=ASSESSMENT, target=target, identity=files.identity, sm2=who)
    return submissions.pack(workspace, request).value


@pytest.fixture(name="world", scope="module")
def make_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("sm2")
    files, place, made = identity_files(folder), Sm2Place(folder / "authority"), []
    root = place.root()
    lead = place.make("王敏", root)
    for number in (1, 2):
        workspace = make_answered(folder, name=f"bank{number}")
        submitted.add_evidence(workspace, folder, content=b"content %d" % number * 5000)
        made.append(packed(workspace, folder / f"{number}.mdsub", files, wish(lead)).path.read_bytes())
        workspaces.close(workspace)
    return World(one=made[0], other=made[1], files=files, place=place, root=root, lead=lead, folder=folder)


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_answered(tmp_path)
    yield workspace
    workspaces.close(workspace)


def test_both_signatures_verify_and_stand_in_their_places(world: World) -> None:
    check = world.check(world.one)
    assert (check.verdict, check.problems) == (Verdict.VALID, ())
    assert [one.field for one in check.signatures][:2] == ["signatures/manifest.p7s", "signatures/manifest.sm2"]
    assert check.signatures[1].signer == "王敏"
    names = list(entries_of(world.one))
    assert names[6] == "signatures/sm2.pem" and names[7].startswith("evidence/")
    assert names[-3:] == ["manifest.json", "signatures/manifest.p7s", "signatures/manifest.sm2"]


def test_anybody_with_openssl_can_check_the_unpacked_signature(world: World, tmp_path: Path) -> None:
    for name, content in entries_of(world.one).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", IDENTIFIER]
    command += [
        "-in",
        "manifest.json",
        "-sigfile",
        "signatures/manifest.sm2",
        "-certin",
        "-inkey",
        "signatures/sm2.pem",
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "manifest.json").write_bytes(entries_of(world.other)["manifest.json"])
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_a_signature_by_openssl_is_as_good(world: World, tmp_path: Path) -> None:
    entries = entries_of(world.one)
    (tmp_path / "manifest.json").write_bytes(entries[submission.MANIFEST])
    command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", IDENTIFIER, "-passin"]
    command += [f"pass:{SECRET}", "-inkey", str(world.lead.key), "-in", "manifest.json", "-out", "signature"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    entries[submission.SM2_SIGNATURE] = (tmp_path / "signature").read_bytes()
    assert world.check(zipped(entries)).verdict is Verdict.VALID


def test_an_unknown_sm2_root_is_said_and_the_other_signature_stays_what_it_is(world: World) -> None:
    check = world.check(world.one, roots=())
    assert check.verdict is Verdict.UNTRUSTED
    usual, ours = check.signatures[:2]
    assert usual.is_trusted and ours.is_intact and ours.problems == ("VER-201",)


def test_without_sm2_on_this_computer_it_is_said_to_be_unchecked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libcrypto, "load", lambda: libcrypto.find(()))
    check = world.check(world.one)
    assert check.verdict is Verdict.UNTRUSTED
    assert check.signatures[0].is_trusted and check.signatures[1].problems == ("VER-212",)


def _without(entries: Entries, *names: str) -> bytes:
    return zipped({name: content for name, content in entries.items() if name not in names})


def test_no_forgery_of_the_sm2_signature_passes(world: World) -> None:
    entries, other = entries_of(world.one), entries_of(world.other)
    stranger = world.place.make("他人", world.root)
    manifest = entries[submission.MANIFEST]
    added = (submission.SM2_CERTIFICATE, submission.SM2_SIGNATURE)
    plain = {name: content for name, content in entries.items() if name not in added}
    unlisted = entries_of(relisted(plain, signed.lead()))
    forgeries = {
        "signature gone": _without(entries, submission.SM2_SIGNATURE),
        "certificate gone": _without(entries, submission.SM2_CERTIFICATE),
        "both gone": _without(entries, submission.SM2_CERTIFICATE, submission.SM2_SIGNATURE),
        "signature of another submission": zipped(
            {**entries, submission.SM2_SIGNATURE: other[submission.SM2_SIGNATURE]}
        ),
        "signature with another key": zipped({**entries, submission.SM2_SIGNATURE: world.sign(manifest, stranger)}),
        "another signer altogether": zipped(
            {
                **entries,
                submission.SM2_SIGNATURE: world.sign(manifest, stranger),
                submission.SM2_CERTIFICATE: stranger.bundle.read_bytes(),
            }
        ),
        "signature in front": zipped(
            {submission.SM2_SIGNATURE: entries[submission.SM2_SIGNATURE], **entries},
        ),
        "signature without a listed certificate": zipped(
            {**unlisted, submission.SM2_SIGNATURE: entries[submission.SM2_SIGNATURE]}
        ),
        "junk": zipped({**entries, submission.SM2_SIGNATURE: b"x" * 70}),
        "nothing": zipped({**entries, submission.SM2_SIGNATURE: b""}),
    }
    verdicts = {name: world.check(content).verdict for name, content in forgeries.items()}
    assert verdicts == dict.fromkeys(forgeries, Verdict.ALTERED)


def test_a_manifest_listed_again_by_the_first_signer_needs_the_second_again(world: World) -> None:
    entries = entries_of(world.one)
    listed = {name: content for name, content in entries.items() if name != submission.SM2_SIGNATURE}
    again = entries_of(relisted(listed, signed.lead(), created_by="另一人"))
    stale = zipped({**again, submission.SM2_SIGNATURE: entries[submission.SM2_SIGNATURE]})
    check = world.check(stale)
    assert check.verdict is Verdict.ALTERED and check.signatures[1].problems == ("VER-102",)
    fresh = zipped({**again, submission.SM2_SIGNATURE: world.sign(again[submission.MANIFEST], world.lead)})
    assert world.check(fresh).verdict is Verdict.VALID


def test_certificates_in_another_form_are_not_passed_over(world: World) -> None:
    entries = entries_of(world.one)
    listed = {name: content for name, content in entries.items() if name != submission.SM2_SIGNATURE}
    listed[submission.SM2_CERTIFICATE] = b"hello\n" + listed[submission.SM2_CERTIFICATE]
    again = entries_of(relisted(listed, signed.lead()))
    check = world.check(zipped({**again, submission.SM2_SIGNATURE: world.sign(again[submission.MANIFEST], world.lead)}))
    assert check.verdict is Verdict.ALTERED and "VER-127" in check.problems


@pytest.mark.parametrize("seed", range(2))
def test_no_flipped_bit_of_the_sm2_entries_passes(world: World, seed: int) -> None:
    chance, entries = random.Random(seed), entries_of(world.one)
    for name in (submission.SM2_SIGNATURE, submission.SM2_CERTIFICATE):
        for _ in range(10):
            flipped = bytearray(entries[name])
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            assert world.check(zipped({**entries, name: bytes(flipped)})).verdict is Verdict.ALTERED


def test_an_expired_signer_is_not_believed_later(world: World, bank: Workspace, tmp_path: Path) -> None:
    late = signed.NOW + signed.A_YEAR / 2
    short = world.place.make("短期", world.root, dates=(BEGIN, late))
    target = packed(bank, tmp_path / "s.mdsub", world.files, wish(short)).path
    more = TrustFiles(sm2_roots=(world.root.certificate,))
    now, later = (
        verifying.verify_file(target, (world.files.root,), more=more, clock=clock)
        for clock in (signed.CLOCK, signed.FixedClock(at=late + signed.A_YEAR / 4))
    )
    assert now.verdict is Verdict.VALID
    assert later.verdict is Verdict.UNTRUSTED and later.signatures[1].problems == ("VER-202",)


def test_refusals_come_before_anything_leaves(
    world: World, bank: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = journal.verify(bank).entries
    target = tmp_path / "out" / "s.mdsub"
    target.parent.mkdir()
    expired = world.place.make("过期", world.root, dates=(BEGIN, BEGIN + (signed.NOW - BEGIN) / 2))
    for who, code in ((wish(world.lead, "wrong"), "SGN-041"), (wish(expired), "SGN-012")):
        with pytest.raises(SigningRefused, match=code):
            packed(bank, target, world.files, who)
    with pytest.raises(EnvironmentProblem, match="SYS-"):
        gone = Sm2Identity(key=tmp_path / "gone.key", certificate=world.lead.bundle, passphrase="")
        packed(bank, target, world.files, gone)
    monkeypatch.setattr(libcrypto, "load", lambda: libcrypto.find(()))
    with pytest.raises(EnvironmentProblem, match="SGN-040"):
        packed(bank, target, world.files, wish(world.lead))
    assert list(target.parent.iterdir()) == []
    assert journal.verify(bank).entries == before


def test_a_signer_whose_issuer_is_not_at_hand_can_pack(world: World, bank: Workspace, tmp_path: Path) -> None:
    alone = Sm2Identity(key=world.lead.key, certificate=world.lead.certificate, passphrase=SECRET)
    done = packed(bank, tmp_path / "s.mdsub", world.files, alone)
    assert done.sm2_signer == "王敏"
    assert world.check(done.path.read_bytes()).verdict is Verdict.VALID
    finished = next(one for one in journal.entries(bank, limit=5) if one.event == "export.finished")
    assert "王敏" in str(finished.new)


def test_the_trust_store_keeps_sm2_roots_as_such(world: World, bank: Workspace) -> None:
    for role in TrustRole:
        trust.import_roots(bank, world.files.root, role)
    path = world.folder / "y.mdsub"
    path.write_bytes(world.one)
    assert verifying.verify_file(path, (), more=trust.files(bank), clock=signed.CLOCK).verdict is Verdict.UNTRUSTED
    (item,) = trust.import_roots(bank, world.root.certificate, TrustRole.INSTITUTION).value
    assert (item.kind, item.role, item.subject) == (TrustKind.SM2_ROOT, None, "SM2 根证书")
    assert verifying.verify_file(path, (), more=trust.files(bank), clock=signed.CLOCK).verdict is Verdict.VALID
    assert trust.import_roots(bank, world.root.certificate, TrustRole.LEAD_ASSESSOR).value == ()


def test_the_trust_store_takes_in_lists_signed_with_sm2(world: World, bank: Workspace, tmp_path: Path) -> None:
    place = Sm2Place(tmp_path / "revoking")
    root = place.root("另一根")
    lead = place.make("离职", root)
    target = packed(bank, tmp_path / "s.mdsub", world.files, wish(lead)).path
    crl = place.revocation_list(root, lead)
    for role in TrustRole:
        trust.import_roots(bank, world.files.root, role)
    trust.import_roots(bank, world.root.certificate, TrustRole.LEAD_ASSESSOR)
    with pytest.raises(RuleBroken, match="TRU-003"):
        trust.import_list(bank, crl)
    trust.import_roots(bank, root.certificate, TrustRole.LEAD_ASSESSOR)
    assert verifying.verify_file(target, (), more=trust.files(bank), clock=signed.CLOCK).verdict is Verdict.VALID
    trust.import_list(bank, crl)
    check = verifying.verify_file(target, (), more=trust.files(bank), clock=signed.CLOCK)
    assert check.verdict is Verdict.UNTRUSTED
    assert check.signatures[0].is_trusted and check.signatures[1].problems == ("VER-203",)


def test_an_sm2_root_among_the_usual_ones_is_believed_for_sm2_alone(world: World) -> None:
    path = world.folder / "z.mdsub"
    path.write_bytes(world.one)
    roots = (world.files.root, world.root.certificate)
    assert verifying.verify_file(path, roots, clock=signed.CLOCK).verdict is Verdict.VALID


def test_packing_and_verifying_by_commands(
    world: World, bank: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspaces.close(bank)
    for name, secret in (("w", PASSPHRASE), ("i", world.files.identity.passphrase), ("s", SECRET)):
        (tmp_path / name).write_text(secret, encoding="utf-8")
    command = ["submission", "pack", str(bank.path), "--out", str(tmp_path / "s.mdsub"), "--lang", "en", "--json"]
    command += ["--passphrase-file", str(tmp_path / "w"), "--identity", str(world.files.identity.pkcs12)]
    command += ["--identity-passphrase-file", str(tmp_path / "i"), "--sm2-key", str(world.lead.key)]
    assert cli.main(command, bank.machine) == 2
    assert "CLI-005" in "".join(capsys.readouterr())
    command += ["--sm2-certificate", str(world.lead.bundle), "--sm2-passphrase-file", str(tmp_path / "s")]
    assert cli.main(command, bank.machine) == 0
    assert json.loads(capsys.readouterr().out)["sm2_signer"] == "王敏"
    check = ["verify", str(tmp_path / "s.mdsub"), "--trust", str(world.files.root), "--lang", "en"]
    assert cli.main([*check, "--sm2-trust", str(world.root.certificate)], bank.machine) == 0
    assert "checkable by this program and openssl pkeyutl alone" in capsys.readouterr().out
    assert cli.main([*check, "--json"], bank.machine) == 3
    told = json.loads(capsys.readouterr().out)["files"][0]["signatures"][1]
    assert (told["field"], told["intact"], told["trusted"]) == ("signatures/manifest.sm2", True, False)
    assert [one["code"] for one in told["problems"]] == ["VER-201"]


def test_the_manifest_of_a_submission_without_sm2_is_as_ever(world: World, bank: Workspace, tmp_path: Path) -> None:
    entries = entries_of(submitted.pack(bank, tmp_path / "s.mdsub", world.files.identity))
    assert not [name for name in entries if "sm2" in name]
    assert b"sm2" not in canonical.encode(submitted.manifest_of(entries))
