"""Reading a workbook, whatever people did to it: every row back, or what could not be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from cedre_xlsx.files.copies import conflict_copies
from cedre_xlsx.files.protection import digest_on_disk
from cedre_xlsx.method.text import readable
from cedre_xlsx.ooxml.members import OpenZip
from cedre_xlsx.workbook.read.assemble import Reading, read_raw
from cedre_xlsx.workbook.read.formats import read_bytes
from cedre_xlsx.workbook.read.raw import RawWorkbook
from cedre_xlsx.workbook.read.rivals import copies_in_doubt
from cedre_xlsx.workbook.read.source import open_file, raw_workbook
from cedre_xlsx.workbook.read.typed_rows import records_from_rows

__all__ = ["Reading", "read_data", "read_whole", "read_workbook", "records_from_rows"]


def read_workbook(path: Path, *, on: date) -> Reading:
    """Read a workbook (.xlsx, .xlsm, .ods), which is only read.

    `on` is the day of the count: two-digit years are placed around it. What cannot be understood
    in a cell is a problem of the reading; CedreError says why a file cannot be read at all.
    """
    return read_data(read_bytes(path), path, on=on)


def read_data(data: bytes, path: Path, *, on: date) -> Reading:
    """What is understood of the bytes of a file; what lies beside `path` is looked at too."""
    return read_whole(open_file(data, path), path, on=on)[1]


def read_whole(file: OpenZip, path: Path, *, on: date) -> tuple[RawWorkbook, Reading]:
    """The cells of a file, and what is understood of them."""
    workbook = raw_workbook(file, path)
    reading = read_raw(workbook, on=on, sha256=digest_on_disk(file.data))
    copies = tuple(readable(other.name) for other in conflict_copies(path))
    doubts = copies_in_doubt(path, reading.records, on)
    records = replace(
        reading.records,
        rival_copies=copies,
        likely_copies=tuple(readable(other.name) for other in doubts),
    )
    return workbook, replace(reading, records=records)
