"""How a verb opens a workbook, and what it asks of it: that it is one of ours, whole enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cedre_xlsx.files.protection import digest_on_disk
from cedre_xlsx.method.french import counted, listed
from cedre_xlsx.schema.errors import CedreError, ForeignWorkbookError
from cedre_xlsx.schema.generated_sheets import Knowledge
from cedre_xlsx.schema.losses import is_made_by_us
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.open_book import OpenBook as OpenBook
from cedre_xlsx.workbook.read import Reading, read_whole, read_workbook

_SHOWN = 6  # tabs named in a sentence
_LEAST_FOUND = 2  # one sheet alone may look like ours by chance


def open_book(path: Path, on: date) -> OpenBook:
    """A workbook of ours that can be written.

    Raises CedreError for another, and for one that cannot be read, or written without a loss.
    """
    from cedre_xlsx.workbook.read.formats import read_bytes

    return book_of(read_bytes(path), path, on)


def book_of(data: bytes, path: Path, on: date) -> OpenBook:
    """The same from its bytes; `path` is what CedreError names."""
    from cedre_xlsx.workbook.package.refusals import refuse_unspliceable
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.source import open_file, raw_workbook

    file = open_file(data, path)
    workbook = raw_workbook(file, path)
    refuse_unspliceable(file, path)
    reading = read_raw(workbook, on=on, sha256=digest_on_disk(data))
    refuse_others(path, reading)
    return OpenBook(file, workbook, reading)


def book_in(path: Path, on: date) -> OpenBook:
    """A workbook of ours that is only read, in any format."""
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.formats import read_bytes
    from cedre_xlsx.workbook.read.source import open_file, raw_workbook

    file = open_file(read_bytes(path), path)
    workbook = raw_workbook(file, path)
    reading = read_raw(workbook, on=on, sha256=digest_on_disk(file.data))
    refuse_others(path, reading)
    return OpenBook(file, workbook, reading)


def opened(path: Path, on: date) -> Reading:
    """The reading of a workbook of ours, without its anonymous lines: only statistics count them.

    Raises CedreError for another, or one that cannot be read.
    """
    return opened_whole(path, on).living


def opened_whole(path: Path, on: date) -> Reading:
    """The same with its anonymous lines."""
    return _of_ours(path, read_workbook(path, on=on))


def opened_book(path: Path, on: date) -> OpenBook:
    """The same with its bytes and its cells."""
    from cedre_xlsx.workbook.read.formats import read_bytes
    from cedre_xlsx.workbook.read.source import open_file

    file = open_file(read_bytes(path), path)
    workbook, reading = read_whole(file, path, on=on)
    refuse_others(path, reading)
    return OpenBook(file, workbook, reading)


def opened_to_count(path: Path, on: date) -> Reading:
    """The reading of a workbook of which something can be made: people, and what they did.

    Raises ForeignWorkbookError, with what was not found, for any other.
    """
    reading = opened_whole(path, on)
    refuse_uncountable(path, reading)
    return reading


def book_to_count(path: Path, on: date) -> OpenBook:
    """The same, with the bytes of which it is the reading, read once, and with its cells."""
    book = opened_book(path, on)
    refuse_uncountable(path, book.reading)
    return book


def _of_ours(path: Path, reading: Reading) -> Reading:
    refuse_others(path, reading)
    return reading


def refuse_uncountable(path: Path, reading: Reading) -> None:
    """Raise ForeignWorkbookError, with what was not found, where nothing can be counted."""
    people, *others = _found(reading.records).values()
    if not people or not any(others):
        lacks = _lacking(not_found(reading.records))
        raise ForeignWorkbookError(
            f"{path} : {lacks} ; rien n'est fait. Il faut Personnes et au moins une autre : "
            "redonnez leur nom aux feuilles ou leurs intitulés aux colonnes (cedre-xlsx check dit "
            "lesquels), ou reprenez une copie de sauvegarde."
        )


def refuse_unmerged(path: Path, records: Records) -> None:
    """Raise CedreError for a workbook with a sheet `Fusion`: it holds texts of two files, and lines
    that are no more, which nothing else follows.
    """
    if records.fusion is not None:
        raise CedreError(
            f"{path} : la feuille « {records.fusion.sheet} » est encore là ; terminez la fusion "
            "d'abord : cedre-xlsx merge --apply. Rien n'est écrit."
        )


def not_found(records: Records) -> tuple[str, ...]:
    """The sheets that people fill and that are not to be found, as a new workbook names them."""
    return tuple(name for name, is_found in _found(records).items() if not is_found)


def lacks_sentence(names: Sequence[str]) -> str:
    """What is said of work that was done without those sheets; "" when none lacks."""
    if not names:
        return ""
    without = "elle" if len(names) == 1 else "elles"
    return (
        f"{_lacking(names)} ; tout est fait sans {without}. Redonnez leur nom aux feuilles ou "
        "leurs intitulés aux colonnes (cedre-xlsx check dit lesquels), ou reprenez une copie de "
        "sauvegarde."
    )


def _lacking(names: Sequence[str]) -> str:
    missing = [f"« {name} »" for name in names]
    if len(missing) == 1:
        return f"la feuille {missing[0]} n'a pas été trouvée"
    return f"les feuilles {listed(missing)} n'ont pas été trouvées"


def is_ours(reading: Reading) -> bool:
    """Whether something says that a workbook is ours: its mark, a sheet of ours, two tables."""
    records = reading.records
    signed = bool(records.template_version) or any(
        one.how is not Knowledge.ABSENT for one in records.generated
    )
    return signed or sum(_found(records).values()) >= _LEAST_FOUND


def refuse_others(path: Path, reading: Reading) -> None:
    """Raise ForeignWorkbookError for a workbook that nothing says to be ours."""
    records = reading.records
    if is_ours(reading):
        return
    raise ForeignWorkbookError(
        f"{path} : ce n'est pas un classeur CEDRE : {_seen(reading.tabs)}, sans les colonnes de "
        f"{listed(list(not_found(records)), 'ni de')}. Pour en commencer un : "
        "cedre-xlsx new. Pour verser ce tableau dans votre classeur : cedre-xlsx import ; pour en "
        "faire un classeur : cedre-xlsx migrate."
    )


def refuse_unmade(path: Path, records: Records) -> None:
    """Raise CedreError for a workbook that the tool did not make: its lines may go into one."""
    if not is_made_by_us(records):
        raise CedreError(
            f"{path} : ce classeur n'a pas été fait par cedre-xlsx ; rien n'est écrit. Un classeur "
            "neuf (cedre-xlsx new) peut reprendre ses lignes."
        )


def _found(records: Records) -> dict[str, bool]:
    """Whether each sheet that people fill was found, Personnes first."""
    tables = (
        records.people, records.follow_ups, records.engagements, records.missions,
        records.barriers,
    )  # fmt: skip
    return {table.spec.sheet: table.found for table in tables}


def _seen(tabs: Sequence[str]) -> str:
    named = [f"« {tab} »" for tab in tabs[:_SHOWN]]
    if len(tabs) > _SHOWN:
        named.append(f"{counted(len(tabs) - _SHOWN, 'autre')}")
    if not named:
        return "il n'a aucune feuille de cellules"
    has = "sa seule feuille est" if len(tabs) == 1 else "ses feuilles sont"
    return f"{has} {listed(named)}"
