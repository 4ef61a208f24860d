"""From an assessment to finished documents, rendered and signed, ready to be delivered."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from maturity_desktop.domain.certificate import Certificate, IssuingBody, next_serial
from maturity_desktop.domain.ids import AssessmentId, CertificateId, NodeCode, new_id
from maturity_desktop.domain.signoff import SignoffStep
from maturity_desktop.domain.standard import Module
from maturity_desktop.domain.text import Language, Text
from maturity_desktop.errors import RuleBroken
from maturity_desktop.reporting.certificate import render_certificate
from maturity_desktop.reporting.counting import count_report, count_workbook
from maturity_desktop.reporting.digest import content_digest
from maturity_desktop.reporting.options import (
    INSTITUTION_FIELD,
    LEAD_FIELD,
    RenderedPdf,
    RenderOptions,
    SignatureBox,
)
from maturity_desktop.reporting.report import render_report
from maturity_desktop.reporting.snapshot import ReportSnapshot
from maturity_desktop.reporting.workbook import render_workbook
from maturity_desktop.services import results, signers, signoff, snapshots, stamping
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.delivering import Count, Document, Judge
from maturity_desktop.services.export_requests import CertificateRequest, ExportRequest, Signatory
from maturity_desktop.services.issuing import issuing_body
from maturity_desktop.signing import opc, opc_verify, pdf, pdf_verify, qr, qr_keys
from maturity_desktop.signing.findings import Judgement
from maturity_desktop.signing.identity import Signer
from maturity_desktop.signing.trust import Trust
from maturity_desktop.system.clock import Clock
from maturity_desktop.system.pdfium import ALONE
from maturity_desktop.system.progress import Progress
from maturity_desktop.wording import say

WHOLE = NodeCode("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An assessment at one moment, with the approval that holds for exactly this content, if any."""

    snapshot: ReportSnapshot
    approval: SignoffStep | None


def take_picture(workspace: Workspace, assessment_id: AssessmentId) -> Picture:
    """Return the assessment as it is now. Raises RuleBroken EXP-004 nothing answered; EnvironmentProblem WSP-020."""
    with workspace.read() as reading:
        snapshot = snapshots.within(workspace, reading, assessment_id)
        if not snapshot.answers:
            raise RuleBroken("EXP-004")
        standing = signoff.standing_within(workspace, reading, assessment_id, snapshot)
    return Picture(snapshot=snapshot, approval=standing.valid_approval)


def report(
    workspace: Workspace, request: ExportRequest, progress: Progress, picture: Picture | None = None
) -> Document:
    """Render and sign a report of a picture, taken now when none is given. Raises as `exporting.export_report`."""
    signer = _signer(workspace, request.identity)
    picture = picture or take_picture(workspace, request.assessment_id)
    snapshot = picture.snapshot
    options = _options(workspace, picture, request)
    rendered = render_report(snapshot, request.languages, options, progress)
    content = rendered.content
    if signer is not None:
        content = _signed_report(rendered, signer, workspace.machine.clock, request.languages[0])
    return Document(
        kind="report",
        assessment_id=request.assessment_id,
        content=content,
        content_digest=content_digest(snapshot),
        expected=expected_counts(snapshot),
        count=count_report,
        judge=_pdf_judge(workspace.machine.clock),
        signer=signer,
        pages=rendered.pages,
    )


