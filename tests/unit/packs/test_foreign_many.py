"""Many models by chance: all come in, nothing is lost on the way, and what comes in can be walked and scored."""

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from maturity_desktop.domain.answers import Answer, AnswerValue, value_of_choice
from maturity_desktop.domain.engagement import Assessment
from maturity_desktop.domain.ids import CriterionId, NodeCode
from maturity_desktop.domain.results import Results
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.gui.assessment.state import question, tree, walking
from maturity_desktop.gui.assessment.state.sheet import SheetState
from maturity_desktop.gui.assessment.state.walking import Move
from maturity_desktop.packs import PackFiles, examine, examine_book, examine_files, spreadsheet
from maturity_desktop.packs.foreign.build import Imported
from maturity_desktop.packs.foreign.plainly import clean
from maturity_desktop.packs.foreign.recognise import Wishes, recognise
from maturity_desktop.packs.foreign.scales import Groups
from maturity_desktop.packs.sheets import sheets_of
from maturity_desktop.packs.store import store
from maturity_desktop.packs.write import PackContent, pack_files
from maturity_desktop.scoring import compute_results
from tests.factories import catalogs, foreign_models, libraries
from tests.factories.libraries import Record
from tests.unit.scoring.scored import AT, make_assessment

TODAY = date(2026, 11, 23)
_YES = (True, "x")


def imported(path: Path, groups: Groups = Groups.AUTO) -> Imported:
    found = recognise(path, Wishes(today=TODAY, groups=groups)).imported
    assert found is not None
    return found


def is_assessed(node: Record) -> bool:
    return node.get("assessable") in _YES and node.get("display_mode") != "splash"


def first_framework(document: Record) -> Record:
    value = document["objects"].get("framework") or document["objects"]["frameworks"]
    found: Record = value[0] if isinstance(value, list) else value
    return found


def assessment_of(edition: Edition, profile: str) -> Assessment:
    return replace(make_assessment(edition, target=edition.levels[-1].code), profile_id=profile)


def walk_through(edition: Edition, seed: int) -> None:
    """Answer by chance, score by every rule, and go through the questionnaire from end to end in both languages."""
    chance = random.Random(seed)
    answers = dict(answered(edition, chance))
    for profile in edition.profiles:
        assessment = assessment_of(edition, profile.id)
        results = compute_results(edition, assessment, answers, {})
        assert set(results.items) == set(edition.item_by_code)
        sheet = SheetState(edition=edition, assessment=assessment, results=results, answers=answers)
        assert len(tree.rows(sheet, "zh")) == 1 + len(edition.items) + len(edition.node_by_code)
        focus = walking.start(sheet)
        assert focus is not None
        for move in (Move.UP, Move.LEFT, Move.RIGHT, Move.DOWN, Move.PREVIOUS_ITEM, Move.NEXT, Move.NEXT_UNANSWERED):
            assert question.derive(sheet, walking.walk(sheet, focus, move), "en").header.name
        first = walking.enter_item(sheet, edition.items[0])
        seen = 0
        while first is not None:
            seen += 1
            further = walking.walk(sheet, first, Move.NEXT_ITEM)
            first = further if further != first else None
        assert seen == len(edition.items)
        assert tree.matching(sheet, frozenset()).keys() <= edition.item_by_code.keys()


def answered(edition: Edition, chance: random.Random) -> Iterator[tuple[CriterionId, Answer]]:
    for key, criterion in edition.criterion_by_id.items():
        offered = edition.answer_set_of(criterion)
        if offered is not None and chance.random() < 0.8:
            choice = chance.choice(offered.choices)
            yield key, Answer(criterion_id=key, value=value_of_choice(choice), by="Li", at=AT, choice=choice.code)
        elif chance.random() < 0.9:
            yield key, Answer(criterion_id=key, value=chance.choice(tuple(AnswerValue)), by="Li", at=AT)


def texts_of(edition: Edition) -> Iterator[Text]:
    for node in edition.node_by_code.values():
        yield node.name
    for item in edition.items:
        yield from (item.name, *item.questions, *(request.title for cell in item.cells for request in cell.evidence))
        yield from (text for one in item.criteria for text in (one.text, one.note) if text)
        yield from (item.scope,) if item.scope else ()
    yield from (choice.text for one in edition.answer_sets or () for choice in one.choices)
    yield from (level.name for level in edition.levels)
    yield from (module.name for module in edition.modules)


def in_and_out(path: Path, found: Imported, folder: Path) -> None:
    """The edition is a pack like any other: written, read, checked; and a workbook, out and in again to the byte."""
    content = PackContent(edition=found.edition)
    store(pack_files(content), folder)
    again = examine(folder)
    assert [issue for issue in again.issues if issue.is_error] == [], path
    assert again.edition == found.edition
    book = spreadsheet.write(sheets_of(content), found.edition.released_on)
    back = examine_book(spreadsheet.read(book, "x.xlsx"))
    assert back.content is not None, [issue for issue in back.issues if issue.is_error][:3]
    assert spreadsheet.write(sheets_of(back.content), found.edition.released_on) == book
    assert pack_files(back.content) == pack_files(content)


