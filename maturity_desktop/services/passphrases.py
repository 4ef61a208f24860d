"""Judging passphrases: a rough count of what an attacker would have to try, and hints for better ones."""

import itertools
import math
import unicodedata
from dataclasses import dataclass

MIN_CHARACTERS = 8
_BITS_FOR_SCORE = (30, 45, 60, 80)
_ALPHABETS = (("Ll", 26), ("Lu", 26), ("Nd", 10), ("Lo", 2500))
_OTHER_SIGNS = 32
_WELL_KNOWN = frozenset(
    {
        "password", "passw0rd", "p@ssw0rd", "12345678", "123456789", "1234567890", "11111111", "00000000",
        "88888888", "66666666", "qwertyui", "qwerty123", "asdfghjk", "1qaz2wsx", "abc12345", "abcd1234",
        "admin123", "iloveyou", "letmein1", "welcome1", "changeme", "maturity", "woaini1314", "5201314a",
        "123qwe123", "a1234567", "密码密码", "我的密码",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How good a passphrase is: `score` 0 (refused) to 4 (strong), and hint codes for wording `errors.HINT-*`."""

    score: int
    hints: tuple[str, ...]


def passphrase_strength(passphrase: str) -> Strength:
    """Judge a passphrase without keeping it. Score 0 is refused by `create`."""
    text = unicodedata.normalize("NFC", passphrase)
    is_short = _length(text) < MIN_CHARACTERS
    is_known = text.casefold().strip() in _WELL_KNOWN
    useful = _useful_characters(text)
    bits = useful * math.log2(max(_alphabet(text), 2))
    score = 0 if is_short or is_known else sum(bits >= least for least in _BITS_FOR_SCORE)
    findings = (
        ("HINT-001", is_short),
        ("HINT-002", is_known),
        ("HINT-003", useful < len(text) * 0.7),
        ("HINT-004", score < len(_BITS_FOR_SCORE)),
    )
    return Strength(score=score, hints=tuple(code for code, applies in findings if applies))


def _length(text: str) -> int:
    """A Chinese character counts double: it is harder to guess than a letter."""
    return sum(2 if unicodedata.category(character) == "Lo" else 1 for character in text)


def _alphabet(text: str) -> int:
    kinds = {unicodedata.category(character) for character in text}
    known = sum(size for kind, size in _ALPHABETS if kind in kinds)
    return known + (_OTHER_SIGNS if kinds - {kind for kind, _ in _ALPHABETS} else 0)


def _useful_characters(text: str) -> float:
    """Count characters; one that repeats or counts on from the one before adds only a quarter."""
    if not text:
        return 0.0
    steps = (ord(following) - ord(before) for before, following in itertools.pairwise(text))
    return 1.0 + sum(0.25 if step in (-1, 0, 1) else 1.0 for step in steps)
