"""The edition a good pack becomes, its digest, its summary and its compiled copy."""

from decimal import Decimal
from pathlib import Path

import pytest

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import LevelCode, NodeCode
from maturity_desktop.domain.standard import AverageOver, CellKind, Edition, Method, Operator, Provenance
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import InputRejected
from maturity_desktop.packs import cache, examine, load, summary
from tests.unit.packs.packed import write_pack, zip_pack


def compiled(tmp_path: Path) -> Edition:
    edition = examine(write_pack(tmp_path / "small")).edition
    assert edition is not None
    return edition


def test_names_levels_profiles_and_modules_are_carried_over(tmp_path: Path) -> None:
    edition = compiled(tmp_path)
    assert (edition.standard_id, edition.edition_id, edition.part, edition.code) == ("small", "1.0", "9", "SM")
    assert [level.code for level in edition.levels] == ["1", "2", "3"]
    assert edition.levels[2].colour == "#17996E"
    assert [profile.method for profile in edition.profiles] == [
        Method.MINIMUM,
        Method.SHARE_WITH_FLOOR,
        Method.AVERAGE,
    ]
    assert (edition.profiles[1].share_pct, edition.profiles[1].floor_steps) == (Decimal(80), 1)
    assert edition.profiles[2].over is AverageOver.SUB_DOMAIN
    assert edition.modules[0].nodes == ("A", "B-2")
    assert edition.glossary[0].term == Text("主干", "trunk")
    assert edition.default_target == LevelCode("2")


def test_items_carry_cells_criteria_thresholds_and_evidence(tmp_path: Path) -> None:
    item = compiled(tmp_path).item_by_code[NodeCode("A-1")]
    assert [cell.kind for cell in item.cells] == [CellKind.EMPTY, CellKind.CRITERIA, CellKind.SAME]
    assert (item.weight, item.cells[1].keep_for_higher, len(item.questions)) == (Decimal("1.5"), False, 1)
    threshold = item.criteria[0].threshold
    assert threshold is not None
    assert (threshold.operator, threshold.value, threshold.unit.en) == (Operator.AT_MOST, Decimal(3), "days")
    assert [request.code for request in item.cells[1].evidence] == ["A-1-L2-1", "A-1-L2-2"]
    assert item.criteria[0].note == Text("以合并记录为准。", "Go by the merge record.")


def test_provenance_is_inherited_until_something_says_otherwise(tmp_path: Path) -> None:
    edition = compiled(tmp_path)
    first, second, _ = edition.items
    assert (edition.nodes[0].provenance, first.provenance) == (Provenance.AUTHORED, Provenance.PUBLISHED_STRUCTURE)
    assert first.criteria[0].provenance is Provenance.PUBLISHED_STRUCTURE
    assert [criterion.provenance for criterion in second.criteria] == [
        Provenance.AUTHORED,
        Provenance.PUBLISHED_STRUCTURE,
    ]


def test_an_edition_survives_its_canonical_form_and_keeps_its_digest(tmp_path: Path) -> None:
    edition = compiled(tmp_path)
    again = canonical.decode(canonical.encode(edition), Edition)
    assert again == edition
    assert canonical.digest(again) == canonical.digest(edition)


def test_the_digest_depends_on_content_not_on_layout(tmp_path: Path) -> None:
    edition = compiled(tmp_path)
    other = examine(
        write_pack(tmp_path / "other", "b.yaml", "{zh: 乙, en: Beta}", '\n  en: "Beta"\n  zh: "乙"\n')
    ).edition
    changed = examine(write_pack(tmp_path / "changed", "b.yaml", "en: Beta", "en: Betta")).edition
    assert canonical.digest(other) == canonical.digest(edition) != canonical.digest(changed)


def test_the_summary_counts(tmp_path: Path) -> None:
    counted = summary(write_pack(tmp_path / "small"), tmp_path / "cache")
    assert (counted.rated_items, counted.criteria, counted.criteria_per_level) == (3, 5, (1, 3, 1))
    assert (counted.evidence_requests, counted.languages_complete) == (2, ("zh", "en"))


def test_the_copy_is_used_while_the_files_do_not_change(tmp_path: Path) -> None:
    pack, folder = write_pack(tmp_path / "small"), tmp_path / "cache"
    first = load(pack, folder)
    (copy,) = folder.iterdir()
    stamp = copy.stat().st_mtime_ns
    assert load(pack, folder) == first
    assert summary(pack, folder).digest == canonical.digest(first)
    assert copy.stat().st_mtime_ns == stamp


def test_a_changed_file_makes_a_new_copy(tmp_path: Path) -> None:
    pack, folder = write_pack(tmp_path / "small"), tmp_path / "cache"
    load(pack, folder)
    write_pack(pack, "b.yaml", "en: Beta", "en: Gamma")
    assert load(pack, folder).nodes[1].name.en == "Gamma"
    assert len(list(folder.iterdir())) == 1


def test_an_archive_has_its_copy_too(tmp_path: Path) -> None:
    pack, folder = zip_pack(tmp_path / "small.mdpack"), tmp_path / "cache"
    assert load(pack, folder) == load(pack, folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"", b"", id="cut short"),
        pytest.param(b'"format":"1-', b'"format":"0-', id="another format"),
        pytest.param(b"Beta two", b"Beta tow", id="content damaged"),
        pytest.param(b"\n", b"\n\n", id="lines damaged"),
        pytest.param(b'"digest":"', b'"digest":"0', id="another digest"),
    ],
)
def test_a_damaged_copy_is_silently_made_again(tmp_path: Path, old: bytes, new: bytes) -> None:
    pack, folder = write_pack(tmp_path / "small"), tmp_path / "cache"
    edition = load(pack, folder)
    (copy,) = folder.iterdir()
    good = copy.read_bytes()
    copy.write_bytes(good.replace(old, new, 1) if old else good[:40])
    assert summary(pack, folder).digest == canonical.digest(edition)
    copy.write_bytes(good.replace(old, new, 1) if old else good[:40])
    assert load(pack, folder) == edition
    assert copy.read_bytes() == good


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands where the folder should be")
    assert load(write_pack(tmp_path / "small"), tmp_path / "cache").standard_id == "small"
    (tmp_path / "full").mkdir()
    copy = cache._copy_of(tmp_path / "small", tmp_path / "full")
    copy.mkdir()
    assert load(tmp_path / "small", tmp_path / "full").standard_id == "small"


def test_a_pack_with_errors_is_refused_with_all_of_them(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small", "b.yaml", "code: B-2", "code: '?'")
    (pack / "a.yaml").write_text("", encoding="utf-8")
    with pytest.raises(InputRejected, match="PACK-002") as refused:
        load(pack, tmp_path / "cache")
    assert [issue.code for issue in refused.value.issues] == ["PACK-016", "PACK-026"]
    assert not (tmp_path / "cache").exists()


def test_a_warning_does_not_refuse_a_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "small")
    (pack / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    assert load(pack, tmp_path / "cache").standard_id == "small"
