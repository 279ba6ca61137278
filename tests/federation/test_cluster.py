"""The same results over a Dask cluster as over this machine: a scheduler and two workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from cedre_xlsx.federation import cluster
from cedre_xlsx.federation.work import Failed, results
from cedre_xlsx.schema.errors import CedreError
from tests.federation.tasks import REFUSED, UNKNOWN, task
from tests.small_association import ON, new_workbook
from tests.support import ROOT

PATIENCE = 60  # seconds, for processes to start


@contextmanager
def running(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler on a port of its own, and that many workers; all end after."""
    told = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    python = [sys.executable, "-m"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = []

    def start(*arguments: str) -> None:
        command = [*python, *arguments, "--scheduler-file", str(told), "--no-dashboard"]
        started.append(subprocess.Popen(command, env=environment, cwd=folder, **quiet))  # type: ignore[call-overload]

    try:
        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        end = time.monotonic() + PATIENCE
        while not told.exists():
            assert time.monotonic() < end, "the scheduler does not start"
            assert started[0].poll() is None, "the scheduler ended"
            time.sleep(0.1)
        for _ in range(workers):
            start("distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny")
        yield json.loads(told.read_text(encoding="utf-8"))["address"]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_what_this_machine_gives(tmp_path: Path) -> None:
    """Files that cannot be read included, and one that no worker could see; then a whole
    `consolidate`, byte for byte.
    """
    many = [tmp_path / f"{number:02}.xlsx" for number in range(9)]
    for number, path in enumerate(many[:-1]):
        path.write_bytes({2: REFUSED, 4: UNKNOWN}.get(number, b"a" * number))
    here = list(results(many, task(2), workers=1))
    with running(tmp_path, workers=2) as address:
        there = list(results(many, task(2), scheduler=address))
        consolidated = {
            name: _consolidated(tmp_path, name, asked)
            for name, asked in (("ici", {"workers": 1}), ("ailleurs", {"scheduler": address}))
        }
    assert there == here
    assert consolidated["ailleurs"] == consolidated["ici"]
    assert [one.path.name for one in here if isinstance(one, Failed)] == [
        "02.xlsx",
        "04.xlsx",
        "08.xlsx",
    ]


def _consolidated(folder: Path, name: str, asked: dict[str, Any]) -> bytes:
    """The result over two antennas and a file that is none."""
    antennas = folder / "antennes"
    antennas.mkdir(exist_ok=True)
    for antenna in ("Nord", "Sud"):
        (antennas / f"{antenna}.xlsx").write_bytes(new_workbook())
    (antennas / "image.xlsx").write_bytes(b"\x89PNG")
    output = folder / f"{name}.xlsx"
    done = api.consolidate([antennas], output, on=ON, **asked)
    assert (done.files, len(done.left_out)) == (2, 1)
    return output.read_bytes()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("serveur", "« serveur » n'est pas l'adresse d'un cluster"),
        ("tcp://127.0.0.1:1", "aucun cluster ne répond à cette adresse"),
    ],
)
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_no_cluster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, sentence: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(CedreError, match=sentence):
        list(results([tmp_path / "a.xlsx"], task(), scheduler=address))


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CedreError, match=r"pip install 'cedre-xlsx\[cluster\]'"):
        list(results([tmp_path / "a.xlsx"], task(), scheduler="tcp://serveur:8786"))
