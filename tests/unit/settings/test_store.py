"""Preferences survive restarts, damage and foreign hands."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from maturity_desktop.settings import options
from maturity_desktop.settings.store import Settings

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_defaults_hold_until_something_is_chosen(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "none")
    assert settings.text(options.LANGUAGE) == "zh"
    assert settings.number(options.LOCK_AFTER_MINUTES) == 15
    assert settings.flag(options.SHOW_GUIDANCE)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("text", ['名称 "quoted"', "C:\\Users\\林一", "two\nlines\ttabs", "\x7f", "😀", ""])
def test_any_text_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    Settings(tmp_path).set(options.ACTOR, text)
    assert Settings(tmp_path).text(options.ACTOR) == text


def test_numbers_and_flags_come_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.set(options.LOCK_AFTER_MINUTES, 0)
    settings.set(options.SHOW_GUIDANCE, False)
    again = Settings(tmp_path)
    assert (again.number(options.LOCK_AFTER_MINUTES), again.flag(options.SHOW_GUIDANCE)) == (0, False)


def test_what_is_not_allowed_is_refused(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for option, value in (
        (options.LANGUAGE, "fr"),
        (options.LOCK_AFTER_MINUTES, 241),
        (options.SHOW_GUIDANCE, 1),
        (options.FONT_SCALE, 101),
    ):
        with pytest.raises(ValueError, match=option.key):
            settings.set(option, value)


@pytest.mark.parametrize(
    "content", [b"language = ", b"\xff\xfe\x00", b'language = "fr"\nfont_scale = "big"', b"language = [1]"]
)
def test_a_damaged_file_falls_back_to_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    settings = Settings(tmp_path)
    assert settings.text(options.LANGUAGE) == "zh"
    assert settings.number(options.FONT_SCALE) == 100


def test_listeners_hear_each_change_once(tmp_path: Path) -> None:
    settings, heard = Settings(tmp_path), []
    settings.listen(lambda option: heard.append(option.key))
    settings.set(options.THEME, "dark")
    settings.set(options.THEME, "dark")
    assert heard == ["theme"]


def test_the_newest_workspace_comes_first_and_each_only_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for day, name in enumerate(("a", "b", "a")):
        settings.remember(Path(f"/w/{name}.maturity"), NOW + timedelta(days=day))
    assert [found.path.stem for found in Settings(tmp_path).recent()] == ["a", "b"]


def test_a_forgotten_workspace_stays_forgotten(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    settings.remember(Path("/w/a.maturity"), NOW)
    settings.forget(Path("/w/a.maturity"))
    assert Settings(tmp_path).recent() == ()


def test_only_the_newest_dozen_is_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    for day in range(20):
        settings.remember(Path(f"/w/{day}.maturity"), NOW + timedelta(days=day))
    assert [found.path.stem for found in settings.recent()] == [str(day) for day in range(19, 7, -1)]


def test_a_damaged_list_of_recent_workspaces_is_empty(tmp_path: Path) -> None:
    (tmp_path / "recent.toml").write_text('[[workspace]]\npath = 3\n[[workspace]]\npath = "x"\nopened_at = "y"\n')
    assert Settings(tmp_path).recent() == ()
