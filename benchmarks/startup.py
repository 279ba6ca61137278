"""What start-up must not import: `python -m benchmarks.startup` fails when it comes back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.scales import ON

_ALWAYS = frozenset({
    "PIL", "cryptography", "holidays", "jinja2", "msoffcrypto", "numpy", "olefile", "openpyxl",
    "pandas", "starlette", "typst", "uvicorn",
})  # fmt: skip
_EXAMPLE = Path(__file__).parent.parent / "examples" / "exemples-4-et-5.xlsx"
#: What each command must not import, by its words.
FORBIDDEN: Mapping[tuple[str, ...], frozenset[str]] = {
    ("--help",): _ALWAYS | {"pydantic", "lxml", "python_calamine", "rapidfuzz"},
    ("--version",): _ALWAYS | {"pydantic", "lxml", "python_calamine", "rapidfuzz"},
    ("check", str(_EXAMPLE), "--date", ON.isoformat()): _ALWAYS,
}
_IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s*(\w+)", re.MULTILINE)


def imported(arguments: Sequence[str]) -> set[str]:
    """The packages that a command imports, run as a process of its own on its output's pipe."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cedre_xlsx", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode not in (0, 1):  # 1: check found something
        raise SystemExit(f"{' '.join(arguments)}\n{done.stderr}")
    return set(_IMPORTED.findall(done.stderr))


def back_again() -> list[str]:
    """A sentence for each command that imports what it must not."""
    said = []
    for arguments, forbidden in FORBIDDEN.items():
        heavy = sorted(imported(arguments) & forbidden)
        if heavy:
            said.append(f"cedre-xlsx {arguments[0]} imports {', '.join(heavy)}")
    return said


def main() -> None:
    """Exit 1 when start-up is heavy again."""
    said = back_again()
    print("\n".join(said) or "Start-up is light.")
    sys.exit(1 if said else 0)


if __name__ == "__main__":
    main()
