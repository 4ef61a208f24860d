"""The unified social credit code and its check digit."""

import pytest

from maturity_desktop.domain.institution import CREDIT_CODE_ALPHABET, credit_code_check_digit, is_credit_code


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000600037341L", "914403001922038216"])
def test_registered_codes_are_accepted(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize(
    "code",
    ["", "91350100M000100Y4", "91350100M000100Y44", "91350100M000100Y430", "91350100I000100Y43", "91350100m000100Y43"],
    ids=["empty", "short", "wrong digit", "long", "letter I", "small letter"],
)
def test_wrong_codes_are_refused(code: str) -> None:
    assert not is_credit_code(code)


def test_every_single_changed_character_is_noticed() -> None:
    good = "91350100M000100Y43"
    for place, old in enumerate(good):
        for new in CREDIT_CODE_ALPHABET:
            if new != old:
                assert not is_credit_code(good[:place] + new + good[place + 1 :])


def test_a_character_outside_the_alphabet_is_an_error() -> None:
    with pytest.raises(ValueError, match="substring"):
        credit_code_check_digit("91350100O000100Y4")
