"""People of several antennas: who is one, who may be, who is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cedre_xlsx.federation.people import BY_BIRTH, BY_NAME, BY_PASS, Somebody, matched
from cedre_xlsx.method.text import name_key


def somebody(name: str, year: int | None = None, number: str = "") -> Somebody:
    years = frozenset([year]) if year else frozenset[int]()
    return Somebody(name, name_key(name), years, frozenset(filter(None, [number])))


#: What is in each antenna; who is one person, and why; who may be.
CASES: dict[str, tuple[list[list[Somebody]], list[tuple[list[str], str]], list[list[str]]]] = {
    "name and year": (
        [[somebody("Petit Léa", 1990)], [somebody("LEA PETIT", 1990)]],
        [(["Petit Léa", "LEA PETIT"], BY_BIRTH)],
        [],
    ),
    "other years are two people": (
        [[somebody("Petit Léa", 1990)], [somebody("Petit Léa", 1991)]],
        [],
        [],
    ),
    "a year is lacking": (
        [[somebody("Petit Léa", 1990)], [somebody("Petit Léa")]],
        [(["Petit Léa", "Petit Léa"], BY_NAME)],
        [],
    ),
    "fits two fits nobody": (
        [[somebody("Petit Léa", 1990)], [somebody("Petit Léa", 1991)], [somebody("Petit Léa")]],
        [],
        [["Petit Léa"] * 3],
    ),
    "homonyms of one antenna": (
        [[somebody("Petit Léa"), somebody("Petit Léa")], [somebody("Petit Léa")]],
        [],
        [["Petit Léa"] * 3],
    ),
    "same PASS, a word in common": (
        [[somebody("Petit Léa", 1990, "999992139048")],
         [somebody("Roux Léa", 1990, "999992139048")]],
        [(["Petit Léa", "Roux Léa"], BY_PASS)],
        [],
    ),
    "same PASS, other names": (
        [[somebody("Petit Léa", 1990, "999992139048")],
         [somebody("Roux Ana", 1990, "999992139048")]],
        [],
        [["Petit Léa", "Roux Ana"]],
    ),
    "other PASS, no year": (
        [[somebody("Petit Léa", None, "999992139048")],
         [somebody("Petit Léa", None, "999992139049")]],
        [],
        [],
    ),
    "one letter apart, same year": (
        [[somebody("Martin Leïla", 1990)], [somebody("Martin Leïlas", 1990)]],
        [],
        [["Martin Leïla", "Martin Leïlas"]],
    ),
    "one letter apart, other years": (
        [[somebody("Martin Leïla", 1990)], [somebody("Martin Leïlas", 1971)]],
        [],
        [],
    ),
    "in three antennas": (
        [[somebody("Petit Léa", 1990)], [somebody("Petit Léa", 1990)], [somebody("Petit Léa")]],
        [(["Petit Léa"] * 3, BY_NAME)],
        [],
    ),
    "linked by PASS to two who differ": (
        [[somebody("Petit Léa", 1990, "999992139048")],
         [somebody("Petit Roux Léa", None, "999992139048")],
         [somebody("Petit Roux Léa", 1971)]],
        [],
        [["Petit Léa", "Petit Roux Léa", "Petit Roux Léa"]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_is_one_person(name: str) -> None:
    antennas, same, doubts = CASES[name]
    found = matched(antennas)

    def names(people: Sequence[tuple[int, int]]) -> list[str]:
        return [antennas[antenna][index].name for antenna, index in people]

    assert [(names(one.people), one.why) for one in found.same] == same
    assert [names(one.people) for one in found.doubts] == doubts
