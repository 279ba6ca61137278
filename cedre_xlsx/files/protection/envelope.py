"""What a protected workbook says of itself before it is opened: by which scheme, how slowly.

Nothing is decrypted here, and no library is needed: what cannot be opened is said without one.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from struct import error as struct_error
from struct import unpack_from

from lxml import etree

from cedre_xlsx.files.compound import BrokenContainerError, Container
from cedre_xlsx.schema.errors import CedreError

_INFO, _PACKAGE = "EncryptionInfo", "EncryptedPackage"
#: By these a label, not a password, says who may open it.
_RIGHTS = tuple(name.encode("utf-16-le") for name in ("DRMEncrypted", "DRMContent"))
_LONGEST_INFO = 64 * 1024  # bytes
_MOST_SPINS = 10_000_000  # as the format has it
_SIZE = 8  # bytes, before the encrypted package: its length
_AGILE, _STANDARD, _EXTENSIBLE = 4, 2, 3  # the second number of a scheme's version
_AES = range(0x660E, 0x6611)  # the ciphers of the standard scheme, by the length of their key
#: The digests of the agile scheme, as hashlib names them.
_DIGESTS = {"SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
_ENCRYPTION = "{http://schemas.microsoft.com/office/2006/encryption}"
_BY_PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"


@dataclass(frozen=True, slots=True)
class Part:
    """A digest and a salt, and the length of the key, in bytes, that they serve."""

    digest: str
    salt: bytes
    key_length: int


@dataclass(frozen=True, slots=True)
class Agile:
    """The scheme of Excel since 2010, and of LibreOffice: what its description says.

    `spins` is how many times the password's digest is digested again; without `integrity`, the key
    and the value of the package's HMAC, nothing proves that the package is whole.
    """

    data: Part
    key: Part
    spins: int
    verifier: tuple[bytes, bytes]
    wrapped_key: bytes
    integrity: tuple[bytes, bytes] | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """A protected workbook: all its bytes, the encrypted package with its length before it.

    Without `agile`, it is of the older scheme, that of Excel 2007.
    """

    whole: bytes
    package: bytes
    agile: Agile | None

    @property
    def size(self) -> int:
        """How long the package is once it is decrypted."""
        return int(unpack_from("<Q", self.package)[0])


class _UnknownError(ValueError):
    """A scheme that is not known, said by its name."""


def envelope_of(data: bytes, path: Path) -> Envelope | None:
    """The protected workbook that a compound file is; None for an old format, and for one under a
    label.

    Raises CedreError for one that is damaged, and for a scheme that is not known.
    """
    if _INFO.encode("utf-16-le") not in data or any(name in data for name in _RIGHTS):
        return None
    try:
        container = Container(data)
        info, package = container.stream(_INFO), container.stream(_PACKAGE)
        if info is None and package is None:  # its name is in a text
            return None
        if info is None or package is None:
            raise damaged(path)
        if _version(info) == _STANDARD:
            _refuse_cipher(info)
        agile = _agile(info) if _version(info) == _AGILE else None
        found = Envelope(data, package, agile)
        if found.size > len(package) - _SIZE:
            raise damaged(path)
    except _UnknownError as error:
        raise CedreError(
            f"{path} : le classeur est protégé par un procédé que cet outil ne connaît pas "
            f"({error}) ; il n'est pas ouvert. Ouvrez-le dans un Excel récent, enlevez le mot de "
            "passe et enregistrez-le, puis remettez le mot de passe."
        ) from None
    except (BrokenContainerError, struct_error, ValueError, KeyError, etree.XMLSyntaxError):
        raise damaged(path) from None
    return found


def damaged(path: Path) -> CedreError:
    """What is said of a protected workbook of which something lacks or has changed."""
    return CedreError(
        f"{path} : le classeur est protégé par un mot de passe, et le fichier est abîmé ou "
        "incomplet ; il n'est pas ouvert. Si une copie est en cours, attendez qu'elle finisse ; "
        "sinon reprenez une copie de sauvegarde."
    )


def _version(info: bytes) -> int:
    """The scheme's number; _UnknownError for none of the two that are opened."""
    major, minor = unpack_from("<HH", info)
    if (major, minor) == (4, _AGILE) or (major in (2, 3, 4) and minor == _STANDARD):
        return int(minor)
    name = "extensible" if minor == _EXTENSIBLE else f"version {major}.{minor}"
    raise _UnknownError(name)


def _refuse_cipher(info: bytes) -> None:
    """_UnknownError unless the older scheme uses a cipher that is opened."""
    cipher = unpack_from("<I", info, 20)[0]
    if cipher not in _AES:
        raise _UnknownError("RC4" if cipher == 0x6801 else f"chiffrement {cipher:#x}")


def _agile(info: bytes) -> Agile:
    """The description of the newer scheme; _UnknownError for what it may say and is not opened."""
    xml = info[8:]
    if len(xml) > _LONGEST_INFO or b"<!" in xml or b"\0" in xml.rstrip(b"\0"):
        raise ValueError
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xml.rstrip(b"\0"), parser)
    data, key = root.find(f"{_ENCRYPTION}keyData"), root.find(f".//{_BY_PASSWORD}")
    if key is None:
        raise _UnknownError("par certificat")
    if data is None:
        raise ValueError
    spins = int(_attributes(key)["spinCount"])
    if not 0 <= spins <= _MOST_SPINS:
        raise ValueError
    proof = root.find(f"{_ENCRYPTION}dataIntegrity")
    return Agile(
        data=_part(data),
        key=_part(key),
        spins=spins,
        verifier=(
            _blocks(key, "encryptedVerifierHashInput"), _blocks(key, "encryptedVerifierHashValue"),
        ),
        wrapped_key=_blocks(key, "encryptedKeyValue"),
        integrity=None
        if proof is None
        else (_blocks(proof, "encryptedHmacKey"), _blocks(proof, "encryptedHmacValue")),
    )  # fmt: skip


def _part(element: etree._Element) -> Part:
    told = _attributes(element)
    cipher, chaining = told["cipherAlgorithm"], told["cipherChaining"]
    if (cipher, chaining, told["blockSize"]) != ("AES", "ChainingModeCBC", "16"):
        raise _UnknownError(f"{cipher}, {chaining}")
    bits, digest = told["keyBits"], told["hashAlgorithm"]
    if bits not in ("128", "192", "256") or digest not in _DIGESTS:
        raise _UnknownError(f"{cipher} {bits}, {digest}")
    return Part(_DIGESTS[digest], _decoded(told["saltValue"]), int(bits) // 8)


def _blocks(element: etree._Element, name: str) -> bytes:
    """An encrypted value: whole blocks of the cipher."""
    value = _decoded(_attributes(element)[name])
    if not value or len(value) % 16:
        raise ValueError
    return value


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError from error
