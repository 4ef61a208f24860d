"""Sentences of screens, reports and errors, in both languages side by side.

One file per area, `resources/wording/<area>.toml`; an entry is ``key = {zh = "…", en = "…"}``. English may add
`en_many`, used when the value `count` is not 1. Nothing is translated deeper inside the program than this.
"""

import tomllib
from functools import cache

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Issue, MaturityError
from maturity_desktop.system import paths


@cache
def area(name: str) -> dict[str, dict[str, str]]:
    """Return all entries of one area: key → language → sentence.

    An area is one file, or a folder `<area>.d` with one file per room (the errors).
    """
    folder = paths.resources() / "wording"
    files = sorted((folder / f"{name}.d").glob("*.toml")) or [folder / f"{name}.toml"]
    entries: dict[str, dict[str, str]] = {}
    for file in files:
        entries.update(_flatten("", tomllib.loads(file.read_text(encoding="utf-8"))))
    return entries


def _flatten(prefix: str, table: dict[str, object]) -> list[tuple[str, dict[str, str]]]:
    entries: list[tuple[str, dict[str, str]]] = []
    for key, value in table.items():
        if not isinstance(value, dict):
            continue
        if "zh" in value or "en" in value:
            entries.append((f"{prefix}{key}", {name: str(text) for name, text in value.items()}))
        else:
            entries.extend(_flatten(f"{prefix}{key}.", value))
    return entries


def say(language: Language, key: str, /, **values: object) -> str:
    """Return the sentence `area.key` in `language`, its ``{placeholders}`` filled with `values`.

    Raises:
        KeyError: there is no such sentence; a test proves that none is missing.
    """
    area_name, _, rest = key.partition(".")
    entry = area(area_name)[rest]
    sentence = entry[language]
    if language == "en" and "en_many" in entry and values.get("count") != 1:
        sentence = entry["en_many"]
    return sentence.format(**values) if values else sentence


def say_error(language: Language, problem: MaturityError) -> str:
    """Return the one clear sentence for an error: what, where, and what to do."""
    return say(language, f"errors.{problem.code}", **problem.values)


def say_issue(language: Language, issue: Issue) -> str:
    """Return the one clear sentence for a fault in something handed in."""
    return say(language, f"errors.{issue.code}", **dict(issue.values))