def check_library(seed: int, folder: Path) -> Imported:
    chance = random.Random(seed)
    path = folder / f"{seed}.yaml"
    path.write_bytes(libraries.as_yaml(chance, libraries.library(chance)))
    document = yaml.safe_load(path.read_bytes().decode("utf-8-sig"))
    framework = first_framework(document)
    nodes = framework["requirement_nodes"]
    found = imported(path, chance.choice(tuple(Groups)))
    left = {one.what: one for one in found.left}
    assessed = [node for node in nodes if is_assessed(node)]
    assert (found.found.entries, found.found.assessed) == (len(nodes), len(assessed))
    assert found.carried.assessed == len(found.edition.items) == len(assessed)
    empty = left["empty_groups"].count if "empty_groups" in left else 0
    assert found.carried.entries == len(nodes) - empty
    told = {clean(text).strip() for one in texts_of(found.edition) for text in (one.zh, one.en)}
    if not document.get("translations") and not framework.get("translations"):
        lost = [node for node in assessed if node.get("description") and clean(node["description"]).strip() not in told]
        assert not [node for node in lost if not node.get("translations")], seed
    for language in found.edition.languages:
        assert all(getattr(text, language) for text in texts_of(found.edition)), (seed, language)
    assert all(len(one.named) <= one.count for one in found.left)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_libraries_of_every_form_come_in_whole(tmp_path: Path, seed: int) -> None:
    found = check_library(seed, tmp_path)
    walk_through(found.edition, seed)
    in_and_out(tmp_path / f"{seed}.yaml", found, tmp_path / "pack")


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_thousand_libraries_come_in_whole(tmp_path: Path) -> None:
    for seed in range(1_000, 2_000):
        found = check_library(seed, tmp_path)
        walk_through(found.edition, seed)
        in_and_out(tmp_path / f"{seed}.yaml", found, tmp_path / f"pack {seed}")


@pytest.mark.parametrize("seed", range(12))
def test_catalogs_of_every_form_come_in_whole(tmp_path: Path, seed: int) -> None:
    document = catalogs.catalog(random.Random(seed))
    path = tmp_path / "c.json"
    path.write_text(json.dumps(document, ensure_ascii=seed % 2 == 0), encoding="utf-8")
    found = imported(path)
    controls = catalogs.controls_of(document["catalog"])
    standing = [one for one in controls if not catalogs.is_withdrawn(one)]
    bare = [one for one in standing if "statement" not in {part["name"] for part in one["parts"]} and "controls" in one]
    assert found.found.entries == len(controls) + len(catalogs.groups_of(document["catalog"]))
    assert found.found.assessed == len(found.edition.items) == len(standing) - len(bare)
    left = {one.what: one.count for one in found.left}
    assert left.get("withdrawn_controls", 0) == len(controls) - len(standing)
    assert not [one for one in found.edition.criterion_by_id.values() if "{{ " in one.text.en]
    walk_through(found.edition, seed)
    in_and_out(path, found, tmp_path / "pack")


def test_a_code_is_the_id_people_use_not_a_title(tmp_path: Path) -> None:
    control = {"title": "Keys", "parts": [{"name": "statement", "prose": "Count keys."}]}
    labels = {"A1": "A1", "b.1": "Counting of keys (B.1)", "c-1": "C-1(2)", "sp_03.01": "A long title without an id"}
    controls = [
        {
            "id": key,
            **control,
            "props": [{"name": "label", "value": "X", "class": "other"}, {"name": "label", "value": one}],
        }
        for key, one in labels.items()
    ]
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"catalog": {"metadata": {"title": "T"}, "controls": controls}}), encoding="utf-8")
    assert [item.code for item in imported(path).edition.items] == ["A1", "B.1", "C-1-2", "sp-03.01"]


def test_a_parameter_names_the_parameters_of_its_choices(tmp_path: Path) -> None:
    params = [
        {"id": "p1", "label": "hours"},
        {"id": "p2", "select": {"choice": ["after {{ insert: param, p1 }}", "never"]}},
        {"id": "p3", "label": "{{ insert: param, p3 }}"},
    ]
    prose = "Lock {{ insert: param, p2 }}, {{ p3 }}, {{ insert: param, p4 }}."
    control = {"id": "a", "title": "A", "params": params, "parts": [{"name": "statement", "prose": prose}]}
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"catalog": {"metadata": {"title": "T"}, "controls": [control]}}), encoding="utf-8")
    (criterion,) = imported(path).edition.criterion_by_id.values()
    assert criterion.text.en == "Lock [after [hours] / never], [[p3]], [p4]."


def samm_answers(edition: Edition, seed: int) -> dict[CriterionId, int]:
    chance = random.Random(seed)
    return {key: chance.randrange(4) for key in edition.criterion_by_id}


