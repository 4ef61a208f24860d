"""Make the evidence files of the sample assessment anew: documents, screenshots and recordings, all marked 示例 SAMPLE.

    python installer/make_sample_evidence.py resources/sample/evidence

The same input gives the same bytes with the same versions of the drawing tools. Recordings need ffmpeg and are left as
they are without it; the product itself never calls it. Contents are in `sample_documents.toml`, `sample_screens.toml`.
"""

import argparse
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Spec = Mapping[str, Any]  # Any: values of our own TOML files
Colour = tuple[int, int, int]

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent / "resources" / "fonts"
REGULAR, BOLD = FONTS / "NotoSansSC-Regular.ttf", FONTS / "NotoSansSC-Bold.ttf"
MARK = "示例 SAMPLE"
NOTE = "示例 SAMPLE：内容为虚构，仅供演示 · invented content, for demonstration only"

SIZE = (1280, 720)
FRAMES_A_SECOND = 4
FRAMES_A_STEP = 2
PAPER, PANEL, LINE = (247, 249, 252), (255, 255, 255), (219, 225, 234)
INK, QUIET, BAR, ACCENT = (31, 41, 55), (107, 114, 128), (30, 41, 66), (45, 91, 176)
GREEN, RED, AMBER, MARK_RED = (23, 133, 93), (190, 47, 47), (168, 104, 0), (196, 40, 40)
LOG_BACK, LOG_INK = (24, 30, 42), (206, 216, 230)
GOOD = {"通过", "成功", "一致", "开启", "在用", "已交付", "已关闭", "受保护"}
BAD = {"失败", "逾期", "阻断"}
OPEN = {"进行中", "运行中"}
DOCUMENT_INK = colors.HexColor("#1F2937")


