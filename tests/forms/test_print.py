"""`print`: what is asked for is found, set, and written whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from cedre_xlsx import api
from cedre_xlsx.cli import print_forms as command
from cedre_xlsx.demonstration.seed_examples import examples_4_and_5
from cedre_xlsx.forms import output
from cedre_xlsx.forms.logo import logo_for
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from tests.forms.test_pdf import alternatives, needs_pdftotext, plain, text_of
from tests.support import Said, cedre, few

ON = date(2026, 5, 12)
#: The end of "soon", 14 days later.
UNTIL = date(2026, 5, 26)


def engagement(reference: str, person: str, **cells: object) -> FilledRow:
    return {"reference": reference, "person": person, "agreed": date(2026, 3, 2), "type": "CP",
            "object": f"Objet de {reference}", **cells}  # fmt: skip


FILLED = Filling(
    settings=Settings(structure="Les Jardins imaginaires", advisors=("Linda Fictive",)),
    rows={
        "tPersonnes": [
            {"last_name": "Fictif", "first_name": "Élie", "registered": date(2026, 3, 2),
             "advisor": "Linda Fictive", "request": "Du travail"},
            {"last_name": "Roux", "first_name": "Dominique", "precision": "Arras",
             "registered": date(2026, 3, 2)},
            {"last_name": "Roux", "first_name": "Dominique", "precision": "Lens",
             "registered": date(2026, 3, 2)},
            {"last_name": "Partie", "first_name": "Zoé", "registered": date(2026, 1, 2),
             "exited": date(2026, 4, 1)},
            {"last_name": "Absente", "first_name": "Zoé", "registered": date(2026, 1, 2),
             "paused_until": date(2026, 7, 1)},
        ],
        "tSuivi": [
            {"person": "Fictif Élie", "dated": date(2026, 3, 2), "action": "Chercher des MAD",
             "deadline": date(2026, 4, 2), "status": "(1) À proposer", "to_discuss": "OUI"},
        ],
        "tEngagements": [
            engagement("CP-2026-001", "Fictif Élie", deadline=UNTIL),
            engagement("CP-2026-002", "Fictif Élie", deadline=date(2026, 5, 27)),
            engagement("CP-2026-003", "Fictif Élie", deadline=date(2026, 5, 1)),
            engagement("CP-2026-004", "Fictif Élie", deadline=date(2026, 5, 1),
                       reviewed=date(2026, 5, 1)),
            engagement("CP-2026-005", "Fictif Élie", deadline=date(2026, 9, 1),
                       review_planned=date(2026, 5, 20)),
            engagement("CP-2026-006", "Partie Zoé", deadline=date(2026, 5, 1)),
            engagement("CP-2026-007", "Absente Zoé", deadline=date(2026, 5, 1)),
            engagement("CP-2026-008", "Inconnue Camille", deadline=date(2026, 5, 1)),
            engagement("CP-2026-009", "Fictif Élie"),
            engagement("CP-2026-009", "Roux Dominique (Lens)"),
        ],
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("print") / "équipe.xlsx"
    path.write_bytes(api.workbook_bytes(FILLED))
    return path


def names(paths: Sequence[Path]) -> list[str]:
    return [path.name for path in paths]


def run(*arguments: object) -> Said:
    return cedre("print", *arguments)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"conventions": ["cp 2026 001"]}, ["Convention CP-2026-001 Fictif Élie.pdf"]),
        (
            {"conventions": ["CP-2026-002", "CP-2026-001", "cp-2026-002"]},
            ["Convention CP-2026-002 Fictif Élie.pdf", "Convention CP-2026-001 Fictif Élie.pdf"],
        ),
        (  # a reference given twice by mistake: both
            {"conventions": ["CP-2026-009"]},
            ["Convention CP-2026-009 Fictif Élie.pdf",
             "Convention CP-2026-009 Roux Dominique (Lens).pdf"],
        ),
        ({"people": ["M. ELIE fictif", "Fictif Élie"]}, ["Fiche Fictif Élie.pdf"]),
        ({"people": ["Roux Dominique (Lens)"]}, ["Fiche Roux Dominique (Lens).pdf"]),
        (
            {"due": True},
            ["Convention CP-2026-001 Fictif Élie.pdf", "Convention CP-2026-003 Fictif Élie.pdf",
             "Convention CP-2026-005 Fictif Élie.pdf",
             "Convention CP-2026-008 Inconnue Camille.pdf"],
        ),
        ({"meeting": True}, ["Réunion 2026-05-12.pdf"]),
        (
            {"conventions": ["CP-2026-001"], "people": ["Fictif Élie"], "merge": True},
            ["équipe formulaires.pdf"],
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_what_is_written(
    made: Path, tmp_path: Path, asked: dict[str, object], found: list[str]
) -> None:
    done = api.print_forms(made, folder=tmp_path / "a" / "b", on=ON, **asked)  # type: ignore[arg-type]
    assert names(done.paths) == found
    assert sorted(names(list((tmp_path / "a" / "b").iterdir()))) == sorted(found)


@pytest.mark.slow
def test_all_is_every_convention_and_every_sheet(made: Path, tmp_path: Path) -> None:
    done = api.print_forms(made, folder=tmp_path, everything=True, on=ON)
    starts = [name.partition(" ")[0] for name in names(done.paths)]
    assert (starts.count("Convention"), starts.count("Fiche")) == (10, 5)


@pytest.mark.slow
@needs_pdftotext
def test_a_merged_file_numbers_the_pages_of_each_form(made: Path, tmp_path: Path) -> None:
    (path,) = api.print_forms(made, folder=tmp_path, everything=True, merge=True, on=ON).paths
    pages = [plain(page.extract_text()) for page in PdfReader(path).pages]
    assert len(pages) == 15
    assert all(page.endswith("1/1") for page in pages)
    text = text_of(path)
    assert [text.count(f"Objet de CP-2026-00{n}") for n in (1, 5, 9)] == [1, 1, 2]


@pytest.mark.slow
def test_very_many_forms_are_merged_in_several_files(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cedre_xlsx.api.printing.MOST_MERGED", 6)
    done = api.print_forms(made, folder=tmp_path, everything=True, merge=True, on=ON)
    assert names(done.paths) == [f"équipe formulaires {n} sur 3.pdf" for n in (1, 2, 3)]
    assert [len(PdfReader(path).pages) for path in done.paths] == [6, 6, 3]


@pytest.mark.slow
@needs_pdftotext
def test_the_meeting_has_its_agenda_and_the_synthesis(made: Path, tmp_path: Path) -> None:
    (path,) = api.print_forms(made, folder=tmp_path, meeting=True, on=ON).paths
    text = plain(text_of(path))
    for said in (
        "RÉUNION D'ÉQUIPE DU 12/05/2026", "Ordre du jour : Linda Fictive", "À discuter",
        "Chercher des MAD", "Tableau de synthèse des parcours", "Objectifs poursuivis (*)",
        "(*) objectifs, et engagements sous-jacents", "(1) action à proposer, en attente",
        "(2) action en cours", "(3) action réalisée", "Engagement CP-2026-001",
    ):  # fmt: skip
        assert plain(said) in text, said


@pytest.mark.slow
@needs_pdftotext
def test_every_page_says_where_it_comes_from(made: Path, tmp_path: Path) -> None:
    done = api.print_forms(made, folder=tmp_path, people=["Fictif Élie"], meeting=True, on=ON)
    for path in done.paths:
        for page in text_of(path).split("\f")[:-1]:
            assert "équipe.xlsx · 12/05/2026 · cedre-xlsx" in page


# -- what cannot be done ------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    few(
        [
            (["--convention", "CP-2026-01"], "« CP-2026-01 » ; vouliez-vous dire « CP-2026-001 »"),
            (["--convention", "???"], "les valeurs sont dans la colonne Réf. engagement"),
            (
                ["--fiche", "Fictive Elie"],
                "n'existe pas dans Personnes ; vouliez-vous dire « Fictif",
            ),
            (
                ["--fiche", "Roux Dominique"],
                "désigne plusieurs personnes dans Personnes ; vouliez-",
            ),
            (["--all", "--fiche", "Xyz"], "les valeurs sont dans la colonne Personne"),
            (["--all", "--logo", "absent.png"], "ce logo n'existe pas"),
            ([], "--bilan PERSONNE, --due, --meeting, --board AAAA ou --all"),
        ]
    ),
)
def test_what_is_unknown_is_said_with_the_nearest_and_nothing_is_written(
    made: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = run(made, *arguments, "--meeting" if arguments else "--merge", "-o", tmp_path / "pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_stays_unless_asked(made: Path, tmp_path: Path) -> None:
    kept = tmp_path / "Convention CP-2026-001 Fictif Élie.pdf"
    kept.write_bytes(b"signed")
    with pytest.raises(CedreError, match="existe déjà ; rien n'est écrit"):
        api.print_forms(made, folder=tmp_path, everything=True, on=ON)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == {kept: b"signed"}
    api.print_forms(made, folder=tmp_path, conventions=["CP-2026-001"], force=True, on=ON)
    assert kept.read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_nothing_half_written(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    really = output.write_new

    def full(path: Path, data: bytes, *, overwrite: bool) -> None:
        if len(written) == 3:
            raise CedreError("le disque est plein")
        really(path, data, overwrite=overwrite)
        written.append(path)

    monkeypatch.setattr(output, "write_new", full)
    with pytest.raises(CedreError, match="plein"):
        api.print_forms(made, folder=tmp_path / "neuf" / "pdf", everything=True, on=ON)
    assert len(written) == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_what_a_kill_leaves_goes_with_the_next_papers(made: Path, tmp_path: Path) -> None:
    """The papers set aside tell of people: nothing else would ever take them away."""
    aside, folder = tmp_path / "aside", tmp_path / "papiers"
    aside.mkdir()
    killed = (
        "import os, sys; from pathlib import Path; from cedre_xlsx import api;"
        "api.print_forms(Path(sys.argv[1]), folder=Path(sys.argv[2]), everything=True,"
        " progress=lambda done, total: os._exit(9))"
    )
    environment = os.environ | {"TMPDIR": str(aside)}
    subprocess.run([sys.executable, "-c", killed, made, folder], env=environment, check=False)
    left = list(aside.iterdir())
    assert any(one.read_bytes().startswith(b"%PDF") for folder in left for one in folder.iterdir())
    for one in left:
        os.utime(one / ".cedre", (1, 1))  # long ago
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(aside))
        api.print_forms(made, folder=folder, meeting=True, on=ON)
    assert list(aside.iterdir()) == []


def test_a_folder_that_is_a_file_is_said(made: Path, tmp_path: Path) -> None:
    place = tmp_path / "impressions"
    place.write_bytes(b"")
    with pytest.raises(CedreError, match="ce n'est pas un dossier"):
        api.print_forms(made, folder=place, meeting=True, on=ON)


# -- what is said -------------------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_due_is_said_clearly(made: Path, tmp_path: Path) -> None:
    done = run(made, "--due", "-o", tmp_path / "pdf", "--date", "2026-03-05")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Aucune convention n'est à évaluer : aucun bilan n'est dépassé, ni prévu d'ici au "
        "19/03/2026.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_empty_workbook_has_nothing_to_print(tmp_path: Path) -> None:
    empty = tmp_path / "vide.xlsx"
    empty.write_bytes(api.workbook_bytes(Filling()))
    done = run(empty, "--all", "-o", tmp_path / "pdf")
    assert (done.returncode, done.stdout) == (
        0, "Rien à imprimer : le classeur n'a encore ni engagement ni personne.\n",
    )  # fmt: skip


@pytest.mark.slow
def test_files_are_named_and_signs_without_a_drawing_too(tmp_path: Path) -> None:
    workbook = tmp_path / "emoji.xlsx"
    rows: dict[str, list[FilledRow]] = {
        "tPersonnes": [{"last_name": "Fictif", "request": "Bien 😀"}, {"last_name": "Autre"}]
    }
    workbook.write_bytes(api.workbook_bytes(Filling(rows=rows)))
    done = run(workbook, "--all", "-o", tmp_path / "pdf")
    assert done.stdout.splitlines() == [
        f"Écrit : {tmp_path / 'pdf' / name}" for name in ("Fiche Fictif.pdf", "Fiche Autre.pdf")
    ]
    assert done.stderr.startswith("Attention : Fiche Fictif.pdf contient un signe")


def test_who_waits_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr(command.time, "monotonic", lambda: now)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with command._Counter() as counter:
        for rank in range(1, 9):
            now = rank * 0.4
            counter(rank, 8)
    assert capsys.readouterr().err == "\r5 / 8\r7 / 8\n"


# -- the logo -----------------------------------------------------------------------------------


def picture(size: tuple[int, int], kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(made, kind)
    return made.getvalue()


@pytest.fixture
def with_logo(tmp_path: Path) -> Path:
    """A workbook whose form shows a logo."""
    logo = tmp_path / "logo.gif"
    logo.write_bytes(picture((40, 20), "GIF"))
    path = tmp_path / "logo.xlsx"
    path.write_bytes(api.workbook_bytes(replace(FILLED, logo=logo)))
    return path


@pytest.mark.parametrize("kind", few(["PNG", "JPEG", "BMP", "TIFF", "GIF"]))
def test_a_logo_given_is_printed_whatever_its_kind(made: Path, tmp_path: Path, kind: str) -> None:
    logo = tmp_path / "logo"
    logo.write_bytes(picture((3000, 100), kind))
    (path,) = api.print_forms(
        made, folder=tmp_path / "pdf", conventions=["CP-2026-001"], logo=logo, on=ON
    ).paths
    assert alternatives(path)[0] == "Logo de la structure"
    assert len(PdfReader(path).pages) == 1


@pytest.mark.slow
def test_the_logo_of_the_workbook_is_printed(with_logo: Path, made: Path, tmp_path: Path) -> None:
    assert logo_for(made, None) is None
    found = logo_for(with_logo, None)
    assert found is not None
    assert Image.open(BytesIO(found.data)).size == (40, 20)
    (path,) = api.print_forms(
        with_logo, folder=tmp_path / "pdf", conventions=["CP-2026-001"], on=ON
    ).paths
    assert alternatives(path)[0] == "Logo de la structure"


@pytest.mark.parametrize("content", [b"", b"GIF89a, or nearly", b"<svg/>"])
def test_what_is_no_picture_is_said(made: Path, tmp_path: Path, content: bytes) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(content)
    with pytest.raises(CedreError, match="ce n'est pas une image lisible"):
        api.print_forms(made, folder=tmp_path / "pdf", everything=True, logo=logo, on=ON)


# -- the forms of the guide ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The texts of the forms printed for the guide's two people, by the files' names."""
    folder = tmp_path_factory.mktemp("guide")
    workbook = folder / "exemples.xlsx"
    workbook.write_bytes(api.workbook_bytes(examples_4_and_5()))
    done = api.print_forms(workbook, folder=folder, everything=True, on=date(2003, 5, 10))
    return {path.stem: plain(text_of(path)) for path in done.paths}


