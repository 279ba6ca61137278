"""What an undo brings back, what it leaves, and what stays to be undone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.files.replace import write_new
from cedre_xlsx.files.turns import claim
from cedre_xlsx.page.undo import Before, LastWrite, Made, TakenBack, before, last_write, take_back
from tests.page.page_client import PageClient, page_of
from tests.page.page_steps import begun, look, look_nothing, plain, write
from tests.page.page_works import cheap_works


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    with cheap_works(), page_of(tmp_path_factory.mktemp("dossier").resolve()) as page:
        yield page


@pytest.fixture
def book(page: PageClient) -> Path:
    path = page.server.session.folder / "suivi.xlsx"
    path.write_bytes(b"un")
    return path


def test_an_undo_brings_back_the_bytes_and_removes_what_was_made(
    page: PageClient, book: Path
) -> None:
    made = book.with_name("fait.pdf")
    write(page, look(page), "deux", fait="fait.pdf")
    second = write(page, look(page), "trois", fait="fait.pdf")
    session = page.server.session
    assert session.undo is not None
    assert "suivi.xlsx redevient ce qu'il était, 1 fichier fait en moins" in session.undo.sentence
    undone = page.post("defaire", second)
    assert "suivi.xlsx est redevenu ce qu'il était ; effacé : fait.pdf." in undone.text
    assert (book.read_bytes(), made.exists()) == (b"deux", False)
    assert "rien à défaire" in page.post("defaire", second).text


def test_an_undo_leaves_what_changed_since(page: PageClient, book: Path) -> None:
    made = book.with_name("fait.pdf")
    done = write(page, look(page), "deux", fait="fait.pdf")
    made.write_bytes(b"signed")
    undone = page.post("defaire", done)
    assert "laissé, car changé depuis : fait.pdf" in undone.text
    assert (book.read_bytes(), made.read_bytes()) == (b"un", b"signed")
    made.unlink()
    done = write(page, look(page), "deux")
    book.write_bytes(b"par Elodie")
    refused = page.post("defaire", done)
    assert "changé depuis : suivi.xlsx ; rien n'est défait" in refused.text
    assert book.read_bytes() == b"par Elodie"


def _renamed(book: Path) -> Callable[[], object]:
    aside = book.rename(book.with_name("autre.xlsx"))
    return lambda: aside.rename(book)


def _protected(book: Path) -> Callable[[], object]:
    book.chmod(0o444)
    return lambda: book.chmod(0o644)


def _replaced(book: Path) -> Callable[[], object]:
    written = book.read_bytes()
    book.write_bytes(b"une autre copie")
    return lambda: book.write_bytes(written)


@pytest.mark.parametrize(
    ("hinder", "said"),
    [
        (
            _renamed,
            "suivi.xlsx n'est plus là, ou plus sous ce nom ; rien n'est défait. Remettez",
        ),
        (_protected, "suivi.xlsx : le fichier est en lecture seule ; rien n'est écrit. Enlevez"),
        (_replaced, "changé depuis : suivi.xlsx ; rien n'est défait."),
    ],
)
def test_a_refused_undo_can_be_asked_again(
    page: PageClient, book: Path, hinder: Callable[[Path], Callable[[], object]], said: str
) -> None:
    done = write(page, look(page), "deux")
    put_right = hinder(book)
    assert said in plain(page.post("defaire", done))
    put_right()
    assert "Essai : suivi.xlsx redevient ce qu'il était." in plain(page.get("defaire"))
    assert "suivi.xlsx est redevenu ce qu'il était." in plain(page.post("defaire", done))
    assert book.read_bytes() == b"un"


def test_what_an_undo_leaves_stays_to_be_undone(
    page: PageClient, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a file that was replaced may not be written, and one that was made not be removed."""
    pdf, new = book.with_name("rapport.pdf"), book.with_name("neuf.pdf")
    book.write_bytes(b"deux")
    pdf.write_bytes(b"le neuf")
    new.write_bytes(b"neuf")
    made = (
        Made(pdf, api.digest(pdf), b"le sien"),
        Made(new, api.digest(new)),
    )
    page.server.session.undo = LastWrite("Essai", Before(book, b"un"), api.digest(book), made)
    pdf.chmod(0o444)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", _in_use)
        partly = page.post("defaire", look_nothing(page))
    assert "Défait en partie" in partly.text
    assert (
        "suivi.xlsx est redevenu ce qu'il était ; restent à défaire : rapport.pdf, neuf.pdf. "
        "rapport.pdf : le fichier est en lecture seule. Enlevez cette protection"
    ) in plain(partly)
    pdf.chmod(0o644)
    asked = page.get("defaire")
    assert "Essai : 1 fichier fait en moins, 1 fichier remplacé tel qu'avant." in plain(asked)
    undone = page.post("defaire", asked)
    assert "effacé : neuf.pdf ; tel qu'avant : rapport.pdf." in plain(undone)
    assert (pdf.read_bytes(), new.exists(), page.server.session.undo) == (b"le sien", False, None)
    pdf.unlink()


