"""Single forms of models from elsewhere, each as its owner's files have been met, and what becomes of it."""

import random
from datetime import date
from pathlib import Path

import pytest
import yaml

from maturity_desktop.domain.ids import NodeCode
from maturity_desktop.domain.standard import Edition
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs.foreign.build import Imported
from maturity_desktop.packs.foreign.recognise import Wishes, recognise
from maturity_desktop.packs.foreign.scales import Groups
from tests.factories import foreign_models, workbooks
from tests.factories.libraries import Record

TODAY = date(2026, 11, 23)


def library(**changes: object) -> Record:
    """Two requirements under one heading, in English; `changes` go into the framework."""
    nodes: list[Record] = [
        {"urn": "urn:n:a", "assessable": False, "depth": 1, "ref_id": "A", "name": "Access"},
        {"urn": "urn:n:a.1", "parent_urn": "urn:n:a", "assessable": True, "ref_id": "A.1", "description": "Keys."},
        {"urn": "urn:n:a.2", "parent_urn": "urn:n:a", "assessable": True, "ref_id": "A.2", "description": "Doors."},
    ]
    framework = {"urn": "urn:f:one", "ref_id": "ONE", "name": "One", "requirement_nodes": nodes, **changes}
    root = {"urn": "urn:l:lib", "locale": "en", "ref_id": "LIB", "name": "Lib", "version": 1}
    return {**root, "publication_date": date(2025, 1, 2), "objects": {"framework": framework}}


def nodes_of(document: Record) -> list[Record]:
    found: list[Record] = document["objects"]["framework"]["requirement_nodes"]
    return found


def imported(folder: Path, document: Record | str, framework: str = "", groups: Groups = Groups.AUTO) -> Imported:
    text = document if isinstance(document, str) else yaml.dump(document, sort_keys=False, allow_unicode=True)
    path = folder / "l.yaml"
    path.write_text(text, encoding="utf-8")
    found = recognise(path, Wishes(today=TODAY, framework=framework, groups=groups)).imported
    assert found is not None
    return found


def left_of(found: Imported) -> dict[str, int]:
    return {left.what: left.count for left in found.left}


def credits_of(edition: Edition, code: str = "A.1") -> list[str]:
    (criterion,) = edition.item_by_code[NodeCode(code)].criteria
    offered = edition.answer_set_of(criterion)
    return [str(choice.credit) for choice in offered.choices] if offered else []


def asking(*choices: Record, kind: str = "unique_choice", **more: object) -> Record:
    document = library()
    nodes_of(document)[1]["questions"] = {"urn:q": {"type": kind, "text": "Counted?", "choices": [*choices], **more}}
    return document


def test_a_library_in_a_third_language_keeps_its_words(tmp_path: Path) -> None:
    document = library() | {"locale": "fr"}
    nodes_of(document)[1]["translations"] = {"en": {"description": "Keys, in part."}}
    found = imported(tmp_path, document)
    assert found.edition.criterion_by_id.popitem()[1].text == Text(en="Doors.")
    assert [one.text.en for one in found.edition.item_by_code[NodeCode("A.1")].criteria] == ["Keys."]
    left = {one.what: one for one in found.left}
    assert left["foreign_locale"].named == ("fr",)
    assert left["other_languages"].named == ("en",)


def test_a_full_translation_stands_in_place_of_a_third_language(tmp_path: Path) -> None:
    document = library(translations={"en": {"name": "One, in English"}}) | {"locale": "es"}
    for place, node in enumerate(nodes_of(document)):
        node["translations"] = {"en": {key: f"English {place}" for key in ("name", "description") if key in node}}
    found = imported(tmp_path, document)
    assert found.edition.name == Text(en="One, in English")
    assert [item.criteria[0].text.en for item in found.edition.items] == ["English 1", "English 2"]
    assert left_of(found)["original_language"] == 1
    assert "foreign_locale" not in left_of(found)


