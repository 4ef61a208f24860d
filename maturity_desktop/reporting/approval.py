"""What a document says of the approval of its content: who, when, for which digest; or that there is none."""

from maturity_desktop.domain.ids import Digest
from maturity_desktop.domain.signoff import SignoffStep
from maturity_desktop.reporting.voice import Voice, instant


def in_short(voice: Voice, approval: SignoffStep | None) -> str:
    """Return name and time of the approval in a few words."""
    if approval is None:
        return voice.say("report.signoff.not_approved_short")
    return f"{approval.by} · {instant(approval.at)}"


def in_full(voice: Voice, approval: SignoffStep | None, digest: Digest) -> str:
    """Return the sentence of the sign-off page; `digest` is that of the content shown."""
    if approval is None:
        return voice.say("report.signoff.not_approved")
    return voice.say("report.signoff.approved", name=approval.by, at=instant(approval.at), digest=digest)