def scored(edition: Edition, places: dict[CriterionId, int]) -> Results:
    answers = {}
    for key, place in places.items():
        offered = edition.answer_set_of(edition.criterion_by_id[key])
        assert offered is not None
        choice = offered.choices[place]
        answers[key] = Answer(criterion_id=key, value=value_of_choice(choice), by="Li", at=AT, choice=choice.code)
    return compute_results(edition, assessment_of(edition, "average"), answers, {})


@pytest.mark.parametrize("is_older", [False, True], ids=["answerSet", "answerset"])
def test_the_folders_of_samm_come_in_whole(tmp_path: Path, is_older: bool) -> None:
    """Five functions, 15 practices, 30 streams, 90 questions; translations, guidance and workflows are left."""
    found = imported(catalogs.samm_core(tmp_path / "core", older=is_older))
    edition = found.edition
    assert (len(edition.nodes), len(edition.node_by_code), len(edition.items)) == (5, 20, 30)
    assert len(edition.criterion_by_id) == 90
    assert (found.found.entries, found.carried.entries) == (50, 50)
    left = {one.what: one.count for one in found.left}
    assert left == {"other_files": 3, "group_texts": 35, "activity_texts": 90, "objectives": 45, "date_of_import": 1}
    assert [level.summary.en for level in edition.levels] == ["A step."] * 3
    walk_through(edition, 1)
    in_and_out(tmp_path, found, tmp_path / "pack")


@pytest.mark.parametrize("seed", range(20))
def test_samm_scores_are_those_of_its_owner(tmp_path: Path, seed: int) -> None:
    """Practice: sum over the levels of the mean of its streams' answers; function and whole: mean of what is below.

    Source: SAMM assessment guide and the scorecard of its toolbox; worked here apart from the product.
    """
    edition = imported(catalogs.samm_core(tmp_path / "core")).edition
    places = samm_answers(edition, seed)
    results = scored(edition, places)
    credit = {key: Fraction(str(catalogs.CREDITS[place])) for key, place in places.items()}
    functions = []
    for function in catalogs.FUNCTIONS:
        practices = []
        for short in catalogs.PRACTICES:
            name = f"{function[0]}-{short}"
            score = sum(
                (_mean([credit[CriterionId(f"{name}-{s}-{n}.1")] for s in "AB"]) for n in (1, 2, 3)), Fraction(0)
            )
            assert results.nodes[NodeCode(name)].average == _two_places(score)
            practices.append(score)
        assert results.nodes[NodeCode(function[0])].average == _two_places(_mean(practices))
        functions.append(_mean(practices))
    assert results.overall.average == _two_places(_mean(functions))


def test_samm_scores_worked_by_hand(tmp_path: Path) -> None:
    """Drafting, practice XA: stream A answers 1, 0.5, 0.25 and stream B 0.5, 0.25, 0.

    Levels: (1 + 0.5) / 2 = 0.75, (0.5 + 0.25) / 2 = 0.375, (0.25 + 0) / 2 = 0.125; practice 1.25; all others 0.
    Function 1.25 / 3 = 0.4167; the whole 0.4167 / 5 = 0.0833.
    """
    edition = imported(catalogs.samm_core(tmp_path / "core")).edition
    places = dict.fromkeys(edition.criterion_by_id, 0)
    for name, place in (("A-1", 3), ("A-2", 2), ("A-3", 1), ("B-1", 2), ("B-2", 1)):
        places[CriterionId(f"D-XA-{name}.1")] = place
    results = scored(edition, places)
    shown = [results.nodes[NodeCode(code)].average for code in ("D-XA", "D-XB", "D")] + [results.overall.average]
    assert shown == [Decimal("1.25"), Decimal(0), Decimal("0.42"), Decimal("0.08")]
    streams = [results.items[NodeCode(f"D-XA-{letter}")].position for letter in "AB"]
    assert streams == [Fraction("1.75"), Fraction("0.75")]


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _two_places(value: Fraction) -> Decimal:
    """Two places, halves up, as a spreadsheet shows it."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("seed", [3, pytest.param(4, marks=pytest.mark.slow)])
def test_five_thousand_requirements_of_any_form_are_walked_and_scored(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    document = libraries.library(chance, 5_000)
    path = tmp_path / "big.yaml"
    path.write_bytes(libraries.as_yaml(chance, document))
    found = imported(path)
    assert found.found.entries == 5_000
    assert found.carried.assessed == sum(is_assessed(node) for node in first_framework(document)["requirement_nodes"])
    walk_through(found.edition, seed)


def test_the_time_of_an_import_is_a_small_multiple_of_reading_the_file(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_text(foreign_models.big_library(2_000), encoding="utf-8")

    def bare() -> None:
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)  # the safe one, written in C

    def whole() -> None:
        made = PackContent(edition=imported(path).edition)
        assert not [
            one for one in examine_files(PackFiles(pack_files(made)), judges_wording=False).issues if one.is_error
        ]

    ratio = min(_seconds(whole) for _ in range(2)) / min(_seconds(bare) for _ in range(2))
    assert ratio < 15  # about 6


def _seconds(act: Callable[[], None]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started
