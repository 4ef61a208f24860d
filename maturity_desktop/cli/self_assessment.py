"""`self-assessment out|in`, `wanted-list`, `evidence-folder`: the institution's forms and what comes back."""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.export import chosen_assessment
from maturity_desktop.cli.output import FINDINGS, GOOD, issue_as_json, tell, tell_json
from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.self_assessment import Difference
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services import evidence_folder, self_assessment, self_assessment_return, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.evidence_folder import FolderMatch, NamedFile
from maturity_desktop.services.self_assessment import WrittenForm
from maturity_desktop.services.self_assessment_return import ReturnedWorkbook
from maturity_desktop.wording import say, say_issue

Act = Callable[[Workspace, AssessmentId, argparse.Namespace], int]


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    verbs = commands.add_parser("self-assessment", help="write the self-assessment workbook or take it back")
    both = verbs.add_subparsers(dest="verb", required=True, metavar="VERB")
    out = both.add_parser("out", help="write the workbook for the institution")
    _add_common(out, _out)
    _add_target(out)
    back = both.add_parser("in", help="compare a filled workbook; exit 1 when cells or rows cannot be used")
    _add_common(back, _in)
    back.add_argument("file", type=Path, help="the filled .xlsx")
    back.add_argument(
        "--accept", action="append", default=[], metavar="all|ITEM:FIELD", help="take in; may be repeated"
    )
    wanted = commands.add_parser("wanted-list", help="write the evidence wanted list for the target level")
    _add_common(wanted, _wanted)
    _add_target(wanted)
    wanted.add_argument("--without-optional", action="store_true", help="leave out what need not be handed in")
    folder = commands.add_parser("evidence-folder", help="match a returned folder; exit 1 when something is amiss")
    _add_common(folder, _folder)
    folder.add_argument("folder", type=Path)


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--language", choices=("zh", "en", "both"), default="zh", help="language of the file")