def test_a_library_in_both_languages_has_both_throughout(tmp_path: Path) -> None:
    document = library(translations={"en": {"name": "One"}}) | {"locale": "zh-CN", "provider": "Bank"}
    for node in nodes_of(document):
        node["translations"] = {"en-US": {key: node[key] for key in ("name", "description") if key in node}}
        node |= {key: f"中文{key}" for key in ("name", "description") if key in node}
    edition = imported(tmp_path, document).edition
    assert edition.languages == ("zh", "en")
    assert edition.issuing_body == Text(zh="Bank", en="Bank")
    assert [item.criteria[0].text for item in edition.items] == [
        Text(zh="中文description", en="Keys."),
        Text(zh="中文description", en="Doors."),
    ]
    assert all(profile.name.is_bilingual for profile in edition.profiles)


def test_a_library_without_a_locale_is_known_by_its_writing(tmp_path: Path) -> None:
    document = library(name="框架")
    del document["locale"]
    for node in nodes_of(document):
        node |= {key: "有钥匙清单" for key in ("name", "description") if key in node}
    assert imported(tmp_path, document).edition.languages == ("zh",)


def test_one_of_several_frameworks_is_chosen_and_the_others_are_listed(tmp_path: Path) -> None:
    document = library()
    second = library(urn="urn:f:two", ref_id="TWO", name="Two")["objects"]["framework"]
    document["objects"] = {"frameworks": [document["objects"]["framework"], second]}
    first = imported(tmp_path, document)
    other = imported(tmp_path, document, "two")
    assert [one.edition.standard_id for one in (first, other)] == ["one", "two"]
    assert [one.named for one in other.left if one.what == "further_frameworks"] == [("ONE",)]
    with pytest.raises(InputRejected, match="AUT-017"):
        imported(tmp_path, document, "three")


def test_entries_with_a_repeated_urn_or_a_lost_parent_are_kept_and_listed(tmp_path: Path) -> None:
    document = library()
    nodes = nodes_of(document)
    nodes += [
        {"urn": "URN:N:A.1", "parent_urn": "URN:N:A", "assessable": True, "ref_id": "A.1", "description": "Again."},
        {"urn": "urn:n:b", "parent_urn": "urn:n:nowhere", "assessable": True, "description": "Lost."},
        {"urn": "urn:n:c", "parent_urn": "urn:n:d", "assessable": True, "description": "Circle."},
        {"urn": "urn:n:d", "parent_urn": "urn:n:c", "assessable": True, "description": "Round."},
        {"assessable": True, "ref_id": 5, "description": "Without a URN."},
        {"assessable": True},
    ]
    found = imported(tmp_path, document)
    assert (found.found.entries, found.found.assessed) == (9, 8)
    assert left_of(found)["repeated_urns"] == 1
    assert left_of(found)["lost_parents"] == 3
    assert [node.code for node in found.edition.path_to(NodeCode("A.1-2"))] == ["A"]


def test_an_entry_without_name_and_id_is_called_by_its_text(tmp_path: Path) -> None:
    document = library()
    nodes_of(document)[1] |= {"ref_id": None, "description": "The first line.\nThe second line."}
    assert imported(tmp_path, document).edition.items[0].name.en == "The first line."


