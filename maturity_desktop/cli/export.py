"""`export report|workbook|certificate`: the same exports as the window makes."""

import argparse
from datetime import date
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import engagements, exporting, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.wording import say

KINDS = ("report", "workbook", "certificate")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    export = commands.add_parser("export", help="write a report, a workbook or a certificate")
    export.add_argument("kind", choices=KINDS)
    export.add_argument("workspace", type=Path, help="a .maturity folder")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument("--assessment", default="", metavar="ID", help="needed when the workspace holds several")
    export.add_argument("--language", choices=("zh", "en", "both"), default="zh", help="language of the file")
    export.add_argument("--final", action="store_true", help="without the draft mark")
    export.add_argument("--issued-on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="certificate only")
    options.add_passphrase(export, "passphrase", "workspace passphrase")
    options.add_signatory(export, required=False)
    options.add_output(export)
    export.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Export one file and say what was written."""
    identity = options.signatory(args)
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret)
    try:
        done = _export(workspace, args, identity)
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json({"ok": True, **as_json(done)})
    else:
        tell(sentence(done, args.lang))
    return GOOD


def _export(workspace: Workspace, args: argparse.Namespace, identity: Signatory | None) -> exporting.Exported:
    assessment_id = chosen_assessment(workspace, args.assessment)
    languages: tuple[Language, ...] = ("zh", "en") if args.language == "both" else (args.language,)
    if args.kind == "certificate":
        wish = exporting.CertificateRequest(
            assessment_id=assessment_id,
            target=args.out,
            issued_on=args.issued_on or workspace.machine.clock.today(),
            languages=languages,
            identity=identity,
        )
        return exporting.issue_certificate(workspace, wish).value[1]
    request = exporting.ExportRequest(
        assessment_id=assessment_id, target=args.out, languages=languages, identity=identity, is_final=args.final
    )
    verb = exporting.export_report if args.kind == "report" else exporting.export_workbook
    return verb(workspace, request).value


def chosen_assessment(workspace: Workspace, wish: str) -> AssessmentId:
    """Return the assessment asked for, or the only one.

    Raises:
        RuleBroken: CLI-004 none or several to choose from, or an unknown id.
    """
    ids = [
        card.assessment.id for engagement in engagements.list_engagements(workspace) for card in engagement.assessments
    ]
    if wish and wish in ids:
        return AssessmentId(wish)
    if len(ids) == 1 and not wish:
        return ids[0]
    raise RuleBroken("CLI-004", ids=", ".join(ids) or "–")


def as_json(done: exporting.Exported) -> dict[str, object]:
    """Return what was written with stable keys."""
    return {
        "kind": done.kind,
        "path": str(done.path),
        "size_bytes": done.size_bytes,
        "sha256": done.sha256,
        "content_digest": done.content_digest,
        "pages": done.pages,
        "signer": done.signer,
        "counts": {what: {"in_file": found, "in_workspace": kept} for what, found, kept in done.counts},
    }


def sentence(done: exporting.Exported, language: Language) -> str:
    """Return one line: what was written, counted, verified."""
    counts = say(language, "cli.list_comma").join(
        say(language, f"cli.count_{what}", found=found, kept=kept) for what, found, kept in done.counts
    )
    verified = say(language, "cli.signed_by", signer=done.signer) if done.signer else say(language, "cli.not_signed")
    return say(language, "cli.exported", path=done.path, counts=counts, verified=verified, sha256=done.sha256)
