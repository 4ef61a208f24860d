"""`demo`: the whole sample job without a window, every file verified."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.export import as_json, sentence
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED, tell, tell_json
from maturity_desktop.services import showcase
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    demo = commands.add_parser("demo", help="write the sample workspace and everything it exports, verified")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    options.add_output(demo)
    demo.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Do it and say what was written and verified."""
    if not args.json:
        tell(say(args.lang, "cli.demo_begins"))
    done = showcase.run(machine, args.out.resolve())
    if args.json:
        tell_json(
            {
                "ok": done.is_good,
                "workspace": str(done.workspace),
                "passphrase": done.passphrase,
                "root": str(done.root),
                "backup": str(done.backup),
                "submission": str(done.submission),
                "exports": [as_json(export) for export in done.exports],
                "verdicts": {str(check.path): check.verdict.value for check in done.checks},
                "journal": {"entries": done.chain.entries, "intact": done.chain.is_intact, "head": done.chain.head},
            }
        )
    else:
        tell(say(args.lang, "cli.demo_workspace", path=done.workspace, passphrase=done.passphrase))
        for export in done.exports:
            tell(sentence(export, args.lang))
        tell(say(args.lang, "cli.demo_backup", path=done.backup))
        for check in done.checks:
            tell(say(args.lang, f"cli.verdict_{check.verdict}", path=check.path, root=done.root.name))
        tell(say(args.lang, "cli.journal_intact", count=done.chain.entries, head=done.chain.head))
    return GOOD if done.is_good else NOT_VERIFIED