@pytest.mark.parametrize(
    ("definition", "levels", "expected"),
    [
        pytest.param(
            {"scores_definition": [{"score": n, "name": f"L{n}"} for n in (0, 1, 2)]}, 2, "0 0.5 1", id="list"
        ),
        pytest.param(
            {"scores_definition": {"scale": [{"score": n, "name": "L"} for n in (1, 2)], "alternatives": {"x": []}}},
            2,
            "0.5 1",
            id="table with alternatives",
        ),
        pytest.param({"score_definition": [{"score": n, "name": str(n)} for n in (1, 2)]}, 2, "0.5 1", id="older name"),
        pytest.param(
            {"scores_definition": [{"score": n, "name": "L"} for n in (4, 0, 1, 2)]}, 4, "0 0.25 0.5 1", id="gap"
        ),
        pytest.param(
            {"scores_definition": [{"score": n, "name": "L"} for n in (0, 50, 100)]}, 1, "0 0.5 1", id="per cent"
        ),
        pytest.param(
            {"scores_definition": [{"score": n, "name": "L"} for n in (1, 1, 2)]}, 2, "0.5 1", id="score twice"
        ),
        pytest.param({"min_score": 0, "max_score": 100}, 1, "", id="limits alone"),
    ],
)
def test_scales_of_every_form_keep_their_numbers(
    tmp_path: Path, definition: Record, levels: int, expected: str
) -> None:
    found = imported(tmp_path, library(**definition))
    assert len(found.edition.levels) == levels
    assert " ".join(credits_of(found.edition)) == expected
    assert ("score_scale" in left_of(found)) == (levels == 1)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        pytest.param([{"add_score": 0}, {"add_score": 1}, {"add_score": 4}], "0 0.25 1", id="scores"),
        pytest.param([{"add_score": -5}, {}, {"add_score": 2}], "0 0 1", id="below zero and none"),
        pytest.param([{"compute_result": True}, {"compute_result": False}], "1 0", id="verdicts"),
        pytest.param(
            [
                {"compute_result": one}
                for one in ("compliant", "partially_compliant", "non_compliant", "not_applicable")
            ],
            "1 0.5 0",
            id="four verdicts",
        ),
        pytest.param([{"compute_result": "true"}, {}], "", id="a choice that does not tell"),
        pytest.param([{"compute_result": "not_applicable"}, {"compute_result": "true"}], "", id="only one that counts"),
    ],
)
def test_choices_earn_what_their_owner_says(tmp_path: Path, choices: list[Record], expected: str) -> None:
    found = imported(tmp_path, asking(*({"value": f"v{n}", **one} for n, one in enumerate(choices))))
    assert " ".join(credits_of(found.edition)) == expected
    assert ("unrated_choices" in left_of(found)) == (not expected)


def test_several_choices_at_once_are_only_talked_about(tmp_path: Path) -> None:
    found = imported(tmp_path, asking({"value": "a", "add_score": 1}, {"value": "b"}, kind="multiple_choice"))
    item = found.edition.item_by_code[NodeCode("A.1")]
    assert [one.en for one in item.questions] == ["Counted?"]
    assert [one.text.en for one in item.criteria] == ["Keys."]


def test_equal_answers_are_one_set_however_many_ask_for_them(tmp_path: Path) -> None:
    document = library()
    for number, node in enumerate(nodes_of(document)[1:]):
        choices = [{"value": "Yes", "add_score": 1, "urn": f"{number}:1"}, {"value": "No", "urn": f"{number}:2"}]
        node["questions"] = {f"urn:q:{number}": {"type": "unique_choice", "text": "Done?", "choices": choices}}
    assert len(imported(tmp_path, document).edition.answer_sets or ()) == 1


def test_groups_that_add_nothing_of_their_own_are_scopes(tmp_path: Path) -> None:
    groups = [{"ref_id": name, "name": None} for name in ("基础", "重要", "none")]
    document = library(implementation_groups_definition=groups)
    for node in nodes_of(document)[1:]:
        node["implementation_groups"] = ["基础", "重要", "missing"]
    found = imported(tmp_path, document)
    assert [(module.code, module.name.en) for module in found.edition.modules] == [
        ("group", "基础"),
        ("group-2", "重要"),
    ]
    assert (left_of(found)["empty_scopes"], left_of(found)["unknown_groups"]) == (1, 1)


def test_groups_as_levels_when_wished_come_before_a_scale_of_scores(tmp_path: Path) -> None:
    scores = [{"score": n, "name": f"L{n}"} for n in range(5)]
    groups = [{"ref_id": "one"}, {"ref_id": "two"}]
    document = library(scores_definition=scores, implementation_groups_definition=groups)
    nodes_of(document)[1]["implementation_groups"] = ["two"]
    found = imported(tmp_path, document, groups=Groups.LEVELS)
    assert [level.code for level in found.edition.levels] == ["one", "two"]
    assert left_of(found)["score_scale"] == 4


