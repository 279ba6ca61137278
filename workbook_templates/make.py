"""Make `cedre.xlsx`, the ready-made workbook.

`python workbook_templates/make.py` writes; with `--check` it only says whether it is stale, and
exits 1 when it is.
"""

from __future__ import annotations

import argparse
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from cedre_xlsx.api import workbook_bytes
from cedre_xlsx.workbook.template.filling import Filling

TEMPLATE = Path(__file__).parent / "cedre.xlsx"


def is_stale() -> bool:
    """Whether the workbook on disk is missing, or is not the one that would be made now."""
    if not TEMPLATE.is_file():
        return True
    return _parts(TEMPLATE.read_bytes()) != _parts(workbook_bytes(Filling()))


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """The parts of a package in their order: two builds of zlib may compress them differently."""
    with ZipFile(BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def main() -> int:
    """Write, or with --check compare; 1 when the workbook is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 when stale")
    if not parser.parse_args().check:
        TEMPLATE.write_bytes(workbook_bytes(Filling()))
        print(TEMPLATE)
        return 0
    if is_stale():
        print(
            "workbook_templates/cedre.xlsx is stale: run python workbook_templates/make.py",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
