"""SM2: interoperates with the `openssl` program both ways, and believes only what a given SM2 root vouches for."""

import random
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from maturity_desktop.errors import EnvironmentProblem, SigningRefused
from maturity_desktop.signing import libcrypto, sm2, sm2_verify, trust
from maturity_desktop.signing.findings import Problem, Revocation, SignatureCheck
from maturity_desktop.signing.identity import fingerprint
from maturity_desktop.signing.libcrypto import Libcrypto, OpenSslError
from maturity_desktop.signing.trust import Trust
from tests.factories import signed
from tests.factories.signed import NOW
from tests.factories.sm2 import BEGIN, IDENTIFIER, SECRET, Sm2Files, Sm2Place

CONTENT = "清单".encode() * 500
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    place: Sm2Place
    root: Sm2Files
    lead: Sm2Files
    library: Libcrypto

    def sign(self, who: Sm2Files, content: bytes = CONTENT, secret: str = SECRET) -> sm2_verify.Beside:
        with sm2.opened(who.key.read_bytes(), secret, who.bundle.read_bytes(), at=NOW, library=self.library) as signer:
            return sm2_verify.Beside(
                signature=signer.sign(content, at=NOW), certificates=sm2.written(signer), claimed_at=NOW
            )

    def judge(
        self,
        beside: sm2_verify.Beside,
        *,
        content: bytes = CONTENT,
        roots: tuple[Sm2Files, ...] | None = None,
        crls: tuple[Path, ...] = (),
        at: datetime = NOW,
    ) -> SignatureCheck:
        believed = Trust(
            sm2_roots=tuple(one.x509 for one in ((self.root,) if roots is None else roots)),
            crls=tuple(trust.read_revocation_list(one.read_bytes()) for one in crls),
        )
        check, problem = sm2_verify.judge_detached(beside, content, believed, at=at, field="f")
        assert problem is None and check is not None
        return check


@pytest.fixture(name="world", scope="module")
def make_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    place = Sm2Place(tmp_path_factory.mktemp("sm2") / "authority")
    root = place.root()
    return World(place=place, root=root, lead=place.make("王敏", root), library=libcrypto.load())


