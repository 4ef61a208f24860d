"""`identity keep|kept|relock|forget WORKSPACE`: signing keys kept inside a workspace."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.domain.text import Language
from maturity_desktop.services import keeping, workspaces
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.export_requests import Identity, KeptIdentity
from maturity_desktop.services.keeping import KeptCard
from maturity_desktop.wording import say

_OWN = "passphrase of the kept key: its owner's own, not the workspace's"


def add_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verbs to `identity`."""
    adding = _add(verbs.add_parser("keep", help="keep the key of a PKCS#12 file inside a workspace"), _keep)
    adding.add_argument("--identity", type=Path, required=True, metavar="P12")
    adding.add_argument("--name", default="", help="what to call it; else the name in the certificate")
    options.add_passphrase(adding, "identity-passphrase", "passphrase of the file")
    options.add_passphrase(adding, "kept-passphrase", _OWN)
    _add(verbs.add_parser("kept", help="the keys a workspace keeps"), _list)
    relocking = _add(verbs.add_parser("relock", help="give a kept key another passphrase"), _relock)
    relocking.add_argument("name")
    options.add_passphrase(relocking, "kept-passphrase", "present passphrase of the kept key")
    options.add_passphrase(relocking, "new-passphrase", "new passphrase of the kept key")
    forgetting = _add(verbs.add_parser("forget", help="remove a kept key; older backups still hold it"), _forget)
    forgetting.add_argument("name")
    forgetting.add_argument("--reason", default="")


def _add(parser: argparse.ArgumentParser, act: object) -> argparse.ArgumentParser:
    parser.add_argument("workspace", type=Path, help="a .maturity folder")
    options.add_passphrase(parser, "passphrase", "workspace passphrase")
    options.add_output(parser)
    parser.set_defaults(run=run, act=act)
    return parser


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Open the workspace, act, say which keys it is about."""
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=args.act is _list)
    try:
        key, cards = args.act(args, workspace)
    finally:
        workspaces.close(workspace)
    if args.json:
        tell_json({"ok": True, "keys": [as_json(card) for card in cards]})
        return GOOD
    if key:
        tell(say(args.lang, key, name=cards[0].name if cards else ""))
    for card in cards:
        for line in lines(card, args.lang):
            tell(line)
    return GOOD


_Told = tuple[str, tuple[KeptCard, ...]]


def _keep(args: argparse.Namespace, workspace: Workspace) -> _Told:
    source = Identity(pkcs12=args.identity, passphrase=options.passphrase(args, "identity-passphrase"))
    wish = keeping.KeepWish(source=source, passphrase=options.passphrase(args, "kept-passphrase"), name=args.name)
    return "identities.kept", (keeping.keep(workspace, wish).value,)


def _list(args: argparse.Namespace, workspace: Workspace) -> _Told:  # noqa: ARG001  one signature for all
    cards = keeping.list_kept(workspace)
    return ("" if cards else "identities.none_kept"), cards


def _relock(args: argparse.Namespace, workspace: Workspace) -> _Told:
    present = KeptIdentity(name=args.name, passphrase=options.passphrase(args, "kept-passphrase"))
    done = keeping.change_passphrase(workspace, present, options.passphrase(args, "new-passphrase"))
    return "identities.relocked", (done.value,)


def _forget(args: argparse.Namespace, workspace: Workspace) -> _Told:
    return "identities.forgotten", (keeping.forget(workspace, args.name, args.reason).value,)


def as_json(kept: KeptCard) -> dict[str, object]:
    """Return one kept key with stable keys."""
    return {
        "name": kept.name,
        "subject": kept.card.subject,
        "organisation": kept.card.organisation,
        "issuer": kept.card.issuer,
        "fingerprint_sha256": kept.card.fingerprint_sha256,
        "valid_from": kept.card.valid_from.isoformat(),
        "valid_until": kept.card.valid_until.isoformat(),
        "key": kept.card.key_kind,
        "problem": kept.card.problem,
        "kept_at": kept.kept_at.isoformat(),
        "kept_by": kept.kept_by,
    }


def lines(kept: KeptCard, language: Language) -> Iterator[str]:
    """Yield whose the key is, until when it signs, how to recognise it, and why it cannot sign, if it cannot."""
    card = kept.card
    until, start = card.valid_until.date().isoformat(), card.valid_from.date().isoformat()
    words = {"name": kept.name, "subject": card.subject, "issuer": card.issuer, "key": card.key_kind, "until": until}
    yield say(language, "identities.kept_key", **words)
    at = kept.kept_at.astimezone().isoformat(sep=" ", timespec="minutes")
    yield say(language, "identities.kept_facts", fingerprint=card.fingerprint_sha256, at=at, by=kept.kept_by or "–")
    if card.problem:
        sentence = say(language, f"errors.{card.problem}", name=card.subject, valid_until=until, valid_from=start)
        yield f"    {sentence}"