class Screen:
    """A picture of a program's window that is filled from top to bottom."""

    def __init__(self, spec: Spec) -> None:
        self.image = Image.new("RGB", SIZE, PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.left, self.right, self.y = 200, SIZE[0] - 30, 76
        self._frame(spec)

    def write(self, at: tuple[float, float], text: str, size: int, ink: Colour = INK, *, bold: bool = False) -> float:
        """Write `text` with its top left corner at a place; return its width."""
        font = font_of(size, bold=bold)
        self.draw.text(at, text, font=font, fill=ink)
        return font.getlength(text)

    def _frame(self, spec: Spec) -> None:
        self._mark_background()
        self.draw.rectangle((0, 0, SIZE[0], 52), fill=BAR)
        self.write((22, 13), spec["app"], 19, (255, 255, 255), bold=True)
        self.draw.rounded_rectangle((SIZE[0] - 170, 11, SIZE[0] - 20, 41), 6, fill=MARK_RED)
        self.write((SIZE[0] - 158, 14), MARK, 17, (255, 255, 255), bold=True)
        self.draw.rectangle((0, 52, 172, SIZE[1]), fill=PANEL, outline=LINE)
        for place, name in enumerate(spec.get("menu", "概览|执行|记录|设置").split("|")):
            top = 76 + place * 42
            is_active = place == spec.get("active", 1)
            if is_active:
                self.draw.rectangle((0, top - 6, 172, top + 30), fill=(232, 239, 251))
            self.write((28, top), name, 16, ACCENT if is_active else QUIET, bold=is_active)
        self.write((self.left, self.y), spec["heading"], 22, bold=True)
        self.y += 46
        self.write((self.left, SIZE[1] - 28), NOTE, 13, QUIET)

    def _mark_background(self) -> None:
        mark = Image.new("RGBA", (620, 150), (0, 0, 0, 0))
        ImageDraw.Draw(mark).text((10, 10), MARK, font=font_of(92, bold=True), fill=(196, 40, 40, 26))
        turned = mark.rotate(20, expand=True)
        self.image.paste(turned, (420, 300), turned)

    def tiles(self, tiles: list[str]) -> None:
        """Draw figures side by side."""
        width = (self.right - self.left - 16 * (len(tiles) - 1)) // len(tiles)
        for place, tile in enumerate(tiles):
            label, value = tile.split("|")
            x = self.left + place * (width + 16)
            self.draw.rounded_rectangle((x, self.y, x + width, self.y + 78), 8, fill=PANEL, outline=LINE)
            self.write((x + 16, self.y + 10), label, 14, QUIET)
            self.write((x + 16, self.y + 34), value, 25, ACCENT, bold=True)
        self.y += 98

    def stages(self, stages: list[str]) -> None:
        """Draw the stages of a pipeline with their state and time."""
        width = (self.right - self.left) // len(stages)
        for place, stage in enumerate(stages):
            name, state, took = stage.split("|")
            x, centre = self.left + place * width, self.y + 18
            if place + 1 < len(stages):
                self.draw.line((x + 18, centre, x + width + 4, centre), fill=LINE, width=4)
            self.draw.ellipse((x, centre - 15, x + 30, centre + 15), fill=state_colour(state) or QUIET)
            self.write((x + 10, centre - 11), str(place + 1), 15, (255, 255, 255), bold=True)
            self.write((x, self.y + 40), name, 16, bold=True)
            self.write((x, self.y + 63), f"{state} {took}", 13, state_colour(state) or QUIET)
        self.y += 102

    def bars(self, bars: list[str]) -> None:
        """Draw horizontal bars, the longest one over the whole width."""
        pairs = [(label, int(value)) for label, value in (bar.split("|") for bar in bars)]
        most = max(value for _, value in pairs)
        for label, value in pairs:
            self.write((self.left, self.y), label, 15)
            x = self.left + 190
            length = max(int((self.right - x - 70) * value / most), 4)
            self.draw.rounded_rectangle((x, self.y + 3, x + length, self.y + 21), 4, fill=ACCENT)
            self.write((x + length + 10, self.y), str(value), 15, QUIET)
            self.y += 32
        self.y += 14

    def table(self, columns: str, rows: list[str]) -> None:
        """Draw a table; columns are as wide as their content asks for."""
        cells = [columns.split("|"), *(row.split("|") for row in rows)]
        wanted = [max(font_of(15).getlength(row[at]) for row in cells) + 26 for at in range(len(cells[0]))]
        stretch = (self.right - self.left) / sum(wanted)
        for number, row in enumerate(cells):
            fill = (236, 240, 246) if number == 0 else PANEL
            self.draw.rectangle((self.left, self.y, self.right, self.y + 34), fill=fill, outline=LINE)
            x = self.left + 12.0
            for at, cell in enumerate(row):
                colour = None if number == 0 else state_colour(cell)
                self.write((x, self.y + 6), cell, 15, colour or INK, bold=number == 0 or colour is not None)
                x += wanted[at] * stretch
            self.y += 34
        self.y += 18

    def log(self, lines: list[str]) -> None:
        """Draw lines of a log on a dark ground."""
        height = 24 + 26 * len(lines)
        self.draw.rounded_rectangle((self.left, self.y, self.right, self.y + height), 8, fill=LOG_BACK)
        for number, line in enumerate(lines):
            self.write((self.left + 18, self.y + 10 + 26 * number), line, 15, LOG_INK)
        self.y += height + 14


def font_of(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD if bold else REGULAR, size)


def state_colour(word: str) -> Colour | None:
    """Return the colour of a state word, None for any other word."""
    colour_of = ((GOOD, GREEN), (BAD, RED), (OPEN, AMBER))
    return next((colour for words, colour in colour_of if word in words), None)


def draw_screen(spec: Spec) -> Image.Image:
    screen = Screen(spec)
    if "tiles" in spec:
        screen.tiles(spec["tiles"])
    if "stages" in spec:
        screen.stages(spec["stages"])
    if "bars" in spec:
        screen.bars(spec["bars"])
    if "columns" in spec:
        screen.table(spec["columns"], spec["rows"])
    if "log" in spec:
        screen.log(spec["log"])
    return screen.image


def write_screen(spec: Spec, target: Path) -> None:
    """Write a screenshot with a small palette, which keeps the file small."""
    draw_screen(spec).quantize(64, dither=Image.Dither.NONE).save(target, optimize=True)


def frames(spec: Spec) -> Iterator[Image.Image]:
    """Yield the pictures of a recording: one more step done in each, the last one held."""
    steps = [step.split("|") for step in spec["steps"]]
    for now in range(len(steps) + 1):
        stages = [
            f"{name}|{'通过' if at < now else '运行中' if at == now else '等待'}|{clock if at < now else ''}"
            for at, (name, _, clock) in enumerate(steps)
        ]
        log = [f"{clock:>5}  {line}" for _, line, clock in steps[:now]] or ["…"]
        picture = draw_screen({**spec, "stages": stages, "log": log})
        ImageDraw.Draw(picture).ellipse((SIZE[0] - 196, 19, SIZE[0] - 182, 33), fill=RED)
        yield from [picture] * FRAMES_A_STEP


def write_video(spec: Spec, target: Path, ffmpeg: str) -> None:
    """Encode a recording as H.264 in MP4 or VP9 in WebM, without times or tool names in it."""
    codec = {
        ".mp4": ["-c:v", "libx264", "-preset", "slow", "-crf", "30", "-movflags", "+faststart"],
        ".webm": ["-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "40", "-row-mt", "0"],
    }[target.suffix]
    source = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "rgb24",
        "-s",
        f"{SIZE[0]}x{SIZE[1]}",
        "-r",
        str(FRAMES_A_SECOND),
        "-i",
        "-",
    ]
    exact = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", "-threads", "1"]
    shape = ["-vf", "scale=960:540", "-pix_fmt", "yuv420p"]
    command = [ffmpeg, "-y", "-v", "error", *source, *codec, *shape, *exact, str(target)]
    content = b"".join(frame.tobytes() for frame in frames(spec))
    subprocess.run(command, input=content, check=True)


def write_document(spec: Spec, target: Path) -> None:
    """Write a document in the form its file name asks for."""
    lines: list[str] = spec["lines"]
    match target.suffix:
        case ".pdf":
            write_pdf(spec, target)
        case ".csv":
            rows = (",".join(line.split("|")) for line in lines)
            target.write_bytes(("\ufeff" + "\r\n".join(rows) + "\r\n").encode())
        case _:
            target.write_bytes(("\n".join(lines) + "\n").encode())


def write_pdf(spec: Spec, target: Path) -> None:
    """Write an A4 document with its number, an English summary and the mark on every page."""
    title = target.stem.split("-", 5)[-1]
    story: list[Flowable] = [
        Paragraph(escape(title), _style(18, bold=True)),
        Paragraph(escape(f"文件号 {spec['number']}　新一代消费信贷系统"), _style(9, ink="#6B7280")),
        Paragraph(escape(f"English summary: {spec['english']}"), _style(9, ink="#374151")),
        Spacer(1, 8),
        *_body(spec["lines"]),
    ]
    document = SimpleDocTemplate(
        str(target),
        pagesize=A4,
        title=f"{title}（{MARK}）",
        author=MARK,
        invariant=1,
        leftMargin=62,
        rightMargin=62,
        topMargin=70,
        bottomMargin=64,
    )
    document.build(story, onFirstPage=_page_mark, onLaterPages=_page_mark)


def _body(lines: list[str]) -> Iterator[Flowable]:
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if "|" in line:
            rows.append(line.split("|"))
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line.startswith("# "):
            yield Paragraph(escape(line[2:]), _style(12.5, bold=True, before=10))
        elif line:
            yield Paragraph(escape(line), _style(10.5))


def _table(rows: list[list[str]]) -> Table:
    cells = [[Paragraph(escape(cell), _style(9.5, bold=at == 0)) for cell in row] for at, row in enumerate(rows)]
    lengths = [
        max(sum(1 + (letter > "\u2e80") for letter in row[at]) for row in rows) + 3 for at in range(len(rows[0]))
    ]
    room = A4[0] - 124 - 12
    table = Table(cells, colWidths=[room * length / sum(lengths) for length in lengths], spaceBefore=4, spaceAfter=8)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#C8D0DC")),
                ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#EDF1F7")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _style(size: float, *, bold: bool = False, before: float = 0, ink: str = "#1F2937") -> ParagraphStyle:
    return ParagraphStyle(
        name=f"s{size}{bold}{before}{ink}",
        fontName="SampleBold" if bold else "Sample",
        fontSize=size,
        leading=size * 1.55,
        spaceBefore=before,
        spaceAfter=4,
        textColor=colors.HexColor(ink),
        alignment=TA_LEFT,
        wordWrap="CJK",
    )


def _page_mark(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFillColor(colors.Color(0.77, 0.16, 0.16, alpha=0.09))
    canvas.setFont("SampleBold", 80)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(40)
    canvas.drawCentredString(0, 0, MARK)
    canvas.restoreState()
    canvas.setFont("Sample", 8)
    canvas.setFillColor(DOCUMENT_INK)
    canvas.drawString(62, 38, NOTE)
    canvas.drawRightString(A4[0] - 62, 38, str(document.page))


def main() -> None:
    """Make every file, or only those whose names begin with `--only`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    target: Path = options.target
    target.mkdir(parents=True, exist_ok=True)
    pdfmetrics.registerFont(TTFont("Sample", REGULAR))
    pdfmetrics.registerFont(TTFont("SampleBold", BOLD))
    documents = tomllib.loads((HERE / "sample_documents.toml").read_text(encoding="utf-8"))["document"]
    drawn = tomllib.loads((HERE / "sample_screens.toml").read_text(encoding="utf-8"))
    wanted = options.only
    for spec in (spec for spec in documents if spec["file"].startswith(wanted)):
        write_document(spec, target / spec["file"])
    for spec in (spec for spec in drawn["screen"] if spec["file"].startswith(wanted)):
        write_screen(spec, target / spec["file"])
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        print("ffmpeg is not there: recordings left as they are")
        return
    for spec in (spec for spec in drawn["video"] if spec["file"].startswith(wanted)):
        write_video(spec, target / spec["file"], ffmpeg)


if __name__ == "__main__":
    main()
