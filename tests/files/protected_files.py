"""Workbooks protected by a password: as Excel writes them, with few turns; by LibreOffice."""

from __future__ import annotations

import hashlib
import tempfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from struct import pack

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from msoffcrypto.method.ecma376_standard import ECMA376Standard

from tests.clipboard import run_macro

#: A password as people choose them: it is searched for in all that is said and written.
PASSWORD = "Tournesol-été-2026"
SPINS = 3  # a file of Excel asks for 100,000


def locked(data: bytes, password: str = PASSWORD, spins: int = SPINS) -> bytes:
    """The file with a password to open it, as today's Excel writes it, by the library alone."""
    return bytes(ECMA376Agile.encrypt(password, BytesIO(data), spin_count=spins))


def opened(data: bytes, password: str = PASSWORD) -> bytes:
    """What such a file holds, its password and its integrity verified, by the library alone."""
    file, made = OOXMLFile(BytesIO(data)), BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(made, verify_integrity=True)
    return made.getvalue()


def container(info: bytes, package: bytes) -> bytes:
    """A compound file of these two streams."""
    made = BytesIO()
    ECMA376Encrypted(package, info).write_to(made)
    return made.getvalue()


def locked_as_2007(data: bytes, password: str = PASSWORD) -> bytes:
    """As Excel 2007 writes it: AES of 128 bits by blocks, SHA-1, nothing that proves it whole."""
    salt, verifier = bytes(range(16)), b"sixteen letters!"
    header = pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0)
    header += "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 0x18, 128, 16, salt)
    writing = Cipher(algorithms.AES(bytes(key)), modes.ECB()).encryptor()

    def blocks(value: bytes) -> bytes:
        return writing.update(value + bytes(-len(value) % 16))

    info = pack("<HHII", 4, 2, 0x24, len(header)) + header + pack("<I", 16) + salt
    info += blocks(verifier) + pack("<I", 20) + blocks(hashlib.sha1(verifier).digest())
    return container(info, pack("<Q", len(data)) + blocks(data))


def locked_as_2010(data: bytes, password: str = PASSWORD) -> bytes:
    """As Excel 2010 writes it: AES of 128 bits, SHA-1, whose digests are kept padded."""
    import hmac

    salt, chosen, key = bytes(range(16)), b"sixteen letters!", bytes(range(100, 116))
    spun = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for number in range(SPINS):
        spun = hashlib.sha1(pack("<I", number) + spun).digest()

    def aes(value: bytes, by: bytes, start: bytes) -> bytes:
        writing = Cipher(algorithms.AES(by), modes.CBC(start)).encryptor()
        return writing.update(value + bytes(-len(value) % 16))

    def kept(purpose: str, value: bytes) -> str:
        by = hashlib.sha1(spun + bytes.fromhex(purpose)).digest()[:16]
        return b64encode(aes(value, by, salt)).decode()

    def proof(purpose: str, value: bytes) -> str:
        start = hashlib.sha1(salt + bytes.fromhex(purpose)).digest()[:16]
        return b64encode(aes(value, key, start)).decode()

    package = pack("<Q", len(data))
    for number, place in enumerate(range(0, len(data), 4096)):
        start = hashlib.sha1(salt + pack("<I", number)).digest()[:16]
        package += aes(data[place : place + 4096], key, start)
    hmac_key = bytes(range(20))
    kept_salt = b64encode(salt).decode()
    told = (
        'saltSize="16" blockSize="16" keyBits="128" hashSize="20" cipherAlgorithm="AES" '
        f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA1" saltValue="{kept_salt}"'
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
        'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f"<keyData {told}/>"
        f'<dataIntegrity encryptedHmacKey="{proof("5fb2ad010cb9e1f6", hmac_key)}" '
        f'encryptedHmacValue="'
        f'{proof("a0677f02b22c8433", hmac.new(hmac_key, package, "sha1").digest())}"/>'
        "<keyEncryptors><keyEncryptor "
        'uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{SPINS}" {told} '
        f'encryptedVerifierHashInput="{kept("fea7d2763b4b9e79", chosen)}" '
        'encryptedVerifierHashValue="'
        f'{kept("d7aa0f6d3061344e", hashlib.sha1(chosen).digest())}" '
        f'encryptedKeyValue="{kept("146e0be7abacd0d6", key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    return container(pack("<HHI", 4, 4, 0x40) + xml.encode(), package)


#: The filters of LibreOffice, by the ending of what they write.
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_MACRO = """\
Sub Main
  Dim oDoc As Object
  On Error GoTo Failed
  Dim oFrom(0) As New com.sun.star.beans.PropertyValue
  oFrom(0).Name = "Password"
  oFrom(0).Value = Environ("PASS_IN")
  oDoc = StarDesktop.loadComponentFromURL(ConvertToURL(Environ("SAVE_FROM")), "_blank", 0, oFrom())
  Dim oTo(1) As New com.sun.star.beans.PropertyValue
  oTo(0).Name = "FilterName"
  oTo(0).Value = Environ("SAVE_FILTER")
  oTo(1).Name = "Password"
  oTo(1).Value = Environ("PASS_OUT")
  If Environ("PASS_OUT") &lt;&gt; "" And Environ("SAVE_FILTER") = "Calc MS Excel 2007 XML" Then
    Dim oData(1) As New com.sun.star.beans.NamedValue
    oData(0).Name = "OOXPassword"
    oData(0).Value = Environ("PASS_OUT")
    oData(1).Name = "CryptoType"
    oData(1).Value = "StrongEncryptionDataSpace"
    oTo(1).Name = "EncryptionData"
    oTo(1).Value = oData()
  End If
  oDoc.storeToURL(ConvertToURL(Environ("SAVE_TO")), oTo())
  oDoc.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open Environ("SAVE_TO") &amp; ".error" For Output As #1
  Print #1, "line " &amp; Erl &amp; ": " &amp; Error$
  Close #1
  StarDesktop.terminate()
End Sub
"""


def libreoffice_saves(source: Path, target: Path, *, before: str = "", after: str = "") -> Path:
    """The file as LibreOffice saves it, opened with the password `before`, protected by `after`."""
    with tempfile.TemporaryDirectory(prefix="lo_password_") as profile:
        run_macro(
            Path(profile) / "profile", _MACRO, SAVE_FROM=str(source.resolve()),
            SAVE_TO=str(target.resolve()), PASS_IN=before, PASS_OUT=after,
            SAVE_FILTER=_FILTERS[target.suffix],
        )  # fmt: skip
    assert target.exists(), f"LibreOffice wrote no {target.name}"
    return target
