"""`standards book`: one standard as a PDF book."""

import argparse
from pathlib import Path

from maturity_desktop.cli import options
from maturity_desktop.cli.output import GOOD, tell, tell_json
from maturity_desktop.services import books
from maturity_desktop.services.context import Machine
from maturity_desktop.wording import say


def add_to(parts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the part to the command `standards`."""
    book = parts.add_parser("book", help="write a standard as a PDF book")
    book.add_argument("standard", metavar="ID", help="such as cn-devops-3")
    book.add_argument("--edition", default="", help="the newest when not given")
    book.add_argument("--out", type=Path, required=True, metavar="FILE")
    book.add_argument("--language", choices=("zh", "en"), default="zh", help="language of the book")
    options.add_output(book)
    book.set_defaults(run=run)


def run(args: argparse.Namespace, machine: Machine) -> int:
    """Write the book and say what it holds."""
    book = books.write_book(machine, args.standard, target=args.out, edition_id=args.edition, language=args.language)
    if args.json:
        counts = {"pages": book.pages, "items": book.items, "criteria": book.criteria}
        tell_json({"ok": True, "path": str(book.path), "size": book.size_bytes, "sha256": book.sha256, **counts})
        return GOOD
    tell(
        say(
            args.lang,
            "book.cli.written",
            path=book.path,
            pages=book.pages,
            items=book.items,
            criteria=book.criteria,
            size=book.size_bytes,
            sha256=book.sha256,
        )
    )
    return GOOD
