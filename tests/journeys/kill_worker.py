"""A program to be killed: does one kind of act for ever and tells each finished one on standard output.

``python -m tests.journeys.kill_worker ACT WORKSPACE OUTSIDE``; OUTSIDE is a folder for sources and targets.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.services import assessments, evidence, exporting, workspaces
from maturity_desktop.services.assessments import AnswerRequest
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.evidence import TakeIn
from maturity_desktop.services.exporting import ExportRequest
from tests.factories.sealed_workspace import ASSESSMENT, PASSPHRASE, link_to, make_edition, make_machine

MARKER = "标记文字-zebra-crossing-8128"
READY = "ready"
MEBIBYTE = 1024 * 1024
CRITERIA = tuple(make_edition().criterion_by_id)


def answer(workspace: Workspace, outside: Path, count: int) -> str:
    """Answer one criterion."""
    request = AnswerRequest(
        criterion_id=CRITERIA[count % len(CRITERIA)],
        value=AnswerValue.COMPLIANT,
        rationale=f"{MARKER} {os.getpid()} {count}",
    )
    saved = assessments.record_answers(workspace, ASSESSMENT, (request,)).value.answers[0]
    return f"{saved.criterion_id}\t{saved.revision}\t{saved.rationale}"


def attach(workspace: Workspace, outside: Path, count: int) -> str:
    """Take in a file of changing size that nobody took in before; every fifth one comes twice."""
    source = outside / "source.txt"
    if count % 5 != 4:
        line = f"{MARKER} {os.getpid()} {count}\n".encode()
        size = (3 * MEBIBYTE, 200, MEBIBYTE - 7, 900_000, 0)[count % 5]
        source.write_bytes(line * (size // len(line) + 1))
    saved = evidence.take_in(workspace, TakeIn(source=source, links=(link_to(),))).value
    return f"{saved.id}\t{saved.newest.id}\t{saved.newest.sha256}"


def back_up(workspace: Workspace, outside: Path, count: int) -> str:
    """Write a backup, in turn under two names."""
    return workspaces.back_up(workspace, outside / f"backup-{count % 2}").value.name


def export(workspace: Workspace, outside: Path, count: int) -> str:
    """Write a report, in turn under two names; a report says something only when something was answered."""
    answer(workspace, outside, count)
    request = ExportRequest(assessment_id=ASSESSMENT, target=outside / f"report-{count % 2}.pdf")
    done = exporting.export_report(workspace, request).value
    return f"{done.path.name}\t{done.sha256}"


ACTS: dict[str, Callable[[Workspace, Path, int], str]] = {
    "answering": answer,
    "attaching": attach,
    "backing-up": back_up,
    "exporting": export,
}


def main() -> None:
    act, folder, outside = ACTS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3])
    workspace = workspaces.open_workspace(make_machine(outside), folder, PASSPHRASE)
    print(READY, flush=True)
    for count in range(1_000_000):
        print(act(workspace, outside, count), flush=True)


if __name__ == "__main__":
    main()
