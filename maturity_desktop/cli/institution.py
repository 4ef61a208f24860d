"""`sign-institution`: a further signature on a report (in the field prepared for it) or on a signed workbook."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.services import countersigning, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    signing = commands.add_parser("sign-institution", help="counter-sign a signed report or workbook")
    signing.add_argument("report", type=Path, metavar="FILE", help="report (PDF) or workbook (Excel)")
    signing.add_argument("--out", type=Path, required=True, metavar="FILE")
    signing.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="CA.pem", help="root of those before"
    )
    signing.add_argument("--language", choices=("zh", "en"), default="zh", help="language of the visible stamp")
    signing.add_argument("--workspace", type=Path, metavar="FOLDER", help="where the key named by --kept is kept")
    options.add_passphrase(signing, "passphrase", "workspace passphrase")
    options.add_signatory(signing, required=True)
    options.add_output(signing)
    signing.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Sign and say who has signed now."""
    wish = countersigning.Approval(
        report=args.report,
        target=args.out,
        signatory=options.required_signatory(args),
        language=args.language,
        trust=tuple(args.trust),
    )
    done = _approved(machine, wish, args)
    if args.json:
        named = [{"field": field, "signer": signer} for field, signer in done.signatures]
        tell_json({"ok": True, "path": str(done.path), "sha256": done.sha256, "signatures": named})
        return GOOD
    names = say(args.lang, "cli.list_comma").join(signer for _, signer in done.signatures)
    tell(say(args.lang, "export.approved", path=done.path, names=names, sha256=done.sha256))
    return GOOD


def _approved(machine: Machine, wish: countersigning.Approval, args: argparse.Namespace) -> countersigning.Approved:
    if args.workspace is None:
        return countersigning.approve(machine, wish)
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=True)
    try:
        return countersigning.approve(machine, wish, workspace)
    finally:
        workspaces.close(workspace)
