"""The book of a standard: complete, in both languages, with bookmarks, numbered pages, and never half-written."""

from pathlib import Path

import pypdfium2
import pytest

from maturity_desktop.cli import main as cli
from maturity_desktop.domain.text import Language
from maturity_desktop.errors import Cancelled, EnvironmentProblem
from maturity_desktop.services import books, standards
from maturity_desktop.services.context import Machine
from maturity_desktop.system import paths
from maturity_desktop.system.clock import SystemClock
from maturity_desktop.system.pdfium import ALONE

A4 = (595, 842)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(clock=SystemClock(), standards=(paths.standards(),), cache=tmp_path_factory.mktemp("cache"))


def pages_of(path: Path) -> list[str]:
    with ALONE, pypdfium2.PdfDocument(path) as document:
        assert {tuple(round(side) for side in page.get_size()) for page in document} == {A4}
        return [page.get_textpage().get_text_bounded() for page in document]


def bookmarks_of(path: Path) -> list[tuple[int, str]]:
    with ALONE, pypdfium2.PdfDocument(path) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc(max_depth=20)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("standard", ["cn-devops-3", "cn-devops-8", "cn-devops-pm"])
def test_a_book_holds_every_text_of_the_standard(
    machine: Machine, tmp_path: Path, standard: str, language: Language
) -> None:
    edition = standards.load(machine, standard)
    book = books.write_book(machine, standard, target=tmp_path / "book.pdf", language=language)
    assert (book.items, book.criteria) == (len(edition.items), len(edition.criterion_by_id))
    pages = pages_of(book.path)
    whole = squeezed("".join(pages))
    for item in edition.items:
        assert squeezed(item.name.pick(language)) in whole
        assert all(squeezed(question.pick(language))[:24] in whole for question in item.questions)
    assert all(criterion in whole for criterion in map(squeezed, edition.criterion_by_id))
    assert squeezed(edition.provenance_note.pick(language)) in whole
    last = {"zh": f"第{len(pages)}页，共{len(pages)}页", "en": f"Page{len(pages)}of{len(pages)}"}
    assert last[language] in squeezed(pages[-1])


def test_bookmarks_lead_to_every_node_and_item(machine: Machine, tmp_path: Path) -> None:
    edition = standards.load(machine, "cn-devops-3")
    book = books.write_book(machine, "cn-devops-3", target=tmp_path / "book.pdf", language="en")
    titles = {title for _, title in bookmarks_of(book.path)}
    assert {f"{item.code} {item.name.en}" for item in edition.items} <= titles
    assert {f"{node.code} {node.name.en}" for root in edition.nodes for node in root.nodes} <= titles


def test_the_same_standard_gives_the_same_book(machine: Machine, tmp_path: Path) -> None:
    first, second = (
        books.write_book(machine, "cn-devops-pm", target=tmp_path / f"{name}.pdf", language="zh") for name in "ab"
    )
    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_cancelled_or_impossible_book_leaves_the_old_file(machine: Machine, tmp_path: Path) -> None:
    target = tmp_path / "book.pdf"
    target.write_bytes(b"old")

    def stop(done: int, total: int, what: str = "") -> None:  # a progress has this form
        raise Cancelled

    with pytest.raises(Cancelled):
        books.write_book(machine, "cn-devops-pm", target=target, progress=stop)
    with pytest.raises(EnvironmentProblem):
        books.write_book(machine, "no-such-standard", target=target)
    with pytest.raises(EnvironmentProblem):
        books.write_book(machine, "cn-devops-pm", target=tmp_path / "missing" / "book.pdf")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


def test_the_command_writes_a_book_and_says_what_it_holds(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "book.pdf"
    assert cli.main(["standards", "book", "cn-devops-pm", "--out", str(target), "--language", "en"], machine) == 0
    assert str(target) in capsys.readouterr().out
    assert target.read_bytes().startswith(b"%PDF-")
