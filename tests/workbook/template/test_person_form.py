"""`Fiche individuelle`: what it shows for a person, and that its formulas give just that."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from cedre_xlsx.method.durations import read_minutes
from cedre_xlsx.schema.lists import FORM_COLUMNS, TEXT_COLUMNS
from cedre_xlsx.schema.settings import Settings
from cedre_xlsx.workbook.read import read_workbook
from cedre_xlsx.workbook.template.build import build_workbook
from cedre_xlsx.workbook.template.filling import FilledRow, Filling
from cedre_xlsx.workbook.template.form_live import CUT
from cedre_xlsx.workbook.template.person_form import (
    CHOICE_CELL,
    START_CELL,
    draw_person_form,
)
from cedre_xlsx.workbook.template.person_table import (
    FIRST_LINE,
    HEADING_ROW,
    LAST_ROW,
    RANGE_ROW,
    ROWS,
)
from tests.support import drawn_alone, libreoffice_converts, needs_libreoffice, values_of
from tests.workbook.template.test_libreoffice import recalculated

pytestmark = pytest.mark.usefixtures("long_lists")

FORM = "Fiche individuelle"
EPOCH = date(1899, 12, 30)

PEOPLE: list[FilledRow] = [
    {"last_name": "Christian", "title": "M.", "advisor": "Linda Fictive",
     "pre_reception": date(2003, 4, 10), "interview": date(2003, 4, 18),
     "registered": date(2003, 4, 18), "request": "Trouver du travail\nrapidement."},
    # Gone, then back, the later pathway first; a third one that is still only received.
    {"last_name": "Roux", "first_name": "Dominique", "registered": date(2005, 1, 3),
     "advisor": "Paul Inventé", "birth_year": 1980},
    {"last_name": "Roux", "first_name": "Dominique", "registered": date(2003, 2, 1)},
    {"last_name": "Roux", "first_name": "Dominique", "pre_reception": date(2004, 6, 1)},
    {},
    {"last_name": "D'Été \"Zoé\"", "first_name": "Noël", "precision": "Lyon"},
    {"last_name": "Lu*", "first_name": "A?~"},
    {"last_name": "Luc", "first_name": "Ab"},
    {"last_name": "Longue", "first_name": "Camille"},
]  # fmt: skip
SUIVI: list[FilledRow] = [
    {"person": "Christian", "dated": "24/04/03 Entretien individuel",
     "action": "Bilan 1ère MAD\nProposition MAD jardinage", "engagement": "CP",
     "outcome": "Mission satisfaisante", "minutes": "15 min"},
    {"person": "christian", "dated": date(2003, 4, 18), "action": "Rechercher des MAD",
     "objective": "Urgence financière", "engagement": "Coup de pouce",
     "deadline": "Entretien dans 15 jours (02/05/03)", "minutes": 45},
    {"person": "Roux Dominique", "dated": date(2005, 1, 4), "action": "Accueil"},
    {"person": "Christian", "dated": "20/04/03 tél", "action": "x" * 300, "minutes": 0.0625},
    {"person": "Christian", "action": "Sans date, après la ligne du dessus"},
    {"person": "Christian", "dated": "le 2.5.2003", "action": "Point\n" * 60,
     "deadline": date(2003, 5, 15), "minutes": 60},
    {"person": "D'Été \"Zoé\" Noël (Lyon)", "dated": date(2003, 4, 18), "action": "Accueil"},
    {"person": "Lu* A?~", "dated": date(2003, 4, 18), "action": "À elle"},
    {"person": "Luc Ab", "dated": date(2003, 4, 18), "action": "À l'autre"},
    *({"person": "Longue Camille", "dated": date(2003, 1, 1) + timedelta(days=n),
       "action": f"Action {n}"} for n in range(65)),
]  # fmt: skip
ENGAGEMENTS: list[FilledRow] = [
    {"reference": "D-2003-002", "person": "Christian", "agreed": date(2003, 5, 3), "type": "D"},
    {"reference": "CP-2003-001", "person": "Christian", "agreed": date(2003, 4, 18), "type": "CP"},
    {"reference": "SA-2003-003", "person": "Christian", "agreed": "vers le 01/06/03", "type": "SA"},
    {"reference": "CP-2003-004", "person": "Luc Ab", "type": "CP"},
    *({"reference": f"VP-2004-{n:03}", "person": "Longue Camille", "type": "VP",
       "agreed": date(2004, n, 1)} for n in range(1, 13)),
    {"reference": "D-2003-005", "person": "Longue Camille", "type": "D",
     "agreed": date(2003, 1, 5)},
]  # fmt: skip
FILLED = Filling(
    settings=Settings(structure="Les Jardins imaginaires"),
    rows={"tPersonnes": PEOPLE, "tSuivi": SUIVI, "tEngagements": ENGAGEMENTS},
)

#: Dates as people type them in one column, and the place where the form puts their line.
DATES: list[tuple[object, int]] = [
    ("avant tout", 1),  # nothing above it
    ("31/12/99", 2),
    (date(2003, 4, 18), 7),
    ("18/04/2003", 8),
    ("sans date", 9),
    ("1/2/03", 5),
    ("01-02-2003 tél", 6),
    ("(17.3.02) bilan", 4),
    ("n° 1 17/3/01", 3),
    ("18/04/03 reporté au 01/01/01", 10),
    ("118/04/01", 11),  # no day there: stays below the line above
    ("18/13/01", 12),
    ("00/04/01", 13),
    ("18/04/0103", 14),
    ("18/04", 15),
    ("31/02/04", 18),  # as Excel counts: 2 March
    ("1/2 journée, 20/04/03", 16),
    ("20/04/03\nsur deux lignes", 17),
]


def shown(data: bytes) -> list[list[object]]:
    """The rows of the form as they are read without computing anything."""
    return values_of(data)[FORM]


def lines(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """The follow-up lines on the page, the rows of each put together again."""
    found: list[list[object]] = []
    for row in rows[FIRST_LINE - 1 : LAST_ROW]:
        if all(cell == "" for cell in row[:7]):
            continue
        if row[7] == 1:  # a line is ruled above it
            found.append(list(row[:7]))
        else:
            found[-1] = [_joined(one, more) for one, more in zip(found[-1], row[:7], strict=True)]
    return found


def _joined(one: object, more: object) -> object:
    return one if more == "" else f"{one} {more}"


def head(rows: Sequence[Sequence[object]]) -> Mapping[str, object]:
    return {
        "nom": rows[4][1], "prénom": rows[5][1], "accompagnateur": rows[6][1],
        "pré-accueil": rows[4][5], "accueil": rows[5][5], "inscription": rows[6][5],
        "demande": rows[9][0], "engagements": rows[10][1], "avis": rows[11][0],
    }  # fmt: skip


def of(person: str, filling: Filling = FILLED) -> list[list[object]]:
    return shown(drawn_alone(draw_person_form, replace(filling, person=person)))


@pytest.mark.slow
def test_the_form_of_a_new_workbook_is_the_one_drawn_alone() -> None:
    assert shown(build_workbook(replace(FILLED, person="Christian"))) == of("Christian")


def test_the_form_shows_exemple_4_in_date_order() -> None:
    rows = of("Christian")
    assert [str(cell).replace("\n", " ") for cell in rows[HEADING_ROW - 1][:7]] == [
        "Dates", "Actions proposées par l'AI / ETTI", "Objectifs poursuivis", "Engagement",
        "Échéance / délai", "Suites données Décisions prises (actions / moyens…)",
        "Temps consacré",
    ]  # fmt: skip
    assert [[row[0], str(row[1])[:18], row[3], row[4], row[6]] for row in lines(rows)] == [
        ["18/04/2003", "Rechercher des MAD", "Coup de pouce",
         "Entretien dans 15 jours (02/05/03)", "45 min"],
        ["20/04/03 tél", "x" * 18, "", "", "1 h 30"],
        ["", "Sans date, après l", "", "", ""],
        ["24/04/03 Entretien individuel", "Bilan 1ère MAD Pro", "CP", "", "15 min"],
        ["le 2.5.2003", "Point / Point / Po", "", "15/05/2003", "1 h 00"],
    ]  # fmt: skip


def test_the_head_says_who_since_when_and_the_succession() -> None:
    assert head(of("Christian")) == {
        "nom": "M. Christian", "prénom": "", "accompagnateur": "Linda Fictive",
        "pré-accueil": date(2003, 4, 10), "accueil": date(2003, 4, 18),
        "inscription": date(2003, 4, 18), "demande": "Trouver du travail\nrapidement.",
        "engagements": "CP (18/04/2003) → D (03/05/2003) → SA (vers le 01/06/03)",
        "avis": "Un texte est coupé […] : la fiche en PDF le montre entier (cedre-xlsx print).",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "born", "named"),
    [
        ("M.", 1976, "M. Christian – né en 1976"),
        ("Mme", 1976, "Mme Christian – née en 1976"),
        (" Mlle. ", 1976, "Mme Christian – née en 1976"),
        ("MONSIEUR", 1976, "M. Christian – né en 1976"),
        (None, 1976, "Christian – né(e) en 1976"),
        ("M.", None, "M. Christian"),
    ],
)
def test_the_year_of_birth_stands_beside_the_name(
    title: str | None, born: int | None, named: str
) -> None:
    row: FilledRow = {"last_name": "Christian", "title": title, "birth_year": born}
    assert head(of("Christian", Filling(rows={"tPersonnes": [row]})))["nom"] == named


def test_a_line_takes_the_rows_that_its_longest_text_needs() -> None:
    rows = of("Christian")
    ruled = [row[7] for row in rows[FIRST_LINE - 1 : LAST_ROW]]
    texts = [[row[1], row[5]] for row in rows[FIRST_LINE - 1 : FIRST_LINE]]
    assert texts == [["Rechercher des MAD", ""]]
    assert ruled[:3] == [1, 0, 1]  # "Entretien dans 15 jours (02/05/03)" goes down two rows
    assert [len(str(row[1])) for row in rows[FIRST_LINE + 1 : FIRST_LINE + 9]] == [41] * 7 + [13]


def test_a_text_of_some_lines_is_not_cut_and_a_very_long_one_says_that_it_is() -> None:
    texts = [str(row[1]) for row in lines(of("Christian"))]
    assert texts[1].replace(" ", "") == "x" * 300
    assert texts[-1].endswith(CUT.strip())
    assert "\n" not in texts[-1]  # sixty lines would not fit: the breaks go first


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, ""),
        (24, ""),
        (25, "Lignes 1 à 24 sur 25. Pour la suite, tapez 25 dans la case "
             "«\N{NO-BREAK SPACE}À partir de la ligne\N{NO-BREAK SPACE}»."),
    ],
)  # fmt: skip
def test_the_page_says_which_lines_it_has(count: int, told: str) -> None:
    suivi = [row for row in SUIVI if row["person"] == "Longue Camille"][:count]
    rows = of("Longue Camille", replace(FILLED, rows={"tPersonnes": PEOPLE, "tSuivi": suivi}))
    assert len(lines(rows)) == min(count, ROWS)
    assert rows[RANGE_ROW - 1][0] == told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("person", "registered", "advisor"),
    [
        ("Roux Dominique", date(2005, 1, 3), "Paul Inventé"),
        ("  ROUX   dominique ", date(2005, 1, 3), "Paul Inventé"),
        ("Christian", date(2003, 4, 18), "Linda Fictive"),
        ("Longue Camille", "", ""),
    ],
)
def test_who_came_back_is_shown_as_of_the_latest_pathway(
    person: str, registered: object, advisor: str
) -> None:
    found = head(of(person))
    assert (found["inscription"], found["accompagnateur"]) == (registered, advisor)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("person", "actions", "notice"),
    [
        ("", [], ""),
        ("   ", [], ""),
        ("Lu* A?~", ["À elle"], ""),
        ("Luc Ab", ["À l'autre"], ""),
        ("D'Été \"Zoé\" Noël (Lyon)", ["Accueil"], ""),
        ("*", [], "« * » n'est pas dans la feuille Personnes : choisissez un nom de la liste."),
        ("Lu? Ab", [], "« Lu? Ab » n'est pas dans la feuille Personnes : choisissez un nom de la "
         "liste."),
        ("D'Ete \"Zoe\" Noel (Lyon)", [], "« D'Ete \"Zoe\" Noel (Lyon) » n'est pas dans la feuille "
         "Personnes : choisissez un nom de la liste."),
    ],
)  # fmt: skip
def test_only_the_lines_of_that_very_person(person: str, actions: list[str], notice: str) -> None:
    rows = of(person)
    assert [row[1] for row in lines(rows)] == actions
    assert head(rows)["avis"] == notice


@pytest.mark.parametrize(
    ("count", "first", "notice"),
    [
        (60, "Action 0", ""),
        (61, "Action 1", "1 ligne plus haut dans Suivi n'est pas montrée ici"),
        (65, "Action 5", "5 lignes plus haut dans Suivi ne sont pas montrées ici"),
    ],
)
def test_of_too_many_lines_the_last_are_shown_and_the_others_counted(
    count: int, first: str, notice: str
) -> None:
    suivi = [row for row in SUIVI if row["person"] == "Longue Camille"][:count]
    rows = of("Longue Camille", replace(FILLED, rows={"tPersonnes": PEOPLE, "tSuivi": suivi}))
    assert lines(rows)[0][1] == first
    assert str(head(rows)["avis"]).partition(" ;")[0] == notice


def test_of_too_many_engagements_the_last_are_shown() -> None:
    text = str(head(of("Longue Camille"))["engagements"])
    assert text.startswith("[…] → D (05/01/2003) → VP (01/02/2004) → VP (01/03/2004)")
    assert text.count("→") == 12


def dated_lines() -> Filling:
    suivi: list[Any] = [
        {"person": "Luc Ab", "dated": typed, "action": str(place)} for typed, place in DATES
    ]
    return replace(FILLED, rows={"tPersonnes": PEOPLE, "tSuivi": suivi})


@pytest.mark.slow
def test_a_line_stands_where_the_date_in_its_text_says() -> None:
    assert [row[1] for row in lines(of("Luc Ab", dated_lines()))] == [
        str(place) for place in range(1, len(DATES) + 1)
    ]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(build_workbook(replace(FILLED, person="Christian"))))


@pytest.mark.slow
def test_the_form_prints_on_one_page(book: Workbook) -> None:
    sheet = book[FORM]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.print_area == f"'{FORM}'!$A$2:$G${RANGE_ROW + 1}"


@pytest.mark.slow
def test_only_the_choice_can_be_typed(book: Workbook) -> None:
    sheet = book[FORM]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not any(
        (sheet.protection.formatCells, sheet.protection.formatColumns,
         sheet.protection.formatRows, sheet.protection.objects)
    )  # fmt: skip
    free = [c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked]
    assert free == [CHOICE_CELL, "G2", START_CELL, "G3"]  # two merged cells
    rules = sheet.data_validations.dataValidation
    assert [(rule.formula1, rule.errorStyle, str(rule.sqref)) for rule in rules] == [
        ("lstPersonnes", "stop", "F2"),
        ("lstLignes", "stop", "F3"),
    ]


@pytest.mark.slow
def test_hidden_columns_are_apart_from_the_lists(book: Workbook) -> None:
    titles = [cell.value for cell in book["Listes"][1]]
    first, last = FORM_COLUMNS.start - 1, FORM_COLUMNS.stop - 1
    texts = slice(TEXT_COLUMNS.start - 1, TEXT_COLUMNS.stop - 1)
    lists, forms = titles[:first] + titles[last : texts.start], titles[first:last] + titles[texts]
    assert titles[first - 1] is titles[last - 1] is None
    used = [title for title in forms if title]
    assert len(used) == len(set(used))
    assert all(str(t).startswith(("Fiche", "Convention", "Repérage")) for t in used)
    assert not any(str(t).startswith(("Fiche", "Convention", "Repérage")) for t in lists if t)


@pytest.mark.slow
def test_formulas_are_short_and_plain(book: Workbook) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert len(str(cell.value)) <= 8192, cell.coordinate
                    texts = re.findall(r'"((?:[^"]|"")*)"', str(cell.value))
                    assert max(map(len, texts), default=0) <= 255, cell.coordinate  # Excel's limit
                    assert "_xl" not in str(cell.value), cell.coordinate


# -- computed by LibreOffice --------------------------------------------------------------------


def differences(data: bytes, computed: bytes) -> dict[str, tuple[object, object]]:
    """The formulas whose value, once computed, is not the one written beside them."""
    before, after = values_of(data), values_of(computed)
    found = {}
    # read_only: the sheet of the lists has mostly holes, each of which would become a cell
    for sheet in load_workbook(BytesIO(data), read_only=True):
        for row in sheet.rows:
            for cell in row:
                if cell.data_type == "f":
                    pair = tuple(
                        _at(v[sheet.title], cell.row, cell.column) for v in (before, after)
                    )
                    if pair[0] != pair[1]:
                        found[f"{sheet.title}!{cell.coordinate}"] = (pair[0], pair[1])
    return found


def _at(rows: Sequence[Sequence[object]], row: int, column: int) -> object:
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def errors(computed: bytes) -> list[object]:
    return [
        cell
        for rows in values_of(computed).values()
        for row in rows
        for cell in row
        if isinstance(cell, str) and cell.startswith("#")
    ]


def all_recalculated(made: Sequence[bytes], folder: Path) -> list[bytes]:
    """Workbooks once LibreOffice has computed them, which is started once for all."""
    paths = [folder / f"{number}.xlsx" for number in range(len(made))]
    for path, data in zip(paths, made, strict=True):
        path.write_bytes(data)
    return [one.read_bytes() for one in libreoffice_converts(paths, "xlsx", folder / "fait")]


WRITTEN: Mapping[str, Callable[[], Filling]] = {
    "exemple n°4": lambda: replace(FILLED, person="Christian"),
    "two pathways": lambda: replace(FILLED, person=" roux  DOMINIQUE"),
    "wildcards": lambda: replace(FILLED, person="Lu* A?~"),
    "quotes": lambda: replace(FILLED, person='D\'Été "Zoé" Noël (Lyon)'),
    "65 lines": lambda: replace(FILLED, person="Longue Camille"),
    "unknown": lambda: replace(FILLED, person="Personne d'ici"),
    "dates in texts": lambda: replace(dated_lines(), person="Luc Ab"),
    "empty workbook": Filling,
}


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each workbook as it is made, and computed."""
    made = [build_workbook(filling()) for filling in WRITTEN.values()]
    pairs = zip(made, all_recalculated(made, tmp_path_factory.mktemp("written")), strict=True)
    return dict(zip(WRITTEN, pairs, strict=True))


