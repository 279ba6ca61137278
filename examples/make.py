"""Make the example workbooks, each refreshed on its own day, and the list of planted faults.

`python examples/make.py` writes; with `--check` it only says what is stale, and exits 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from cedre_xlsx import api
from cedre_xlsx.demonstration.association import association
from cedre_xlsx.demonstration.seed_examples import examples_4_and_5
from cedre_xlsx.reports.csv_text import csv_text
from cedre_xlsx.schema.tables import DATA_TABLES
from cedre_xlsx.workbook.template.filling import Filling

FOLDER = Path(__file__).parent
#: The days on which the examples are looked at.
SEED_DAY = date(2003, 5, 10)
ASSOCIATION_DAY = date(2026, 9, 30)


def seed_workbook(name: str) -> bytes:
    """M. Christian and Mme Carine."""
    return _refreshed(name, examples_4_and_5(), SEED_DAY)


def association_workbook(name: str) -> bytes:
    """The invented association, with its planted faults."""
    return _refreshed(name, association(ASSOCIATION_DAY).filling, ASSOCIATION_DAY)


def planted_faults(_: str) -> bytes:
    """The faults of the association: code, sheet, row and heading of the cell."""
    sheets = {spec.table: spec.sheet for spec in DATA_TABLES}
    rows = [("Code", "Feuille", "Ligne", "Colonne")]
    rows += sorted(
        (fault.code, sheets[fault.table], str(fault.row), fault.heading)
        for fault in association(ASSOCIATION_DAY).faults
    )
    return b"\xef\xbb\xbf" + csv_text(rows).encode("utf-8")


#: What is made: its name, and what makes its bytes.
MADE: tuple[tuple[str, Callable[[str], bytes]], ...] = (
    ("exemples-4-et-5.xlsx", seed_workbook),
    ("association.xlsx", association_workbook),
    ("fautes-plantees.csv", planted_faults),
)


def _refreshed(name: str, filling: Filling, on: date) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(api.workbook_bytes(filling))
        api.refresh(path, on=on)
        return path.read_bytes()


def is_stale(name: str, data: bytes) -> bool:
    """Whether the file on disk is missing, or is not what would be made now."""
    path = FOLDER / name
    return not path.is_file() or _content(path.read_bytes()) != _content(data)


def _content(data: bytes) -> object:
    """The parts of a package in their order: two builds of zlib may compress them differently."""
    if not data.startswith(b"PK"):
        return data
    with ZipFile(BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def main() -> int:
    """Write, or with --check compare; 1 when something is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 when stale")
    if not parser.parse_args().check:
        for name, make in MADE:
            (FOLDER / name).write_bytes(make(name))
            print(FOLDER / name)
        return 0
    stale = [name for name, make in MADE if is_stale(name, make(name))]
    for name in stale:
        print(f"examples/{name} is stale: run python examples/make.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
