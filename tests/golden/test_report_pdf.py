"""The PDF report, read back from its bytes: complete, extractable, marked, reproducible."""

import dataclasses
import io
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pikepdf
import pypdfium2
import pytest

from maturity_desktop.domain.answers import Answer
from maturity_desktop.domain.engagement import Person, Role
from maturity_desktop.domain.ids import PersonId
from maturity_desktop.domain.text import LANGUAGES, Language, Text
from maturity_desktop.errors import Cancelled, VerificationFailed
from maturity_desktop.reporting import LEAD_FIELD, RenderedPdf, RenderOptions, count_report, render_report
from maturity_desktop.reporting.linebreak import NO_START
from maturity_desktop.reporting.report import expected_counts
from tests.factories.snapshot import make_sample, make_snapshot, part_3

FINAL = RenderOptions(is_final=True)


@cache
def final(*languages: Language) -> RenderedPdf:
    return render_report(make_snapshot(part_3()), languages, FINAL)


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en")])
def test_the_written_file_holds_every_entry_of_the_snapshot(languages: tuple[Language, ...]) -> None:
    report = final(*languages)
    assert count_report(report.content) == report.counts == expected_counts(make_snapshot(part_3()))
    assert report.counts["criteria"] == 335


def test_same_snapshot_same_bytes() -> None:
    again = render_report(make_snapshot(part_3()), ("zh",), FINAL)
    assert again.content == final("zh").content


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_criterion_can_be_read_as_text(language: Language) -> None:
    text = squeezed("".join(pages_of(final(language).content)))
    texts = (squeezed(criterion.text.pick(language)) for criterion in part_3().criterion_by_id.values())
    missing = [words for words in texts if words not in text]
    assert len(missing) <= 3, missing  # a sentence cut by a page break is the only excuse


def test_every_digest_of_evidence_is_printed_whole() -> None:
    snapshot = make_snapshot(part_3())
    text = squeezed("".join(pages_of(final("zh").content)))
    assert not [each.id for each in snapshot.evidence if each.newest.sha256 not in text]


def test_no_printed_line_starts_with_closing_punctuation() -> None:
    wrong = [
        line
        for page in pages_of(final("zh").content)
        for line in page.splitlines()
        if line and line[0] in NO_START - set("·-.,…—") and len(line) > 1
    ]
    assert not wrong


def test_two_threads_at_once_make_the_same_documents_as_one_after_the_other() -> None:
    snapshot = make_snapshot(part_3(), evidence=())
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda language: render_report(snapshot, (language,), FINAL).content, ("zh", "en")))
    assert made == [render_report(snapshot, (language,), FINAL).content for language in LANGUAGES]


def test_every_page_says_which_one_it_is_of_how_many() -> None:
    report = final("zh")
    texts = pages_of(report.content)
    assert len(texts) == report.pages
    wanted = [f"第{number}页，共{report.pages}页" for number in range(2, report.pages + 1)]
    assert [words for words, text in zip(wanted, texts[1:], strict=True) if words not in squeezed(text)] == []


def test_only_our_fonts_are_inside_and_all_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(final("zh", "en").content)) as document:
        names = {
            (str(font.BaseFont).split("+")[-1], "FontFile2" in str(font.FontDescriptor.keys()))
            for page in document.pages
            for font in page.Resources.Font.values()
        }
    assert {name for name, _ in names} <= {"NotoSansSC-Regular", "NotoSansSC-Bold", "LXGWWenKai-Regular"}
    assert all(is_embedded for _, is_embedded in names)


def test_bookmarks_lead_to_chapters_and_items() -> None:
    document = pypdfium2.PdfDocument(final("zh").content)
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert "2 整体级别" in titles
    assert sum(title.startswith("CM-VC-BM ") for title in titles) == 1


def test_a_draft_says_so_on_every_page_and_a_final_report_nowhere() -> None:
    draft = pages_of(render_report(make_snapshot(part_3()), ("zh",), RenderOptions()).content)
    assert all("草稿" in squeezed(page) for page in draft)
    signed = pages_of(final("zh").content)
    assert not any("未经签署" in squeezed(page) for page in signed)
    assert "草稿" not in signed[0] + signed[-1]


