"""Photographs of the pages of a running demonstration, at desktop and phone width, in both languages.

    make screens                     docs/screens/board.png, the picture of the README
    make screens ARGS="--all OUT"    every page × width × language into OUT

It builds a demonstration of its own in a temporary folder and needs an installed Chromium.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TOP = Path(__file__).resolve().parent.parent
PORT = 8177
BASE = f"http://127.0.0.1:{PORT}"
PAGES = {
    "nobody": ["/account/login/", "/parts/"],
    "office": ["/", "/notices/import/", "/campaigns/1/", "/campaigns/1/review/", "/campaigns/1/names/", "/campaigns/1/confirm/", "/campaigns/1/board/", "/units/", "/workdays/", "/assignments/1/"],
    "town": ["/mine/", "/assignments/1/"],
    "mine": ["/mine/"],
}


def start(home: str, *, empty: bool) -> subprocess.Popen[bytes]:
    """A demonstration served on PORT."""
    command = [sys.executable, "-m", "anyue.site.commands", "demo", "--port", str(PORT)] + (["--empty"] if empty else [])
    process = subprocess.Popen(command, cwd=TOP, env={**os.environ, "ANYUE_HOME": home}, stdout=subprocess.DEVNULL)
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=1)
            return process
        except OSError:
            time.sleep(0.25)
    process.kill()
    raise SystemExit("the demonstration did not start")


def sign_in(page: Page, who: str) -> None:
    """As one of the cast."""
    page.context.clear_cookies()
    if who == "nobody":
        return
    page.goto(f"{BASE}/account/login/")
    page.click(f"[data-fill={who}]")
    page.click("form button:has-text('登录'), form button:has-text('Sign in')")
    page.wait_for_load_state()


def shoot(page: Page, path: str, out: Path, *, width: int, language: str) -> None:
    """One picture."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": BASE}])
    page.set_viewport_size({"width": width, "height": 900 if width > 500 else 740})
    page.goto(BASE + path)
    page.screenshot(path=out, full_page=width < 500 and "board" not in path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all", type=Path, metavar="OUT")
    parser.add_argument("--empty", action="store_true")
    args = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium is installed (Debian: apt install chromium).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        process = start(home, empty=args.empty)
        try:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            if args.all:
                args.all.mkdir(parents=True, exist_ok=True)
                for who, paths in PAGES.items():
                    for width in (1280, 360):
                        for language in ("zh-hans", "en"):
                            sign_in(page, who)
                            for path in paths:
                                name = f"{who}{path.replace('/', '-').rstrip('-')}-{width}-{language[:2]}.png"
                                shoot(page, path, args.all / name, width=width, language=language)
            else:
                sign_in(page, "office")
                target = TOP / "docs" / "screens"
                target.mkdir(parents=True, exist_ok=True)
                shoot(page, "/campaigns/1/board/", target / "board.png", width=1280, language="zh-hans")
            browser.close()
        finally:
            process.terminate()
            process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
