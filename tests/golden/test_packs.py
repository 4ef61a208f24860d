"""Every shipped pack compiles without a single remark, and part 3 has the shape that is public knowledge."""

import time
from pathlib import Path

import pytest

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.standard import CellKind, Edition, EvidenceKind, RatedItem
from maturity_desktop.packs import alike, examine, load
from maturity_desktop.system import paths

PACKS = sorted(head.parent for head in paths.standards().glob("*/*/standard.yaml"))
PART_3 = paths.standards() / "cn-devops-3" / "2021.1"
LETTERS = {EvidenceKind.DOCUMENT: "D", EvidenceKind.SCREENSHOT: "S", EvidenceKind.VIDEO: "V"}

# Source: public self-assessment kit of part 3, as recorded in the domain facts, section 3.3: points per level,
# evidence files per level, whether level 3 evidence is wanted for target 4.
SHAPE = """
CM-VC-VCS 1/2/3/3/3 L2:D1S1,L3:D4S1,L4:D2S2V1 Y
CM-VC-BM -/1/2/3/2 L2:D1S1,L3:D1V1,L4:V1,L5:S1 N
CM-VC-AM 1/4/3/2/1 L2:D1,L3:D1S2,L4:D2 Y
CM-VC-SSOT -/1/1/1/2 L3:S1,L4:S1 Y
CM-CM-CP 2/3/2/3/1 L3:S4V1,L4:S1,L5:S1 Y
CM-CM-CT -/2/1/2/1 L3:V1,L5:S1 Y
CM-CM-CR -/1/2/1/- L3:V1,L4:V1 N
BCI-BP-BM 1/1/2/2/1 L2:S1V1,L3:D1,L4:D2V1 Y
BCI-BP-BE 1/1/2/1/1 L3:D2S1V1,L4:V1 Y
BCI-BP-BP 1/2/2/1/= L2:V1,L3:D1V1 Y
BCI-BP-BR 1/1/1/1/1 L3:D1 N
BCI-CI-IS 1/1/1/2/1 L4:S2 Y
BCI-CI-IF 1/1/1/2/1 L3:V1,L4:V1 N
BCI-CI-IM 1/1/1/3/1 L3:S1V1,L4:D2S2V1 Y
BCI-CI-FP 1/1/1/1/1 L3:S1,L4:S1 N
TM-TH-HM 1/3/2/2/1 L2:D1,L3:D1,L4:D1,L5:V1 N
TM-TH-HS 1/2/2/3/1 L2:D2,L3:D2,L4:D2 N
TM-TH-TO 1/2/2/2/2 L2:S1,L3:S1 N
TM-CQ-QR 1/2/4/2/1 L2:D1,L3:D1,L4:D1 Y
TM-CQ-TM 1/1/1/1/1 L2:S3,L3:S2,L4:S2 N
TM-CQ-CM 1/1/1/2/2 L3:S1,L4:S1 N
TM-AT-ADES -/1/2/1/1 L2:D1S1,L3:D2S2,L4:D1V1 Y
TM-AT-ADEV 1/2/2/3/1 L3:S2V1,L4:S1V1 Y
TM-AT-AE 2/2/2/3/1 L3:S1,L4:V3 Y
TM-AT-AA 1/1/1/1/1 L3:S1 Y
DRM-DRM-DM 1/2/1/2/1 L2:S1V1,L3:V1,L4:S1V2 N
DRM-DRM-DP 1/1/2/1/1 L2:D1,L3:V1,L4:V1,L5:V1 Y
DRM-DRM-DS 2/4/3/2/1 L2:D1V1,L3:D2V1,L4:D1V2,L5:D1 Y
DRM-DRM-DQ 2/2/3/1/1 L2:D1,L3:D3,L4:S1V1 Y
DRM-DP-CM 3/1/1/1/1 L3:V1,L4:V1 Y
DRM-DP-PP 1/1/1/2/1 L2:S1,L3:S2,L4:S1V1 Y
DRM-DP-PV 2/2/2/2/1 L1:V1,L2:S1,L3:S1,L4:S1V1 N
EM-EM-ET 1/1/1/1/1 L3:D1,L4:V1 Y
EM-EM-EB 2/2/2/2/1 L3:S2,L4:V1 N
EM-EM-EDCM 2/1/1/1/1 L3:V1,L4:S1 N
DM-TDM-DS 1/1/1/1/1 L3:S1,L4:S1 N
DM-TDM-DC 1/2/1/2/1 L3:S1,L4:S1 Y
DM-TDM-DID -/2/2/1/= L3:S1,L4:V1 Y
DM-DCM-CP 2/2/1/2/1 L3:S1 Y
DM-DCM-CR 1/1/1/1/= none Y
DM-DCM-DM 1/1/1/1/1 L3:S1 Y
MF-MI-MID 1/1/1/2/1 L2:D1,L3:D1,L4:D1 Y
MF-MI-MIM -/1/1/1/1 L2:D1,L3:D1,L4:D1 Y
MF-MI-MDM 1/1/2/1/= L2:D3,L3:D3,L4:D2 Y
MF-MI-MIU -/1/2/1/1 L2:D1,L3:D1,L4:D1 N
MF-MDI-CGM 1/2/1/2/1 L2:D1S1,L3:S1,L4:S1 Y
MF-MDI-MDU 1/1/1/1/= L4:S1 Y
MF-MDI-COV 1/1/1/1/= none Y
MF-MDI-MFI 1/1/1/3/1 L2:S1,L3:S1 Y
"""


