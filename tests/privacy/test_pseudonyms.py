"""What stands for names, texts, codes and days: what the rules look at is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cedre_xlsx.method.dates import find_dates
from cedre_xlsx.method.near_names import near_pairs
from cedre_xlsx.method.pass_number import pass_number
from cedre_xlsx.method.references import code_of, reference_key
from cedre_xlsx.method.text import fold, name_key
from cedre_xlsx.privacy.pseudonyms.dates import moved_text
from cedre_xlsx.privacy.pseudonyms.labels import Codes, Labels, References
from cedre_xlsx.privacy.pseudonyms.names import Names
from cedre_xlsx.privacy.pseudonyms.settings import (
    disguised_settings,
    sensitive_stand_ins,
    type_codes,
)
from cedre_xlsx.privacy.pseudonyms.texts import FICTIONAL_PHONE, Texts
from cedre_xlsx.privacy.pseudonyms.trades import Trades
from cedre_xlsx.schema.settings import Settings, TypeSetting

ON = date(2026, 9, 30)
MOVED = [
    ("18/04/26 tél", 14, "02/05/26 tél"),
    ("18/04/2026", -7, "11/04/2026"),
    ("5/4/2026", 14, "19/4/2026"),
    ("le 3 mai 2026", 7, "le 10 mai 2026"),
    ("1er mai 2026", 7, "8 mai 2026"),
    ("28 avril 2026", 7, "5 mai 2026"),
    ("lundi 6 avril 2026", 7, "lundi 13 avril 2026"),
    ("13/02/26 reporté au 13/03/26", 7, "20/02/26 reporté au 20/03/26"),
    ("sous 3 mois", 7, "sous 3 mois"),
    ("fin juin", 7, "fin juin"),
    ("31/02/2026", 7, "31/02/2026"),
]


@pytest.mark.parametrize(("typed", "days", "moved"), MOVED)
def test_a_date_is_moved_in_its_own_spelling(typed: str, days: int, moved: str) -> None:
    assert moved_text(typed, timedelta(days=days), ON, None) == moved


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(-8, 8),
    st.sampled_from(["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y"]),
)
def test_a_moved_date_reads_as_so_many_weeks_later(day: date, weeks: int, shape: str) -> None:
    moved = moved_text(day.strftime(shape), timedelta(weeks=weeks), ON, None)
    [found] = find_dates(moved)
    assert found.on_calendar(ON) == day + timedelta(weeks=weeks)


def names(last: list[str], first: list[str], typed: list[str]) -> Names:
    return Names((last, first, typed), Random(5))


def test_spellings_of_one_name_stay_spellings_of_one() -> None:
    made = names(
        ["Lefèvre", "Martin"], ["Léa", "Paul"], ["LEFEVRE Lea", "lea lefèvre", "Mme Lefèvre"]
    )
    one = made.of("Lefèvre Léa")
    assert name_key(made.of("LEFEVRE Lea")) == name_key(made.of("lea lefèvre")) == name_key(one)
    assert made.of("LEFEVRE Lea").split()[0].isupper()
    assert made.of("Mme Lefèvre").startswith("Mme ")
    assert "Lef" not in one
    assert name_key(one) != name_key(made.of("Martin Paul"))


SLIPS = [
    (["Lefebvre", "Lefevbre"], True),
    (["Bernard", "Bernart"], True),
    (["Moreau", "Moreaux"], True),
    (["Le Goff", "Legoff"], True),
    (["Roux", "Rous"], False),  # so short a word is another name
    (["Bernard", "Moreau"], False),
]


@pytest.mark.parametrize(("last", "near"), SLIPS)
def test_near_names_stay_near_and_others_do_not_become_so(last: list[str], near: bool) -> None:
    made = names(last, ["Paul"], [])
    people = [f"{name} Paul" for name in last]
    assert bool(list(near_pairs(people))) is near
    assert bool(list(near_pairs(map(made.of, people)))) is near


@given(st.lists(st.text("abcdeilmnorstu", min_size=4, max_size=9), min_size=2, max_size=12,
                unique=True))  # fmt: skip
def test_as_many_people_are_near_as_were(words: list[str]) -> None:
    made = names(words, [], [])
    assert len({fold(made.of(word)) for word in words}) == len(words)
    before = {frozenset(pair) for pair in near_pairs(words)}
    back = {made.of(word): word for word in words}
    first_of = {frozenset(map(back.get, pair)) for pair in near_pairs(back)}
    linked = {word for pair in before for word in pair}
    assert {word for pair in first_of for word in pair} <= linked


def test_a_text_says_nothing_and_is_the_same_for_the_same() -> None:
    texts = Texts(Random(1), sensitive_stand_ins(["cancer", "Zorglub"]))
    one = texts.of("Elle cherche un logement avec Paul")
    assert one == texts.of("Elle cherche un logement avec Paul")
    assert fold(one) == fold(texts.of("elle cherche un logement avec paul"))
    assert one != texts.of("Il cherche un logement")
    assert "Paul" not in one
    assert texts.of("") == ""
    assert texts.of("—") == "—"
    assert FICTIONAL_PHONE in texts.of("Rappeler au 07 81 22 33 44")
    assert "cancer" in texts.of("Soigné pour un cancer")
    assert "motsensible2" in texts.of("Parle de zorglub")
    assert texts.of("Entretien avec Zoé").startswith("Entretien")
    assert texts.of("Atelier CV").startswith("Atelier")


REFERENCES = ["CP-2026-001", "CP-2026-002", "cp 2026 1", "MPP-2025-010", "CP2026", "voir classeur"]


def test_references_stay_well_formed_malformed_and_double() -> None:
    made = References(Random(2), {"CP": "CP", "MPP": "MPP"})
    other = {typed: made.of(typed) for typed in REFERENCES}
    for typed in REFERENCES:
        assert code_of(other[typed]) == code_of(typed)
    assert reference_key(other["cp 2026 1"]) == reference_key(other["CP-2026-001"])
    assert len({reference_key(one) for one in other.values()}) == len(REFERENCES) - 1
    assert other["MPP-2025-010"].startswith("MPP-2025-")
    assert "classeur" not in other["voir classeur"]


def test_no_reference_keeps_its_number() -> None:
    for chance in range(40):
        made = References(Random(chance), {"CP": "CP"})
        for number in range(1, 30):
            assert made.of(f"CP-2026-{number:03}") != f"CP-2026-{number:03}"


def test_the_code_of_a_reference_names_nobody() -> None:
    made = References(Random(2), {"CP": "CP", "ZORB": "T1"})
    assert made.of("ZORB-2026-001").startswith("T1-2026-")
    assert "PAUL" not in made.of("PAUL-2026-001")
    assert made.of("PAUL-2026-001")[:2] == made.of("paul-2026-002")[:2]
    assert made.of("PAUL-2026-001")[:2] != made.of("LÉA-2026-001")[:2]


TRADES = [
    ("Ménage à domicile", True),
    ("ENTRETIEN D'ESPACES VERTS", True),
    ("Préparation de commandes", True),
    ("Ménage, M. Vanderstock", False),
    ("ménage chez vanderstock", False),
    ("Aide Marguerite", False),
    ("Cuisine Paul Martin", False),
    ("Aide Petit", False),  # a word of trades, written as a name is
    ("Ménage 12 rue des Lilas", False),
    ("Pose de bornes", True),  # in no list, but three people had it
    ("Zorbec", False),  # the same, but a word alone
]


@pytest.mark.parametrize(("typed", "stays"), TRADES)
def test_a_trade_stays_where_its_words_are_those_of_trades(typed: str, stays: bool) -> None:
    uses = [(one, who) for one in ("Pose de bornes", "Zorbec") for who in ("a", "b", "c")]
    assert Trades(uses).may_stay(typed) == stays


def test_a_code_of_the_team_is_another_everywhere() -> None:
    own = TypeSetting("ZORB", "Projet Zorbec", 3.0, None)
    settings = replace(Settings(), types=(*Settings().types, own))
    assert type_codes(settings)["ZORB"] == "T1"
    assert {made for code, made in type_codes(settings).items() if code != "ZORB"} == {
        kind.code for kind in Settings().types
    }
    last = disguised_settings(settings, (), str).types[-1]
    assert (last.code, "Zorbec" in last.name, last.max_months) == ("T1", False, 3.0)


def test_a_number_of_a_pass_keeps_its_shape() -> None:
    codes = Codes(Random(3))
    one = codes.of("99999 21 12345")
    assert pass_number(one) == pass_number(codes.of("999992112345"))
    assert one.startswith("99999 ")
    assert one != "99999 21 12345"
    assert pass_number(codes.of("9999921")) == ""


def test_clients_are_numbered_and_spellings_of_one_are_one() -> None:
    labels = Labels("Client", Random(4))
    one, other = labels.of("Mairie du Val"), labels.of("Val (Mairie du)")
    assert one.startswith("Client ")
    assert name_key(one) == name_key(other)
    assert fold(one) != fold(other)
    assert name_key(labels.of("Le Fournil")) != name_key(one)
    assert labels.of("?") == "?"
    assert Labels("Accompagnateur", Random(4), letters=True).of("Sophie") == "Accompagnateur A"
