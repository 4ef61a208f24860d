"""Checking whatever a path holds: one pack, a mapping file, or a folder with many of both."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from maturity_desktop import packs
from maturity_desktop.errors import Issue
from maturity_desktop.services import mappings, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at, and every problem of it; places of a folder with several packs begin with the pack's."""

    packs: tuple[Path, ...]
    mappings: tuple[Path, ...]
    issues: tuple[Issue, ...]


def check(machine: Machine, paths: Sequence[Path], progress: Progress = silent) -> Checked:
    """Check all packs and mapping files at or below some paths, and what the packs have in common.

    A folder without any pack is a problem of its own (PACK-003).

    Raises:
        Cancelled: `progress` said so.
        EnvironmentProblem: SYS-0xx the disk refuses.
    """
    found = [(root, place) for root in paths for place in _places(root)]
    issues: list[Issue] = []
    for done, (root, place) in enumerate(found):
        progress(done, len(found), place.name)
        about = mappings.check(place, machine) if mappings.is_mapping_file(place) else standards.check(place)
        issues.extend(about if place == root else (_placed(one, root, place) for one in about))
    folders = tuple(place for _, place in found if not mappings.is_mapping_file(place))
    if len(folders) > 1:
        progress(len(found), len(found) + 1)
        issues.extend(standards.check_together(folders))
    links = tuple(place for _, place in found if mappings.is_mapping_file(place))
    return Checked(packs=folders, mappings=links, issues=tuple(issues))


def _places(root: Path) -> Iterator[Path]:
    """A pack or file stands for itself, and so does a folder with nothing to check in it; its fault is told then."""
    if not root.is_dir() or (root / packs.HEAD_FILE).is_file():
        yield root
        return
    inside = tuple(_below(root))
    yield from inside or (root,)


def _below(root: Path) -> Iterator[Path]:
    """Yield packs and mapping files in a steady order; nothing inside a pack is looked at, links are not followed."""
    for name, folders, files in os.walk(root):
        folder = Path(name)
        folders.sort()
        if packs.HEAD_FILE in files:
            folders.clear()
            yield folder
            continue
        yield from (folder / file for file in sorted(files) if _counts(folder, file))


def _counts(folder: Path, file: str) -> bool:
    is_mapping = folder.name == mappings.FOLDER and file.endswith(".yaml")
    return file.endswith(packs.SUFFIX) or is_mapping


def _placed(one: Issue, root: Path, place: Path) -> Issue:
    return replace(one, place=f"{place.relative_to(root).as_posix()}/{one.place}")
