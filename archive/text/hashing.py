"""Digests: of captured bytes, of event payloads, and of texts that may have to be purged.

The hash chain of events must come out the same on every machine and in every release, so it
hashes one canonical form of JSON. Texts enter it only as salted digests: when a text and its salt
are purged by law, the digest stays, the chain stays whole, and nobody can test guesses against it.
"""

import hashlib
import hmac
import json
import secrets
import unicodedata
from typing import TypeAlias

from archive.text import normalise

SALT_LENGTH = 16
MAXIMUM_DEPTH = 50
# Readers of JSON that keep numbers as doubles lose digits beyond it.
LARGEST_INTEGER = 2**53 - 1

Canonical: TypeAlias = None | bool | int | str | list["Canonical"] | tuple["Canonical", ...] | dict[str, "Canonical"]


class NotCanonical(ValueError):
    """A value has no single JSON form; the message names it."""


def sha256_hex(body: bytes) -> str:
    """Give the SHA-256 of bytes as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def canonical_json(value: object) -> bytes:
    """Write a value as JSON in the one form that digests are taken of.

    value: None, bool, int, str, and lists, tuples and dicts with text keys made of them,
    at most 50 deep. Write instants and decimals as text before.

    Keys are sorted by code point, nothing is indented, text is NFC in UTF-8.
    Raises NotCanonical for anything else: floats above all, which machines write differently,
    and integers beyond 2**53 - 1.
    """
    plain = _canonical(value, depth=0)
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def new_salt() -> bytes:
    """Draw a salt for one value: 16 random bytes, used once."""
    return secrets.token_bytes(SALT_LENGTH)


def salted_digest(value: str | None, salt: bytes) -> str:
    """Give the HMAC-SHA-256 of a value under its salt, as hexadecimal digits.

    value: None (no value) and "" (an empty one) have different digests.

    Raises ValueError for a salt under 16 bytes, NotCanonical for text with a lone surrogate.
    """
    if len(salt) < SALT_LENGTH:
        raise ValueError(f"A salt of {len(salt)} bytes is too short. Draw one with new_salt().")
    message = b"absent" if value is None else b"text:" + _text(value).encode("utf-8")
    return hmac.new(salt, message, hashlib.sha256).hexdigest()


def _canonical(value: object, *, depth: int) -> Canonical:
    """Copy a value into plain types, each text in NFC."""
    if depth > MAXIMUM_DEPTH:
        raise NotCanonical(f"The value is nested more than {MAXIMUM_DEPTH} deep. Flatten it first.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return int(value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _text(value))
    if isinstance(value, list | tuple):
        return [_canonical(item, depth=depth + 1) for item in value]
    if isinstance(value, dict):
        return _canonical_pairs(value, depth=depth)
    raise NotCanonical(f"A value of type {type(value).__name__} has no canonical form here. Write it as text first.")


def _canonical_pairs(value: dict[object, object], *, depth: int) -> dict[str, Canonical]:
    """Copy a dict, refusing keys that are no text or that are the same in NFC."""
    pairs: dict[str, Canonical] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"The key {key!r:.80} is not text. Write it as text first.")
        name = unicodedata.normalize("NFC", _text(key))
        if name in pairs:
            raise NotCanonical(f"The key {name!r:.80} stands twice, in two spellings. Keep one of them.")
        pairs[name] = _canonical(item, depth=depth + 1)
    return pairs


def _text(value: str) -> str:
    """Give the plain text of a str or of a subclass, refusing what UTF-8 cannot hold."""
    # str.__str__ and not str(): members of text enumerations show their name, not their value.
    text = str.__str__(value)
    if not normalise.is_clean(text.replace("\x00", "")):
        raise NotCanonical(f"The text {text!r:.80} holds a lone surrogate. Clean it with plain_text first.")
    return text
