"""The differences for programs: the keys are a contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cedre_xlsx.merging.comparing.changes import Change, Differences, LineDifference


def json_object(found: Differences) -> dict[str, Any]:
    """What differs; the texts of blank cells are "", the rows of lines that are not there null."""
    return {
        "related": found.related,
        "summary": {
            **{change.value: found.count(change) for change in Change},
            "people": len(found.people),
        },
        "remarks": list(found.remarks),
        "people": [
            {
                "name": person.name,
                "former": person.former or None,
                "advisor": person.advisor,
                "lines": [_line(line) for line in person.lines],
            }
            for person in found.people
        ],
        "sheets": [
            {"title": sheet.title, "lines": [_line(line) for line in sheet.lines]}
            for sheet in found.sheets
        ],
    }


def _line(line: LineDifference) -> dict[str, Any]:
    return {
        "change": line.change.value,
        "sheet": line.sheet,
        "line": line.line,
        "before_row": line.before_row or None,
        "after_row": line.after_row or None,
        "doubtful": line.doubtful,
        "cells": [asdict(cell) for cell in line.cells],
    }
