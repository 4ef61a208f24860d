"""Mapping files: links between criteria of two standards, beside the packs or inside the one they start from.

Source: pack format, version 1, mapping files.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from maturity_desktop.domain.ids import CriterionId
from maturity_desktop.domain.mapping import CriterionLink, MappingKind
from maturity_desktop.domain.text import Text
from maturity_desktop.errors import Issue
from maturity_desktop.packs import schema
from maturity_desktop.packs.issues import Fault, issue
from maturity_desktop.packs.read import read_document
from maturity_desktop.packs.values import Place, Table


def read_links(file: str, content: bytes | None) -> tuple[tuple[CriterionLink, ...], tuple[Issue, ...]]:
    """Return the links of a mapping file and everything wrong with its form; nothing when there is no file."""
    if content is None:
        return (), ()
    value, found = read_document(file, content)
    issues = found or (schema.check_links(value) if value is not None else ())
    if issues or not isinstance(value, Table):
        return (), tuple(issues)
    links = links_in(value)
    return links, tuple(_twice(file, links))


def links_in(table: Table) -> tuple[CriterionLink, ...]:
    """Return the links of a mapping table whose shape is right."""
    return tuple(
        CriterionLink(
            kind=MappingKind(link.word("kind")),
            source_standard=table.word("source"),
            source=CriterionId(link.word("source")),
            target_standard=target.word("target"),
            target=CriterionId(link.word("target")),
            note=_text(link.table("note")),
        )
        for target in table.tables("targets")
        for link in target.tables("links")
    )


def dangling_links(links: Sequence[CriterionLink], known: Mapping[str, Collection[str]]) -> tuple[Issue, ...]:
    """Return links whose end is missing in a standard of `known` (standard → criterion ids); others are not judged."""
    found: list[Issue] = []
    for link in links:
        place = Place(f"{link.source_standard} → {link.target_standard}")
        for standard, end in ((link.source_standard, link.source), (link.target_standard, link.target)):
            if standard in known and end not in known[standard]:
                found.append(issue(Fault.DANGLING_LINK, place, id=end, standard=standard))
        if link.source_standard == link.target_standard:
            found.append(issue(Fault.LINK_TO_ITSELF, place, id=link.source, standard=link.source_standard))
    return tuple(found)


def _twice(file: str, links: Sequence[CriterionLink]) -> Iterator[Issue]:
    seen: set[tuple[str, str, str]] = set()
    for link in links:
        ends = (link.source, link.target_standard, link.target)
        if ends in seen:
            yield issue(Fault.TWICE, Place(file), name=f"{link.source} → {link.target}", other=file)
        seen.add(ends)


def _text(table: Table | None) -> Text:
    return Text() if table is None else Text(zh=table.word("zh"), en=table.word("en"))
