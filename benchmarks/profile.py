"""Where the time of a command goes, step by step: `python -m benchmarks.profile check L.xlsx`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.scales import ON

_READING = (
    ("cedre_xlsx.workbook.read", "raw_workbook", "cells: python-calamine, proofs of safety"),
    ("cedre_xlsx.workbook.read", "read_raw", "rows: what the cells mean, Pydantic"),
)
#: The steps of each command, none within another: a function by its module, and what it does.
STEPS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "check": (
        *_READING,
        ("cedre_xlsx.api.checking", "run", "people with their lines, the rules"),
        ("cedre_xlsx.api.checking", "finding_filter", "filters"),
    ),
    "refresh": (
        *_READING,
        ("cedre_xlsx.api.refreshing", "run", "people with their lines, the rules"),
        ("cedre_xlsx.api.refreshing", "_sheets", "the generated sheets' lines"),
        ("cedre_xlsx.workbook.package.splice", "splice", "old sheets, XML, deflating"),
        ("cedre_xlsx.api.refreshing", "_replace", "the file"),
    ),
    "stats": (
        *_READING,
        ("cedre_xlsx.reports.statistics", "compute", "counting, in pandas"),
    ),
}
_REST = "imports, output, freeing memory"


def profile(command: str, path: Path) -> dict[str, float]:
    """The wall seconds of each step of a command, run here, by what the step does."""
    started = time.perf_counter()
    spent: dict[str, float] = {}
    for module, name, said in STEPS[command]:
        _time(import_module(module), name, said, spent)
    from cedre_xlsx.cli import main

    year = ["--year", str(ON.year)] if command == "stats" else []
    with suppress(SystemExit):
        main([command, str(path), "--date", ON.isoformat(), *year])
    spent[_REST] = time.perf_counter() - started - sum(spent.values())
    return spent


def _time(module: Any, name: str, said: str, spent: dict[str, float]) -> None:
    timed: Callable[..., Any] = getattr(module, name)

    def timing(*arguments: Any, **options: Any) -> Any:
        started = time.perf_counter()
        try:
            return timed(*arguments, **options)
        finally:
            spent[said] = spent.get(said, 0.0) + time.perf_counter() - started

    setattr(module, name, timing)


def measured(command: str, path: Path) -> dict[str, float]:
    """The same, in a process of its own."""
    argv = [sys.executable, "-m", "benchmarks.profile", command, str(path)]
    done = subprocess.run(
        argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", check=True
    )
    steps: dict[str, float] = json.loads(done.stderr.splitlines()[-1])
    return steps


if __name__ == "__main__":
    print(json.dumps(profile(sys.argv[1], Path(sys.argv[2]))), file=sys.stderr)
