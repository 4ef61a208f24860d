"""All checks and tests, from a fresh clone: `python3 installer/test.py`.

Installs what the tests need (Xvfb, independent verifiers), then runs style, types, architecture contracts and the
whole test suite, first offscreen, then the few tests that need a real X server. `--qt 6.8.0.2 --qt newest` runs the
suite against other Qt versions as well; words after `--` go to pytest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, from anywhere

from installer.environment import (
    LOCKS,
    ROOT,
    install_packages,
    make_environment,
    missing_test_packages,
    missing_window_packages,
    say,
)

CHECKS = {
    "style": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "architecture": ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
}


def run_checks(python: Path) -> list[str]:
    """Run the static checks and return the names of those that failed."""
    failed = []
    for name, words in CHECKS.items():
        say(f"— {name}")
        if subprocess.run([str(python), *words], cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    return failed


def run_tests(python: Path, extra: list[str]) -> int:
    """Run the suite offscreen in two processes, Xvfb tests included: they start their own server."""
    variables = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONDONTWRITEBYTECODE="1")
    command = [str(python), "-m", "pytest", "-n", "2", "-m", "not benchmark and not slow", *extra]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def main() -> int:
    """Run everything; exit code 0 only when all of it is good."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--qt", action="append", default=[], help="also test against this PySide6 version, or newest")
    parser.add_argument("pytest", nargs="*", help="further words for pytest")
    wishes = parser.parse_args()
    if install_packages(missing_window_packages() + missing_test_packages()):
        os.environ["MATURITY_TOOLS"] = "required"  # nothing may be skipped because a verifier is missing
    python = make_environment(ROOT / ".venv-test", LOCKS / "test.txt")
    failed = run_checks(python)
    for version in wishes.qt:
        other = make_environment(ROOT / f".venv-qt-{version}", LOCKS / "test.txt", qt=version)
        say(f"— tests on PySide6 {version}")
        if run_tests(other, wishes.pytest) != 0:
            failed.append(f"tests on {version}")
    say("— tests")
    if run_tests(python, wishes.pytest) != 0:
        failed.append("tests")
    if failed:
        say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
