"""`submission pack`: everything about one assessment in one signed file for upload."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.export import chosen_assessment
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import submissions, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.export_requests import Signatory, Sm2Identity
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("submission", help="pack an assessment for upload").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    pack = top.add_parser("pack", help="write content, journal, evidence, signed report and workbook into one file")
    pack.add_argument("workspace", type=Path, help="a .maturity folder")
    pack.add_argument("--out", type=Path, required=True, metavar="FILE.mdsub")
    pack.add_argument("--assessment", default="", metavar="ID", help="needed when the workspace holds several")
    pack.add_argument("--language", choices=("zh", "en", "both"), default="zh", help="language of the documents inside")
    options.add_passphrase(pack, "passphrase", "workspace passphrase")
    options.add_signatory(pack, required=True)
    options.add_sm2(pack)
    options.add_output(pack)
    pack.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Pack and say what was written."""
    identity = options.signatory(args)
    if identity is None:
        raise RuleBroken("CLI-003", option="--identity")
    sm2 = options.sm2_identity(args)
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret)
    try:
        packed = _packed(workspace, args, identity, sm2)
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json({"ok": True, **as_json(packed)})
        return GOOD
    tell(say(args.lang, "submission.packed", path=packed.path, size=packed.size_bytes, sha256=packed.sha256))
    tell(say(args.lang, "submission.counts", **dict(packed.counts)))
    tell(say(args.lang, "submission.signed", signer=packed.signer))
    if packed.sm2_signer:
        tell(say(args.lang, "submission.sm2_signed", signer=packed.sm2_signer))
    tell(say(args.lang, "submission.approved" if packed.is_approved else "submission.not_approved"))
    return GOOD


def _packed(
    workspace: Workspace, args: argparse.Namespace, identity: Signatory, sm2: Sm2Identity | None
) -> submissions.Packed:
    languages: tuple[Language, ...] = ("zh", "en") if args.language == "both" else (args.language,)
    request = submissions.SubmissionRequest(
        assessment_id=chosen_assessment(workspace, args.assessment),
        target=args.out,
        identity=identity,
        languages=languages,
        sm2=sm2,
    )
    return submissions.pack(workspace, request).value


def as_json(packed: submissions.Packed) -> dict[str, object]:
    """Return what was packed with stable keys."""
    return {
        "path": str(packed.path),
        "size_bytes": packed.size_bytes,
        "sha256": packed.sha256,
        "content_digest": packed.content_digest,
        "counts": dict(packed.counts),
        "signer": packed.signer,
        "sm2_signer": packed.sm2_signer,
        "approved": packed.is_approved,
    }
