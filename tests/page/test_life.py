"""How long the page lives, who takes turns, what a kill leaves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cedre_xlsx.files import scratch
from cedre_xlsx.files.scratch import Scratch
from cedre_xlsx.page import jobs as jobs_module
from cedre_xlsx.page import server as server_module
from cedre_xlsx.page import session as session_module
from cedre_xlsx.page.session import Session
from tests.files.protected_files import PASSWORD, locked, opened
from tests.page.page_client import PageClient, encoded, page_of
from tests.page.page_steps import begun, look, look_nothing, plain, write
from tests.page.page_works import STEPS, cheap_works
from tests.support import ROOT

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CHANGED = "le classeur a changé depuis ce que la page montrait ; rien n'est écrit"


@pytest.fixture(scope="module", autouse=True)
def _cheap() -> Iterator[None]:
    with cheap_works():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dossier").resolve()


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[PageClient]:
    with page_of(folder) as page:
        yield page


@pytest.fixture
def book(folder: Path) -> Path:
    path = folder / "suivi.xlsx"
    path.write_bytes(b"un")
    return path


def until(true: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


# --- when it ends ---


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, session: Session, seconds: float) -> bool:
        """Let time go by, looked at every second; whether the page is over then."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(self.now + 1, end)
            session.look()
        return session.is_over


@pytest.fixture
def life(tmp_path: Path) -> Iterator[tuple[Session, Clock]]:
    clock = Clock()
    session = Session(tmp_path, None, clock)
    yield session, clock
    session.close()


def test_it_waits_for_a_first_page_then_ends(life: tuple[Session, Clock]) -> None:
    session, clock = life
    assert not clock.pass_(session, 299)
    assert clock.pass_(session, 2)


def test_it_ends_with_its_last_page_not_between_two(life: tuple[Session, Clock]) -> None:
    session, clock = life
    session.seen("a")
    session.seen("b")
    session.left("a")
    assert not clock.pass_(session, 60)
    session.left("b")  # by a link: the next one is on its way
    assert not clock.pass_(session, 5)
    session.seen("c")
    assert not clock.pass_(session, 60)
    session.left("c")
    assert clock.pass_(session, 7)


def test_a_page_that_says_nothing_is_closed_but_not_one_that_sleeps(
    life: tuple[Session, Clock],
) -> None:
    session, clock = life
    session.seen("a")
    for _ in range(5):  # a hidden page is woken up once a minute
        assert not clock.pass_(session, 60)
        session.seen("a")
    session.seen("a", sleeps=True)
    assert not clock.pass_(session, 11 * 3600)
    session.seen("a")
    assert not clock.pass_(session, 149)
    assert clock.pass_(session, 10)


def test_a_night_of_the_machine_closes_nothing(life: tuple[Session, Clock]) -> None:
    session, clock = life
    session.seen("a")
    clock.now += 9 * 3600
    session.look()
    assert not session.is_over
    assert not clock.pass_(session, 100)
    assert clock.pass_(session, 60)


@pytest.mark.slow
def test_the_server_ends_by_itself_at_the_end_of_a_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "_BETWEEN", 0.2)
    monkeypatch.setattr(server_module, "_LOOK", 0.1)
    book = tmp_path / "suivi.xlsx"
    book.write_bytes(b"un")
    with page_of(tmp_path) as page:
        session = page.server.session
        shown = look(page)
        begun(page, shown, contenu="deux", pause="1.5")
        for one in list(session.pages):
            body = f"jeton={session.token}&page={one}".encode()
            assert page.ask("POST", f"{page.base}/partie", body, FORM).status == 204
        assert until(lambda: page.server._socket.fileno() == -1)
    assert book.read_bytes() == b"deux"
    assert not session._scratch.path.exists()


def test_fermer_waits_for_the_write_and_gives_up_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_LOOK", 0.1)
    (tmp_path / "suivi.xlsx").write_bytes(b"un")
    (tmp_path / "autre.xlsx").write_bytes(b"un")
    (tmp_path / "~$autre.xlsx").write_bytes(b"")
    with page_of(tmp_path) as page:
        begun(page, look(page, "autre.xlsx"), contenu="x")
        begun(page, look(page), contenu="deux", pause="1")
        assert "La page est fermée" in page.post("fermer", None, fields={
            "jeton": page.server.session.token,
        }).html  # fmt: skip
        assert until(lambda: page.server._socket.fileno() == -1)
    assert (tmp_path / "suivi.xlsx").read_bytes() == b"deux"
    assert (tmp_path / "autre.xlsx").read_bytes() == b"un"


