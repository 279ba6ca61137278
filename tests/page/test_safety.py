"""What the page refuses: other sites, forged changes, paths that lead out, what is too large."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from cedre_xlsx.page import requests
from cedre_xlsx.page.folder import inside
from cedre_xlsx.page.views import VIEWS
from cedre_xlsx.schema.errors import CedreError
from tests.page.page_client import PageClient, Reply, encoded, page_of
from tests.page.page_works import cheap_works

HTML = Path(requests.__file__).parent / "html"
FORM = "application/x-www-form-urlencoded"
#: Every change that an address can make.
CHANGES = (
    "vivant", "dort", "partie", "fermer", "defaire", "motdepasse", "travaux/1/annuler",
    *(f"{view.name}/{action.name}" for view in VIEWS for action in view.actions),
)  # fmt: skip
#: What leads out of the folder, or is no plain name, on one system at least.
OUTSIDE = (
    "../ailleurs.xlsx", "a/../../ailleurs.xlsx", "..", "..\\ailleurs.xlsx", "a\\..\\..\\b.xlsx",
    "/etc/hostname", "\\Windows\\win.ini", "C:\\Windows\\win.ini", "C:suivi.xlsx", "c:/suivi.xlsx",
    "\\\\serveur\\partage\\suivi.xlsx", "//serveur/partage/suivi.xlsx", "\\\\?\\C:\\suivi.xlsx",
    "\\\\.\\COM1", "suivi.xlsx\0.pdf", "suivi.xlsx:flux", "suivi.xlsx::$DATA", "CON", "con.xlsx",
    "a/NUL.xlsx", "Aux .xlsx", "COM1.tar.gz", "lpt9.pdf", "suivi.xlsx.", "suivi.xlsx ",
    ".. /x.xlsx", "~$suivi.xlsx", ".suivi.xlsx", 'a"b.xlsx', "a?.xlsx", "é" * 140 + ".xlsx",
    ".../x.xlsx", "dehors.xlsx", "dossier-dehors/ailleurs.xlsx", "a\nb.xlsx", "~/../../x.xlsx",
    "boucle/x.xlsx", "\udce9.xlsx",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook, and links that lead out of it or to themselves."""
    outer = tmp_path_factory.mktemp("dehors")
    folder = outer / "dossier"
    folder.mkdir()
    (outer / "ailleurs.xlsx").write_bytes(b"secret")
    (folder / "suivi.xlsx").write_bytes(b"un")
    (folder / "dehors.xlsx").symlink_to(outer / "ailleurs.xlsx")
    (folder / "dossier-dehors").symlink_to(outer)
    (folder / "boucle").symlink_to(folder / "boucle")
    return folder.resolve()


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[PageClient]:
    with cheap_works(), page_of(folder) as page:
        yield page


@pytest.fixture(scope="module")
def shown(page: PageClient) -> Reply:
    return page.get("essai", classeur="suivi.xlsx")


# --- who may ask ---


def test_it_listens_on_the_loopback_alone_at_a_port_of_its_own(page: PageClient) -> None:
    listening = page.server._socket.getsockname()
    assert listening == ("127.0.0.1", page.server.port)
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", page.server.port)) != 0


