"""Packing a submission, reading it without this program, and refusing everything that is not exactly as packed."""

import hashlib
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from maturity_desktop.domain import submission
from maturity_desktop.domain.ids import Digest, InstitutionId
from maturity_desktop.domain.institution import Institution
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Cancelled, EnvironmentProblem, RuleBroken, SigningRefused
from maturity_desktop.services import engagements, evidence, journal, signoff, submissions, verifying, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.verifying import FileCheck, Verdict
from maturity_desktop.signing import authority
from tests.factories import signed, submitted
from tests.factories.reviewed import SECRET, IdentityFiles, identity_files, make_answered
from tests.factories.sealed_workspace import ASSESSMENT, link_to, make_workspace, reopen
from tests.factories.submitted import entries_of, manifest_of, relisted, zipped


@dataclass(frozen=True)
class World:
    """Two submissions of two workspaces, both valid, and whom to believe."""

    one: bytes
    other: bytes
    files: IdentityFiles
    folder: Path

    def check(self, content: bytes, name: str = "x.mdsub") -> FileCheck:
        path = self.folder / name
        path.write_bytes(content)
        return verifying.verify_file(path, (self.files.root,), clock=signed.CLOCK)


@pytest.fixture(name="world", scope="module")
def make_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("submissions")
    files, packed = identity_files(folder), []
    for number in (1, 2):
        workspace = make_answered(folder, name=f"bank{number}")
        submitted.add_evidence(workspace, folder, content=b"content %d" % number * 5000)
        packed.append(submitted.pack(workspace, folder / f"{number}.mdsub", files.identity))
        workspaces.close(workspace)
    return World(one=packed[0], other=packed[1], files=files, folder=folder)


