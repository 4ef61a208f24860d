"""`standards list|show|check|book`: the library, one edition in counts, every problem of a pack, a printed book."""

import argparse
from pathlib import Path
from typing import Any

from maturity_desktop.cli import authoring, books, options
from maturity_desktop.cli.output import FINDINGS, GOOD, issue_as_json, tell, tell_json
from maturity_desktop.domain.standard import Edition
from maturity_desktop.errors import Issue
from maturity_desktop.services import pack_checks, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.services.standards import StandardCard
from maturity_desktop.wording import say, say_issue


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its parts."""
    parser = commands.add_parser("standards", help="list the standards, show or print one, or check a pack")
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    listing = parts.add_parser("list", help="list the editions that are installed")
    show = parts.add_parser("show", help="show tree and counts of one standard")
    show.add_argument("standard", metavar="ID", help="such as cn-devops-3")
    show.add_argument("--edition", default="", help="the newest when not given")
    check = parts.add_parser("check", help="every problem of packs, mapping files, folders of packs, and all of them")
    check.add_argument("paths", type=Path, metavar="PATH", nargs="+")
    for part, act in ((listing, _list), (show, _show), (check, _check)):
        options.add_output(part)
        part.set_defaults(run=run, act=act)
    books.add_to(parts)
    authoring.add_to(parts)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Do the chosen part; `check` returns 1 when the pack has errors or warnings."""
    code: int = args.act(args, machine)
    return code


def _list(args: argparse.Namespace, machine: Machine) -> int:
    cards = standards.library(machine)
    if args.json:
        tell_json({"ok": True, "standards": [_card_as_json(card) for card in cards]})
        return GOOD
    for card in cards:
        tell(
            say(
                args.lang,
                "standards.line",
                id=card.standard_id,
                edition=card.edition_id,
                name=card.name.pick(args.lang),
                items=card.rated_items,
                criteria=card.criteria,
                evidence=card.evidence_requests,
                digest=card.digest[:16],
            )
        )
    tell(say(args.lang, "standards.count", count=len(cards)))
    return GOOD


def _show(args: argparse.Namespace, machine: Machine) -> int:
    edition = standards.load(machine, args.standard, args.edition)
    found = standards.library(machine)
    card = next(one for one in found if (one.standard_id, one.edition_id) == (edition.standard_id, edition.edition_id))
    if args.json:
        tell_json({"ok": True, **_card_as_json(card), "nodes": _tree_as_json(edition)})
        return GOOD
    name = edition.name.pick(args.lang)
    tell(say(args.lang, "standards.title", name=name, id=card.standard_id, edition=card.edition_id))
    tell(say(args.lang, "standards.digest", digest=card.digest))
    if edition.provenance_note:
        tell(edition.provenance_note.pick(args.lang))
    for level, count in zip(edition.levels, card.criteria_per_level, strict=True):
        tell(say(args.lang, "standards.level", code=level.code, name=level.name.pick(args.lang), count=count))
    for code, node in edition.node_by_code.items():
        indent = "  " * len(edition.path_to(code))
        tell(f"{indent}{code} {node.name.pick(args.lang)}")
        for item in node.items:
            tell(f"{indent}  {item.code} {item.name.pick(args.lang)}")
    return GOOD


def _check(args: argparse.Namespace, machine: Machine) -> int:
    checked = pack_checks.check(machine, args.paths)
    issues = checked.issues
    errors = sum(issue.is_error for issue in issues)
    if args.json:
        listed = [issue_as_json(issue, args.lang) for issue in issues]
        counts = {"packs": len(checked.packs), "mappings": len(checked.mappings)}
        counts |= {"errors": errors, "warnings": len(issues) - errors}
        tell_json({"ok": not issues, **counts, "issues": listed})
    else:
        for issue in issues:
            tell(_line(issue, args))
        if len(checked.packs) + len(checked.mappings) > len(args.paths):
            tell(say(args.lang, "standards.checked", packs=len(checked.packs), mappings=len(checked.mappings)))
        key = "standards.faults" if issues else "standards.good"
        shown = ", ".join(map(str, args.paths))
        tell(say(args.lang, key, path=shown, errors=errors, warnings=len(issues) - errors))
    return FINDINGS if issues else GOOD


def _line(issue: Issue, args: argparse.Namespace) -> str:
    weight = say(args.lang, "standards.error" if issue.is_error else "standards.warning")
    return f"{issue.place}: {weight} {issue.code}: {say_issue(args.lang, issue)}"


def _card_as_json(card: StandardCard) -> dict[str, Any]:  # Any: plain JSON values
    return {
        "id": card.standard_id,
        "edition": card.edition_id,
        "name": {"zh": card.name.zh, "en": card.name.en},
        "part": card.part,
        "digest": card.digest,
        "provenance": card.provenance,
        "rated_items": card.rated_items,
        "criteria": card.criteria,
        "criteria_per_level": list(card.criteria_per_level),
        "evidence_requests": card.evidence_requests,
        "languages_complete": list(card.languages_complete),
    }


def _tree_as_json(edition: Edition) -> list[dict[str, Any]]:  # Any: plain JSON values
    return [
        {
            "code": item.code,
            "name": {"zh": item.name.zh, "en": item.name.en},
            "path": [node.code for node in edition.path_to(item.code)],
            "criteria": [len(cell.criteria) for cell in item.cells],
        }
        for item in edition.items
    ]
