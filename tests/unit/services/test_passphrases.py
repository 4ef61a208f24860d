"""How passphrases are judged."""

import pytest

from maturity_desktop.services.passphrases import passphrase_strength


@pytest.mark.parametrize(
    "passphrase", ["", "short", "1234567", "password", "PASSWORD", "88888888", "aaaaaaaaaaaa", "密码"]
)
def test_what_is_short_known_or_monotonous_is_refused(passphrase: str) -> None:
    assert passphrase_strength(passphrase).score == 0


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("mfkqzwpe", "mfkqzwpe7!"),
        ("abcdefghijkl", "axqdmfpzijrl"),
        ("kettle42", "kettle42 orange"),
        ("Tr0ub4dor", "correct horse battery staple"),
        ("青山不改", "青山不改绿水长流"),
    ],
)
def test_more_to_guess_scores_higher(weaker: str, stronger: str) -> None:
    assert passphrase_strength(weaker).score < passphrase_strength(stronger).score


def test_a_long_phrase_is_strong_and_gets_no_hint() -> None:
    judged = passphrase_strength("correct horse battery staple")
    assert (judged.score, judged.hints) == (4, ())


@pytest.mark.parametrize(
    ("passphrase", "hint"),
    [("short", "HINT-001"), ("qwerty123", "HINT-002"), ("aaaabbbb1111", "HINT-003"), ("kettle42", "HINT-004")],
)
def test_hints_say_what_is_wrong(passphrase: str, hint: str) -> None:
    assert hint in passphrase_strength(passphrase).hints


def test_the_same_text_in_another_unicode_form_is_judged_alike() -> None:
    assert passphrase_strength("cafe\u0301 au lait 9") == passphrase_strength("caf\u00e9 au lait 9")
