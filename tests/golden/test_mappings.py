"""The shipped mapping files: every end exists, no link stands twice, and overlaps are told with their reason."""

from collections import Counter
from pathlib import Path

import pytest

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.mapping import CriterionLink, MappingKind
from maturity_desktop.domain.text import Text
from maturity_desktop.packs.links import dangling_links, read_links
from maturity_desktop.services import mappings
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from tests.factories.sealed_workspace import SteadyClock

FILES = sorted((paths.standards() / "mappings").glob("*.yaml"))


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(clock=SteadyClock(), standards=(paths.standards(),), cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_link_has_both_ends(path: Path, machine: Machine) -> None:
    assert mappings.check(path, machine) == ()
    assert all(link.source_standard == path.stem for link in read_links(path.name, path.read_bytes())[0])


def test_there_are_many_links_and_none_is_told_twice(machine: Machine) -> None:
    links = mappings.shared(machine)
    assert len(links) >= 150
    ends = Counter(frozenset({(one.source_standard, one.source), (one.target_standard, one.target)}) for one in links)
    assert ends.most_common(1)[0][1] == 1
    assert len({standard for one in links for standard in (one.source_standard, one.target_standard)}) >= 8


def test_a_partial_overlap_says_what_differs(machine: Machine) -> None:
    bare = [one.source for one in mappings.shared(machine) if one.kind is MappingKind.INTERSECT and not one.note]
    assert bare == []


def test_a_criterion_is_told_its_links_from_either_end(machine: Machine) -> None:
    link = next(one for one in mappings.shared(machine) if one.kind is MappingKind.SUBSET)
    assert link in mappings.links_from(machine, link.source_standard, link.source)
    (turned,) = (
        one
        for one in mappings.links_from(machine, link.target_standard, link.target)
        if one.target == link.source and one.target_standard == link.source_standard
    )
    assert turned.kind is MappingKind.SUPERSET


GOOD = """\
format: 1
source: a
targets:
  - target: b
    links:
      - {source: A-1, kind: equal, target: B-1, note: {zh: 同。, en: Same.}}
"""


def test_a_dangling_link_and_a_link_to_itself_are_named() -> None:
    links, issues = read_links("m.yaml", GOOD.encode())
    assert issues == ()
    assert links[0].note == Text("同。", "Same.")
    assert dangling_links(links, {"a": ["A-1"], "b": ["B-1"]}) == ()
    assert [issue.code for issue in dangling_links(links, {"a": ["A-2"], "b": []})] == ["PACK-039", "PACK-039"]
    own = CriterionLink(
        kind=MappingKind.EQUAL,
        source_standard="a",
        source=CriterionId("x"),
        target_standard="a",
        target=CriterionId("y"),
    )
    assert [issue.code for issue in dangling_links([own], {})] == ["PACK-038"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: equal", "kind: same", "PACK-023"),
        ("target: B-1", "goal: B-1", "PACK-020"),
        ("format: 1", "format: 9", "PACK-029"),
        ("note: {zh: 同。, en: Same.}", "note: &a {zh: 同。}", "PACK-008"),
    ],
)
def test_a_mapping_file_of_the_wrong_shape_is_refused(old: str, new: str, code: str) -> None:
    links, issues = read_links("m.yaml", GOOD.replace(old, new).encode())
    assert links == ()
    assert code in [issue.code for issue in issues]


def test_a_link_that_stands_twice_is_named() -> None:
    line = GOOD.splitlines()[-1]
    _, issues = read_links("m.yaml", f"{GOOD}{line}\n".encode())
    assert [issue.code for issue in issues] == ["PACK-040"]
