"""The whole job on the sample, without a window: fill, sign, export, back up, verify with nothing but the root."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.journal import ChainReport
from maturity_desktop.domain.text import Language
from maturity_desktop.services import (
    engagements,
    exporting,
    identities,
    journal,
    sample,
    signoff,
    submissions,
    verifying,
    workspaces,
)
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.system.files import write_atomically
from maturity_desktop.system.progress import Progress, silent

IDENTITY_NAME = "示例评估组长 Sample Lead Assessor"
ROOT_NAME = "ca.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Showcase:
    """Everything written, and what an independent look at it said.

    Attributes:
        checks: the verdict on every signed file, judged with `ca.pem` alone.
    """

    workspace: Path
    passphrase: str
    root: Path
    exports: tuple[exporting.Exported, ...]
    backup: Path
    submission: Path
    checks: tuple[verifying.FileCheck, ...]
    chain: ChainReport

    @property
    def is_good(self) -> bool:
        """Whether every file is valid and the journal intact."""
        return self.chain.is_intact and all(check.verdict is verifying.Verdict.VALID for check in self.checks)


def run(machine: Machine, folder: Path, progress: Progress = silent) -> Showcase:
    """Do the sample job in `folder` (made when missing) and verify every file written.

    Raises:
        EnvironmentProblem, VerificationFailed: as the verbs it calls.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place, passphrase = sample.create(machine, folder, progress)
    write_atomically(folder / "passphrase.txt", f"{passphrase}\n".encode())
    workspace = workspaces.open_workspace(machine, place, passphrase)
    try:
        with _identity(machine, folder) as identity:
            _approve(workspace, identity)
            exports = tuple(_exports(workspace, folder, identity))
            submission = _submission(workspace, folder, identity)
        backup = workspaces.back_up(workspace, folder / "sample.mdbackup").value
        chain = journal.verify(workspace)
    finally:
        workspaces.close(workspace)
    root = folder / ROOT_NAME
    return Showcase(
        workspace=place,
        passphrase=passphrase,
        root=root,
        exports=exports,
        backup=backup,
        submission=submission,
        checks=tuple(verifying.verify_file(path, (root,)) for path in (*(done.path for done in exports), submission)),
        chain=chain,
    )


@contextmanager
def _identity(machine: Machine, folder: Path) -> Iterator[exporting.Identity]:
    """Lend a fresh identity whose private key is gone afterwards; its root stays as `ca.pem`."""
    secret = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory() as private:
        wish = identities.NewIdentity(name=IDENTITY_NAME, organisation="示例评估中心 Sample Assessment Centre")
        made = identities.make(machine, wish, Path(private), secret)
        write_atomically(folder / ROOT_NAME, made.root.read_bytes())
        yield exporting.Identity(pkcs12=made.pkcs12, passphrase=secret)


def _approve(workspace: Workspace, identity: exporting.Identity) -> None:
    """Take the sample through its review as its lead assessor, who made it; one approved already stays so."""
    assessment_id = _the_assessment(workspace)
    if signoff.state_of(workspace, assessment_id) is signoff.SignoffState.DRAFT:
        signoff.submit(workspace, assessment_id)
        signoff.approve(workspace, assessment_id, identity=identity)


def _exports(workspace: Workspace, folder: Path, identity: exporting.Identity) -> Iterator[exporting.Exported]:
    assessment_id = _the_assessment(workspace)
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        wish = exporting.ExportRequest(
            assessment_id=assessment_id,
            target=folder / f"report-{language}.pdf",
            languages=(language,),
            identity=identity,
            is_final=True,
        )
        yield exporting.export_report(workspace, wish).value
    workbook = exporting.ExportRequest(
        assessment_id=assessment_id,
        target=folder / "workbook.xlsx",
        languages=languages,
        identity=identity,
        is_final=True,
    )
    yield exporting.export_workbook(workspace, workbook).value
    certificate = exporting.CertificateRequest(
        assessment_id=assessment_id,
        target=folder / "certificate.pdf",
        issued_on=workspace.machine.clock.today(),
        identity=identity,
    )
    yield exporting.issue_certificate(workspace, certificate).value[1]


def _submission(workspace: Workspace, folder: Path, identity: exporting.Identity) -> Path:
    wish = submissions.SubmissionRequest(
        assessment_id=_the_assessment(workspace), target=folder / "submission.mdsub", identity=identity
    )
    return submissions.pack(workspace, wish).value.path


def _the_assessment(workspace: Workspace) -> AssessmentId:
    return engagements.list_engagements(workspace)[0].assessments[0].assessment.id
