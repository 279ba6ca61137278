"""`retention --apply`: shown, asked, a copy if wanted, written whole or not at all.

What makes a line anonymous is put in by the tests: here it is the door that is tried.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cedre_xlsx import api
from cedre_xlsx._version import __version__
from cedre_xlsx.cli import retention as command
from cedre_xlsx.privacy import apply
from cedre_xlsx.privacy.apply import Applied, Counts
from cedre_xlsx.privacy.model import Retention
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.edit.model import LineChange
from cedre_xlsx.workbook.edit.write import edited
from cedre_xlsx.workbook.open_book import OpenBook
from cedre_xlsx.workbook.read import read_workbook
from tests.privacy.retention_support import ON, WHO, small

CODE = "P-2024-001"
COPY = "suivi.avant-conservation-2026-09-30.xlsx"


def in_personnes_alone(
    book: OpenBook,
    retention: Retention,
    on: date,
    path: Path,
    *,
    tell: Any = None,
    consent: Any = None,
) -> Applied:
    """The names of Personnes become codes; nothing else does."""
    changes = []
    for number, one in enumerate(retention.due, 1):
        code = f"P-{one.last.day.year}-{number:03}"
        values = {"last_name": code, "first_name": None, "precision": None}
        changes += [LineChange("tPersonnes", row.row, values) for row in one.person.pathways]
    made = edited(book.data, book.reading.records, book.workbook, {}, changes, path=path)
    counts = Counts(len(retention.due), len(changes), len(made.made), ("Mes notes",))
    return Applied(made.data, counts, ("Personnes : 1 ligne.",), ("Photo!A1 : une image.",))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook, the anonymisation of these tests in place, somebody at the keyboard."""
    monkeypatch.setattr(apply, "applied", in_personnes_alone)
    monkeypatch.setattr(command, "_somebody", lambda: True)
    copied = tmp_path / "suivi.xlsx"
    copied.write_bytes(small())
    return copied


def run(path: Path, *options: str, answers: str = "", on: date = ON) -> Result:
    asked = [str(path), "--date", on.isoformat(), "--apply", *options]
    return CliRunner().invoke(command.retention, asked, input=answers)


def people(path: Path) -> set[str]:
    return set(read_workbook(path, on=ON).records.persons)


def files(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


@pytest.mark.slow
def test_it_is_shown_first_then_asked_then_written(path: Path) -> None:
    done = run(path, answers="non\noui\n")
    assert done.exit_code == 0, done.exception
    lines = done.output.splitlines()
    shown = next(n for n, line in enumerate(lines) if line.strip().startswith(f"{WHO} : depuis"))
    counts = lines.index(
        "Serait rendu anonyme : 1 personne, 1 ligne et 3 cellules ; vos propres feuilles : "
        "« Mes notes »."
    )
    copy = next(
        n for n, line in enumerate(lines) if line.startswith(f"Garder d'abord une copie, {COPY}")
    )
    sure = next(n for n, line in enumerate(lines) if line.startswith("Rendre anonymes les données"))
    assert shown < counts < copy < sure
    assert lines[sure + 1].startswith(f"{path} : fait.")
    assert lines[sure + 2 :] == ["  Personnes : 1 ligne.", "Reste, à voir vous-même :",
                                 "  Photo!A1 : une image."]  # fmt: skip
    assert CODE in people(path)
    assert WHO not in people(path)
    assert files(path) == ["suivi.xlsx"]


@pytest.mark.slow
@pytest.mark.parametrize("answers", ["non\nnon\n", "oui\nnon\n", "\n\n"])
def test_no_is_no(path: Path, answers: str) -> None:
    done = run(path, answers=answers)
    assert done.output.endswith("Rien n'est écrit.\n")
    assert path.read_bytes() == small()
    assert files(path) == ["suivi.xlsx"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "answers"),
    [((), "oui\noui\n"), (("--copy",), "oui\n"), (("--copy", "--yes"), "")],
)
def test_a_copy_is_kept_as_it_was_and_said_to_hold_the_names(
    path: Path, options: tuple[str, ...], answers: str
) -> None:
    done = run(path, *options, answers=answers)
    assert files(path) == [COPY, "suivi.xlsx"]
    assert path.with_name(COPY).read_bytes() == small()
    assert f"{COPY} a encore tous les noms : supprimez cette copie" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("options", "answers"), [(("--yes",), ""), (("--no-copy",), "oui\n")])
