"""What is done to each file, here, in another process, or on another machine: the same function."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from cedre_xlsx._version import __version__
from cedre_xlsx.files.protection.keyring import without_asking
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.system_errors import system_words

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Task(Generic[R]):
    """What makes a result of a file. All are functions of a module, or `partial`s of them: they go
    to other processes by their name.

    `read` gives the bytes of a file as they lie on the disk, `work` what they say (its path is only
    what CedreError names); `dump` and `load` are a result as one line and back, `load` raising
    ValueError for what is none. `key` says with what options: results of another key are not taken
    up again. `batch` files go to a process at a time; of `worth` files a process is worth starting.
    """

    read: Callable[[Path], bytes]
    work: Callable[[bytes, Path], R]
    dump: Callable[[R], bytes]
    load: Callable[[bytes], R]
    key: str
    batch: int = 1
    worth: int = 4


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What became of a file: its result and its digest, or why it has none."""

    digest: str = ""
    value: R | None = None
    why: str = ""


class OtherVersionError(Exception):
    """A process elsewhere has another version of the tool."""


def run(
    task: Task[R], names: Sequence[str], contents: Sequence[bytes] | None, version: str
) -> list[Outcome[R]]:
    """The outcome of each file, in their order; `contents` are their bytes where this process may
    not see them.

    Names are texts: those of Windows are no paths elsewhere. Raises OtherVersionError where
    `version`, that of who asks, is not this one.
    """
    if version != __version__:
        raise OtherVersionError(__version__)
    given: Sequence[bytes | None] = [None] * len(names) if contents is None else contents
    return [_outcome(task, Path(name), data) for name, data in zip(names, given, strict=True)]


def _outcome(task: Task[R], path: Path, data: bytes | None) -> Outcome[R]:
    """Whatever a file holds, the others are still counted."""
    was_enabled = gc.isenabled()
    gc.disable()  # a workbook once read is millions of objects without a cycle
    try:
        with without_asking():
            stored = task.read(path) if data is None else data
            return Outcome(digest_of(stored, path), task.work(stored, path))
    except Exception as error:
        return Outcome(why=reason(error, path))
    finally:
        if was_enabled:
            gc.enable()


def digest_of(stored: bytes, path: Path) -> str:
    """What a file is known by from one run to the next: what it holds, and its name, which may
    say whose it is.
    """
    name = str(path).encode("utf-8", "surrogatepass")
    return hashlib.sha256(hashlib.sha256(name).digest() + stored).hexdigest()


def reason(error: Exception, path: Path) -> str:
    """Why a file has no result: the end of a sentence that began with its name, no value of it."""
    if isinstance(error, CedreError):
        return str(error).removeprefix(f"{path} : ").removeprefix(f"{readable(path.name)} : ")
    if isinstance(error, MemoryError):
        return "la mémoire de l'ordinateur n'y suffit pas."
    if isinstance(error, OSError):
        return f"le système a refusé ({system_words(error)})."
    return (
        f"l'outil ne connaît pas ce cas ({type(error).__name__}) ; « cedre-xlsx stats » sur ce "
        "fichier en dit plus."
    )
