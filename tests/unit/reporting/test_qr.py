"""QR codes: the size that was measured to scan well, and the quiet zone."""

import random

import pytest

from maturity_desktop.reporting import qr

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def test_a_certificate_payload_fits_version_eleven() -> None:
    source = random.Random(7)
    text = "".join(source.choice(CHARACTERS) for _ in range(364))
    assert len(qr.matrix(text)) == 61


def test_lower_case_needs_more_room() -> None:
    assert len(qr.matrix("a" * 364)) > 61


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        qr.matrix("")
