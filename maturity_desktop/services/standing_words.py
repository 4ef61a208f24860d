"""One line on what belief in a signature rests on: role, root, revocation, coverage; for screens and commands."""

from maturity_desktop.domain.text import Language
from maturity_desktop.signing.findings import SignatureCheck
from maturity_desktop.wording import say


def sentence(one: SignatureCheck, language: Language) -> str:
    """Return in which role, under which root, what revocation lists say, and how much is covered."""
    parts = [say(language, f"trust.role.{one.role}")] if one.role else []
    if one.is_pinned:
        parts.append(say(language, "verify.pinned"))
    elif one.root:
        parts.append(say(language, "verify.root", root=one.root))
    parts.append(say(language, f"verify.revocation.{one.revocation}"))
    parts.append(say(language, "verify.covers_all" if one.covers_whole_file else "verify.covers_part"))
    return say(language, "verify.joint").join(parts)
