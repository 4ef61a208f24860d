"""What services found about a file, in words."""

import re

from maturity_desktop.gui.common.language import Speech
from maturity_desktop.gui.verifying.state import MARKS, ShownVerdict
from maturity_desktop.services import standing_words
from maturity_desktop.services.verifying import FileCheck, SignatureCheck, Verdict

_PRINTABLE = frozenset({"report", "certificate", "pdf"})
_WORKBOOK = "workbook"
_OFFICE_SIGNATURE = re.compile(r"/_xmlsignatures/sig([0-9]+)\.xml")


def shown(check: FileCheck, speech: Speech) -> ShownVerdict:
    """Return the verdict as the screen shows it."""
    say = speech.say
    lines = [line for one in check.signatures for line in _signature(one, speech)]
    lines.extend(say(f"errors.{code}") for code in check.problems)
    return ShownVerdict(
        mark=MARKS[check.verdict.value],
        headline=say(f"verifying.verdict.{check.verdict.value}", name=check.path.name),
        kind=say(f"verify.kind.{check.kind}"),
        lines=tuple(lines),
        details=tuple((_detail_name(name, speech), _detail_value(value, speech)) for name, value in check.details),
        sha256=check.sha256,
        path=check.path,
        can_countersign=_can_countersign(check),
        can_print=check.kind in _PRINTABLE and check.verdict is not Verdict.UNREADABLE,
        is_workbook=check.kind == _WORKBOOK,
    )


def _can_countersign(check: FileCheck) -> bool:
    """Only an unaltered report whose field for the institution is still open, or an unaltered signed workbook."""
    if check.verdict not in (Verdict.VALID, Verdict.UNTRUSTED):
        return False
    is_open = check.kind == "report" and dict(check.details).get("institution_approval") == "open"
    return is_open or check.kind == _WORKBOOK


def _field_name(field: str, speech: Speech) -> str:
    """Name a signature by its role, in office files by its number; one inside a submission after its file."""
    *file, own = field.split(":")
    if numbered := _OFFICE_SIGNATURE.fullmatch(own):
        return " · ".join((*file, speech.say("verifying.office_signature", number=numbered[1])))
    try:
        named = speech.say(f"verifying.field.{own}")
    except KeyError:
        named = own.rsplit("/", 1)[-1]
    return " · ".join((*file, named))


def _signature(one: SignatureCheck, speech: Speech) -> list[str]:
    say = speech.say
    is_good = one.is_intact and one.is_trusted and not one.problems
    key = "verifying.signature_good" if is_good else "verifying.signature_bad"
    lines = [say(key, field=_field_name(one.field, speech), signer=one.signer, issuer=one.issuer)]
    lines.extend(say(f"errors.{code}") for code in one.problems)
    if one.claimed_at is not None:
        key = "verifying.claimed" if one.timestamped_at is None else "verifying.claimed_only"
        lines.append(say(key, at=f"{one.claimed_at.astimezone():%Y-%m-%d %H:%M:%S}"))
    if one.timestamped_at is not None:
        key = "verifying.timestamped" if one.claimed_at is not None else "verifying.states_time"
        lines.append(say(key, at=f"{one.timestamped_at.astimezone():%Y-%m-%d %H:%M:%S}"))
    lines.append(standing_words.sentence(one, speech.language))
    return lines


def _detail_name(name: str, speech: Speech) -> str:
    key, _, subject = name.partition(":")
    try:
        return speech.say(f"verify.name.{key}", name=subject, code=subject)
    except KeyError:
        return name


def _detail_value(value: str, speech: Speech) -> str:
    try:
        return speech.say(f"verify.value.{value}")
    except KeyError:
        return value
