"""A standard as a book in PDF: cover, contents, what it is, every item with its levels side by side, glossary."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, PageBreak, Spacer

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.standard import Edition, Node
from maturity_desktop.domain.text import Language
from maturity_desktop.reporting import fonts
from maturity_desktop.reporting.book_front import BookMark, about, draw_cover
from maturity_desktop.reporting.book_items import glossary, item_flow
from maturity_desktop.reporting.book_voice import BookVoice
from maturity_desktop.reporting.chapters.contents import Entry
from maturity_desktop.reporting.pages import Furniture, PageLog, ReportDocument
from maturity_desktop.reporting.prose import Outline, prose
from maturity_desktop.reporting.styles import CHAPTER, SECTION, ChapterTitle
from maturity_desktop.system.progress import Progress, silent

# Any in this file: flowables, which have no common type.

BOOK_SUBJECT: Final = "maturity-desktop/book"
_Chapter = tuple[str, str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedBook:
    """A finished book; `counts` is what → how many the edition holds, to be compared with `count_report`."""

    content: bytes
    pages: int
    counts: Mapping[str, int]


def render_book(edition: Edition, digest: Digest, language: Language, progress: Progress = silent) -> RenderedBook:
    """Return the whole edition as an A4 PDF in one language. Same edition and language give the same bytes.

    Args:
        edition: what is printed.
        digest: of the edition; stands on every page.
        language: of the book; texts missing in it appear in the other one.
        progress: gets (done, total) parts of the story; may raise Cancelled.

    Raises:
        EnvironmentProblem: RPT-001 a font is missing.
    """
    voice = BookVoice(edition=edition, digest=digest, language=language)
    with fonts.drawing():
        target = io.BytesIO()
        document = ReportDocument(
            target,
            title=f"{voice.title} · {voice.say('book.book')}",
            author=voice.text(edition.issuing_body),
            keywords=[f"edition-digest:{digest}"],
            subject=BOOK_SUBJECT,
        )
        document.add_part(language, lambda canvas: draw_cover(canvas, voice), _furniture(voice))
        pages = document.make(_story(voice, document.log), progress)
        return RenderedBook(content=target.getvalue(), pages=pages, counts=_counts(edition))


def _counts(edition: Edition) -> Mapping[str, int]:
    return {"items": len(edition.items), "criteria": len(edition.criterion_by_id)}


def _furniture(voice: BookVoice) -> Furniture:
    edition = voice.edition
    return Furniture(
        head_left=voice.title,
        head_right=voice.say("book.book"),
        foot_left=voice.say(
            "book.foot",
            id=edition.standard_id,
            edition=edition.edition_id,
            digest=voice.digest[:16],
            provenance=voice.say(f"book.provenance_word.{edition.provenance.value}"),
        ),
        page_words=voice.say("book.page", page="{page}", total="{total}"),
    )


def _story(voice: BookVoice, log: PageLog) -> list[Any]:
    chapters = _chapters(voice)
    story: list[Any] = [BookMark(voice), NextPageTemplate(f"body-{voice.language}"), PageBreak()]
    story += [prose(voice.say("book.contents"), CHAPTER), Spacer(1, 8)]
    for number, (anchor, title, _) in enumerate(chapters, 1):
        story.append(Entry(str(number), title, anchor, log))
        root = voice.edition.node_by_code.get(voice.code_of(anchor))
        children = root.nodes if root else ()
        story += [Entry("", voice.named(child), voice.anchor(child.code), log) for child in children]
    for number, (anchor, title, body) in enumerate(chapters, 1):
        story += [PageBreak(), ChapterTitle(number, title, anchor), *body]
    return story


def _chapters(voice: BookVoice) -> list[_Chapter]:
    roots = voice.edition.nodes
    chapters = [(voice.anchor("about"), voice.say("book.about"), about(voice))]
    chapters += [(voice.anchor(root.code), voice.named(root), _node_body(voice, root, (root,), 2)) for root in roots]
    if voice.edition.glossary:
        chapters.append((voice.anchor("glossary"), voice.say("book.glossary"), glossary(voice)))
    return chapters


def _node_body(voice: BookVoice, node: Node, path: tuple[Node, ...], level: int) -> list[Any]:
    story: list[Any] = []
    for child in node.nodes:
        title = voice.named(child)
        outline = Outline(key=voice.anchor(child.code), title=title, level=level)
        story += [CondPageBreak(230), prose(title, SECTION, outline=outline)]
        story += _node_body(voice, child, (*path, child), level + 1)
    for item in node.items:
        story += item_flow(voice, item, path, level)
    return story
