"""Bring the database and the static files up to date, then serve."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from anyue.kernel import clock

from . import days


def prepare() -> None:
    """Migrations, static files, holidays. Repeating it changes nothing."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    days.fill(clock.today().year - 1, clock.today().year + 1)


def serve(host: str, port: int) -> int:
    """Serve until stopped, by Granian in this process's place; beside it a worker that ends when it does."""
    subprocess.Popen([sys.executable, "-m", "anyue.site.commands", "work", "--parent", str(os.getpid())])
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning", "anyue.wsgi:application",
    ]
    os.execv(sys.executable, command)  # noqa: S606  # our own interpreter, fixed arguments
