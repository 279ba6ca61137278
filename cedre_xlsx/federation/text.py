"""A part as a person reads it before it leaves: every number that the file holds."""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.federation.model import Amount, Between, Bin, Part, TableLine
from cedre_xlsx.federation.words import figure_labels, unit_of
from cedre_xlsx.method.french import counted
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.reports.statistics.definitions import Unit, table_definition
from cedre_xlsx.reports.statistics.shown import number_text, shown_label

_PER_CENT = 100
_MINUTES_AN_HOUR = 60
_DECIMALS = 2


def amount_text(amount: Amount, unit: Unit = Unit.COUNT) -> str:
    """A number as French people write it: exact, by its class ("5 à 9", "< 5"), or hidden."""
    if amount is None:
        return "–"
    if not isinstance(amount, Between):
        return _number(amount, unit)
    if amount.most is None:
        return f"au moins {_number(amount.least, unit)}" if amount.least else "masqué"
    if not amount.least and unit is Unit.COUNT:
        return f"< {_number(amount.most + 1, unit)}"
    return f"{_number(amount.least, unit)} à {_number(amount.most, unit)}"


def _number(value: float, unit: Unit) -> str:
    if unit is Unit.RATE:
        return f"{number_text(value * _PER_CENT, 1)} %"
    if unit is Unit.MINUTES:
        value /= _MINUTES_AN_HOUR
    return number_text(value, _DECIMALS)


def part_text(part: Part) -> str:
    """All that a part says, in French."""
    return "\n\n".join("\n".join([title, *lines]) for title, lines in part_sections(part))


def part_sections(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All that a part says, by subject: what each is called, and its lines."""
    who = part.structure
    yield (
        f"Partirait de {who.name}, pour {part.year}, comptés au {french_day(part.counted_on)} :",
        (f"  N° SIRET : {who.siret or '–'}", f"  Type de structure : {who.kind or '–'}"),
    )
    yield "Chiffres", tuple(_figures(part))
    for name, lines in part.tables.items():
        yield table_definition(name).title, tuple(map(_line, lines))
    if part.quality:
        told = " ; ".join(f"{code} : {amount_text(n)}" for code, n in part.quality.items())
        yield "Constats du contrôle, par règle", (f"  {told}",)
    if part.left_out:
        told = counted(part.left_out, "tableau de l'équipe", "tableaux de l'équipe")
        yield f"Laissé de côté : {told}, dont les mots ne sont d'aucune liste commune.", ()


def _line(line: TableLine) -> str:
    label = " · ".join(filter(None, line.labels.values()))
    cells = " ; ".join(f"{one} : {amount_text(n)}" for one, n in line.cells.items())
    return f"  {label} – {cells}"


def _figures(part: Part) -> Iterator[str]:
    for identifier, one in part.figures.items():
        unit = unit_of(identifier)
        label = shown_label(figure_labels()[identifier])
        value = amount_text(one.value, unit)
        more = f" (inconnus : {amount_text(one.unknown)})" if one.unknown else ""
        yield f"  {label} : {value}{more}"
        if bins := part.histograms.get(identifier):
            cases = " ; ".join(f"{_span(one)} : {one.count}" for one in bins)
            yield f"    cas, par jours ou semaines : {cases}"


def _span(one: Bin) -> str:
    if one.most is None:
        return f"{one.least} et plus"
    return f"{one.least}" if one.least == one.most else f"{one.least} à {one.most}"
