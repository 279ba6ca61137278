"""The forms of a name: what is one, what is not, whoever else has the word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx.privacy.name_forms import FormKind, NamedPerson, NameSearch

SOPHIE = NamedPerson("Martin", "Sophie", "1980", "P-2024-017", ("999992112345",))
PIERRE = NamedPerson("Le Goff", "Jean-Pierre", "", "P-2024-018")
ELODIE = NamedPerson("D'Angélo", "Élodie", "", "P-2024-019")
PAUL = NamedPerson("Martin", "Paul")
SEARCH = NameSearch([SOPHIE, PIERRE, ELODIE], [PAUL], ["C. Martinet", "Anne Roux"])


def found(text: str) -> list[tuple[str, FormKind]]:
    """What is found of those who go, as it stands in the text."""
    return [(text[one.start : one.end], one.kind) for one in SEARCH.find(text) if one.people]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Mme MARTIN Sophie est venue", "MARTIN Sophie"),
        ("Sophie Martin", "Sophie Martin"),
        ("Martin Sophie (1980) rappelle", "Martin Sophie (1980)"),
        ("sophie.martin@exemple.fr", "sophie.martin"),
        ("CV_MartinSophie2024.pdf", "MartinSophie"),
        ("martin_sophie", "martin_sophie"),
        ("martin-sophie.docx", "martin-sophie"),
        ("MARTIN, Sophie", "MARTIN, Sophie"),
        ("Martin\u00a0Sophie", "Martin\u00a0Sophie"),
        ("Martin\u202fSo\u00adphie", "Martin\u202fSo\u00adphie"),
        ("So\u0301phie Marti\u0301n", "So\u0301phie Marti\u0301n"),
        ("Legoff Jean Pierre", "Legoff Jean Pierre"),
        ("JEAN‑PIERRE LE GOFF", "JEAN‑PIERRE LE GOFF"),
        ("d’Angelo elodie", "d’Angelo elodie"),
        ("D ANGELO ÉLODIE", "D ANGELO ÉLODIE"),
    ],
)
def test_a_whole_name_in_any_form(text: str, form: str) -> None:
    assert found(text) == [(form, FormKind.WHOLE)]


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("vu Martin S. hier", "Martin S.", FormKind.INITIAL),
        ("S. Martin absente", "S. Martin", FormKind.INITIAL),
        ("Le Goff J.-P.", "Le Goff J.-P.", FormKind.INITIAL),
        ("J Le Goff", "J Le Goff", FormKind.INITIAL),
        ("PASS 99999 21 12345.", "99999 21 12345", FormKind.NUMBER),
        ("n°999992112345", "999992112345", FormKind.NUMBER),
        ("S.M. rappelle", "S.M.", FormKind.INITIALS),
        ("M. Martin", "Martin", FormKind.LAST),
        ("Martin s'est tue", "Martin", FormKind.LAST),
        ("avec sophie", "sophie", FormKind.FIRST),
        ("chez Goff", "Goff", FormKind.PART),
    ],
)
def test_other_forms(text: str, form: str, kind: FormKind) -> None:
    assert found(text) == [(form, kind)]


@pytest.mark.parametrize(
    "text",
    ["la Martinique", "Martinsophisme", "Martinet C.", "Paul Martin", "Martin Paul", "MARTIN P.",
     "P-2024-017", "Sophienne", "s.m", "SM", "9999921123456", "199999 21 12345", ""],
)  # fmt: skip
def test_what_is_nobody_who_goes(text: str) -> None:
    assert found(text) == []


def test_a_homonym_who_stays_makes_the_name_doubtful() -> None:
    search = NameSearch([SOPHIE], [NamedPerson("Martin", "Sophie", "Nord")])
    plain, mine, theirs = (
        search.find(text)[0]
        for text in ("Martin Sophie", "Martin Sophie (1980)", "Martin Sophie (Nord)")
    )
    assert (plain.people, plain.others) == ((0,), (0,))
    assert (mine.people, mine.others) == ((0,), ())
    assert (theirs.people, theirs.others) == ((), (0,))


_FORMS = st.builds(
    lambda names, gap, change: change(gap.join(names)),
    st.sampled_from([("Martin", "Sophie"), ("Sophie", "Martin"), ("D'Angélo", "Élodie")]),
    st.sampled_from([" ", "  ", "-", "_", "\u00a0", "\u202f", ", ", "‑", "."]),
    st.sampled_from([
        str, str.upper, str.lower, str.title, lambda text: unicodedata.normalize("NFD", text),
    ]),
)  # fmt: skip
_AROUND = st.text(st.characters(exclude_categories=["L", "N", "M", "Cs"]), max_size=6)


@settings(deadline=None)
@given(before=_AROUND, form=_FORMS, after=_AROUND)
def test_a_name_is_found_in_any_text(before: str, form: str, after: str) -> None:
    held = [kind for _, kind in found(f"xyz {before} {form} {after} zyx")]
    assert held == [FormKind.WHOLE]


@settings(deadline=None)
@given(st.text(st.sampled_from("abcehiknorstu 'é-.")))
def test_a_text_without_a_name_holds_none(text: str) -> None:
    """Without an m, a p, a g, an l, a d, no name of these can be written."""
    assert found(text) == []
