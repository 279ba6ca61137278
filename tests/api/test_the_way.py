"""How often a command goes through the file: what each step does for itself grows unseen else."""

from __future__ import annotations

import sys
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from cedre_xlsx import api
from tests import package_checker
from tests.small_association import LATER, refreshed_workbook


@dataclass
class Way:
    """What was done with the file: times that it was opened, that its zip was, bytes inflated."""

    path: Path
    opened: int = 0
    zips: int = 0
    inflated: int = 0


#: The one that counts now: a hook of audit is there for good.
_now: list[Way] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _now and str(arguments[0]) == str(_now[-1].path):
        _now[-1].opened += 1


sys.addaudithook(_audit)


class _Inflater:
    """zlib's, which counts what it gives."""

    def __init__(self, inflater: Any, way: Way) -> None:
        self._inflater, self._way = inflater, way

    def decompress(self, *arguments: Any) -> bytes:
        given: bytes = self._inflater.decompress(*arguments)
        self._way.inflated += len(given)
        return given

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inflater, name)


@pytest.fixture
def way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Way:
    path, other = tmp_path / "suivi.xlsx", tmp_path / "autre.xlsx"
    for one in (path, other):
        one.write_bytes(refreshed_workbook())
    # What is imported at first is not counted; of another name, as tests read a file once.
    api.refresh(other, on=LATER, dry_run=True)
    other.unlink()
    monkeypatch.setattr(package_checker, "check_package", lambda data: [])  # it inflates too
    counted = Way(path)
    opened, inflater, inflated = zipfile.ZipFile.__init__, zlib.decompressobj, zlib.decompress

    def init(self: Any, file: Any, *arguments: Any, **options: Any) -> None:
        counted.zips += isinstance(file, BytesIO) and file.getvalue() == refreshed_workbook()
        opened(self, file, *arguments, **options)

    def decompress(*arguments: Any, **options: Any) -> bytes:
        given = inflated(*arguments, **options)
        counted.inflated += len(given)
        return given

    monkeypatch.setattr(zipfile.ZipFile, "__init__", init)
    monkeypatch.setattr(zlib, "decompressobj", lambda *given: _Inflater(inflater(*given), counted))
    monkeypatch.setattr(zlib, "decompress", decompress)
    return counted


def whole() -> int:
    with zipfile.ZipFile(BytesIO(refreshed_workbook())) as package:
        return sum(one.file_size for one in package.infolist())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("verb", "opened", "zips", "inflated"),
    [
        (api.check, 1, 1, 0.9),
        # before, to hold it while it is replaced (and to make what replaces it, as it is
        # protected), and just before it is
        (api.refresh, 3, 1, 1.15),
    ],
    ids=lambda one: getattr(one, "__name__", None),
)
def test_the_way(verb: Any, opened: int, zips: int, inflated: float, way: Way) -> None:
    size = whole()
    way.zips = way.inflated = 0
    _now.append(way)
    try:
        verb(way.path, on=LATER)
    finally:
        _now.clear()
    assert (way.opened, way.zips) == (opened, zips)
    assert way.inflated <= inflated * size
