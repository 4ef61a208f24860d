"""Submissions put together anew by somebody with a believed key: what does not belong together shows all the same."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest

from maturity_desktop.domain import canonical, submission
from maturity_desktop.domain.journal import JournalEntry, recompute
from maturity_desktop.domain.text import Text
from maturity_desktop.services import verifying, workspaces
from maturity_desktop.services.verifying import FileCheck, Verdict
from maturity_desktop.signing.opc_verify import verify_package
from tests.factories import signed, submitted, zip_attacks
from tests.factories.reviewed import IdentityFiles, identity_files, make_answered
from tests.factories.submitted import entries_of, manifest_of, relisted


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


def _rehashed(entries: dict[str, bytes], *, first: int) -> tuple[bytes, str]:
    """Rewrite the journal from one row on, every hash anew, as anybody can who knows how; return it and its head."""
    lines, previous = [], ""
    for line in entries[submission.JOURNAL].splitlines():
        row = canonical.decode(line, JournalEntry)
        if row.sequence >= first:
            row = replace(
                row, actor="somebody else", previous_hash=previous if row.sequence > first else row.previous_hash
            )
            row = replace(row, hash=recompute(row))
        previous = row.hash
        lines.append(submission.line_of(row))
    return b"".join(lines), previous


def _journal_rehashed(world: World) -> bytes:
    entries = entries_of(world.one)
    entries[submission.JOURNAL], head = _rehashed(entries, first=5)
    return relisted(entries, signed.lead(), journal_head=head)


def _journal_shortened(world: World) -> bytes:
    """Cut rows off and list the new length and head as if they had always been those."""
    entries = entries_of(world.one)
    lines = entries[submission.JOURNAL].splitlines(keepends=True)[:-2]
    entries[submission.JOURNAL] = b"".join(lines)
    head = canonical.decode(lines[-1], JournalEntry).hash
    return relisted(entries, signed.lead(), journal_head=head, journal_entries=len(lines))


def _journal_lengthened(world: World) -> bytes:
    entries = entries_of(world.one)
    last = canonical.decode(entries[submission.JOURNAL].splitlines()[-1], JournalEntry)
    row = replace(last, sequence=last.sequence + 1, previous_hash=last.hash, reason="level 5")
    row = replace(row, hash=recompute(row))
    entries[submission.JOURNAL] += submission.line_of(row)
    return relisted(entries, signed.lead(), journal_head=row.hash, journal_entries=row.sequence)


def _journal_with_blank_line(world: World) -> bytes:
    entries = entries_of(world.one)
    return relisted({**entries, submission.JOURNAL: entries[submission.JOURNAL] + b"\n"}, signed.lead())


def _workbook_with_other_keywords(world: World) -> bytes:
    """Put the other assessment's signed workbook in, with keywords, which nobody signs, changed to fit."""
    ours, others = (manifest_of(entries_of(one)).content_digest for one in (world.one, world.other))
    workbook = entries_of(world.other)[submission.WORKBOOK]
    core = zip_attacks.read(workbook, "docProps/core.xml").replace(others.encode(), ours.encode())
    renamed = zip_attacks.rebuilt(workbook, {"docProps/core.xml": core})
    assert verify_package(BytesIO(renamed), signed.trust(), at=signed.NOW).verdict is Verdict.VALID
    return relisted({**entries_of(world.one), submission.WORKBOOK: renamed}, signed.lead())


def _told(**changes: object) -> Callable[[World], bytes]:
    """Let the manifest tell of something else than the content does."""
    return lambda world: relisted(entries_of(world.one), signed.lead(), **changes)


@pytest.mark.parametrize(
    ("forge", "code"),
    [
        (_journal_rehashed, "VER-134"),
        (_journal_shortened, "VER-134"),
        (_journal_lengthened, "VER-134"),
        (_journal_with_blank_line, "VER-134"),
        (_workbook_with_other_keywords, "VER-135"),
        (_told(level="5"), "VER-135"),
        (_told(institution=Text("别的银行", "Another bank")), "VER-135"),
        (_told(system=Text("别的系统", "Another system")), "VER-135"),
        (_told(edition_id="9"), "VER-135"),
        (_told(standard_id="another"), "VER-135"),
        (_told(assessment_id="another"), "VER-135"),
    ],
)
def test_a_believed_key_does_not_make_a_lie_consistent(
    world: World, forge: Callable[[World], bytes], code: str
) -> None:
    check = world.check(forge(world))
    assert check.verdict is Verdict.ALTERED
    assert code in check.problems


def test_listing_and_signing_anew_without_any_change_stays_valid(world: World) -> None:
    assert world.check(relisted(entries_of(world.one), signed.lead())).verdict is Verdict.VALID
