"""The last door: wrong arguments and what nobody expected are one French sentence, and exit 2."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import cedre_xlsx
from cedre_xlsx import api
from cedre_xlsx.api import checking, last_door
from cedre_xlsx.api.arguments import KINDS
from cedre_xlsx.cli import main
from cedre_xlsx.schema.errors import CedreError
from tests.support import ROOT

EXAMPLE = ROOT / "examples/exemples-4-et-5.xlsx"
VERBS = (
    "check", "demo", "find_import", "find_migration", "find_repairs", "fix", "import_tables",
    "migrate", "minutes", "new", "print_forms", "refresh", "rule", "shortcuts", "stats", "upgrade",
    "watch",
)  # fmt: skip
#: Whatever these are given is for the programs that know them.
UNTOLD = {"Progress | None", "Tell | None", "threading.Event | None"}


def wrong(number: int) -> Any:
    """A value of a type that mypy would refuse."""
    return (None, 7, "2026", b"x", datetime(2026, 9, 30), True, ("a", 1))[number]


NONE, SEVEN, TEXT, BYTES, MOMENT, TRUE, MIXED = map(wrong, range(7))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: api.check(NONE), "check : path doit être un chemin (reçu : NoneType)."),
        (lambda: api.check("a\0.xlsx"), "un chemin"),
        (lambda: api.check(EXAMPLE, on=TEXT), "on doit être une date"),
        (lambda: api.check(EXAMPLE, on=MOMENT), "(reçu : datetime)"),
        (lambda: api.check(EXAMPLE, on=date(1, 1, 1)), "La date 01/01/0001 n'est pas possible"),
        (lambda: api.check(EXAMPLE, select=TEXT), "select doit être une liste de textes"),
        (lambda: api.check(EXAMPLE, ignore=MIXED), "ignore doit être une liste de textes"),
        (lambda: api.check(EXAMPLE, person=NONE), "person doit être un texte"),
        (lambda: api.check(EXAMPLE, severity="grave"), "error, warning ou info"),
        (lambda: api.refresh(EXAMPLE, years=SEVEN), "years doit être une liste d'années"),
        (lambda: api.refresh(EXAMPLE, years=(2026, 0)), "L'année 0 n'est pas possible"),
        (lambda: api.refresh(EXAMPLE, dry_run=SEVEN), "dry_run doit être vrai ou faux"),
        (lambda: api.stats(EXAMPLE, year=TEXT), "year doit être un nombre entier"),
        (lambda: api.stats(EXAMPLE, year=99_999), "L'année 99999 n'est pas possible"),
        (lambda: api.stats(EXAMPLE, year=TRUE), "un nombre entier"),
        (lambda: api.stats(EXAMPLE).who("entrers"), "le nom d'aucun chiffre"),
        (lambda: api.stats(EXAMPLE).statistics.who_in("mois", "x", "y"), "Aucun nombre"),
        (lambda: api.fix(EXAMPLE, rename=MIXED), "rename doit être deux textes"),
        (lambda: api.new(""), "c'est un dossier ; donnez aussi le nom du classeur"),
        (lambda: api.import_tables(TEXT, EXAMPLE), "sources doit être une liste de chemins"),
        (lambda: api.migrate([SEVEN], "n.xlsx"), "sources doit être une liste de chemins"),
        (lambda: api.new("n.xlsx", kind="GEIQ"), "« GEIQ » n'est pas un type de structure : AI"),
        (lambda: api.new("n.xlsx", advisors=TEXT), "advisors doit être une liste"),
        (lambda: api.new("n.xlsx", structure="a\x07"), "un signe qui ne s'écrit pas"),
        (lambda: api.print_forms(EXAMPLE, folder="p", people=TEXT), "people doit être une liste"),
        (lambda: api.shortcuts(EXAMPLE, system="beos"), "windows, macos ou linux"),
        (lambda: api.demo(SEVEN), "folder doit être un chemin"),
        (lambda: api.rule(SEVEN), "code doit être un texte"),
        (lambda: api.watch(BYTES), "path doit être un chemin"),
    ],
)
def test_a_wrong_argument_is_one_sentence(
    call: Callable[[], object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CedreError) as refused:
        call()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", VERBS)
def test_no_parameter_of_a_verb_goes_unseen(verb: str) -> None:
    found = getattr(api, verb)
    kinds = {str(one.annotation) for one in inspect.signature(found).parameters.values()}
    assert {kind.removesuffix(" | None") for kind in kinds - UNTOLD} <= KINDS.keys()
    assert inspect.unwrap(found) is not found


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        cells = {"Nom": "Durand Alix"}
        try:
            cells["Prénom"]
        except KeyError:
            raise RuntimeError("Durand Alix, 06 12 34 56 78") from None

    monkeypatch.setattr(checking, "opened", fails)


def ended(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    return int(end.value.code or 0)


@pytest.mark.usefixtures("broken")
def test_what_nobody_expected_is_one_sentence_without_what_cells_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(last_door.VARIABLE, raising=False)
    assert ended("check", "Suivi d'Alix.xlsx") == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith(
        "Erreur : check s'est arrêté sur un cas que l'outil ne connaît pas (Runt"
    )
    assert "CEDRE_XLSX_DEBUG" in said
    assert (said.count("\n"), "Alix" in said, "Traceback" in said) == (1, False, False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("broken")
def test_the_report_that_was_asked_for_says_where_and_nothing_of_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(last_door.VARIABLE, str(tmp_path))
    assert ended("check", "Suivi d'Alix.xlsx", "--person", "Durand Alix") == 2
    [file] = tmp_path.iterdir()
    assert str(file) in capsys.readouterr().err
    text = file.read_text(encoding="utf-8")
    assert "builtins.RuntimeError\n  cedre_xlsx/cli/door.py:" in text
    assert "commande : check\n" in text
    assert "  cedre_xlsx/api/checking.py:" in text
    assert "builtins.KeyError" in text  # what it came from
    for private in ("06 12", str(ROOT), str(tmp_path), "Suivi d'Alix"):
        assert private not in text
    monkeypatch.setenv(last_door.VARIABLE, str(tmp_path / "absent"))
    assert ended("check", "x.xlsx") == 2
    assert "le rapport n'a pas pu être écrit" in capsys.readouterr().err


@pytest.mark.slow
def test_a_library_that_is_lacking_is_said_before_and_after_the_start(
    tmp_path: Path,
) -> None:
    for name, words in (("click", ["--help"]), ("pandas", ["stats", str(EXAMPLE)])):
        (tmp_path / f"{name}.py").write_text(f"raise ImportError(name='{name}')", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); "
             f"sys.path.insert(0, {str(ROOT)!r}); import cedre_xlsx.cli; "
             f"cedre_xlsx.cli.main({words!r})"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert f"Erreur : il manque à l'outil une partie de lui-même ({name})" in done.stderr
        (tmp_path / f"{name}.py").unlink()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Unix")
def test_whoever_stops_reading_makes_no_findings() -> None:
    done = subprocess.run(
        ["bash", "-c", '"$0" -m cedre_xlsx rules | head -1; echo ${PIPESTATUS[0]}', sys.executable],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.splitlines()[1] == "0"
    assert done.stderr == ""


def test_the_package_tells_its_error() -> None:
    assert cedre_xlsx.CedreError is CedreError
