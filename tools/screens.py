"""Photographs of the pages of a running demonstration, at desktop and phone width, in both languages.

    make screens                     docs/screens/board.png, the picture of the README
    make screens ARGS="--all OUT"    every page × width × language into OUT

It builds a demonstration of its own in a temporary folder and needs an installed Chromium.
"""

import argparse
import sys
from pathlib import Path

from browsing import BASE, TOP, browser, chromium, demonstration, sign_in, speak
from playwright.sync_api import Page

PAGES = {
    "nobody": ["/account/login/", "/parts/"],
    "office": ["/", "/notices/import/", "/campaigns/1/", "/campaigns/1/review/", "/campaigns/1/names/", "/campaigns/1/confirm/", "/campaigns/1/board/", "/units/", "/workdays/", "/assignments/1/",
               "/campaigns/1/rates/?by=level", "/campaigns/1/receipts/", "/liaisons/", "/codes/", "/codes/sheet/", "/asked-twice/", "/campaigns/1/plans/"],
    "town": ["/mine/", "/campaigns/1/plan/", "/assignments/1/", "/liaisons/", "/calendar/", "/messages/", "/account/", "/account/second-factor/",
             "/account/second-factor/app/", "/account/second-factor/passkeys/", "/account/sessions/"],
    "mine": ["/mine/"],
}


def shoot(page: Page, path: str, out: Path, *, width: int, language: str) -> None:
    """One picture."""
    speak(page, language)
    page.set_viewport_size({"width": width, "height": 900 if width > 500 else 740})
    page.goto(BASE + path)
    page.screenshot(path=out, full_page=width < 500 and "board" not in path)


def shoot_all(page: Page, out: Path) -> None:
    """Every page, width and language."""
    out.mkdir(parents=True, exist_ok=True)
    for who, paths in PAGES.items():
        for width in (1280, 360):
            for language in ("zh-hans", "en"):
                sign_in(page, who)
                for path in paths:
                    name = f"{who}{path.split('?')[0].replace('/', '-').rstrip('-')}-{width}-{language[:2]}.png"
                    shoot(page, path, out / name, width=width, language=language)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all", type=Path, metavar="OUT")
    parser.add_argument("--empty", action="store_true")
    args = parser.parse_args()
    if chromium() is None:
        print("No Chromium is installed (Debian: apt install chromium).", file=sys.stderr)
        return 1
    with demonstration(empty=args.empty), browser() as opened:
        page = opened.new_page()
        if args.all:
            shoot_all(page, args.all)
        else:
            sign_in(page, "office")
            shoot(page, "/campaigns/1/board/", TOP / "docs" / "screens" / "board.png", width=1280, language="zh-hans")
    return 0


if __name__ == "__main__":
    sys.exit(main())
