"""One command for each habit, in the environment that nox is installed in.

From the top of the project: `.venv/bin/nox -f .ci/noxfile.py -s test`. What stands after `--` is
handed on: `-s test -- tests/workbook/read/test_files.py -n0 --pdb`,
`-s bench -- --sizes S --runs 3`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import nox

ROOT = Path(__file__).parent.parent
#: The tests that `pytest` alone leaves out (pyproject.toml): together they are all of them.
REST = "slow or property or libreoffice or program or browser"
#: Slow tests too, but no random ones, and none of other programs.
ALONE = "not (property or libreoffice or program or browser)"
#: Modules of tests that reach most of the code from end to end, the longest first: each adds more
#: in its time than those that are left out, and all the tests would take ten times as long.
COVERING = (
    "api/test_api", "page/test_controle", "page/test_taking_over", "method/test_grammar",
    "federation/test_sharing", "page/test_safety", "workbook/package/test_old_notes",
    "federation/test_consolidate", "forms/test_pathway_review_print", "paperwork/test_boxes",
    "intake/test_mapping", "intake/test_tables", "workbook/read/test_open_document",
    "workbook/package/test_carry_over", "privacy/test_retention", "federation/test_work",
    "merging/test_lines",
)  # fmt: skip
#: Per cent of the statements that they reach at least: it was 77 when they were chosen.
COVERED = 75

nox.options.sessions = ["test", "lint"]
nox.options.default_venv_backend = "none"


def _python(session: nox.Session, *arguments: str) -> None:
    session.run(sys.executable, *arguments, external=True)


@nox.session
def test(session: nox.Session) -> None:
    """The tests that run while you wait."""
    session.chdir(ROOT)
    _python(session, "-m", "pytest", *session.posargs)


@nox.session
def rest(session: nox.Session) -> None:
    """The other tests: the slow ones, the random ones, those of other programs.

    One process more than there are processors: some of them wait.
    """
    session.chdir(ROOT)
    processes = f"-n={(os.cpu_count() or 1) + 1}"
    _python(session, "-m", "pytest", "-m", REST, processes, *session.posargs)


@nox.session(name="all")
def all_(session: nox.Session) -> None:
    """Every test, in one run."""
    session.chdir(ROOT)
    _python(session, "-m", "pytest", "-m", "", *session.posargs)


@nox.session
def cover(session: nox.Session) -> None:
    """What `COVERING` reaches: less than `COVERED` per cent of the statements fails.

    `-- --cov-report=term-missing` says what it does not.
    """
    session.chdir(ROOT)
    if sys.version_info >= (3, 12):
        session.env["COVERAGE_CORE"] = "sysmon"  # the cheapest there is
    with tempfile.TemporaryDirectory() as measured:
        session.env["COVERAGE_FILE"] = str(Path(measured, "coverage"))
        modules = [f"tests/{name}.py" for name in COVERING]
        asked = ("--cov", "--cov-report=", f"--cov-fail-under={COVERED}", "-m", ALONE)
        _python(session, "-m", "pytest", *asked, *modules, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Lint, format, types: nothing is changed."""
    session.chdir(ROOT)
    _python(session, "-m", "ruff", "check", ".")
    _python(session, "-m", "ruff", "format", "--check", ".")
    _python(session, "-m", "mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Make anew what is generated (`-- --check` only compares), and build the site."""
    session.chdir(ROOT)
    for made in ("workbook_templates", "examples", "docs"):
        _python(session, f"{made}/make.py", *session.posargs)
    with tempfile.TemporaryDirectory() as site:
        _python(
            session, "-m", "mkdocs", "build", "--strict", "-q", "-f", ".ci/mkdocs.yml", "-d", site
        )


@nox.session
def bench(session: nox.Session) -> None:
    """Measure whole commands; the table goes to benchmarks/RESULTS.md."""
    session.chdir(ROOT)
    _python(session, "-m", "benchmarks", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Build the wheel, install it bare in a new environment, and run the demo there."""
    session.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        new = Path(name)
        _python(session, "-m", "pip", "wheel", "-q", "--no-deps", "-w", name, ".")
        (wheel,) = new.glob("*.whl")
        _python(session, "-m", "venv", str(new / "env"))
        programs = new / "env" / ("Scripts" if os.name == "nt" else "bin")
        session.run(
            str(programs / "python"), "-m", "pip", "install", "-q", str(wheel), external=True
        )
        session.chdir(new)  # away from the sources: what is installed must be enough
        command = str(programs / "cedre-xlsx")
        session.run(command, "--version", external=True)
        session.run(command, "demo", external=True)
        (demo,) = (new / "demo-cedre").glob("*.xlsx")
        session.run(command, "check", str(demo), external=True, success_codes=[0, 1], silent=True)
        session.run(command, "refresh", str(demo), external=True)
        session.chdir(ROOT)
        (ROOT / "dist").mkdir(exist_ok=True)
        shutil.move(wheel, ROOT / "dist" / wheel.name)
        session.log(f"dist/{wheel.name} is ready")
