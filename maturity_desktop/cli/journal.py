"""`journal verify`: walk the hash chain of a workspace and name the first broken link."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED, tell, tell_json
from maturity_desktop.services import journal, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("journal", help="check the journal of a workspace").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    verify = top.add_parser("verify", help="walk the hash chain; exit 3 when a link is broken")
    verify.add_argument("workspace", type=Path, help="a .maturity folder or .mdbackup file")
    options.add_passphrase(verify, "passphrase", "workspace passphrase")
    options.add_output(verify)
    verify.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Verify and report."""
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=True)
    try:
        report = journal.verify(workspace)
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json(
            {
                "ok": report.is_intact,
                "entries": report.entries,
                "head": report.head,
                "broken_at": report.broken_at,
                "problem": report.problem,
                "signed_checkpoints": report.signed_checkpoints,
            }
        )
    elif report.is_intact:
        tell(say(args.lang, "cli.journal_intact", count=report.entries, head=report.head))
        if report.signed_checkpoints:
            tell(say(args.lang, "cli.journal_signed", count=report.signed_checkpoints))
    else:
        tell(say(args.lang, f"cli.journal_broken_{report.problem}", row=report.broken_at))
    return GOOD if report.is_intact else NOT_VERIFIED
