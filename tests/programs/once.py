"""The workbook that was lived in, as each program saves it: once a run of the tests, not once for
each module that begins with it, in whatever process.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from cedre_xlsx import api
from tests.conftest import RUN_FOLDER
from tests.programs.drivers import Saved
from tests.programs.lived import LATER, NAME, action_cell, lived
from tests.programs.measure import BY_NAME


@cache
def saved_once(name: str) -> Saved:
    """What the program saves of it, with one text of Suivi changed."""
    found: list[Saved] = []

    def make() -> bytes:
        found.append(BY_NAME[name].saved([(lived(), action_cell(lived()))])[0])
        return found[0].data

    data = _once(f"{name} saved", make)
    return found[0] if found else Saved(data)


@cache
def refreshed_once(name: str) -> bytes:
    """The same, refreshed."""

    def make() -> bytes:
        saved = saved_once(name)
        assert not saved.error, saved.error
        with TemporaryDirectory() as folder:
            path = Path(folder) / NAME
            path.write_bytes(saved.data)
            api.refresh(path, on=LATER)
            return path.read_bytes()

    return _once(f"{name} refreshed", make)


def _once(name: str, make: Callable[[], bytes]) -> bytes:
    """What another process left there, else what is made, and left unless it is nothing."""
    known = blake2b(lived(), digest_size=8).hexdigest()
    path = Path(os.environ[RUN_FOLDER]) / f"{name} {known}"
    if path.exists():
        return path.read_bytes()
    data = make()
    if data:
        half = path.with_name(f"{path.name} {os.getpid()}")
        half.write_bytes(data)
        half.replace(path)
    return data
