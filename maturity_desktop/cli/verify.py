"""`verify`: judge files by trusted roots; 0 when every file is valid, 3 otherwise, 2 on wrong usage."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, NOT_VERIFIED, speak_utf8, tell, tell_json, tell_problem
from maturity_desktop.domain.submission import SM2_SIGNATURE
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import MaturityError
from maturity_desktop.services import standing_words, verifying
from maturity_desktop.services.context import Machine
from maturity_desktop.services.verifying import FileCheck, SignatureCheck, TrustFiles, Verdict
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from maturity_desktop.wording import area, say

_CRL_HELP = "revoked signers (PEM, DER), revoked certificates (.mdcrl), or a folder with such lists; may be repeated"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    verify = commands.add_parser("verify", help="verify signed reports, certificates, workbooks and QR codes on paper")
    _add_arguments(verify)
    verify.set_defaults(run=run)


def main(argv: Sequence[str] | None = None) -> int:
    """Run as a program of its own, `maturity-verify`, that needs neither window nor workspace."""
    parser = argparse.ArgumentParser(prog="maturity-verify", description=__doc__)
    _add_arguments(parser)
    speak_utf8()
    args = parser.parse_args(argv)
    try:
        return run(args, Machine(clock=SystemClock(), standards=(), cache=paths.cache_folder()))
    except MaturityError as problem:
        return tell_problem(problem, args.lang, as_json=args.json)


def _add_arguments(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE")
    verify.add_argument(
        "--trust", type=Path, action="append", required=True, metavar="CA.pem", help="trusted root; may be repeated"
    )
    verify.add_argument(
        "--institution-trust",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help="root that the institution's approval must lead to, and nobody else's signature may",
    )
    verify.add_argument("--crl", type=Path, action="append", default=[], metavar="PATH", help=_CRL_HELP)
    verify.add_argument(
        "--tsa-trust", type=Path, action="append", default=[], metavar="CA.pem", help="root of a time-stamp authority"
    )
    verify.add_argument(
        "--sm2-trust",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help="root of SM2 signatures, which only this program and `openssl pkeyutl` check",
    )
    verify.add_argument(
        "--against", type=Path, metavar="REPORT.pdf", help="say whether certificates rest on this signed report"
    )
    verify.add_argument(
        "--expect", action="append", default=[], metavar="FIELD", help="signature that must be there besides"
    )
    options.add_output(verify)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Judge every file and say what was found."""
    more = TrustFiles(
        institution_roots=tuple(args.institution_trust),
        crls=tuple(args.crl),
        expected=frozenset(args.expect),
        against=args.against,
        tsa_roots=tuple(args.tsa_trust),
        sm2_roots=tuple(args.sm2_trust),
    )
    trust = tuple(args.trust)
    checks = [verifying.verify_file(path, trust, more=more, clock=machine.clock) for path in args.files]
    is_good = all(check.verdict == Verdict.VALID for check in checks)
    if args.json:
        tell_json({"ok": is_good, "files": [as_json(check, args.lang) for check in checks]})
    else:
        for check in checks:
            for line in lines(check, args.lang):
                tell(line)
    return GOOD if is_good else NOT_VERIFIED


def as_json(check: FileCheck, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    """Return one verdict with stable keys."""
    return {
        "path": str(check.path),
        "kind": check.kind,
        "verdict": check.verdict.value,
        "sha256": check.sha256,
        "signatures": [_signature_as_json(one, language) for one in check.signatures],
        "problems": _problems_as_json(check.problems, language),
        "details": [{"name": name, "value": value} for name, value in check.details],
    }


def _signature_as_json(one: SignatureCheck, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    return {
        "field": one.field,
        "role": one.role or None,
        "signer": one.signer,
        "issuer": one.issuer,
        "fingerprint_sha256": one.fingerprint_sha256,
        "claimed_at": one.claimed_at.isoformat() if one.claimed_at else None,
        "timestamped_at": one.timestamped_at.isoformat() if one.timestamped_at else None,
        "root": one.root or None,
        "root_fingerprint_sha256": one.root_fingerprint_sha256 or None,
        "pinned": one.is_pinned,
        "revocation": one.revocation.value,
        "intact": one.is_intact,
        "trusted": one.is_trusted,
        "covers_whole_file": one.covers_whole_file,
        "problems": _problems_as_json(one.problems, language),
    }


def _problems_as_json(codes: tuple[str, ...], language: Language) -> list[dict[str, str]]:
    return [{"code": code, "message": say(language, f"errors.{code}")} for code in codes]


def lines(check: FileCheck, language: Language) -> list[str]:
    """Return the verdict in one line, then who signed and what is wrong, then what the file says of itself."""
    is_good_paper = check.kind == "qr" and check.verdict is Verdict.VALID
    found = [say(language, "verify.valid_qr" if is_good_paper else f"verify.{check.verdict}", path=check.path)]
    if check.sha256:
        kind = say(language, f"verify.kind.{check.kind}")
        found.append(say(language, "verify.kind_line", kind=kind, sha256=check.sha256))
    found += [_problem(code, language, "verify.file_problem") for code in check.problems]
    for one in check.signatures:
        found += _signature_lines(one, language)
    found += [_detail(name, value, language) for name, value in check.details]
    return found


def _signature_lines(one: SignatureCheck, language: Language) -> list[str]:
    key = "verify.signature_bad" if one.problems else "verify.signature_good"
    found = [say(language, key, field=one.field, signer=one.signer, issuer=one.issuer)]
    if one.field == SM2_SIGNATURE:
        found.append(say(language, "verify.sm2"))
    if one.claimed_at is not None:
        found.append(say(language, "verify.claimed", at=one.claimed_at.isoformat(sep=" ", timespec="seconds")))
    if one.timestamped_at is not None:
        proven = one.timestamped_at.isoformat(sep=" ", timespec="seconds")
        key = "verify.timestamped" if one.claimed_at is not None else "verify.states_time"
        found.append(say(language, key, at=proven))
    found.append(say(language, "verify.fingerprint", fingerprint=one.fingerprint_sha256))
    found.append(f"    {standing_words.sentence(one, language)}")
    return found + [_problem(code, language, "verify.problem") for code in one.problems]


def _problem(code: str, language: Language, key: str) -> str:
    return say(language, key, code=code, sentence=say(language, f"errors.{code}"))


def _detail(name: str, value: str, language: Language) -> str:
    """Word one detail; names we have no word for (a part, an attachment) are shown as they are."""
    known = area("verify")
    shown = say(language, f"verify.value.{value}") if f"value.{value}" in known else value
    kind, _, rest = name.partition(":")
    if kind == "attachment":
        label = say(language, "verify.name.attachment", name=rest)
    elif name.startswith("VER-"):
        label = say(language, "verify.name.part", code=name)
    else:
        label = say(language, f"verify.name.{name}") if f"name.{name}" in known else name
    return say(language, "verify.detail", name=label, value=shown)
