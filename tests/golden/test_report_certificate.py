"""Certificate and signature picture, rendered and looked at: the code scans, names fit, no seal, marks are there."""

import random
import re
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.domain.ids import AssessmentId, CertificateId
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.reporting import RenderOptions, render_certificate, render_stamp

SOURCE = random.Random(11)
PAYLOAD = "ITM1:" + "".join(SOURCE.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") for _ in range(359))
FINAL = RenderOptions(is_final=True)
BOTH: tuple[Language, ...] = ("zh", "en")
LONG = Text(
    "中国示范跨区域城市商业银行与农村商业银行联合发展股份有限公司信息科技与数字金融研发运营一体化管理中心东部分中心",
    "The Demonstration Bank of Many Regions, Provinces and Cities Company Limited, Technology and Finance Centre",
)


def make_certificate(**changes: Any) -> Certificate:
    fields: dict[str, Any] = {
        "id": CertificateId("certificate-1"),
        "assessment_id": AssessmentId("assessment-1"),
        "serial": "MD-2026-00017",
        "institution": Text("青溪示范银行股份有限公司", "Qingxi Demonstration Bank Co., Ltd."),
        "system": Text("新一代互联网贷款核心系统", "Next-generation online lending core"),
        "standard": Text("能力成熟度模型 第3部分：持续交付", "Capability maturity model, part 3: Continuous delivery"),
        "edition": "2021.1",
        "scope": Text("整个标准", "the whole standard"),
        "level_label": "3",
        "level_name": Text("全面级", "Comprehensive"),
        "profile_name": Text("八成达标且有底线", "Four fifths with a floor"),
        "issued_on": date(2026, 11, 23),
        "valid_until": date(2029, 11, 22),
        "issuing_body": Text("青溪示范评估中心", "Qingxi Demonstration Assessment Centre"),
        "report_digest": "ab12" * 16,
    }
    return Certificate(**fields | changes)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return re.sub(r"\s+", "", text)


def text_boxes(content: bytes) -> list[tuple[float, float, float, float]]:
    document = pypdfium2.PdfDocument(content)
    page = document[0].get_textpage()
    boxes = [page.get_rect(number) for number in range(page.count_rects())]
    document.close()
    return boxes


@pytest.mark.parametrize("is_sample", [False, True], ids=["real", "sample"])
def test_the_code_scans_from_a_print_at_300_dpi(is_sample: bool) -> None:
    content = render_certificate(make_certificate(is_sample=is_sample), PAYLOAD, BOTH, FINAL).content
    document = pypdfium2.PdfDocument(content)
    image = document[0].render(scale=300 / 72).to_pil()
    document.close()
    found = zxingcpp.read_barcodes(image)
    assert [code.text for code in found] == [PAYLOAD]


@pytest.mark.parametrize("languages", [("zh",), ("en",), BOTH])
def test_all_fields_are_printed(languages: tuple[Language, ...]) -> None:
    certificate = make_certificate()
    text = text_of(render_certificate(certificate, PAYLOAD, languages, FINAL).content)
    names = (certificate.institution, certificate.system, certificate.level_name, certificate.issuing_body)
    wanted = [name.pick(language) for name in names for language in languages]
    wanted += [certificate.serial, "2026-11-23", "2029-11-22", certificate.report_digest[:16]]
    assert not [words for words in wanted if words.replace(" ", "") not in text]


@pytest.mark.parametrize("languages", [("zh",), ("en",), BOTH])
def test_long_names_stay_inside_the_frame_and_above_the_facts(languages: tuple[Language, ...]) -> None:
    certificate = make_certificate(institution=LONG, system=LONG, level_label="3-")
    content = render_certificate(certificate, PAYLOAD, languages, FINAL).content
    boxes = text_boxes(content)
    assert min(left for left, _, _, _ in boxes) > 56
    assert max(right for _, _, right, _ in boxes) < 842 - 56
    assert max(top for _, _, _, top in boxes) < 595 - 54
    assert min(bottom for _, bottom, _, _ in boxes) > 54
    text = text_of(content)
    assert all(LONG.pick(language).replace(" ", "") in text for language in languages)


def test_the_place_for_the_seal_is_empty() -> None:
    document = pypdfium2.PdfDocument(render_certificate(make_certificate(), PAYLOAD, BOTH, FINAL).content)
    image = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    inside = image.crop(((662 * 2), ((595 - 170) * 2), (758 * 2), ((595 - 82) * 2)))
    darkest, lightest = inside.getextrema()
    assert lightest - darkest < 25  # at most the faint ground


def test_samples_and_drafts_say_so() -> None:
    text = text_of(render_certificate(make_certificate(is_sample=True), PAYLOAD, BOTH, RenderOptions()).content)
    assert "SAMPLE" in text
    assert "DRAFT" in text
    final = text_of(render_certificate(make_certificate(), PAYLOAD, BOTH, FINAL).content)
    assert "SAMPLE" not in final
    assert "DRAFT" not in final


def test_without_a_payload_there_is_no_code_and_the_certificate_says_why() -> None:
    content = render_certificate(make_certificate(), "", BOTH, RenderOptions()).content
    assert "未签署，无核验码" in text_of(content)
    document = pypdfium2.PdfDocument(content)
    assert zxingcpp.read_barcodes(document[0].render(scale=3).to_pil()) == []
    document.close()


def test_same_certificate_same_bytes() -> None:
    first = render_certificate(make_certificate(), PAYLOAD, BOTH, FINAL)
    assert render_certificate(make_certificate(), PAYLOAD, BOTH, FINAL).content == first.content
    assert first.signature_boxes[0].page == 0


def test_a_stamp_has_the_size_asked_for_and_all_its_lines() -> None:
    lines = ("𠮷田 陈思远", "青溪示范评估中心", "2026-11-06 16:42:10 +08:00", "…a1b2c3d4e5f6")
    content = render_stamp(lines, (262, 94))
    document = pypdfium2.PdfDocument(content)
    assert (len(document), document[0].get_size()) == (1, (262, 94))
    document.close()
    assert not [line for line in lines if line.replace(" ", "") not in text_of(content)]


def test_a_stamp_with_a_very_long_name_stays_inside() -> None:
    boxes = text_boxes(render_stamp((LONG.zh * 2, LONG.en * 2), (262, 94)))
    assert max(right for _, _, right, _ in boxes) <= 262