def test_ctrl_c_ends_it_once_the_write_is_done(tmp_path: Path) -> None:
    (tmp_path / "suivi.xlsx").write_bytes(b"un")
    with page_of(tmp_path) as page:
        begun(page, look(page), contenu="deux", pause="2")
        page.server._server.should_exit = True  # what the signal does
        assert until(lambda: page.server._socket.fileno() == -1)
    assert (tmp_path / "suivi.xlsx").read_bytes() == b"deux"


# --- turns ---


def test_two_tabs_on_two_workbooks_never_mix(page: PageClient, book: Path) -> None:
    other = book.with_name("autre été.xlsx")
    other.write_bytes(b"ailleurs")
    here, there = look(page), look(page, other.name)
    assert ("lu : un" in here.text, "lu : ailleurs" in there.text) == (True, True)
    write(page, there, "pour l'autre")
    write(page, here, "pour l'un")
    assert (book.read_bytes(), other.read_bytes()) == (b"pour l'un", b"pour l'autre")
    mixed = write(page, here, "x", classeur=other.name)  # what was shown is of another
    assert CHANGED in mixed.text
    other.unlink()


def test_a_look_behind_a_write_shows_what_was_written(page: PageClient, book: Path) -> None:
    shown = look(page)
    job = begun(page, shown, contenu="deux", pause="0.5")
    behind = look(page)
    assert "lu : deux" in behind.text
    assert "c'est fait" in page.get(job).text
    assert "c'est fait" in write(page, behind, "trois").text
    assert book.read_bytes() == b"trois"


@pytest.mark.slow
def test_two_pages_on_one_workbook_take_turns(page: PageClient, book: Path) -> None:
    with page_of(book.parent) as other:
        mine, theirs = look(page), look(other)
        assert "c'est fait" in write(page, mine).text
        second = write(other, theirs, "trois")
        assert CHANGED in second.text
        assert book.read_bytes() == b"deux"
        assert "c'est fait" in write(other, look(other), "trois").text
        refused = page.post("defaire", mine)
        assert "changé depuis : suivi.xlsx ; rien n'est défait" in refused.text
        assert book.read_bytes() == b"trois"
        # Both at once: one of them is refused, nothing is lost or mixed.
        shown = {one: look(one) for one in (page, other)}
        done: list[str] = []
        both = [
            threading.Thread(
                target=lambda one=one: done.append(write(one, shown[one], "q", pause="0.3").text)
            )
            for one in (page, other)
        ]
        for one in both:
            one.start()
        for one in both:
            one.join()
        assert sorted("c'est fait" in text for text in done) == [
            False, True,
        ]  # fmt: skip


def test_a_change_between_the_look_and_the_read_is_not_written_over(
    page: PageClient, book: Path
) -> None:
    refused = write(page, look(page), "deux", autre="entre-temps")
    assert "le classeur a changé depuis ce qui a été montré ; rien n'est écrit" in refused.text
    assert book.read_bytes() == b"entre-temps"


# --- open elsewhere ---


def test_a_write_waits_for_a_workbook_that_is_open_and_others_do_not(
    page: PageClient, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "_LOOK", 0.05)
    shown = look(page)
    lock = book.with_name(".~lock.suivi.xlsx#")
    lock.write_text(",Élodie,,,;", encoding="utf-8")
    home = page.get("accueil", classeur="suivi.xlsx")
    assert re.search("ouvert par Élodie dans.LibreOffice", home.text)
    job = begun(page, shown, contenu="deux")
    waits = page.get(job)
    number = job.rpartition("/")[2]
    session = page.server.session
    told = session.jobs.get(number)
    assert told is not None
    assert (told.told.waits, "le classeur est ouvert par Élodie" in told.told.sentence) == (
        True, True,
    )  # fmt: skip
    assert "Annuler" in waits.text
    assert "lu : un" in look(page).text  # another does not wait
    lock.unlink()
    page.ask("GET", f"{job}/suite")  # ends with the work
    assert "c'est fait" in page.get(job).text
    assert book.read_bytes() == b"deux"
    lock.write_text(",Élodie,,,;", encoding="utf-8")
    second = begun(page, look(page), contenu="trois")
    body, kind = encoded({"jeton": session.token}, ())
    page.ask("POST", f"{second}/annuler", body, {"Content-Type": kind})
    assert "Annulé : « Essai ». Rien n'est écrit." in plain(page.get(second))
    lock.unlink()
    assert "lu : deux" in look(page).text
    assert book.read_bytes() == b"deux"


