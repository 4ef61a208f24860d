"""The PDF report: puts cover, contents and chapters together for one or both languages."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, PageBreak, Spacer

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest, NodeCode
from maturity_desktop.domain.text import Language
from maturity_desktop.reporting import fonts, theme
from maturity_desktop.reporting.archival import Attachment
from maturity_desktop.reporting.chapters import basis, closing, contents, cover, details, findings, overall, scores
from maturity_desktop.reporting.digest import content_digest, content_of
from maturity_desktop.reporting.options import RenderedPdf, RenderOptions
from maturity_desktop.reporting.pages import Furniture, PageLog, ReportDocument
from maturity_desktop.reporting.prose import Style
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.styles import ChapterTitle
from maturity_desktop.reporting.voice import Voice, items_in_scope
from maturity_desktop.system.progress import Progress, silent

# Any in this file: flowables, which have no common type.

WHOLE = NodeCode("")
REPORT_DATA = "report-data.json"
_ENTRY = Style(size=11, leading=2.1)


def render_report(
    snapshot: ReportSnapshot,
    languages: Sequence[Language],
    options: RenderOptions | None = None,
    progress: Progress = silent,
) -> RenderedPdf:
    """Return the PDF report, unsigned. Same snapshot, languages and options give the same bytes.

    Args:
        snapshot: everything the report says.
        languages: one, or both for one document with two parts and one sign-off page.
        options: draft by default.
        progress: gets (done, total) parts of the story; may raise Cancelled.

    Raises:
        EnvironmentProblem: RPT-001 a font is missing.
    """
    options = options or RenderOptions()
    digest = content_digest(snapshot)
    with fonts.drawing():
        target = io.BytesIO()
        voices = [Voice(snapshot, language) for language in dict.fromkeys(languages)]
        first = voices[0]
        document = ReportDocument(
            target,
            title=f"{first.text(snapshot.institution.name)} · {first.text(snapshot.system.name)} · "
            f"{first.say('report.document.title')}",
            author=(lead.name if (lead := first.lead) else ""),
            keywords=_keywords(snapshot, digest),
        )
        document.attachment = Attachment(
            name=REPORT_DATA,
            content=canonical.encode(content_of(snapshot)),
            description=first.say("report.document.data"),
        )
        story: list[Any] = []
        for voice in voices:
            document.add_part(voice.language, _cover_drawer(voice, digest, options), _furniture(voice, digest, options))
            story += _part(voice, digest, options, document.log, is_last=voice is voices[-1], voices=voices)
        pages = document.make(story, progress)
        return RenderedPdf(
            content=target.getvalue(),
            pages=pages,
            counts=expected_counts(snapshot),
            signature_boxes=tuple(document.log.boxes),
            missing_characters=fonts.missing_characters(texts_of(snapshot)),
        )


def expected_counts(snapshot: ReportSnapshot) -> Mapping[str, int]:
    """Return how many of each kind a complete report or workbook of this snapshot holds."""
    items = items_in_scope(snapshot)
    return {
        "items": len(items),
        "criteria": sum(len(item.criteria) for item in items),
        "evidence": len(snapshot.evidence),
        "observations": len(snapshot.observations),
        "claims": len(snapshot.claims),
        "interviews": len(snapshot.interviews),
    }


def texts_of(snapshot: ReportSnapshot) -> list[str]:
    """Return the texts people typed, for the search for characters no font has."""
    institution, system = snapshot.institution.name, snapshot.system.name
    texts = [institution.zh, institution.en, system.zh, system.en, snapshot.system.description]
    texts += [snapshot.engagement.title, snapshot.captured_by]
    texts += [part for person in snapshot.engagement.team for part in (person.name, person.department)]
    texts += [answer.rationale for answer in snapshot.answers.values()]
    texts += [override.reason for override in snapshot.overrides.values()]
    texts += [rating.remark for rating in snapshot.self_ratings.values()]
    for evidence in snapshot.evidence:
        texts += [evidence.title, evidence.newest.file_name, evidence.received_from, evidence.newest.place]
    for each in snapshot.observations:
        texts += [each.text, each.impact, each.recommendation, each.responsible]
    for claim in snapshot.claims:
        texts += [claim.metric, claim.before, claim.after, claim.unit, claim.base, claim.source]
    for interview in snapshot.interviews:
        texts += [interview.notes, *interview.people]
    return texts


def _cover_drawer(voice: Voice, digest: Digest, options: RenderOptions) -> Any:
    return lambda canvas: cover.draw_cover(canvas, voice, digest, options)


def _furniture(voice: Voice, digest: Digest, options: RenderOptions) -> Furniture:
    snapshot = voice.snapshot
    marks = []
    if snapshot.engagement.is_sample:
        marks.append(voice.say("report.document.sample"))
    if not options.is_final:
        marks.append(voice.say("report.document.draft"))
    note = voice.say("report.document.sample_note") if snapshot.engagement.is_sample else ""
    if not note and not options.is_final:
        note = voice.say("report.document.draft_note")
    institution, system = voice.text(snapshot.institution.name), voice.text(snapshot.system.name)
    edition = snapshot.edition.edition_id
    return Furniture(
        head_left=voice.say("report.document.head", institution=institution, system=system),
        head_right=voice.word("handling", snapshot.engagement.handling),
        foot_left=voice.say("report.document.foot", standard=voice.standard_title, edition=edition, digest=digest[:16]),
        page_words=voice.say("report.document.page", page="{page}", total="{total}"),
        marks=tuple(marks),
        note=note,
    )


def _keywords(snapshot: ReportSnapshot, digest: Digest) -> list[str]:
    """Return what binds a report to its content, its edition and the journal, for programs that verify it."""
    return [
        f"content-digest:{digest}",
        f"edition-digest:{snapshot.edition_digest}",
        f"journal-head:{snapshot.journal_head}",
    ]


def _part(
    voice: Voice, digest: Digest, options: RenderOptions, log: PageLog, *, is_last: bool, voices: Sequence[Voice]
) -> list[Any]:
    """Return the story of one language: cover, contents, chapters."""
    sentences = options.explanations.get(voice.language, {})
    chapters: list[tuple[str, list[Any]]] = [
        ("report.basis.title", basis.flow(voice)),
        ("report.overall.title", overall.flow(voice, sentences.get(WHOLE, ()))),
        ("report.scores.title", scores.flow(voice)),
        ("report.details.title", details.flow(voice, sentences)),
        ("report.observations.title", findings.observations(voice)),
        ("report.claims.title", findings.claims(voice)),
        ("report.interviews.title", findings.interviews(voice)),
        ("report.evidence.title", findings.register(voice)),
        ("report.coverage.title", findings.coverage(voice)),
        ("report.journal.title", closing.journal(voice, digest)),
    ]
    if is_last:
        chapters.append(("report.signoff.title", closing.signoff(voices, digest, options, log)))
    titles = [(voice.say(key), f"{voice.language}-{key}") for key, _ in chapters]
    story: list[Any] = [] if voice is voices[0] else [NextPageTemplate(f"cover-{voice.language}"), PageBreak()]
    story += [contents.CoverMark(voice), NextPageTemplate(f"body-{voice.language}"), PageBreak()]
    story += contents.flow(voice, titles, log)
    for number, ((key, body), (title, anchor)) in enumerate(zip(chapters, titles, strict=True), 1):
        story += _opening(key, number)
        story += [ChapterTitle(number, title, anchor), *body]
    return story


_FLOWING = frozenset({"report.claims.title", "report.interviews.title", "report.journal.title"})


def _opening(key: str, number: int) -> list[Any]:
    """Chapters begin on a new page, short ones where at least a third of a page is left."""
    if key in _FLOWING:
        return [Spacer(1, 18), CondPageBreak(theme.TEXT_HEIGHT * 0.34)]
    return [PageBreak()] if number else []
