"""`doctor`: look at the machine before the visit."""

import argparse

from maturity_desktop.cli import options
from maturity_desktop.cli.output import FINDINGS, GOOD, tell, tell_json
from maturity_desktop.services import diagnosis
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    doctor = commands.add_parser("doctor", help="check environment, libraries, fonts, write access, encryption")
    options.add_output(doctor)
    doctor.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Examine and report; 1 when something needs attention."""
    found = diagnosis.examine(machine)
    bad = [examination for examination in found if not examination.is_good]
    if args.json:
        rows = [{"topic": one.topic, "subject": one.subject, "ok": one.is_good, "detail": one.detail} for one in found]
        tell_json({"ok": not bad, "findings": rows})
    else:
        for one in found:
            mark = say(args.lang, "doctor.good") if one.is_good else say(args.lang, "doctor.bad")
            topic = say(args.lang, f"doctor.{one.topic}")
            tell(f"{mark} {topic}  {one.subject}  {one.detail}".rstrip())
            if not one.is_good:
                tell(f"    {say(args.lang, f'doctor.{one.topic}_advice')}")
        tell(say(args.lang, "doctor.summary", count=len(bad), looked=len(found)))
    return FINDINGS if bad else GOOD
