"""Every sentence and every word the documents use exists in both languages."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

import maturity_desktop.reporting
from maturity_desktop.domain.answers import AnswerValue
from maturity_desktop.domain.engagement import HandlingMark, InterviewMethod, Role
from maturity_desktop.domain.evidence import Custody, HandlingGrade
from maturity_desktop.domain.findings import Grade, ReworkState
from maturity_desktop.domain.institution import InstitutionType, SystemKind
from maturity_desktop.domain.results import CoverageFinding, Obstacle
from maturity_desktop.domain.standard import AverageOver, EvidenceKind
from maturity_desktop.domain.text import LANGUAGES
from maturity_desktop.wording import area, say

WORDS: list[tuple[str, type[StrEnum]]] = [
    ("answer.", AnswerValue),
    ("handling.", HandlingMark),
    ("interview_method.", InterviewMethod),
    ("role.", Role),
    ("custody.", Custody),
    ("grade.", HandlingGrade),
    ("observation_grade.", Grade),
    ("rework.", ReworkState),
    ("institution_type.", InstitutionType),
    ("system_kind.", SystemKind),
    ("coverage.", CoverageFinding),
    ("obstacle.", Obstacle),
    ("kind.", EvidenceKind),
    ("profile.average_", AverageOver),
]


@pytest.mark.parametrize(("prefix", "values"), WORDS, ids=[prefix for prefix, _ in WORDS])
def test_every_value_has_a_word(prefix: str, values: type[StrEnum]) -> None:
    assert all(say(language, f"report.{prefix}{value.value}") for value in values for language in LANGUAGES)


def test_every_sentence_named_in_the_source_exists() -> None:
    known = {f"{name}.{key}" for name in ("report", "report_workbook", "report_certificate") for key in area(name)}
    folder = Path(str(maturity_desktop.reporting.__file__)).parent
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py")]
    used = {key for source in sources for key in re.findall(r"""["'](report\.[a-z_]+\.[\w-]+)["']""", source)}
    assert len(used) > 80
    assert not sorted(used - known)
