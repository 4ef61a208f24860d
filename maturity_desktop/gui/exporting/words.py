"""Services' values as the export page words them."""

from datetime import date

from maturity_desktop.domain.certificate import IssuingBody, next_serial
from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.exporting.models import RegisterRow
from maturity_desktop.gui.exporting.state import WrittenFile, megabytes
from maturity_desktop.services.exporting import Exported, ExportRecord
from maturity_desktop.services.submissions import Packed


def register_row(record: ExportRecord, speech: Speech) -> RegisterRow:
    """Return one line of the register."""
    return RegisterRow(
        at=f"{record.exported_at.astimezone():%Y-%m-%d %H:%M}",
        kind=speech.say(f"exporting.short.{record.kind}"),
        file_name=record.file_name,
        signer=record.signer or speech.say("exporting.unsigned"),
        serial=record.serial,
        by=record.exported_by,
        sha256=record.sha256,
    )


def body_line(body: IssuingBody | None, today: date, speech: Speech) -> str:
    """Say who issues certificates and what serial numbers look like, or that nobody does yet."""
    if body is None:
        return speech.say("exporting.body_none")
    serial = next_serial(body.serial_prefix, today, 0).replace("00000", "…")
    return speech.say("exporting.body_line", name=speech.pick(body.name), serial=serial)


def written(result: Exported | Packed, speech: Speech) -> WrittenFile:
    """Return the card of whatever was written."""
    return written_submission(result, speech) if isinstance(result, Packed) else written_file(result, speech)


def written_submission(packed: Packed, speech: Speech) -> WrittenFile:
    """Return the card of a submission: size, counts, signer, what the content is worth, and hash."""
    say = speech.say
    facts = (
        megabytes(packed.size_bytes),
        say("submission.counts", **dict(packed.counts)),
        say("exporting.signed_by", signer=packed.signer),
        *((say("submission.sm2_signed", signer=packed.sm2_signer),) if packed.sm2_signer else ()),
        say("submission.approved" if packed.is_approved else "submission.not_approved"),
        f"SHA-256 {packed.sha256}",
    )
    return WrittenFile(
        path=packed.path, sha256=packed.sha256, title=say("exporting.written_signed"), facts=facts, is_pdf=False
    )


def written_file(exported: Exported, speech: Speech) -> WrittenFile:
    """Return the card of a written file: size, counts, signer and hash."""
    say = speech.say
    counted = [
        say("exporting.count_line", what=say(f"exporting.count.{what}"), found=found, kept=kept)
        for what, found, kept in exported.counts
    ]
    size = megabytes(exported.size_bytes)
    facts = (
        say("exporting.size_line", pages=exported.pages, size=size) if exported.pages else size,
        say("exporting.counted", counts=say("exporting.joint").join(counted)),
        say("exporting.signed_by", signer=exported.signer) if exported.signer else say("exporting.not_signed"),
        f"SHA-256 {exported.sha256}",
    )
    return WrittenFile(
        path=exported.path,
        sha256=exported.sha256,
        title=say("exporting.written_signed" if exported.signer else "exporting.written"),
        facts=facts,
        is_pdf=exported.path.suffix.lower() == ".pdf",
    )
