"""Codes made of the owner's ids: letters, digits, dots and dashes, unique in any case, the same on every import."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from maturity_desktop.packs.foreign.entries import Entry

_OTHER = re.compile(r"[^A-Za-z0-9.]+")
_DOTS = re.compile(r"\.{2,}|\.-|-\.|-{2,}")
_LONGEST = 60


def codes_of(entries: Sequence[Entry]) -> dict[str, str]:
    """Return key → code: the first of the owner's ids that no other entry shares, else numbered."""
    candidates = {entry.key: _candidates(entry) for entry in entries}
    shared = Counter(code for codes in candidates.values() for code in {one.lower() for one in codes})
    taken: set[str] = set()
    return {key: _choose(codes, shared, taken) for key, codes in candidates.items()}


def slug(text: str) -> str:
    """Return a text as a code; "" when it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    dashed = _OTHER.sub("-", plain)
    while _DOTS.search(dashed):
        dashed = _DOTS.sub("-", dashed)
    return dashed.strip("-.")[:_LONGEST].strip("-.")


def _candidates(entry: Entry) -> list[str]:
    found = [slug(code) for code in entry.codes]
    return [code for code in found if code] or ["N"]


def _choose(codes: Sequence[str], shared: Counter[str], taken: set[str]) -> str:
    free = (code for code in codes if shared[code.lower()] == 1 and code.lower() not in taken)
    code = next(free, None) or codes[0]
    number = 1
    chosen = code
    while chosen.lower() in taken:
        number += 1
        chosen = f"{code}-{number}"
    taken.add(chosen.lower())
    return chosen
