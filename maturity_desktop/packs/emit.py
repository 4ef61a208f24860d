"""Plain values as YAML text: the harmless part that `read` accepts, one spelling for each value, so that texts compare.

Tables of single short texts stand on one line, everything else is one entry per line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from maturity_desktop.packs.values import Plain

_WIDTH = 110
_BARE = re.compile(r"[A-Za-z\u4e00-\u9fff《][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*")
_NEEDS_QUOTES = re.compile(r"^[-?:]|[:#\[\]{},&*!|>'\"%@`]|^\s|\s$")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def emit(value: Mapping[str, Plain]) -> str:
    """Return the YAML document of a table, ending with a line feed."""
    return "".join(f"{line}\n" for line in _table(value, ""))


def scalar(text: str) -> str:
    """Return a text as a YAML scalar, quoted when in doubt."""
    if _BARE.fullmatch(text) and not _NEEDS_QUOTES.search(text):
        return text
    quoted = re.sub(r'["\\\n\t\r]', lambda found: _ESCAPES[found[0]], text)
    return '"' + _HIDDEN.sub(_escape, quoted) + '"'


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _table(table: Mapping[str, Plain], indent: str) -> Iterator[str]:
    for key, value in table.items():
        name = scalar(key)
        if isinstance(value, str):
            yield f"{indent}{name}: {scalar(value)}"
        elif _is_short(value, len(indent) + len(name)):
            yield f"{indent}{name}: {_flow(value)}"
        elif isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _table(value, f"{indent}  ")
        else:
            yield f"{indent}{name}:"
            yield from _listing(value, f"{indent}  ")


def _listing(listing: Sequence[Plain], indent: str) -> Iterator[str]:
    for value in listing:
        if isinstance(value, str):
            yield f"{indent}- {scalar(value)}"
        elif _is_short(value, len(indent) + 2) or not isinstance(value, Mapping):
            yield f"{indent}- {_flow(value)}"
        else:
            first, *rest = _table(value, f"{indent}  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from rest


def _is_short(value: Plain, used: int) -> bool:
    if isinstance(value, str):
        return True
    if not value:
        return True
    inner = list(value.values()) if isinstance(value, Mapping) else list(value)
    if not all(isinstance(one, str) or _is_pair(one) for one in inner):
        return False
    return used + len(_flow(value)) < _WIDTH


def _is_pair(value: Plain) -> bool:
    return isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values())


def _flow(value: Plain) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(_flow(inner) for inner in value) + "]"
