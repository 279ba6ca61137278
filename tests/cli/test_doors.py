"""What the commands refuse before any work: workbooks of others, and places that hold something."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from cedre_xlsx import api
from cedre_xlsx.cli import main
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.workbook.template.filling import Filling
from tests.support import few, saved_workbook

ON = date(2026, 9, 30)
DAY = ("--date", "2026-09-30")
ROWS = {
    "tPersonnes": [{"last_name": "Durand", "first_name": "Alix", "registered": date(2026, 5, 4)}],
    "tSuivi": [{"person": "Durand Alix", "dated": date(2026, 5, 4), "action": "Refaire le CV"}],
}
#: Every verb that opens a workbook.
VERBS = {
    "check": ("check",),
    "refresh": ("refresh",),
    "stats": ("stats",),
    "print": ("print", "--all", "-o", "pdf"),
    "fix": ("fix", "--yes"),
}
posix = pytest.mark.skipif(os.name == "nt", reason="rights and devices of Unix")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ours(here: Path) -> Path:
    return saved_workbook(Path("suivi.xlsx"), Filling(rows=ROWS))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command: its exit status, and the sentence on the error stream."""

    def run(*words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        return int(ended.value.code or 0), capsys.readouterr().err.strip()

    return run


def book(path: Path, sheets: Mapping[str, Sequence[str]]) -> Path:
    """A workbook with a heading row on each of its sheets."""
    workbook = Workbook()
    for title, headings in sheets.items():
        workbook.create_sheet(title).append(headings)
    workbook.remove(workbook.worksheets[0])
    workbook.save(path)
    return path


OTHERS: dict[str, tuple[Mapping[str, Sequence[str]], str]] = {
    "a budget": (
        {"Budget": ("Poste", "Montant")},
        "sa seule feuille est « Budget », sans les colonnes de Personnes, Suivi, Engagements, "
        "Missions ni de Freins",
    ),
    "a sheet of the same name": (
        {"Suivi": ("Mois", "Dépenses"), "2025": ()},
        "ses feuilles sont « Suivi » et « 2025 »",
    ),
    "a plan that looks like missions": (
        {"Planning": ("Personne", "Début", "Fin", "Heures", "Métier")},
        "sans les colonnes de Personnes, Suivi, Engagements ni de Freins",
    ),
    "many sheets": (
        {f"Mois {n}": ("Poste",) for n in range(1, 13)},
        "« Mois 6 » et 6 autres",
    ),
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("case", OTHERS)
def test_a_workbook_of_others_is_said_so(
    case: str, verb: str, here: Path, run: Callable[..., tuple[int, str]]
) -> None:
    sheets, seen = OTHERS[case]
    path = book(Path("autre.xlsx"), sheets)
    before = path.read_bytes()
    command, *options = VERBS[verb]
    status, said = run(command, path, *options)
    assert (status, said.count("\n")) == (2, 0)
    assert "ce n'est pas un classeur CEDRE" in said
    assert seen in said
    assert "cedre-xlsx new" in said
    assert path.read_bytes() == before
    assert [one.name for one in here.iterdir()] == ["autre.xlsx"]


LACKING = {
    # sheets taken away: what refresh and stats say, None where they do their work
    ("Personnes",): "la feuille « Personnes » n'a pas été trouvée",
    ("Suivi", "Engagements", "Missions", "Freins"):
        "les feuilles « Suivi », « Engagements », « Missions » et « Freins »",
}  # fmt: skip
WITHOUT = {
    # sheets taken away without which the work is done: how they are named
    (): "",
    ("Suivi",): "la feuille « Suivi » n'a pas été trouvée ; tout est fait sans elle.",
    ("Engagements", "Missions"):
        "les feuilles « Engagements » et « Missions » n'ont pas été trouvées ; tout est fait sans "
        "elles.",
    ("Engagements", "Missions", "Freins"): "« Engagements », « Missions » et « Freins »",
}  # fmt: skip


def without(path: Path, *titles: str) -> None:
    workbook = load_workbook(path)
    for title in titles:
        del workbook[title]
    workbook.save(path)


@pytest.mark.slow
@pytest.mark.parametrize("gone", LACKING)
def test_figures_need_people_and_one_other_sheet(
    gone: tuple[str, ...], ours: Path, run: Callable[..., tuple[int, str]]
) -> None:
    without(ours, *gone)
    before = ours.read_bytes()
    found = {one.place.sheet for one in api.check(ours, on=ON).findings if one.code == "LEC01"}
    assert found == set(gone)
    for verb in ("stats", "refresh"):
        status, said = run(verb, ours, *DAY)
        assert status == 2
        assert LACKING[gone] in said
        assert ours.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["stats", "refresh", "print"])
@pytest.mark.parametrize("gone", WITHOUT)
def test_a_sheet_without_which_the_work_is_done_is_named(
    gone: tuple[str, ...], verb: str, ours: Path, run: Callable[..., tuple[int, str]]
) -> None:
    if verb == "print":
        pytest.importorskip("typst")
    without(ours, *gone)
    options = ("--meeting", "-o", "pdf") if verb == "print" else ()
    status, said = run(verb, ours, *DAY, *options)
    assert status == 0
    assert said.startswith("Attention : ") == bool(gone)
    assert said.count("Attention") == bool(gone)
    assert WITHOUT[gone] in said
    assert ("redonnez leur nom" in said.lower()) == bool(gone)


@pytest.mark.parametrize("verb", ["check", "stats", "refresh", "fix", "watch", "shortcuts"])
def test_no_command_takes_an_address(
    verb: str, here: Path, run: Callable[..., tuple[int, str]]
) -> None:
    address = "https://association.sharepoint.com/sites/equipe/suivi.xlsx"
    status, said = run(verb, address)
    assert status == 2
    assert f"{address} : c'est une adresse" in said
    assert list(here.iterdir()) == []


# Where results go


def workbook(path: Path) -> None:
    book(path, {"À nous": ("Mois",)})


def folder(path: Path) -> None:
    path.mkdir()


def read_only(path: Path) -> None:
    path.write_text("ancien", encoding="utf-8")
    path.chmod(0o444)


def device(path: Path) -> None:
    os.mkfifo(path)


def text(path: Path) -> None:
    path.write_text("ancien", encoding="utf-8")


def picture(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")


def figures_and_findings(path: Path) -> None:
    """As the first lines of both commands, in the middle of something else."""
    path.write_text(
        "Notes\nStatistiques 2026\nsuivi.xlsx · contrôle au 30/09/2026 · cedre-xlsx 1\n",
        encoding="utf-8",
    )


PLACES: dict[str, tuple[str, Callable[[Path], object], tuple[str, ...], str]] = {
    # the name after -o, what is there, for which commands, what is said
    "a workbook": ("b.xlsx", workbook, ("check", "stats"), "ne peut prendre la place"),
    "a workbook by another name": ("b.txt", workbook, ("check", "stats"), "la place"),
    "a workbook's name": ("b.ods", lambda path: None, ("check", "stats"), "le nom d'un classeur"),
    "another format": ("b.ods", lambda path: None, ("refresh",), "celui d'un autre format"),
    "another workbook": ("b.xlsx", workbook, ("refresh",), "ajoutez --force"),
    "the workbook itself": ("suivi.xlsx", lambda path: None, ("check", "stats", "refresh"),
                            "c'est le classeur lui-même"),
    "another text": ("b.txt", text, ("check", "stats"), "ajoutez --force"),
    "a picture": ("photo.jpg", picture, ("check", "stats"), "existe déjà"),
    "what only looks like ours": ("b.txt", figures_and_findings, ("check", "stats"), "existe"),
    "a folder": ("b", folder, ("check", "stats", "refresh"), "c'est un dossier"),
    "a folder that is not there": ("absent/b.txt", lambda path: None,
                                   ("check", "stats", "refresh"), "n'existe pas"),
    "a name too long": ("b" * 300, lambda path: None, ("check", "stats", "refresh"), "trop long"),
    "a file that is only read": ("b.txt", read_only, ("check", "stats", "refresh"),
                                 "en lecture seule"),
    "no folder of forms": ("b.xlsx", workbook, ("print",), "ce n'est pas un dossier"),
}  # fmt: skip
if os.name != "nt":
    PLACES["a device"] = (
        "b", device, ("check", "stats", "refresh"), "ce n'est pas un fichier ordinaire",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("case", "verb"), few([(case, verb) for case, place in PLACES.items() for verb in place[2]])
)
def test_a_place_that_holds_something_is_left_alone(
    case: str, verb: str, ours: Path, run: Callable[..., tuple[int, str]]
) -> None:
    name, make, _, sentence = PLACES[case]
    target = Path(name)
    make(target)
    before = {one: one.read_bytes() for one in Path().iterdir() if one.is_file()}
    status, said = run(verb, ours, *(("--all",) if verb == "print" else ()), "-o", target, *DAY)
    assert (status, said.count("\n")) == (2, 0), said
    assert sentence in said
    assert {one: one.read_bytes() for one in Path().iterdir() if one.is_file()} == before


WRITTEN = [
    *(("check", ("--format", form)) for form in ("text", "html", "csv", "json", "github", "sarif")),
    ("check", ("--statistics",)),
    ("check", ("--select", "CLA")),
    ("check", ("--format", "github", "--select", "CLA")),
    *(("stats", ("--format", form, *more)) for form in ("text", "csv", "json")
      for more in ((), ("--public",), ("--who", "entries"))),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("verb", "options"), few(WRITTEN))
def test_an_earlier_report_is_replaced_by_its_own_command_alone(
    verb: str, options: tuple[str, ...], ours: Path, run: Callable[..., tuple[int, str]]
) -> None:
    report = Path("rapport")
    report.touch()  # an empty file is nothing to lose
    for _ in range(2):
        status, said = run(verb, ours, *options, "-o", report, *DAY)
        assert (status in (0, 1), said.splitlines()[-1]) == (True, "Écrit : rapport")
    other = "stats" if verb == "check" else "check"
    before = report.read_bytes()
    status, said = run(other, ours, "-o", report, *DAY)
    assert (status, "ajoutez --force" in said) == (2, True)
    assert report.read_bytes() == before
    status, said = run(other, ours, "--force", "-o", report, *DAY)
    assert (status in (0, 1), said) == (True, "Écrit : rapport")
    assert report.read_bytes() != before


@pytest.mark.slow
def test_the_workbook_itself_by_a_link(ours: Path) -> None:
    shutil.copy(ours, "autre.xlsx")
    Path("lien.xlsx").hardlink_to(ours)
    with pytest.raises(CedreError, match="c'est le classeur lui-même"):
        api.refresh(ours, output="lien.xlsx", on=ON, force=True)


@pytest.mark.slow
def test_refresh_elsewhere_tells_the_truth_about_the_file_written(ours: Path) -> None:
    source, other = ours.read_bytes(), Path("b.xlsx")
    done = api.refresh(ours, output=other, on=ON)
    assert (done.changed, done.sentence) == (True, "b.xlsx : actualisé au 30/09/2026.")
    again = api.refresh(ours, output=other, on=ON)
    assert (again.changed, again.sentence) == (False, "b.xlsx : déjà à jour au 30/09/2026.")
    made = other.read_bytes()
    workbook(other)
    with pytest.raises(CedreError, match=r"b\.xlsx existe déjà"):
        api.refresh(ours, output=other, on=ON, dry_run=True)
    forced = api.refresh(ours, output=other, on=ON, force=True)
    assert (forced.changed, other.read_bytes(), ours.read_bytes()) == (True, made, source)
    up_to_date = api.refresh(other, output="c.xlsx", on=ON)
    assert up_to_date.sentence == "c.xlsx : actualisé au 30/09/2026."  # it was not there
    planned = api.refresh(other, on=ON, dry_run=True)
    assert planned.sentence.startswith("b.xlsx : ")
    assert planned.sentence.endswith("rien n'est écrit.")


def test_force_goes_with_another_file_alone(
    ours: Path, run: Callable[..., tuple[int, str]]
) -> None:
    status, said = run("refresh", ours, "--force", *DAY)
    assert (status, "--force ne va qu'avec -o" in said) == (2, True)
