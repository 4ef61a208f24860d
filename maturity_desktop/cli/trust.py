"""`trust list|import|remove|verify`: the trust store of a workspace, and judging files by it."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli import verify as verifying_cli
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED, tell, tell_json
from maturity_desktop.domain.ids import TrustId
from maturity_desktop.domain.text import Language
from maturity_desktop.domain.trust import TrustItem, TrustRole
from maturity_desktop.services import trust, verifying, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.wording import say

_KINDS = ("root", "pinned", "list")


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("trust", help="whom a workspace believes").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    _add(top.add_parser("list", help="everything believed now"), _list)
    importing = _add(
        top.add_parser("import", help="believe a root, a certificate, or take in a revocation list"), _import
    )
    importing.add_argument("file", type=Path)
    importing.add_argument("--kind", choices=_KINDS, default="root")
    roles = [role.value.replace("_", "-") for role in TrustRole]
    importing.add_argument("--role", choices=roles, default=roles[0], help="of roots and pinned certificates")
    removing = _add(top.add_parser("remove", help="believe something no longer"), _remove)
    removing.add_argument("id", help="as `trust list --json` shows it")
    removing.add_argument("--reason", default="")
    judging = _add(top.add_parser("verify", help="judge files by the workspace's own trust store"), _verify)
    judging.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _add(parser: argparse.ArgumentParser, act: object) -> argparse.ArgumentParser:
    parser.add_argument("workspace", type=Path, help="a .maturity folder")
    options.add_passphrase(parser, "passphrase", "workspace passphrase")
    options.add_output(parser)
    parser.set_defaults(run=run, act=act)
    return parser


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Open the workspace, act, close it."""
    secret = options.passphrase(args, "passphrase")
    is_read_only = args.act in (_list, _verify)
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=is_read_only)
    try:
        return int(args.act(args, workspace))
    finally:
        workspaces.close(workspace)


def _list(args: argparse.Namespace, workspace: Workspace) -> int:
    _tell_items(args, trust.list_items(workspace), "trust.none")
    return GOOD


def _import(args: argparse.Namespace, workspace: Workspace) -> int:
    role = TrustRole(args.role.replace("-", "_"))
    if args.kind == "list":
        added = trust.import_list(workspace, args.file).value
    elif args.kind == "pinned":
        added = trust.pin_certificate(workspace, args.file, role).value
    else:
        added = trust.import_roots(workspace, args.file, role).value
    _tell_items(args, added, "trust.nothing_new")
    return GOOD


def _remove(args: argparse.Namespace, workspace: Workspace) -> int:
    removed = trust.remove(workspace, TrustId(args.id), args.reason).value
    _tell_items(args, (removed,), "trust.none")
    return GOOD


def _verify(args: argparse.Namespace, workspace: Workspace) -> int:
    more = trust.files(workspace)
    checks = [verifying.verify_file(path, (), more=more, clock=workspace.machine.clock) for path in args.files]
    is_good = all(check.verdict == verifying.Verdict.VALID for check in checks)
    if args.json:
        tell_json({"ok": is_good, "files": [verifying_cli.as_json(check, args.lang) for check in checks]})
    else:
        for check in checks:
            for line in verifying_cli.lines(check, args.lang):
                tell(line)
    return GOOD if is_good else NOT_VERIFIED


def _tell_items(args: argparse.Namespace, items: tuple[TrustItem, ...], when_none: str) -> None:
    if args.json:
        tell_json({"ok": True, "items": [as_json(item) for item in items]})
        return
    for item in items:
        for line in lines(item, args.lang):
            tell(line)
    if not items:
        tell(say(args.lang, when_none))


def as_json(item: TrustItem) -> dict[str, object]:
    """Return one item with stable keys."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "role": item.role.value if item.role else None,
        "subject": item.subject,
        "issuer": item.issuer,
        "fingerprint_sha256": item.fingerprint,
        "valid_from": item.valid_from.isoformat() if item.valid_from else None,
        "valid_until": item.valid_until.isoformat() if item.valid_until else None,
        "file_name": item.file_name,
        "added_at": item.added_at.isoformat(),
        "added_by": item.added_by,
    }


def lines(item: TrustItem, language: Language) -> Iterator[str]:
    """Yield what is believed, for whom, until when, and how to recognise it."""
    kind = say(language, f"trust.kind.{item.kind}")
    role = say(language, f"trust.role.{item.role}" if item.role else "trust.any_role")
    yield say(language, "trust.item", kind=kind, subject=item.subject, role=role)
    until = item.valid_until.date().isoformat() if item.valid_until else say(language, "trust.no_end")
    yield say(language, "trust.item_facts", until=until, fingerprint=item.fingerprint, file=item.file_name)
