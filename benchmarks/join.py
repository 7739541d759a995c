"""From scan to done on a slow phone: a tired person with a throttled Chromium, by the code for all and by a unit's own.

    .venv/bin/python benchmarks/join.py [RUNS, at most 5]      needs make .venv/browser and an installed Chromium

The processor is slowed 6 times, the network to 400 / 150 kbit/s with 300 ms to each answer; 1.5 s pass before each tap
and a third of a second before each character. What the on-screen keyboard and its candidates cost is in that third.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import browsing
from playwright.sync_api import Browser, Page, expect

THINK, A_CHARACTER = 1.5, 1 / 3
SLOW = {"offline": False, "latency": 300, "downloadThroughput": 400_000 / 8, "uploadThroughput": 150_000 / 8}


def codes(browser: Browser) -> dict[str, str]:
    """Links: one code for all, one of a township."""
    page = browser.new_page(locale="zh-CN")
    browsing.sign_in(page, "office")
    links = {}
    for name, path in (("all", "/codes/"), ("own", "/codes/units/{unit}/")):
        if name == "own":
            page.goto(f"{browsing.BASE}/liaisons/")
            path = page.get_attribute("tr:has-text('嘎鲁图镇') a[href*='/codes/units/']", "href")
        page.goto(browsing.BASE + path)
        page.click("button:has-text('生成二维码'), button:has-text('换一个新的')")
        links[name] = page.inner_text(".link a")
    page.close()
    return links


def join(browser: Browser, link: str, words: str, unit: str, n: int) -> tuple[float, int, int]:
    """Seconds, taps, characters typed."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    fields = ([("words", words)] if words else []) + [("name", "白音那"), ("post", "副主任"), ("phone", f"1000000{n:04}")]
    taps, start = 0, time.perf_counter()
    page.goto(link, wait_until="commit")
    for field, typed in fields:
        taps += _tap(page, f"[name={field}]")
        for character in typed:
            time.sleep(A_CHARACTER)
            page.keyboard.insert_text(character)
        if field == "words":
            expect(page.locator("#found label:not(:has-text('" + words + "'))")).to_have_count(0)
            page.wait_for_selector(f"#found label:has-text('{unit}')")
            if not page.is_checked(f"#found label:has-text('{unit}') input"):
                taps += _tap(page, f"#found label:has-text('{unit}')")
    taps += _tap(page, "main form button")
    page.wait_for_selector("#status .notice")
    took = time.perf_counter() - start
    context.close()
    return took, taps, sum(len(typed) for _field, typed in fields)


def _tap(page: Page, selector: str) -> int:
    page.wait_for_selector(selector)
    time.sleep(THINK)
    page.locator(selector).first.tap()
    return 1


def main() -> None:
    runs = int(sys.argv[1]) if sys.argv[1:] else 5
    with browsing.demonstration(), browsing.browser() as browser:
        links = codes(browser)
        for name, words, unit in (("all", "图克", "图克镇"), ("own", "", "")):
            times, taps, keys = zip(*(join(browser, links[name], words, unit, n) for n in range(min(runs, 5))), strict=True)
            print(f"{name}: median {statistics.median(times):.1f} s, slowest {max(times):.1f} s; {taps[0]} taps, {keys[0]} characters")


if __name__ == "__main__":
    main()