def _add_common(parser: argparse.ArgumentParser, act: Act) -> None:
    parser.add_argument("workspace", type=Path, help="a .maturity folder")
    parser.add_argument("--assessment", default="", metavar="ID", help="needed when the workspace holds several")
    options.add_passphrase(parser, "passphrase", "workspace passphrase")
    options.add_output(parser)
    parser.set_defaults(run=run, act=act)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Open the workspace and act."""
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret)
    try:
        act: Act = args.act
        return act(workspace, chosen_assessment(workspace, args.assessment), args)
    finally:
        workspaces.close(workspace)


def _out(workspace: Workspace, assessment_id: AssessmentId, args: argparse.Namespace) -> int:
    done = self_assessment.write_workbook(workspace, assessment_id, args.out, languages=_languages(args))
    return _tell_written(done.value, args)


def _wanted(workspace: Workspace, assessment_id: AssessmentId, args: argparse.Namespace) -> int:
    done = self_assessment.write_wanted_list(
        workspace, assessment_id, args.out, languages=_languages(args), with_optional=not args.without_optional
    )
    return _tell_written(done.value, args)


def _languages(args: argparse.Namespace) -> tuple[Language, ...]:
    return ("zh", "en") if args.language == "both" else (args.language,)


def _tell_written(done: WrittenForm, args: argparse.Namespace) -> int:
    if args.json:
        facts = {"kind": done.kind, "path": str(done.path), "rows": done.rows, "sha256": done.sha256}
        tell_json({"ok": True, **facts, "size_bytes": done.size_bytes})
    else:
        tell(say(args.lang, "self_assessment.said.written", path=done.path, count=done.rows))
    return GOOD


def _in(workspace: Workspace, assessment_id: AssessmentId, args: argparse.Namespace) -> int:
    returned = self_assessment_return.read_workbook(workspace, assessment_id, args.file)
    chosen = _chosen(returned, args.accept)
    taken = self_assessment_return.apply(workspace, assessment_id, returned, chosen).value if chosen else 0
    is_clean = not (returned.faults or returned.unknown_rows or returned.missing)
    if args.json:
        tell_json({"ok": is_clean, "accepted": taken, **_returned_as_json(returned, args.lang)})
    else:
        for line in _returned_lines(returned, args.lang):
            tell(line)
        said = "taken" if args.accept else "dry_run"
        tell(say(args.lang, f"self_assessment.said.{said}", **({"count": taken} if args.accept else {})))
    return GOOD if is_clean else FINDINGS


def _chosen(returned: ReturnedWorkbook, wishes: Iterable[str]) -> tuple[Difference, ...]:
    known = {f"{one.item_code}:{one.field.value}".casefold(): one for one in returned.differences}
    chosen: dict[str, Difference] = {}
    for wish in wishes:
        if wish == "all":
            chosen |= known
        elif wish.casefold() in known:
            chosen[wish.casefold()] = known[wish.casefold()]
        else:
            raise RuleBroken("SAS-011", field=wish)
    return tuple(chosen.values())


def _returned_as_json(returned: ReturnedWorkbook, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    return {
        "file": returned.name,
        "sha256": returned.sha256,
        "same": returned.same,
        "differences": [
            {"item": one.item_code, "field": one.field.value, "old": one.old, "new": one.new, "place": one.place}
            for one in returned.differences
        ],
        "faults": [issue_as_json(fault, language) for fault in returned.faults],
        "unknown_rows": [{"place": row.place, "text": row.text} for row in returned.unknown_rows],
        "missing": list(returned.missing),
    }


def _returned_lines(returned: ReturnedWorkbook, language: Language) -> list[str]:
    def tell_of(key: str, **values: object) -> str:
        return say(language, f"self_assessment.{key}", **values)

    nothing = tell_of("said.nothing")
    lines = [tell_of("said.differences", name=returned.name, count=len(returned.differences), same=returned.same)]
    for one in returned.differences:
        field = tell_of(f"field.{one.field.value}")
        old, new = one.old or nothing, one.new or nothing
        lines.append(tell_of("said.difference", place=one.place, item=one.item_code, field=field, old=old, new=new))
    lines += [f"{fault.place}  {say_issue(language, fault)}" for fault in returned.faults]
    lines += [tell_of("said.unknown_row", place=row.place, text=row.text) for row in returned.unknown_rows]
    if returned.missing:
        items = ", ".join(returned.missing)
        lines.append(tell_of("said.missing_rows", count=len(returned.missing), items=items))
    return lines


def _folder(workspace: Workspace, assessment_id: AssessmentId, args: argparse.Namespace) -> int:
    match = evidence_folder.match_folder(workspace, assessment_id, args.folder)
    is_clean = not (match.missing_required or match.extra or match.misnamed or match.wrong_kind)
    if args.json:
        tell_json({"ok": is_clean, **_match_as_json(match)})
    else:
        for line in _match_lines(match, args.folder.name, args.lang):
            tell(line)
    return GOOD if is_clean else FINDINGS


def _match_as_json(match: FolderMatch) -> dict[str, Any]:  # Any: plain JSON values
    def listed(files: Iterable[NamedFile]) -> list[dict[str, str]]:
        return [
            {"path": one.path.as_posix(), "request": one.request_code, "suggestion": one.suggestion} for one in files
        ]

    return {
        "matched": listed(match.matched),
        "extra": listed(match.extra),
        "misnamed": listed(match.misnamed),
        "wrong_kind": listed(match.wrong_kind),
        "missing": [
            {"request": one.line.request.code, "kind": one.line.request.kind.value, "optional": one.is_optional}
            for one in match.missing
        ],
    }


def _match_lines(match: FolderMatch, name: str, language: Language) -> list[str]:
    def tell_of(key: str, **values: object) -> str:
        return say(language, f"self_assessment.folder.{key}", **values)

    counts = {
        "matched": len(match.matched),
        "missing": len(match.missing_required),
        "optional": len(match.missing) - len(match.missing_required),
        "extra": len(match.extra),
        "misnamed": len(match.misnamed),
    }
    lines = [tell_of("summary", name=name, **counts)]
    for item in match.missing:
        request, key = item.line.request, "missing_optional" if item.is_optional else "missing"
        lines.append(f"{tell_of(key)}  {request.code}  {request.title.pick(language)}")
    lines += [f"{tell_of('extra')}  {file.path}" for file in match.extra]
    for file in match.misnamed:
        hint = f"  {tell_of('suggestion', name=file.suggestion)}" if file.suggestion else ""
        lines.append(f"{tell_of('misnamed')}  {file.path}{hint}")
    lines += [f"{tell_of('wrong_kind')}  {file.path}" for file in match.wrong_kind]
    return lines