@needs_libreoffice
@pytest.mark.parametrize("case", WRITTEN)
def test_formulas_give_the_values_written_beside_them(
    case: str, computed: dict[str, tuple[bytes, bytes]]
) -> None:
    data, after = computed[case]
    assert differences(data, after) == {}
    assert errors(after) == []


CHOICES = ("Roux Dominique", "Longue Camille", "*", "")


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The workbook of one person once another was chosen, and all was computed."""
    made = []
    for person in CHOICES:
        book = load_workbook(BytesIO(build_workbook(replace(FILLED, person="Christian"))))
        book[FORM][CHOICE_CELL] = person or None
        saved = BytesIO()
        book.save(saved)
        made.append(saved.getvalue())
    after = all_recalculated(made, tmp_path_factory.mktemp("chosen"))
    return dict(zip(CHOICES, after, strict=True))


@needs_libreoffice
@pytest.mark.parametrize("person", CHOICES)
def test_another_choice_gives_the_other_form(person: str, chosen: dict[str, bytes]) -> None:
    assert _texts(shown(chosen[person])) == _texts(of(person))


@needs_libreoffice
@pytest.mark.parametrize(
    ("start", "actions", "told"),
    [
        # Of the last 60 of 65 lines, the 31st is the action 35.
        (31, range(35, 59), "Lignes 31 à 54 des 60 dernières (sur 65). Pour la suite, tapez 55 "
         "dans la case « À partir de la ligne » ; videz-la pour revenir au début."),
        (60, range(64, 65), "Ligne 60 des 60 dernières (sur 65) ; videz la case « À partir de la "
         "ligne » pour revenir au début."),
        # More than there are, as it was typed for somebody else: the beginning.
        (99, range(5, 29), "Lignes 1 à 24 des 60 dernières (sur 65). Pour la suite, tapez 25 dans "
         "la case « À partir de la ligne »."),
    ],
)  # fmt: skip
def test_the_page_begins_with_the_line_that_is_typed(
    start: int, actions: range, told: str, tmp_path: Path
) -> None:
    book = load_workbook(BytesIO(build_workbook(replace(FILLED, person="Longue Camille"))))
    book[FORM][START_CELL] = start
    saved = BytesIO()
    book.save(saved)
    rows = shown(recalculated(saved.getvalue(), tmp_path))
    assert [row[1] for row in lines(rows)] == [f"Action {n}" for n in actions]
    assert str(rows[RANGE_ROW - 1][0]).replace("\N{NO-BREAK SPACE}", " ") == told


@needs_libreoffice
def test_lines_typed_below_the_table_are_seen(tmp_path: Path) -> None:
    """LibreOffice extends no table."""
    book = load_workbook(BytesIO(build_workbook(replace(FILLED, person="Roux Dominique"))))
    suivi = book["Suivi"]
    below = len(SUIVI) + 9
    suivi[f"A{below}"], suivi[f"B{below}"] = "Roux Dominique", "03/01/05 tél"
    suivi[f"C{below}"] = "Avant l'accueil"
    saved = BytesIO()
    book.save(saved)
    rows = shown(recalculated(saved.getvalue(), tmp_path))
    assert [row[1] for row in lines(rows)] == ["Avant l'accueil", "Accueil"]


def _texts(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Rows without the blank cells at their ends, which each program writes as it likes."""
    trimmed = []
    for row in rows:
        cells = list(row)
        while cells and cells[-1] in ("", None):
            cells.pop()
        trimmed.append(cells)
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