def test_what_was_saved_while_it_waited_is_not_written_over(page: PageClient, book: Path) -> None:
    shown = look(page)
    lock = book.with_name("~$suivi.xlsx")
    lock.write_bytes(b"\x06Elodie")
    job = begun(page, shown, contenu="deux")
    book.write_bytes(b"par Elodie")
    lock.unlink()
    page.ask("GET", f"{job}/suite")
    assert CHANGED in page.get(job).text
    assert book.read_bytes() == b"par Elodie"


# --- stopped ---


def test_a_cancel_stops_it_at_once_and_the_next_works(page: PageClient, book: Path) -> None:
    job = begun(page, look(page), "last")
    assert until(lambda: "event-stream" in page_headers(page, job))
    body, kind = encoded({"jeton": page.server.session.token}, ())
    began = time.monotonic()
    page.ask("POST", f"{job}/annuler", body, {"Content-Type": kind})
    assert time.monotonic() - began < 10
    assert "Annulé : « Essai ». Rien n'est écrit." in plain(page.get(job))
    assert "lu : un" in look(page).text


def test_the_answer_to_a_cancel_says_what_it_left(page: PageClient, book: Path) -> None:
    """It is the answer to the form itself, not a page that is asked for later."""
    job = begun(page, look(page), avant="neuf/fait.pdf", pause="60")
    made = book.with_name("neuf") / "fait.pdf"
    assert until(made.is_file)
    said = page.post(f"{job.removeprefix(page.base)[1:]}/annuler", look_nothing(page))
    assert (
        "Annulé : « Essai ». Le classeur est resté tel quel. 1 fichier était déjà fait : "
        "« Défaire » remet tout comme avant."
    ) in plain(said)
    asked = page.get("defaire")
    assert "Le dossier qui venait d'être fait part aussi, s'il est vide : neuf." in plain(asked)
    page.post("defaire", asked)
    assert not made.parent.exists()
    assert book.read_bytes() == b"un"


def test_what_a_killed_work_replaced_comes_back(page: PageClient, book: Path) -> None:
    old = book.with_name("rapport.pdf")
    old.write_bytes(b"le sien")
    died = write(page, look(page), avant="rapport.pdf", tue=STEPS[0])
    assert old.read_bytes() == b"avant"
    assert "1 fichier était déjà fait : « Défaire » remet tout comme avant" in plain(died)
    page.post("defaire", died)
    assert old.read_bytes() == b"le sien"
    old.unlink()


def test_a_failure_leaves_what_it_made_to_be_taken_back(page: PageClient, book: Path) -> None:
    made = book.with_name("fait.pdf")
    failed = write(page, look(page), avant="fait.pdf", autre="entre-temps")
    assert "le classeur a changé depuis ce qui a été montré" in failed.text
    assert "1 fichier était déjà fait" in failed.text
    undone = page.post("defaire", failed)
    assert "effacé : fait.pdf." in plain(undone)
    assert (made.exists(), book.read_bytes()) == (False, b"entre-temps")


def test_a_workbook_that_is_gone_is_not_said_to_have_changed(page: PageClient, book: Path) -> None:
    shown = look(page)
    book.rename(book.with_name("suivi 2026.xlsx"))
    for said, nothing in ((write(page, shown), " ; rien n'est écrit"), (look(page), "")):
        assert (
            "suivi.xlsx n'est plus dans le dossier, ou plus sous ce nom : il a été supprimé, "
            f"déplacé ou renommé{nothing}. Remettez-le à sa place, ou choisissez-le sous son "
            "nouveau nom."
        ) in plain(said)
        assert f'href="{page.base}/accueil">Choisir un classeur' in said.html
    book.with_name("suivi 2026.xlsx").unlink()
    assert "n'a pas de nom" in page.post("nouveau/apercu", shown).text  # which needs none


def test_a_kill_leaves_nothing_hidden_of_a_file_that_was_being_made(
    page: PageClient, book: Path
) -> None:
    died = write(page, look(page), avant="neuf/2026/fait.pdf", coupe="_make_like")
    assert "Rien n'est écrit : le classeur est resté tel quel." in plain(died)
    assert [one.name for one in book.parent.iterdir()] == ["suivi.xlsx"]


