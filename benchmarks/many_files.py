"""Hundreds of workbooks and thousands of parts, made once out of a few, each unlike the others."""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from benchmarks.scales import ON
from benchmarks.sizes import workbook_of

YEARS = range(ON.year - 9, ON.year + 1)
_NAME = "Essai"  # how all names begin in the workbook that is varied
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def workbooks(count: int, folder: Path) -> Path:
    """The folder of so many workbooks of size S, whose people have other names in each."""
    made = folder / f"workbooks-{count}"
    if len(list(made.glob("*.xlsx"))) == count:
        return made
    made.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(workbook_of("S", folder)) as source:
        members = [(name, source.read(name)) for name in source.namelist()]
    for number in range(count):
        (made / f"structure {number:03}.xlsx").write_bytes(_varied(members, number))
    return made


def _varied(members: list[tuple[str, bytes]], number: int) -> bytes:
    new = _code(number)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for name, data in members:
            changed = data.replace(_NAME.encode(), new.encode())
            target.writestr(name, changed.replace(b"des Essais", f"no {number}".encode()))
    return made.getvalue()


def _code(number: int) -> str:
    """A beginning of names that is near no other: each letter depends on the whole number."""
    letters = []
    for place in range(len(_NAME)):
        number = number * 7919 + 104_729 * (place + 1)
        letters.append(_LETTERS[number // 31 % len(_LETTERS)])
    return "".join(letters).capitalize()


def parts(count: int, folder: Path) -> Path:
    """The folder of what so many structures share of ten years."""
    from cedre_xlsx.federation.protecting import shared_part
    from cedre_xlsx.workbook.read import read_workbook

    made = folder / f"parts-{count}"
    if len(list(made.glob("*.json"))) == count * len(YEARS):
        return made
    made.mkdir(parents=True, exist_ok=True)
    records = read_workbook(workbook_of("S", folder), on=ON).records
    shared = [shared_part(records, year, on=ON) for year in YEARS[-3:-1]]
    for number in range(count):
        name = f"Structure {number:03}"
        for year in YEARS:
            part = shared[(number + year) % len(shared)]
            structure = part.structure.model_copy(update={"name": name})
            told = {"structure": structure, "year": year, "counted_on": date(year + 1, 1, 15)}
            text = part.model_copy(update=told).to_json()
            (made / f"{name} {year}.json").write_text(text, encoding="utf-8")
    return made


if __name__ == "__main__":
    make = {"workbooks": workbooks, "parts": parts}[sys.argv[1]]
    print(make(int(sys.argv[2]), Path(__file__).parent / "data"))