def _in_use(self: Path, missing_ok: bool = False) -> None:
    raise PermissionError(13, "in use", str(self))


def test_what_an_undo_would_do_is_said_of_each_file(page: PageClient, book: Path) -> None:
    new, old = (
        Made(book.with_name("neuf.pdf"), "0"),
        Made(book.with_name("vieux.pdf"), "0", b"avant"),
    )
    for made, said in (
        ((new,), "1 fichier fait en moins. Ce fichier est effacé : neuf.pdf Ce qui a"),
        (
            (old,),
            "1 fichier remplacé tel qu'avant. Ce fichier redevient celui d'avant : vieux.pdf Ce",
        ),
        (
            (new, new, old, old),
            "2 fichiers faits en moins, 2 fichiers remplacés tels qu'avant. Ces fichiers sont "
            "effacés : neuf.pdf neuf.pdf Ces fichiers redeviennent ceux d'avant : vieux.pdf "
            "vieux.pdf Ce qui a changé",
        ),
    ):
        page.server.session.undo = LastWrite("Essai", Before(), made=made)
        assert said in plain(page.get("defaire"))
    page.server.session.undo = None


def test_a_write_that_failed_after_it_wrote_is_taken_back(page: PageClient, book: Path) -> None:
    failed = write(page, look(page), "deux", puis="panne")
    assert "ne connaît pas" in failed.text
    assert book.read_bytes() == b"deux"
    page.post("defaire", failed)
    assert book.read_bytes() == b"un"


def test_nothing_is_taken_back_under_a_write(page: PageClient, book: Path) -> None:
    write(page, look(page), "deux")
    shown = look(page)
    job = begun(page, shown, contenu="trois", pause="2")
    refused = page.post("defaire", shown)
    assert (refused.status, "attendez sa fin" in refused.text) == (409, True)
    page.ask("GET", f"{job}/suite")
    assert book.read_bytes() == b"trois"


# --- without a page ---


@pytest.mark.skipif(sys.platform == "win32", reason="flock")
def test_an_undo_removes_what_a_dead_process_left_and_nothing_of_a_living_one(
    tmp_path: Path,
) -> None:
    """The folder stays as long as something is in it, which is said."""
    folder = tmp_path / "papiers"
    folder.mkdir()
    names = ("fiche.pdf", ".cedre-0123456789ab-mort.tmp", ".cedre-0123456789ab-vivant.tmp")
    pdf, dead, living = (folder / name for name in names)
    for one in (pdf, dead, living):
        one.write_bytes(b"%PDF")
    last = LastWrite("Imprimer", Before(), "", (Made(pdf, api.digest(pdf)),), (folder,))
    with living.open("rb") as file:
        assert claim(file)
        done = take_back(last)
    assert done == TakenBack(
        "effacé : fiche.pdf ; dossier laissé, car il n'est pas vide : papiers."
    )
    assert list(folder.iterdir()) == [living]
    pdf.write_bytes(b"%PDF")
    assert take_back(last) == TakenBack("effacé : fiche.pdf ; dossier effacé : papiers.")
    assert not folder.exists()


def test_what_is_replaced_comes_back_and_only_what_was_told_is_undone(tmp_path: Path) -> None:
    old, new = tmp_path / "rapport.pdf", tmp_path / "autre.pdf"
    old.write_bytes(b"le sien")
    begun: dict[Path, bytes | None] = {}
    with api.telling_new(begun.__setitem__):
        write_new(old, b"le mien", overwrite=True)
        write_new(new, b"neuf", overwrite=True)
    wrote = last_write("Imprimer", Before(), (old, new), begun=begun)
    assert wrote is not None
    assert wrote.sentence == "Imprimer : 1 fichier fait en moins, 1 fichier remplacé tel qu'avant."
    became = "effacé : autre.pdf ; tel qu'avant : rapport.pdf."
    assert take_back(wrote) == TakenBack(became)
    assert (old.read_bytes(), new.exists()) == (b"le sien", False)


def test_what_changed_since_is_left_and_the_rest_undone(tmp_path: Path) -> None:
    book, pdf = tmp_path / "suivi.xlsx", tmp_path / "compte rendu.pdf"
    book.write_bytes(b"avant")
    was = before(book)
    book.write_bytes(b"verse")
    pdf.write_bytes(b"fait")
    wrote = last_write("Réunion", was, (pdf,))
    assert wrote is not None
    book.write_bytes(b"la suite d'une autre")
    done = take_back(wrote)
    assert done.sentence == "effacé : compte rendu.pdf ; laissé, car changé depuis : suivi.xlsx."
    assert (book.read_bytes(), pdf.exists()) == (b"la suite d'une autre", False)
