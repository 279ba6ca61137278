"""Workbooks saved again by Python libraries: run by drivers.py with an interpreter that has them.

Reads jobs from standard input as JSON, [{"program", "source", "target", "sheet", "cell", "text"}],
and prints for each what went wrong, null when nothing did.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

Job = Mapping[str, str]


def openpyxl(job: Job) -> None:
    from openpyxl import load_workbook

    book = load_workbook(job["source"])
    book[job["sheet"]][job["cell"]].value = job["text"]
    book.save(job["target"])


def wolfxl(job: Job) -> None:
    import wolfxl

    book = wolfxl.load_workbook(job["source"], modify=True)
    book[job["sheet"]][job["cell"]].value = job["text"]
    book.save(job["target"])


def rustypyxl(job: Job) -> None:
    import rustypyxl

    book = rustypyxl.load_workbook(job["source"])
    book[job["sheet"]][job["cell"]].value = job["text"]
    book.save(job["target"])


def oxlsx(job: Job) -> None:
    import oxlsx

    book = oxlsx.load_workbook(job["source"])
    book[job["sheet"]][job["cell"]] = job["text"]
    book.save(job["target"])


def aspose(job: Job) -> None:
    from aspose.cells_foss import Workbook

    book = Workbook(job["source"])
    sheet = next(one for one in book.worksheets if one.name == job["sheet"])
    sheet.cells[job["cell"]].value = job["text"]
    book.save(job["target"])


PROGRAMS: dict[str, Callable[[Job], Any]] = {
    "openpyxl": openpyxl,
    "wolfxl": wolfxl,
    "rustypyxl": rustypyxl,
    "oxlsx": oxlsx,
    "aspose": aspose,
}


def main() -> None:
    errors: list[str | None] = []
    for job in json.load(sys.stdin):
        try:
            PROGRAMS[job["program"]](job)
            errors.append(None)
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
    json.dump(errors, sys.stdout)


if __name__ == "__main__":
    main()
