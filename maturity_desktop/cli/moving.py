"""`assessment move`: what a newer edition changes, and the copy of an assessment on it."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.export import chosen_assessment
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import edition_words, editions, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.edition_changes import CriterionChange, CriterionFate
from maturity_desktop.services.edition_transfer import AnswerFate, Transfer
from maturity_desktop.wording import say

# Any in this file: plain JSON values.


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("assessment", help="move an assessment to a newer edition of its standard")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    move = verbs.add_parser("move", help="copy an assessment onto a newer edition; the original stays as it is")
    move.add_argument("workspace", type=Path, help="a .maturity folder")
    move.add_argument("--assessment", default="", metavar="ID", help="needed when the workspace holds several")
    move.add_argument(
        "--to", default="", metavar="ID@EDITION|PATH", help="which edition; without it the newest one installed"
    )
    move.add_argument("--dry-run", action="store_true", help="only say what would change and what would go over")
    options.add_passphrase(move, "passphrase", "workspace passphrase")
    options.add_output(move)
    move.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Say what differs criterion by criterion, and make the copy unless this is a dry run."""
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=args.dry_run)
    try:
        assessment_id = chosen_assessment(workspace, args.assessment)
        wish = args.to or _newest(workspace, assessment_id)
        if args.dry_run:
            copy, carried = None, editions.forecast(workspace, assessment_id, wish)
        else:
            moved = editions.move(workspace, assessment_id, wish).value
            copy, carried = moved.assessment.id, moved.transfer
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json({"ok": True, "assessment": assessment_id, "copy": copy, **as_json(carried, args.lang)})
    else:
        for line in lines(carried, args.lang):
            tell(line)
        said = say(args.lang, "editions.said.copied", id=copy) if copy else say(args.lang, "editions.said.dry_run")
        tell(said)
    return GOOD


def _newest(workspace: Workspace, assessment_id: AssessmentId) -> str:
    offered = editions.newer_editions(workspace, assessment_id)
    if not offered:
        present = editions.present(workspace, assessment_id)
        raise RuleBroken("EDN-001", standard=present.standard_id, edition=present.edition_id)
    return f"{offered[-1].standard_id}@{offered[-1].edition_id}"


def as_json(carried: Transfer, language: Language) -> dict[str, Any]:
    """Return difference and transfer with stable keys."""
    found = carried.difference
    return {
        "standard": found.new.standard_id,
        "from_edition": found.old.edition_id,
        "to_edition": found.new.edition_id,
        "unchanged": found.unchanged,
        "changed": found.count(CriterionFate.CHANGED),
        "added": found.count(CriterionFate.ADDED),
        "removed": found.count(CriterionFate.REMOVED),
        "carried": len(carried.answers),
        "to_confirm": list(carried.to_confirm),
        "left_behind": list(carried.left_behind),
        "overrides_carried": [override.item_code for override in carried.overrides],
        "overrides_to_confirm": list(carried.overrides_to_confirm),
        "overrides_left": list(carried.overrides_left),
        "self_ratings_carried": [own.item_code for own in carried.self_ratings],
        "self_ratings_left": list(carried.self_ratings_left),
        "evidence_links": carried.evidence_links,
        "profile_changed": carried.profile_changed,
        "changes": [_change_as_json(carried, change, language) for change in found.changes],
    }


def _change_as_json(carried: Transfer, change: CriterionChange, language: Language) -> dict[str, Any]:
    return {
        "criterion": change.criterion_id,
        "fate": change.fate.value,
        "parts": [part.value for part in change.parts],
        "answer": carried.fate_of(change).value,
        "fields": [
            {"field": side.part.value, "language": side.side, "old": side.old, "new": side.new}
            for side in edition_words.sides(carried.difference, change, language)
        ],
    }


def lines(carried: Transfer, language: Language) -> Iterator[str]:
    """Yield the difference criterion by criterion, then what goes over and what does not."""
    found = carried.difference
    old, new = (f"{edition.standard_id} {edition.edition_id}" for edition in (found.old, found.new))
    counts = {fate.value: found.count(fate) for fate in CriterionFate}
    yield say(language, "editions.said.title", old=old, new=new, unchanged=found.unchanged, **counts)
    for change in found.changes:
        yield from _change_lines(carried, change, language)
    counted = edition_words.counts(carried)
    yield say(language, "editions.said.counts", **counted)
    for key in ("left_behind", "overrides_left", "self_ratings_left", "overrides_to_confirm"):
        codes = getattr(carried, key)
        if codes:
            yield say(language, f"editions.said.{key}", count=len(codes), codes=", ".join(codes))
    if carried.profile_changed:
        yield say(language, "editions.said.profile_changed")


def _change_lines(carried: Transfer, change: CriterionChange, language: Language) -> Iterator[str]:
    kind = say(language, f"importing.kind.{change.fate}")
    fate = carried.fate_of(change)
    answer = "" if fate is AnswerFate.NONE else say(language, f"editions.answer.{fate}")
    yield say(language, "editions.said.change", kind=kind, id=change.criterion_id, answer=answer).rstrip()
    for side in edition_words.sides(carried.difference, change, language):
        field = edition_words.field(side, language)
        if change.fate is CriterionFate.CHANGED:
            nothing = say(language, "editions.said.nothing")
            yield say(language, "editions.said.was", field=field, text=side.old or nothing)
            yield say(language, "editions.said.becomes", field=field, text=side.new or nothing)
        elif side.part is edition_words.MAIN:
            yield say(language, "editions.said.text", text=side.old or side.new)
