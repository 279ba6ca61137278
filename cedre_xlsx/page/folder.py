"""The folder that the page may read and write in, and nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from cedre_xlsx.schema.errors import CedreError


def inside(folder: Path, name: str) -> Path:
    """A path below `folder`, which is resolved, from what a form or an address says of it.

    Raises CedreError for what leads out of it: a path from the root, `..`, a drive, a link.
    """
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    parts = (*windows.parts, *posix.parts)
    leads_out = windows.drive or windows.root or posix.root or ".." in parts or "\0" in name
    # A colon names a drive, or a stream beside a file.
    if not name or leads_out or ":" in name:
        raise outside(name)
    path = folder.joinpath(*windows.parts)
    if not path.resolve().is_relative_to(folder):
        raise outside(name)
    return path


def outside(name: str) -> CedreError:
    """What is said of such a path."""
    return CedreError(
        f"« {name} » n'est pas dans le dossier ouvert ; la page ne lit et n'écrit que là. Donnez "
        "un nom de fichier, sans chemin."
    )
