"""Many files at once: `python -m benchmarks.many [--workbooks 60,600] [--structures 60,600]`.

Workbooks of size S counted as antennas, and ten years of parts of so many structures added up:
whole `consolidate` processes, beside one `stats`, in one run. The table goes to MANY.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scales import ON

_HERE = Path(__file__).parent
_DATA = _HERE / "data"
#: Bounds: of a workbook beside one `stats`, of two processes beside one, of the driver's memory
#: (MiB), of ten times as many files beside ten times the cost, of all parts (seconds).
_OF_STATS, _OF_TWO, _MIB, _LINEAR, _SECONDS = 0.5, 1.8, 300, 1.2, 60
_LARGEST = 600


@dataclass(frozen=True)
class Run:
    """A whole process: wall and CPU seconds, its children's included; its own peak memory, MiB."""

    name: str
    files: int
    seconds: float
    cpu: float
    peak: float

    @property
    def line(self) -> str:
        """Its line of the table."""
        each = 1000 / self.files
        return (
            f"| {self.name} | {self.seconds:.1f} | {self.cpu:.1f} | {self.seconds * each:.0f} | "
            f"{self.cpu * each:.0f} | {self.peak:.0f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", default="4,8", help="how many; 60,600 is the real measure")
    parser.add_argument("--structures", default="2,4", help="how many, each of ten years of parts")
    asked = parser.parse_args()
    workbooks = [*map(int, asked.workbooks.split(","))]
    structures = [*map(int, asked.structures.split(","))]
    stats = _best([_stats() for _ in range(3)])
    of_workbooks = {(n, w): _workbooks(n, w) for n in workbooks for w in (1, 2)}
    of_parts = {n: _parts(n) for n in structures}
    text = _report(stats, of_workbooks, of_parts)
    (_HERE / "MANY.md").write_text(text, encoding="utf-8")
    print(text)


def _stats() -> Run:
    path = str(_DATA / "S.xlsx")
    _made("workbooks", 1)
    return _timed("`stats` of one workbook", 1, ["stats", path, "--year", str(ON.year)])


def _workbooks(count: int, processes: int) -> Run:
    several = f"{count} workbooks, {processes} process{'es' * (processes > 1)}"
    options = ["--year", str(ON.year), "--workers", str(processes)]
    return _timed(several, count, ["consolidate", _made("workbooks", count), *options, *_RESULT])


def _parts(structures: int) -> Run:
    files = structures * 10
    name = f"{files:,} parts of {structures} structures"
    return _timed(name, files, ["consolidate", _made("parts", structures), *_RESULT])


_RESULT = ["-o", str(_DATA / "consolidated.xlsx"), "--force"]


def _made(what: str, count: int) -> str:
    """The folder of these files, made in a process of its own."""
    argv = [sys.executable, "-m", "benchmarks.many_files", what, str(count)]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def _timed(name: str, files: int, arguments: list[str]) -> Run:
    print(f"  {name}", file=sys.stderr)
    argv = [sys.executable, "-m", "benchmarks.many", "run", *arguments, "--date", ON.isoformat()]
    started = time.perf_counter()
    done = subprocess.run(argv, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    cpu, peak = map(float, done.stderr.split()[-2:])
    return Run(name, files, seconds, cpu, peak)


def _run(arguments: list[str]) -> None:
    """A command, then on the error stream what it cost: CPU seconds, its own peak memory."""
    from cedre_xlsx.cli import main as command

    status: object = 0
    try:
        command(arguments)
    except SystemExit as end:
        status = end.code
    own, children = (
        resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    cpu = sum(one.ru_utime + one.ru_stime for one in (own, children))
    print(cpu, own.ru_maxrss / 1024, file=sys.stderr)
    raise SystemExit(status)


def _best(runs: list[Run]) -> Run:
    return min(runs, key=lambda run: run.cpu)


def _report(stats: Run, workbooks: dict[tuple[int, int], Run], parts: dict[int, Run]) -> str:
    few, many = (number(count for count, _ in workbooks) for number in (min, max))
    one, two = workbooks[many, 1], workbooks[many, 2]
    small, large = parts[min(parts)], parts[max(parts)]
    targets = [
        ("a workbook, CPU, of one `stats`", one.cpu / one.files / stats.cpu, _OF_STATS, True),
        (f"two processes of one, {many} workbooks", one.seconds / two.seconds, _OF_TWO, False),
        (f"memory of who gives out {many} workbooks, MiB", two.peak, _MIB, True),
        (f"CPU of {many} workbooks, beside {many // few} times that of {few}",
         one.cpu / workbooks[few, 1].cpu * few / many, _LINEAR, True),
        (f"CPU of {large.files:,} parts, beside {large.files // small.files} times that of "
         f"{small.files:,}", large.cpu / small.cpu * small.files / large.files, _LINEAR, True),
        (f"{large.files:,} parts, seconds", large.seconds, _SECONDS, True),
    ]  # fmt: skip
    lines = [
        "# Many files",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}, "
        f"Python {platform.python_version()}; load {os.getloadavg()[0]:.1f} at the end. Whole "
        "processes, one after the other; CPU with that of the processes that they start, memory "
        "of the first alone.",
        "",
        "| what | seconds | CPU s | ms a file | CPU ms a file | MiB |",
        "|---|---:|---:|---:|---:|---:|",
        *(run.line for run in (stats, *workbooks.values(), *parts.values())),
        "",
        "| target | bound | measured | reached |",
        "|---|---:|---:|---|",
    ]
    for said, measured, bound, is_most in targets:
        reached = measured <= bound if is_most else measured >= bound
        sign = "≤" if is_most else "≥"
        lines.append(
            f"| {said} | {sign} {bound:g} | {measured:.3g} | {'yes' if reached else 'no'} |"
        )
    if many < _LARGEST:
        lines += ["", f"Not the real measure, which is of {_LARGEST} workbooks and structures."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        _run(sys.argv[2:])
    main()
