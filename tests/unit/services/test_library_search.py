"""Searching the library: every text of every standard is found, in both languages, at once."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from maturity_desktop.errors import Cancelled
from maturity_desktop.services import library_search, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.services.library_search import LibraryIndex, PassageKind
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock

MOST_SCANS = 20  # a search may take as long as looking through all texts so often, in the same run


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    cache = tmp_path_factory.mktemp("library") / "cache"
    return Machine(clock=SystemClock(), standards=(paths.standards(),), cache=cache)


@pytest.fixture(scope="module")
def index(machine: Machine) -> LibraryIndex:
    return library_search.build_index(machine)


def test_every_criterion_of_every_standard_is_in_the_index(machine: Machine, index: LibraryIndex) -> None:
    cards = standards.library(machine)
    held = [passage for passage in index.passages if passage.kind is PassageKind.CRITERION]
    assert len(held) == sum(card.criteria for card in cards) > 600
    assert {passage.digest for passage in held} == {card.digest for card in cards}


def test_each_criterion_is_found_by_its_own_words_in_both_languages(index: LibraryIndex) -> None:
    some = [passage for passage in index.passages if passage.kind is PassageKind.CRITERION][::97]
    for passage in some:
        for text in (passage.text.zh, passage.text.en, passage.code):
            assert passage in library_search.search(index, text).passages


def test_two_chinese_characters_find_passages_of_several_standards(index: LibraryIndex) -> None:
    hits = library_search.search(index, "部署")
    assert hits.total > 20
    assert len({passage.digest for passage in hits.passages}) > 2


def test_case_does_not_matter_and_all_words_must_occur(index: LibraryIndex) -> None:
    one = library_search.search(index, "DEPLOYMENT", limit=10_000)
    both = library_search.search(index, "deployment automated", limit=10_000)
    assert 0 < both.total < one.total
    assert set(both.passages) <= set(one.passages)


def test_blank_text_finds_nothing_and_odd_text_harms_nothing(index: LibraryIndex) -> None:
    assert library_search.search(index, "  ").total == 0
    assert library_search.search(index, "%_*?[\\").total == 0


def test_no_more_than_the_limit_is_shown_but_all_are_counted(index: LibraryIndex) -> None:
    hits = library_search.search(index, "the", limit=5)
    assert len(hits.passages) == 5 < hits.total


@pytest.mark.parametrize("text", ["部署", "监控 告警", "deployment", "的", "no such words anywhere"])
def test_a_search_costs_a_few_plain_scans(index: LibraryIndex, text: str) -> None:
    texts = [passage.text for passage in index.passages]

    def scan() -> int:
        return sum(text in each.zh or text in each.en for each in texts)

    assert least_s(lambda: library_search.search(index, text)) < MOST_SCANS * least_s(scan)


def least_s(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return min(taken)


def test_building_stops_when_asked(machine: Machine) -> None:
    def stop(done: int, total: int, what: str = "") -> None:  # a progress has this form
        raise Cancelled

    with pytest.raises(Cancelled):
        library_search.build_index(machine, stop)


def test_a_pack_with_faults_is_left_out(machine: Machine, tmp_path: Path) -> None:
    bad = tmp_path / "cn-bad" / "1.0"
    bad.mkdir(parents=True)
    (bad / "standard.yaml").write_text("id: [", encoding="utf-8")
    alone = Machine(clock=machine.clock, standards=(tmp_path,), cache=tmp_path / "cache")
    assert library_search.build_index(alone).passages == ()
