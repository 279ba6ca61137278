"""What does not go on a paper for others: numbers however they are typed, words of health, justice.

The numbers are nobody's.
"""

from __future__ import annotations

import pytest

from cedre_xlsx.rules.withheld import Withheld
from tests.rules.rule_cases import person, workbook


def printed(text: str) -> tuple[str, tuple[str, ...]]:
    """What a paper has of someone's request, and what is said of it."""
    records = workbook([person(request=text)])
    [someone] = records.persons.values()
    texts = Withheld(records, someone)
    return texts.text(records.people, someone.latest, "request"), texts.notes


@pytest.mark.parametrize(
    "text",
    [
        "06 12 34 56 78 07 12 34 56 78",  # two in a row
        "0612345678/0712345678",
        "né le 12/03/1985 06 12 34 56 78",  # after a day
        "bureau 2 06 12 34 56 78",  # after a figure
        "06 12 34 56 78 12h",  # before an hour
        "06.12.34 56 78",
        "06.12-34 56 78",
        "06/12/34/56/78",
        "06,12,34,56,78",
        "06 - 12 - 34 - 56 - 78",
        "06–12–34–56–78",
        "06  12  34  56  78",
        "06     12 34 56     78",
        "06 12\n34 56 78",
        "06\u00a012\u00a034\u00a056\u00a078",
        "06\u200b12345678",
        "0612 345 678",
        "06 1234 5678",
        "O6 12 34 56 78",
        "+33(0)6 12 34 56 78",
        "+594 694 12 34 56",
        "1  85  05  29  019  123  45",
        "1/85/05/29/019/123/45",
        "1–85–05–29–019–123–45",
        "NIR185052901912345",
        "1 85 05 29\n019 123",
        "FR76  3000  6000  0112  3456  7890  189",
        "lou @ exemple.fr",
    ],
)
def test_a_number_is_seen_however_it_is_typed(text: str) -> None:
    assert printed(f"Voir {text} pour la suite")[0] == ""
    assert printed(text)[0] == ""


@pytest.mark.parametrize(
    "text",
    [
        "MAD du 01.02.2026 au 03.04.2026",
        "01/02/26 05/03/26",
        "01/02/26-05/03/26",
        "le 01/02/26, 05/03 et 07/04",
        "01/02/2026 12h, 14h30",
        "01/02/2026 12/05/2026",
        "01/02 03/04 05/06 07/08 09/10",
        "CP-2026-001, SA-2026-012",
        "SIRET 732 829 320 00074 ou 73282932000074",
        "PASS 999992112345, 99999 21 12345",
        "dossier 0612345678901",
        "1 234 567 890 euros, 12 x 35 h = 420 h",
        "08h00 12h30 13h30 17h00",
        "Rappeler mardi @ 14.30",
        "à peine arrivé, au bord du quai, projet de droguerie",
        "maladroit, mais validé : cap sur l'hospitalité",
    ],
)
def test_days_hours_references_and_other_words_are_printed(text: str) -> None:
    assert printed(text) == (text, ())


@pytest.mark.parametrize(
    "word",
    [
        "psychiatre", "Psychologues", "hôpital", "HÔPITAUX", "hospitalisée", "dépressive",
        "alcoolisme", "SIDA", "séropositifs", "épileptique", "méthadone", "AVC", "inapte",
        "inaptitude", "tribunal", "juge", "JAP", "détention", "prisonnière", "probation",
        "casier judiciaire", "bracelet", "travail d'intérêt général", "R.Q.T.H", "R.Q.T.H.",
        "t.i.g.", "ESAT", "mala\u00addie", "burn-out", "diabétique", "cancéreux", "kiné",
        "condamnée", "récidiviste", "curatelle", "ex-détenue", "arrêt  de\ntravail", "chirurgie",
    ],
)  # fmt: skip
def test_a_word_of_health_or_justice_stays_in_the_structure(word: str) -> None:
    shown, notes = printed(f"Suite : {word}, à revoir")
    assert (shown, len(notes)) == ("", 1)
    assert "santé ou de justice" in notes[0]


def test_words_of_one_kind_are_said_together() -> None:
    assert printed("Addiction à l'alcool, 06 12 34 56 78")[1] == (
        "Personnes!K5 n'est pas repris (adresse électronique ou téléphone et « addiction » et "
        "« alcool », des mots de santé ou de justice)",
    )
    assert printed("Voit un psychiatre")[1] == (
        "Personnes!K5 n'est pas repris (« psychiatre », un mot de santé ou de justice)",
    )
