"""Measure everything in one run and write RESULTS.md: `python -m benchmarks [--sizes S,M,L]`."""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import office
from benchmarks.profile import STEPS, measured
from benchmarks.scales import ON, SIZES
from benchmarks.startup import back_again

_HERE = Path(__file__).parent
_DATA = _HERE / "data"
#: LibreOffice saving a workbook, and the same without any conditional format.
_OFFICE, _BARE = "LibreOffice save", "LibreOffice save, no colours"
#: python-calamine reading the export that is poured: ten lines for each person of the size.
_EXPORT = "calamine-export"
_LIBRARIES = ("openpyxl", "python-calamine", "pandas", "pydantic", "lxml", "click", "wolfxl")


@dataclass
class Measure:
    """One command on one size: seconds and peak memory (MiB) of each whole process.

    `copied` is what it works on: a copy of the first file, made again before each run.
    """

    name: str
    argv: list[str]
    copied: tuple[Path, Path] | None = None
    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    def run(self) -> None:
        """Once, as a process of its own."""
        if self.copied is not None:
            shutil.copy(*self.copied)
        started = time.perf_counter()
        child = subprocess.Popen(
            self.argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment()
        )
        assert child.stderr is not None
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):  # 1: check found something
            raise SystemExit(f"{' '.join(self.argv)}\n{said.decode()}")
        self.seconds.append(time.perf_counter() - started)
        self.peak = max(self.peak, usage.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    """As on a user's machine, where modules were compiled when they were installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="S,M,L", help="among S, M, L")
    parser.add_argument(
        "--runs", type=int, default=5, help="of each command, in turn; 1 is no measure"
    )
    asked = parser.parse_args()
    if heavy := back_again():
        raise SystemExit("\n".join(heavy))
    sizes = asked.sizes.split(",")
    results = {size: _measure(size, asked.runs) for size in sizes}
    text = _report(results, asked.runs)
    (_HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


def _measure(size: str, runs: int) -> list[Measure]:
    print(f"{size} : {SIZES[size]} personnes", file=sys.stderr)
    # in a process of its own: a child's peak memory is never below its parent's
    subprocess.run([sys.executable, "-m", "benchmarks.sizes", size], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.exports", size], check=True)
    measures = _measures(_DATA / f"{size}.xlsx")
    if runs > 1:  # untimed: bytecode is written, files are in memory; one shows that all run
        for measure in measures:
            measure.run()
            measure.seconds.clear()
    for turn in range(runs):
        for measure in measures:
            print(f"  {turn + 1}/{runs} {measure.name}", file=sys.stderr)
            measure.run()
    return measures


def _measures(path: Path) -> list[Measure]:
    """Floors and peers, then ours: `refresh` on a new copy, and on one that is refreshed."""
    python = sys.executable
    floors = ["click", "inflate", "calamine", "pandas", "openpyxl-read", "openpyxl-replace"]
    if importlib.util.find_spec("wolfxl"):
        floors.append("wolfxl-replace")
    ours = [python, "-m", "cedre_xlsx"]
    date = ["--date", ON.isoformat()]
    fresh, copy = (path.with_name(f"{path.stem}.{name}.xlsx") for name in ("fresh", "refreshed"))
    shutil.copy(path, copy)
    return [
        *(Measure(name, [python, "-m", "benchmarks.floors", name, str(path)]) for name in floors),
        Measure("cedre-xlsx --help", [*ours, "--help"]),
        Measure("cedre-xlsx check", [*ours, "check", str(path), *date]),
        Measure("cedre-xlsx refresh", [*ours, "refresh", str(fresh), *date], (path, fresh)),
        Measure("cedre-xlsx refresh, again", [*ours, "refresh", str(copy), *date]),
        Measure("cedre-xlsx stats", [*ours, "stats", str(path), "--year", str(ON.year), *date]),
        *_import(path),
        *_office(path),
    ]


def _import(path: Path) -> list[Measure]:
    """Reading an export of applications, and pouring it into an empty workbook."""
    export, empty, poured = (
        path.with_name(f"{path.stem}.{name}.xlsx") for name in ("export", "empty", "poured")
    )
    pour = [sys.executable, "-m", "cedre_xlsx", "import", str(export), str(poured)]
    date = ["--date", ON.isoformat()]
    return [
        Measure(_EXPORT, [sys.executable, "-m", "benchmarks.floors", _EXPORT, str(export)]),
        Measure("cedre-xlsx import", [*pour, *date], (empty, poured)),
    ]


def _office(path: Path) -> list[Measure]:
    """What the colours of the sheets that people fill cost in LibreOffice, where it is."""
    if office.program() is None:
        return []
    command = [sys.executable, "-m", "benchmarks.office"]
    return [
        Measure(_OFFICE, [*command, "save", str(path)]),
        Measure(_BARE, [*command, "bare", str(path)]),
    ]


def _report(results: dict[str, list[Measure]], runs: int) -> str:
    sizes = list(results)
    first, last = sizes[0], sizes[-1]
    lines = [
        "# Results",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}, "
        f"Python {platform.python_version()}; {_versions()}.",
        f"Medians of {runs} whole processes taken in turn; ratios to python-calamine reading the "
        "three tables; peak memory in MiB.",
    ]
    for size, measures in results.items():
        floor = next(m.median for m in measures if m.name == "calamine")
        lines += ["", f"## {size}: {SIZES[size]:,} people", ""]
        lines += ["| command | seconds | × calamine | MiB |", "|---|---:|---:|---:|"]
        lines += [
            f"| {m.name} | {m.median:.2f} | {m.median / floor:.2f} | {m.peak:.0f} |"
            for m in measures
        ]
    lines += ["", "## Targets", "", "| target | measured | reached |", "|---|---:|---|"]
    lines += [_target_line(target, results) for target in TARGETS if _is_measured(target, results)]
    if first != last:
        times = SIZES[last] / SIZES[first]
        lines += ["", f"## Growth from {first} to {last} (× {times:.0f} people)", ""]
        lines += ["| command | × seconds |", "|---|---:|"]
        lines += [
            f"| {small.name} | {large.median / small.median:.1f} |"
            for small, large in zip(results[first], results[last], strict=True)
        ]
    lines += ["", f"## Where the time goes, on {last}"]
    lines += _profiles(_DATA / f"{last}.xlsx")
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Target:
    """A bound on the ratio of two commands' seconds, or on the peak memory of one (MiB)."""

    size: str
    ours: str
    most: float
    other: str = ""  # what ours is divided by; nothing: memory

    @property
    def text(self) -> str:
        """As it is said."""
        what = f"`{self.ours}` of {self.size}"
        return (
            f"{what} ≤ {self.most:g} × {self.other}"
            if self.other
            else f"{what} ≤ {self.most:g} MiB"
        )


TARGETS = (
    Target("S", "cedre-xlsx --help", 1.5, "click"),
    Target("S", "cedre-xlsx check", 3, "cedre-xlsx --help"),
    Target("L", "cedre-xlsx check", 2.5, "calamine"),
    Target("L", "cedre-xlsx stats", 2.5, "calamine"),
    Target("L", "cedre-xlsx refresh", 0.1, "openpyxl-replace"),
    Target("L", "cedre-xlsx refresh", 1, "wolfxl-replace"),
    Target("L", "cedre-xlsx refresh", 400),
    Target("L", "cedre-xlsx import", 3, _EXPORT),
    Target("M", _OFFICE, 1.5, _BARE),
    Target("L", _OFFICE, 1.5, _BARE),
)


def _is_measured(target: Target, results: dict[str, list[Measure]]) -> bool:
    names = {measure.name for measure in results.get(target.size, ())}
    return bool(names) and {target.ours, target.other or target.ours} <= names


def _target_line(target: Target, results: dict[str, list[Measure]]) -> str:
    measures = {measure.name: measure for measure in results[target.size]}
    ours = measures[target.ours]
    value = ours.median / measures[target.other].median if target.other else ours.peak
    reached = "yes" if value <= target.most else "no"
    return f"| {target.text} | {value:.3g} | {reached} |"


def _profiles(path: Path) -> list[str]:
    """Where the time of each command goes, on a workbook."""
    lines = []
    for command in STEPS:
        copy = path.with_name(f"{path.stem}.profiled.xlsx")
        shutil.copy(path, copy)
        steps = measured(command, copy)
        total = sum(steps.values())
        lines += ["", f"### {command}: {total:.2f} s", "", "| step | seconds | share |"]
        lines += ["|---|---:|---:|"]
        lines += [f"| {said} | {s:.2f} | {s / total:.0%} |" for said, s in steps.items()]
    return lines


def _versions() -> str:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    main()
