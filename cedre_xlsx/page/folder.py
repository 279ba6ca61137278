"""The folder that the page may read and write in, and nothing else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from cedre_xlsx.schema.errors import CedreError

#: What Windows takes for a device, whatever follows the first point.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
_LONGEST = 240  # bytes of a name, with room for the marks that are put beside it


def inside(folder: Path, name: str) -> Path:
    """A path below `folder`, which is resolved, from what a form or an address says of it.

    The same on every system. Raises CedreError for what leads out of it: a path from the root,
    `..`, a drive, a stream beside a file, a device, a link.
    """
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    leads_out = windows.drive or windows.root or posix.root
    if not name or leads_out or not all(map(_is_plain, windows.parts)):
        raise outside(name)
    path = folder.joinpath(*windows.parts)
    try:
        resolved = path.resolve()
        stays = resolved.is_relative_to(folder) and not _leads_nowhere(resolved)
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no system has
        stays = False
    if not stays:
        raise outside(name)
    return path


def _leads_nowhere(resolved: Path) -> bool:
    """Whether a link is left in it: one to itself, which Python says no more from 3.13 on."""
    return any(one.is_symlink() for one in (resolved, *resolved.parents))


def is_inside(folder: Path, name: str) -> bool:
    """Whether `inside` lets it pass."""
    try:
        inside(folder, name)
    except CedreError:
        return False
    return True


def is_device(part: str) -> bool:
    """Whether Windows takes a file's name for a device."""
    return part.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def _is_plain(part: str) -> bool:
    """Whether a part of a path is a name that means itself everywhere."""
    if part == "..":
        return False
    # A colon names a drive, or a stream beside a file; Windows drops a point or a space at the end.
    odd = ":" in part or part != part.rstrip(". ") or any(ord(sign) < 32 for sign in part)
    odd = odd or any(sign in part for sign in '<>"|?*')  # Windows has none of them
    # What hides a file, or is Excel's mark that another one is open; more than a disk's name holds.
    odd = odd or part.startswith(("~$", ".")) or len(part.encode(errors="replace")) > _LONGEST
    half = any("\ud800" <= sign <= "\udfff" for sign in part)  # a byte that is no character
    return not (odd or half or is_device(part))


def outside(name: str) -> CedreError:
    """What is said of such a path."""
    return CedreError(
        f"« {_readable(name)} » n'est pas dans le dossier ouvert, ou n'est pas un nom de fichier "
        "ordinaire ; la page ne lit et n'écrit que là. Donnez un nom de fichier, sans chemin."
    )


def _readable(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
    return shown if len(shown) <= 100 else f"{shown[:99]}…"