@pytest.mark.slow
def test_the_address_serves_once_and_each_run_has_another(folder: Path) -> None:
    with cheap_works(), page_of(folder, folder / "suivi.xlsx") as page:
        address = page.server.address
        ticket = address.rpartition("/")[2]
        first = page.ask("GET", f"/ouvrir/{ticket}")
        assert (first.status, first.headers["location"]) == (
            303, f"{page.base}/accueil?classeur=suivi.xlsx",
        )  # fmt: skip
        again = page.ask("GET", f"/ouvrir/{ticket}")
        assert (again.status, "a déjà servi" in again.html) == (403, True)
        with page_of(folder) as other:
            assert other.base != page.base
            assert other.server.address != address
            assert other.server.port != page.server.port
            assert other.ask("GET", f"{page.base}/accueil").status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:{port}"},  # a name can be made to mean another machine
        {"Host": "127.0.0.1"},
        {"Host": "exemple.test:{port}"},
        {"Host": "127.0.0.1:{port}.exemple.test"},
        {"Host": "[::1]:{port}"},
        {"Origin": "http://exemple.test"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_host_or_origin_is_refused(page: PageClient, headers: dict[str, str]) -> None:
    told = {name: value.format(port=page.server.port) for name, value in headers.items()}
    for address in (f"{page.base}/accueil", "/statique/page.css", "/ouvrir/x"):
        reply = page.ask("GET", address, headers=told)
        assert (reply.status, "html" in reply.headers["content-type"]) == (403, False)
    token = f"jeton={page.server.session.token}&page=x".encode()
    form = {**told, "Content-Type": FORM}
    assert page.ask("POST", f"{page.base}/vivant", token, form).status == 403
    assert page.ask("POST", f"{page.base}/vivant", token, {"Content-Type": FORM}).status == 204


def raw(page: PageClient, *lines: str, body: bytes = b"") -> bytes:
    """What is answered to these lines, as they are."""
    with socket.create_connection(("127.0.0.1", page.server.port), timeout=20) as one:
        head = "\r\n".join([*lines, "Connection: close", "", ""])
        one.sendall(head.encode() + body)
        return b"".join(iter(lambda: one.recv(65536), b""))


def test_no_host_and_two_hosts_are_refused(page: PageClient) -> None:
    ours = f"Host: 127.0.0.1:{page.server.port}"
    first = f"GET {page.base}/accueil HTTP/1.1"
    assert b" 200 OK" in raw(page, first, ours)
    for hosts in ([], [ours, ours], [ours, "Host: exemple.test"]):
        answered = raw(page, first, *hosts).partition(b"\r\n")[0]
        assert re.search(rb" 40[03] ", answered)


def test_an_unknown_address_is_404_and_no_key_is_guessed(page: PageClient) -> None:
    for address in (
        "/", "/x/accueil", f"{page.base}x/accueil", f"{page.base}/rien", "/statique/../app.py",
        "/statique/%2e%2e%2fapp.py", f"{page.base}/fichiers/1", f"{page.base}/travaux/1",
    ):  # fmt: skip
        reply = page.ask("GET", address)
        assert reply.status in (404, 405), address
        assert (
            "Cette adresse" in reply.html or "ne mène" in reply.html or "n'est plus" in reply.text
        )


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_needs_a_post_with_the_token(page: PageClient, folder: Path, change: str) -> None:
    def files() -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}

    before, address = files(), f"{page.base}/{change}"
    got = page.ask("GET", f"{address}?jeton={page.server.session.token}")
    assert got.status in (404, 405) or (change, got.status) == ("defaire", 200)  # it only asks
    for token in ("", "x", page.server.session.key, page.server.session.token[:-1]):
        body, kind = encoded({"jeton": token, "classeur": "suivi.xlsx", "vu": "x"}, ())
        reply = page.ask("POST", f"{address}?jeton={page.server.session.token}", body,
                         {"Content-Type": kind})  # fmt: skip
        assert reply.status == 403
    wrong = page.ask("POST", f"/x/{change}", b"jeton=x", {"Content-Type": FORM})
    assert wrong.status == 404
    assert files() == before
    assert not page.server.session.is_closing


# --- what may be named ---


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_path_that_leads_out_is_no_path(folder: Path, name: str) -> None:
    with pytest.raises(CedreError, match="n'est pas dans le dossier ouvert"):
        inside(folder, name)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("suivi.xlsx", ["suivi.xlsx"]),
        ("Équipe d'été/mon suivi (1) & co.xlsx", ["Équipe d'été", "mon suivi (1) & co.xlsx"]),
        ("a\\b.xlsx", ["a", "b.xlsx"]),
        ("./a//b.xlsx", ["a", "b.xlsx"]),
        ("%2e%2e/x.xlsx", ["%2e%2e", "x.xlsx"]),  # is a name, once an address was read
        ("console.xlsx", ["console.xlsx"]),
    ],
)
def test_a_path_below_is_one(folder: Path, name: str, parts: list[str]) -> None:
    assert inside(folder, name) == folder.joinpath(*parts)


def test_what_leads_out_is_neither_read_nor_written(page: PageClient, shown: Reply) -> None:
    outer = page.server.session.folder.parent
    for name in ("../ailleurs.xlsx", "dehors.xlsx", "dossier-dehors/ailleurs.xlsx", "NUL", "."):
        read = page.get("essai", classeur=name)
        assert "secret" not in read.html
        assert read.status == 400
        wrote = page.post("essai/write", shown, fields={"classeur": name, "contenu": "x"})
        assert wrote.status == 400
        if name != ".":
            made = page.post("essai/write", shown, fields={"contenu": "un", "fait": name})
            assert "n'est pas dans le dossier ouvert" in made.text
    double = page.ask("GET", f"{page.base}/essai?classeur=%252e%252e%252failleurs.xlsx")
    assert "secret" not in double.html
    assert (outer / "ailleurs.xlsx").read_bytes() == b"secret"
    assert sorted(one.name for one in outer.iterdir()) == ["ailleurs.xlsx", "dossier"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("export.csv", "export.csv"),
        ("C:\\Users\\Élodie\\export été.csv", "export été.csv"),
        ("../../etc/export.csv", "export.csv"),
        ("con.csv", "_con.csv"),
        ("a:b|c?.csv", "b_c_.csv"),
        ("a\u202efdp.csv", "a_fdp.csv"),
        ("...", "fichier"),
        ("x" * 300 + ".xlsx", "x" * 150 + ".xlsx"),
    ],
)
def test_the_name_of_what_is_handed_over_is_a_plain_one(sent: str, kept: str) -> None:
    assert requests._safe_name(sent) == kept


