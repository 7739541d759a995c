"""What holds for keys of the HTTP interface."""

import hashlib


def digest(token: str) -> str:
    """What is kept of a key. A key of 256 random bits needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