@pytest.fixture(scope="module")
def part_3() -> Edition:
    edition = examine(PART_3).edition
    assert edition is not None
    return edition


def points_of(item: RatedItem) -> str:
    signs = {CellKind.EMPTY: "-", CellKind.SAME: "="}
    return "/".join(signs.get(cell.kind, str(len(cell.criteria))) for cell in item.cells)


def evidence_of(item: RatedItem) -> str:
    words = []
    for cell in item.cells:
        counts = [(letter, sum(one.kind is kind for one in cell.evidence)) for kind, letter in LETTERS.items()]
        shown = "".join(f"{letter}{count}" for letter, count in counts if count)
        words.extend([f"L{cell.level}:{shown}"] if shown else [])
    return ",".join(words) or "none"


def test_there_are_packs() -> None:
    assert PACKS


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: f"{pack.parent.name}-{pack.name}")
def test_a_shipped_pack_has_no_faults_and_no_warnings(pack: Path) -> None:
    examined = examine(pack)
    assert [f"{issue.place} {issue.code} {dict(issue.values)}" for issue in examined.issues] == []
    assert examined.edition is not None
    assert (examined.edition.standard_id, examined.edition.edition_id) == (pack.parent.name, pack.name)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: f"{pack.parent.name}-{pack.name}")
def test_each_rated_item_of_a_shipped_pack_has_two_or_three_questions_in_both_languages(pack: Path) -> None:
    edition = examine(pack).edition
    assert edition is not None
    asked = {item.code: [question.is_bilingual for question in item.questions] for item in edition.items}
    assert {code: answers for code, answers in asked.items() if not all(answers) or len(answers) not in (2, 3)} == {}


def test_the_shipped_packs_beside_each_other_share_no_code_and_repeat_no_criterion() -> None:
    editions = [edition for pack in PACKS if (edition := examine(pack).edition) is not None]
    assert len(editions) == len(PACKS)
    assert [f"{issue.place} {issue.code} {dict(issue.values)}" for issue in alike.check(editions)] == []


def test_part_3_has_seven_sub_domains_fourteen_items_and_forty_nine_sub_items(part_3: Edition) -> None:
    assert len(part_3.nodes) == 7
    assert len(part_3.node_by_code) == 7 + 14
    assert len(part_3.items) == 49


@pytest.mark.parametrize("row", SHAPE.split("\n")[1:-1])
def test_each_rated_item_of_part_3_has_its_published_shape(part_3: Edition, row: str) -> None:
    code, points, evidence, kept = row.split()
    item = next(one for one in part_3.items if one.code == code)
    assert (points_of(item), evidence_of(item)) == (points, evidence)
    assert item.cells[2].keep_for_higher is (kept == "Y")


def test_all_texts_of_part_3_are_in_both_languages(part_3: Edition) -> None:
    assert all(criterion.text.is_bilingual for item in part_3.items for criterion in item.criteria)
    assert all(item.scope.is_bilingual and len(item.questions) >= 2 for item in part_3.items)


def test_the_same_content_has_the_same_digest_every_time(part_3: Edition) -> None:
    again = examine(PART_3).edition
    assert canonical.digest(again) == canonical.digest(part_3)
    assert CriterionId("CM-VC-BM-2.1") in part_3.criterion_by_id


def test_loading_the_compiled_copy_is_many_times_faster_than_the_text(tmp_path: Path) -> None:
    started = time.perf_counter()
    load(PART_3, tmp_path)
    text = time.perf_counter() - started
    copies = []
    for _ in range(5):
        started = time.perf_counter()
        load(PART_3, tmp_path)
        copies.append(time.perf_counter() - started)
    assert min(copies) * 4 < text
