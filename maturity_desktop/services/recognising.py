"""What an evidence file is, told from its name alone: clean name, title, kind, and the request it answers."""

import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from maturity_desktop.domain.evidence import match_request, parse_file_name
from maturity_desktop.domain.standard import Edition, EvidenceKind

_SCREENSHOTS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".svg"})
_VIDEOS = frozenset({".mp4", ".mov", ".avi", ".mkv", ".wmv", ".webm", ".m4v", ".flv", ".mpg", ".mpeg", ".3gp"})


def clean_name(file_name: str) -> str:
    """Return a name in composed Unicode, with a question mark for each byte that no text can hold."""
    return unicodedata.normalize("NFC", file_name).encode("utf-8", errors="replace").decode("utf-8")


def kind_of(file_name: str) -> EvidenceKind:
    """Guess the kind of evidence from the extension; what is neither picture nor video is a document."""
    suffix = PurePath(file_name).suffix.lower()
    if suffix in _SCREENSHOTS:
        return EvidenceKind.SCREENSHOT
    return EvidenceKind.VIDEO if suffix in _VIDEOS else EvidenceKind.DOCUMENT


def title_of(file_name: str, editions: Iterable[Edition]) -> str:
    """Return the title a file name carries behind its request code, else the name without extension."""
    codes = [edition.code for edition in editions] or [""]
    parsed = next(filter(None, (parse_file_name(file_name, code) for code in codes)), None)
    return (parsed.title if parsed else "") or PurePath(file_name).stem or file_name


def request_code_of(file_name: str, editions: Iterable[Edition]) -> str:
    """Return the code of the evidence request a file name answers in one of the editions, or ""."""
    found = next(filter(None, (match_request(file_name, edition) for edition in editions)), None)
    return found.code if found else ""