@pytest.fixture(name="bank")
def make_bank(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make_answered(tmp_path)
    yield workspace
    workspaces.close(workspace)


def test_what_is_packed_verifies_whole(world: World) -> None:
    check = world.check(world.one)
    assert (check.verdict, check.kind, check.problems) == (Verdict.VALID, "submission", ())
    assert [one.field for one in check.signatures] == [
        "signatures/manifest.p7s",
        "report.pdf:LeadAssessor",
        "workbook.xlsx:/_xmlsignatures/sig1.xml",
    ]
    told = dict(check.details)
    assert (told["count_answers"], told["count_evidence_files"], told["count_evidence_by_reference"]) == (
        "12",
        "1",
        "1",
    )
    assert told["approved_by"] == "none"
    assert world.check(world.other).verdict is Verdict.VALID


def test_it_is_recognised_by_its_content_not_its_name(world: World) -> None:
    assert world.check(world.one, "renamed.zip").verdict is Verdict.VALID


def test_other_programs_can_read_and_check_it(world: World) -> None:
    with zipfile.ZipFile(BytesIO(world.one)) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        for entry in manifest["entries"]:
            assert hashlib.sha256(archive.read(entry["name"])).hexdigest() == entry["sha256"]
        assert hashlib.sha256(archive.read("content.json")).hexdigest() == manifest["content_digest"]
        assert hashlib.sha256(archive.read("edition.json")).hexdigest() == manifest["edition_digest"]
        assert len(archive.read("journal.jsonl").splitlines()) == manifest["journal_entries"]
        assert len(json.loads(archive.read("content.json"))["answers"]) == manifest["counts"]["answers"]
        archive.extractall(world.folder / "unpacked")
    place = world.folder / "unpacked"
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signatures/manifest.p7s"]
    command += ["-content", "manifest.json", "-CAfile", str(world.files.root), "-no_check_time", "-out", "out.bin"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (place / "manifest.json").write_bytes((place / "manifest.json").read_bytes() + b" ")
    assert subprocess.run(command, cwd=place, capture_output=True, check=False).returncode != 0


def test_an_impostor_and_a_stranger_are_not_believed(world: World) -> None:
    entries = entries_of(world.one)
    check = world.check(relisted(entries, signed.impostor()))
    assert check.verdict is Verdict.UNTRUSTED
    assert "VER-201" in check.signatures[0].problems


def _without(name: str) -> Callable[[World], bytes]:
    return lambda world: zipped({key: value for key, value in entries_of(world.one).items() if key != name})


def _swapped(name: str) -> Callable[[World], bytes]:
    return lambda world: zipped({**entries_of(world.one), name: entries_of(world.other)[name]})


def _swapped_and_relisted(name: str) -> Callable[[World], bytes]:
    return lambda world: relisted({**entries_of(world.one), name: entries_of(world.other)[name]})


def _extra(world: World) -> bytes:
    entries = list(entries_of(world.one).items())
    return zipped([*entries[:-2], ("evidence/" + "0" * 64, b"more"), *entries[-2:]])


def _twice(world: World) -> bytes:
    entries = list(entries_of(world.one).items())
    return zipped([*entries, ("content.json", b"{}")])


def _reordered(world: World) -> bytes:
    entries = list(entries_of(world.one).items())
    return zipped([entries[1], entries[0], *entries[2:]])


def _rezipped(world: World) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries_of(world.one).items():
            archive.writestr(name, content)
    return stream.getvalue()


FORGERIES: dict[str, Callable[[World], bytes]] = {
    **{f"{name} gone": _without(name) for name in (*submission.FIXED, submission.MANIFEST)},
    **{f"{name} swapped": _swapped(name) for name in (*submission.FIXED[1:2], *submission.FIXED[3:])},
    **{f"{name} swapped": _swapped(name) for name in (submission.MANIFEST, submission.SIGNATURE)},
    **{f"{name} swapped and relisted": _swapped_and_relisted(name) for name in submission.FIXED[3:]},
    "evidence gone": lambda w: zipped({k: v for k, v in entries_of(w.one).items() if not k.startswith("evidence/")}),
    "evidence added": _extra,
    "entry twice": _twice,
    "entries reordered": _reordered,
    "zipped again": _rezipped,
    "bytes appended": lambda w: w.one + b"\x00",
    "bytes in front": lambda w: b"\x00" + w.one,
    "cut off": lambda w: w.one[:-100],
    "comment added": lambda w: w.one[:-2] + b"\x01\x00x",
    "evidence renamed": lambda w: zipped(
        {k.replace("evidence/", "evidence/../"): v for k, v in entries_of(w.one).items()}
    ),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES.keys())
def test_no_forgery_passes(world: World, forge: Callable[[World], bytes]) -> None:
    check = world.check(forge(world))
    assert check.verdict in (Verdict.ALTERED, Verdict.UNREADABLE)
    assert check.problems or any(one.problems for one in check.signatures)


def test_without_its_signature_it_is_unsigned(world: World) -> None:
    check = world.check(_without(submission.SIGNATURE)(world))
    assert (check.verdict, check.problems) == (Verdict.UNSIGNED, ("VER-010",))


def _mixed(name: str) -> Callable[[World], bytes]:
    """Even the genuine signer must not mix two assessments."""
    return lambda w: relisted({**entries_of(w.one), name: entries_of(w.other)[name]}, signed.lead())


def _changed_content(world: World) -> bytes:
    entries = entries_of(world.one)
    content = entries[submission.CONTENT].replace(b"not_assessed", b"compliant").replace("有制度".encode(), b"-", 1)
    digest = Digest(hashlib.sha256(content).hexdigest())
    return relisted({**entries, submission.CONTENT: content}, signed.lead(), content_digest=digest)


def _journal_without_row(world: World) -> bytes:
    entries = entries_of(world.one)
    lines = entries[submission.JOURNAL].splitlines(keepends=True)
    entries[submission.JOURNAL] = b"".join([*lines[:3], *lines[4:]])
    return relisted(entries, signed.lead())


def _journal_cut(world: World) -> bytes:
    entries = entries_of(world.one)
    entries[submission.JOURNAL] = b"".join(entries[submission.JOURNAL].splitlines(keepends=True)[:-1])
    return relisted(entries, signed.lead())


def _journal_rewritten(world: World) -> bytes:
    entries = entries_of(world.one)
    entries[submission.JOURNAL] = entries[submission.JOURNAL].replace("有制度".encode(), "无制度".encode(), 1)
    return relisted(entries, signed.lead())


def _unsigned_workbook(world: World) -> bytes:
    return relisted({**entries_of(world.one), submission.WORKBOOK: signed.plain_workbook()}, signed.lead())


def _evidence_left_out(world: World) -> bytes:
    kept = {key: value for key, value in entries_of(world.one).items() if not key.startswith("evidence/")}
    return relisted(kept, signed.lead())


def _counts(world: World) -> bytes:
    entries = entries_of(world.one)
    return relisted(entries, signed.lead(), counts={**manifest_of(entries).counts, "answers": 13})


@pytest.mark.parametrize(
    ("mix", "code"),
    [
        (_mixed(submission.REPORT), "VER-135"),
        (_mixed(submission.WORKBOOK), "VER-135"),
        (_mixed(submission.CONTENT), "VER-135"),
        (_mixed(submission.JOURNAL), "VER-134"),
        (_changed_content, "VER-135"),
        (_journal_without_row, "VER-134"),
        (_journal_cut, "VER-134"),
        (_journal_rewritten, "VER-134"),
        (_unsigned_workbook, "VER-137"),
        (_evidence_left_out, "VER-131"),
        (_counts, "VER-133"),
        (lambda w: relisted(entries_of(w.one), signed.lead(), content_digest=Digest("0" * 64)), "VER-135"),
        (lambda w: relisted(entries_of(w.one), signed.lead(), format="other"), "VER-136"),
        (lambda w: relisted({**entries_of(w.one), "mimetype": b"x"}, signed.lead()), "VER-136"),
    ],
)
def test_what_does_not_belong_together_is_refused_even_when_signed(
    world: World, mix: Callable[[World], bytes], code: str
) -> None:
    check = world.check(mix(world))
    assert check.verdict is Verdict.ALTERED
    assert code in check.problems


def test_a_submission_of_a_newer_form_says_so(world: World) -> None:
    check = world.check(relisted(entries_of(world.one), signed.lead(), format_version=2))
    assert (check.verdict, check.problems) == (Verdict.UNREADABLE, ("VER-008",))


@pytest.mark.parametrize("seed", range(4))
def test_no_flipped_byte_anywhere_passes(world: World, seed: int) -> None:
    chance = random.Random(seed)
    small = entries_of(world.one)
    tail = len(world.one) - len(small[submission.MANIFEST]) - len(small[submission.SIGNATURE]) - 1500
    places = [chance.randrange(len(world.one)) for _ in range(25)]
    places += [chance.randrange(tail, len(world.one)) for _ in range(50)]
    for place in places:
        mutated = bytearray(world.one)
        mutated[place] ^= 1 << chance.randrange(8)
        check = world.check(bytes(mutated))
        assert check.verdict in (Verdict.ALTERED, Verdict.UNREADABLE, Verdict.UNTRUSTED), place


def test_files_that_are_no_submission_are_unreadable(world: World) -> None:
    for content in (b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"x" * 5000, zipped({"a": b"b"})):
        assert world.check(content).verdict is Verdict.UNREADABLE


def test_the_same_workspace_packs_the_same_bytes_before_signing(bank: Workspace, tmp_path: Path) -> None:
    files = identity_files(tmp_path)
    submitted.add_evidence(bank, tmp_path)
    workspaces.close(bank)
    packed = []
    for name in ("a", "b"):
        shutil.copytree(bank.path, tmp_path / name / bank.path.name)
        bank.machine.clock.ticks = 500  # type: ignore[attr-defined]  # the tests' own clock
        opened = reopen(bank, path=tmp_path / name / bank.path.name)
        packed.append(entries_of(submitted.pack(opened, tmp_path / name / "s.mdsub", files.identity)))
        workspaces.close(opened)
    first, second = packed
    assert list(first) == list(second)
    signed_with_chance = {submission.REPORT, submission.MANIFEST, submission.SIGNATURE}
    assert {name for name in first if first[name] != second[name]} <= signed_with_chance


def test_plain_evidence_leaves_only_after_a_note_and_is_the_very_content(bank: Workspace, tmp_path: Path) -> None:
    submitted.add_evidence(bank, tmp_path, b"plain words")
    entries = entries_of(submitted.pack(bank, tmp_path / "s.mdsub", identity_files(tmp_path).identity))
    digest = hashlib.sha256(b"plain words").hexdigest()
    assert entries[f"evidence/{digest}"] == b"plain words"
    assert [name for name in entries if name.startswith("evidence/")] == [f"evidence/{digest}"]
    events = [one.event for one in journal.entries(bank, limit=3)]
    assert events == ["checkpoint.signed", "export.finished", "submission.begun"]
    assert b'"submission.begun"' in entries[submission.JOURNAL]
    assert journal.verify(bank).signed_checkpoints == 1


def test_an_approved_submission_names_the_approval(bank: Workspace, tmp_path: Path) -> None:
    signoff.submit(bank, ASSESSMENT)
    signoff.approve(bank, ASSESSMENT, "同意")
    entries = entries_of(submitted.pack(bank, tmp_path / "s.mdsub", identity_files(tmp_path).identity))
    approval = manifest_of(entries).approval
    assert approval is not None
    assert (approval.by, approval.comment) == ("陈思远", "同意")


@pytest.mark.parametrize("share", [0, 0.5], ids=["while packing", "while reading back"])
def test_cancelling_leaves_nothing_but_a_note(bank: Workspace, tmp_path: Path, share: float) -> None:
    submitted.add_evidence(bank, tmp_path)

    def stop(done: int, total: int, what: str = "") -> None:
        if done > share * total:
            raise Cancelled

    request = submissions.SubmissionRequest(
        assessment_id=ASSESSMENT, target=tmp_path / "out" / "s.mdsub", identity=identity_files(tmp_path).identity
    )
    (tmp_path / "out").mkdir()
    with pytest.raises(Cancelled):
        submissions.pack(bank, request, stop)
    assert list((tmp_path / "out").iterdir()) == []
    assert journal.entries(bank, limit=1)[0].event == "submission.failed"


def test_refusals_come_before_anything_leaves(bank: Workspace, tmp_path: Path) -> None:
    files = identity_files(tmp_path)
    before = journal.verify(bank).entries
    inside = submissions.SubmissionRequest(
        assessment_id=ASSESSMENT, target=bank.path / "s.mdsub", identity=files.identity
    )
    with pytest.raises(RuleBroken, match="SUB-001"):
        submissions.pack(bank, inside)
    curve = tmp_path / "curve.p12"
    curve.write_bytes(authority.pack(signed.curve(), SECRET))
    with pytest.raises(SigningRefused, match="SGN-016"):
        submitted.pack(bank, tmp_path / "s.mdsub", Identity(pkcs12=curve, passphrase=SECRET))
    assert journal.verify(bank).entries == before
    empty = make_workspace(tmp_path, name="empty")
    with pytest.raises(RuleBroken, match="EXP-004"):
        submitted.pack(empty, tmp_path / "s.mdsub", files.identity)
    workspaces.close(empty)


def test_damaged_evidence_is_not_delivered(bank: Workspace, tmp_path: Path) -> None:
    submitted.add_evidence(bank, tmp_path)
    blob = next(path for path in (bank.path / "blobs").rglob("*") if path.is_file())
    content = bytearray(blob.read_bytes())
    content[len(content) // 2] ^= 1
    blob.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="EVI-005"):
        submitted.pack(bank, tmp_path / "s.mdsub", identity_files(tmp_path).identity)
    assert not (tmp_path / "s.mdsub").exists()


def test_rows_about_other_institutions_are_withheld_but_the_chain_still_holds(bank: Workspace, tmp_path: Path) -> None:
    files = identity_files(tmp_path)
    secret = Institution(id=InstitutionId("other"), name=Text("另一家银行", "Another bank"))
    engagements.save_institution(bank, secret)
    submitted.add_evidence(bank, tmp_path)
    packed = submitted.pack(bank, tmp_path / "s.mdsub", files.identity)
    entries = entries_of(packed)
    assert "另一家银行".encode() not in b"".join(entries.values())
    manifest = manifest_of(entries)
    assert manifest.journal_withheld >= 1
    assert manifest.journal_entries > manifest.journal_withheld
    check = verifying.verify_file(tmp_path / "s.mdsub", (files.root,), clock=signed.CLOCK)
    assert check.verdict is Verdict.VALID
    assert dict(check.details)["journal_withheld"] == str(manifest.journal_withheld)


def test_every_copied_revision_leaves_once(bank: Workspace, tmp_path: Path) -> None:
    second = make_answered(tmp_path, name="second")
    submitted.add_evidence(second, tmp_path, b"first")
    item = evidence.list_evidence(second, ASSESSMENT)[0]
    for content in (b"second", b"first"):
        (tmp_path / "next.pdf").write_bytes(content)
        evidence.add_revision(second, item.id, tmp_path / "next.pdf")
    wish = evidence.TakeIn(source=tmp_path / "next.pdf", links=(link_to("CM-VC-VCS-1.1"),))
    evidence.take_in(second, wish)
    entries = entries_of(submitted.pack(second, tmp_path / "s.mdsub", identity_files(tmp_path).identity))
    assert sorted(entries[name] for name in entries if name.startswith("evidence/")) == [b"first", b"second"]
    assert manifest_of(entries).counts["evidence_files"] == 2
    workspaces.close(second)
