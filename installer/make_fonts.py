"""Make the shipped fonts from their published sources.

Noto Sans SC and Noto Serif SC are cut down to GBK, Latin, punctuation and symbols; LXGW WenKai is copied unchanged (its
licence reserves the name, and it is the fallback for rare characters of names). Noto Sans SC Signs holds the
quotation marks of Noto Sans SC without the half hanzi of blank beside them, for text in Latin letters.

    python installer/make_fonts.py --sans REGULAR.ttf --sans-bold BOLD.ttf --serif-bold BOLD.ttf --kai KAI.ttf TARGET
"""

import argparse
import shutil
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]  # no types are published
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no types are published

RANGES = (
    (0x0020, 0x024F),  # Latin
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # letter-like, number forms
    (0x2190, 0x23FF),  # arrows, mathematics, technical
    (0x2460, 0x27BF),  # enclosed numbers, boxes, shapes, dingbats
    (0x3000, 0x33FF),  # CJK punctuation, kana, bopomofo, units
    (0xFE10, 0xFE6F),  # compatibility forms
    (0xFF00, 0xFFEF),  # full-width forms
)
QUOTES = (0x2018, 0x2019, 0x201C, 0x201D)
SIDE_BEARING = 45  # thousandths of an em, as beside the letters
DROPPED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "vhea",
    "vmtx",
    "VORG",
    "DSIG",
    "STAT",
    "fpgm",
    "prep",
    "cvt ",
    "gasp",
)


def gbk_characters() -> set[int]:
    """Return the code points of all two-byte GBK characters."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode("gbk", "ignore")
            found.update(ord(character) for character in text)
    return found


def cut_down(source: Path, target: Path) -> None:
    """Write the subset of `source` to `target`; the family name stays."""
    wanted = gbk_characters() | {code for first, last in RANGES for code in range(first, last + 1)}
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, *DROPPED_TABLES]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.save(target)


def narrow_signs(source: Path, target: Path) -> None:
    """Write a font of nothing but the quotation marks of `source`, as wide as they look."""
    options = subset.Options()
    options.notdef_outline = True
    options.drop_tables = [*options.drop_tables, *DROPPED_TABLES]
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=QUOTES)
    cutter.subset(font)
    shapes, names, bearing = font["glyf"], font.getBestCmap(), font["head"].unitsPerEm * SIDE_BEARING // 1000
    for code in QUOTES:
        shape = shapes[names[code]]
        shape.coordinates.translate((bearing - shape.xMin, 0))
        shape.recalcBounds(shapes)
        font["hmtx"][names[code]] = (shape.xMax + bearing, shape.xMin)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            plain = "" if record.nameID == 6 else " "
            old, new = f"Noto{plain}Sans{plain}SC", f"Noto{plain}Sans{plain}SC{plain}Signs"
            record.string = record.toUnicode().replace(old, new)
    font.save(target)


def main() -> None:
    """Make the files."""
    reader = argparse.ArgumentParser(description=__doc__)
    for name in ("sans", "sans-bold", "serif-bold", "kai"):
        reader.add_argument(f"--{name}", type=Path, required=True)
    reader.add_argument("target", type=Path)
    asked = reader.parse_args()
    asked.target.mkdir(parents=True, exist_ok=True)
    cut_down(asked.sans, asked.target / "NotoSansSC-Regular.ttf")
    cut_down(asked.sans_bold, asked.target / "NotoSansSC-Bold.ttf")
    cut_down(asked.serif_bold, asked.target / "NotoSerifSC-Bold.ttf")
    for look in ("Regular", "Bold"):
        narrow_signs(asked.target / f"NotoSansSC-{look}.ttf", asked.target / f"NotoSansSCSigns-{look}.ttf")
    shutil.copyfile(asked.kai, asked.target / "LXGWWenKai-Regular.ttf")
    for file in sorted(asked.target.glob("*.ttf")):
        print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
