"""Public identifiers: the names that records carry in addresses, for good.

Random rather than counted, so that an address tells neither how many records there are nor
which were made one after the other. Crockford's base 32 leaves out i, l, o and u, which people
misread or which make words by accident; ids are written in lower case.
"""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 8


def random_public_id() -> str:
    """Draw a new public id: 8 characters, 40 random bits.

    Uniqueness is the database's to hold: draw again when the id is taken.
    Source: Douglas Crockford, Base 32 (symbols only, no check symbol).
    """
    bits = secrets.randbits(5 * PUBLIC_ID_LENGTH)
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 5 * PUBLIC_ID_LENGTH, 5))


def is_public_id(text: str) -> bool:
    """Tell whether a text has the shape of a public id, in lower case as we write it."""
    return len(text) == PUBLIC_ID_LENGTH and all(character in ALPHABET for character in text)
