"""Parts added up: what all lines in one workbook would say, in whatever order they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cedre_xlsx.federation.adding import Total
from cedre_xlsx.federation.amounts import added, bounds, is_exact
from cedre_xlsx.federation.model import HIDDEN, Amount, Between, Figure, Part, Structure, TableLine
from cedre_xlsx.federation.proof import Proof
from cedre_xlsx.federation.standing import own_place, quartiles, standing
from cedre_xlsx.federation.united import United
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.schema.errors import CedreError
from tests.federation.federations.generated import added as united_of
from tests.federation.federations.generated import exact_parts, structure
from tests.federation.federations.plain import wrong_cells, wrong_figures
from tests.federation.test_reading import part

START = date(2024, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [StructureKind.AI, StructureKind.ACI])
def test_the_sum_of_exact_parts_is_the_count_of_all_lines(kind: StructureKind) -> None:
    made = [structure(seed, 12, kind, START) for seed in (1, 2, 3)]
    parts = [exact_parts(one, (2024, 2025)) for one in made]
    for place, year in enumerate((2024, 2025)):
        united = united_of([own[place] for own in parts])
        assert list(wrong_figures(united, made, year)) == []
        assert list(wrong_cells(united, made, year)) == []


def one(name: str, **changed: Any) -> Part:
    return part(structure=Structure(name=name), histograms={}, **changed)


def counts(*amounts: Amount) -> list[Part]:
    """A structure for each number of its active file."""
    return [
        one(f"S{rank}", figures={"active": Figure(value=n, numerator=n, unknown=0)}, tables={})
        for rank, n in enumerate(amounts)
    ]


def total(parts: Sequence[Part]) -> United:
    return united_of(list(parts))


def test_what_they_come_to_does_not_depend_on_their_order() -> None:
    hours = (0.1, 0.2, 0.3, 1e8)
    parts = [
        one(f"S{rank}", figures={"mission_hours": Figure(value=n, numerator=n, unknown=0)})
        for rank, n in enumerate(hours)
    ]
    found = {repr(total(list(order))) for order in permutations(parts)}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("amounts", "said", "known"),
    [
        ((3, 4), 7, 7),
        ((30, Between(least=0, most=4)), Between(least=30, most=34), 30),
        ((30, HIDDEN), Between(least=30, most=None), 30),
        ((HIDDEN, Between(least=5, most=9)), Between(least=5, most=None), None),
        ((30, None), 30, 30),
        ((None, None), None, None),
    ],
)
def test_a_total_is_as_exact_as_what_is_said(
    amounts: tuple[Amount, ...], said: Amount, known: float | None
) -> None:
    [figure] = total(counts(*amounts)).figures
    assert (figure.value, figure.known) == (said, known)


def test_a_rate_divides_the_sums() -> None:
    def rated(name: str, counted: int, whole: int) -> Part:
        value = counted / whole if whole else None
        return one(
            name,
            figures={
                "durable_exit_rate": Figure(
                    value=value, numerator=counted, denominator=whole, unknown=0
                )
            },
        )

    [figure] = total([rated("A", 1, 2), rated("B", 9, 98), rated("C", 0, 0)]).figures
    assert (figure.value, figure.numerator, figure.denominator) == (0.1, 10, 100)
    assert figure.by_structure == {"a": 0.5, "b": 9 / 98}


def test_full_time_equivalents_are_divided_by_each_structure_s_own_hours() -> None:
    def worked(name: str, hours: float, base: float | None) -> Part:
        value = hours / base if base else None
        figure = Figure(value=value, numerator=hours, denominator=base, unknown=0)
        return one(name, figures={"etp": figure})

    [figure] = total([worked("A", 3640.0, 1820), worked("B", 1607.0, 1607)]).figures
    assert (figure.value, figure.numerator, figure.denominator) == (3.0, 5247.0, None)
    [figure] = total([worked("A", 3640.0, 1820), worked("B", 1607.0, None)]).figures
    assert (figure.value, figure.denominator, figure.given) == (2.0, 1820, 1)


def test_months_are_told_as_the_widest_of_them() -> None:
    def told(name: str, heading: str, lines: dict[str, Amount]) -> Part:
        rows = tuple(
            TableLine(labels={heading: label}, cells={"Entrées": n}) for label, n in lines.items()
        )
        whole = added(lines.values())
        end = TableLine(labels={heading: "Total"}, cells={"Entrées": whole}, is_total=True)
        return one(name, tables={"months": (*rows, end)})

    by_month = {f"2025-{month:02}": month for month in range(1, 13)}
    quarters: dict[str, Amount] = {
        "2025-T1": 5, "2025-T2": Between(least=0, most=4), "2025-T3": 7, "2025-T4": 8,
    }  # fmt: skip
    [table] = total([told("A", "Mois", by_month), told("B", "Trimestre", quarters)]).tables
    assert [(line.labels, line.cells["Entrées"], line.is_total) for line in table.lines] == [
        ({"Trimestre": "2025-T1"}, 11, False),
        ({"Trimestre": "2025-T2"}, Between(least=15, most=19), False),
        ({"Trimestre": "2025-T3"}, 31, False),
        ({"Trimestre": "2025-T4"}, 41, False),
        ({"Trimestre": "Total"}, Between(least=98, most=102), True),
    ]
    assert table.lines[1].known == {"Entrées": 15}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (one("B", year=2024), "sont de 2024, non de 2025"),
        (one("B", definitions="0" * 16), "définitions sont autres"),
        (one("a"), "déjà comptée"),
        (one("B", public=False, threshold=None), "non protégés"),
    ],
    ids=["year", "definitions", "twice", "unprotected"],
)
def test_what_does_not_add_up_is_refused_and_the_rest_goes_on(other: Part, why: str) -> None:
    found = Total(2025)
    found.add(one("A"))
    with pytest.raises(CedreError, match=why):
        found.add(other)
    found.add(one("C"))
    assert [who.structure.name for who in found.united.structures] == ["A", "C"]
    assert found.united == total([one("A"), one("C")])


def test_a_siret_tells_two_structures_of_one_name() -> None:
    same = [Structure(name="Relais", siret=f"{rank:014}") for rank in (1, 2)]
    assert len(total([part(structure=who, histograms={}) for who in same]).structures) == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7.0], (7, 7, 7)),
        ([1.0, 2.0], (1, 1.5, 2)),
        ([5.0, 1.0, 3.0, 2.0, 4.0], (2, 3, 4)),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], (2, 3.5, 5)),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], (2.5, 4, 5.5)),
    ],
)
def test_quartiles_are_the_medians_of_the_halves(
    values: list[float], expected: tuple[float, ...]
) -> None:
    assert quartiles(values) == expected


def test_places_are_told_from_five_structures_on() -> None:
    [four] = total(counts(10, 20, 30, 40)).figures
    assert (standing(four), own_place(four, "s0")) == (None, None)
    [five] = total(counts(10, 20, 20, 40, 50, HIDDEN)).figures
    found, place = standing(five), own_place(five, "s1")
    assert found is not None
    assert (found.structures, found.first_quartile, found.third_quartile) == (5, 20, 40)
    assert place is not None
    assert (place.value, place.under, place.level, place.above) == (20, 1, 1, 2)
    assert own_place(five, "s5") is None  # its own is hidden
    assert own_place(five, "nobody") is None


AMOUNTS = st.one_of(
    st.integers(0, 50),
    st.builds(lambda low, more: Between(least=low, most=low + more), st.integers(0, 20),
              st.integers(4, 15)),
    st.just(HIDDEN),
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(AMOUNTS, min_size=2, max_size=6), st.data())
def test_nobody_finds_what_another_hides(amounts: list[Amount], data: st.DataObject) -> None:
    """The reader knows all exact numbers of one structure, and which of the others give theirs;
    then even all others' own. What the totals leave is no less than what the part itself says.
    """
    me = data.draw(st.integers(0, len(amounts) - 1))
    mine = truth(data, amounts[me])
    united, proof = total(counts(*amounts)), Proof()
    for one_part in counts(*amounts):
        proof.add(one_part)
    [figure] = united.figures
    assert proof.unproven(united) == ()
    low, high = bounds(figure.value)
    for place, hidden in enumerate(amounts):
        if place == me or is_exact(hidden):
            continue
        others = [one for n, one in enumerate(amounts) if n not in (place, me)]
        all_others = mine + sum(truth(data, one) for one in others)
        least, most = bounds(hidden)
        assert low - all_others <= least
        assert high is None or (most is not None and high - all_others >= most)
    exact = [one for one in amounts if isinstance(one, int)]
    assert figure.known == (sum(exact) if exact else None)


def truth(data: st.DataObject, said: Amount) -> int:
    """A number that a part may hide."""
    low, high = bounds(said)
    return data.draw(st.integers(int(low), int(low) + 60 if high is None else int(high)))


def test_a_total_that_tells_more_than_the_parts_is_hidden() -> None:
    parts, proof = counts(30, Between(least=0, most=4), 20), Proof()
    for one_part in parts:
        proof.add(one_part)
    united = total(parts)
    assert proof.proven(united) is united
    telling = [total(counts(30, told, 20)) for told in (3, Between(least=1, most=4))]
    for other in telling:
        [figure] = proof.proven(other).figures
        assert (figure.value, figure.numerator, figure.known) == (HIDDEN, HIDDEN, None)


def test_a_reader_of_all_totals_is_left_with_every_number_that_a_part_hides() -> None:
    """Three structures, whose figures add up; the reader knows the first one exactly, and tries
    every number that the others may have.
    """
    hidden = Between(least=0, most=4)
    told = [(5, 6, 11), (hidden, hidden, 7), (6, hidden, hidden)]
    names = ("actions.done", "actions.dropped", "actions")
    parts = [
        one(
            f"S{rank}",
            figures={
                name: Figure(value=n, numerator=n, unknown=0)
                for name, n in zip(names, said, strict=True)
            },
        )
        for rank, said in enumerate(told)
    ]
    totals = [bounds(figure.value) for figure in total(parts).figures]
    assert [figure.id for figure in total(parts).figures] == [names[2], names[0], names[1]]
    ranges = dict(zip((names[2], names[0], names[1]), totals, strict=True))
    left: set[int] = set()
    for done, dropped, others_done, others_dropped in product(range(12), repeat=4):
        worlds = {
            "actions.done": 5 + done + others_done,
            "actions.dropped": 6 + dropped + others_dropped,
            "actions": 11 + done + dropped + others_done + others_dropped,
        }
        if all(
            least <= worlds[name] and (most is None or worlds[name] <= most)
            for name, (least, most) in ranges.items()
        ):
            left.add(done)
    assert left >= {0, 1, 2, 3, 4}