def workbook(
    workspace: Workspace, request: ExportRequest, progress: Progress, picture: Picture | None = None
) -> Document:
    """Render and sign a workbook of a picture, taken now when none is given. Raises as `report`."""
    signer = _signer(workspace, request.identity)
    picture = picture or take_picture(workspace, request.assessment_id)
    snapshot = picture.snapshot
    options = _options(workspace, picture, request)
    content = render_workbook(snapshot, request.languages, options, progress).content
    clock = workspace.machine.clock
    if signer is not None:
        content = opc.sign_package(
            content, signer, clock=clock, comment=say(request.languages[0], "export.reason_workbook")
        )

    def judge(written: bytes, trust: Trust) -> Judgement:
        return opc_verify.verify_package(BytesIO(written), trust, at=clock.now())

    return Document(
        kind="workbook",
        assessment_id=request.assessment_id,
        content=content,
        content_digest=content_digest(snapshot),
        expected=expected_counts(snapshot),
        count=count_workbook,
        judge=judge,
        signer=signer,
    )


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """Everything a certificate says but its serial."""

    snapshot: ReportSnapshot
    body: IssuingBody
    request: CertificateRequest
    signer: Signer | None

    def certificate(self, number_in_year: int) -> Certificate:
        """Return the certificate with the given number."""
        edition, levels = self.snapshot.edition, self.snapshot.edition.levels
        rating = self.snapshot.results.overall.rating
        word = rating.word(levels) or Text()
        issued_on = self.request.issued_on
        part = f"（第 {edition.part} 部分）" if edition.part else ""
        part_en = f" (part {edition.part})" if edition.part else ""
        return Certificate(
            id=CertificateId(new_id()),
            assessment_id=self.request.assessment_id,
            serial=next_serial(self.body.serial_prefix, issued_on, number_in_year),
            institution=self.snapshot.institution.name,
            system=self.snapshot.system.name,
            standard=Text(
                f"{edition.series.zh}{part} {edition.name.zh}".strip(),
                f"{edition.series.en}{part_en}: {edition.name.en}" if edition.series.en else edition.name.en + part_en,
            ),
            edition=edition.edition_id,
            scope=self._scope(),
            level_label=word.pick("zh") if edition.rated_in_words else rating.label(levels),
            level_name=word,
            profile_name=self.snapshot.results.profile.name,
            issued_on=issued_on,
            valid_until=_years_later(issued_on, self.body.validity_years),
            issuing_body=self.body.name,
            report_digest=content_digest(self.snapshot),
            is_sample=self.snapshot.engagement.is_sample,
        )

    def _scope(self) -> Text:
        scope, edition = self.snapshot.assessment.scope, self.snapshot.edition
        if scope.is_whole:
            return Text(say("zh", "export.whole_standard"), say("en", "export.whole_standard"))
        names = [self._module(module) for module in edition.modules if module.code in scope.modules]
        names += [edition.node_by_code[code].name for code in scope.nodes if code in edition.node_by_code]
        names += [edition.item_by_code[code].name for code in scope.nodes if code in edition.item_by_code]
        return Text("、".join(name.pick("zh") for name in names), ", ".join(name.pick("en") for name in names))

    def _module(self, module: Module) -> Text:
        """Name a module; with several in scope each bears its own result, for they need not be alike."""
        result = self.snapshot.results.modules.get(module.code)
        if len(self.snapshot.assessment.scope.modules) == 1 or result is None:
            return module.name
        levels, is_in_words = self.snapshot.edition.levels, self.snapshot.edition.rated_in_words
        word, label = result.rating.word(levels), result.rating.label(levels)

        def named(language: Language) -> str:
            told = word.pick(language) if is_in_words and word else label
            return say(language, "export.module", name=module.name.pick(language), result=told)

        return Text(named("zh"), named("en"))


def certificate_facts(workspace: Workspace, request: CertificateRequest) -> CertificateFacts:
    """Gather what the certificate says. Raises RuleBroken CRT-002, 003, 005, EXP-004; SigningRefused SGN-01x."""
    body = issuing_body(workspace)
    if body is None:
        raise RuleBroken("CRT-002")
    signer = _signer(workspace, request.identity)
    picture = take_picture(workspace, request.assessment_id)
    snapshot = picture.snapshot
    if picture.approval is None:
        raise RuleBroken("CRT-005")
    if snapshot.results.overall.rating.full_level < 1:
        raise RuleBroken("CRT-003")
    return CertificateFacts(snapshot=snapshot, body=body, request=request, signer=signer)


