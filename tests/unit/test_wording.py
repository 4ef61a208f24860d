"""Sentences in both languages, with plurals and values."""

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.wording import say, say_error


def test_english_knows_one_and_many() -> None:
    assert "1 entry," in say("en", "cli.journal_intact", count=1, head="00")
    assert "2 entries," in say("en", "cli.journal_intact", count=2, head="00")


def test_an_error_becomes_a_sentence_with_its_place() -> None:
    problem = EnvironmentProblem("SYS-004", path="/U盘/a.pdf", detail="")
    assert "/U盘/a.pdf" in say_error("zh", problem)
    assert "/U盘/a.pdf" in say_error("en", problem)


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        say("zh", "cli.no_such_sentence")
