"""Keys: what is encrypted at rest, and the keyed digests that stand beside it for equality."""

import hashlib
import hmac
import json
import secrets
import unicodedata
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

#: No 0/O, 1/I/L, 2/Z, 5/S, 8/B: read out on the telephone without mistakes.
TRACKING_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"
TRACKING_LENGTH = 12
NONCE_BYTES = 12
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Seal:
    """Encrypts with AES-256-GCM and makes HMAC-SHA-256 digests, under keys derived from one secret."""

    def __init__(self, secret: str | bytes) -> None:
        raw = secret.encode() if isinstance(secret, str) else secret
        self._cipher = AESGCM(_derive(raw, b"mingda encryption"))
        self._index_key = _derive(raw, b"mingda equality")
        self._tracking_key = _derive(raw, b"mingda tracking")

    def encrypt(self, text: str, place: str) -> bytes:
        """Encrypt for one place (table.column); it cannot be read from another."""
        return self.encrypt_bytes(text.encode(), place)

    def decrypt(self, sealed: bytes, place: str) -> str:
        """What was encrypted for that place; raises InvalidTag when it was tampered with."""
        return self.decrypt_bytes(sealed, place).decode()

    def encrypt_bytes(self, content: bytes, place: str) -> bytes:
        """Encrypt a file's content."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place.encode())

    def decrypt_bytes(self, sealed: bytes, place: str) -> bytes:
        """The content that was encrypted."""
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())

    def encrypt_json(self, value: Any, place: str) -> bytes:
        """Encrypt a JSON value."""
        return self.encrypt(canonical(value), place)

    def decrypt_json(self, sealed: bytes, place: str) -> Any:
        """The JSON value that was encrypted."""
        return json.loads(self.decrypt(sealed, place))

    def index(self, *parts: str) -> str:
        """A keyed digest of normalised text: equal people give equal digests, nobody can guess back."""
        return self._digest(self._index_key, "\x1f".join(normal(part) for part in parts))

    def tracking_code(self, nonce: str) -> str:
        """A code of 12 unambiguous characters; the same nonce gives the same code."""
        number = int.from_bytes(hmac.digest(self._tracking_key, nonce.encode(), "sha256"))
        code = ""
        for _ in range(TRACKING_LENGTH):
            number, place = divmod(number, len(TRACKING_ALPHABET))
            code += TRACKING_ALPHABET[place]
        return code

    def tracking_digest(self, code: str) -> str:
        """What is stored of a tracking code; spacing, hyphens and case do not matter."""
        plain = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
        return self._digest(self._tracking_key, "code:" + plain)

    @staticmethod
    def _digest(key: bytes, text: str) -> str:
        return hmac.digest(key, text.encode(), "sha256").hex()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def normal(text: str) -> str:
    """Text as it is compared: one width, one case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def canonical(value: Any) -> str:
    """One JSON text for one value, whatever the order of its keys."""
    return _JSON.encode(value)


def salted_digest(salt: bytes, text: str) -> str:
    """What an event keeps of the text beside it: it proves the text without telling it."""
    return hashlib.sha256(salt + text.encode()).hexdigest()