def test_whatever_else_a_library_holds_is_named(tmp_path: Path) -> None:
    document = library(outcomes_definition=[{"ref_id": "all"}], description="About.")
    document["objects"] |= {"preset": {"name": "p"}, "terminologies": [{"ref_id": "t1"}, {"ref_id": "t2"}]}
    nodes_of(document)[1] |= {"weight": 0, "display_mode": "default", "scores_definition_ref": "yes-no"}
    nodes_of(document)[2] |= {"display_mode": "splash"}
    found = imported(tmp_path, document)
    named = {one.what: one.named for one in found.left}
    assert named["other_objects"] == ("preset: p", "terminologies: t1", "terminologies: t2")
    assert named["other_fields"] == ("framework.outcomes_definition ×1", "requirement.scores_definition_ref ×1")
    assert named["weights"] == ("A.1 0",)
    assert left_of(found)["splash_screens"] == 1
    assert found.found.assessed == 1


def test_values_brought_in_by_anchors_and_merge_keys_are_read(tmp_path: Path) -> None:
    text = yaml.dump(library(), sort_keys=False).replace(
        "    - urn: urn:n:a.1\n", "    - &base\n      urn: urn:n:a.1\n"
    )
    text = text.replace("    - urn: urn:n:a.2\n", "    - <<: *base\n      annotation: Look.\n      urn: urn:n:a.2\n")
    item = imported(tmp_path, text).edition.items[1]
    assert (item.criteria[0].text.en, item.criteria[0].note.en) == ("Doors.", "Look.")


