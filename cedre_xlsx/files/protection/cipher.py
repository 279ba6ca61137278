"""A protected workbook decrypted, and encrypted anew, by the library of the extra `password`.

The library is asked for its ciphers and its compound files. Whether a password is the right one,
and whether a package is whole, is judged here: it compares digests of 20 bytes, those of Excel
2010, with the 32 in which they are kept, and logs passwords where a log of details is asked for.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import pack

from cedre_xlsx.files.protection.envelope import Agile, Envelope, Part
from cedre_xlsx.schema.errors import CedreError

#: What Excel writes: how many times a digest is digested again, and the bytes of a key.
_SPINS, _KEY_LENGTH = 100_000, 32
_BLOCK = 16  # bytes
#: What the digest of the password is digested with, by what the key is for.
_FOR_VERIFIER = bytes.fromhex("fea7d2763b4b9e79")
_FOR_VERIFIER_DIGEST = bytes.fromhex("d7aa0f6d3061344e")
_FOR_KEY = bytes.fromhex("146e0be7abacd0d6")
_FOR_HMAC_KEY, _FOR_HMAC = bytes.fromhex("5fb2ad010cb9e1f6"), bytes.fromhex("a0677f02b22c8433")
#: Where the library logs passwords and keys.
_TALKATIVE = "msoffcrypto.method.ecma376_standard"


@dataclass(frozen=True, slots=True, repr=False)
class Lock:
    """How a file was opened: by which password, with which key; `spins` is what it asks for.

    Nothing of it is ever shown.
    """

    password: str
    key: bytes
    spins: int


class BrokenPackageError(ValueError):
    """A package that the right password does not open: something of it has changed."""


def ensure_library(path: Path) -> None:
    """Raise CedreError where the library is not installed."""
    try:
        import msoffcrypto  # noqa: F401
    except ImportError as error:
        raise CedreError(
            f"{path} : le classeur est protégé par un mot de passe, et l'ouvrir demande l'extra "
            '« password » : pip install "cedre-xlsx[password]", puis recommencez.'
        ) from error
    logging.getLogger(_TALKATIVE).disabled = True


def unlocked(envelope: Envelope, password: str) -> Lock | None:
    """How a password opens a file; None when it is not the right one."""
    try:
        password.encode("utf-16-le")
    except UnicodeError:  # nobody can have typed it
        return None
    if not password:
        return None
    if envelope.agile is None:
        key = _standard_key(envelope, password)
        return None if key is None else Lock(password, key, _SPINS)
    key = _agile_key(envelope.agile, password)
    return None if key is None else Lock(password, key, envelope.agile.spins)


def decrypted(envelope: Envelope, lock: Lock) -> bytes:
    """What the file holds. Raises BrokenPackageError when it is not what was encrypted."""
    if envelope.agile is None:
        return _standard_package(envelope, lock)
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    agile = envelope.agile
    if not _is_whole(agile, lock.key, envelope.package):
        raise BrokenPackageError
    digest = agile.data.digest.upper()
    try:
        return bytes(
            ECMA376Agile.decrypt(lock.key, agile.data.salt, digest, BytesIO(envelope.package))
        )
    except ValueError:
        raise BrokenPackageError from None


def encrypted(data: bytes, lock: Lock) -> bytes:
    """A file that the lock's password opens: AES of 256 bits, SHA-512, as many spins as before.

    The key is drawn whole: the library's own has 16 bytes of chance, then 16 known ones.
    """
    from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    info, _ = ECMA376Agile.generate_encryption_parameters(lock.password, None, lock.spins)
    info.encryptedKeyValue = secrets.token_bytes(_KEY_LENGTH)  # so what it decrypts to is drawn too
    part = Part("sha512", info.encryptedKey.saltValue, _KEY_LENGTH)
    spun = _spun(lock.password, part, lock.spins)
    key = _aes(info.encryptedKeyValue, _derived(spun, _FOR_KEY, part), part.salt)
    package = ECMA376Agile.encrypt_payload(
        BytesIO(data), info.encryptedKey, key, info.keyData.saltValue
    )
    made = BytesIO()
    told = ECMA376Agile.get_encryption_information(info, package, key)
    ECMA376Encrypted(package, told).write_to(made)
    return made.getvalue()


def _agile_key(agile: Agile, password: str) -> bytes | None:
    spun, part = _spun(password, agile.key, agile.spins), agile.key
    value, kept = agile.verifier
    value = _aes(value, _derived(spun, _FOR_VERIFIER, part), part.salt)[: len(part.salt)]
    digest = hashlib.new(part.digest, value).digest()
    kept = _aes(kept, _derived(spun, _FOR_VERIFIER_DIGEST, part), part.salt)
    if not hmac.compare_digest(kept[: len(digest)], digest):
        return None
    key = _aes(agile.wrapped_key, _derived(spun, _FOR_KEY, part), part.salt)
    return key[: agile.data.key_length]


def _spun(password: str, part: Part, spins: int) -> bytes:
    new = getattr(hashlib, part.digest)
    spun: bytes = new(part.salt + password.encode("utf-16-le")).digest()
    for number in range(spins):
        spun = new(pack("<I", number) + spun).digest()
    return spun


def _derived(spun: bytes, purpose: bytes, part: Part) -> bytes:
    digest = hashlib.new(part.digest, spun + purpose).digest()
    return digest[: part.key_length].ljust(part.key_length, b"\x36")


def _is_whole(agile: Agile, key: bytes, package: bytes) -> bool:
    """Whether the package is what was encrypted, as far as the file keeps a proof of it."""
    if agile.integrity is None:
        return True
    name, length = agile.data.digest, hashlib.new(agile.data.digest).digest_size

    def opened(value: bytes, purpose: bytes) -> bytes:
        start = hashlib.new(name, agile.data.salt + purpose).digest()
        return _aes(value, key, start)[:length]

    hmac_key, kept = agile.integrity
    found = hmac.new(opened(hmac_key, _FOR_HMAC_KEY), package, name).digest()
    return hmac.compare_digest(found, opened(kept, _FOR_HMAC))


def _aes(value: bytes, key: bytes, start: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    first = start[:_BLOCK].ljust(_BLOCK, b"\x36")
    opening = Cipher(algorithms.AES(key), modes.CBC(first)).decryptor()
    return opening.update(value) + opening.finalize()


def _standard_key(envelope: Envelope, password: str) -> bytes | None:
    from msoffcrypto.exceptions import InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    file = OOXMLFile(BytesIO(envelope.whole))
    try:
        file.load_key(password=password, verify_password=True)
    except InvalidKeyError:
        return None
    return bytes(file.secret_key)


def _standard_package(envelope: Envelope, lock: Lock) -> bytes:
    from msoffcrypto.exceptions import InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    file, made = OOXMLFile(BytesIO(envelope.whole)), BytesIO()
    file.load_key(secret_key=lock.key)
    try:
        file.decrypt(made)
    except (InvalidKeyError, ValueError):
        raise BrokenPackageError from None
    return made.getvalue()
