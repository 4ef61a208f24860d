"""`standards sign`: a pack signed by its author; and how a pack's signature is told by the other parts."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, issue_as_json, tell, tell_json
from maturity_desktop.domain.text import Language
from maturity_desktop.services import pack_signatures, trust, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.services.pack_signatures import AuthorTrust, PackSeal, SealState
from maturity_desktop.services.standards import RefusedPack
from maturity_desktop.wording import say, say_issue


def add_to(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the part to `standards`."""
    part = parts.add_parser("sign", help="sign a pack as its author; the signature lies beside its files")
    part.add_argument("path", type=Path, metavar="PATH", help="folder of a pack, or .mdpack file")
    part.add_argument("--replace", action="store_true", help="take the place of a signature that is there")
    options.add_signatory(part, required=True)
    options.add_output(part)
    part.set_defaults(run=_sign)


def add_trust(part: argparse.ArgumentParser) -> None:
    """Add whom to believe as author: --trust, or a workspace whose trust store counts."""
    part.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="CA.pem", help="root of authors; may be repeated"
    )
    part.add_argument("--workspace", type=Path, metavar="DIR", help="believe whom this workspace believes")
    options.add_passphrase(part, "passphrase", "workspace passphrase")


@contextmanager
def believed(args: argparse.Namespace, machine: Machine) -> Iterator[AuthorTrust]:
    """Yield whom the options say to believe. Raises as opening a workspace does."""
    roots = tuple(args.trust)
    if args.workspace is None:
        yield AuthorTrust(roots=roots)
        return
    secret = options.passphrase(args, "passphrase")
    workspace = workspaces.open_workspace(machine, args.workspace, secret, read_only=True)
    try:
        yield AuthorTrust(roots=roots, more=trust.files(workspace))
    finally:
        workspaces.close(workspace)


def as_json(seal: PackSeal, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    """Return a signature with stable keys; `problems` say why it is broken, or why its signer is not believed."""
    broken = [issue_as_json(fault, language) for fault in seal.faults]
    doubts = [{"code": code, "message": say(language, f"errors.{code}")} for code in seal.doubts]
    return {
        "state": seal.state.value,
        "author": seal.author or None,
        "issuer": seal.issuer or None,
        "fingerprint_sha256": seal.fingerprint_sha256 or None,
        "claimed_at": seal.claimed_at.isoformat() if seal.claimed_at else None,
        "problems": [*broken, *doubts],
    }


def refused_as_json(pack: RefusedPack, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    """Return a refused pack with stable keys."""
    return {
        "id": pack.standard_id or None,
        "edition": pack.edition_id or None,
        "path": str(pack.place),
        "signature": as_json(pack.seal, language),
    }


def lines(seal: PackSeal, language: Language) -> list[str]:
    """Return who signed and what is to be said of it; nothing for an unsigned pack."""
    if seal.state is SealState.UNSIGNED:
        return []
    claimed = seal.claimed_at.isoformat(sep=" ", timespec="seconds") if seal.claimed_at else "–"
    author, issuer = seal.author or "–", seal.issuer or "–"
    told = [say(language, f"standards.seal_{seal.state}", author=author, issuer=issuer, at=claimed)]
    told += [f"  {fault.place}: {say_issue(language, fault)}" for fault in seal.faults]
    told += [f"  {code}: {say(language, f'errors.{code}')}" for code in seal.doubts]
    return told


def refused_lines(pack: RefusedPack, language: Language) -> list[str]:
    """Return which pack is refused, and why."""
    name = pack.name.pick(language) if pack.name else pack.standard_id
    told = say(language, "standards.refused", name=name or pack.place.name, edition=pack.edition_id, path=pack.place)
    return [told, *(f"  {line}" for line in lines(pack.seal, language))]


def _sign(args: argparse.Namespace, machine: Machine) -> int:
    seal = pack_signatures.sign(machine, args.path, options.required_signatory(args), replace=args.replace)
    if args.json:
        told = as_json(seal, args.lang)
        facts = {name: told[name] for name in ("author", "issuer", "fingerprint_sha256", "claimed_at")}
        tell_json({"ok": True, "path": str(args.path), "signature": facts})
        return GOOD
    tell(say(args.lang, "standards.signed", path=args.path, author=seal.author))
    tell(say(args.lang, "identities.fingerprint", fingerprint=seal.fingerprint_sha256))
    return GOOD
