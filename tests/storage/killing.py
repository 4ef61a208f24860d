"""Killing a program while it answers: whatever it acknowledged must be there afterwards.

``python -m tests.storage.killing FOLDER 200`` runs the long series; the ordinary tests run a short one.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.services import assessments, journal, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, make_machine, make_workspace

MARKER = "标记文字-zebra-crossing-4711"
READY = "ready"


@dataclass(slots=True)
class Tally:
    """What a series found."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    broken_journals: int = 0
    readable_files: int = 0


def answer_for_ever(folder: Path) -> None:
    """Answer the same criteria again and again, telling each durable revision on standard output."""
    machine = make_machine(folder.parent)
    workspace = workspaces.open_workspace(machine, folder, os.environ["TEST_PASSPHRASE"])
    criteria = tuple(assessments.load_sheet(workspace, ASSESSMENT).edition.criterion_by_id)
    values = (AnswerValue.COMPLIANT, AnswerValue.NOT_COMPLIANT, AnswerValue.PARTIALLY_COMPLIANT)
    print(READY, flush=True)
    for count in range(1_000_000):
        criterion = criteria[count % len(criteria)]
        rationale = f"{MARKER} {os.getpid()} {count}"
        request = AnswerRequest(criterion_id=criterion, value=values[count % 3], rationale=rationale)
        saved = assessments.record_answers(workspace, ASSESSMENT, (request,)).value.answers[0]
        print(f"{criterion}\t{saved.revision}\t{saved.rationale}", flush=True)


def kill_once(folder: Path, after_s: float) -> list[str]:
    """Let the program answer for a while, kill it, and return the lines it acknowledged in full."""
    program = subprocess.Popen(
        [sys.executable, "-m", __name__ if __name__ != "__main__" else "tests.storage.killing", str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TEST_PASSPHRASE": PASSPHRASE},
        text=True,
        encoding="utf-8",
    )
    assert program.stdout is not None
    assert program.stdout.readline().strip() == READY
    time.sleep(after_s)
    program.send_signal(signal.SIGKILL)
    told = program.stdout.read()
    program.wait()
    program.stdout.close()
    return told.split("\n")[:-1]


def series(folder: Path, kills: int, chance: random.Random) -> Tally:
    """Kill `kills` times and look after each kill whether everything acknowledged is there."""
    workspace = make_workspace(folder)
    workspaces.close(workspace)
    tally = Tally()
    for _ in range(kills):
        lines = kill_once(workspace.path, chance.uniform(0.02, 0.25))
        tally.kills += 1
        tally.acknowledged += len(lines)
        tally.readable_files += len(files_that_tell(folder, MARKER))
        _look(workspace.path, lines, tally)
    return tally


def _look(path: Path, lines: list[str], tally: Tally) -> None:
    workspace = workspaces.open_workspace(make_machine(path.parent), path, PASSPHRASE)
    for line in lines:
        criterion, revision, rationale = line.split("\t")
        told = assessments.history(workspace, ASSESSMENT, criterion)  # type: ignore[arg-type]  # ids are text
        tally.lost += not any(each.revision == int(revision) and each.rationale == rationale for each in told)
    tally.broken_journals += not journal.verify(workspace).is_intact
    workspaces.close(workspace)


def files_that_tell(folder: Path, words: str) -> list[Path]:
    """Return the files below `folder` whose bytes contain `words` in an encoding a reader could see."""
    needles = [
        words.encode("utf-8"),
        words.encode("utf-16-le"),
        words.encode("gb18030"),
        words.encode("unicode_escape"),
    ]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


if __name__ == "__main__":
    if len(sys.argv) == 2:
        answer_for_ever(Path(sys.argv[1]))
    print(series(Path(sys.argv[1]), int(sys.argv[2]), random.Random(0)))
