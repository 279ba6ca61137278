"""The sheet « Personnes en double »: it names people, so that the team can settle doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cedre_xlsx.federation.consolidation import Consolidation, Seen
from cedre_xlsx.federation.sheets.figures import origin_of
from cedre_xlsx.federation.sheets.page import Page
from cedre_xlsx.method.french import listed
from cedre_xlsx.reports.layout import Heading, height_of
from cedre_xlsx.workbook.generated import SheetRow, Value

PEOPLE = "Personnes en double"
_COLUMNS = (
    Heading("N°", 6), Heading("Antenne", 22), Heading("Personne", 30),
    Heading("Année de naissance", 11), Heading("Ce qui est compté", 42), Heading("Pourquoi", 44),
)  # fmt: skip
_HINT = (
    "Cette feuille nomme des personnes : ne pas la diffuser. Une année de naissance ou un N° PASS "
    "IAE, notés dans les classeurs, lèvent un doute ; puis refaire la consolidation."
)
_DOUBT = "Un doute : comptées comme des personnes différentes."
_ONCE, _AGAIN = "Une fois : {}.", "Dans chaque antenne : {}."
_NOWHERE = "Dans une seule antenne à la fois : rien à corriger."


def people_page(consolidation: Consolidation) -> Page:
    """Who is counted once, and who may be one person: doubts first."""
    doubts, shared = consolidation.doubts, consolidation.shared
    rows: list[SheetRow] = []
    for number, doubt in enumerate(doubts, start=1):
        rows += _rows(number, doubt.people, _DOUBT, doubt.why)
    for number, one in enumerate(shared, start=len(doubts) + 1):
        said = []
        if one.counted:
            said.append(_ONCE.format(", ".join(one.counted)))
        if one.again:
            said.append(_AGAIN.format(", ".join(one.again)))
        rows += _rows(number, one.people, " ".join(said) or _NOWHERE, one.why)
    told = [f"Doutes : {len(doubts)}", f"suivies dans plusieurs antennes : {len(shared)}"]
    return Page(
        title=PEOPLE,
        heading=PEOPLE,
        hint=_HINT,
        legend=f"{listed(told, 'et')}." if rows else "Personne n'est suivi dans deux antennes.",
        origin=origin_of(consolidation),
        columns=_COLUMNS,
        rows=rows,
        frozen=3,
    )


def _rows(number: int, people: Sequence[Seen], said: str, why: str) -> Iterator[SheetRow]:
    for seen in people:
        values: tuple[Value, ...] = (
            number, seen.antenna, seen.name, seen.birth_year, said, why
        )  # fmt: skip
        yield SheetRow("body:cttdnn", values, height_of(values, _COLUMNS))
