"""Killing the program in the middle of its work, many times, and looking at what is left.

``python -m tests.journeys.kill_series --times 200`` runs the long series for every act and prints what it found.
"""

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2

from maturity_desktop.domain.ids import CriterionId, RevisionId
from maturity_desktop.services import assessments, contents, evidence, exporting, workspaces
from maturity_desktop.services.context import Workspace
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_machine, make_workspace
from tests.journeys.kill_worker import ACTS, MARKER, READY

KILLS_PER_WORKSPACE = 20
# act → how many acts a program may finish before it is killed, at most, and how long the last one may run
MOST_ACTS = {"answering": (40, 0.05), "attaching": (8, 0.1), "backing-up": (8, 0.15), "exporting": (2, 1.0)}


@dataclass(slots=True)
class Found:
    """What a series found; everything from `lost` on must stay 0.

    Attributes:
        parts, orphans: leftovers that the next opening swept; they show that kills hit the middle of an intake.
    """

    act: str
    kills: int = 0
    acknowledged: int = 0
    parts: int = 0
    orphans: int = 0
    lost: int = 0
    damaged_contents: int = 0
    broken_workspaces: int = 0
    readable_files: int = 0
    left_after_sweep: int = 0
    broken_targets: int = 0

    @property
    def faults(self) -> int:
        """Everything that must not happen."""
        return (
            self.lost
            + self.damaged_contents
            + self.broken_workspaces
            + self.readable_files
            + self.left_after_sweep
            + self.broken_targets
        )


@dataclass(slots=True)
class Place:
    """The folders of one workspace under test; `judged` are contents found whole before (they never change)."""

    workspace: Path
    outside: Path
    temporary: Path
    judged: set[str] = field(default_factory=set)


def series(act: str, folder: Path, kills: int, chance: random.Random) -> Found:
    """Kill a program that does `act`, `kills` times; judge what is left after each kill."""
    found = Found(act)
    place = Place(folder, folder, folder)
    for number in range(kills):
        if number % KILLS_PER_WORKSPACE == 0:
            place = new_place(folder / str(number))
        most, longest_s = MOST_ACTS[act]
        lines = kill_once(act, place, (number + 1) % (most + 1), chance.uniform(0.0, longest_s))
        found.kills += 1
        found.acknowledged += len(lines)
        judge(found, place, lines)
    return found


def kill_once(act: str, place: Place, acts: int, after_s: float) -> list[str]:
    """Let the program finish `acts` acts and go on for a while, kill it; return the lines it acknowledged in full."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.kill_worker", act, str(place.workspace), str(place.outside)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(place.temporary), "SQLITE_TMPDIR": str(place.temporary)},
        text=True,
        encoding="utf-8",
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == READY
    told = "".join(program.stdout.readline() for _ in range(acts))
    time.sleep(after_s)
    program.send_signal(signal.SIGKILL)
    told += program.stdout.read()
    assert program.wait() == -signal.SIGKILL, "the program died by itself"
    program.stdout.close()
    return told.split("\n")[:-1]


def new_place(folder: Path) -> Place:
    """Make a workspace, a folder for sources and targets, and one for temporary files."""
    for name in ("work", "outside", "temporary"):
        (folder / name).mkdir(parents=True)
    workspace = make_workspace(folder / "work")
    workspaces.close(workspace)
    return Place(workspace.path, folder / "outside", folder / "temporary")


def judge(found: Found, place: Place, lines: list[str]) -> None:
    """Add to `found` what is wrong after a kill; `lines` are what the program had acknowledged."""
    found.readable_files += len(files_that_tell(place.workspace, MARKER) + files_that_tell(place.temporary, MARKER))
    found.parts += len(list((place.workspace / "tmp").glob("*")))
    _judge_contents(found, place)
    workspace = workspaces.open_workspace(make_machine(place.outside), place.workspace, PASSPHRASE)
    try:
        found.left_after_sweep += len(list((place.workspace / "tmp").glob("*")))
        found.left_after_sweep += _contents_without_row(workspace)
        found.broken_workspaces += not workspaces.check_integrity(workspace).is_sound
        found.lost += sum(not _IS_THERE[found.act](workspace, line) for line in lines)
        found.broken_targets += _broken_targets(found.act, place, workspace)
    finally:
        workspaces.close(workspace)


def _judge_contents(found: Found, place: Place) -> None:
    """Look, before anything is swept, whether every content with a final name is whole."""
    shown = workspaces.open_workspace(make_machine(place.outside), place.workspace, PASSPHRASE, read_only=True)
    try:
        keeper = contents.vault_of(shown)
        names = {path.name for path in (place.workspace / "blobs").glob("*/*")}
        found.damaged_contents += sum(not keeper.holds(name) for name in names - place.judged)
        found.orphans += _contents_without_row(shown)
        place.judged |= names
    finally:
        workspaces.close(shown)


def _contents_without_row(workspace: Workspace) -> int:
    with workspace.read() as reading:
        known = {revision.blob for revision in reading.evidence.contents()}
    return len({path.name for path in (workspace.path / "blobs").glob("*/*")} - known)


def _answer_is_there(workspace: Workspace, line: str) -> bool:
    criterion, revision, rationale = line.split("\t")
    told = assessments.history(workspace, ASSESSMENT, CriterionId(criterion))
    return any(each.revision == int(revision) and each.rationale == rationale for each in told)


def _evidence_is_there(workspace: Workspace, line: str) -> bool:
    evidence_id, revision_id, sha256 = line.split("\t")
    if not any(item.id == evidence_id for item in evidence.list_evidence(workspace, ASSESSMENT)):
        return False
    with evidence.open_content(workspace, RevisionId(revision_id)) as stream:
        return hashlib.sha256(stream.read()).hexdigest() == sha256


def _backup_is_told(workspace: Workspace, line: str) -> bool:
    with workspace.read() as reading:
        return any(entry.event == "workspace.backed_up" and line in entry.new for entry in reading.journal.walk())


def _export_is_told(workspace: Workspace, line: str) -> bool:
    sha256 = line.split("\t")[1]
    return any(record.sha256 == sha256 for record in exporting.list_exports(workspace, ASSESSMENT))


_IS_THERE: dict[str, Callable[[Workspace, str], bool]] = {
    "answering": _answer_is_there,
    "attaching": _evidence_is_there,
    "backing-up": _backup_is_told,
    "exporting": _export_is_told,
}


def _broken_targets(act: str, place: Place, workspace: Workspace) -> int:
    """Count files that have their final name and are not whole."""
    broken = 0
    if act == "backing-up":
        for backup in place.outside.glob("[!.]*.mdbackup"):
            with tempfile.TemporaryDirectory() as folder:
                restored = workspaces.restore(workspace.machine, backup, Path(folder) / "again")
                broken += not (restored / "workspace.db").is_file()
    for report in place.outside.glob("[!.]*.pdf"):
        broken += len(pypdfium2.PdfDocument(report)) == 0
    return broken


def files_that_tell(folder: Path, words: str) -> list[Path]:
    """Return the files below `folder` whose bytes or names contain `words` in an encoding a reader could see."""
    needles = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "gb18030", "unicode_escape")]
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in files if words in path.name or any(needle in path.read_bytes() for needle in needles)]


def main() -> int:
    """Run the series named on the command line; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--act", choices=sorted(ACTS), action="append")
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    faults = 0
    for act in wanted.act or ACTS:
        with tempfile.TemporaryDirectory(prefix="maturity-kill-") as folder:
            found = series(act, Path(folder), wanted.times, random.Random(wanted.seed))
        print(found, flush=True)
        faults += found.faults
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
