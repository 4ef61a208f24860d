"""House rules that an import contract cannot see; each failure says where and what to do."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "maturity_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

FILE_LINES, TEST_LINES, FUNCTION_LINES, CLASS_LINES, PUBLIC_METHODS = 400, 500, 50, 200, 12

DOCUMENTED_ROOMS = ("domain", "scoring", "packs", "storage", "signing", "reporting", "evidence", "services")

# Exceptions to the stops; the lists may only shrink.
LONG_FILES: set[str] = set()
LONG_FUNCTIONS: set[str] = set()
LARGE_CLASSES: set[str] = {
    "maturity_desktop/gui/self_assessment/presenter.py:SelfAssessmentScreen",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def definitions(path: Path, kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kind))


def length(node: ast.AST) -> int:
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_scan_sees_the_program() -> None:
    assert len(SOURCES) > 60
    assert len(TESTS) > 10


@pytest.mark.parametrize("limit_and_files", [(FILE_LINES, SOURCES), (TEST_LINES, TESTS)], ids=["program", "tests"])
def test_files_stay_short(limit_and_files: tuple[int, list[Path]]) -> None:
    limit, files = limit_and_files
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    too_long = {name: lines for name, lines in lengths.items() if lines > limit and name not in LONG_FILES}
    assert not too_long, f"split these files by idea: {too_long}"


def test_functions_stay_short() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name} {length(node)} lines"
        for path in SOURCES
        for node in definitions(path, (ast.FunctionDef, ast.AsyncFunctionDef))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > FUNCTION_LINES
        and f"{name_of(path)}:{node.name}" not in LONG_FUNCTIONS
    ]
    assert not too_long, f"give their steps names: {too_long}"


def test_classes_stay_small() -> None:
    too_large = []
    for path in SOURCES:
        for node in definitions(path, ast.ClassDef):
            assert isinstance(node, ast.ClassDef)
            public = [
                part
                for part in node.body
                if isinstance(part, ast.FunctionDef) and not part.name.startswith("_") and _is_own_verb(part)
            ]
            is_large = length(node) > CLASS_LINES or len(public) > PUBLIC_METHODS
            if is_large and f"{name_of(path)}:{node.name}" not in LARGE_CLASSES:
                too_large.append(f"{name_of(path)}:{node.lineno} {node.name} {length(node)} lines {len(public)} verbs")
    assert not too_large, f"take parts out of these classes: {too_large}"


def _is_own_verb(part: ast.FunctionDef) -> bool:
    """Qt overrides (camel case) and properties are not verbs of ours."""
    is_property = any("property" in ast.unparse(decorator) for decorator in part.decorator_list)
    return not is_property and not re.search("[A-Z]", part.name)


def test_every_module_says_what_lives_in_it() -> None:
    silent = [name_of(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert not silent, f"one to six lines: what lives here and what does not: {silent}"


def test_public_names_of_the_rooms_with_rules_are_documented() -> None:
    bare: list[str] = []
    for path in SOURCES:
        if path.relative_to(PACKAGE).parts[0] not in DOCUMENTED_ROOMS or "versions" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        bare.extend(
            f"{name_of(path)}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        )
    assert not bare, f"one imperative line each: {bare}"


def test_no_nested_event_loop_but_the_one_in_bootstrap() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in SOURCES
        if path.name != "bootstrap.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.exec\(", line)
    ]
    assert not found, f"use open() and finished: {found}"


def test_style_is_set_in_the_theme_only() -> None:
    found = [
        f"{name_of(path)}"
        for path in SOURCES
        if "setStyleSheet" in path.read_text(encoding="utf-8") and path != PACKAGE / "gui" / "common" / "theme.py"
    ]
    assert not found, f"put the look into resources/style and object names: {found}"


def test_urls_are_taken_apart_but_never_opened() -> None:
    opened = re.compile(r"urllib\.request|urllib import request|urlopen")
    found = [name_of(path) for path in SOURCES if opened.search(path.read_text(encoding="utf-8"))]
    assert not found, f"the program is offline: {found}"


def test_no_vague_module_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "misc", "base", "manager", "common_utils", "info", "data"}
    found = [name_of(path) for path in SOURCES if path.stem in vague]
    assert not found, f"say the idea they belong to: {found}"


def test_nothing_names_a_machine_or_a_registry() -> None:
    hosts = re.compile(
        "|".join(["pypi" + r"\.org", "files" + r"\.pythonhosted", "registry" + r"\.npmjs", "/wo" + "rk/"])
    )
    texts = [*SOURCES, *TESTS, *sorted((ROOT / "installer").rglob("*.*")), *ROOT.glob("*.md"), ROOT / "pyproject.toml"]
    found = [name_of(path) for path in texts if path.is_file() and hosts.search(path.read_text(errors="ignore"))]
    assert not found


def wording_files() -> list[Path]:
    return sorted((ROOT / "resources" / "wording").rglob("*.toml"))


def sentences(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    for key, value in table.items():
        assert isinstance(value, dict), f"{prefix}{key} is not a sentence"
        if "zh" in value or "en" in value:
            yield f"{prefix}{key}", value
        else:
            yield from sentences(value, f"{prefix}{key}.")


@pytest.mark.parametrize("path", wording_files(), ids=lambda path: path.name)
def test_every_sentence_exists_in_both_languages_with_the_same_values(path: Path) -> None:
    placeholders = re.compile(r"\{(\w+)[^}]*\}")
    for key, sentence in sentences(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert sentence.get("zh") and sentence.get("en"), f"{path.name}: {key} lacks a language"
        zh, en = (set(placeholders.findall(str(sentence[language]))) for language in ("zh", "en"))
        assert zh == en, f"{path.name}: {key} uses different values: {zh ^ en}"


def test_every_error_code_has_its_sentence() -> None:
    code = re.compile(r'"((?!SHA-|AES-)[A-Z]{3,4}-\d{3})"')
    used = {match for path in SOURCES for match in code.findall(path.read_text(encoding="utf-8"))}
    known = {
        key
        for path in (ROOT / "resources" / "wording" / "errors.d").glob("*.toml")
        for key, _ in sentences(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    assert used <= known, f"write sentences for {sorted(used - known)}"


def test_every_wording_key_used_exists() -> None:
    call = re.compile(r'\bsay\(\s*(?:[\w.]+,\s*)?"([a-z_]+)\.([\w.-]+)"')
    known = {
        f"{path.stem}.{key}"
        for path in wording_files()
        if path.parent.name == "wording"
        for key, _ in sentences(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    used = {
        (name_of(path), ".".join(match))
        for path in SOURCES
        for match in call.findall(path.read_text(encoding="utf-8"))
        if match[0] != "errors"
    }
    missing = sorted(f"{key} in {path}" for path, key in used if key not in known)
    assert not missing
