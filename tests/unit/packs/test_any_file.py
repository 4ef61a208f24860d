"""Whatever a file says, examining it ends with issues or an edition, never with a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from maturity_desktop.packs import quality
from maturity_desktop.packs.compile import compile_draft
from maturity_desktop.packs.gather import PackFiles
from maturity_desktop.packs.stages import compile_files, draft_of
from tests.unit.packs.packed import FILES

MARKS = ["[", "]", "{", "}", "'", "#", "|", ">", "?", "%", '"', "\t", "\x00", "\n", "一", "\ufeff"]
WORDS = ["&a ", "*a", "!!x ", ": ", "- ", "  ", "zh:", "cells:", "nodes:", "empty", "same", "-1", "1e9", "null"]
DIVIDERS = ["---\n", "<<: ", "9" * 400]
PIECES = st.sampled_from([*MARKS, *WORDS, *DIVIDERS])
EDITS = st.lists(
    st.tuples(st.sampled_from(sorted(FILES)), st.integers(0, 1200), st.integers(0, 30), PIECES), min_size=1, max_size=4
)


@settings(deadline=None, max_examples=300)
@given(EDITS)
def test_a_spoiled_pack_ends_in_issues_or_in_an_edition(edits: list[tuple[str, int, int, str]]) -> None:
    texts = dict(FILES)
    for name, start, removed, piece in edits:
        texts[name] = texts[name][:start] + piece + texts[name][start + removed :]
    files = PackFiles({name: text.encode() for name, text in texts.items()})
    draft, issues = draft_of(files)
    if draft is not None:
        quality.check(draft)
    if draft is None or any(issue.is_error for issue in issues):
        assert issues
    else:
        assert compile_draft(draft) == compile_files(files, "any")
