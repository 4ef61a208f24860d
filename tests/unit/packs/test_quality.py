"""Wording rules: each has a bad pack that shows it, and the neighbouring sentences it must let pass."""

import re
from pathlib import Path

import pytest

from maturity_desktop.packs import examine
from maturity_desktop.packs.quality import RULES, VAGUE_EN, VAGUE_ZH
from tests.unit.packs.packed import FILES, spoiled, write_pack

COMMIT_ZH, COMMIT_EN = "每次提交都触发一次构建。", "Each commit starts a build."
TEXT = f"{{zh: {COMMIT_ZH}, en: {COMMIT_EN}}}"
NOTE = "note: {zh: 以合并记录为准。, en: Go by the merge record.}"
BRANCH = "{zh: 分支在 3 天内合并到主干。, en: A branch is merged into the trunk within 3 days.}"


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        pytest.param(COMMIT_ZH, "定期触发构建。", "PACK-070", "定期", id="vague zh"),
        pytest.param(COMMIT_EN, "Builds start in a timely manner.", "PACK-070", "timely", id="vague en"),
        pytest.param(COMMIT_EN, "Each commit starts a 构建.", "PACK-071", "构建", id="cjk in english"),
        pytest.param("Merge record", "合并 record", "PACK-071", "合并", id="cjk in an english title"),
        pytest.param(COMMIT_ZH, "Each commit。", "PACK-072", "", id="no cjk in chinese"),
        pytest.param(COMMIT_ZH, "提交触发构建，并且构建触发测试。", "PACK-073", "并且", id="two demands zh"),
        pytest.param(COMMIT_EN, "'A build starts, and it is tested.'", "PACK-073", "and it", id="joined"),
        pytest.param(COMMIT_ZH, "每次提交都触发一次构建", "PACK-079", "zh", id="no full stop zh"),
        pytest.param(COMMIT_EN, "Each commit starts a build", "PACK-079", "en", id="no full stop en"),
        pytest.param(TEXT, BRANCH, "PACK-074", "A-1-2.1", id="the same text twice"),
        pytest.param(
            TEXT,
            "{zh: 分支在 3 天内合并到主干上。, en: A long enough branch.}",
            "PACK-075",
            "A-1-2.1",
            id="nearly the same in zh",
        ),
        pytest.param(
            "{zh: 合并记录截图, en: Merge record}",
            "{zh: 甲, en: branch  Procedure}",
            "PACK-076",
            "A-1-L2-1",
            id="title",
        ),
        pytest.param(NOTE, f"note: {BRANCH}", "PACK-077", "", id="note equals text"),
        pytest.param("在 3 天内合并", "在当天合并", "PACK-078", "zh", id="threshold is not in the text"),
        pytest.param('value: "3"', 'value: "5"', "PACK-078", "en", id="threshold is another figure"),
        pytest.param(COMMIT_ZH, "每次提交在 10 分钟内触发构建。", "PACK-087", "10", id="figure lacks in en"),
        pytest.param(COMMIT_EN, "Each commit starts a build within 90 seconds.", "PACK-087", "90", id="lacks in zh"),
        pytest.param("以合并记录为准", "抽查 20 次合并", "PACK-087", "en", id="figure of a note lacks in en"),
        pytest.param("合并记录截图", "《相关制度和流程文档》", "PACK-088", "A-1-L2-2", id="kind of file as a title zh"),
        pytest.param("Merge record", "Relevant policy documents", "PACK-088", "A-1-L2-2", id="kind of file en"),
    ],
)
def test_bad_wording_is_a_warning_with_its_reason(tmp_path: Path, old: str, new: str, code: str, word: str) -> None:
    pack = write_pack(tmp_path / "small", "a.yaml", old, new)
    examined = examine(pack)
    assert not any(issue.is_error for issue in examined.issues)
    assert examined.edition is not None
    found = [issue for issue in examined.issues if issue.code == code]
    assert found
    assert not word or any(word in dict(issue.values).values() for issue in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            TEXT,
            "{zh: 每 2 周定期触发构建。, en: A build starts every 2 weeks.}",
            id="a figure makes a vague word precise",
        ),
        pytest.param(COMMIT_ZH, "制品在有效期内保留。", id="validity is not effectiveness"),
        pytest.param(COMMIT_ZH, "任务在固定期限内关闭。", id="a fixed term is no regularly"),
        pytest.param(COMMIT_EN, "Test data and test scripts lie in the repository.", id="and between nouns"),
        pytest.param("Branch procedure", "Branch procedure (CI)", id="title"),
        pytest.param('value: "3"', 'value: "3.0"', id="three is three"),
        pytest.param("within 3 days", "within three days", id="a number word"),
        pytest.param(TEXT, "{zh: 客户 2 万户以上。, en: '20,000 customers or more.'}", id="multiples in Chinese"),
        pytest.param(TEXT, "{zh: 客户 300 万户以上。, en: 3 million customers or more.}", id="multiples in English"),
        pytest.param(TEXT, "{zh: 每次演练失败 0 次。, en: No drill fails.}", id="none is nought"),
        pytest.param(TEXT, "{zh: 看最近 1 次演练。, en: The latest drill is shown.}", id="one needs no word"),
        pytest.param("合并记录截图", "值班表", id="a short title that says what"),
        pytest.param("Merge record", "Duty roster", id="a short English title that says what"),
    ],
)
def test_good_wording_is_let_pass(tmp_path: Path, old: str, new: str) -> None:
    assert spoiled(tmp_path / "small", "a.yaml", old, new) == ()


def test_a_rising_figure_inside_one_item_is_no_near_duplicate(tmp_path: Path) -> None:
    texts = "{zh: 分支在 1 天内合并到主干。, en: A branch is merged into the trunk within 1 day.}"
    assert "PACK-075" not in [issue.code for issue in spoiled(tmp_path / "small", "a.yaml", TEXT, texts)]


def test_a_pack_in_one_language_is_not_asked_for_the_other(tmp_path: Path) -> None:
    pack = tmp_path / "small"
    pack.mkdir()
    for name, text in FILES.items():
        chinese = re.sub(r", en: [^}]*?(?=[,}])", "", text).replace("[zh, en]", "[zh]")
        (pack / name).write_text(chinese, encoding="utf-8")
    assert examine(pack).issues == ()


@pytest.mark.parametrize(
    "word",
    ["定期", "适当", "及时", "充分", "有效", "合理", "完善", "一定", "相关", "尽量", "常态化", "到位", "和/或"],
)
def test_the_chinese_list_knows_the_usual_vague_words(word: str) -> None:
    assert VAGUE_ZH.search(f"团队{word}评审代码。")


@pytest.mark.parametrize(
    "word",
    [
        "regularly",
        "appropriate",
        "timely",
        "sufficient",
        "effective",
        "reasonable",
        "complete",
        "Periodically",
        "as required",
    ],
)
def test_the_english_list_knows_the_usual_vague_words(word: str) -> None:
    assert VAGUE_EN.search(f"The review is {word} here.")


def test_every_rule_is_registered_once() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES) == 14