def test_what_is_handed_over_lies_in_a_folder_of_the_session(
    page: PageClient, shown: Reply, tmp_path: Path
) -> None:
    export = tmp_path / "export.csv"
    export.write_bytes(b"abc")
    looked = page.post("essai/look", shown, [("depot", export)])
    assert "export.csv (3)" in looked.text
    session = page.server.session
    [handed] = session.handed.values()
    assert handed.is_relative_to(session._scratch.path)
    assert not handed.is_relative_to(session.folder)
    [number] = session.handed
    again = page.post("essai/look", shown, fields={"depot.garde": number})
    assert "export.csv (3)" in again.text
    forged = page.post("essai/look", shown, fields={"depot.garde": str(export)})
    assert (forged.status, "n'est plus là" in forged.text) == (400, True)


def test_files_are_named_below_the_folder(page: PageClient, shown: Reply) -> None:
    looked = page.post("essai/look", shown, fields={"fichier": "Été/suivi (1).xlsx"})
    assert "Été/suivi (1).xlsx" in looked.text.replace("\\", "/")
    absent = page.get("essai", classeur="absent.xlsx")
    assert "absent.xlsx" in absent.text
    for reply in (looked, absent):
        assert str(page.server.session.folder) not in reply.html


# --- how much ---


def test_what_is_too_large_or_of_no_size_is_refused(
    page: PageClient, shown: Reply, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "gros.csv"
    large.write_bytes(bytes(3000))
    monkeypatch.setattr(requests, "MOST_BYTES", 2000)
    monkeypatch.setattr(requests, "MOST_TYPED", 1000)
    assert page.post("essai/look", shown, [("depot", large)]).status == 413
    assert page.post("essai/look", shown, fields={"x": "y" * 1500}).status == 413
    monkeypatch.setattr(requests, "_MOST_FIELDS", 5)
    small = tmp_path / "petit.csv"
    small.write_bytes(b"x")
    many = page.post("essai/look", shown, [("depot", small)], {"x": ["1"] * 8})
    assert (many.status, "illisible, ou trop long" in many.text) == (400, True)
    address = f"POST {page.base}/vivant HTTP/1.1"
    host, kind = f"Host: 127.0.0.1:{page.server.port}", f"Content-Type: {FORM}"
    token = f"jeton={page.server.session.token}".encode()
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(token), token)
    assert b" 411 " in raw(page, address, host, kind, "Transfer-Encoding: chunked", body=chunked)
    assert b" 415 " in raw(page, address, host, f"Content-Length: {len(token)}", body=token)
    assert re.search(rb" 4\d\d ", raw(page, address, host, kind, "Content-Length: -1", body=token))
    length = f"Content-Length: {len(token)}"
    more = raw(page, address, host, kind, length, body=token + b"&" + b"x" * 500)
    assert more.count(b"HTTP/1.1 ") == 1  # what is beyond is no request of ours
    assert b" 204 " in more


# --- what an answer holds ---


def test_every_answer_has_the_headers_and_no_cookie(page: PageClient, shown: Reply) -> None:
    folder = page.server.session.folder
    (folder / "fait.pdf").write_bytes(b"%PDF-1.7")
    page.server.session.made["7"] = folder / "fait.pdf"
    replies = [
        shown, page.ask("GET", "/statique/page.js"), page.ask("GET", "/rien"),
        page.ask("GET", f"{page.base}/accueil", headers={"Host": "x"}),
        page.get("essai", classeur="../x"), page.post("essai/bare", shown),
        page.ask("POST", f"{page.base}/vivant", b"", {"Content-Type": FORM}),
    ]  # fmt: skip
    pdf = page.ask("GET", f"{page.base}/fichiers/7")
    for reply in (*replies, pdf):
        assert "set-cookie" not in reply.headers
        assert reply.headers["cache-control"] == "no-store"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert reply.headers["referrer-policy"] == "same-origin"
    for reply in replies:
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith("inline")
    assert pdf.headers["content-security-policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize("template", sorted(HTML.glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_anything_inline_or_from_elsewhere(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son\w+\s*=|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\ssrc=\"/statique/)", text)
    assert not re.search(r"https?:|\"//", text)
    assert "|safe" not in text.replace(" ", "")


def test_what_nobody_thought_of_is_one_sentence_without_a_name(
    page: PageClient, shown: Reply, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    failed = page.post("essai/fail", shown)
    assert "s'est arrêté sur un cas que l'outil ne connaît pas (RuntimeError" in failed.text
    odd = page.post("essai/odd", shown)
    assert "s'est arrêté sur un cas que l'outil ne connaît pas" in odd.text
    bare = page.post("essai/bare", shown)
    assert (bare.status, "ne connaît pas (UndefinedError" in bare.html) == (500, True)
    for reply in (failed, odd, bare):
        assert not re.search(r"Sophie|Traceback|/tmp|line \d", reply.html)
    raw(page, "GET / HTTP/1.1 ???")
    assert capfd.readouterr() == ("", "")
    assert "lu : " in page.get("essai", classeur="suivi.xlsx").text