def page_headers(page: PageClient, job: str) -> str:
    """The kind of the stream of a work, which is left at once."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", page.server.port, timeout=20)
    connection.request("GET", f"{job}/suite")
    response = connection.getresponse()
    assert response.readline().startswith(b"data: {")
    connection.close()
    return response.headers["content-type"]


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_the_middle_of_a_write_leaves_the_old_or_the_new(
    page: PageClient, book: Path, step: str
) -> None:
    died = write(page, look(page), "deux", tue=step)
    assert "le travail s'est arrêté net" in died.text
    is_new = step == "_synced_folder"
    assert book.read_bytes() == (b"deux" if is_new else b"un")
    became = "était déjà écrit : « Défaire » le remet" if is_new else "est resté tel quel"
    assert became in died.text
    assert [one.name for one in book.parent.iterdir()] == ["suivi.xlsx"]
    again = look(page)
    if is_new:
        page.post("defaire", again)
        assert book.read_bytes() == b"un"
        again = look(page)
    assert "c'est fait" in write(page, again, "trois").text
    assert book.read_bytes() == b"trois"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_server_that_is_killed_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    folder, temporary = tmp_path / "dossier", tmp_path / "tmp"
    folder.mkdir()
    temporary.mkdir()
    book = folder / "suivi.xlsx"
    book.write_bytes(b"un")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.page.page_works", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        address, key, token = process.stdout.readline().split()
        page = object.__new__(PageClient)
        page.base = f"/{key}"
        port = int(re.findall(r":(\d+)/", address)[0])
        page.server = type("Served", (), {"port": port})()
        shown = look(page)
        begun(page, shown, contenu="deux", pause="1")
        assert shown.hidden()["jeton"] == token
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert until(lambda: not any(Path(f"/proc/{one}").exists() for one in children))
    assert book.read_bytes() in (b"un", b"deux")
    assert not list(folder.glob("*.tmp"))
    [left] = temporary.glob("cedre-xlsx-*")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(temporary))
        for age, stays in ((10, True), (120, False)):
            os.utime(left / ".cedre", (time.time() - age,) * 2)
            scratch.remove_abandoned()
            assert left.exists() is stays


def test_what_is_ours_and_old_alone_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    living = Scratch()
    (living.folder() / "export.csv").write_bytes(b"x")
    os.utime(living.path / ".cedre", (1, 1))
    foreign = tmp_path / "cedre-xlsx-sans-marque"
    foreign.mkdir()
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs/.cedre").write_bytes(b"")
    os.utime(tmp_path / "ailleurs/.cedre", (1, 1))
    (tmp_path / "cedre-xlsx-lien").symlink_to(tmp_path / "ailleurs")
    before = sorted(tmp_path.iterdir())
    scratch.remove_abandoned()
    assert sorted(tmp_path.iterdir()) == before
    living.close()
    assert not living.path.exists()


def test_old_answers_go_by_number_and_by_weight(
    page: PageClient, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = page.server.session.jobs
    monkeypatch.setattr(jobs_module, "_KEPT", 3)
    addresses = [begun(page, look(page), "look") for _ in range(4)]
    assert page.get(addresses[-1]).status == 200
    assert page.get(addresses[0]).status == 404
    assert "Recommencez" in page.get(addresses[0]).text
    assert len(kept._jobs) <= 3
    monkeypatch.setattr(jobs_module, "_KEPT_BYTES", 10)
    assert "lu : un" in look(page).text
    assert len(kept._jobs) <= 2  # the last two were there when it began


# --- a password ---


@pytest.mark.slow
def test_a_protected_workbook_asks_for_its_password_and_stays_protected(
    page: PageClient, book: Path
) -> None:
    before = locked((ROOT / "examples/exemples-4-et-5.xlsx").read_bytes())
    book.write_bytes(before)
    asks = look(page)
    assert "ce classeur est protégé par un mot de passe" in asks.text
    assert 'type="password"' in asks.html
    wrong = page.post("motdepasse", asks, fields={"mot": "faux"})
    assert "le mot de passe donné n'est pas celui de ce classeur" in wrong.text
    shown = page.post("motdepasse", asks, fields={"mot": PASSWORD})
    assert "lu : PK" in shown.text
    assert PASSWORD not in shown.html
    done = write(page, look(page), ajoute="fin")
    assert "c'est fait" in done.text
    assert opened(book.read_bytes()) == opened(before) + b"fin"
    page.post("defaire", done)
    assert book.read_bytes() == before
    assert page.post("motdepasse", asks, fields={"mot": "x", "retour": "../../x"}).status == 200
    page.server.session.passwords.clear()