#: Times as they are stored, with the format of their cell: what the form shows. Each is what
#: `check` reads; where it reads nothing, the cell itself.
TIMES: list[tuple[float | str, str, object]] = [
    (45, "General", "45 min"),
    (0, "General", "0 min"),
    (90, "0", "1 h 30"),
    (1440, "General", "24 h 00"),
    (1 / 32, "h:mm", "45 min"),
    (1 / 32, "General", "45 min"),  # its format was lost
    (0.0625, "h:mm", "1 h 30"),
    (0.5, "h:mm", "12 h 00"),
    (23 / 24, "h:mm", "23 h 00"),
    (30.25 / 24, "[h]:mm", "30 h 15"),
    (30.25 / 24, "[h]:mm:ss", "30 h 15"),
    (30.25 / 24, "h:mm", "30 h 15"),
    (35 / 24, "[h]:mm", "35 h 00"),
    (1.5, "[h]:mm", "36 h 00"),
    (100.5 / 24, "[h]:mm", "100 h 30"),
    (2730.5 / 86400, "h:mm:ss", "46 min"),
    (1.33, "General", 1.33),
    (0.33, "0.00", 0.33),
    (-5, "General", -5),
    ("45 min", "General", "45 min"),
    ("1h30", "General", "1h30"),
    ("1:30", "General", "1:30"),
    ("30:15", "General", "30:15"),
    ("1 heure et demie", "General", "1 heure et demie"),
    ("deux heures", "General", "deux heures"),
    ("longtemps", "General", "longtemps"),
]


