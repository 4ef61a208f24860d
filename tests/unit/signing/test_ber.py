"""Indefinite lengths become definite ones; every other liberty is refused."""

import pytest

from maturity_desktop.signing.ber import in_definite_form


@pytest.mark.parametrize(
    ("written", "definite"),
    [
        ("3003020101", "3003020101"),
        ("30800201010000", "3003020101"),
        ("3080308002010100000000", "30053003020101"),
        ("30820080" + "04" + "7e" + "00" * 126, ""),
        ("3081800401ff", ""),
        ("30810302" + "0101", ""),
        ("0480" + "0000", ""),
        ("2480" + "040101" + "0000", ""),
        ("3f8101" + "00", ""),
        ("30", ""),
        ("3005020101", ""),
        ("3080020101", ""),
        ("30800201", ""),
        ("3080" * 100, ""),
    ],
)
def test_lengths_have_one_form(written: str, definite: str) -> None:
    content = bytes.fromhex(written)
    if definite:
        assert in_definite_form(content) == (bytes.fromhex(definite), len(content))
    else:
        with pytest.raises(ValueError, match=r"length|cut|nested|tags|pieces"):
            in_definite_form(content)
