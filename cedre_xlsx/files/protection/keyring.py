"""Who gives the passwords of the protected workbooks of one run, and which were given already."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from cedre_xlsx.schema.errors import PasswordError

if TYPE_CHECKING:
    from cedre_xlsx.files.protection.cipher import Lock
    from cedre_xlsx.files.protection.envelope import Envelope

#: The environment variable that gives the password where nobody can type it.
VARIABLE = "CEDRE_XLSX_PASSWORD"
#: Asks somebody for the password of a file, of which so many were refused; None: nobody is there.
Ask = Callable[[Path, int], str | None]
ATTEMPTS = 3


class Keyring:
    """The passwords given so far, and what became of the files of this run.

    `given` are known beforehand. A password that opened a file is tried on the others first, the
    environment's next; then somebody is asked. `protected` are the files that were written with a
    password, `clear` those without one, though made in a run that opened protected files.
    """

    def __init__(self, ask: Ask | None = None, given: Sequence[str] = ()) -> None:
        self._ask = ask
        self._known = list(given)
        self._locks: dict[str, Lock] = {}
        self._one_at_a_time = threading.Lock()  # nobody answers two questions together
        self.protected: list[Path] = []
        self.clear: list[Path] = []

    @property
    def has_opened(self) -> bool:
        """Whether a protected file was opened."""
        return bool(self._locks)

    def lock(self, envelope: Envelope, path: Path) -> Lock:
        """How that file is opened; CedreError when nobody gives the right password."""
        from cedre_xlsx.files.protection.cipher import ensure_library, unlocked

        digest = hashlib.sha256(envelope.whole).hexdigest()
        with self._one_at_a_time:
            if digest in self._locks:
                return self._locks[digest]
            ensure_library(path)
            refused = _Refused()
            for password in self._candidates(path, refused):
                lock = unlocked(envelope, password)
                if lock is not None:
                    self.keep(digest, lock)
                    return lock
            raise refused.said(path)

    def keep(self, digest: str, lock: Lock) -> None:
        """Remember how the file of this digest is opened."""
        self._locks[digest] = lock
        if lock.password in self._known:
            self._known.remove(lock.password)
        self._known.insert(0, lock.password)

    def _candidates(self, path: Path, refused: _Refused) -> Iterator[str]:
        for password in tuple(self._known):
            yield password
            refused.known += 1
        told = os.environ.get(VARIABLE, "")
        if told and told not in self._known:
            yield told
        refused.variable = bool(told)
        while self._ask is not None and not _SILENT.get() and refused.asked < ATTEMPTS:
            answer = self._ask(path, refused.asked)
            if answer is None:
                return
            yield answer
            refused.asked += 1


class _Refused:
    """How many passwords were refused, by who gave them."""

    def __init__(self) -> None:
        self.known = self.asked = 0
        self.variable = False

    def said(self, path: Path) -> PasswordError:
        if self.asked:
            return PasswordError(
                f"{path} : {ATTEMPTS} mots de passe refusés ; le classeur n'est pas ouvert. "
                "Vérifiez les majuscules et le clavier, ou demandez-le à qui l'a protégé : sans "
                "lui, personne ne peut ouvrir ce fichier."
            )
        if self.variable:
            other = (
                "enlevez d'abord le mot de passe du classeur"
                if _SILENT.get()
                else "enlevez-la pour le taper"
            )
            return PasswordError(
                f"{path} : le mot de passe de la variable {VARIABLE} n'est pas celui de ce "
                f"classeur ; il n'est pas ouvert. Corrigez-la, ou {other}."
            )
        if _SILENT.get():
            return PasswordError(
                f"{path} : le classeur est protégé par un mot de passe, qui n'est pas demandé ici. "
                f"Mettez-le dans la variable d'environnement {VARIABLE}, ou enlevez-le d'abord du "
                "classeur."
            )
        if self.known:
            return PasswordError(
                f"{path} : le mot de passe donné n'est pas celui de ce classeur ; il n'est pas "
                f"ouvert. Donnez le sien, ou mettez-le dans la variable {VARIABLE}."
            )
        return PasswordError(
            f"{path} : le classeur est protégé par un mot de passe, et personne n'est là pour le "
            f"taper. Lancez la commande dans un terminal, ou mettez le mot de passe dans la "
            f"variable d'environnement {VARIABLE}."
        )


_HELD: ContextVar[Keyring | None] = ContextVar("cedre_xlsx_keyring", default=None)
_SILENT: ContextVar[bool] = ContextVar("cedre_xlsx_silent", default=False)


def held() -> Keyring:
    """The keyring of this run; outside any, one that the environment alone fills."""
    return _HELD.get() or Keyring()


@contextlib.contextmanager
def holding(keyring: Keyring) -> Iterator[Keyring]:
    """What is opened meanwhile is opened with that keyring."""
    token = _HELD.set(keyring)
    try:
        yield keyring
    finally:
        _HELD.reset(token)


@contextlib.contextmanager
def without_asking() -> Iterator[None]:
    """Meanwhile nobody is asked: what the passwords given so far do not open stays closed."""
    token = _SILENT.set(True)
    try:
        yield
    finally:
        _SILENT.reset(token)


def note_written(path: Path, *, protected: bool) -> None:
    """Remember that a file was written in a run that opened protected ones."""
    keyring = held()
    if keyring.has_opened:
        (keyring.protected if protected else keyring.clear).append(path)
