#!/usr/bin/env bash
# msoffcrypto-tool 6.1.0: the right password of a workbook protected as Excel 2010 does it (agile,
# AES of 128 bits, SHA-1) is refused when it is asked to be verified: the digest of 20 bytes is
# compared with the 32 that the cipher's blocks give back. Without verify_password the very same
# file is decrypted, and with SHA-512 (Excel 2013 and later) it is accepted. The same comparison
# makes verify_integrity refuse the whole file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q msoffcrypto-tool==6.1.0 openpyxl==3.1.5
cat >try.py <<'PY'
import hashlib, hmac, io
from base64 import b64encode
from struct import pack

import openpyxl
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted

PASSWORD, SALT, TURNS = "Coquelicot", bytes(range(16)), 1000
URI = "http://schemas.microsoft.com/office/2006/keyEncryptor/password"


def protected(clear, name, digest, key_bits):
    """As [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15 lay it down, for one digest and one length of key."""
    def of(*parts):
        return hashlib.new(name, b"".join(parts)).digest()

    def fitted(value, size):
        return value[:size].ljust(size, b"\x36")

    def aes(value, key, start):
        cipher = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
        return cipher.update(value + bytes(-len(value) % 16))

    size = key_bits // 8
    key, proof, mac = bytes(range(50, 50 + size)), bytes(range(16)), bytes(range(len(of(b""))))
    turned = of(SALT, PASSWORD.encode("utf-16-le"))
    for turn in range(TURNS):
        turned = of(pack("<I", turn), turned)

    def by_password(block, value):
        return b64encode(aes(value, fitted(of(turned, bytes.fromhex(block)), size), SALT)).decode()

    def by_key(block, value):
        return b64encode(aes(value, key, of(SALT, bytes.fromhex(block))[:16])).decode()

    body = pack("<Q", len(clear)) + b"".join(
        aes(clear[at : at + 4096], key, of(SALT, pack("<I", at // 4096))[:16])
        for at in range(0, len(clear), 4096)
    )
    how = (
        f'saltSize="16" blockSize="16" keyBits="{key_bits}" hashSize="{len(of(b""))}" '
        f'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="{digest}" '
        f'saltValue="{b64encode(SALT).decode()}"'
    )
    xml = (
        f'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="{URI}">'
        f'<keyData {how}/><dataIntegrity encryptedHmacKey="{by_key("5fb2ad010cb9e1f6", mac)}" '
        f'encryptedHmacValue="{by_key("a0677f02b22c8433", hmac.digest(mac, body, name))}"/>'
        f'<keyEncryptors><keyEncryptor uri="{URI}"><p:encryptedKey spinCount="{TURNS}" {how} '
        f'encryptedVerifierHashInput="{by_password("fea7d2763b4b9e79", proof)}" '
        f'encryptedVerifierHashValue="{by_password("d7aa0f6d3061344e", of(proof))}" '
        f'encryptedKeyValue="{by_password("146e0be7abacd0d6", key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    made = io.BytesIO()
    ECMA376Encrypted(body, pack("<HHI", 4, 4, 0x40) + xml.encode()).write_to(made)
    return made.getvalue()


def told(data, clear, **asked):
    file, out = OfficeFile(io.BytesIO(data)), io.BytesIO()
    integrity = asked.pop("verify_integrity", False)
    try:
        file.load_key(password=PASSWORD, **asked)
        file.decrypt(out, verify_integrity=integrity)
    except InvalidKeyError as error:
        return f"InvalidKeyError: {error}"
    return "decrypted, the same bytes" if out.getvalue() == clear else "other bytes"


book = openpyxl.Workbook()
for number in range(400):
    book.active.append([f"ligne {number}", number])
saved = io.BytesIO()
book.save(saved)
clear = saved.getvalue()
seen = {}
for name, digest, bits in (("sha1", "SHA1", 128), ("sha512", "SHA512", 256)):
    data = protected(clear, name, digest, bits)
    for asked in ({}, {"verify_password": True}, {"verify_integrity": True}):
        seen[digest, *asked] = told(data, clear, **asked)
        print(digest, *asked, "->", seen[digest, *asked])
fine, no = "decrypted, the same bytes", "InvalidKeyError"
assert [seen["SHA1",], seen["SHA512",]] == [fine, fine]
assert seen["SHA512", "verify_password"] == seen["SHA512", "verify_integrity"] == fine
assert seen["SHA1", "verify_password"].startswith(no)
assert seen["SHA1", "verify_integrity"].startswith(no)
PY
env/bin/python try.py