@pytest.mark.slow
@needs_pdftotext
@pytest.mark.parametrize(
    "printed",
    [
        "FICHE INDIVIDUELLE DE SUIVI", "Nom : M. Christian", "Date du pré-accueil : 10/04/2003",
        "Date de l'entretien individuel (accueil) : 18/04/2003", "Date d'inscription : 18/04/2003",
        "La demande, les attentes, les besoins, les projets de la personne :",
        "il a des compétences en maçonnerie mais ne souhaite plus travailler dans ce secteur.",
        "Dates Actions proposées par l'AI / ETTI Objectifs poursuivis Engagement Échéance / délai "
        "Suites données Décisions prises (actions / moyens…) Temps consacré",
        "18/04/03 Entretien individuel Rechercher des MAD sur la manutention, la peinture, ou le "
        "jardinage Prise de contact avec le partenaire Y ... pour une aide à la gestion du budget "
        "Urgence financière, apporter une Source de revenu Apporter une aide à la gestion du "
        "budget CP Se revoir après la première mission Entretien dans 15 jours (02/05/03) Contact "
        "du partenaire par l'AI 19/04 – prendre RDV 45 min",
        "20/04/03 tél Proposition (MAD Test) MAD manutention (5 h) Urgence financière, apporter "
        "une source de revenu CP Remise du contact et horaire pour l'action budget 15 min",
        "24/04/03 Entretien individuel Bilan 1ère MAD Proposition MAD jardinage chez 3 "
        "particuliers 15 h Urgence financière, apporter une source de revenu CP Bilan MAD par les "
        "DO, regard du DE, mission satisfaisante 15 min",
        "02/05/03 Bilan des MAD",
    ],
)  # fmt: skip
def test_the_sheet_of_m_christian_reads_as_exemple_4(guide: dict[str, str], printed: str) -> None:
    assert plain(printed) in guide["Fiche Christian"]


