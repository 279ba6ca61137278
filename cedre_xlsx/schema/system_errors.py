"""What the system refuses, in French: its own words are in its language, mostly English."""

from __future__ import annotations

import errno

#: By the number that Python gives on every system.
_BY_NUMBER = {
    errno.EPERM: "l'opération n'est pas permise",
    errno.EACCES: "l'accès est refusé",
    errno.ENOENT: "le fichier ou le dossier n'existe pas",
    errno.EEXIST: "un fichier de ce nom existe déjà",
    errno.ENOTDIR: "un dossier du chemin est un fichier",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.EBUSY: "un autre programme s'en sert",
    errno.ETXTBSY: "un autre programme s'en sert",
    errno.EAGAIN: "un autre programme s'en sert",
    errno.EDEADLK: "le fichier n'est pas téléchargé",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place qui vous est donnée sur ce disque est prise",
    errno.EFBIG: "le fichier est trop grand pour ce disque",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EINVAL: "le nom contient un signe que ce disque n'accepte pas",
    errno.EILSEQ: "le nom contient un signe que ce disque n'accepte pas",
    errno.ELOOP: "le lien tourne en rond",
    errno.EXDEV: "les deux dossiers sont sur des disques différents",
    errno.EIO: "le disque ne répond pas comme il faut",
    errno.ENXIO: "le disque n'est pas là",
    errno.ENODEV: "le disque n'est pas là",
    errno.ENOTCONN: "le réseau ne répond pas",
    errno.ENETUNREACH: "le réseau ne répond pas",
    errno.EHOSTUNREACH: "le réseau ne répond pas",
    errno.EHOSTDOWN: "le réseau ne répond pas",
    errno.ETIMEDOUT: "le réseau ne répond pas",
    errno.ECONNRESET: "le réseau ne répond pas",
    errno.ESTALE: "le dossier du réseau a changé entre-temps",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la mémoire manque",
    errno.ENOTSUP: "ce disque ne sait pas le faire",
    errno.ENOSYS: "ce système ne sait pas le faire",
    errno.EPIPE: "l'autre programme s'est arrêté",
    errno.EINTR: "l'opération a été interrompue",
}
#: By the number of Windows, where it says more than the other one.
_BY_WINDOWS = {
    32: "un autre programme s'en sert",
    33: "un autre programme s'en sert",
    39: "le disque est plein",
    53: "le réseau ne répond pas",
    55: "le réseau ne répond pas",
    59: "le réseau ne répond pas",
    64: "le réseau ne répond pas",
    67: "le réseau ne répond pas",
    112: "le disque est plein",
    121: "le réseau ne répond pas",
    123: "le nom contient un signe que Windows n'accepte pas",
    206: "le nom est trop long",
    225: "l'antivirus a refusé ce fichier",
    1224: "un autre programme s'en sert",
}
_CLOUD = range(358, 405)


def system_words(error: OSError) -> str:
    """Why the system refused, as a part of a sentence; its number where it is of no known kind."""
    windows = getattr(error, "winerror", None)
    if windows in _BY_WINDOWS:
        return _BY_WINDOWS[windows]
    if windows in _CLOUD:
        return "le fichier est resté dans le nuage"
    if error.errno in _BY_NUMBER:
        return _BY_NUMBER[error.errno]
    number = windows or error.errno
    return f"erreur n° {number} du système" if number else "sans dire pourquoi"
