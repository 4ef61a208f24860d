"""How commands speak: sentences for people, or one JSON object with stable keys for programs."""

import json
import sys
from typing import Any

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Cancelled, InputRejected, Issue, MaturityError, VerificationFailed
from maturity_desktop.wording import say_error, say_issue

GOOD, FINDINGS, USAGE, NOT_VERIFIED = 0, 1, 2, 3


def speak_utf8() -> None:
    """Chinese must survive consoles that default to another encoding (Windows)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def tell(text: str) -> None:
    """Print one line for people."""
    print(text, flush=True)


def tell_json(value: dict[str, Any]) -> None:  # Any: plain JSON values
    """Print one JSON object, keys in a stable order."""
    print(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str), flush=True)


def tell_problem(problem: MaturityError, language: Language, *, as_json: bool) -> int:
    """Print why a command was refused and return its exit code."""
    sentence = say_error(language, problem)
    issues = problem.issues if isinstance(problem, InputRejected) else ()
    if as_json:
        listed = [issue_as_json(issue, language) for issue in issues]
        tell_json({"ok": False, "code": problem.code, "message": sentence, "issues": listed})
    else:
        print(sentence, file=sys.stderr, flush=True)
        for issue in issues:
            print(f"  {issue.place}: {say_issue(language, issue)}", file=sys.stderr, flush=True)
    if isinstance(problem, VerificationFailed):
        return NOT_VERIFIED
    return FINDINGS if isinstance(problem, InputRejected | Cancelled) else USAGE


def issue_as_json(issue: Issue, language: Language) -> dict[str, Any]:  # Any: plain JSON values
    """Return one fault with stable keys."""
    return {
        "code": issue.code,
        "place": issue.place,
        "severity": "error" if issue.is_error else "warning",
        "message": say_issue(language, issue),
    }