@pytest.mark.slow
@needs_pdftotext
def test_the_convention_of_m_christian_reads_as_fiche_19(guide: dict[str, str]) -> None:
    text = guide["Convention CP-2003-001 Christian"]
    place = 0
    for printed in (
        "CONVENTION D'ENGAGEMENT RÉCIPROQUE", "Fiche n° 1", "Réf. engagement : CP-2003-001",
        "Le 18/04/2003", "Monsieur Christian", "Nom de l'accompagnateur : C. Martin",
        "LE(S) BESOIN(S) ET/OU PROJET(S) EXPRIMÉ(S) PAR LE SALARIÉ", "LE CONTRAT",
        "1. L'OBJET DE LA CONTRACTUALISATION", "2. LES MOYENS MOBILISÉS", "Par la structure",
        "Par la personne", "3. LA DATE, L'ÉCHÉANCE QUE L'ON SE DONNE POUR RÉALISER L'ACTION",
        "4. L'ÉVALUATION DE L'ACTION RÉALISÉE LE", "18/07/2003", "11/07/2003", "À", "le",
        "Le salarié", "Pour la structure,", "ÉVALUATION / BILAN", "Réalisée le :",
        "LES ACTIONS ENVISAGÉES ONT-ELLES ÉTÉ RÉALISÉES ?", "OUI, totalement", "OUI, en partie",
        "NON", "DES SUITES SONT-ELLES ENVISAGÉES ?", "OUI *", "NON",
        "* Si oui, une nouvelle fiche est ouverte", "COMMENTAIRES",
    ):  # fmt: skip
        found = text.find(plain(printed), place)
        assert found >= 0, printed
        place = found + len(plain(printed))


