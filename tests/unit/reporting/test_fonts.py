"""Fonts: coverage, fallback per character, what is missing, and the map that makes text extractable."""

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.reporting import fonts
from maturity_desktop.system import paths


def gb2312() -> str:
    cells = (bytes((0xA1 + row, 0xA1 + place)) for row in range(94) for place in range(94))
    return "".join(cell.decode("gb2312", "ignore") for cell in cells)


@pytest.mark.parametrize("face", ["sans", "bold", "serif", "kai"])
def test_every_face_has_all_characters_of_gb2312(face: fonts.Face) -> None:
    with fonts.drawing():
        glyphs = {character: fonts.glyph(face, character) for character in gb2312()}
    assert len(glyphs) == 7445
    assert not [character for character, (_, drawn, _) in glyphs.items() if drawn != character]


@pytest.mark.parametrize("character", ["𠮷", "䶮", "Ł", "ž"])
def test_rare_characters_of_names_come_from_the_fallback(character: str) -> None:
    with fonts.drawing():
        name, drawn, width = fonts.glyph("bold", character)
    assert drawn == character
    assert width > 0
    assert name in fonts.NAMES.values()


def test_characters_no_font_has_are_replaced_and_reported() -> None:
    with fonts.drawing():
        assert fonts.glyph("sans", "\U0001f600")[1] == fonts.MISSING_SIGN
        assert fonts.missing_characters(["笑😀", "ok𐎀\n\u200b"]) == ("𐎀", "😀")


def test_invisible_characters_take_no_room() -> None:
    with fonts.drawing():
        assert [fonts.glyph("sans", character)[2] for character in "\u200b\ufe0f\x07"] == [0, 0, 0]


def test_non_breaking_hyphens_are_drawn_as_hyphens() -> None:
    with fonts.drawing():
        assert fonts.glyph("sans", "‑")[1] in ("-", "‑")


def test_the_unicode_map_is_right_above_the_first_plane() -> None:
    text = fonts.to_unicode_map("X", [0x20, ord("一"), ord("𠮷")])
    assert "<02> <D842DFB7>" in text
    assert "<01> <4E00>" in text


def test_the_unicode_map_keeps_blocks_below_the_limit() -> None:
    text = fonts.to_unicode_map("X", list(range(0x4E00, 0x4E00 + 250)))
    assert [line for line in text.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]


def test_a_missing_font_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(paths, "fonts", lambda: tmp_path)
    monkeypatch.setitem(fonts.NAMES, "kai", "Md-absent")
    with pytest.raises(EnvironmentProblem) as caught:
        fonts.font("kai")
    assert caught.value.code == "RPT-001"


def test_the_shipped_fonts_stay_below_the_size_agreed() -> None:
    assert sum(file.stat().st_size for file in paths.fonts().glob("*.ttf")) < 45_000_000
    assert {file.name for file in paths.fonts().glob("OFL-*.txt")} == {
        "OFL-LXGWWenKai.txt",
        "OFL-NotoSansSC.txt",
        "OFL-NotoSerifSC.txt",
    }
