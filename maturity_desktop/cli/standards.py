"""`standards list|show|check`: the library with its signers, one edition in counts, every problem of a pack."""

import argparse
from pathlib import Path
from typing import Any

from maturity_desktop.cli import authoring, books, options, pack_signing
from maturity_desktop.cli.output import FINDINGS, GOOD, issue_as_json, tell, tell_json
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Issue
from maturity_desktop.services import pack_checks, pack_signatures, standards
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
        pack_signing.add_trust(part)
        options.add_output(part)
        part.set_defaults(run=run, act=act)
    books.add_to(parts)
    authoring.add_to(parts)
    pack_signing.add_to(parts)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Do the chosen part; `check` returns 1 when the pack has errors or warnings."""
    code: int = args.act(args, machine)
    return code


def _list(args: argparse.Namespace, machine: Machine) -> int:
    with pack_signing.believed(args, machine) as trusted:
        shelf = standards.shelf(machine, trusted)
    cards = shelf.cards
    if args.json:
        refused = [pack_signing.refused_as_json(pack, args.lang) for pack in shelf.refused]
        listed = [_card_as_json(card, args.lang) for card in cards]
        tell_json({"ok": True, "standards": listed, "refused": refused})
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
        for line in pack_signing.lines(card.seal, args.lang):
            tell(f"  {line}")
    for pack in shelf.refused:
        for line in pack_signing.refused_lines(pack, args.lang):
            tell(line)
    tell(say(args.lang, "standards.count", count=len(cards)))
    return GOOD


def _show(args: argparse.Namespace, machine: Machine) -> int:
    edition = standards.load(machine, args.standard, args.edition)
    with pack_signing.believed(args, machine) as trusted:
        found = standards.library(machine, trusted)
    card = next(one for one in found if (one.standard_id, one.edition_id) == (edition.standard_id, edition.edition_id))
    if args.json:
        tell_json({"ok": True, **_card_as_json(card, args.lang), "nodes": _tree_as_json(edition)})
        return GOOD
    name = edition.name.pick(args.lang)
    tell(say(args.lang, "standards.title", name=name, id=card.standard_id, edition=card.edition_id))
    tell(say(args.lang, "standards.digest", digest=card.digest))
    for line in pack_signing.lines(card.seal, args.lang) or [say(args.lang, "standards.seal_unsigned")]:
        tell(line)
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
    with pack_signing.believed(args, machine) as trusted:
        seals = [(path, pack_signatures.judge(machine, path, trusted)) for path in checked.packs]
    issues = [*checked.issues, *(fault for _, seal in seals for fault in seal.faults)]
    errors = sum(issue.is_error for issue in issues)
    if args.json:
        counts = {"packs": len(checked.packs), "mappings": len(checked.mappings)}
        counts |= {"errors": errors, "warnings": len(issues) - errors}
        told = {
            "issues": [issue_as_json(issue, args.lang) for issue in issues],
            "signatures": [{"path": str(path), **pack_signing.as_json(seal, args.lang)} for path, seal in seals],
        }
        tell_json({"ok": not issues, **counts, **told})
    else:
        for issue in issues:
            tell(_line(issue, args))
        for path, seal in seals:
            for line in [] if seal.is_broken else pack_signing.lines(seal, args.lang):
                tell(say(args.lang, "standards.of_pack", path=path, line=line) if len(seals) > 1 else line)
        if len(checked.packs) + len(checked.mappings) > len(args.paths):
            tell(say(args.lang, "standards.checked", packs=len(checked.packs), mappings=len(checked.mappings)))
        key = "standards.faults" if issues else "standards.good"
        shown = ", ".join(map(str, args.paths))
        tell(say(args.lang, key, path=shown, errors=errors, warnings=len(issues) - errors))
    return FINDINGS if issues else GOOD


def _line(issue: Issue, args: argparse.Namespace) -> str:
    weight = say(args.lang, "standards.error" if issue.is_error else "standards.warning")
    return f"{issue.place}: {weight} {issue.code}: {say_issue(args.lang, issue)}"


def _card_as_json(card: StandardCard, language: Language) -> dict[str, Any]:  # Any: plain JSON values
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
        "signature": pack_signing.as_json(card.seal, language),
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
