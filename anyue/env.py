"""Settings from the environment; anything half-right is refused with what to write instead."""

import os
import secrets
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, default: bool) -> bool:
    """0 or 1."""
    raw = os.environ.get(name, "1" if default else "0")
    if raw not in ("0", "1"):
        raise ImproperlyConfigured(f"{name}={raw!r}: write 0 or 1")
    return raw == "1"


def number(name: str, default: int) -> int:
    """A whole number, not below 0."""
    raw = os.environ.get(name, str(default))
    if not (raw.isascii() and raw.isdecimal()):
        raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number such as {default}")
    return int(raw)


def text(name: str, default: str | None = None) -> str:
    """Any text; without a default it must be set."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set")
    return value


def day(name: str) -> date | None:
    """A date as 2023-06-12, or nothing."""
    raw = os.environ.get(name, "")
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r}: write a date such as 2023-06-12") from error


def home() -> Path:
    """Where the installation keeps its data: ANYUE_HOME, else ./var of the folder it runs in."""
    return Path(os.environ.get("ANYUE_HOME") or Path.cwd() / "var").absolute()


def secret(name: str, keep_in: Path) -> str:
    """The secret of the variable, else one made once and kept in a file only its owner reads."""
    if os.environ.get(name):
        return os.environ[name]
    if not keep_in.exists():
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(keep_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return keep_in.read_text().strip()


def database(url: str) -> dict[str, object]:
    """Django's settings for sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
                "timeout": 20,
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    raise ImproperlyConfigured(f"ANYUE_DATABASE_URL: {parts.scheme!r} is neither sqlite nor postgres")


def mail(url: str) -> tuple[str, int, str, str, bool, bool]:
    """(host, port, user, password, TLS from the start, TLS later) of smtp://, smtps:// or smtp+tls://USER:PASSWORD@HOST:PORT."""
    if not url:
        return "", 25, "", "", False, False
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise ImproperlyConfigured(f"ANYUE_EMAIL_URL: write smtp://, smtps:// or smtp+tls://USER:PASSWORD@HOST:PORT, not {parts.scheme!r}")
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    return (
        parts.hostname, parts.port or ports[parts.scheme], unquote(parts.username or ""), unquote(parts.password or ""),
        parts.scheme == "smtps", parts.scheme == "smtp+tls",
    )


def service(name: str, variable: str, *, with_agent: bool = False) -> dict[str, dict[str, list[dict[str, str]]]]:
    """Sign-in by another service as allauth takes it, from KEY:SECRET (KEY:AGENT:SECRET); nothing where it is not set."""
    raw = os.environ.get(variable, "")
    if not raw:
        return {}
    parts = raw.split(":", 2 if with_agent else 1)
    if len(parts) != (3 if with_agent else 2) or not all(parts):
        raise ImproperlyConfigured(f"{variable}: write {'CORPID:AGENTID:SECRET' if with_agent else 'KEY:SECRET'}")
    return {name: {"APPS": [{"client_id": parts[0], "secret": parts[-1], "key": parts[1] if with_agent else ""}]}}