def test_no_copy_is_kept_unasked(path: Path, options: tuple[str, ...], answers: str) -> None:
    assert run(path, *options, answers=answers).exit_code == 0
    assert files(path) == ["suivi.xlsx"]
    assert CODE in people(path)


@pytest.mark.slow
def test_a_second_run_has_nothing_to_do(path: Path) -> None:
    run(path, "--yes")
    before = path.read_bytes()
    assert "Personne à rendre anonyme" in run(path, "--yes").output
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_dry_run_writes_nothing(path: Path) -> None:
    done = run(path, "--dry-run")
    assert done.exit_code == 0
    assert "  Personnes : 1 ligne." in done.output.splitlines()
    assert done.output.endswith("Rien n'est écrit.\n")
    assert path.read_bytes() == small()


@pytest.mark.slow
def test_nobody_there_is_no_yes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_somebody", lambda: False)
    done = run(path)
    assert isinstance(done.exception, CedreError)
    assert "--yes" in str(done.exception)
    assert path.read_bytes() == small()


@pytest.mark.slow
def test_the_result_may_go_elsewhere(path: Path) -> None:
    target = path.with_name("anonyme.xlsx")
    done = run(path, "--yes", "-o", str(target))
    assert path.read_bytes() == small()
    assert CODE in people(target)
    assert "reste tel quel, avec tous les noms" in done.stderr
    again = run(path, "--yes", "-o", str(target))
    assert isinstance(again.exception, CedreError)
    other = run(path, "--yes", "-o", str(path.with_name("anonyme.ods")))
    assert isinstance(other.exception, CedreError)


@pytest.mark.slow
def test_an_open_workbook_is_left(path: Path) -> None:
    path.with_name(".~lock.suivi.xlsx#").write_text(",Linda,poste,,;", encoding="utf-8")
    done = run(path, "--yes")
    assert "Linda" in str(done.exception)
    assert path.read_bytes() == small()


@pytest.mark.slow
def test_a_workbook_that_changed_meanwhile_is_left_and_the_copy_goes(path: Path) -> None:
    found = api.find_anonymisation(path, on=ON)
    changed = small() + b" "
    path.write_bytes(changed)
    with pytest.raises(CedreError, match="a changé"):
        api.apply_anonymisation(found, copy=True)
    assert path.read_bytes() == changed
    assert files(path) == ["suivi.xlsx"]


@pytest.mark.slow
def test_a_copy_that_is_there_is_never_replaced(path: Path) -> None:
    path.with_name(COPY).write_bytes(b"avant")
    done = run(path, "--copy", "--yes")
    assert "--no-copy" in str(done.exception)
    assert path.with_name(COPY).read_bytes() == b"avant"
    assert path.read_bytes() == small()


@pytest.mark.slow
def test_what_would_not_read_back_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(book: OpenBook, *_: Any, **__: Any) -> Applied:
        return Applied(book.data, Counts())

    monkeypatch.setattr(apply, "applied", nothing)
    assert "ne se relirait pas" in str(run(path, "--yes").exception)
    assert path.read_bytes() == small()


@pytest.mark.parametrize(
    "options",
    [("--apply", "--notice", "-o", "x"), ("--person", "Ali"), ("--yes",), ("--copy",),
     ("--no-copy",), ("-o", "x"), ("--notice",), ("--apply", "--force"), ("--dry-run",),
     ("--apply", "--copy", "-o", "x.xlsx")],
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(path: Path, options: tuple[str, ...]) -> None:
    done = CliRunner().invoke(command.retention, [str(path), *options])
    assert done.exit_code == 2
    assert path.read_bytes() == small()


def test_the_report_alone_writes_nothing_and_exits_0(path: Path) -> None:
    done = CliRunner().invoke(command.retention, [str(path), "--date", "2026-09-30"])
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == [
        f"suivi.xlsx · conservation au 30/09/2026 · 24 mois après le dernier contact · "
        f"cedre-xlsx {__version__}",
        "1 personne dont le temps est passé ; 0 dans les 60 jours ; 0 gardée ; 0 à vérifier.",
    ]
    assert path.read_bytes() == small()
