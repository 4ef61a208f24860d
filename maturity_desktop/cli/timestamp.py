"""`timestamp`: proof of time for a signed PDF file, from an authority on the network."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.services import timestamping
from maturity_desktop.services.context import Machine
from maturity_desktop.services.verifying import TrustFiles
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    stamping = commands.add_parser(
        "timestamp", help="add time-stamps and validation data to a signed PDF (needs a network)"
    )
    stamping.add_argument("file", type=Path, metavar="FILE.pdf")
    stamping.add_argument("--out", type=Path, required=True, metavar="FILE")
    stamping.add_argument("--tsa", required=True, metavar="URL", help="RFC 3161 time-stamp authority")
    for name, needed, what in (
        ("--trust", True, "root of the signers; may be repeated"),
        ("--tsa-trust", True, "root of the authority; may be repeated"),
        ("--institution-trust", False, "root of the institution's approval"),
        ("--crl", False, "revocation list to keep inside the file"),
    ):
        stamping.add_argument(name, type=Path, action="append", default=[], required=needed, metavar="FILE", help=what)
    options.add_output(stamping)
    stamping.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Add the proof and say which time is proven."""
    more = TrustFiles(
        institution_roots=tuple(args.institution_trust), crls=tuple(args.crl), tsa_roots=tuple(args.tsa_trust)
    )
    wish = timestamping.TimestampWish(
        file=args.file, target=args.out, authority=args.tsa, trust=tuple(args.trust), more=more
    )
    done = timestamping.timestamp(machine, wish)
    if args.json:
        tell_json({"ok": True, "path": str(done.path), "sha256": done.sha256, "proven_at": done.proven_at})
    else:
        at = done.proven_at.isoformat(sep=" ", timespec="seconds")
        tell(say(args.lang, "export.timestamped", path=done.path, at=at, authority=done.authority))
    return GOOD
