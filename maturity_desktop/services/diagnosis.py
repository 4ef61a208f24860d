"""`doctor`: is this machine fit for an assessment? Environment, libraries, fonts, write access, an encrypted trial."""

import importlib
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from maturity_desktop.errors import MaturityError
from maturity_desktop.services import standards, workspaces
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths

# distribution → module that must import
LIBRARIES = {
    "PySide6-Essentials": "PySide6.QtCore",
    "SQLAlchemy": "sqlalchemy",
    "alembic": "alembic",
    "sqlcipher3": "sqlcipher3",
    "cryptography": "cryptography.x509",
    "pyHanko": "pyhanko",
    "lxml": "lxml.etree",
    "reportlab": "reportlab",
    "openpyxl": "openpyxl",
    "pypdfium2": "pypdfium2",
    "PyYAML": "yaml",
    "msgspec": "msgspec",
    "cbor2": "cbor2",
    "zxing-cpp": "zxingcpp",
    "Pillow": "PIL.Image",
    "python-pkcs11": "pkcs11",
}
FONTS = (
    "NotoSansSC-Regular.ttf",
    "NotoSansSC-Bold.ttf",
    "NotoSerifSC-Bold.ttf",
    "LXGWWenKai-Regular.ttf",
)
WANTED_FREE_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One thing looked at: `topic` has a sentence in `doctor.<topic>`; `detail` is a value such as a version."""

    topic: str
    subject: str
    is_good: bool
    detail: str


def examine(machine: Machine) -> tuple[Examination, ...]:
    """Look at everything and return what was found, good and bad."""
    return tuple(finding for look in _LOOKS for finding in look(machine))


def _look_at_python(_: Machine) -> Iterator[Examination]:
    is_good = sys.version_info >= (3, 11)
    yield Examination(topic="python", subject="Python", is_good=is_good, detail=platform.python_version())
    libc = " ".join(platform.libc_ver()).strip() or platform.version()
    yield Examination(topic="system", subject=platform.system(), is_good=True, detail=f"{platform.machine()} {libc}")


def _look_at_libraries(_: Machine) -> Iterator[Examination]:
    for distribution, module in LIBRARIES.items():
        try:
            importlib.import_module(module)
            version = metadata.version(distribution)
        except (ImportError, metadata.PackageNotFoundError) as problem:
            yield Examination(topic="library", subject=distribution, is_good=False, detail=str(problem))
        else:
            yield Examination(topic="library", subject=distribution, is_good=True, detail=version)


def _look_at_fonts(_: Machine) -> Iterator[Examination]:
    for name in FONTS:
        font = paths.fonts() / name
        size = font.stat().st_size if font.is_file() else 0
        yield Examination(topic="font", subject=name, is_good=size > 1_000_000, detail=f"{size / 1e6:.1f} MB")


def _look_at_folders(machine: Machine) -> Iterator[Examination]:
    for folder in (paths.settings_folder(), machine.cache, paths.state_folder(), Path.cwd()):
        problem = _write_trial(folder)
        yield Examination(topic="folder", subject=str(folder), is_good=not problem, detail=problem)
    free = shutil.disk_usage(Path.home()).free
    yield Examination(
        topic="space", subject=str(Path.home()), is_good=free > WANTED_FREE_BYTES, detail=f"{free / 1e9:.1f} GB"
    )


def _write_trial(folder: Path) -> str:
    """Return why nothing can be written in `folder`, or "" when it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"trial")
    except OSError as problem:
        return problem.strerror or str(problem)
    return ""


def _look_at_standards(machine: Machine) -> Iterator[Examination]:
    try:
        shelf = standards.shelf(machine)
    except MaturityError as problem:
        yield Examination(topic="standards", subject="standards", is_good=False, detail=str(problem))
        return
    for card in shelf.cards:
        detail = f"{card.edition_id}, {card.criteria}"
        yield Examination(topic="standards", subject=card.name.pick("en"), is_good=True, detail=detail)
    for pack in shelf.refused:
        detail = ", ".join(fault.code for fault in pack.seal.faults)
        yield Examination(topic="standards", subject=str(pack.place), is_good=False, detail=detail)


def _look_at_encryption(machine: Machine) -> Iterator[Examination]:
    """Make, close and open a real workspace in a temporary folder."""
    secret = "doctor's trial passphrase"  # noqa: S105 protects an empty trial workspace that is removed at once
    problem = ""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "trial.maturity"
        try:
            workspaces.close(workspaces.create(machine, place, secret, actor="doctor"))
            workspaces.close(workspaces.open_workspace(machine, place, secret))
        except MaturityError as refused:
            problem = str(refused)
    yield Examination(topic="encryption", subject="SQLCipher", is_good=not problem, detail=problem or "AES 256")


_LOOKS: tuple[Callable[[Machine], Iterator[Examination]], ...] = (
    _look_at_python,
    _look_at_libraries,
    _look_at_fonts,
    _look_at_folders,
    _look_at_standards,
    _look_at_encryption,
)
