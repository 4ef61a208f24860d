"""Writing a pack's files into a folder: all of them or none, and never over something that is no pack."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from maturity_desktop.domain.pack_signature import SIGNATURE_FILES
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.packs.gather import HEAD_FILE
from maturity_desktop.system.files import as_problem, write_atomically


def store(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write the files of a pack; text files of an older pack in the same folder that are no longer part of it go.

    Raises:
        EnvironmentProblem: AUT-010 the folder holds other things; SYS-0xx the disk refuses, the old pack is kept.
    """
    beside = folder.with_name(f".{folder.name}.new")
    aside = folder.with_name(f".{folder.name}.old")
    try:
        if folder.exists() and not _is_pack_or_empty(folder):
            raise EnvironmentProblem("AUT-010", path=str(folder))
        for left_over in (beside, aside):
            shutil.rmtree(left_over, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, content in files.items():
            write_atomically(beside / name, content)
        if folder.exists():
            folder.rename(aside)
        beside.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
    except OSError as problem:
        raise as_problem(problem, folder) from problem
    return tuple(folder / name for name in files)


def _is_pack_or_empty(folder: Path) -> bool:
    """Only files a pack consists of may be replaced; a signature over the old ones goes with them."""
    if not folder.is_dir():
        return False
    seal = {folder / name for name in SIGNATURE_FILES}
    inside = [path for path in folder.rglob("*") if path.is_file() and path not in seal]
    return not inside or ((folder / HEAD_FILE).is_file() and all(path.suffix == ".yaml" for path in inside))
