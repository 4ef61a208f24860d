"""`signoff status|submit|request-changes|approve|reopen`: the review of an assessment."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.export import chosen_assessment
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language
from maturity_desktop.services import signoff, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.signoff import SignoffStep, Standing
from maturity_desktop.wording import say

_STATUS = "status"
_HELP = {
    "submit": "hand the assessment in for review",
    "request-changes": "hand a submitted assessment back",
    "approve": "approve what was submitted; it is read-only afterwards",
    "reopen": "make an approved assessment editable again",
}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("signoff", help="review and approve an assessment").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    _add(top.add_parser(_STATUS, help="state, steps, and what was changed since the approval"))
    for verb, what in _HELP.items():
        parser = top.add_parser(verb, help=what)
        _add(parser)
        parser.add_argument("--comment", default="", help="comment or reason")
        parser.add_argument("--by", default="", metavar="NAME", help="who acts; without it the workspace's own user")
        if verb == "approve":
            options.add_signatory(parser, required=False)


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workspace", type=Path, help="a .maturity folder")
    parser.add_argument("--assessment", default="", metavar="ID", help="needed when the workspace holds several")
    options.add_passphrase(parser, "passphrase", "workspace passphrase")
    options.add_output(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Act, then say where the assessment stands."""
    identity = options.signatory(args) if args.verb == "approve" else None
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=args.verb == _STATUS)
    try:
        assessment_id = chosen_assessment(workspace, args.assessment)
        if args.verb != _STATUS:
            workspace.actor = args.by or workspace.actor
            _act(workspace, assessment_id, args, identity)
        found = signoff.standing(workspace, assessment_id)
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json({"ok": True, **as_json(found, args.lang)})
    else:
        for line in lines(found, args.lang):
            tell(line)
    return GOOD


def _act(workspace: Workspace, assessment_id: AssessmentId, args: argparse.Namespace, identity: Any) -> None:
    if args.verb == "approve":
        signoff.approve(workspace, assessment_id, args.comment, identity=identity)
        return
    verbs = {"submit": signoff.submit, "request-changes": signoff.request_changes, "reopen": signoff.reopen}
    verbs[args.verb](workspace, assessment_id, args.comment)


def as_json(found: Standing, language: Language) -> dict[str, object]:
    """Return a standing with stable keys."""
    return {
        "state": found.state.value,
        "approved": found.is_approved,
        "superseded": found.is_superseded,
        "content_digest": found.content_digest,
        "steps": [
            {
                "act": step.act.value,
                "by": step.by,
                "role": step.role.value if step.role else None,
                "at": step.at.isoformat(),
                "comment": step.comment,
                "content_digest": step.content_digest,
            }
            for step in found.steps
        ],
        "changes": [
            {"place": signoff.in_words(change, language), "old": change.old, "new": change.new}
            for change in found.changes
        ],
    }


def lines(found: Standing, language: Language) -> Iterator[str]:
    """Yield the state, every step, and what differs from the newest approval."""
    yield say(language, "signoff.standing", state=say(language, f"signoff.state.{found.state}"))
    for step in found.steps:
        yield from _step_lines(step, language)
    if found.is_superseded:
        yield say(language, "signoff.superseded", count=len(found.changes))
    nothing = say(language, "signoff.nothing")
    for change in found.changes:
        place = signoff.in_words(change, language)
        yield say(language, "signoff.change", place=place, old=change.old or nothing, new=change.new or nothing)


def _step_lines(step: SignoffStep, language: Language) -> Iterator[str]:
    role = say(language, f"signoff.role.{step.role}" if step.role else "signoff.outsider")
    at = step.at.isoformat(sep=" ", timespec="seconds")
    yield say(language, "signoff.step", at=at, by=step.by, role=role, act=say(language, f"signoff.act.{step.act}"))
    if step.comment:
        yield say(language, "signoff.comment", comment=step.comment)
    if step.content_digest:
        yield say(language, "signoff.digest", digest=step.content_digest)
