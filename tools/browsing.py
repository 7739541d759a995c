"""A demonstration of its own, and an installed Chromium that walks through it."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

TOP = Path(__file__).resolve().parent.parent
PORT = 8177
BASE = f"http://127.0.0.1:{PORT}"


def chromium() -> str | None:
    """Where an installed Chromium is, None where none is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def demonstration(*, empty: bool = False) -> Iterator[None]:
    """A demonstration served on PORT, its data in a folder that goes with it."""
    with TemporaryDirectory() as home:
        command = [sys.executable, "-m", "anyue.site.commands", "demo", "--port", str(PORT)] + (["--empty"] if empty else [])
        environment = {**os.environ, "ANYUE_HOME": home}
        for name in ("ANYUE_DATABASE_URL", "ANYUE_STAND_ON", "ANYUE_DEMO", "ANYUE_SECOND_FACTOR"):
            environment.pop(name, None)
        process = subprocess.Popen(command, cwd=TOP, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait()
            yield
        finally:
            process.terminate()
            process.wait()


def _wait() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("the demonstration did not start")


@contextmanager
def browser() -> Iterator[Browser]:
    """The installed Chromium, without a window and without calls to its maker."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield opened
        opened.close()


def sign_in(page: Page, who: str) -> None:
    """As one of the cast; as nobody for "nobody"."""
    page.context.clear_cookies()
    if who == "nobody":
        return
    page.goto(f"{BASE}/account/login/")
    page.click(f"[data-fill={who}]")
    page.click("form button:has-text('登录'), form button:has-text('Sign in')")
    page.wait_for_load_state()


def speak(page: Page, language: str) -> None:
    """From now on in this language."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": BASE}])
