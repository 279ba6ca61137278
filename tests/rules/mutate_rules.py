"""Are the rules' tests sharp? Change the rules one spot at a time, and see whether a test fails.

    python -m tests.rules.mutate_rules [--module NAME]... [--workers N]

Each comparison is flipped, each `and` made an `or`, each `not` dropped, each number and each
threshold of Paramètres moved by one. A change that no test notices survives, and is listed. It
takes some minutes, and is not part of the tests. Works where processes fork (Linux, macOS).
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

#: Not that of `tests.support`, which would load the code before it is changed.
ROOT = Path(__file__).resolve().parents[2]
RULES = Path("cedre_xlsx/rules")
SECONDS = 120  # of one run of the tests: longer is an endless loop, and is noticed
#: The tests of each module; the others are under all of them.
TESTS = {
    "people": ["people"],
    "lacks": ["people", "pass", "after_exit"],
    "contract_over": ["after_exit", "people"],
    "later_situation": ["after_exit"],
    "exits": ["people"],
    "follow_up": ["follow_up"],
    "follow_up_lines": ["follow_up"],
    "engagements": ["engagements"],
    "engagement_reviews": ["engagements"],
    "missions": ["missions", "people"],
    "mission_hours": ["missions", "words"],
    "company_hours": ["missions"],
    "pass_iae": ["people", "pass"],
    "immersions": ["missions"],
    "mission_reviews": ["missions"],
    "attendance": ["follow_up"],
    "plausible_years": ["people", "follow_up", "engagements", "missions"],
    "plausible_days": ["follow_up", "engagements", "missions"],
    "plausible_people": ["people", "engagements"],
    "plausible_words": ["words", "follow_up"],
    "lone_texts": ["words"],
    "personal_data": ["personal_data"],
    "free_text": ["personal_data"],
    "workbook_state": ["workbook_state"],
    "previous": ["run"],
    "findings": ["run"],
    "select": ["run"],
}
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change in one module; `what` says it, `source` is the module once changed."""

    module: str
    line: int
    what: str
    source: str


def _originals(wanted: list[Mutant]) -> Iterator[Mutant]:
    """Each module as it is, written by the same hand as its mutants."""
    for module in dict.fromkeys(one.module for one in wanted):
        text = (ROOT / RULES / f"{module}.py").read_text(encoding="utf-8")
        yield Mutant(module, 0, "", ast.unparse(ast.parse(text)))


def mutants(module: str, text: str) -> Iterator[Mutant]:
    """Every change of a module, one at a time."""
    count = sum(1 for node in ast.walk(ast.parse(text)) for _ in spots(node))
    for wanted in range(count):
        tree = ast.parse(text)
        found = ((node, spot) for node in ast.walk(tree) for spot in spots(node))
        node, spot = next(pair for rank, pair in enumerate(found) if rank == wanted)
        before = ast.unparse(node)
        line = getattr(node, "lineno", 0)
        changed = change(tree, node, spot)
        what = f"{before}  →  {ast.unparse(changed)}"
        yield Mutant(module, line, what, ast.unparse(ast.fix_missing_locations(tree)))


def spots(node: ast.AST) -> Iterator[int]:
    """The places of a node that can be changed."""
    if isinstance(node, ast.Compare):
        yield from range(len(node.ops))
    elif (
        isinstance(node, ast.BoolOp)
        or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not))
        or (isinstance(node, ast.Constant) and type(node.value) is int)
        or (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "settings"
            and node.attr.rpartition("_")[2] in ("days", "months", "minutes", "hours")
        )
    ):
        yield 0


def change(tree: ast.AST, node: ast.AST, spot: int) -> ast.AST:
    """Change one place in the tree, and give what stands there now."""
    if isinstance(node, ast.Compare):
        node.ops[spot] = FLIPPED[type(node.ops[spot])]()
        return node
    if isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return node
    if isinstance(node, ast.Constant):
        node.value = int(node.value) + 1  # type: ignore[arg-type]
        return node
    made: ast.AST
    if isinstance(node, ast.UnaryOp):
        made = node.operand
    else:
        assert isinstance(node, ast.Attribute)
        copied = ast.Attribute(node.value, node.attr, node.ctx)
        made = ast.BinOp(copied, ast.Add(), ast.Constant(1))
    Replace(node, made).visit(tree)
    return made


class Replace(ast.NodeTransformer):
    """Put one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node where the old one was."""
        return self.new if node is self.old else self.generic_visit(node)


def run_tests(folder: Path, tests: list[str]) -> bool:
    """Whether the tests of a copy pass, in a process that has its libraries already."""
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        status = 1
        try:
            import pytest

            every = ["-m", "", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
            status = int(pytest.main([*every, *tests]))
        finally:  # whatever happened, this process ends here
            os._exit(status)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.02)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return False


def main() -> int:
    """Print the survivors and the share that was noticed; 1 below 95 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--module", action="append", default=[])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    preload()
    wanted = [
        mutant
        for path in sorted((ROOT / RULES).glob("*.py"))
        if path.stem in (options.module or TESTS)
        for mutant in mutants(path.stem, path.read_text(encoding="utf-8"))
    ]
    with ProcessPoolExecutor(options.workers, get_context("fork")) as pool:
        if not all(pool.map(survives, _originals(wanted))):
            print("the tests fail before any change")
            return 2
        survived = list(pool.map(survives, wanted))
    for mutant, alive in zip(wanted, survived, strict=True):
        if alive:
            print(f"{mutant.module}.py:{mutant.line}: {mutant.what}")
    killed = len(wanted) - sum(survived)
    print(f"{killed} of {len(wanted)} changes noticed ({killed / len(wanted):.1%})")
    return 0 if killed >= 0.95 * len(wanted) else 1


def survives(mutant: Mutant) -> bool:
    """Whether no test notices the change, tried in a copy."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in ("cedre_xlsx", "tests"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, copy / part, ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", copy)
        (copy / RULES / f"{mutant.module}.py").write_text(mutant.source, encoding="utf-8")
        return run_tests(
            copy, [f"tests/rules/test_{one}.py" for one in (*TESTS[mutant.module], "edges")]
        )


def preload() -> None:
    """The libraries that every run needs: loaded once, before the processes part."""
    import holidays
    import lxml.etree
    import openpyxl
    import pydantic
    import pytest
    import rapidfuzz

    del holidays, lxml, openpyxl, pydantic, pytest, rapidfuzz
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


if __name__ == "__main__":
    sys.exit(main())