def test_openssl_accepts_what_is_signed_here(world: World, tmp_path: Path) -> None:
    beside = world.sign(world.lead)
    (tmp_path / "content").write_bytes(CONTENT)
    (tmp_path / "signature").write_bytes(beside.signature)
    (tmp_path / "certificates.pem").write_bytes(beside.certificates)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", IDENTIFIER, "-in", "content"]
    command += ["-sigfile", "signature", "-certin", "-inkey", "certificates.pem"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "content").write_bytes(CONTENT + b"x")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_what_openssl_signs_is_accepted_here(world: World, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", IDENTIFIER, "-in", "content"]
    command += ["-inkey", str(world.lead.key), "-passin", f"pass:{SECRET}", "-out", "signature"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    signature = (tmp_path / "signature").read_bytes()
    assert sm2.is_signed_by(world.library, world.lead.x509, CONTENT, signature)
    assert not sm2.is_signed_by(world.library, world.lead.x509, CONTENT[:-1], signature)


def test_a_signature_under_another_identifier_is_another_signature(world: World, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:other", "-in", "content"]
    command += ["-inkey", str(world.lead.key), "-passin", f"pass:{SECRET}", "-out", "signature"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert not sm2.is_signed_by(world.library, world.lead.x509, CONTENT, (tmp_path / "signature").read_bytes())


def test_a_signer_under_the_given_root_is_believed(world: World) -> None:
    check = world.judge(world.sign(world.lead))
    assert (check.signer, check.issuer, check.claimed_at) == ("王敏", "SM2 根证书", NOW)
    assert check.is_intact and check.is_trusted and check.covers_whole_file and not check.problems
    assert (check.root, check.root_fingerprint_sha256) == ("SM2 根证书", fingerprint(world.root.x509))
    assert check.revocation is Revocation.NOT_CHECKED


def test_a_signer_under_another_root_is_right_but_unknown(world: World) -> None:
    same_name = Sm2Place(world.place.folder / "impostor").root()
    for roots in ((), (same_name,)):
        check = world.judge(world.sign(world.lead), roots=roots)
        assert check.is_intact and not check.is_trusted
        assert check.problems == (Problem.ROOT_UNKNOWN.value,)
        assert check.root == ""


def test_a_root_of_another_kind_vouches_for_no_sm2_signer(world: World) -> None:
    believed = Trust(roots=(signed.assessors_ca().certificate,), sm2_roots=(signed.assessors_ca().certificate,))
    check, _ = sm2_verify.judge_detached(world.sign(world.lead), CONTENT, believed, at=NOW, field="f")
    assert check is not None and check.problems == (Problem.ROOT_UNKNOWN.value,)


def test_issuers_between_are_followed_when_they_may_issue(world: World) -> None:
    good = world.place.make("中间", world.root, usage="keyCertSign", constraints="CA:true,pathlen:0")
    assert world.judge(world.sign(world.place.make("甲", good))).is_trusted
    below = world.place.make("再中间", good, usage="keyCertSign", constraints="CA:true")
    for issuer in (below, world.lead, world.place.make("不签发", world.root, usage="cRLSign", constraints="CA:true")):
        check = world.judge(world.sign(world.place.make("乙", issuer)))
        assert check.is_intact and check.problems == (Problem.ROOT_UNKNOWN.value,)


def test_a_certificate_not_signed_under_the_common_identifier_is_not_followed(world: World) -> None:
    odd = world.place.make("丙", world.root, identifier="distid:other")
    assert world.judge(world.sign(odd)).problems == (Problem.ROOT_UNKNOWN.value,)


def test_a_demand_that_is_not_understood_is_not_passed_over(world: World) -> None:
    odd = world.place.make("丁", world.root, more="1.2.3.4=critical,ASN1:NULL")
    assert world.judge(world.sign(odd)).problems == (Problem.KEY_USAGE.value,)


def test_dates_count_at_the_instant_of_judging(world: World) -> None:
    beside = world.sign(world.place.make("短期", world.root, dates=(BEGIN, NOW + DAY)))
    assert world.judge(beside).is_trusted
    assert world.judge(beside, at=NOW + 2 * DAY).problems == (Problem.EXPIRED.value,)
    early = sm2_verify.Beside(signature=beside.signature, certificates=beside.certificates, claimed_at=BEGIN - DAY)
    assert world.judge(early).problems == (Problem.TIME_IMPLAUSIBLE.value,)


def test_a_list_of_the_issuer_takes_a_signer_back(world: World) -> None:
    place = Sm2Place(world.place.folder / "revoking")
    root = place.root("另一根")
    gone, stays = place.make("离职", root), place.make("在职", root)
    crl = place.revocation_list(root, gone)
    assert Problem.REVOKED.value in world.judge(world.sign(gone), roots=(root,), crls=(crl,)).problems
    check = world.judge(world.sign(stays), roots=(root,), crls=(crl,))
    assert check.is_trusted and check.revocation is Revocation.GOOD
    assert world.judge(world.sign(gone), roots=(root,), crls=(crl,)).revocation is Revocation.REVOKED
    assert world.judge(world.sign(world.lead), crls=(crl,)).problems == (Problem.REVOCATION_UNKNOWN.value,)


def test_a_list_signed_with_sm2_says_nothing_of_other_signers(world: World, tmp_path: Path) -> None:
    crl = trust.read_revocation_list(world.place.revocation_list(world.root).read_bytes())
    problems = trust.judge_signer(
        signed.lead().certificate,
        (),
        roots=(signed.assessors_ca().certificate,),
        crls=(crl,),
        at=NOW,
        claimed_at=None,
    )
    assert problems == ()


def test_no_flipped_bit_of_signature_or_content_passes(world: World) -> None:
    beside, content = world.sign(world.lead, b"short content"), b"short content"
    assert world.judge(beside, content=content).is_trusted
    for place in range(len(beside.signature) * 8):
        flipped = bytearray(beside.signature)
        flipped[place // 8] ^= 1 << place % 8
        assert not sm2.is_signed_by(world.library, world.lead.x509, content, bytes(flipped)), place
    for place in range(len(content) * 8):
        changed = bytearray(content)
        changed[place // 8] ^= 1 << place % 8
        assert not sm2.is_signed_by(world.library, world.lead.x509, bytes(changed), beside.signature), place


def test_no_flipped_bit_of_the_certificates_is_believed(world: World) -> None:
    beside, chance = world.sign(world.lead), random.Random(1)
    believed = Trust(sm2_roots=(world.root.x509,))
    own = len(world.lead.certificate.read_bytes())  # the root that came along is not what is believed
    for _ in range(150):
        flipped = bytearray(beside.certificates)
        flipped[chance.randrange(own)] ^= 1 << chance.randrange(8)
        changed = sm2_verify.Beside(signature=beside.signature, certificates=bytes(flipped), claimed_at=NOW)
        check, problem = sm2_verify.judge_detached(changed, CONTENT, believed, at=NOW, field="f")
        assert problem is Problem.SIGNATURE_MALFORMED or (check is not None and not check.is_trusted)


@pytest.mark.parametrize("junk", [b"", b"x", b"\x30\x06\x02\x01\x01\x02\x01\x01", b"\x30" * 5000])
def test_junk_is_no_signature(world: World, junk: bytes) -> None:
    assert not sm2.is_signed_by(world.library, world.lead.x509, CONTENT, junk)
    beside = sm2_verify.Beside(signature=junk, certificates=world.lead.certificate.read_bytes(), claimed_at=NOW)
    assert world.judge(beside).problems == (Problem.SIGNATURE_WRONG.value,)


def test_bytes_behind_a_signature_are_not_passed_over(world: World) -> None:
    beside = world.sign(world.lead)
    assert not sm2.is_signed_by(world.library, world.lead.x509, CONTENT, beside.signature + b"\0")


def test_a_key_that_is_not_sm2_signs_and_checks_nothing(world: World, tmp_path: Path) -> None:
    command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "p256.key"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(SigningRefused, match="SGN-042"):
        _open(world, (tmp_path / "p256.key").read_bytes(), world.lead.bundle.read_bytes(), "")
    assert not sm2.is_signed_by(world.library, signed.lead().certificate, CONTENT, world.sign(world.lead).signature)


def _open(world: World, key: bytes, certificates: bytes, secret: str = SECRET, at: datetime = NOW) -> None:
    with sm2.opened(key, secret, certificates, at=at, library=world.library):
        pass


def test_refusals_name_their_cause(world: World) -> None:
    key, own = world.lead.key.read_bytes(), world.lead.certificate.read_bytes()
    with pytest.raises(SigningRefused, match="SGN-041"):
        _open(world, key, own, "wrong")
    with pytest.raises(SigningRefused, match="SGN-041"):
        _open(world, key, own, "")
    with pytest.raises(SigningRefused, match="SGN-042"):
        _open(world, own, own)
    with pytest.raises(SigningRefused, match="SGN-043"):
        _open(world, key, key)
    with pytest.raises(SigningRefused, match="SGN-043"):
        _open(world, key, signed.lead().certificate.public_bytes(Encoding.PEM))
    with pytest.raises(SigningRefused, match="SGN-044"):
        _open(world, key, world.root.certificate.read_bytes())
    with pytest.raises(SigningRefused, match="SGN-012"):
        _open(world, key, own, at=datetime(2037, 1, 1, tzinfo=UTC))
    with pytest.raises(SigningRefused, match="SGN-013"):
        _open(world, key, own, at=BEGIN - DAY)
    encrypting = world.place.make("加密", world.root, usage="keyEncipherment,dataEncipherment")
    with pytest.raises(SigningRefused, match="SGN-014"):
        _open(world, encrypting.key.read_bytes(), encrypting.certificate.read_bytes())


def test_the_certificate_of_the_key_is_found_whatever_the_order(world: World) -> None:
    bundle = world.root.certificate.read_bytes() + world.lead.certificate.read_bytes()
    with sm2.opened(world.lead.key.read_bytes(), SECRET, bundle, at=NOW, library=world.library) as signer:
        assert signer.certificate == world.lead.x509
        assert signer.chain == (world.root.x509,)


def test_a_key_that_is_not_encrypted_needs_no_passphrase(world: World) -> None:
    _open(world, world.lead.key.with_suffix(".plain.key").read_bytes(), world.lead.bundle.read_bytes(), "")


def test_the_key_is_gone_when_the_work_is_done(world: World) -> None:
    key, bundle = world.lead.key.read_bytes(), world.lead.bundle.read_bytes()
    with sm2.opened(key, SECRET, bundle, at=NOW, library=world.library) as signer:
        signer.sign(CONTENT, at=NOW)
    with pytest.raises(SigningRefused, match="SGN-017"):
        signer.sign(CONTENT, at=NOW)
    assert SECRET not in repr(signer)


def test_refusing_leaves_no_error_behind_for_others(world: World) -> None:
    peek = world.library._library.ERR_peek_error
    with pytest.raises(OpenSslError):
        world.library.private_key(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "")
    assert not sm2.is_signed_by(world.library, world.lead.x509, CONTENT, b"junk")
    assert peek() == 0


def test_a_computer_without_the_library_is_told_so() -> None:
    with pytest.raises(EnvironmentProblem, match="SGN-040") as none:
        libcrypto.find(())
    assert none.value.values["found"] == "–"
    with pytest.raises(EnvironmentProblem, match="SGN-040"):
        libcrypto.find(["no-such-library.so.3", sys.executable])


def test_an_old_library_and_one_without_sm2_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libcrypto, "_OLDEST", 0xF0000000)
    with pytest.raises(EnvironmentProblem, match="SGN-040") as old:
        libcrypto.find(libcrypto.places())
    assert "OpenSSL" in str(old.value.values["found"])
    monkeypatch.undo()
    monkeypatch.setattr(Libcrypto, "has_sm2", False)
    with pytest.raises(EnvironmentProblem, match="SGN-040"):
        libcrypto.find(libcrypto.places())


def test_without_the_library_a_signature_is_called_unchecked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = world.sign(world.lead)
    monkeypatch.setattr(libcrypto, "load", lambda: libcrypto.find(()))
    check = world.judge(beside)
    assert (check.is_intact, check.is_trusted, check.problems) == (False, False, (Problem.SM2_UNCHECKED.value,))


def test_the_library_is_looked_for_only_when_sm2_is_asked_for() -> None:
    command = "import maturity_desktop.services.verifying, maturity_desktop.cli.verify, sys;"
    command += "sys.exit('ctypes.util' in sys.modules or 'maturity_desktop.signing.libcrypto' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


def test_certificates_of_sm2_are_sorted_from_usual_roots(world: World) -> None:
    usual = signed.assessors_ca().pem.encode()
    found = trust.sorted_roots(usual + world.root.certificate.read_bytes())
    assert found == ((signed.assessors_ca().certificate,), (world.root.x509,))
