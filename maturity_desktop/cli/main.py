"""The command line: chooses the command and turns refusals into sentences and exit codes."""

import argparse
from collections.abc import Sequence

from maturity_desktop import __version__
from maturity_desktop.cli import (
    certificates,
    demo,
    doctor,
    export,
    identity,
    institution,
    journal,
    moving,
    self_assessment,
    signoff,
    standards,
    submission,
    timestamp,
    trust,
    verify,
)
from maturity_desktop.cli.output import speak_utf8, tell_problem
from maturity_desktop.errors import MaturityError
from maturity_desktop.services.context import Machine

COMMANDS = (
    demo,
    standards,
    self_assessment,
    moving,
    export,
    institution,
    timestamp,
    identity,
    certificates,
    signoff,
    submission,
    verify,
    trust,
    journal,
    doctor,
)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(prog="maturity-desktop", description="Capability-maturity assessment, offline.")
    top.add_argument("--version", action="version", version=f"maturity-desktop {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(commands)
    return top


def main(argv: Sequence[str], machine: Machine) -> int:
    """Run one command and return its exit code (argparse itself ends with 2 on wrong usage)."""
    speak_utf8()
    args = parser().parse_args(argv)
    try:
        code: int = args.run(args, machine)
    except MaturityError as problem:
        return tell_problem(problem, args.lang, as_json=args.json)
    return code
