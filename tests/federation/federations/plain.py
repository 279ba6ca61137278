"""The totals of a federation counted again: plain loops over all rows of all workbooks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pytest

from cedre_xlsx.federation.amounts import bounds
from cedre_xlsx.federation.model import Amount
from cedre_xlsx.federation.united import United
from cedre_xlsx.schema.records import Records
from tests.federation.federations.generated import together
from tests.reports.statistics.test_oracle import ON, Recount

#: A table, the texts of a line joined, a column.
Cell = tuple[str, str, str]
_STAFF = ("active_per_support", "active_per_supervision")
UNSAID = "Non renseigné"


def figures(structures: Sequence[Records], year: int) -> Mapping[str, float | None]:
    """Every figure of all lines.

    The staff of each structure is that of all of them together; a workshop of two structures on
    one day is two, whatever they call it.
    """
    whole = together(structures)
    found = Recount(whole, year, ON).figures()
    for name in _STAFF:
        value = found[name]
        found[name] = None if value is None else value / len(structures)
    found["minutes"] = sum(Recount(one, year, ON).actions()["minutes"] or 0 for one in structures)
    return found


def cells(whole: Records, year: int) -> Mapping[Cell, int]:
    """The numbers of several tables, those that are not zero."""
    recount = Recount(whole, year, ON)
    found: Counter[Cell] = Counter()
    for row in recount.pathways:
        if recount.inside(row.registered) and row.registered is not None:
            found["months", f"{row.registered:%Y-%m}", "Entrées"] += 1
            found["Civilité", str(row.title or UNSAID), "Entrées"] += 1
        if not recount.inside(row.exited) or row.exited is None:
            continue
        category, reason = str(row.exit_category or UNSAID), row.exit_reason or UNSAID
        for where in (
            ("months", f"{row.exited:%Y-%m}"),
            ("exits", category),
            ("exit_reasons", f"{category} · {reason}"),
            ("Civilité", str(row.title or UNSAID)),
        ):
            found[*where, "Sorties"] += 1
            if where[0] in ("exits", "exit_reasons") and recount.is_countable(row):
                found[*where, "Comptées"] += 1
    for action in whole.follow_ups.rows:
        if action.day is not None and recount.inside(action.day):
            found["months", f"{action.day:%Y-%m}", "Actions"] += 1
    return found


def wrong_figures(united: United, structures: Sequence[Records], year: int) -> Iterator[str]:
    """Every figure whose total is not that of the lines, or whose range does not hold it."""
    expected = figures(structures, year)
    told = {one.id: one.value for one in united.figures}
    if set(told) - {"later_known"} != set(expected) - {"later_known"}:
        yield f"{year} : {sorted(set(told) ^ set(expected))}"
        return
    for name, value in expected.items():
        if not holds(told[name], value):
            yield f"{year}, {name} : {told[name]} pour {value}"


def wrong_cells(united: United, structures: Sequence[Records], year: int) -> Iterator[str]:
    """Every number of these tables that is not that of the lines."""
    expected = cells(together(structures), year)
    columns = {(table, column) for table, _, column in expected}
    told = {
        (table.name, " · ".join(filter(None, line.labels.values())), column): amount
        for table in united.tables
        for line in table.lines
        if not line.is_total
        for column, amount in line.cells.items()
        if (table.name, column) in columns
    }
    for where in sorted(set(told) | set(expected)):
        if not holds(told.get(where, 0), expected.get(where, 0)):
            yield f"{year}, {where} : {told.get(where)} pour {expected.get(where)}"


def holds(said: Amount, value: float | None) -> bool:
    """Whether a total is a number, or may be it."""
    if value is None or said is None:
        return value is None and (said is None or bounds(said)[0] != bounds(said)[1])
    least, most = bounds(said)
    near = pytest.approx(value, abs=1e-5)
    if least == most:
        return bool(least == near)
    return (least <= value or least == near) and (most is None or value <= most or most == near)
