"""Programs we did not write, asked what they think of our signatures.

The test command installs them; where one is missing anyway the test is skipped, unless MATURITY_TOOLS=required.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLACE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"


def tool(name: str) -> str:
    """Return the path of an installed program; skip the test, or fail where it is required."""
    found = shutil.which(name)
    if found is None and os.environ.get("MATURITY_TOOLS") == "required":
        pytest.fail(f"{name} is not installed")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it said, whatever its exit code."""
    return subprocess.run(
        [str(one) for one in command],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
    )


def nss(folder: Path, *roots: str) -> str:
    """Make an NSS database that trusts these roots (PEM texts) and return its name."""
    place = folder / "nss"
    place.mkdir()
    name = f"sql:{place}"
    assert run(tool("certutil"), "-N", "-d", name, "--empty-password").returncode == 0
    for number, root in enumerate(roots):
        file = folder / f"root{number}.pem"
        file.write_text(root, encoding="ascii")
        added = run(tool("certutil"), "-A", "-d", name, "-n", f"root{number}", "-t", "CT,C,C", "-i", file)
        assert added.returncode == 0, added.stderr
    return name
