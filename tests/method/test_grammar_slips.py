"""A figure typed as another character, a date with a slip: what is at fault, what was meant."""

from __future__ import annotations

import pytest

from cedre_xlsx.method.dates import clean
from cedre_xlsx.method.deadlines import read_deadline
from cedre_xlsx.method.grammar.expression import ON, ROW
from cedre_xlsx.method.grammar.keyboard import mistyped
from cedre_xlsx.method.grammar.slips import slip

#: What is typed, the part at fault, the figures meant ("" where they make nothing).
KEYS = [
    ("1é/10/2026", "1é/10/2026", "12/10/2026"),
    ("3é/10/2026", "3é/10/2026", ""),
    ("1é/1é/2026", "1é/1é/2026", "12/12/2026"),
    ("1é/13/26", "1é/13/26", ""),
    ("é0é6-1è-15", "é0é6-1è-15", ""),
    ("2026-1o-15", "2026-1o-15", "2026-10-15"),
    ("20é6-10-15", "20é6-10-15", "2026-10-15"),
    ("2026-13-1é", "2026-13-1é", ""),
    ("2026-1é-3é", "2026-1é-3é", ""),
    ("2026-1é-3à", "2026-1é-3à", "2026-12-30"),
    ("3é juin", "3é", ""),
    ("1é juin", "1é", "12"),
    ("juin 2o26", "2o26", "2026"),
    ("juin 1o26", None, None),
    ("juin 20é6", "20é6", "2026"),
    ("1é jours", "1é", "12"),
    ("36é jours", "36é", "362"),
    ("36è jours", "36è", ""),
    ("9é9 jours", "9é9", ""),
    ("semaine 4è", "4è", "47"),
    ("semaine 5'", "5'", ""),
    ("semaine 5(", "5(", ""),
    ("semaine (3", "(3", "53"),
    ("semaine (4", "(4", ""),
    ("le 1'", "1'", ""),
    ("s 5é", "5é", "52"),
    ("j+1é", "1é", "12"),
    ("j+36(", "36(", "365"),
    ("le 1é", "1é", "12"),
    ("le 3é", "3é", ""),
    ("le 3&", "3&", "31"),
    ("mardi 1(", "1(", "15"),
    ("t é", "é", "2"),
    ("t '", "'", "4"),
    ("t (", None, None),
    ("lundi é", None, None),
    ("é jours", "é", "2"),
    ("l juin", "l", "1"),
    ("z mois", "z", "2"),
    ("8à10 jours", None, None),
    ("12&13/11", None, None),
    ("1-2 mois", None, None),
    ("1& octobre", "1&", "11"),
    ("à/10/2026", None, None),
    ("&/&/2026", "&/&/2026", "1/1/2026"),
    ("0é/0é/26", "0é/0é/26", "02/02/26"),
    ("(à jours", None, None),
    ("&/1é/2026", "&/1é/2026", "1/12/2026"),
    ("1é/&/2026", "1é/&/2026", "12/1/2026"),
    ("0à/10/26", "0à/10/26", ""),
    ("1é/0à/26", "1é/0à/26", ""),
    ("1à/1é/26", "1à/1é/26", "10/12/26"),
    ("3à/1é/26", "3à/1é/26", "30/12/26"),
    ("é0é6-0&-0&", "é0é6-0&-0&", "2026-01-01"),
    ("2026-0à-1é", "2026-0à-1é", ""),
    ("2026-1é-0à", "2026-1é-0à", ""),
    ("3&/10/2026", "3&/10/2026", "31/10/2026"),
    ("j+36-", "j+36-", ""),
    ("j+36è", "j+36è", ""),
    ("le 0&", "0&", "01"),
    ("le 0à", "0à", ""),
    ("t &", "&", "1"),
    ("10/10/2026", None, None),
    ("2026-1é-3&", "2026-1é-3&", "2026-12-31"),
    ("(5 jours)", None, None),
    ('"3 jours"', None, None),
    ("36- jours", None, None),
    ("rdv le 12é4 matin", "12é4", ""),
]
#: What is typed, the part at fault, the text as it was meant.
SLIPS = [
    ("15/1O/2026", "15/1O/2026", "15/10/2026"),
    ("1l/10", "1l/10", "11/10"),
    ("O2", None, None),
    ("L1", None, None),
    ("l1 octobre", "l1", "11 octobre"),
    ("le 1o", "1o", "le 10"),
    ("le O2", "O2", "le 02"),
    ("1s/10/2026", "1s/10/2026", "15/10/2026"),
    ("15/1o", "15/1o", "15/10"),
    ("15102026", "15102026", "15/10/2026"),
    ("151026", "151026", "15/10/26"),
    ("15/102026", "15/102026", "15/10/2026"),
    ("15/10/026", "15/10/026", "15/10/26"),
    ("15 10 026", "15 10 026", "15/10/26"),
    ("15 10/2026", "15 10/2026", "15/10/2026"),
    ("15/10,2026", "15/10,2026", "15/10/2026"),
    ("15/10 2026", "15/10 2026", "15/10/2026"),
    ("15,10,2026", "15,10,2026", "15/10/2026"),
    ("15;10;2026", "15;10;2026", "15/10/2026"),
    ("15:10:2026", "15:10:2026", "15/10/2026"),
    ("15*10*2026", "15*10*2026", "15/10/2026"),
    ("31022026", None, None),
    ("310226", None, None),
    ("310126", "310126", "31/01/26"),
    ("15/10/202", "15/10/202", "15/10"),
    ("15/10/20266", "15/10/20266", "15/10"),
    ("15/10/0202", "15/10/0202", "15/10"),
    ("15/10/2026", None, None),
    ("fin octobre 20 26", "20 26", "fin octobre 2026"),
    ("fin octobre 20 46", None, None),
    ("15/10/20 26", "20 26", "15/10/2026"),
    ("15/10/20&26", "20&26", "15/10/2026"),
    ("15/10/", "15/10/", "15/10"),
    ("15/10/ 26", None, None),
    ("15 novmebre 2026", "novmebre", "15 novembre 2026"),
    ("3 mios", "mios", "3 mois"),
    ("15 octbre", "octbre", "15 octobre"),
    ("fin jullet", "jullet", "fin juillet"),
    ("3 moins", None, None),
    ("le 15 mais", None, None),
    ("10 jour", None, None),
    ("3 semanes", "semanes", "3 semaines"),
    ("fin semaines", None, None),
    ("mi fevrer", "fevrer", "mi fevrier"),
    ("12 rue", None, None),
    ("1 demi", None, None),
    ("300226", None, None),
    ("010 jours", None, None),
    ("15 1O 2026", None, None),
    ("1o0", "1o0", "100"),
    ("15|10", "15|10", "15110"),
    ("a1o", None, None),
    ("5/oct/2026", None, None),
    ("5-oct-26", None, None),
    ("5/oct/ab", None, None),
    ("12-ab-2026", "12-ab-2026", "12-08-2026"),
    ("a5/10/26", "a5/10/26", "15/10/26"),
    ("x5/10/2026", "x5/10/2026", "x5/10/2026"),
    ("290224", "290224", "29/02/24"),
    ("290225", None, None),
    ("29022024", "29022024", "29/02/2024"),
    ("29022025", None, None),
    ("3é juin", "3é", "3é juin"),
    ("o1 octobre", "o1", "01 octobre"),
    ("le l2", "l2", "le 12"),
    ("l2", None, None),
    ("3 mosi", "mosi", "3 mois"),
    ("20261005", "20261005", "05/10/2026"),
    ("20261305", None, None),
    ("5/1026", "5/1026", "5/10/26"),
    ("31/0926", None, None),
    ("510/2026", "510/2026", "5/10/2026"),
    ("05!10!2026", "05!10!2026", "05/10/2026"),
    ("5,10,26", "5,10,26", "5/10/26"),
    ("5,13,26", None, None),
    ("5 0ctobre 2026", "0ctobre", "5 octobre 2026"),
    ("15/13/026", "15/13/026", "15/13"),
    ("15/10/26vu", None, None),
]
#: What is typed in a deadline, the words at fault, or the question that it asks.
PARTS = [
    ("plus de 48h", "plus de"),
    ("15/11 fait", "fait"),
    ("15/11/2026 au plus tôt", "au plus tôt"),
    ("S1 2027", "semaine ou semestre ?"),
    ("S1 2027 (15/10/2026)", ""),
    ("15/1O/2026", "15/1O/2026"),
]


@pytest.mark.parametrize(("typed", "part", "meant"), KEYS)
def test_a_figure_typed_as_what_stands_on_its_key(
    typed: str, part: str | None, meant: str | None
) -> None:
    found = mistyped(typed)
    expected = None if part is None else (part, meant)
    assert (found and (typed[found[0] : found[1]], found[2])) == expected


@pytest.mark.parametrize(("typed", "part", "meant"), SLIPS)
def test_a_date_with_a_slip(typed: str, part: str | None, meant: str | None) -> None:
    assert slip(clean(typed)) == (None if part is None else (part, meant))


@pytest.mark.parametrize(("typed", "part"), PARTS)
def test_what_is_at_fault_in_a_deadline(typed: str, part: str) -> None:
    assert read_deadline(typed, ROW, ON).part == part
