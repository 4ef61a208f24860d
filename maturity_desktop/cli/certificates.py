"""`certificates list|revoke|write-list`: what was issued, what was taken back, and the signed list that says so."""

import argparse
from datetime import timedelta
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.text import Language
from maturity_desktop.services import revocations, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.revocations import Revocation
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("certificates", help="list and revoke issued certificates").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    listing = top.add_parser("list", help="every issued certificate, revoked ones marked")
    listing.set_defaults(run=run, act=_list)
    revoking = top.add_parser("revoke", help="take one certificate back")
    revoking.add_argument("serial")
    revoking.add_argument("--reason", required=True)
    revoking.set_defaults(run=run, act=_revoke)
    writing = top.add_parser("write-list", help="sign the list of revoked certificates, for verifiers")
    writing.add_argument("--out", type=Path, required=True, metavar="FILE.mdcrl")
    writing.add_argument("--days", type=int, default=revocations.DEFAULT_VALIDITY.days, help="how long it is valid")
    options.add_signatory(writing, required=True)
    writing.set_defaults(run=run, act=_write)
    for verb in (listing, revoking, writing):
        verb.add_argument("--workspace", type=Path, required=True, help="a .maturity folder")
        options.add_passphrase(verb, "passphrase", "workspace passphrase")
        options.add_output(verb)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Open the workspace, act, close it."""
    is_read_only = args.act is _list
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=is_read_only)
    try:
        return int(args.act(args, workspace))
    finally:
        workspaces.close(workspace)


def _list(args: argparse.Namespace, workspace: Workspace) -> int:
    issued = revocations.list_issued(workspace)
    if args.json:
        tell_json({"ok": True, "certificates": [_as_json(*pair) for pair in issued]})
        return GOOD
    for certificate, revocation in issued:
        tell(_line(certificate, revocation, args.lang))
    if not issued:
        tell(say(args.lang, "certificates.none"))
    return GOOD


def _revoke(args: argparse.Namespace, workspace: Workspace) -> int:
    done = revocations.revoke(workspace, args.serial, args.reason).value
    if args.json:
        tell_json({"ok": True, "serial": done.serial, "revoked_at": done.revoked_at, "reason": done.reason})
    else:
        tell(say(args.lang, "certificates.revoked", serial=done.serial))
    return GOOD


def _write(args: argparse.Namespace, workspace: Workspace) -> int:
    signatory = options.required_signatory(args)
    validity = timedelta(days=args.days)
    done = revocations.write_list(workspace, args.out, signatory, validity=validity).value
    if args.json:
        facts = {"number": done.number, "serials": done.serials, "signer": done.signer}
        tell_json({"ok": True, "path": str(done.path), "next_update": done.next_update, **facts})
        return GOOD
    until = done.next_update.astimezone().date().isoformat()
    words = {"number": done.number, "signer": done.signer, "count": len(done.serials), "until": until}
    tell(say(args.lang, "certificates.list_written", path=done.path, **words))
    return GOOD


def _line(certificate: Certificate, revocation: Revocation | None, language: Language) -> str:
    common = {
        "serial": certificate.serial,
        "system": certificate.system.pick(language),
        "level": certificate.level_label,
    }
    if revocation is None:
        days = {"issued_on": certificate.issued_on, "valid_until": certificate.valid_until}
        return say(language, "certificates.standing", **common, **days)
    day = revocation.revoked_at.astimezone().date().isoformat()
    by, reason = revocation.revoked_by, revocation.reason
    return say(language, "certificates.taken_back", **common, day=day, by=by, reason=reason)


def _as_json(certificate: Certificate, revocation: Revocation | None) -> dict[str, object]:
    return {
        "serial": certificate.serial,
        "system": certificate.system.pick("zh"),
        "level": certificate.level_label,
        "issued_on": certificate.issued_on,
        "valid_until": certificate.valid_until,
        "revoked_at": revocation.revoked_at if revocation else None,
        "reason": revocation.reason if revocation else "",
    }
