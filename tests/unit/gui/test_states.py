"""What screens show is derived from plain inputs: no window is needed to prove it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.institution import credit_code_check_digit
from maturity_desktop.gui.common.identity.state import IdentityInputs, Source, lack
from maturity_desktop.gui.common.palette import DARK, LIGHT, Palette, answer_look
from maturity_desktop.gui.engagements.state import CreateInputs, credit_code_state, derive_create, normal_credit_code
from maturity_desktop.gui.exporting.state import ExportInputs, Kind, Languages, obstacle, suggested_name, with_suffix
from maturity_desktop.gui.verifying.state import roots_from, roots_to

COMPLETE = CreateInputs(
    name="ZY 2026", folder="/w", actor="林一", passphrase="correct horse", again="correct horse", score=3
)


def test_a_complete_and_confirmed_form_can_be_created() -> None:
    props = derive_create(COMPLETE)
    assert props.can_create
    assert Path(props.target) == Path("/w/ZY 2026.maturity")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "a/b"}, "name_bad"),
        ({"name": ".hidden"}, "name_bad"),
        ({"again": "correct hors"}, "again_differs"),
        ({"recovery": "correct horse"}, "recovery_same"),
        ({"score": 0}, ""),
        ({"score": None}, ""),
        ({"actor": " "}, ""),
        ({"again": ""}, ""),
    ],
)
def test_nothing_is_created_while_something_is_wrong(change: dict[str, str], problem: str) -> None:
    props = derive_create(replace(COMPLETE, **change))  # type: ignore[arg-type]  # fields by name
    assert not props.can_create
    assert problem in ("", props.name_problem, props.again_problem, props.recovery_problem)


def test_a_credit_code_is_judged_as_it_is_typed() -> None:
    first = "91410000MA40XT1J3"
    good = first + credit_code_check_digit(first)
    wrong = first + ("0" if good[-1] != "0" else "1")
    assert credit_code_state("").is_acceptable
    assert credit_code_state(good).key == "code_good"
    assert credit_code_state(wrong).key == "code_wrong"
    assert credit_code_state(good[:10]).key == "code_short"
    assert credit_code_state("I" + good[1:]).key == "code_letters"


def test_full_width_lower_case_and_blanks_are_read_as_meant() -> None:
    assert normal_credit_code(" ９１４１-0000 ma ") == "91410000MA"


ORDER = ExportInputs(
    kind=Kind.REPORT,
    target="/r.pdf",
    is_signed=True,
    identity_lack="",
    sm2_lack="",
    has_issuing_body=False,
    is_busy=False,
)


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({}, ""),
        ({"is_busy": True}, "busy"),
        ({"target": " "}, "target"),
        ({"identity_lack": "passphrase"}, "passphrase"),
        ({"is_signed": False, "identity_lack": "passphrase"}, ""),
        ({"kind": Kind.SUBMISSION, "is_signed": False}, "unsigned"),
        ({"kind": Kind.SUBMISSION, "sm2_lack": "sm2"}, "sm2"),
        ({"sm2_lack": "sm2"}, ""),
        ({"kind": Kind.CERTIFICATE}, "issuing_body"),
        ({"kind": Kind.CERTIFICATE, "has_issuing_body": True}, ""),
    ],
)
def test_the_export_button_says_what_is_lacking(change: dict[str, object], lack: str) -> None:
    assert obstacle(replace(ORDER, **change)) == lack  # type: ignore[arg-type]  # fields by name


SIGNER = IdentityInputs(is_signed=True, source=Source.FILE, place="/i.p12", secret="x", is_good=None)


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({}, ""),
        ({"place": " "}, "identity"),
        ({"secret": ""}, "passphrase"),
        ({"is_good": False}, "identity_bad"),
        ({"is_signed": False, "place": ""}, ""),
        ({"source": Source.TOKEN, "place": ""}, "library"),
        ({"source": Source.TOKEN, "secret": ""}, "pin"),
    ],
)
def test_the_identity_form_says_what_is_lacking(change: dict[str, object], lacking: str) -> None:
    assert lack(replace(SIGNER, **change)) == lacking  # type: ignore[arg-type]  # fields by name


def test_suggested_names_are_fit_for_every_file_system() -> None:
    name = suggested_name(Kind.WORKBOOK, 'A/B: "C"  系统 ', Languages.BOTH, date(2026, 11, 23))
    assert name == "A_B_C_系统-workbook-both-20261123.xlsx"
    assert with_suffix(Path("/x/report"), Kind.REPORT).name == "report.pdf"
    assert with_suffix(Path("/x/report.PDF"), Kind.REPORT).name == "report.PDF"


def test_trusted_roots_keep_their_order_and_come_once() -> None:
    roots = (Path("/a.pem"), Path("/b.pem"), Path("/a.pem"))
    assert roots_from(roots_to(roots)) == (Path("/a.pem"), Path("/b.pem"))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, ground: str) -> float:
    lighter, darker = sorted((luminance(front), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_every_ground_it_stands_on(palette: Palette) -> None:
    """Source: WCAG 2.1, success criterion 1.4.3 (4.5 to 1)."""
    for ground in (palette.window, palette.card, palette.sunken):
        for text in (palette.text, palette.text_soft):
            assert contrast(text, ground) >= 4.5
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.accent, palette.accent_soft) >= 4.5
    for value in AnswerValue:
        look = answer_look(palette, value)
        assert contrast(look.colour, look.soft) >= (4.5 if value is not AnswerValue.NOT_ASSESSED else 3.0)


def test_every_answer_has_a_sign_of_its_own() -> None:
    assert len({answer_look(LIGHT, value).sign for value in AnswerValue}) == len(AnswerValue)
