"""`identity make|root|issue|revoke|crl`: identities for organisations that have none; beside them, kept keys."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from maturity_desktop.cli import keeping, options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.services import authorities, identities
from maturity_desktop.services.authorities import RootKey
from maturity_desktop.services.context import Machine
from maturity_desktop.services.identities import IdentityCard, NewIdentity
from maturity_desktop.wording import say


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    top = commands.add_parser("identity", help="make signing identities, issue and revoke certificates")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    making = verbs.add_parser("make", help="one identity under a root of its own whose key is not kept")
    _add_wish(making, "identity-passphrase", "passphrase that protects the new identity")
    making.set_defaults(run=_make)
    rooting = verbs.add_parser("root", help="a root that is kept, to issue several identities")
    _add_wish(rooting, "root-passphrase", "passphrase that protects the root")
    rooting.set_defaults(run=_root)
    issuing = verbs.add_parser("issue", help="an identity under a kept root")
    _add_wish(issuing, "identity-passphrase", "passphrase that protects the new identity")
    issuing.add_argument("--crl-url", default="", metavar="URL", help="where the revocation list can be fetched")
    issuing.set_defaults(run=_issue)
    revoking = verbs.add_parser("revoke", help="put certificates on the root's revocation list")
    revoking.add_argument("certificates", nargs="+", type=Path, metavar="FILE.cer")
    renewing = verbs.add_parser("crl", help="make the revocation list anew, so that it stays valid")
    renewing.set_defaults(certificates=[])
    for verb in (revoking, renewing):
        verb.add_argument("--out", type=Path, required=True, metavar="FILE.crl", help="the list; grows when it exists")
        verb.add_argument("--days", type=int, default=authorities.DEFAULT_LIST_VALIDITY.days, help="how long it holds")
        verb.set_defaults(run=_revoke)
    for verb in (making, issuing):
        verb.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="last day; else three years")
    rooting.set_defaults(until=None)
    for verb in (issuing, revoking, renewing):
        verb.add_argument("--root", type=Path, required=True, metavar="ROOT.p12")
        options.add_passphrase(verb, "root-passphrase", "passphrase of the root")
    for verb in (making, rooting, issuing, revoking, renewing):
        options.add_output(verb)
    keeping.add_verbs(verbs)


def _add_wish(verb: argparse.ArgumentParser, secret: str, what: str) -> None:
    verb.add_argument("name", help="whose it is, Chinese or English")
    verb.add_argument("--organisation", default="")
    verb.add_argument("--folder", type=Path, default=Path(), help="where the files go")
    options.add_passphrase(verb, secret, what)


def _wish(args: argparse.Namespace) -> NewIdentity:
    return NewIdentity(name=args.name, organisation=args.organisation, valid_until=args.until)


def _make(args: argparse.Namespace, machine: Machine) -> int:
    secret = options.passphrase(args, "identity-passphrase")
    made = identities.make(machine, _wish(args), args.folder, secret)
    files = {"pkcs12": made.pkcs12, "trust": made.root}
    return _tell(args, made.card, files, say(args.lang, "identities.made", name=made.card.subject, **files))


def _root(args: argparse.Namespace, machine: Machine) -> int:
    made = authorities.make_root(machine, _wish(args), args.folder, options.passphrase(args, "root-passphrase"))
    files = {"pkcs12": made.pkcs12, "pem": made.pem, "cer": made.cer}
    hints = [say(args.lang, f"identities.how_{place}", **files) for place in ("windows", "nss", "reader")]
    return _tell(args, made.card, files, say(args.lang, "identities.root_made", **files), *hints)


def _issue(args: argparse.Namespace, machine: Machine) -> int:
    root = _root_key(args)
    secret = options.passphrase(args, "identity-passphrase")
    made = authorities.issue(machine, root, _wish(args), args.folder, secret, list_at=args.crl_url)
    files = {"pkcs12": made.pkcs12, "cer": made.cer, "trust": made.trust}
    words = {"name": made.card.subject, "until": made.card.valid_until.date().isoformat()}
    return _tell(args, made.card, files, say(args.lang, "identities.issued", **words, **files))


def _revoke(args: argparse.Namespace, machine: Machine) -> int:
    validity = timedelta(days=args.days)
    done = authorities.revoke(machine, _root_key(args), tuple(args.certificates), args.out, validity=validity)
    if args.json:
        tell_json({"ok": True, "path": str(done.path), "count": done.count, "next_update": done.next_update})
    else:
        until = done.next_update.astimezone().date().isoformat()
        tell(say(args.lang, "identities.crl", count=done.count, until=until, path=done.path))
    return GOOD


def _root_key(args: argparse.Namespace) -> RootKey:
    return RootKey(pkcs12=args.root, passphrase=options.passphrase(args, "root-passphrase"))


def _tell(args: argparse.Namespace, card: IdentityCard, files: dict[str, Path], *lines: str) -> int:
    """Say what was made, its fingerprint, and what such an identity is worth."""
    if args.json:
        named = {name: str(path) for name, path in files.items()}
        facts = {"subject": card.subject, "serial": card.serial_hex, "fingerprint_sha256": card.fingerprint_sha256}
        tell_json({"ok": True, **named, **facts, "valid_until": card.valid_until})
        return GOOD
    for line in lines:
        tell(line)
    tell(say(args.lang, "identities.fingerprint", fingerprint=card.fingerprint_sha256))
    tell(say(args.lang, "identities.worth"))
    return GOOD
