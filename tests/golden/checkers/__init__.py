"""Programs we did not write, asked what they think of our signatures.

The test command installs them; where one is missing anyway the test is skipped, unless MATURITY_TOOLS=required.
"""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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


def judged_by_xmlsec(folder: Path, book: Path, roots: Sequence[str]) -> list[bool]:
    """Tell for each signature of a workbook whether xmlsec1 accepts it, all three references included."""
    options: list[str | Path] = ["--verify", "--ignore-manifests"]
    for number, root in enumerate(roots):
        (folder / f"root{number}.pem").write_text(root, encoding="ascii")
        options += ["--trusted-pem", folder / f"root{number}.pem"]
    options += ["--id-attr:Id", "http://www.w3.org/2000/09/xmldsig#:Object"]
    options += ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder / "book")
    places = sorted((folder / "book" / "_xmlsignatures").glob("sig*.xml"))
    checks = [run(tool("xmlsec1"), *options, place) for place in places]
    return [one.returncode == 0 and "References (ok/all): 3/3" in one.stdout + one.stderr for one in checks]


def judged_by_jdk(book: Path) -> list[bool]:
    """Tell for each signature of a workbook whether the JDK accepts it and every part it covers."""
    checked = run(tool("java"), PLACE / "OfficeSignature.java", book)
    lines = checked.stdout.splitlines()
    is_whole = all(line.endswith("true") for line in lines) and any(" part " in line for line in lines)
    return [is_whole and line.endswith("core true") for line in lines if " core " in line]


def judged_by_libreoffice(folder: Path, books: Sequence[Path], trusted: str) -> list[Any]:
    """Return what LibreOffice says of each signature of each workbook: ``valid``, and ``certificate`` 0 for trusted."""
    env = {"MOZILLA_CERTIFICATE_FOLDER": trusted}
    checked = run(SYSTEM_PYTHON, PLACE / "ask_libreoffice.py", tool("soffice"), folder, *books, env=env)
    found = [json.loads(line) for line in checked.stdout.splitlines() if line.startswith("[")]
    assert len(found) == len(books), checked.stderr
    return found