# -- long texts ---------------------------------------------------------------------------------


@pytest.mark.slow
@needs_pdftotext
def test_a_long_table_repeats_its_headings_and_loses_no_line(tmp_path: Path) -> None:
    workbook = tmp_path / "long.xlsx"
    lines = [
        {
            "person": "Longue",
            "dated": date(2026, 1, 1),
            "action": f"début{n} " + "mot " * 300 + f"fin{n}",
        }
        for n in range(12)
    ]
    rows = {"tPersonnes": [{"last_name": "Longue"}], "tSuivi": lines}
    workbook.write_bytes(api.workbook_bytes(Filling(rows=rows)))
    (path,) = api.print_forms(workbook, folder=tmp_path / "pdf", everything=True, on=ON).paths
    pages = text_of(path).split("\f")[:-1]
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert "Objectifs poursuivis" in page
        assert page.rstrip().endswith(f"{number} / {len(pages)}")
    whole = " ".join(pages)
    assert whole.count("mot") == 12 * 300
    assert all(f"début{n}" in whole and f"fin{n}" in whole for n in range(12))


@pytest.mark.slow
def test_the_same_forms_are_the_same_bytes(made: Path, tmp_path: Path) -> None:
    first, second = (
        api.print_forms(made, folder=tmp_path / name, everything=True, on=ON).paths
        for name in ("a", "b")
    )
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
