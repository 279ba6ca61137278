"""Deadlines as people type them, each with the date of its row and what it means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.method.dates import NoDate
from cedre_xlsx.method.deadlines import read_deadline

ON = date(2003, 5, 10)
ROW = "2003-04-18"  # a Friday

#: What is typed, the date of its row, the date that counts.
UNDERSTOOD: list[tuple[str, str, str]] = [
    # as the method's own examples type them
    ("Entretien dans 15 jours (02/05/03)", ROW, "2003-05-02"),
    ("Prioritaire Dans la semaine", ROW, "2003-04-25"),
    ("02/05/03 pour entretien bilan", ROW, "2003-05-02"),
    ("15/05/03 pour entretien bilan", ROW, "2003-05-15"),
    # a date among words
    ("02/05/2003", ROW, "2003-05-02"),
    ("avant le 2 mai 2003", ROW, "2003-05-02"),
    ("au plus tard le 02-05-03, sinon relance", ROW, "2003-05-02"),
    ("Après la première mission, au plus tard le 15/05/03", ROW, "2003-05-15"),
    ("sous 15 jours, soit le 02/05/03", ROW, "2003-05-02"),
    ("entre le 02/05/03 et le 05/05/03", ROW, "2003-05-05"),
    ("du 02/05/03 au 10/05/03", ROW, "2003-05-10"),
    ("02/05/03, vu le 28/04/03", ROW, "2003-05-02"),
    # a day without its year: the first one on or after the date of the row
    ("02/05", ROW, "2003-05-02"),
    ("le 2 mai", ROW, "2003-05-02"),
    ("18/04", ROW, "2003-04-18"),
    ("15/01", ROW, "2004-01-15"),
    ("2/5 bilan", ROW, "2003-05-02"),
    ("02/05 à 14h30", ROW, "2003-05-02"),
    # from the date of the row on
    ("dans la semaine", ROW, "2003-04-25"),
    ("sous 15 jours", ROW, "2003-05-03"),
    ("dans 15 jours", ROW, "2003-05-03"),
    ("d'ici 15 jours", ROW, "2003-05-03"),
    ("d’ici 15 jours", ROW, "2003-05-03"),
    ("sous quinze jours", ROW, "2003-05-03"),
    ("sous quinzaine", ROW, "2003-05-03"),
    ("dans une quinzaine de jours", ROW, "2003-05-03"),
    ("sous huitaine", ROW, "2003-04-26"),
    ("15 jours", ROW, "2003-05-03"),
    ("15j", ROW, "2003-05-03"),
    ("15 j. max", ROW, "2003-05-03"),
    ("J+15", ROW, "2003-05-03"),
    ("sous 8 jours", ROW, "2003-04-26"),
    ("dans sept jours", ROW, "2003-04-25"),
    ("sous 3 semaines", ROW, "2003-05-09"),
    ("2 à 3 semaines", ROW, "2003-05-09"),
    ("2-3 semaines", ROW, "2003-05-09"),
    ("une semaine", ROW, "2003-04-25"),
    ("sous 3 mois", ROW, "2003-07-18"),
    ("3 mois", ROW, "2003-07-18"),
    ("délai : 3 mois", ROW, "2003-07-18"),
    ("trois mois", ROW, "2003-07-18"),
    ("sous 1 mois", "2003-01-31", "2003-02-28"),
    ("dans un mois", ROW, "2003-05-18"),
    ("dans le mois", ROW, "2003-05-18"),
    ("dans l'année", ROW, "2004-04-18"),
    ("un an", ROW, "2004-04-18"),
    ("2 ans", ROW, "2005-04-18"),
    ("sous 48h", ROW, "2003-04-20"),
    ("24 heures", ROW, "2003-04-19"),
    ("aujourd'hui", ROW, "2003-04-18"),
    ("demain", ROW, "2003-04-19"),
    ("après-demain", ROW, "2003-04-20"),
    ("lundi", ROW, "2003-04-21"),
    ("vendredi prochain", ROW, "2003-04-25"),
    ("cette semaine", ROW, "2003-04-20"),
    ("fin de semaine", ROW, "2003-04-20"),
    ("semaine prochaine", ROW, "2003-04-27"),
    ("fin du mois", ROW, "2003-04-30"),
    ("fin de mois", ROW, "2003-04-30"),
    ("le mois prochain", ROW, "2003-05-31"),
    ("fin d'année", ROW, "2003-12-31"),
    # months, quarters, weeks: their last day
    ("fin juin", ROW, "2003-06-30"),
    ("Fin Juin", ROW, "2003-06-30"),
    ("fin du mois de juin", ROW, "2003-06-30"),
    ("fin avril", ROW, "2003-04-30"),
    ("fin janvier", "2003-05-04", "2004-01-31"),
    ("fin février 2004", ROW, "2004-02-29"),
    ("fin juin 04", ROW, "2004-06-30"),
    ("d'ici fin juin", ROW, "2003-06-30"),
    ("mi-mai", ROW, "2003-05-15"),
    ("mi mai", ROW, "2003-05-15"),
    ("mi-avril", "2003-04-15", "2003-04-15"),
    ("début septembre", ROW, "2003-09-10"),
    ("courant juin", ROW, "2003-06-30"),
    ("juin 2004", ROW, "2004-06-30"),
    ("juin-juillet", ROW, "2003-07-31"),
    ("avant juin", ROW, "2003-05-31"),
    ("semaine 23", ROW, "2003-06-08"),
    ("sem. 23", ROW, "2003-06-08"),
    ("S23", ROW, "2003-06-08"),
    ("semaine 2", ROW, "2004-01-11"),
    ("semaine 23 de 2004", ROW, "2004-06-06"),
    ("2e trimestre", ROW, "2003-06-30"),
    ("1er semestre 2004", ROW, "2004-06-30"),
    ("fin 2003", ROW, "2003-12-31"),
    ("si possible avant fin mai", ROW, "2003-05-31"),
    # absolute ones need no date of the row
    ("02/05/03", "", "2003-05-02"),
    ("fin juin 2003", "", "2003-06-30"),
]


@pytest.mark.parametrize(("typed", "row", "day"), UNDERSTOOD)
def test_a_deadline_is_understood(typed: str, row: str, day: str) -> None:
    read = read_deadline(typed, date.fromisoformat(row) if row else None, ON)
    meant = read.deadline
    assert (meant.text, str(meant.day), meant.first, meant.moves) == (typed, day, meant.day, 0)
    assert read.fault is None


#: What is typed, the date first agreed, the date that counts, how often it was put off.
MOVED: list[tuple[str, str, str, int]] = [
    ("13/02/26 reporté au 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("13/02/26 puis 13/03/26 puis 13/04/26", "2026-02-13", "2026-04-13", 2),
    ("13/02/26 → 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("13/02/26, 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("13/02/26\n13/03/26", "2026-02-13", "2026-03-13", 1),
    ("reporté du 13/02/26 au 13/03/26", "2026-02-13", "2026-03-13", 1),
    ("13/03/26 au lieu du 13/02/26", "2026-02-13", "2026-03-13", 1),
    ("13/03/26 (initialement 13/02/26)", "2026-02-13", "2026-03-13", 1),
    ("13/03/26 avancé au 13/02/26", "2026-03-13", "2026-02-13", 0),
    ("02/05 reporté au 15/05", "2003-05-02", "2003-05-15", 1),
    ("fin mai reporté à fin juin", "2003-05-31", "2003-06-30", 1),
    ("fin mai reporté au 15/06/03", "2003-05-31", "2003-06-15", 1),
    ("02/05/03 prolongé à fin mai", "2003-05-02", "2003-05-31", 1),
    ("02/05/03 (02/05/03)", "2003-05-02", "2003-05-02", 0),
]


@pytest.mark.parametrize(("typed", "first", "day", "moves"), MOVED)
def test_several_dates_mean_that_it_was_moved(typed: str, first: str, day: str, moves: int) -> None:
    meant = read_deadline(typed, date.fromisoformat(ROW), ON).deadline
    assert (str(meant.first), str(meant.day), meant.moves) == (first, day, moves)


CONDITIONS = [
    "Se revoir après la première mission",
    "après la formation",
    "15 jours après la mission",
    "Après la mission de 15 jours",
    "dès qu'il a son permis",
    "Dès réception du dossier",
    "quand le logement sera trouvé",
    "à l'issue du stage",
    "fin de mission",
    "fin du contrat",
    "prochain entretien",
    "avant la prochaine mission",
    "une fois le permis obtenu",
    "en attente du partenaire",
    "selon réponse de la CAF",
    "au retour de congé",
    "suite à l'entretien avec la Mission locale",
]


@pytest.mark.parametrize("typed", CONDITIONS)
def test_a_condition_has_no_date_and_no_fault(typed: str) -> None:
    read = read_deadline(typed, date.fromisoformat(ROW), ON)
    assert (read.deadline.day, read.deadline.condition, read.fault) == (None, True, None)


UNCLEAR: list[tuple[str, str, NoDate]] = [
    ("Pâques", ROW, NoDate.UNCLEAR),
    ("après Pâques", ROW, NoDate.UNCLEAR),
    ("avant l'été", ROW, NoDate.UNCLEAR),
    ("à la rentrée", ROW, NoDate.UNCLEAR),
    ("après les vacances", ROW, NoDate.UNCLEAR),
    ("dès que possible", ROW, NoDate.UNCLEAR),
    ("urgent", ROW, NoDate.UNCLEAR),
    ("voir avec Paul", ROW, NoDate.UNCLEAR),
    ("à définir", ROW, NoDate.UNCLEAR),
    ("?", ROW, NoDate.UNCLEAR),
    ("2", ROW, NoDate.UNCLEAR),
    ("15", ROW, NoDate.UNCLEAR),
    ("2 h", ROW, NoDate.UNCLEAR),
    ("toutes les 2 semaines", ROW, NoDate.UNCLEAR),
    ("tous les 15 jours", ROW, NoDate.UNCLEAR),
    ("depuis 15 jours", ROW, NoDate.START),
    ("10 jours ouvrés", ROW, NoDate.UNCLEAR),
    ("1/2 journée", ROW, NoDate.UNCLEAR),
    ("semaine 60", ROW, NoDate.IMPOSSIBLE),
    ("31/02/03", ROW, NoDate.IMPOSSIBLE),
    ("31/02/03 reporté au 13/03/03", ROW, NoDate.IMPOSSIBLE),
    ("02/05/1003", ROW, NoDate.IMPLAUSIBLE),
    ("17/04", ROW, NoDate.PAST),
    ("fin mars", ROW, NoDate.PAST),
    ("mi-avril", ROW, NoDate.PAST),
    ("17/01", ROW, NoDate.PAST),  # ninety-one days before
    ("29/02", "2003-01-05", NoDate.IMPOSSIBLE),
    ("au moins 3 mois", ROW, NoDate.AT_LEAST),
    ("CDD 3 mois", ROW, NoDate.LASTS),
    ("45 ans", ROW, NoDate.LASTS),
    ("02/05", "", NoDate.NO_YEAR),
    ("sous 15 jours", "", NoDate.NO_ROW_DATE),
    ("fin juin", "", NoDate.NO_ROW_DATE),
    ("demain", "", NoDate.NO_ROW_DATE),
]


@pytest.mark.parametrize(("typed", "row", "fault"), UNCLEAR)
def test_what_stays_unclear_is_never_guessed(typed: str, row: str, fault: NoDate) -> None:
    read = read_deadline(typed, date.fromisoformat(row) if row else None, ON)
    assert (read.deadline.day, read.deadline.first, read.deadline.condition) == (None, None, False)
    assert (read.deadline.text, read.fault) == (typed, fault)


_WORDS = [
    "02/05/03", "31/02", "fin", "mi-juin", "sous", "15", "jours", "semaine", "23", "après", "la",
    "mission", "reporté", "au", "du", "puis", "Pâques", "demain", "lundi", "3", "mois", "(", ")",
    ",", "½", "1er", "trimestre", "99",
]  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(_WORDS),
        max_size=7,
    ),
    st.one_of(st.none(), st.dates(date(1999, 1, 1), date(2009, 1, 1))),
)
def test_any_text_has_a_date_a_condition_or_a_fault(words: list[str], row: date | None) -> None:
    text = " ".join(words)
    read = read_deadline(text, row, ON)
    said = (read.deadline.day is not None, read.deadline.condition, read.fault is not None)
    assert sum(said) == 1
    assert read.deadline.text == text


@settings(deadline=None, max_examples=100)
@given(st.dates(date(2000, 1, 1), date(2009, 1, 1)), st.integers(1, 99))
def test_delays_are_counted_from_the_row(row: date, count: int) -> None:
    found = read_deadline(f"sous {count} jours", row, ON).deadline.day
    assert found is not None
    assert (found - row).days == count
