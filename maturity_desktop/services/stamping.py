"""The words of a visible signature: who, when by the signer's own clock, and how to know the certificate."""

from typing import TYPE_CHECKING

from maturity_desktop.domain.text import Language
from maturity_desktop.system.clock import Clock
from maturity_desktop.wording import say

if TYPE_CHECKING:
    from maturity_desktop.signing.identity import Signer


def draw(signer: "Signer", clock: Clock, language: Language, size: tuple[float, float]) -> bytes:
    """Return the one-page PDF of a stamp; `size` in points. Raises EnvironmentProblem RPT-001 a font is missing."""
    from maturity_desktop.reporting.stamp import render_stamp  # the report library loads when needed

    return render_stamp(lines(signer, clock, language), size)


def lines(signer: "Signer", clock: Clock, language: Language) -> tuple[str, ...]:
    """Return name, organisation, time as claimed by this computer, tail of the certificate's fingerprint."""
    from maturity_desktop.signing.identity import common_name, fingerprint, organisation  # loads when needed

    certificate = signer.certificate
    at = clock.now().astimezone().strftime("%Y-%m-%d %H:%M %z")
    return (
        common_name(certificate.subject),
        organisation(certificate.subject),
        say(language, "export.stamp_time", at=at),
        say(language, "export.stamp_fingerprint", tail=fingerprint(certificate)[-16:].upper()),
    )
