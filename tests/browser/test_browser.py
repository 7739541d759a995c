"""What only a browser can tell: rules of accessibility, keys, weight, other hosts, pages without scripts."""

import re

import browsing
import pytest
from axe_playwright_python.sync_playwright import Axe
from screens import PAGES

BASE = browsing.BASE
ALL = [(who, path) for who, paths in PAGES.items() for path in paths]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_keep_the_rules_of_accessibility_and_stay_at_home(page, demo, language, width):
    browsing.speak(page, language)
    page.set_viewport_size({"width": width, "height": 800})
    serious, wide = [], []
    signed_in = ""
    for who, path in ALL:
        if who != signed_in:
            browsing.sign_in(page, who)
            browsing.speak(page, language)
            signed_in = who
        answer = page.goto(BASE + path)
        if answer.status == 404 and demo == "empty":
            continue
        assert answer.status == 200, path
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        serious += [(who, path, rule["id"], rule["nodes"][0]["html"][:120]) for rule in found if rule["impact"] in ("serious", "critical")]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    complaints = [words for words in page.complaints if "404" not in words]

    assert serious == []
    assert (wide, page.foreign, complaints) == ([], [], [])


def test_first_page_is_light(page, demo):
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(f"{BASE}/account/login/", wait_until="networkidle")

    assert sum(sizes) <= 60 * 1024


def test_review_goes_by_keys(page, demo):
    if demo != "empty":
        pytest.skip("the lived demonstration has nothing to review")
    browsing.sign_in(page, "office")
    page.goto(f"{BASE}/campaigns/1/review/")
    first = page.url, page.inner_text("blockquote")
    n_open = int(re.search(r"(\d+) 项未看", page.inner_text(".lead"))[1])

    page.keyboard.press("j")
    page.wait_for_url("**task=*")
    second = page.inner_text("blockquote")
    page.keyboard.press("Enter")
    page.wait_for_function("words => document.querySelector('blockquote').innerText !== words", arg=second)
    page.goto(f"{BASE}/campaigns/1/review/")
    page.keyboard.press("m")
    page.wait_for_selector("text=撤销合并")
    page.click("text=撤销合并")
    page.wait_for_load_state()

    assert first[1] != second
    assert page.inner_text("blockquote") == first[1]
    assert f"{n_open - 1} 项未看" in page.inner_text(".lead")


def test_right_said_of_what_was_changed_saves_it(page, demo):
    if demo != "empty":
        pytest.skip("the lived demonstration has nothing to review")
    browsing.sign_in(page, "office")
    page.goto(f"{BASE}/campaigns/1/review/")
    here = page.get_attribute("#correct", "action").split("/")[2]
    page.goto(f"{BASE}/campaigns/1/review/?task={here}")

    page.fill("[name=quota_min]", "7")
    page.click("#accept button")
    page.wait_for_url(lambda url: not url.endswith(f"task={here}"))
    page.goto(f"{BASE}/campaigns/1/review/?task={here}")

    assert page.input_value("[name=quota_min]") == "7"


def test_selected_words_become_a_task(page, demo):
    if demo != "empty":
        pytest.skip("the lived demonstration has nothing to review")
    browsing.sign_in(page, "office")
    page.goto(f"{BASE}/campaigns/1/review/")
    plain = page.locator("#notice-text > span", has_text="指导").first
    plain.evaluate("""node => { const words = node.firstChild; const range = document.createRange();
        const at = words.textContent.indexOf('指导'); range.setStart(words, at); range.setEnd(words, at + 4);
        getSelection().removeAllRanges(); getSelection().addRange(range); }""")
    words = page.evaluate("getSelection().toString()")

    page.keyboard.press("a")
    page.wait_for_function("words => document.querySelector('blockquote').innerText.trim() === words.trim()", arg=words)

    assert page.inner_text("blockquote").strip() == words.strip()


def test_everything_works_without_scripts(page, demo, chromium):
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{BASE}/account/login/")
    plain.fill("#id_login", "town")
    plain.fill("#id_password", "anyue-2023")
    plain.click("main form button")
    lived = demo == "lived"
    if lived:
        plain.click(".task-rows a.button >> nth=0")
        plain.fill("[name=amount]", "1")
        plain.click("main form button:has-text('报送') >> nth=0")

    named = plain.inner_text(".lead" if lived else "h1")
    said = plain.inner_text(".messages") if lived else ""
    context.close()

    assert "嘎鲁图镇" in named
    assert said == ("已记录。" if lived else "")


def test_large_type_and_dark_scheme_hold(page, demo):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{BASE}/account/login/")
    page.click("text=大字")
    page.wait_for_selector("html.large")

    found = Axe().run(page).response["violations"]

    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 21


def test_a_unit_joins_passes_on_is_urged_and_gets_more_time(page, demo, chromium):
    """Scan → registration → receipt → delegation → reminder → extension; the unit's side on a phone."""
    if demo == "empty":
        pytest.skip("nothing is issued in the empty demonstration")
    browsing.sign_in(page, "office")
    page.goto(f"{BASE}/codes/")
    page.click("button:has-text('生成二维码')")
    link = page.inner_text(".link a")
    phone_context = chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    phone = phone_context.new_page()

    phone.goto(link)
    phone.fill("[name=words]", "图克")
    phone.check("#found [name=unit]")
    phone.fill("[name=name]", "白音")
    phone.fill("[name=phone]", "0477-0000000")
    phone.click("button:has-text('提交登记')")
    assert "已提交" in phone.inner_text("#status")

    page.goto(f"{BASE}/liaisons/")
    page.click(".decide li:has-text('图克镇') button:has-text('确认')")
    phone.goto(f"{BASE}/join/status/")
    phone.click("button:has-text('进入我的任务')")
    phone.wait_for_selector("text=已签收")
    page.goto(f"{BASE}/campaigns/1/receipts/")
    assert "图克镇" in page.inner_text("main .lines")

    phone.click("h2:has-text('以后要办') + ul .button, h2:has-text('本周要办') + ul .button")
    task = phone.url
    phone.click("text=下派给下级单位")
    phone.check("[name=kinds] >> nth=0")
    phone.click("form button:has-text('下派')")
    phone.wait_for_selector("text=已下派给")
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    number = task.rstrip("/").split("/")[-1]
    page.goto(f"{BASE}/assignments/{number}/")
    page.click("button:has-text('督促未完成的单位')")
    phone.goto(f"{BASE}/messages/")
    assert "请您抓紧办理" in phone.inner_text("main")

    page.goto(f"{BASE}/assignments/{number}/")
    page.click("summary:has-text('延期')")
    page.fill("[name=until]", "2023-07-20")
    page.fill("[name=extended_because]", "防汛任务重")
    page.click("details[open] button:has-text('延期')")
    phone.goto(task)
    assert "防汛任务重" in phone.inner_text("main")
    phone_context.close()
