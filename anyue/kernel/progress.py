"""How far a long piece of work is. Kept in the cache, because the work itself is one transaction that nobody sees into."""

from django.core.cache import cache

SECONDS = 600


def note(key: str, done: int, total: int) -> None:
    """So much of it is done."""
    cache.set(f"progress:{key}", (done, total), SECONDS)


def of(key: str) -> tuple[int, int] | None:
    """(done, total), None where nothing is under way."""
    found: tuple[int, int] | None = cache.get(f"progress:{key}")
    return found