@needs_libreoffice
def test_a_time_is_shown_as_it_is_read(tmp_path: Path) -> None:
    rows: list[FilledRow] = [
        {"person": "Christian", "dated": date(2003, 1, 1) + timedelta(days=n), "action": "x",
         "minutes": value}
        for n, (value, _, _) in enumerate(TIMES)
    ]  # fmt: skip
    filling = Filling(rows={"tPersonnes": PEOPLE[:1], "tSuivi": rows}, person="Christian")
    data = build_workbook(filling)
    book = load_workbook(BytesIO(data))
    column = next(cell.column for cell in book["Suivi"][4] if cell.value == "Temps consacré")
    for row, (_, number_format, _) in enumerate(TIMES, start=5):
        book["Suivi"].cell(row, column).number_format = number_format
    book.save(tmp_path / "typed.xlsx")
    read = read_workbook(tmp_path / "typed.xlsx", on=date(2003, 6, 1)).records.follow_ups.rows
    form = values_of(recalculated((tmp_path / "typed.xlsx").read_bytes(), tmp_path))
    last = _times(form)
    assert last == [shown for _, _, shown in TIMES]
    for (value, number_format, shown), row in zip(TIMES, read, strict=True):
        understood = read_minutes(shown).minutes if isinstance(shown, str) else None
        assert understood == row.minutes, (value, number_format)
    assert _times(values_of(data)) == last  # before any program computes it


def _times(values: Mapping[str, list[list[object]]]) -> list[object]:
    """The times of the lines, in the hidden column that the form takes them from."""
    titles = values["Listes"][0]
    column = titles.index("Fiche : temps")
    return [row[column] for row in values["Listes"][2 : 2 + len(TIMES)]]
