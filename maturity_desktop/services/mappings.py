"""Links between criteria of different standards: the shipped mapping files, and where a criterion leads."""

from collections.abc import Iterator
from pathlib import Path

from maturity_desktop import packs
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.mapping import CriterionLink
from maturity_desktop.errors import EnvironmentProblem, InputRejected, Issue
from maturity_desktop.packs.links import dangling_links, read_links
from maturity_desktop.services import standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system.files import as_problem

FOLDER = "mappings"
_MAX_BYTES = 5_000_000


def shared(machine: Machine) -> tuple[CriterionLink, ...]:
    """Return the links of all mapping files beside the packs; files with faults are left out (`check` tells why)."""
    links = (link for path in _files(machine) for link in read_links(path.name, _content(path))[0])
    return tuple(dict.fromkeys(links))


def links_from(machine: Machine, standard_id: str, criterion_id: CriterionId) -> tuple[CriterionLink, ...]:
    """Return where a criterion leads, told from its side, whichever end a file names first."""
    found = []
    for link in shared(machine):
        if (link.source_standard, link.source) == (standard_id, criterion_id):
            found.append(link)
        if (link.target_standard, link.target) == (standard_id, criterion_id):
            found.append(link.reversed)
    return tuple(found)


def check(path: Path, machine: Machine) -> tuple[Issue, ...]:
    """Return what is wrong with a mapping file, ends missing in installed standards included."""
    links, issues = read_links(path.name, _content(path))
    known: dict[str, frozenset[str]] = {}
    for standard_id in {end for link in links for end in (link.source_standard, link.target_standard)}:
        try:
            known[standard_id] = frozenset(standards.load(machine, standard_id).criterion_by_id)
        except (EnvironmentProblem, InputRejected):
            known[standard_id] = frozenset()
    return (*issues, *dangling_links(links, known))


def _files(machine: Machine) -> Iterator[Path]:
    for root in machine.standards:
        yield from sorted((root / FOLDER).glob("*.yaml"))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as problem:
        raise as_problem(problem, path) from problem
    if len(content) > _MAX_BYTES:
        raise InputRejected("AUT-002", (), name=path.name, limit=_MAX_BYTES)
    return content


def is_mapping_file(path: Path) -> bool:
    """Whether a file that is to be checked holds mappings rather than a pack."""
    return path.suffix == ".yaml" and path.is_file() and path.name != packs.HEAD_FILE
