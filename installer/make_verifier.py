"""Makes the stand-alone verifier a bank can be given: `.venv-test/bin/python -m installer.make_verifier FOLDER`.

The result is one zip with the verifying part of the program, the libraries it stands on and a start script. It needs
a Python of the same minor version and platform and nothing else: no installation, no network, no window, no workspace.
Everything comes out of the environment this runs in, so it is exactly what the lock file pins.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import re
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import grimp
from packaging.requirements import Requirement

from installer.environment import ROOT, say

DOOR = "maturity_desktop.cli.verify"
LEFT_OUT = ("maturity_desktop.storage",)  # what an open workspace alone needs
LIBRARIES = ("cryptography", "pyhanko", "lxml", "cbor2", "msgspec", "Pillow", "pypdfium2", "zxing-cpp")
TOP = "maturity-verify"
_WHEN = (2021, 1, 1, 0, 0, 0)  # one date for all entries: the same environment gives the same bytes

START = '''"""Verifies reports, certificates, workbooks, submissions and QR codes: python3 maturity-verify.py --help"""

import sys
from pathlib import Path

MADE_FOR = {made_for!r}

if sys.version_info[:2] != MADE_FOR:
    wanted = ".".join(map(str, MADE_FOR))
    sys.exit(f"maturity-verify needs Python {{wanted}}. 本程序需要 Python {{wanted}}。")
sys.path.insert(0, str(Path(__file__).resolve().parent / "lib"))

from maturity_desktop.cli.verify import main  # noqa: E402

sys.exit(main())
'''

READ_ME = """maturity-verify {version}

Checks who signed a report, certificate, workbook, submission or QR code, and whether it was changed since.
检查报告、证书、工作簿、提交包和二维码由谁签名、签名后有没有被改动。

    python3 maturity-verify.py --trust ca.pem FILE…
    python3 maturity-verify.py --lang zh --trust ca.pem 文件…

Python {python} for {platform}; nothing is installed and no connection is opened.
需要 {platform} 上的 Python {python}；不安装任何东西，不联网。

Get ca.pem from the issuing body through a safe channel and compare its fingerprint. Exit code 0: every file is valid;
3: at least one is not; 2: wrong usage. --json prints one object with stable keys.
请通过可靠渠道向发证机构取得 ca.pem 并核对指纹。
退出码 0：全部有效；3：至少一个无效；2：用法有误。--json 输出固定键名的结果。

SHA256SUMS lists every file of this folder.  SHA256SUMS 列出本文件夹的每个文件。
"""


def main() -> int:
    """Write the zip into the folder given and say where."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    say(str(make(folder)))
    return 0


def make(folder: Path) -> Path:
    """Write the zip and return its path."""
    python = ".".join(map(str, sys.version_info[:2]))
    version = _version()
    kind = sysconfig.get_platform()
    target = folder / f"{TOP}-{version}-{kind}-python{python}.zip"
    texts = {
        "maturity-verify.py": START.format(made_for=tuple(sys.version_info[:2])),
        "README.txt": READ_ME.format(version=version, python=python, platform=platform.system()),
    }
    entries = {name: text.encode() for name, text in texts.items()}
    entries["LICENSE"] = (ROOT / "LICENSE").read_bytes()
    entries |= {f"lib/{name}": path.read_bytes() for name, path in (*_program(), *_data(), *_libraries())}
    sums = "".join(f"{hashlib.sha256(entries[name]).hexdigest()}  {name}\n" for name in sorted(entries))
    entries["SHA256SUMS"] = sums.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            archive.writestr(zipfile.ZipInfo(f"{TOP}/{name}", _WHEN), entries[name], zipfile.ZIP_DEFLATED)
    return target


def _version() -> str:
    text = (ROOT / "maturity_desktop" / "__init__.py").read_text()
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise SystemExit("maturity_desktop/__init__.py names no version")
    return found[1]


def _program() -> Iterator[tuple[str, Path]]:
    """Every module the verifier can reach, with the packages around them."""
    graph = grimp.build_graph("maturity_desktop", exclude_type_checking_imports=True, cache_dir=None)
    reached = {DOOR, *graph.find_upstream_modules(DOOR)}
    kept = {module for module in reached if not module.startswith(LEFT_OUT)}
    packages = {module.rsplit(".", depth)[0] for module in kept for depth in range(1, module.count(".") + 1)}
    for module in sorted(kept | packages):
        place = ROOT.joinpath(*module.split("."))
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        yield path.relative_to(ROOT).as_posix(), path


def _data() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "resources" / "wording").rglob("*.toml")):
        yield f"maturity_desktop/_data/{path.relative_to(ROOT).as_posix()}", path


def _libraries() -> Iterator[tuple[str, Path]]:
    """Every file of the libraries and of what they need, licences included; no scripts, no compiled copies."""
    wanted, known = list(LIBRARIES), set[str]()
    while wanted:
        found = importlib.metadata.distribution(wanted.pop())
        name = re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower()
        if name in known:
            continue
        known.add(name)
        needs = (Requirement(one) for one in found.requires or ())
        wanted += [one.name for one in needs if one.marker is None or one.marker.evaluate({"extra": ""})]
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            if ".." not in file.parts and "__pycache__" not in file.parts and path.is_file():
                yield file.as_posix(), path


if __name__ == "__main__":
    sys.exit(main())
