"""Line breaking: Chinese punctuation, Latin words, blanks, over-long tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity_desktop.reporting import fonts
from maturity_desktop.reporting.linebreak import NO_END, NO_START, Span, break_lines, text_width

CHINESE = "版本控制系统的可用率不低于百分之九十九点九，"
MIXED = (
    "现场查看流水线（Pipeline-as-code）配置：近 3 个月共 1,284 次构建，成功率 98.7%；“质量门禁”在合并前触发，"
    "《配置管理规范》V3.2（2026-03 发布）要求双人评审！是否覆盖全部 18 个微服务？答：是……详见 CM-VC-VCS-L2-1-规范.pdf。"
)
pieces = st.sampled_from(
    ["版本", "控制", "，", "。", "；", "（", "）", "“", "”", "《", "》", "Score", "V3.2", " ", "98.7%", "、", "…", "3-"]
)


def broken(text: str, width: float) -> list[str]:
    with fonts.drawing():
        return [line.text for line in break_lines([Span(text, "sans", 9)], width)]


@pytest.mark.parametrize("width", range(60, 300, 7))
def test_no_line_starts_with_a_closing_or_ends_with_an_opening_sign(width: int) -> None:
    lines = broken(MIXED * 3, width)
    assert not [line for line in lines[1:] if line[0] in NO_START]
    assert not [line for line in lines[:-1] if line.rstrip()[-1] in NO_END]


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=60), st.integers(70, 260))
def test_no_text_is_lost_and_no_line_is_too_wide(parts: list[str], width: int) -> None:
    text = "".join(parts)
    with fonts.drawing():
        lines = break_lines([Span(text, "sans", 9)], width)
    assert "".join(line.text for line in lines) == text
    assert all(line.width <= width + 0.01 for line in lines)


def test_latin_words_stay_whole() -> None:
    words = ["The", "release", "pipeline", "deploys", "every", "service", "automatically"]
    lines = broken(" ".join(words), 90)
    assert [word for line in lines for word in line.split()] == words


def test_blanks_at_line_ends_are_kept_so_that_words_do_not_grow_together() -> None:
    lines = broken("team inspected the pipeline on site", 60)
    assert "".join(lines) == "team inspected the pipeline on site"
    assert all(line.endswith(" ") for line in lines[:-1])


def test_a_token_wider_than_the_column_breaks_at_hyphens_first() -> None:
    lines = broken("CD-CM-VC-VCS-L2-02-evidence-register", 60)
    assert all(line.endswith("-") for line in lines[:-1])


def test_a_digest_wider_than_the_column_is_cut_anywhere() -> None:
    lines = broken("0123456789abcdef" * 4, 100)
    assert len(lines) > 1
    assert "".join(lines) == "0123456789abcdef" * 4


def test_line_feeds_force_lines() -> None:
    assert broken("一\n\n二", 100) == ["一", "", "二"]


def test_width_is_that_of_the_drawn_glyphs() -> None:
    with fonts.drawing():
        assert text_width("一", "sans", 10) == pytest.approx(10)
        assert text_width("", "sans", 10) == 0


def test_a_latin_word_with_a_rare_letter_is_set_in_one_font() -> None:
    with fonts.drawing():
        (line,) = break_lines([Span("评估 Łukasz", "sans", 9)], 200)
    assert [(piece.font, piece.text) for piece in line.pieces] == [("Md-sans", "评估 "), ("Md-kai", "Łukasz")]


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("Under the rule “Lowest item decides” the level is 3.", 2),
        ("“Quoted” at both ends “too”", 4),
        ("the contractors’ code", 1),
        ("“质量门禁”在合并前触发", 0),
        ("规则“Lowest”决定级别", 0),
        ("Under the rule “最低项规则” it is 3", 0),
        ("”“", 0),
    ],
)
def test_quotation_marks_are_narrow_amid_latin_and_wide_amid_chinese(text: str, narrow: int) -> None:
    with fonts.drawing():
        (line,) = break_lines([Span(text, "sans", 10)], 1000)
        pieces = [piece for piece in line.pieces if piece.font == fonts.NAMES["signs"]]
        assert sum(len(piece.text) for piece in pieces) == narrow
        assert line.text == text
        wide = text_width(text, "sans", 10)
        assert (line.width < wide - narrow * 5) if narrow else (line.width == pytest.approx(wide))
