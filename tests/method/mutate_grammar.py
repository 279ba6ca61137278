"""Are the tests of the grammar sharp? Change it one spot at a time, and see whether one fails.

    python -m tests.method.mutate_grammar [--module NAME]... [--workers N] [--every N]

The changes are those of `mutate_rules.py`; besides, each line of a table is taken out. It takes
some minutes, and is not part of the tests.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from tests.rules.mutate_rules import ROOT, Mutant, mutants, preload, run_tests

METHOD = Path("cedre_xlsx/method")
MODULES = (
    "grammar/calendar_days", "grammar/delays", "grammar/expression", "grammar/periods",
    "grammar/slips", "grammar/times", "grammar/words", "grammar/keyboard", "grammar/residue",
    "deadlines", "deadline_parts", "deadline_dates", "date_cells", "durations",
)  # fmt: skip
#: The tests; those of a module's own table notice most, and come first.
TESTS = (
    "method/test_grammar", "method/test_grammar_slips", "method/test_durations",
    "method/test_dates", "method/test_corpus", "method/test_deadlines",
    "workbook/read/test_spellings", "workbook/read/test_proposals",
)  # fmt: skip
OWN = {
    "grammar/times": "method/test_durations", "durations": "method/test_durations",
    "grammar/slips": "method/test_grammar_slips", "grammar/keyboard": "method/test_grammar_slips",
    "date_cells": "method/test_dates",
}  # fmt: skip
#: What pytest loads for itself: loaded once, as the libraries.
PLUGINS = ("hypothesis.strategies", "openxml_audit", "pytest_cov.plugin", "xdist.plugin")
OPTIONS = ("--noconftest", "-W", "ignore::pytest.PytestAssertRewriteWarning")
ENOUGH = 0.97
#: How many texts are remembered: more or fewer change nothing to what is read.
KEPT = ("16384", "65536")


def lines_out(module: str, text: str) -> Iterator[Mutant]:
    """Each table without one of its lines."""
    count = sum(len(table.elts) for table in _tables(ast.parse(text)))
    for rank in range(count):
        tree, at = ast.parse(text), rank
        for table in _tables(tree):
            if at < len(table.elts):
                line = table.elts.pop(at)
                yield Mutant(module, line.lineno, "one line less", ast.unparse(tree))
                break
            at -= len(table.elts)


def _tables(tree: ast.Module) -> Iterator[ast.Tuple]:
    for node in tree.body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.value, ast.Tuple)
            and "Expression" in ast.unparse(node.annotation)
        ):
            yield node.value


class Changed(MetaPathFinder, Loader):
    """Gives the module with its change instead of the one of the folder; the others stay."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"cedre_xlsx.method.{mutant.module.replace('/', '.')}"
        self.source = mutant.source

    def find_spec(self, fullname: str, _: object, __: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.source, module.__dict__)


def survives(mutant: Mutant) -> bool:
    """Whether no test notices the change; the module itself stays as it is."""
    own = OWN.get(mutant.module, "method/test_grammar")
    rest = [one for one in TESTS if one != own]
    changed = Changed(mutant)
    sys.meta_path.insert(0, changed)
    try:
        return all(
            run_tests(ROOT, [*OPTIONS, *(f"tests/{one}.py" for one in some)])
            for some in ([own], rest)
        )
    finally:
        sys.meta_path.remove(changed)


def main() -> int:
    """Print the survivors and the share that was noticed; 1 below 97 %, 2 where nothing is sure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--module", action="append", default=[])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="one change in so many")
    options = parser.parse_args()
    preload()
    for plugin in PLUGINS:
        import_module(plugin)
    sys.dont_write_bytecode = False  # of what is not changed
    wanted = []
    for module in options.module or MODULES:
        text = (ROOT / METHOD / f"{module}.py").read_text(encoding="utf-8")
        wanted += [*mutants(module, text), *lines_out(module, text)]
    wanted = [one for one in wanted if one.what.partition(" ")[0] not in KEPT][:: options.every]
    words = (ROOT / METHOD / "grammar/words.py").read_text(encoding="utf-8")
    if not survives(Mutant("grammar/words", 0, "", ast.unparse(ast.parse(words)))):
        print("the tests fail before any change")
        return 2
    print(f"{len(wanted)} changes", flush=True)
    killed = 0
    with ProcessPoolExecutor(options.workers, get_context("fork")) as pool:
        tried = zip(wanted, pool.map(survives, wanted), strict=True)
        for rank, (mutant, alive) in enumerate(tried, start=1):
            killed += not alive
            if rank % 25 == 0:
                print(f"… {killed} of {rank} noticed", flush=True)
            if alive:
                print(f"{mutant.module}.py:{mutant.line}: {mutant.what}", flush=True)
    print(f"{killed} of {len(wanted)} changes noticed ({killed / len(wanted):.1%})")
    return 0 if killed >= ENOUGH * len(wanted) else 1


if __name__ == "__main__":
    sys.exit(main())