def test_merging_beyond_reason_is_refused(tmp_path: Path) -> None:
    wide = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(2_000)) + "}\n"
    text = wide + "".join(f"b{n}: {{<<: *a}}\n" for n in range(2_000))
    (tmp_path / "l.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputRejected, match="AUT-007"):
        recognise(tmp_path / "l.yaml", Wishes(today=TODAY))


def test_characters_no_file_may_hold_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    control = r'{"id": "a", "title": "A\u0007", "parts": [{"name": "statement", "prose": "Do\ud800 it\u000b."}]}'
    path.write_text(f'{{"catalog": {{"metadata": {{"title": "T"}}, "controls": [{control}]}}}}', encoding="utf-8")
    found = recognise(path, Wishes(today=TODAY)).imported
    assert found is not None
    assert found.edition.items[0].name.en == "A"
    assert found.edition.items[0].criteria[0].text.en == "Do it."


@pytest.mark.parametrize("depth", [10, 30])
def test_trees_of_many_layers_come_in(tmp_path: Path, depth: int) -> None:
    nodes = [
        {"urn": f"u:{n}", "parent_urn": f"u:{n - 1}" if n else None, "assessable": n % 2 == 1, "name": f"N{n}"}
        for n in range(depth)
    ]
    found = imported(tmp_path, library(requirement_nodes=nodes))
    assert found.carried.assessed == depth // 2
    assert len(found.edition.layers) >= depth


def test_more_layers_than_a_pack_holds_are_refused(tmp_path: Path) -> None:
    nodes = [{"urn": f"u:{n}", "parent_urn": f"u:{n - 1}" if n else None, "assessable": n == 49} for n in range(50)]
    with pytest.raises(InputRejected, match="AUT-008"):
        imported(tmp_path, library(requirement_nodes=nodes))


def test_a_library_of_a_thousand_headings_stays_within_the_files_of_a_pack(tmp_path: Path) -> None:
    nodes: list[Record] = []
    for n in range(1_000):
        nodes.append({"urn": f"h:{n}", "assessable": False, "name": f"H{n}"})
        nodes.append({"urn": f"r:{n}", "parent_urn": f"h:{n}", "assessable": True, "name": f"R{n}"})
    found = imported(tmp_path, library(requirement_nodes=nodes))
    assert [len(found.edition.nodes), len(found.edition.nodes[0].nodes)] == [1, 1_000]


def test_a_heading_called_like_a_file_of_the_pack_does_no_harm(tmp_path: Path) -> None:
    nodes: list[Record] = []
    for name in ("mappings", "standard", "tree-3", "con", "x"):
        nodes.append({"urn": f"h:{name}", "assessable": False, "ref_id": name, "name": name})
        nodes.append({"urn": f"r:{name}", "parent_urn": f"h:{name}", "assessable": True, "name": name})
    found = imported(tmp_path, library(requirement_nodes=nodes))
    workbooks.stored_again(found.edition, tmp_path / "pack")


def test_the_excel_form_with_several_frameworks_and_conditions(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(foreign_models.ciso_excel_of_two())
    first = recognise(path, Wishes(today=TODAY)).imported
    second = recognise(path, Wishes(today=TODAY, framework="second")).imported
    assert first is not None and second is not None
    assert (first.edition.standard_id, second.edition.standard_id) == ("form", "second")
    left = {one.what: one for one in second.left}
    assert left["further_frameworks"].named == ("FORM",)
    assert left["question_conditions"].count == 1
    assert "sheet: notes" in left["other_objects"].named
    assert [item.code for item in second.edition.items] == ["forced", "S.2"]
    assert {module.code for module in second.edition.modules} == {"with-space"}


@pytest.mark.parametrize("kind", ["profile", "component-definition"])
def test_other_oscal_models_are_refused_by_name(tmp_path: Path, kind: str) -> None:
    (tmp_path / "p.json").write_text(f'{{"{kind}": {{"metadata": {{}}}}}}', encoding="utf-8")
    with pytest.raises(InputRejected, match="AUT-018"):
        recognise(tmp_path / "p.json", Wishes(today=TODAY))


@pytest.mark.parametrize("number", ["0", "99999999", "2", "x"])
def test_levels_that_make_no_scale_are_refused(tmp_path: Path, number: str) -> None:
    folder = foreign_models.samm_files(tmp_path / "model")
    third = next(folder.glob("MaturityLevel-m3-*.yml"))
    third.write_text(third.read_text(encoding="utf-8").replace("number: 3", f"number: {number}"), encoding="utf-8")
    with pytest.raises(InputRejected, match="AUT-008"):
        recognise(folder, Wishes(today=TODAY))


COLUMN_FILES = (
    'id = 1\nname = "n"\ntext = "a"\nlevels = 3\n',
    'id = "x"\nname = ["n"]\ntext = "a"\n',
    'id = "x"\nname = "n"\ntext = 5\n',
    'id = "x"\nname = "n"\nlevel_columns = ["a"]\n',
    'id = "x"\nname = "n"\ntext = "a"\ngroups = "b"\n',
    'id = "x"\nname = "n"\ntext = "a"\nheader_row = -1\n',
    'id = "x"\nname = "n"\ntext = {zh = 1}\n',
    'id = "x"\nname = "n"\n[level_columns]\n1 = 2\n',
)


@pytest.mark.parametrize("columns", COLUMN_FILES)
def test_a_column_file_with_values_of_another_kind_is_refused(tmp_path: Path, columns: str) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text(columns, encoding="utf-8")
    with pytest.raises(InputRejected, match="AUT-014"):
        recognise(tmp_path / "t.csv", Wishes(today=TODAY, columns=tmp_path / "c.toml"))


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_foreign_files_are_refused_or_read_but_never_crash(tmp_path: Path, seed: int) -> None:
    workbooks.spoil_foreign(random.Random(seed), tmp_path, 40)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_thousands_of_spoilt_foreign_files_never_crash(tmp_path: Path) -> None:
    for seed in range(100, 150):
        workbooks.spoil_foreign(random.Random(seed), tmp_path, 60)
