"""`standards export|import|diff|try`: the author's workbook, models from elsewhere, differences, and trying a rule."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.output import FINDINGS, GOOD, issue_as_json, tell, tell_json
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Issue
from maturity_desktop.services import authoring, examples
from maturity_desktop.services.authoring import Change, Groups, ImportPlan, ImportWishes, Left
from maturity_desktop.services.context import Machine
from maturity_desktop.services.examples import WHOLE, Tried
from maturity_desktop.wording import say, say_issue

Act = Callable[[argparse.Namespace, Machine], int]
_SHOWN_CHANGES = 200


def add_to(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the four parts to `standards`."""
    for part, act in (_add_export(parts), _add_import(parts), _add_diff(parts), _add_try(parts)):
        options.add_output(part)
        part.set_defaults(run=act)


def _add_export(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> tuple[argparse.ArgumentParser, Act]:
    part = parts.add_parser("export", help="write a standard as an authoring workbook")
    part.add_argument("standard", metavar="ID", help="such as cn-devops-3")
    part.add_argument("--edition", default="", help="the newest when not given")
    part.add_argument("--xlsx", type=Path, required=True, metavar="FILE")
    return part, _export


def _add_import(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> tuple[argparse.ArgumentParser, Act]:
    part = parts.add_parser("import", help="make a pack of a workbook or of a model from elsewhere")
    part.add_argument("file", type=Path, metavar="FILE", help="workbook, YAML, JSON, CSV, zip or folder")
    part.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder of the pack")
    part.add_argument("--dry-run", action="store_true", help="tell what would change and write nothing")
    part.add_argument("--columns", type=Path, metavar="TOML", help="which column of a plain table is what")
    part.add_argument("--groups", type=Groups, choices=tuple(Groups), default=Groups.AUTO, help="implementation groups")
    part.add_argument("--framework", default="", metavar="ID", help="which one of a library with several")
    part.add_argument("--errors", type=Path, metavar="XLSX", help="write the workbook with its faults listed in it")
    return part, _import


def _add_diff(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> tuple[argparse.ArgumentParser, Act]:
    part = parts.add_parser("diff", help="what differs between two editions, criterion by criterion")
    part.add_argument("old", metavar="A", help="folder, .mdpack file, ID or ID@EDITION")
    part.add_argument("new", metavar="B")
    return part, _diff


def _add_try(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> tuple[argparse.ArgumentParser, Act]:
    part = parts.add_parser("try", help="ratings and results from a table of code and answer")
    part.add_argument("path", metavar="PATH", help="folder, .mdpack file, ID or ID@EDITION")
    part.add_argument("--answers", type=Path, required=True, metavar="CSV")
    part.add_argument("--profile", default="", help="the default rule when not given")
    part.add_argument("--target", default="", help="level code")
    return part, _try


def _export(args: argparse.Namespace, machine: Machine) -> int:
    done = authoring.export_workbook(machine, args.standard, args.xlsx, args.edition)
    if args.json:
        tell_json({"ok": True, "path": done.path, "sha256": done.sha256, "digest": done.digest, "rows": done.rows})
    else:
        tell(
            say(args.lang, "authoring.exported", path=done.path, rows=sum(done.rows.values()), digest=done.digest[:16])
        )
    return GOOD


def _import(args: argparse.Namespace, machine: Machine) -> int:
    wishes = ImportWishes(columns=args.columns, groups=args.groups, framework=args.framework)
    plan = authoring.plan_import(machine, args.file, args.into, wishes=wishes)
    if args.errors is not None and plan.form == "workbook":
        authoring.write_errors(args.file, plan.issues, args.errors)
    written: tuple[Path, ...] = ()
    if plan.is_possible and not args.dry_run:
        written = authoring.carry_out(plan, args.into)
    if args.json:
        tell_json(_plan_as_json(plan, args.lang, written))
    else:
        _tell_plan(plan, args.lang, args.into, is_written=bool(written))
    return GOOD if plan.is_possible else FINDINGS


def _diff(args: argparse.Namespace, machine: Machine) -> int:
    found = authoring.compare(authoring.content_at(machine, args.old), authoring.content_at(machine, args.new))
    if args.json:
        tell_json({"ok": True, "equal": not found, "changes": [_change_as_json(change) for change in found]})
    else:
        _tell_changes(found, args.lang)
    return FINDINGS if found else GOOD


def _try(args: argparse.Namespace, machine: Machine) -> int:
    edition = authoring.content_at(machine, args.path).edition
    tried = examples.try_file(edition, args.answers, args.profile, args.target)
    if args.json:
        tell_json(_tried_as_json(tried))
        return GOOD
    codes = [WHOLE, *tried.results.modules, *tried.results.nodes, *tried.results.items]
    for code in codes:
        tell(say(args.lang, "authoring.result", code=code, rating=tried.rating(code), score=tried.score(code)))
    return GOOD


def _tried_as_json(tried: Tried) -> dict[str, Any]:  # Any: plain JSON values
    results = tried.results

    def told(code: str) -> dict[str, str]:
        return {"rating": tried.rating(code), "score": str(tried.score(code))}

    return {
        "ok": True,
        "standard": tried.edition.standard_id,
        "edition": tried.edition.edition_id,
        "profile": results.profile.id,
        "target": results.target.label(tried.edition.levels),
        "answers": len(tried.answers),
        "result": {**told(WHOLE), "state": results.overall.state.value},
        "modules": {code: told(code) for code in results.modules},
        "nodes": {code: told(code) for code in results.nodes},
        "items": {code: told(code) for code in results.items},
    }


def _plan_as_json(plan: ImportPlan, language: Language, written: tuple[Path, ...]) -> dict[str, Any]:  # Any: as above
    made: dict[str, Any] = {
        "ok": plan.is_possible,
        "form": plan.form,
        "written": [str(path) for path in written],
        "not_carried": [_left_as_json(left, language) for left in plan.left],
        "issues": [_issue_as_json(issue, language) for issue in plan.issues],
        "replaces": plan.replaces,
        "changes": [_change_as_json(change) for change in plan.changes],
    }
    if plan.source is not None and plan.carried is not None:
        made["source"] = {"entries": plan.source.entries, "assessed": plan.source.assessed}
        made["carried"] = {"entries": plan.carried.entries, "assessed": plan.carried.assessed}
    if plan.content is not None:
        edition = plan.content.edition
        counts = authoring.counts_of(edition)
        made |= {
            "id": edition.standard_id,
            "edition": edition.edition_id,
            "digest": authoring.digest_of(edition),
            "levels": [level.code for level in edition.levels],
            "profiles": [profile.id for profile in edition.profiles],
            "modules": [module.code for module in edition.modules],
            "counts": {
                "nodes": counts.nodes,
                "rated_items": counts.rated_items,
                "criteria": counts.criteria,
                "evidence_requests": counts.evidence_requests,
                "languages": counts.languages,
            },
        }
    return made


def _left_as_json(left: Left, language: Language) -> dict[str, Any]:  # Any: as above
    text = say(language, f"authoring.left.{left.what}")
    return {"what": left.what, "text": text, "count": left.count, "examples": left.examples, "named": left.named}


def _issue_as_json(issue: Issue, language: Language) -> dict[str, Any]:  # Any: as above
    place = authoring.cell_place(issue)
    what, mend = authoring.what_and_mend(language, issue)
    where = {"sheet": place.sheet, "row": place.row, "column": place.column, "heading": place.heading}
    return {**issue_as_json(issue, language), **where, "what": what, "mend": mend}


def _change_as_json(change: Change) -> dict[str, str]:
    made = {"kind": change.kind.value, "what": change.what, "id": change.id}
    return made | {"field": change.field, "old": change.old, "new": change.new}


def _tell_plan(plan: ImportPlan, language: Language, into: Path, *, is_written: bool) -> None:
    for issue in plan.issues:
        weight = say(language, "standards.error" if issue.is_error else "standards.warning")
        place = authoring.cell_place(issue)
        shown = f"{place.sheet}!{place.column}{place.row}" if place.row else place.sheet
        tell(f"{shown}: {weight} {issue.code}: {say_issue(language, issue)}")
    if plan.content is not None:
        counts = authoring.counts_of(plan.content.edition)
        tell(
            say(
                language,
                "authoring.counts",
                id=plan.content.edition.standard_id,
                edition=plan.content.edition.edition_id,
                nodes=counts.nodes,
                items=counts.rated_items,
                criteria=counts.criteria,
            )
        )
    for left in plan.left:
        text = say(language, f"authoring.left.{left.what}")
        tell(say(language, "authoring.not_carried", text=text, count=left.count, examples="; ".join(left.examples)))
    if plan.replaces:
        _tell_changes(plan.changes, language)
    if not plan.is_possible:
        tell(say(language, "authoring.refused", count=sum(issue.is_error for issue in plan.issues)))
    else:
        tell(say(language, "authoring.written" if is_written else "authoring.dry_run", path=into))


def _tell_changes(found: tuple[Change, ...], language: Language) -> None:
    if not found:
        tell(say(language, "authoring.no_change"))
    for change in found[:_SHOWN_CHANGES]:
        key = f"authoring.change.{change.kind}"
        values = {"what": change.what, "id": change.id, "field": change.field, "old": change.old, "new": change.new}
        tell(say(language, key, **values))
    if len(found) > _SHOWN_CHANGES:
        tell(say(language, "authoring.more_changes", count=len(found) - _SHOWN_CHANGES))
