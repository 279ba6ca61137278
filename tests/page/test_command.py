"""`page` as it is typed: what it opens, what it refuses, what it says, how it is stopped."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from cedre_xlsx.cli import main
from cedre_xlsx.cli import page as command

#: What the process that answers never loads: the other one works.
HEAVY = {"pandas", "openpyxl", "numpy", "lxml", "python_calamine", "pydantic", "typst", "PIL"}


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, list[str]]]:
    """The command in a folder, with a server that ends at once: status, words, what it served."""
    served: list[str] = []

    class Served:
        address = "http://127.0.0.1:1/ouvrir/x"

        def __init__(self, folder: Path, workbook: Path | None) -> None:
            name = workbook.relative_to(folder).as_posix() if workbook else ""
            served.append(f"{folder.relative_to(tmp_path.resolve())}|{name}")

        def run(self, opened: Callable[[], None]) -> None:
            opened()

    monkeypatch.setattr("cedre_xlsx.page.server.Server", Served)
    monkeypatch.setattr("webbrowser.open", lambda address: served.append(address) or True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Équipe l'été").mkdir()
    for name in ("mon suivi à nous.xlsx", "notes.txt", "a:b.xlsx", "Équipe l'été/suivi.ods"):
        (tmp_path / name).write_bytes(b"x")

    def run(*words: str) -> tuple[int, str, list[str]]:
        served.clear()
        with pytest.raises(SystemExit) as end:
            main(["page", *words])
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out + told.err, list(served)

    return run


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ([], ".|"),
        (["."], ".|"),
        (["mon suivi à nous.xlsx"], ".|mon suivi à nous.xlsx"),
        (["Équipe l'été"], "Équipe l'été|"),
        (["Équipe l'été/suivi.ods"], "Équipe l'été|suivi.ods"),
    ],
)
def test_a_folder_or_a_workbook_is_opened(
    run: Callable[..., tuple[int, str, list[str]]], typed: list[str], opened: str
) -> None:
    status, said, served = run(*typed)
    assert (status, served) == (0, [opened, "http://127.0.0.1:1/ouvrir/x"])
    assert said.splitlines() == [
        "La page est à cette adresse, qui sert une fois : http://127.0.0.1:1/ouvrir/x",
        "Elle s'arrête quand ses onglets sont fermés, ou par Ctrl-C.",
        "La page est fermée.",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("absent.xlsx", "absent.xlsx : ce fichier n'existe pas"),
        ("notes.txt", "notes.txt : ce n'est pas un classeur .xlsx, .xlsm ou .ods ; donnez"),
        ("a:b.xlsx", "a:b.xlsx : la page ne peut pas ouvrir un classeur de ce nom ; renommez-le"),
        ("/dev/null", "/dev/null : ce n'est pas un classeur"),
    ],
)
def test_what_is_no_workbook_is_said(
    run: Callable[..., tuple[int, str, list[str]]], typed: str, sentence: str
) -> None:
    status, said, served = run(typed)
    assert (status, served, sentence in said) == (2, [], True)


def test_a_browser_that_does_not_open_is_said(
    run: Callable[..., tuple[int, str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    assert "Aucun navigateur ne s'est ouvert : copiez cette adresse" in run()[1]
    status, said, served = run("--no-browser")
    assert (status, served, "navigateur" in said) == (0, [".|"], False)


@pytest.mark.parametrize("missing", command._NEEDED)
def test_without_the_extra_one_sentence_says_what_to_install(
    run: Callable[..., tuple[int, str, list[str]]], monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    monkeypatch.setattr(
        command, "find_spec", lambda name: None if name == missing else find_spec(name)
    )
    status, said, served = run()
    assert (status, served) == (2, [])
    assert said == (
        "Erreur : la page demande l'extra « page » ; installez-le : "
        'pip install "cedre-xlsx[page]"\n'
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the signals of POSIX")
@pytest.mark.parametrize("stops", ["SIGINT", "SIGHUP", "SIGTERM"])
def test_it_serves_at_once_stays_light_and_is_stopped(tmp_path: Path, stops: str) -> None:
    (tmp_path / "mon suivi.xlsx").write_bytes(b"x")
    told_aside = tmp_path / "importés.txt"  # a pipe would be full before anybody reads it
    with told_aside.open("w") as aside, subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "cedre_xlsx", "page", "mon suivi.xlsx",
         "--no-browser"],
        stdout=subprocess.PIPE, stderr=aside, text=True, cwd=tmp_path,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            told = process.stdout.readline()
            port, address = re.findall(r"127\.0\.0\.1:(\d+)(/ouvrir/\S+)", told)[0]
            for _ in range(2):
                connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
                connection.request("GET", address)
                answer = connection.getresponse()
                page = answer.read().decode()
                address = answer.headers.get("location", "")
                connection.close()
            assert "<b>mon suivi.xlsx</b>" in page
            process.send_signal(getattr(signal, stops))
            out, _ = process.communicate(timeout=60)
        finally:
            process.kill()  # where something above failed
    imported = told_aside.read_text()
    assert (process.returncode, out.splitlines()[-1]) == (0, "La page est fermée.")
    assert "Traceback" not in imported
    server = imported.partition("cedre_xlsx.page.server\n")[0]  # the other process says more
    assert "starlette.applications" in server
    loaded = set(re.findall(r"\| +(\w+)(?:\.\w+)*$", server, re.MULTILINE))
    assert not loaded & HEAVY