def test_a_sample_is_marked_on_every_page_even_when_final() -> None:
    pages = pages_of(render_report(make_sample(), ("zh", "en"), FINAL).content)
    assert all("示例" in squeezed(page) or "SAMPLE" in squeezed(page) for page in pages)
    assert "invented" in pages[-1]


def test_the_signature_fields_lie_on_the_last_page_and_apart() -> None:
    report = final("zh", "en")
    lead, institution = report.signature_boxes
    assert lead.field == LEAD_FIELD
    assert lead.page == institution.page == report.pages - 1
    assert 0 < institution.bottom < institution.top < lead.bottom < lead.top < 842
    assert 79 < lead.left < lead.right < 595


def test_the_level_and_its_rule_are_explained() -> None:
    text = squeezed("".join(pages_of(final("zh").content)))
    assert "按判定规则“八成达标且有底线”（至少80%的评级单位达到该级" in text
    assert "不是标准原文" in text


def test_ready_explanations_are_used_when_given() -> None:
    options = RenderOptions(explanations={"zh": {"": ("这是现成的解释。",)}})  # type: ignore[dict-item]  # plain str
    assert "这是现成的解释。" in "".join(pages_of(render_report(make_snapshot(part_3()), ("zh",), options).content))


def test_rare_names_are_printed_and_readable() -> None:
    snapshot = make_snapshot(part_3())
    people = (Person(id=PersonId("p"), name="𠮷𬱖 Šárka", role=Role.LEAD_ASSESSOR),)
    snapshot = dataclasses.replace(snapshot, engagement=dataclasses.replace(snapshot.engagement, team=people))
    report = render_report(snapshot, ("zh",), FINAL)
    assert "𠮷" in "".join(pages_of(report.content))
    assert report.missing_characters == ()


def test_characters_no_font_has_are_reported() -> None:
    snapshot = make_snapshot(part_3())
    institution = dataclasses.replace(snapshot.institution, name=Text("笑😀银行", "Bank"))
    report = render_report(dataclasses.replace(snapshot, institution=institution), ("zh",), FINAL)
    assert report.missing_characters == ("😀",)


def test_typed_markup_and_long_rationales_are_printed_as_typed() -> None:
    snapshot = make_snapshot(part_3())
    criterion, answer = next(iter(snapshot.answers.items()))
    long = "<b>粗体&amp;</b> 第%d句：流水线全部自动化，抽查无误。"
    text = "\n".join(long % number for number in range(700))
    changed = dict(snapshot.answers) | {criterion: dataclasses.replace(answer, rationale=text)}
    report = render_report(dataclasses.replace(snapshot, answers=changed), ("zh",), FINAL)
    printed = squeezed("".join(pages_of(report.content)))
    missing = [number for number in range(700) if squeezed(long % number) not in printed]
    assert len(missing) <= report.pages - final("zh").pages + 1, missing  # those cut by the foot of a page
    assert "第699句" in printed
    assert count_report(report.content) == report.counts


def test_an_unanswered_assessment_still_makes_a_complete_report() -> None:
    none: dict[str, Answer] = {}
    snapshot = make_snapshot(
        part_3(), answers=none, overrides={}, self_ratings={}, evidence=(), observations=(), claims=(), interviews=()
    )
    report = render_report(snapshot, ("zh", "en"), FINAL)
    assert count_report(report.content) == report.counts
    assert report.counts["evidence"] == 0
    assert report.counts["criteria"] == 335


def test_an_empty_export_is_noticed() -> None:
    """A file whose page streams lost an entry counts less than the snapshot holds."""
    content = final("zh").content
    lost = render_report(make_snapshot(part_3(), evidence=()), ("zh",), FINAL).content
    assert count_report(content)["evidence"] - count_report(lost)["evidence"] == 60
    assert set(count_report(b"%PDF-1.4\n%%EOF").values()) == {0}


def test_something_else_than_a_pdf_is_refused() -> None:
    with pytest.raises(VerificationFailed) as caught:
        count_report(b"PK\x03\x04")
    assert caught.value.code == "RPT-002"


def test_cancelling_stops_the_work() -> None:
    def stop(done: int, total: int, what: str = "") -> None:
        if done > 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        render_report(make_snapshot(part_3()), ("zh",), FINAL, stop)
