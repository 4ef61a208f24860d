"""Options that several commands share: language, JSON, and where a passphrase comes from."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import EnvironmentProblem, RuleBroken
from maturity_desktop.services.export_requests import Identity, KeptIdentity, Signatory, Sm2Identity, TokenIdentity
from maturity_desktop.wording import say


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add --json and --lang."""
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    parser.add_argument("--lang", choices=("zh", "en"), default=preferred_language(), help="language of sentences")


def add_passphrase(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    """Add --<name>-file and --<name>-env; without either the passphrase is asked for."""
    parser.add_argument(
        f"--{name}-file", type=Path, metavar="FILE", help=f"read the {what} from this file's first line"
    )
    parser.add_argument(f"--{name}-env", metavar="VARIABLE", help=f"read the {what} from this environment variable")


def passphrase(args: argparse.Namespace, name: str) -> str:
    """Return the passphrase the options point to, or ask for it.

    Raises:
        EnvironmentProblem: CLI-001 file unreadable; CLI-002 variable not set.
        RuleBroken: CLI-003 nothing given and nobody to ask.
    """
    attribute = name.replace("-", "_")
    file: Path | None = getattr(args, f"{attribute}_file")
    variable: str | None = getattr(args, f"{attribute}_env")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig").splitlines()[0]
        except (OSError, IndexError, UnicodeDecodeError) as problem:
            raise EnvironmentProblem("CLI-001", path=str(file)) from problem
    if variable is not None:
        value = os.environ.get(variable)
        if not value:
            raise EnvironmentProblem("CLI-002", variable=variable)
        return value
    if not sys.stdin.isatty():
        raise RuleBroken("CLI-003", option=f"--{name}-file")
    return getpass.getpass(say(args.lang, f"cli.ask_{attribute}"))


def add_signatory(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add --identity (PKCS#12), --token with its labels and PIN, or --kept for a key inside the workspace."""
    who = parser.add_mutually_exclusive_group(required=required)
    who.add_argument("--identity", type=Path, metavar="P12", help="sign with this PKCS#12 file")
    who.add_argument("--token", type=Path, metavar="LIBRARY", help="sign with a token behind this PKCS#11 library")
    who.add_argument("--kept", metavar="NAME", help="sign with this key kept in the workspace")
    parser.add_argument("--token-label", default="", metavar="LABEL", help="which token, when there are several")
    parser.add_argument("--key-label", default="", metavar="LABEL", help="which key on the token")
    add_passphrase(parser, "identity-passphrase", "identity passphrase")
    add_passphrase(parser, "token-pin", "PIN of the token")
    add_passphrase(parser, "kept-passphrase", "passphrase of the kept key")


def signatory(args: argparse.Namespace) -> Signatory | None:
    """Return who signs, or None when nobody was named. Raises as `passphrase`."""
    if args.identity is not None:
        return Identity(pkcs12=args.identity, passphrase=passphrase(args, "identity-passphrase"))
    if args.kept is not None:
        return KeptIdentity(name=args.kept, passphrase=passphrase(args, "kept-passphrase"))
    if args.token is not None:
        return TokenIdentity(
            library=args.token,
            pin=passphrase(args, "token-pin"),
            token_label=args.token_label,
            key_label=args.key_label,
        )
    return None


def add_sm2(parser: argparse.ArgumentParser) -> None:
    """Add --sm2-key, --sm2-certificate and where the passphrase of the key comes from."""
    parser.add_argument(
        "--sm2-key",
        type=Path,
        metavar="KEY.pem",
        help="sign with this SM2 key besides; only this program and `openssl pkeyutl` check that signature",
    )
    parser.add_argument(
        "--sm2-certificate", type=Path, metavar="CERT.pem", help="certificate of the SM2 key, and its issuers'"
    )
    add_passphrase(parser, "sm2-passphrase", "passphrase of the SM2 key")


def sm2_identity(args: argparse.Namespace) -> Sm2Identity | None:
    """Return who signs with SM2 besides, or None. Raises as `passphrase`; RuleBroken CLI-005 half of it is missing."""
    key, certificate = args.sm2_key, args.sm2_certificate
    if key is None and certificate is None:
        return None
    if key is None or certificate is None:
        raise RuleBroken("CLI-005")
    return Sm2Identity(key=key, certificate=certificate, passphrase=passphrase(args, "sm2-passphrase"))


def required_signatory(args: argparse.Namespace) -> Signatory:
    """Return who signs, where the parser has made sure that somebody is named."""
    who = signatory(args)
    if who is None:
        raise LookupError("the parser lets nobody through without an identity")
    return who


def preferred_language() -> Language:
    """Return zh for Chinese locales, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