def certificate_pdf(
    workspace: Workspace, facts: CertificateFacts, certificate: Certificate, progress: Progress
) -> Document:
    """Render and sign a certificate with its QR code; without a signer there is no code to trust and none is drawn."""
    signer, clock = facts.signer, workspace.machine.clock
    code = qr.encode(certificate, qr_keys.private_key(signer)) if signer is not None else ""
    rendered = render_certificate(
        certificate, code, facts.request.languages, RenderOptions(is_final=signer is not None)
    )
    progress(1, 2)
    content = rendered.content
    if signer is not None:
        box = rendered.signature_boxes[0]
        place = _place(box, signer, clock, facts.request.languages[0])
        reason = say(facts.request.languages[0], "export.reason_certificate")
        content = pdf.sign_certificate(content, signer, clock=clock, place=place, reason=reason)
    progress(2, 2)
    return Document(
        kind="certificate",
        assessment_id=certificate.assessment_id,
        content=content,
        content_digest=content_digest(facts.snapshot),
        expected={"pages": 1, "serials": 1},
        count=_certificate_reader(certificate.serial),
        judge=_pdf_judge(clock),
        signer=signer,
        pages=rendered.pages,
        serial=certificate.serial,
    )


def expected_counts(snapshot: ReportSnapshot) -> dict[str, int]:
    """Return how many of each kind the workspace holds for this assessment, counted without the renderers' help."""
    items = [snapshot.edition.item_by_code[code] for code in snapshot.results.items]
    return {
        "items": len(items),
        "criteria": sum(len(cell.criteria) for item in items for cell in item.cells),
        "evidence": len(snapshot.evidence),
        "observations": len(snapshot.observations),
        "claims": len(snapshot.claims),
        "interviews": len(snapshot.interviews),
    }


def _signer(workspace: Workspace, identity: Signatory | None) -> Signer | None:
    return None if identity is None else signers.load(workspace.machine.clock, identity, workspace)


def _options(workspace: Workspace, picture: Picture, request: ExportRequest) -> RenderOptions:
    body, snapshot = issuing_body(workspace), picture.snapshot
    codes = (WHOLE, *snapshot.results.nodes, *snapshot.results.items)
    return RenderOptions(
        is_final=request.is_final,
        explanations={
            language: {code: results.explanation(snapshot.results, snapshot.edition, code, language) for code in codes}
            for language in request.languages
        },
        issuing_body=body.name if body else Text(),
        approval=picture.approval,
    )


def _signed_report(rendered: RenderedPdf, signer: Signer, clock: Clock, language: Language) -> bytes:
    boxes = {box.field: box for box in rendered.signature_boxes}
    lead, institution = boxes[LEAD_FIELD], boxes[INSTITUTION_FIELD]
    return pdf.sign_report(
        rendered.content,
        signer,
        clock=clock,
        place=_place(lead, signer, clock, language),
        reason=say(language, "export.reason_report"),
        institution=pdf.Place(page=institution.page, box=_box(institution)),
    )


def _place(box: SignatureBox, signer: Signer, clock: Clock, language: Language) -> pdf.Place:
    stamp = stamping.draw(signer, clock, language, (box.right - box.left, box.top - box.bottom))
    return pdf.Place(page=box.page, box=_box(box), stamp_pdf=stamp)


def _box(box: SignatureBox) -> tuple[int, int, int, int]:
    return round(box.left), round(box.bottom), round(box.right), round(box.top)


def _certificate_reader(serial: str) -> Count:
    """Return a reader that counts the pages of a certificate and those that show its serial as text."""

    def count(written: bytes) -> dict[str, int]:
        from pypdfium2 import PdfDocument  # loads when a certificate is issued

        with ALONE:  # PDFium serves one caller at a time
            document = PdfDocument(written)
            try:
                texts = [page.get_textpage().get_text_bounded() for page in document]
            finally:
                document.close()
        return {"pages": len(texts), "serials": sum(serial in shown for shown in texts)}

    return count


def _pdf_judge(clock: Clock) -> Judge:
    def judge(written: bytes, trust: Trust) -> Judgement:
        return pdf_verify.verify_pdf(written, trust, at=clock.now())

    return judge


def _years_later(day: date, years: int) -> date:
    """Return the same day of a later year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
